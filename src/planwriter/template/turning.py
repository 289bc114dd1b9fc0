"""Landscape sections in a filled document: where they begin and end, their page set-up, their footers (clause 8).

Everything is taken from the template's own section, so that exported and edited templates do it too.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from planwriter.expression import expression
from planwriter.standard import Pt, role
from planwriter.template.drawing.landscape import Box, landscape_footer
from planwriter.template.output import DECLARATION
from planwriter.word.extra_part import ExtraPart
from planwriter.word.markup import R, parse, w
from planwriter.word.relationships import OFFICE, WORDPROCESSING, read_relationships, relationships_name, target_name

_NUMBERS = {role(id_).style_id for id_ in ("page_number_odd", "page_number_even")}
_GAP = role("table_gap").style_id
_ABOVE = "heading_1 heading_2 heading_3 heading_4 title title_new_page subtitle blank attachment_label"
_HEADS = {role(id_).style_id for id_ in _ABOVE.split()}
_BLANK = role("blank").style_id
_DECLARED = expression(rb"^<\?xml[^>]*\?>\s*")
_MEASURES = (("top", "left"), ("right", "top"), ("bottom", "right"), ("left", "bottom"))
"""Margin of the landscape sheet ← margin of the upright one that lies there."""


class Turning(NamedTuple):
    """What a template has for landscape pages: its main part, and its footers by kind (even, default)."""

    main: str
    footers: tuple[tuple[str, str], ...]

    def footer_parts(self, contents: Mapping[str, bytes], parts: Mapping[str, bytes]) -> tuple[ExtraPart, ...]:
        """The turned footers, one for each of the template's, to be added to the document."""
        section = _section(parse(contents[self.main]))
        return tuple(
            ExtraPart(
                "word/footer3.xml",
                _turned_footer(contents.get(name, parts[name]), section, at),
                f"{WORDPROCESSING}footer+xml",
                f"{OFFICE}footer",
            )
            for at, (_, name) in enumerate(self.footers)
        )

    def document(self, content: bytes, ids: Sequence[str]) -> bytes:
        """The main part with whole sections; ``ids`` are the relationships of the turned footers."""
        root = parse(content)
        body, last = root[0], _section(root)
        later = _later(last)
        sheet = _landscape(later, [(kind, id_) for (kind, _), id_ in zip(self.footers, ids, strict=True)])
        upright = last
        for end in [p for p in body.iterchildren(w("p")) if _is_end(p)]:
            if _begin(_first_of(end), upright):
                upright = later
            _put(end, sheet)
            upright = later
        _close(body, last, sheet, upright)
        return DECLARATION + _DECLARED.sub(b"", etree.tostring(root, encoding="UTF-8"))


def turning_of(parts: Mapping[str, bytes], main: str) -> Turning | None:
    """What the template has for landscape pages, or ``None``: then tables stay upright.

    There must be one upright section whose footers hold nothing but page numbers in our styles; the footer of
    its first page (a letter's, 10.1) may hold anything, for no sheet is a first page.
    """
    if main not in parts:
        return None
    root = parse(parts[main])
    sections = [*root.iter(w("sectPr"))]
    size = sections[0].find(w("pgSz")) if len(sections) == 1 else None
    if size is None or _whole(size, "w") >= _whole(size, "h") or sections[0].find(w("pgMar")) is None:
        return None
    names = {a.id: target_name(main, a.target) for a in read_relationships(parts, main) if not a.external}
    styles = next((names[a.id] for a in read_relationships(parts, main) if a.kind == "styles"), "")
    kinds = [(r.get(w("type"), "default"), names.get(r.get(f"{{{R}}}id", ""), "")) for r in _footers(sections[0])]
    footers = [one for one in kinds if one[0] != "first"]
    plain = bool(footers) and all(_is_number(parts, name) for _, name in footers)
    return Turning(main, tuple(footers)) if plain and _GAP.encode() in parts.get(styles, b"") else None


def _footers(section: etree._Element) -> list[etree._Element]:
    return section.findall(w("footerReference"))


def _is_number(parts: Mapping[str, bytes], name: str) -> bool:
    if name not in parts or relationships_name(name) in parts:
        return False
    styles = [_style(p) for p in parse(parts[name]).iterchildren()]
    return bool(styles) and all(style in _NUMBERS for style in styles)


def _section(root: etree._Element) -> etree._Element:
    found = root[0].find(w("sectPr"))
    if found is None:
        raise ValueError("a document without section properties")
    return found


def _whole(element: etree._Element, name: str) -> int:
    return int(float(element.get(w(name), "0")))


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if found is None else found.get(w("val"), "")


def _is_end(paragraph: etree._Element) -> bool:
    """The bare end of a landscape section, as it comes after a table."""
    section = paragraph.find(f"{w('pPr')}/{w('sectPr')}")
    return section is not None and _style(paragraph) == _GAP and section.find(w("pgMar")) is None


def _first_of(end: etree._Element) -> etree._Element:
    """The first paragraph of a landscape section: headings directly above the table go along."""
    table = end.getprevious()
    first = gap = end if table is None else table.getprevious() if table.getprevious() is not None else table
    above = [*_heads_above(gap)] if gap is not None else []
    while above and _style(above[-1]) == _BLANK:
        above.pop()
    return above[-1] if above else first if first is not None else end


def _heads_above(element: etree._Element) -> Iterator[etree._Element]:
    for one in element.itersiblings(preceding=True):
        if one.tag != w("p") or _style(one) not in _HEADS or one.find(f"{w('pPr')}/{w('sectPr')}") is not None:
            return
        yield one


def _begin(first: etree._Element, upright: etree._Element) -> bool:
    """End the upright section before ``first``; nothing to end at the beginning or after another sheet."""
    before = first.getprevious()
    if before is None or before.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        return False
    if before.tag != w("p"):
        gap = first.makeelement(w("p"), {})
        properties = etree.SubElement(gap, w("pPr"))
        etree.SubElement(properties, w("pStyle"), {w("val"): _GAP})
        first.addprevious(gap)
        before = gap
    _put(before, upright)
    return True


def _put(paragraph: etree._Element, section: etree._Element) -> None:
    """Let a paragraph end a section."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = paragraph.makeelement(w("pPr"), {})
        paragraph.insert(0, properties)
    if (bare := properties.find(w("sectPr"))) is not None:
        properties.remove(bare)
    change = properties.find(w("pPrChange"))
    at = len(properties) if change is None else properties.index(change)
    properties.insert(at, copy.deepcopy(section))


def _close(body: etree._Element, last: etree._Element, sheet: etree._Element, upright: etree._Element) -> None:
    """The section at the end: a sheet where a landscape table is the last thing, else the upright one."""
    final = last.getprevious()
    if final is not None and final.tag == w("p") and _is_sheet(final):
        properties = final[0]
        properties.remove(properties[-1])
        upright = sheet
    body.replace(last, copy.deepcopy(upright))


def _is_sheet(paragraph: etree._Element) -> bool:
    size = paragraph.find(f"{w('pPr')}/{w('sectPr')}/{w('pgSz')}")
    return size is not None and size.get(w("orient")) == "landscape"


def _later(section: etree._Element) -> etree._Element:
    """The template's section as it goes on: on a new page, numbers running on, no first page of its own."""
    made = copy.deepcopy(section)
    first = [one for one in _footers(made) if one.get(w("type")) == "first"]
    for element in (*made.findall(w("type")), *made.findall(w("titlePg")), *first):
        made.remove(element)
    for numbers in made.findall(w("pgNumType")):
        numbers.attrib.pop(w("start"), "")
    return made


def _landscape(section: etree._Element, footers: Sequence[tuple[str, str]]) -> etree._Element:
    """The page set-up of the turned sheet with its own footers."""
    made = copy.deepcopy(section)
    for reference in _footers(made):
        made.remove(reference)
    at = len(made.findall(w("headerReference")))
    for kind, id_ in reversed(footers):
        made.insert(at, made.makeelement(w("footerReference"), {w("type"): kind, f"{{{R}}}id": id_}))
    size, margins = made.find(w("pgSz")), made.find(w("pgMar"))
    if size is None or margins is None:
        return made
    width, height = size.get(w("w"), ""), size.get(w("h"), "")
    size.set(w("w"), height)
    size.set(w("h"), width)
    size.set(w("orient"), "landscape")
    turned = {side: margins.get(w(from_), "0") for side, from_ in _MEASURES}
    for side, value in turned.items():
        margins.set(w(side), value)
    margins.set(w("footer"), margins.get(w("header"), "0"))
    return made


def _turned_footer(content: bytes, section: etree._Element, at: int) -> bytes:
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None or margins is None:
        raise ValueError("a section without a page")
    lines = [*parse(content).iterchildren(w("p"))]
    number = "".join(_bare(etree.tostring(line, encoding="unicode", with_tail=False)) for line in lines)
    left, right = _whole(margins, "left"), _whole(margins, "right")
    width = Pt((role("page_number_odd").line or Pt(0)) * len(lines))
    box = Box(Pt(_whole(margins, "footer") / 20), Pt(left / 20), width, Pt((_whole(size, "w") - left - right) / 20))
    return landscape_footer(number, "page_number_odd", box, at).encode()


def _bare(xml: str) -> str:
    """Without the declarations of namespaces that the footer around it makes again."""
    return re.sub(r' xmlns:(?:w|r)="[^"]*"', "", xml)
