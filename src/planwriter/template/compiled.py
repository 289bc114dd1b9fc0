"""A template read, checked and compiled once, then filled as often as needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from planwriter.chinese.rare import may_hold_rare
from planwriter.diagnostic import Diagnostic, Place, TemplateError
from planwriter.template.extra import ExtraPart, attached, contents_of, signature
from planwriter.template.fill import PartTemplate, compile_part
from planwriter.template.output import Finish
from planwriter.template.signs import LANDSCAPE
from planwriter.template.values import NeedsRelationships
from planwriter.word.markup import declared_encoding, parse
from planwriter.word.packing import PackageWriter
from planwriter.word.parts import Package
from planwriter.word.relationships import (
    CONTENT_TYPES,
    WORDPROCESSING,
    main_part,
    read_relationships,
    relationships_name,
)

if TYPE_CHECKING:  # a compiled template that was kept is filled without them
    from docxtpl import DocxTemplate

    from planwriter.template.pictured import PicturedTemplate
    from planwriter.template.reading import TaggedPart
    from planwriter.template.shape import Shape
    from planwriter.template.source import Source
    from planwriter.template.tags import TagList
    from planwriter.template.turning import Turning

_NUMBERED = ("<wp:docPr", "<w:bookmark", "<v:")
_KNOWN_SHAPES = 64
"""How many different sets of keys are remembered as checked."""


class CompiledTemplate:
    """A Word template with docxtpl's tags, ready to be filled; safe to share between threads.

    Made by :func:`planwriter.template.opening.compile_template`. Same context, same bytes, on every run.
    """

    def __init__(
        self, package: Package, parts: Sequence[PartTemplate], original: DocxTemplate | None = None,
        packed: Mapping[str, bytes] | None = None, turnable: bool | None = None, main: str | None = None,
    ) -> None:  # fmt: skip
        self.name = package.name
        self.parts = tuple(parts)
        self.package = package
        self._main = main if main is not None else main_part(package.parts) or ""
        self._original = original
        self._writer = PackageWriter(package.parts, (p.name for p in parts), packed=packed)
        self._turnable = turnable
        self._checked: set[frozenset[str]] = set()
        self._attachments: dict[tuple[object, ...], dict[str, bytes]] = {}

    @property
    def main(self) -> str:
        """The name of the main document part."""
        return self._main

    @property
    def packed(self) -> dict[str, bytes]:
        """The parts without tags, deflated."""
        return self._writer.packed

    @cached_property
    def names(self) -> frozenset[str]:
        """The top-level names of the context that the tags take; loop variables and the like are not among them."""
        return frozenset(name for part in self.parts for name in part.names)

    def uses(self, name: str) -> bool:
        """Whether any tag, in any part, takes this top-level name of the context."""
        return name in self.names

    def check(self, shape: Shape) -> list[Diagnostic]:
        """Every use of a name that ``shape`` (a :class:`Record`) does not bear, with the nearest name."""
        from planwriter.template.names import check_names
        from planwriter.template.shape import Record

        if not isinstance(shape, Record):
            return []
        found = [d for part in self.parts for d in check_names(part.source, part.tree, shape)]
        if not found and len(self._checked) < _KNOWN_SHAPES:
            self._checked.add(frozenset(shape.fields))
        return found

    def fill(
        self,
        context: Mapping[str, object],
        *,
        attach: Sequence[ExtraPart] = (),
        small: bool = False,
        laid_out: bool = False,
    ) -> bytes:
        """The filled document. Raises :class:`TemplateError` with everything that is wrong.

        The first context of each set of keys is checked against the tags first; ``attach`` adds parts
        related from the main document; ``small`` trades speed for size; ``laid_out`` sees to what only the
        whole text shows (rare characters).
        """
        if frozenset(context) not in self._checked:
            self._check_context(context)
        try:
            contents = self._fill_parts(context)
        except NeedsRelationships:
            return self._pictured.fill(context, attach, small=small)
        if laid_out:
            contents = self._with_rare_characters(contents)
            if LANDSCAPE in contents[self._main] and (turning := self._turning) is not None:
                return self._turned(contents, turning, attach, small=small)
        if attach:
            contents |= self._attached(attach)
        return self._writer.write(contents, small=small)

    def _with_rare_characters(self, contents: dict[str, bytes]) -> dict[str, bytes]:
        if not any(may_hold_rare(content.decode("utf-8")) for content in contents.values()):
            return contents
        from planwriter.template.wider_faces import with_wider_faces

        return with_wider_faces(contents, self.package.parts, self._main)

    def _check_context(self, context: Mapping[str, object]) -> None:
        from planwriter.template.shape import shape_of

        if found := self.check(shape_of(context)):
            raise TemplateError(found)

    def vouch(self, *names: frozenset[str]) -> None:
        """Take contexts of exactly these names for checked: those of the contract, for built-in templates."""
        self._checked.update(names)

    def _fill_parts(self, context: Mapping[str, object]) -> dict[str, bytes]:
        contents: dict[str, bytes] = {}
        faults: list[Diagnostic] = []
        for part in self.parts:
            try:
                contents[part.name] = part.filled(context)
            except TemplateError as fault:
                faults += fault.diagnostics
        if faults:
            raise TemplateError(dict.fromkeys(faults))
        return contents

    @property
    def turnable(self) -> bool:
        """Whether the template has what landscape pages for wide tables need (clause 8)."""
        return self._turning is not None if self._turnable is None else self._turnable

    @cached_property
    def _turning(self) -> Turning | None:
        from planwriter.template.turning import turning_of

        return turning_of(self.package.parts, self._main)

    def _turned(
        self, contents: dict[str, bytes], turning: Turning, attach: Sequence[ExtraPart], *, small: bool
    ) -> bytes:
        """With landscape sections: their footers are added, and named by the relationships this gives."""
        footers = turning.footer_parts(contents, self.package.parts)
        frame = self._attached((*footers, *attach))
        known = {arrow.id for arrow in read_relationships(self.package.parts, self._main)}
        added = [a.id for a in read_relationships(frame, self._main) if a.id not in known]
        contents |= frame | {self._main: turning.document(contents[self._main], added[: len(footers)])}
        return self._writer.write(contents, small=small)

    def _attached(self, extras: Sequence[ExtraPart]) -> dict[str, bytes]:
        key = signature(extras)
        frame = self._attachments.get(key)
        if frame is None:
            frame = self._attachments[key] = attached(self.package.parts, self._main, extras)
        contents = iter(contents_of(extras))
        return {n: c if n in self.package.parts or n.endswith(".rels") else next(contents) for n, c in frame.items()}

    @cached_property
    def _pictured(self) -> PicturedTemplate:
        from planwriter.template.pictured import PicturedTemplate

        return PicturedTemplate(self.package, self.parts, self._original)


def compile_trusted(package: Package, original: DocxTemplate | None = None) -> CompiledTemplate:
    """Compile a package that was read and audited; ``original`` is the object sub-documents were made from."""
    return _compile(package, original=original)


def compile_here(source: bytes, *, name: str) -> CompiledTemplate:
    """Compile an untrusted template in this process: only for the child that is limited from outside."""
    from planwriter.word.package import read_package

    return _compile(read_package(source, name=name, untrusted=True), untrusted=True)


def _compile(package: Package, *, untrusted: bool = False, original: DocxTemplate | None = None) -> CompiledTemplate:
    from planwriter.template.mistakes import syntax_mistakes, tree_mistakes
    from planwriter.template.reading import tagged_parts
    from planwriter.template.sandbox import TagEnvironment
    from planwriter.template.tags import TagList

    tags = TagList(package.name)
    read = tagged_parts(package, tags)
    unclear = {d.place.part for d in tags.faults if d.place is not None}
    sources = [(part, _source_of(part, tags)) for part in read if part.name not in unclear]
    environment = TagEnvironment()
    faults = tags.faults + [d for _, source in sources for d in syntax_mistakes(source, environment)]
    if not faults:
        trees = [(part, source, environment.parse(source.text)) for part, source in sources]
        faults = [d for _, source, tree in trees for d in tree_mistakes(source, tree, environment, untrusted=untrusted)]
    if faults:
        raise TemplateError(dict.fromkeys(faults))
    parts = [
        compile_part(part.name, package.name, source, tree, _finish_of(part, source), untrusted=untrusted)
        for part, source, tree in trees
    ]
    return CompiledTemplate(_as_document(package), parts, original)


def _source_of(part: TaggedPart, tags: TagList) -> Source:
    from planwriter.template.source import build_source

    return build_source(part.xml, tags.tags, Place(tags.file, part=part.name), patch=part.story)


def _finish_of(part: TaggedPart, source: Source) -> Finish:
    numbered = part.story and (source.places_markup or any(sign in part.xml for sign in _NUMBERED))
    return Finish(
        body=part.body,
        story=part.story,
        spans=source.spans,
        hollow=source.hollow or source.spans,
        numbered=numbered,
        static_texts=source.static_texts,
    )


def _as_document(package: Package) -> Package:
    """The package as an ordinary document: a .dotx becomes a .docx, index parts become UTF-8."""
    arrows = relationships_name(main_part(package.parts) or "")
    index = {n: _in_utf8(package.parts[n]) for n in (CONTENT_TYPES, arrows) if n in package.parts}
    kind = (WORDPROCESSING + "template.main+xml").encode()
    index[CONTENT_TYPES] = index[CONTENT_TYPES].replace(kind, kind.replace(b"template", b"document"))
    return Package(package.name, package.parts | index)


def _in_utf8(content: bytes) -> bytes:
    if declared_encoding(content) != "utf-16":
        return content
    from lxml import etree

    return etree.tostring(parse(content), encoding="UTF-8", standalone=True)
