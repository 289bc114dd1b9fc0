"""A table file as sheets of text: every cell as a clerk sees it, or told by its address where that is not known."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from planwriter.diagnostic import Diagnostic, FormError, Place
from planwriter.form.workbook.bounds import CellAsides, Seen, cell_fault
from planwriter.form.workbook.guards import Inspected, inspect
from planwriter.form.workbook.marks import cell_name
from planwriter.form.workbook.quick_book import quick_sheets
from planwriter.form.workbook.quick_sheet import QuickCells, Range
from planwriter.form.workbook.seen import EXACT, Misread, said


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, whether it is hidden, and its cells when they are asked for."""

    file: str
    name: str
    hidden: bool
    source: Any
    asides: CellAsides

    def rows(self) -> Iterator[Sequence[Any]]:
        """The raw rows from the first on, each from column A on; they reach as far as what is wrong with a cell."""
        rows = self.source.iter_rows() if isinstance(self.source, QuickCells) else self._asked()
        return self._widened(rows) if self.asides else rows

    def _widened(self, rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        read, widest = 0, max(column + 1 for _, column in self.asides)
        for row in rows:
            read += 1
            yield [*row, *[""] * (widest - len(row))] if len(row) < widest else row
        yield from ([""] * widest for _ in range(read, max(row for row, _ in self.asides) + 1))

    def _asked(self) -> Iterator[list[Any]]:
        if self.source.start is None:
            return
        before, read = [""] * self.source.start[1], 0
        try:
            for row in self.source.iter_rows():
                read += 1
                yield before + row if before else row
        except OverflowError:
            raise FormError(self._no_date(read)) from None

    def filled_rows(self, after: int) -> Iterator[tuple[int, Sequence[Any]]]:
        """(number, row) behind row ``after``, all from 0; a vertical merge gives its value to each row it covers."""
        rows = islice(enumerate(self.rows()), after + 1, None)
        merged = self.merged_below(after)
        return _unmerged(rows, merged) if merged else rows

    def merged_below(self, after: int) -> list[Range]:
        """The merged ranges behind row ``after`` (from 0) that cover several rows."""
        return [one for one in self.merged if one[0][0] > after and one[1][0] > one[0][0]]

    def _no_date(self, row: int) -> Diagnostic:
        return Diagnostic(
            "form-no-date",
            "这一行有一格设成了日期或时间，它的数却大得成不了日期",
            place=self.place(row, 0),
            hint="把那一格设成文本，写成 2026年12月20日 这样",
        )

    def texts(self, told: list[Diagnostic]) -> Iterator[list[str]]:
        """The rows as text; cells that cannot be read are empty and told."""
        for number, row in enumerate(self.rows()):
            yield [self.text(number, column, value, told) for column, value in enumerate(row)]

    def text(self, row: int, column: int, value: Any, told: list[Diagnostic]) -> str:
        """One cell as text."""
        aside = self.asides.get((row, column)) if self.asides else None
        if type(value) is str and aside is None:
            return value
        if aside is None and type(value) is float and -EXACT < value < EXACT and value.is_integer():
            return str(int(value))
        if isinstance(aside, str):
            told.append(self._told(aside, row, column))
            return ""
        try:
            shown = aside.seen(value) if aside is not None else Seen(said(value))
        except Misread as misread:
            told.append(self._told(misread.code, row, column, misread.found))
            return ""
        if shown.remark is not None:
            told.append(self._told(shown.remark, row, column, shown.text))
        return shown.text

    def shown(self, row: int, column: int, value: Any) -> str:
        """One cell as it stands, whatever is to be said of it."""
        try:
            aside = self.asides.get((row, column))
            return said(value) if aside is None or isinstance(aside, str) else aside.seen(value).text
        except Misread as misread:
            return misread.found

    def place(self, row: int, column: int) -> Place:
        """The place of a cell; row and column from 0."""
        return Place(self.file, sheet=self.name, cell=cell_name(row, column))

    def _told(self, code: str, row: int, column: int, found: str | None = None) -> Diagnostic:
        return cell_fault(code, self.file, self.name, row, column, found)

    @property
    def merged(self) -> list[Range]:
        """The merged ranges, from and to, from 0."""
        return self.source.merged_cell_ranges or []


def _unmerged(rows: Iterable[tuple[int, Sequence[Any]]], merged: list[Range]) -> Iterator[tuple[int, Sequence[Any]]]:
    coming = sorted(merged, key=lambda one: one[0], reverse=True)
    under_way: dict[int, tuple[int, Any]] = {}
    for number, row in rows:
        if under_way:
            row = list(row)
            for column, (last, value) in list(under_way.items()):
                row[column] = value
                if number == last:
                    del under_way[column]
        while coming and coming[-1][0][0] <= number:
            (first, column), (last, _) = coming.pop()
            if first == number and column < len(row):
                under_way[column] = last, row[column]
        yield number, row


def open_sheets(data: bytes, name: str) -> tuple[list[Sheet], Inspected]:
    """The sheets of a table file in order. Raises FormError, in one sentence, for what is not read."""
    inspected = inspect(data, name)
    return list(_sheets(data, name, inspected)), inspected


def open_table_sheets(data: bytes, name: str) -> list[Sheet]:
    """The same sheets, in an eighth of the time where an .xlsx is as spreadsheets usually write it."""
    quick = quick_sheets(data, name)
    if quick is None:
        return open_sheets(data, name)[0]
    return [Sheet(name, title, hidden, cells, dict(cells.faults)) for title, hidden, cells in quick]


def _sheets(data: bytes, name: str, inspected: Inspected) -> Iterator[Sheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number, told in enumerate(book.sheets_metadata):
            if told.typ is not SheetTypeEnum.WorkSheet:
                continue
            hidden = told.visible is not SheetVisibleEnum.Visible
            yield Sheet(name, told.name, hidden, book.get_sheet_by_index(number), inspected.asides.get(told.name, {}))
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as fault:  # a panic of the compiled reader is no Exception
        raise FormError(
            Diagnostic(
                "form-package-damaged",
                "文件不完整或已损坏，表格读不出来",
                place=Place(name),
                found=type(fault).__name__,
                hint="用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”再用",
            )
        ) from None


__all__ = ["Misread", "Sheet", "open_sheets", "said"]
