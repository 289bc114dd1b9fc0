"""Which parts of a template are filled, and what stands in those that are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from planwriter.diagnostic import Place
from planwriter.template.tags import TagList, clip
from planwriter.word.audit import is_xml
from planwriter.word.markup import parse, parse_tidy, w
from planwriter.word.package import Package
from planwriter.word.relationships import (
    CONTENT_TYPES,
    WORDPROCESSING,
    content_types,
    main_part,
    read_relationships,
    target_name,
)

_DC = "http://purl.org/dc/elements/1.1/"
FILLED_PROPERTIES = ("creator", "description", "identifier", "language", "subject", "title")
"""Document properties in which docxtpl fills tags (author, comments, identifier, language, subject, title)."""
_LEFTOVER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)
_HINT = "Word 只在正文、页眉、页脚、脚注和文件属性（标题、主题、作者、备注）里填写标签；请移到那里，或删去。"


@dataclass(frozen=True, slots=True)
class TaggedPart:
    """A part whose tags are marked in its XML, ready for :func:`planwriter.template.source.build_source`."""

    name: str
    xml: str
    story: bool
    body: bool


def tagged_parts(package: Package, tags: TagList) -> list[TaggedPart]:
    """The main part and every other filled part that holds tags; mistakes go into ``tags``."""
    main = main_part(package.parts) or ""
    names = _filled_names(package, main)
    read = [_read_story(package, name, tags, body=name == main) for name in names]
    if (core := _core_name(package)) is not None:
        read.append(_read_properties(package, core, tags))
    _blame_unfilled(package, {*names, core}, tags)
    return [part for part in read if part.body or "{" in part.xml]


def _filled_names(package: Package, main: str) -> list[str]:
    types = content_types(package.parts)
    around = [
        target_name(main, a.target)
        for a in read_relationships(package.parts, main)
        if a.kind in ("header", "footer") and not a.external
    ]
    footnotes = [n for n, kind in types.items() if kind == WORDPROCESSING + "footnotes+xml"]
    return [main, *(n for n in dict.fromkeys((*around, *footnotes)) if n in package.parts)]


def _core_name(package: Package) -> str | None:
    for arrow in read_relationships(package.parts, ""):
        if arrow.kind == "core-properties" and (name := target_name("", arrow.target)) in package.parts:
            return name
    return None


def _read_story(package: Package, name: str, tags: TagList, *, body: bool) -> TaggedPart:
    root = parse_tidy(package.parts[name])
    _unbind(root)
    tags.scan(name, root)
    tags.scan_attributes(name, root)
    return TaggedPart(name, _text(root), story=True, body=body)


def _unbind(root: etree._Element) -> None:
    """Word shows a bound content control as its store says: what is filled in must not be bound."""
    for binding in list(root.iter("{*}dataBinding")):
        look = binding.getparent()
        control = look.getparent() if look is not None else None
        if look is not None and control is not None and "{" in "".join(map(str, control.itertext())):
            look.remove(binding)


def _text(root: etree._Element) -> str:
    return str(etree.tostring(root, encoding="unicode"))


def _read_properties(package: Package, name: str, tags: TagList) -> TaggedPart:
    root = parse(package.parts[name])
    for element in root.iter(etree.Element):
        text = element.text or ""
        if not _LEFTOVER.search(text):
            continue
        place = Place(file=package.name, part=name, field=etree.QName(element).localname)
        if element.tag in {f"{{{_DC}}}{p}" for p in FILLED_PROPERTIES}:
            element.text = tags.marked(text, place)
        else:
            tags.blame("template-tag-not-filled", "这一项文件属性里的标签不会被填写", place, clip(text), _HINT)
    return TaggedPart(name, _text(root), story=False, body=False)


def _blame_unfilled(package: Package, filled: set[str | None], tags: TagList) -> None:
    for name, content in package.parts.items():
        if name in filled or name == CONTENT_TYPES or name.startswith("customXml/") or not is_xml(name, content):
            continue
        for text in _texts(content):
            if found := _LEFTOVER.search(text):
                tags.blame(
                    "template-tag-not-filled",
                    f"这个部件里的标签“{clip(found[0])}”不会被填写",
                    Place(file=package.name, part=name),
                    clip(text),
                    _HINT,
                )


def _texts(content: bytes) -> Iterator[str]:
    root = parse(content)
    paragraphs = list(root.iter(w("p"))) or [root]
    for paragraph in paragraphs:
        yield "".join(str(t) for t in paragraph.itertext())
    for element in root.iter(etree.Element):
        yield from (str(v) for v in element.attrib.values() if "{" in v)
