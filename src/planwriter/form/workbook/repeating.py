"""A sheet repeated at the same addresses, looking like the form it was, with remarks on the cells that need work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from planwriter.diagnostic import Diagnostic, Severity
from planwriter.form.workbook import marks
from planwriter.form.workbook.bounds import column_number
from planwriter.form.workbook.cells import Sheet
from planwriter.form.workbook.drawing import MAX_CELL, Book, Page, row_height

_MAX_ROWS, _MAX_MERGED, _MAX_COMMENT = 200_000, 20_000, 1_000
_WIDEST, _NARROWEST, _VALUE_WIDTH = 44.0, 10.0, 40.0
_SAMPLE = 200
_BAND = 8
"""The last column, counted from the labels, that the band of the title covers."""

Address = tuple[int, int]
"""Row and column, from 0."""
Told = Mapping[Address, Sequence[Diagnostic]]


def address(cell: str) -> Address:
    """Row and column from 0 of C7."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]) - 1, column_number(letters) - 1


def repeat(book: Book, sheet: Sheet, told: Told) -> None:
    """Write the sheet once more, with its merged cells, each remark at its cell."""
    _Repeat(book, sheet, told).written()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the sheet: the text of its cells, its hidden mark, and the columns of the table it stands in."""

    number: int
    texts: list[str]
    mark: str
    table: frozenset[int]


class _Repeat:
    """One sheet while it is repeated."""

    def __init__(self, book: Book, sheet: Sheet, told: Told) -> None:
        self.book, self.sheet = book, sheet
        texts = [
            [sheet.shown(r, c, v)[:MAX_CELL] for c, v in enumerate(row)]
            for r, row in enumerate(islice(sheet.rows(), _MAX_ROWS))
        ]
        first = texts[:10]
        self.key = next((c for row in first for c, t in enumerate(row[:6]) if t.startswith(marks.SHEET)), None)
        self.value = next((c for row in first for c, t in enumerate(row) if t == marks.VALUE), (self.key or 0) + 2)
        self.identity = next((t for row in first for t in row[:6] if t.startswith(marks.SHEET)), "")
        self.rows = list(self._marked(texts))
        self.merged = dict(_merged(sheet))
        anchors = {cell: first for first, last in self.merged.items() for cell in _cells_of(first, last)}
        self.told: dict[Address, list[Diagnostic]] = {}
        for cell, more in told.items():
            self.told.setdefault(anchors.get(cell, cell), []).extend(more)
        self.covered = frozenset(anchors) - frozenset(self.merged)
        self.widths = self._widths()

    def _marked(self, texts: list[list[str]]) -> Iterator[_Row]:
        table: frozenset[int] = frozenset()
        for number, row in enumerate(texts):
            mark = row[self.key] if self.key is not None and self.key < len(row) else ""
            if mark.startswith((marks.TABLE, marks.GRID)) or self._is_roster(mark):
                table = frozenset(c for c, text in enumerate(row) if text and c != self.key)
            elif mark == marks.TITLE or mark.startswith(marks.FIELD):
                table = frozenset()
            yield _Row(number, row, mark, table)

    def _is_title(self, row: _Row) -> bool:
        return row.mark == marks.TITLE and row.number == 1

    def _is_roster(self, mark: str) -> bool:
        return mark == marks.SHEET + marks.ROSTER

    def written(self) -> None:
        """Write the sheet."""
        page = self.book.page(self.sheet.name, None)
        for first, last in self.merged.items():
            page.sheet.merge_range(*first, *last, "", self.book.look("cell"))
        for row in self.rows:
            self._row(page, row)
        for cell, told in self.told.items():  # what lies beyond the filled rows, or in cells that are empty there
            self._cell(page, cell, self._text(cell), "cell", told)
        folded = self._folded()
        for column, wide in self.widths.items():
            hidden = (
                {"hidden": True} if column == self.key else {"level": 1, "hidden": True} if column in folded else {}
            )
            page.sheet.set_column(column, column, wide, None, hidden)
        self._freeze(page)
        if self.sheet.hidden:
            page.sheet.hide()

    def _text(self, cell: Address) -> str:
        row = self.rows[cell[0]].texts if cell[0] < len(self.rows) else []
        return row[cell[1]] if cell[1] < len(row) else ""

    def _row(self, page: Page, row: _Row) -> None:
        blank = row.table if self._in_table(row) else {self.value} if row.mark.startswith(marks.FIELD) else set[int]()
        if self._is_title(row):
            blank = set(range((self.key or 0) + 1, min(max(self.widths, default=0), (self.key or 0) + _BAND) + 1))
        for column in sorted({*blank, *(c for c, text in enumerate(row.texts) if text)}):
            cell = (row.number, column)
            if cell not in self.covered and cell not in self.told:
                text = row.texts[column] if column < len(row.texts) else ""
                self._cell(page, cell, text, self._look(row, column), ())
        if row.mark.startswith((marks.SHEET, marks.TABLE, marks.GRID)):
            page.sheet.set_row(row.number, None, None, {"hidden": True})
        elif any(row.texts):
            page.sheet.set_row(row.number, self._height(row))

    def _in_table(self, row: _Row) -> bool:
        return bool(row.table) and not row.mark.startswith((marks.SHEET, marks.TABLE, marks.GRID))

    def _look(self, row: _Row, column: int) -> str:
        if column == self.key or row.mark.startswith((marks.SHEET, marks.TABLE, marks.GRID)):
            return "key"
        if self.key is None or self._in_table(row):
            return {marks.HEAD: "head", marks.EXAMPLE: "example"}.get(row.mark, "cell")
        before = column == self.key + 1
        if row.mark == marks.TITLE:
            return "title" if self._is_title(row) else "caption" if before else "hint"
        if row.mark.startswith(marks.FIELD):
            return "label" if before else "cell" if column == self.value else "hint"
        return "step" if before else "told"

    def _height(self, row: _Row) -> float:
        if self._is_title(row):
            return 34.0
        spilling = row.mark == marks.TITLE
        listed = ((text, self._across(row, c)) for c, text in enumerate(row.texts) if c != self.key and not spilling)
        return row_height((text[: 4 * _SAMPLE], wide) for text, wide in listed if text)

    def _across(self, row: _Row, column: int) -> float:
        """The width that a text has: that of its column, or of the columns it is merged over; hints may spill."""
        if self.key is not None and self._look(row, column) == "hint":
            return 10 * _WIDEST
        last = self.merged.get((row.number, column), (row.number, column))[1]
        return sum(self.widths.get(c, _NARROWEST) for c in range(column, last + 1))

    def _widths(self) -> dict[int, float]:
        widths: dict[int, float] = {}
        for row in self.rows:
            for column, text in enumerate(row.texts):
                if text and (self.key is None or self._look(row, column) not in ("title", "hint", "key")):
                    longest = max(2.0 * len(line) for line in text[:_SAMPLE].split("\n"))
                    widths[column] = min(max(widths.get(column, _NARROWEST), longest), _WIDEST)
        if self.key is not None:
            widths[self.key] = 4.0
            if any(row.mark.startswith(marks.FIELD) for row in self.rows):
                widths[self.value] = max(widths.get(self.value, 0.0), _VALUE_WIDTH)
            if self.identity == marks.SHEET + marks.GUIDE:
                widths[self.value] = 96.0
        return widths

    def _folded(self) -> frozenset[int]:
        """Columns of our own tables in which nobody wrote anything and nothing is to be said."""
        tables = {column for row in self.rows for column in row.table}
        heads = (marks.SHEET, marks.TABLE, marks.GRID, marks.HEAD)
        said = {c for row in self.rows if not row.mark.startswith(heads) for c, text in enumerate(row.texts) if text}
        return frozenset(tables - said - {column for _, column in self.told} - {(self.key or 0) + 1})

    def _freeze(self, page: Page) -> None:
        if self.identity == marks.SHEET + marks.ROSTER:
            page.sheet.freeze_panes(2, (self.key or 0) + 2)
        elif self.key is not None:
            page.sheet.freeze_panes(2, 0)

    def _cell(self, page: Page, cell: Address, text: str, look: str, told: Sequence[Diagnostic]) -> None:
        if told:
            look = "error" if any(one.severity is Severity.ERROR for one in told) else "warning"
        if text:
            page.text(*cell, text, look)
        else:
            page.blank(*cell, look)
        if told:
            lines = (
                f"{one.severity.label}：{one.message}" + (f"\n怎么改：{one.hint}" if one.hint else "") for one in told
            )
            page.sheet.write_comment(*cell, "\n".join(lines)[:_MAX_COMMENT], page.book.comment())


def _merged(sheet: Sheet) -> Iterator[tuple[Address, Address]]:
    """The merged ranges, first and last cell, as many as a table of people has; overlapping ones are left out."""
    seen: set[Address] = set()
    for first, last in sheet.merged:
        size = (last[0] - first[0] + 1) * (last[1] - first[1] + 1)
        if not 1 < size <= _MAX_MERGED or len(seen) + size > _MAX_MERGED:
            continue
        cells = set(_cells_of(first, last))
        if seen.isdisjoint(cells):
            seen |= cells
            yield first, last


def _cells_of(first: Address, last: Address) -> Iterator[Address]:
    return ((row, column) for row in range(first[0], last[0] + 1) for column in range(first[1], last[1] + 1))
