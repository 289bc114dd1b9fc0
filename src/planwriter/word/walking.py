"""Walk through a part in reading order: every paragraph once, every run with the text people see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from planwriter.word.markup import V, w

BREAK, PAGE_BREAK, TAB, PICTURE, NOTE = "⏎", "␌", "→", "〔图〕", "〔注〕"

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/picture}pic", f"{{{V}}}imagedata")
_BY_NAME = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "DATE", "TIME", "FILENAME", "SAVEDATE", "PRINTDATE"}
)
"""Fields whose last result says nothing: they are shown by name."""
CONTAINERS = frozenset(
    map(w, ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "dir", "bdo", "fldSimple"))
)
"""Elements that only stand around what is read."""
_WHITE = str.maketrans("\t\r\n", "   ")
_SIGNS = {
    w("tab"): TAB,
    w("ptab"): TAB,
    w("cr"): BREAK,
    w("noBreakHyphen"): "\N{NON-BREAKING HYPHEN}",
    w("footnoteReference"): NOTE,
    w("endnoteReference"): NOTE,
}


@dataclass(frozen=True, slots=True)
class Stop:
    """A paragraph on the way: ``where`` in Chinese (``表1第2行第1格``), and the style of the table around it."""

    paragraph: etree._Element
    where: str
    table_style: str | None = None


@dataclass(slots=True)
class _Counter:
    tables: int = 0
    boxes: int = 0


def stops(container: etree._Element, where: str = "") -> Iterator[Stop]:
    """The paragraphs of a body, header, footer, cell or text box; a box follows the paragraph it hangs on."""
    yield from _blocks(container, where, None, _Counter())


def _blocks(container: etree._Element, where: str, style: str | None, count: _Counter) -> Iterator[Stop]:
    for element in container:
        if element.tag == w("p"):
            yield Stop(element, where, style)
            for box in boxes(element):
                count.boxes += 1
                yield from _blocks(box, f"{where}文本框{count.boxes}", None, _Counter())
        elif element.tag == w("tbl"):
            count.tables += 1
            yield from _cells(element, f"{where}表{count.tables}")
        elif element.tag == f"{_MC}AlternateContent":
            yield from _blocks(chosen(element), where, style, count)
        elif element.tag in CONTAINERS:
            yield from _blocks(element, where, style, count)


def _cells(table: etree._Element, where: str) -> Iterator[Stop]:
    style = table.find(f"{w('tblPr')}/{w('tblStyle')}")
    style_id = None if style is None else style.get(w("val"))
    for row, cells in enumerate(inside(table, w("tr")), 1):
        for column, cell in enumerate(inside(cells, w("tc")), 1):
            yield from _blocks(cell, f"{where}第{row}行第{column}格", style_id, _Counter())


def inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children of one kind, also where a content control stands between."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in CONTAINERS:
            yield from inside(element, tag)


def chosen(alternatives: etree._Element) -> etree._Element:
    """What a current Word reads: the first choice; the fallback only where there is none."""
    found = alternatives.find(f"{_MC}Choice")
    fallback = alternatives.find(f"{_MC}Fallback")
    return next(e for e in (found, fallback, alternatives) if e is not None)


def boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes that hang on a paragraph."""
    for child in element:
        if child.tag == w("txbxContent"):
            yield child
        elif child.tag == f"{_MC}AlternateContent":
            yield from boxes(chosen(child))
        elif isinstance(child.tag, str):
            yield from boxes(child)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text with the properties of the run it stands in (``w:rPr``, or ``None``)."""

    properties: etree._Element | None
    text: str


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list)
    in_code: bool = True

    @property
    def name(self) -> str:
        return _name("".join(self.code))


@dataclass(slots=True)
class _Reader:
    """Reads one paragraph; ``fields`` are those open at this point, the innermost last.

    ``typed``: what was typed, with line breaks and tabs as such, without signs and untouched prompts.
    """

    typed: bool = False
    fields: list[_Field] = field(default_factory=list)

    def pieces(self, container: etree._Element) -> Iterator[Piece]:
        for element in container:
            if element.tag == w("r"):
                properties = element.find(w("rPr"))
                for text in self._texts(element):
                    yield Piece(properties, text)
            elif element.tag == w("fldSimple") and _name(element.get(w("instr"), "")) in _BY_NAME:
                run = element.find(f"{w('r')}/{w('rPr')}")
                yield Piece(run, f"{{{_name(element.get(w('instr'), ''))}}}")
            elif element.tag == f"{_MC}AlternateContent":
                yield from self.pieces(chosen(element))
            elif element.tag in CONTAINERS and not (self.typed and is_untouched(element)):
                yield from self.pieces(element)

    def _texts(self, run: etree._Element) -> Iterator[str]:
        for element in run:
            if element.tag == w("fldChar"):
                yield from self._mark(element.get(w("fldCharType"), ""))
            elif element.tag == w("instrText"):
                if self.fields and self.fields[-1].in_code:
                    self.fields[-1].code.append(element.text or "")
            elif element.tag == f"{_MC}AlternateContent":
                yield from self._texts(chosen(element))
            elif not self._hushed:
                yield from (_typed if self.typed else _text)(element)

    @property
    def _hushed(self) -> bool:
        return any(map(_hushes, self.fields))

    def _mark(self, kind: str) -> Iterator[str]:
        if kind == "begin":
            self.fields.append(_Field())
        elif self.fields and kind in ("separate", "end"):
            current = self.fields[-1]
            ended_code, current.in_code = current.in_code, False
            if ended_code and current.name in _BY_NAME and not any(map(_hushes, self.fields[:-1])):
                yield f"{{{current.name}}}"
            if kind == "end":
                self.fields.pop()


def pieces(paragraph: etree._Element) -> Iterator[Piece]:
    """The text of a paragraph, run by run: without what is deleted, hidden code or the text of boxes."""
    yield from _Reader().pieces(paragraph)


def typed_text(paragraph: etree._Element) -> str:
    """What was typed into a paragraph: line breaks as ``\\n``, tabs as ``\\t``, no pictures, no untouched prompts."""
    return "".join(piece.text for piece in _Reader(typed=True).pieces(paragraph))


def is_untouched(element: etree._Element) -> bool:
    """Whether this is a content control that still shows its prompt."""
    return element.tag == w("sdt") and element.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is not None


def _hushes(field_: _Field) -> bool:
    """Whether what stands inside the field at this point is not for readers."""
    return field_.in_code or field_.name in _BY_NAME


def _name(code: str) -> str:
    words = code.split()
    return words[0].upper() if words else ""


def _text(element: etree._Element) -> Iterator[str]:
    if element.tag == w("t"):
        text = element.text or ""
        kept = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        yield (text if kept else text.strip(" \t\r\n")).translate(_WHITE)
    elif element.tag == w("br"):
        yield PAGE_BREAK if element.get(w("type")) == "page" else BREAK
    elif element.tag == w("sym"):
        yield _symbol(element.get(w("char"), ""))
    elif element.tag in (w("drawing"), w("pict"), w("object")):
        if _holds_picture(element):
            yield PICTURE
    elif element.tag in _SIGNS:
        yield _SIGNS[element.tag]


def _typed(element: etree._Element) -> Iterator[str]:
    if element.tag in (w("br"), w("cr")):
        yield "\n"
    elif element.tag in (w("tab"), w("ptab")):
        yield "\t"
    elif element.tag in (w("t"), w("sym"), w("noBreakHyphen")):
        yield from _text(element)


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except ValueError:
        return "\N{REPLACEMENT CHARACTER}"


def _holds_picture(element: etree._Element) -> bool:
    return next(element.iter(w("txbxContent")), None) is None and next(element.iter(*_PICTURES), None) is not None
