"""A workbook to send back: what was filled in, with the cells that need work coloured and commented."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from planwriter.diagnostic import Diagnostic, Place, Severity
from planwriter.form.workbook import marks
from planwriter.form.workbook.cells import Sheet, open_sheets
from planwriter.form.workbook.drawing import MAX_CELL, Book, Page, row_height
from planwriter.form.workbook.repeating import address, repeat

_WIDTHS = (6, 8, 18, 60, 60, 30)
_HEADS = ("序号", "轻重", "位置", "问题", "怎么改", "原来写的")
_MAX_LISTED = 2_000


def return_workbook(data: bytes, name: str, diagnostics: Iterable[Diagnostic]) -> bytes:
    """The bytes of a fresh .xlsx that repeats every sheet of ``data`` at the same addresses, with remarks.

    Cells that a diagnostic names are coloured and bear its message and remedy as a comment; a first sheet lists all
    diagnostics. Everything is written as text, nothing as a formula; the file itself is not touched. What comes
    out can be filled in further and read again. Raises FormError where ``data`` cannot be read.
    """
    sheets, _ = open_sheets(data, name)
    listed = sorted(dict.fromkeys(diagnostics), key=_reading_order([sheet.name for sheet in sheets]))
    marked: dict[tuple[str, str], list[Diagnostic]] = {}
    for one in listed:
        if one.place is not None and one.place.sheet and one.place.cell:
            marked.setdefault((one.place.sheet, one.place.cell), []).append(one)
    book = Book()
    _listing(book, name, listed, {sheet.name for sheet in sheets})
    for sheet in sheets:
        if not _is_remarks(sheet):
            repeat(book, sheet, {address(cell): told for (where, cell), told in marked.items() if where == sheet.name})
    return book.bytes()


def _reading_order(sheets: list[str]) -> Callable[[Diagnostic], tuple[int, int, int, int]]:
    """The gravest first, then as one reads: by sheet, row and column."""

    def order(one: Diagnostic) -> tuple[int, int, int, int]:
        place = one.place or Place()
        at = sheets.index(place.sheet) if place.sheet in sheets else -1
        row, column = address(place.cell) if at >= 0 and place.cell else (-1, -1)
        return list(Severity).index(one.severity), at, row, column

    return order


def _is_remarks(sheet: Sheet) -> bool:
    """A listing from an earlier return is not repeated."""
    return any(value == marks.SHEET + marks.REMARKS for row in islice(sheet.rows(), 1) for value in row[:1])


def _listing(book: Book, name: str, listed: Sequence[Diagnostic], sheets: set[str]) -> None:
    page = book.page(marks.REMARKS_NAME, marks.REMARKS)
    for number, wide in enumerate(_WIDTHS, 1):
        page.sheet.set_column(number, number, wide)
    page.title("退回说明", len(_WIDTHS))
    errors = sum(one.severity is Severity.ERROR for one in listed)
    page.sheet.merge_range(page.at, 1, page.at, len(_WIDTHS), "", book.look("plain"))
    counted = f"“{name}”有{errors}处错误、{len(listed) - errors}处提醒。"
    page.text(page.at, 1, f"{counted}请在后面的工作表里改有颜色的格子：红色必须改，黄色请核对。", "plain")
    page.row(24)
    page.at += 1
    for column, head in enumerate(_HEADS, 1):
        page.text(page.at, column, head, "head")
    page.sheet.freeze_panes(page.at + 1, 0)
    page.at += 1
    for number, one in enumerate(listed[:_MAX_LISTED], 1):
        _listed(page, number, one, sheets)
    if len(listed) > _MAX_LISTED:
        page.text(page.at, 4, f"另有{len(listed) - _MAX_LISTED}处没有列出", "plain")


def _listed(page: Page, number: int, one: Diagnostic, sheets: set[str]) -> None:
    place = one.place
    where = f"{place.sheet}!{place.cell}" if place and place.cell else str(place or "")
    found = f"“{one.found}”" if one.found else ""
    for column, text in enumerate((str(number), one.severity.label, where, one.message, one.hint or "", found), 1):
        page.text(page.at, column, text[:MAX_CELL], "cell")
    if place and place.sheet in sheets and place.cell:
        target = f"internal:'{place.sheet.replace(chr(39), chr(39) * 2)}'!{place.cell}"
        if len(target) < 250:
            page.sheet.write_url(page.at, 3, target, page.book.look("cell"), where)
    page.row(row_height([(one.message, _WIDTHS[3]), (one.hint or "", _WIDTHS[4]), (found, _WIDTHS[5])]))
    page.at += 1
