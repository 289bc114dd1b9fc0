"""The rows of a table form as they stand in a Word document, also after someone rebuilt or edited it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from planwriter.diagnostic import Diagnostic, FormError, Place
from planwriter.placed import PlacedText
from planwriter.word.form_table.rows import CHOOSE, PROMPT, TAG
from planwriter.word.markup import parse, w
from planwriter.word.package import read_package
from planwriter.word.relationships import main_part
from planwriter.word.walking import CONTAINERS, boxes, chosen, inside, is_untouched, typed_text

BLANKS = " \t\r\n　\u00a0\u200b\ufeff"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PICTURES = (w("drawing"), w("pict"), w("object"), w("footnoteReference"), w("endnoteReference"))
_DEEPEST = 20

ReadGrid = tuple[tuple[PlacedText, ...], ...]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row: its hidden tag, the text of its first cell, what stands in the others.

    ``whole``: one cell over the whole width. ``left_out``: pictures or notes stand in it, which no form holds.
    ``inner``: paragraphs of tables inside the table that ``grids`` holds by their cells.
    """

    place: Place
    tag: str | None
    label: PlacedText
    whole: bool
    values: tuple[PlacedText, ...]
    grids: tuple[ReadGrid, ...]
    left_out: bool


@dataclass(slots=True)
class ReadSheet:
    """All rows of all tables in reading order, and the paragraphs outside tables."""

    rows: list[ReadRow] = field(default_factory=list)
    outside: list[PlacedText] = field(default_factory=list)


def read_sheet(data: bytes, name: str) -> ReadSheet:
    """The rows of the tables of a .docx after every guard. Raises FormError for what is no sound document."""
    parts = read_package(data, name=name, error=FormError, reading=True).parts
    body = _body(parts, name)
    sheet = ReadSheet()
    if body is not None:
        _Reading(name, sheet).body(body)
    return sheet


def _body(parts: dict[str, bytes], name: str) -> etree._Element | None:
    main = main_part(parts) or ""
    try:
        return parse(parts[main]).find(w("body"))
    except (etree.XMLSyntaxError, LookupError) as fault:
        message = "正文部件不是合格的 XML，文件已损坏"
        hint = "在 Word 中能打开时，另存一份再用"
        raise FormError(Diagnostic("package-damaged", message, place=Place(name, part=main), hint=hint)) from fault


class _Reading:
    """Walks the body once; counts tables and paragraphs for the places."""

    def __init__(self, name: str, sheet: ReadSheet) -> None:
        self.name, self.sheet = name, sheet
        self.tables = self.paragraphs = 0

    def body(self, container: etree._Element) -> None:
        for element in container:
            if element.tag == w("tbl"):
                self.tables += 1
                self.table(element)
            elif element.tag == w("p"):
                self.paragraphs += 1
                self.outside(element)
            elif element.tag == f"{_MC}AlternateContent":
                self.body(chosen(element))
            elif element.tag in CONTAINERS:
                self.body(element)

    def outside(self, paragraph: etree._Element) -> None:
        place = Place(self.name, paragraph=self.paragraphs)
        texts = [typed_text(paragraph), *(text for box in boxes(paragraph) for text, _ in _typed(box))]
        self.sheet.outside += [PlacedText(text.strip(BLANKS), place) for text in texts if text.strip(BLANKS)]

    def table(self, table: etree._Element) -> None:
        for number, row in enumerate(inside(table, w("tr")), 1):
            if row.find(f"{w('trPr')}/{w('del')}") is None:
                self.sheet.rows.append(self.row(row, f"表{self.tables}第{number}行"))

    def row(self, row: etree._Element, where: str) -> ReadRow:
        cells = list(inside(row, w("tc")))
        placed = [Place(self.name, part=f"{where}第{column}格") for column in range(1, len(cells) + 1)]
        label, *rest = [self.cell(cell, place) for cell, place in zip(cells, placed, strict=True)] or [_Cell()]
        first = (
            label.texts[0] if label.texts and not _goes_on(cells[0]) else PlacedText("", Place(self.name, part=where))
        )
        return ReadRow(
            placed[0] if placed else Place(self.name, part=where),
            _tag(row),
            first,
            len(cells) == 1,
            tuple(text for cell in rest for text in cell.texts),
            tuple(grid for cell in rest for grid in cell.grids),
            any(next(cell.iter(*_PICTURES), None) is not None for cell in cells[1:]),
        )

    def cell(self, cell: etree._Element, place: Place) -> _Cell:
        grids = tuple(self.grid(table, place) for table in inside(cell, w("tbl")))
        texts = [PlacedText(text.strip(BLANKS), place) for text, _ in _typed(cell)]
        return _Cell(tuple(t for t in texts if t and t not in (PROMPT, CHOOSE)), grids)

    def grid(self, table: etree._Element, place: Place) -> ReadGrid:
        def said(cell: etree._Element) -> PlacedText:
            return PlacedText("\n".join(t.strip(BLANKS) for t, _ in _typed(cell)).strip(BLANKS), place)

        rows = (row for row in inside(table, w("tr")) if row.find(f"{w('trPr')}/{w('del')}") is None)
        return tuple(tuple(said(cell) for cell in inside(row, w("tc"))) for row in rows)


@dataclass(frozen=True, slots=True)
class _Cell:
    texts: tuple[PlacedText, ...] = ()
    grids: tuple[ReadGrid, ...] = ()


def _tag(row: etree._Element) -> str | None:
    tags = (str(element.get(w("val"), "")) for element in row.iter(w("tag")))
    return next((tag for tag in tags if tag.startswith(f"{TAG}:") and tag != f"{TAG}:v"), None)


def _goes_on(cell: etree._Element) -> bool:
    """Whether a cell only carries on the merged one above it."""
    merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    return merge is not None and merge.get(w("val"), "continue") == "continue"


def _typed(container: etree._Element, depth: int = 0) -> Iterator[tuple[str, bool]]:
    """The paragraphs of a cell or box with those of its boxes; one whose mark is deleted runs into the next."""
    open_text = ""
    for text, runs_on in _paragraphs(container, depth):
        open_text += text
        if not runs_on:
            yield open_text, False
            open_text = ""
    if open_text:
        yield open_text, False


def _paragraphs(container: etree._Element, depth: int) -> Iterator[tuple[str, bool]]:
    for element in container:
        if element.tag == w("p"):
            yield typed_text(element), element.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None
            if depth < _DEEPEST:
                for box in boxes(element):
                    yield from _typed(box, depth + 1)
        elif element.tag == f"{_MC}AlternateContent":
            yield from _paragraphs(chosen(element), depth)
        elif element.tag in CONTAINERS and not is_untouched(element):
            yield from _paragraphs(element, depth)


__all__ = ["BLANKS", "ReadGrid", "ReadRow", "ReadSheet", "read_sheet"]
