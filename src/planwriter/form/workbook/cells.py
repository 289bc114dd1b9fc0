"""A table file as sheets of text: every cell as a clerk sees it, or told by its address where that is not known."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from planwriter.diagnostic import Diagnostic, FormError, Place
from planwriter.form.workbook.bounds import CellAsides, Seen, cell_fault
from planwriter.form.workbook.guards import Inspected, inspect
from planwriter.form.workbook.marks import cell_name
from planwriter.form.workbook.seen import Misread, said


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, whether it is hidden, and its cells when they are asked for."""

    file: str
    name: str
    hidden: bool
    source: Any
    asides: CellAsides

    def rows(self) -> Iterator[list[Any]]:
        """The raw rows from the first on, each from column A on."""
        if self.source.start is None:
            return
        before = [""] * self.source.start[1]
        for row in self.source.iter_rows():
            yield before + row if before else row

    def texts(self, told: list[Diagnostic]) -> Iterator[list[str]]:
        """The rows as text; cells that cannot be read are empty and told."""
        for number, row in enumerate(self.rows()):
            yield [self.text(number, column, value, told) for column, value in enumerate(row)]

    def text(self, row: int, column: int, value: Any, told: list[Diagnostic]) -> str:
        """One cell as text."""
        aside = self.asides.get((row, column)) if self.asides else None
        if type(value) is str and aside is None:
            return value
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
    def merged(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """The merged ranges, from and to, from 0."""
        return self.source.merged_cell_ranges or []


def open_sheets(data: bytes, name: str) -> tuple[list[Sheet], Inspected]:
    """The sheets of a table file in order. Raises FormError, in one sentence, for what is not read."""
    inspected = inspect(data, name)
    return list(_sheets(data, name, inspected)), inspected


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
