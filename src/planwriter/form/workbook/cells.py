"""A table file as sheets of text: every cell as a clerk sees it, or told by its address where that is not known."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

from planwriter.chinese.dates import format_date
from planwriter.diagnostic import Diagnostic, FormError, Place
from planwriter.form.workbook.bounds import EARLY, cell_fault
from planwriter.form.workbook.guards import Inspected, inspect
from planwriter.form.workbook.marks import cell_name
from planwriter.form.workbook.quick_book import quick_sheets
from planwriter.form.workbook.quick_sheet import QuickCells, Range

_EXACT = 10**15
"""Spreadsheets keep fifteen digits; longer numbers have lost their end before they are read."""
_FIRST_DAY = date(1900, 3, 1)


class Misread(ValueError):
    """A value that is not what the clerk typed; ``diagnostic`` is told at the cell."""

    def __init__(self, code: str, found: str) -> None:
        super().__init__(code)
        self.code, self.found = code, found


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, whether it is hidden, and its cells when they are asked for."""

    file: str
    name: str
    hidden: bool
    source: Any
    faults: dict[tuple[int, int], str]

    def rows(self) -> Iterator[Sequence[Any]]:
        """The raw rows from the first on, each from column A on; they reach as far as what is wrong with a cell."""
        rows = self.source.iter_rows() if isinstance(self.source, QuickCells) else self._asked()
        return self._widened(rows) if self.faults else rows

    def _widened(self, rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        read, widest = 0, max(column + 1 for _, column in self.faults)
        for row in rows:
            read += 1
            yield [*row, *[""] * (widest - len(row))] if len(row) < widest else row
        yield from ([""] * widest for _ in range(read, max(row for row, _ in self.faults) + 1))

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
        if self.faults and (fault := self.faults.get((row, column))) is not None:
            told.append(cell_fault(fault, self.file, self.name, row, column))
            return ""
        if type(value) is str:
            return value
        if type(value) is float and -_EXACT < value < _EXACT and value.is_integer():
            return str(int(value))
        try:
            return said(value)
        except Misread as misread:
            told.append(self._misread(misread, row, column))
            return ""

    def place(self, row: int, column: int) -> Place:
        """The place of a cell; row and column from 0."""
        return Place(self.file, sheet=self.name, cell=cell_name(row, column))

    def _misread(self, misread: Misread, row: int, column: int) -> Diagnostic:
        if misread.code == EARLY:
            return cell_fault(EARLY, self.file, self.name, row, column, misread.found)
        return Diagnostic(
            "form-long-number",
            "这一格的数字超过15位，后面的数位在表格里已经丢失",
            place=self.place(row, column),
            found=misread.found,
            hint="把单元格设成文本，再重新键入",
        )

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


def said(value: Any) -> str:
    """A value as the clerk saw it. Raises Misread for what a spreadsheet has already changed."""
    if type(value) is float:
        return _number(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, date):
        return _date(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return f"{int(value.total_seconds()) // 3600}:{int(value.total_seconds()) // 60 % 60:02d}"
    return str(value)


def _number(value: float) -> str:
    if abs(value) >= _EXACT or value != value:
        raise Misread("form-long-number", f"{value:g}")
    if value == int(value):
        return str(int(value))
    shown = f"{value:.15g}"
    return f"{value:.15f}".rstrip("0") if "e" in shown else shown


@lru_cache(maxsize=4096)
def _date(value: date) -> str:
    day = value.date() if isinstance(value, datetime) else value
    if day < _FIRST_DAY:
        raise Misread(EARLY, format_date(day))
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{format_date(day)}{value.hour}:{value.minute:02d}"
    return format_date(day)


def open_sheets(data: bytes, name: str) -> tuple[list[Sheet], Inspected]:
    """The sheets of a table file in order. Raises FormError, in one sentence, for what is not read."""
    inspected = inspect(data, name)
    return list(_sheets(data, name, inspected)), inspected


def open_table_sheets(data: bytes, name: str) -> list[Sheet]:
    """The same sheets, in an eighth of the time where an .xlsx is as spreadsheets usually write it."""
    quick = quick_sheets(data, name)
    if quick is None:
        return open_sheets(data, name)[0]
    return [Sheet(name, title, hidden, cells, cells.faults) for title, hidden, cells in quick]


def _sheets(data: bytes, name: str, inspected: Inspected) -> Iterator[Sheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number, told in enumerate(book.sheets_metadata):
            if told.typ is not SheetTypeEnum.WorkSheet:
                continue
            hidden = told.visible is not SheetVisibleEnum.Visible
            yield Sheet(name, told.name, hidden, book.get_sheet_by_index(number), inspected.faults.get(told.name, {}))
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
