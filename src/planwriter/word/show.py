"""Show a document: any .docx read paragraph by paragraph, with the role and the look that are really in force."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from planwriter.diagnostic import Diagnostic, FileError, Place
from planwriter.word.effective import Look, Styles, over, paragraph_look
from planwriter.word.markup import R, parse, w
from planwriter.word.package import read_package
from planwriter.word.relationships import main_part, read_relationships, target_name
from planwriter.word.shown import Shown, ShownPage, ShownParagraph, ShownSpan
from planwriter.word.walking import Stop, pieces, stops

__all__ = ["Shown", "ShownPage", "ShownParagraph", "ShownSpan", "show"]

_TWIPS_PER_MM = 1440 / 25.4
_WORD_HALF_POINTS = 20
_BODY_TEXT = 9  # w:outlineLvl of text that is no heading
_MARKS = (("b", "加粗"), ("i", "倾斜"), ("strike", "删除线"), ("vanish", "隐藏"))
_UNCOLOURED = frozenset({"auto", "000000"})
_EDGES = (("headerReference", "页眉"), ("footerReference", "页脚"))
_NOTES = (("footnotes", "footnote", "脚注"), ("endnotes", "endnote", "尾注"))
_PAGE_KINDS = {"even": "双页", "first": "首页"}


def show(data: bytes, name: str = "文档") -> Shown:
    """What the .docx in ``data`` says. Raises ``FileError`` for what is not a sound Word document.

    Body, tables and text boxes in reading order (of alternatives only the first), then notes, then
    headers and footers. Line break ⏎, page break ␌, tab →, fields such as ``{PAGE}``.
    """
    parts = read_package(data, name=name, error=FileError, reading=True).parts
    try:
        document = _Document(parts)
    except (etree.XMLSyntaxError, LookupError) as fault:
        raise FileError(
            Diagnostic(
                "show-damaged",
                "文档的正文或样式读不出来",
                place=Place(file=name),
                hint="在 Word 中打开并另存一份再试。",
            )
        ) from fault
    pages = tuple(map(document.page, document.sections()))
    return Shown(name, pages, tuple(itertools.starmap(document.paragraph, enumerate(document.stops(), 1))))


class _Document:
    """The parts a reader needs, parsed; ``LookupError`` when there is no body."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        main = main_part(parts) or ""
        self._arrows = {
            arrow.id: (arrow.kind, target_name(main, arrow.target))
            for arrow in read_relationships(parts, main)
            if not arrow.external
        }
        body = parse(parts[main]).find(w("body"))
        if body is None:
            raise LookupError(main)
        self._body = body
        self._styles = Styles(self._related("styles"), self._related("theme"))
        settings = self._related("settings")
        self._odd_and_even = settings is not None and settings.find(w("evenAndOddHeaders")) is not None
        self._edges = [(root, where) for root, where in self._edge_parts() if root is not None]
        self._notes = [(self._related(part), tag, where) for part, tag, where in _NOTES]

    def _related(self, kind: str) -> etree._Element | None:
        name = next((target for one, target in self._arrows.values() if one == kind), "")
        return parse(self._parts[name]) if name in self._parts else None

    def _edge_parts(self) -> Iterator[tuple[etree._Element | None, str]]:
        seen = set()
        for (tag, edge), section in itertools.product(_EDGES, self.sections()):
            for reference in section.iterchildren(w(tag)):
                _, name = self._arrows.get(reference.get(f"{{{R}}}id", ""), ("", ""))
                if name in self._parts and name not in seen:
                    seen.add(name)
                    yield parse(self._parts[name]), edge + self._page_kind(reference.get(w("type"), "default"))

    def _page_kind(self, kind: str) -> str:
        return _PAGE_KINDS.get(kind, "单页" if self._odd_and_even else "")

    def sections(self) -> list[etree._Element]:
        """The ``w:sectPr`` of every section, in order."""
        return [*self._body.iterfind(f"{w('p')}/{w('pPr')}/{w('sectPr')}"), *self._body.iterchildren(w("sectPr"))]

    def stops(self) -> Iterator[Stop]:
        yield from stops(self._body)
        for root, tag, where in self._notes:
            for note in root.iterchildren(w(tag)) if root is not None else ():
                if note.get(w("type"), "normal") == "normal":
                    yield from stops(note, where)
        for root, where in self._edges:
            yield from stops(root, where)

    def page(self, section: etree._Element) -> ShownPage:
        size, margins, grid = (_attributes(section.find(w(tag))) for tag in ("pgSz", "pgMar", "docGrid"))
        width, height = size.get("w", 12240), size.get("h", 15840)
        edges = {key: _mm(margins.get(key, 0)) for key in ("top", "bottom", "left", "right", "header", "footer")}
        kind = _text_attribute(section.find(w("docGrid")), "type")
        pitch = grid.get("linePitch", 0) if kind in ("lines", "linesAndChars", "snapToChars") else 0
        lines = (height - abs(margins.get("top", 0)) - abs(margins.get("bottom", 0))) / pitch if pitch > 0 else None
        cell = self._body_size() + grid.get("charSpace", 0) / 4096 if kind in ("linesAndChars", "snapToChars") else 0
        room = (width - margins.get("left", 0) - margins.get("right", 0) - margins.get("gutter", 0)) / 20
        return ShownPage(
            _mm(width),
            _mm(height),
            **edges,
            lines=None if lines is None else math.floor(lines),
            characters=math.floor(room / cell + 0.001) if cell > 0 else None,
        )

    def _body_size(self) -> float:
        styles = self._styles.chain(None, "paragraph")
        return _points(over(self._styles.run_default, *(style.run for style in styles)))

    def paragraph(self, number: int, stop: Stop) -> ShownParagraph:
        properties = stop.paragraph.find(w("pPr"))
        style = _text_attribute(None if properties is None else properties.find(w("pStyle")), "val")
        table = self._styles.chain(stop.table_style, "table") if stop.where else ()
        chain = self._styles.chain(style, "paragraph")
        look = over(
            self._styles.paragraph_default, *(s.paragraph for s in (*table, *chain)), paragraph_look(properties)
        )
        under = over(self._styles.run_default, *(s.run for s in (*table, *chain)))
        level = _whole(look.get("outlineLvl", ""), _BODY_TEXT)
        return ShownParagraph(
            number,
            stop.where,
            self._styles.role(style),
            look.get("jc", "left"),
            level + 1 if level < _BODY_TEXT else None,
            tuple(_layout(look)),
            self._spans(stop.paragraph, under),
        )

    def _spans(self, paragraph: etree._Element, under: Look) -> tuple[ShownSpan, ...]:
        mark = paragraph.find(f"{w('pPr')}/{w('rPr')}")
        spans = [self._span(piece.text, piece.properties, under) for piece in pieces(paragraph) if piece.text]
        return tuple(_merged(spans)) or (self._span("", mark, under),)

    def _span(self, text: str, properties: etree._Element | None, under: Look) -> ShownSpan:
        named = _text_attribute(None if properties is None else properties.find(w("rStyle")), "val")
        chain = self._styles.chain(named, "character") if named else ()
        look = over(under, *(style.run for style in chain), self._styles.run_look(properties))
        face, latin, colour = look.get("eastAsia", ""), look.get("ascii", ""), look.get("color", "auto")
        return ShownSpan(
            text,
            face or latin,
            _points(look),
            latin if latin not in ("", face) and face else None,
            None if colour in _UNCOLOURED else colour,
            tuple(_marks(look)),
        )


def _merged(spans: Iterable[ShownSpan]) -> Iterator[ShownSpan]:
    """Neighbours in the same look as one."""
    for _, group in itertools.groupby(spans, lambda span: replace(span, text="")):
        same = list(group)
        yield replace(same[0], text="".join(span.text for span in same))


def _marks(look: Look) -> Iterator[str]:
    yield from (word for key, word in _MARKS if look.get(key) == "1")
    if look.get("u", "none") != "none":
        yield "下划线"
    if look.get("highlight", "none") != "none":
        yield f"突出显示{look['highlight']}"
    if twips := _whole(look.get("spacing", ""), 0):
        yield f"字距{_number(twips / 20)}磅"


def _layout(look: Look) -> Iterator[str]:
    for key, word in (("left", "左空"), ("right", "右空"), ("firstLine", "首行空"), ("hanging", "悬挂")):
        logical = {"left": "start", "right": "end"}.get(key, key)
        yield from _indent(word, look, key) or _indent(word, look, logical)
    for key, word in (("before", "段前"), ("after", "段后")):
        if twips := _whole(look.get(f"spacing.{key}", ""), 0):
            yield f"{word}{_number(twips / 20)}磅"
    if line := _whole(look.get("spacing.line", ""), 0):
        yield _line(line, look.get("spacing.lineRule", "auto"))
    if look.get("pageBreakBefore") == "1":
        yield "另页"
    if look.get("keepNext") == "1":
        yield "与下段同页"
    if look.get("numId", "0") != "0":
        yield "自动编号"


def _indent(word: str, look: Look, key: str) -> list[str]:
    if hundredths := _whole(look.get(f"ind.{key}Chars", ""), 0):
        return [f"{word}{_number(hundredths / 100)}字"]
    twips = _whole(look.get(f"ind.{key}", ""), 0)
    return [f"{word}{_number(twips / 20)}磅"] if twips else []


def _line(line: int, rule: str) -> str:
    if rule == "auto":
        return f"行距{_number(line / 240)}倍"
    return f"行距{'至少' if rule == 'atLeast' else ''}{_number(line / 20)}磅"


def _points(look: Look) -> float:
    return _whole(look.get("sz", ""), _WORD_HALF_POINTS) / 2


def _attributes(element: etree._Element | None) -> dict[str, int]:
    """The whole numbers among the attributes, by local name."""
    pairs = element.attrib.items() if element is not None else ()
    return {etree.QName(str(key)).localname: _whole(str(value), 0) for key, value in pairs}


def _text_attribute(element: etree._Element | None, name: str) -> str | None:
    return None if element is None else element.get(w(name))


def _whole(text: str, otherwise: int) -> int:
    try:
        return round(float(text[:20]))
    except (ValueError, OverflowError):
        return otherwise


def _number(value: float) -> str:
    return f"{round(value, 2):g}"


def _mm(twips: int) -> float:
    return round(twips / _TWIPS_PER_MM, 1)
