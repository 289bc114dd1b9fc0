"""A document opened for small changes: where paragraphs stand on pages, and where the imprint does.

Only the parts that are changed are written anew; everything else keeps its bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from planwriter.diagnostic import Diagnostic, FileError, Place
from planwriter.standard.roles import ROLES
from planwriter.word.effective import Styles
from planwriter.word.imprint_section import ImprintSection
from planwriter.word.markup import parse, w
from planwriter.word.package import read_package, write_parts
from planwriter.word.properties import set_line, switch_on
from planwriter.word.relationships import main_part, read_relationships, target_name
from planwriter.word.run_cutting import break_page
from planwriter.word.walking import BREAK, NOTE, PAGE_BREAK, PICTURE, TAB, Stop, pieces, stops

_ROLE_BY_NAME = {one.name: one.id for one in ROLES} | {one.style_id: one.id for one in ROLES}
_IMPRINT = ("imprint_copy_to", "imprint_printing")


Properties = etree._Element | None
"""What a paragraph's properties were; nobody but :class:`DocumentEdit` looks inside."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of the body in reading order; ``number`` counts from 0, ``where`` is empty outside tables.

    ``role`` is the id of a role of the standard, or empty.
    """

    number: int
    role: str
    text: str
    where: str

    @property
    def flows(self) -> bool:
        """Whether it stands in the text itself, not in a table or a box."""
        return not self.where


@dataclass(frozen=True, slots=True)
class Margins:
    """The edges of the text on a page and its line pitch, in points from the top left corner of the paper."""

    top: float
    bottom: float
    left: float
    right: float
    pitch: float


class DocumentEdit:
    """The bytes of a .docx, opened; raises ``FileError`` for what is not a sound Word document."""

    def __init__(self, data: bytes, *, name: str = "文档") -> None:
        self._original = data
        self._parts = read_package(data, name=name, error=FileError, reading=True).parts
        self._main = main_part(self._parts) or ""
        try:
            self._root = parse(self._parts[self._main])
            self._body = _found(self._root.find(w("body")))
        except (etree.XMLSyntaxError, LookupError) as fault:
            raise FileError(_unreadable(name)) from fault
        self._styles = self._read_styles()
        self._stops = tuple(stops(self._body))
        self.passages = tuple(self._passage(number, stop) for number, stop in enumerate(self._stops))
        self.imprint = self._find_imprint()
        self._changed = False

    def _read_styles(self) -> Styles:
        arrows = read_relationships(self._parts, self._main)
        target = next((target_name(self._main, a.target) for a in arrows if a.kind == "styles"), "")
        return Styles(parse(self._parts[target]) if target in self._parts else None, None)

    def _passage(self, number: int, stop: Stop) -> Passage:
        style = stop.paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        id_ = None if style is None else style.get(w("val"))
        role = _ROLE_BY_NAME.get(self._styles.role(id_)) or _ROLE_BY_NAME.get(id_ or "", "")
        return Passage(number, role, _plain("".join(piece.text for piece in pieces(stop.paragraph))), stop.where)

    def _find_imprint(self) -> ImprintSection | None:
        """The paragraph on which the last box hangs that holds the lines of an imprint."""
        lines = [one for one in self.passages if one.role in _IMPRINT and not one.flows]
        if not lines:
            return None
        carrier = max(one.number for one in self.passages if one.flows and one.number < lines[0].number)
        element = self._stops[carrier].paragraph
        section = self._body.find(w("sectPr"))
        if section is None or element.getparent() is not self._body:
            return None
        return ImprintSection(element, section, tuple(one.text for one in lines))

    def margins(self, *, landscape: bool = False) -> Margins:
        """Those of the first section of this orientation, else of the last section."""
        sections = [*self._body.iter(w("sectPr"))]
        return _margins(next((s for s in sections if _is_landscape(s) == landscape), sections[-1]))

    def keep_with_next(self, number: int) -> None:
        """Hold a paragraph on the page of the one that follows."""
        self._change(number, "keepNext")

    def begin_page(self, number: int) -> None:
        """Let a paragraph begin a page."""
        self._change(number, "pageBreakBefore")

    def break_page_within(self, number: int, at: int) -> None:
        """Let a new page begin inside a paragraph, before this character of its text."""
        break_page(self._stops[number].paragraph, at)
        self._changed = True

    def _change(self, number: int, name: str) -> None:
        switch_on(self._stops[number].paragraph, name)
        self._changed = True

    def set_line(self, number: int, points: float) -> None:
        """Give a paragraph an exact line spacing in points, rounded down to twips."""
        set_line(self._stops[number].paragraph, int(points * 20))
        self._changed = True

    def properties(self, number: int) -> Properties:
        """A copy of a paragraph's properties, for :meth:`restore`."""
        return deepcopy(self._stops[number].paragraph.find(w("pPr")))

    def restore(self, number: int, properties: Properties) -> None:
        """Give a paragraph the properties it had."""
        paragraph = self._stops[number].paragraph
        for current in paragraph.findall(w("pPr")):
            paragraph.remove(current)
        if properties is not None:
            paragraph.insert(0, properties)

    def to_bytes(self) -> bytes:
        """The document; the very bytes that were opened where nothing was changed."""
        changed = self.imprint is not None and self.imprint.changed
        if not self._changed and not changed:
            return self._original
        parts = dict(self._parts)
        if self.imprint is not None:
            self.imprint.add_parts(parts, self._main)
        parts[self._main] = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return write_parts(parts)


def _found(body: etree._Element | None) -> etree._Element:
    if body is None or next(body.iter(w("sectPr")), None) is None:
        raise LookupError("body")
    return body


def _unreadable(name: str) -> Diagnostic:
    return Diagnostic(
        "pages-damaged",
        "文档的正文读不出来，页面没有调整",
        place=Place(file=name),
        hint="在 Word 中打开并另存一份再试。",
    )


def _plain(text: str) -> str:
    for sign in (BREAK, PAGE_BREAK, TAB, PICTURE, NOTE):
        text = text.replace(sign, "")
    return text


def _is_landscape(section: etree._Element) -> bool:
    width, height = (next(_lengths(section, "pgSz", name)) for name in ("w", "h"))
    return width > height


def _margins(section: etree._Element) -> Margins:
    width, height = (next(_lengths(section, "pgSz", name)) for name in ("w", "h"))
    top, bottom, left, right = _lengths(section, "pgMar", "top", "bottom", "left", "right")
    pitch = next(_lengths(section, "docGrid", "linePitch"))
    return Margins(abs(top), height - abs(bottom), left, width - right, pitch)


def _lengths(section: etree._Element, tag: str, *names: str) -> Iterator[float]:
    """Attributes in twips as points; 0 where they are missing or no number."""
    element = section.find(w(tag))
    for name in names:
        written = "" if element is None else element.get(w(name), "")
        yield int(written) / 20 if written.lstrip("-").isdigit() else 0.0
