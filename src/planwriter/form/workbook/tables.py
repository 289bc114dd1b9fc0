"""A table as it stands: the names of its columns, and each row as texts with their cells; lists written as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO

from planwriter.diagnostic import Diagnostic, FormError, Place
from planwriter.form.workbook import marks
from planwriter.form.workbook.cells import Sheet, open_table_sheets
from planwriter.form.workbook.roster import roster_columns, told_of_merged

_WITHIN_HEAD = 15


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number in the sheet (from 1), the text of each named column, and what was said of its cells."""

    number: int
    values: dict[str, str]
    told: tuple[Diagnostic, ...]


@dataclass(slots=True)
class Table:
    """A table that was opened: ``letters`` gives the letter of each named column; iterate over its rows once."""

    sheet: str
    letters: dict[str, str]
    _rows: Iterator[TableRow] = field(repr=False)
    told: tuple[Diagnostic, ...] = ()
    """What was said of the table as a whole."""

    def __iter__(self) -> Iterator[TableRow]:
        return self._rows


def read_table(data: bytes, name: str) -> Table:
    """The first visible sheet with a head, of an .xlsx, .xls or the like. Raises FormError.

    The head is the first row with as many names as any of the first rows; a roster of our own is known by its marks,
    its columns go by the paths of their fields, its example is left out. Rows that say nothing are left out.
    """
    sheets = open_table_sheets(data, name)
    visible = [sheet for sheet in sheets if not sheet.hidden] or sheets
    own = next((sheet for sheet in visible if _is_own(sheet)), None)
    sheet = own or next((sheet for sheet in visible if _head(sheet)[1]), None)
    if sheet is None:
        raise FormError(Diagnostic("form-empty", "这个表格里没有一行是列名", place=Place(name), expected="单位全称",
                                   hint="第一行写列名，下面每个单位一行"))  # fmt: skip
    number, columns = _own_head(sheet) if own is not None else _head(sheet)
    if doubled := [label for label in columns.values() if list(columns.values()).count(label) > 1]:
        raise FormError([_doubled(sheet, number, label) for label in dict.fromkeys(doubled)])
    letters = {label: marks.letters(at) for at, label in columns.items()}
    return Table(sheet.name, letters, _rows(sheet, number, columns, marked=own is not None),
                 tuple(told_of_merged(sheet, number)))  # fmt: skip


def _is_own(sheet: Sheet) -> bool:
    first = next(iter(sheet.rows()), [])
    return bool(first) and first[0] == marks.SHEET + marks.ROSTER


def _own_head(sheet: Sheet) -> tuple[int, dict[int, str]]:
    keys = next(iter(sheet.rows()))
    known = {column.key: ".".join(column.path) for column in roster_columns()}
    return 1, {at: known.get(key, str(key)) for at, key in enumerate(keys) if at and isinstance(key, str) and key}


def _head(sheet: Sheet) -> tuple[int, dict[int, str]]:
    best: tuple[int, dict[int, str]] = (0, {})
    for number, row in enumerate(islice(sheet.rows(), _WITHIN_HEAD)):
        texts = {at: str(value).strip() for at, value in enumerate(row) if isinstance(value, str) and value.strip()}
        if len(texts) > len(best[1]):
            best = number, texts
    return best


def _rows(sheet: Sheet, head: int, columns: dict[int, str], *, marked: bool) -> Iterator[TableRow]:
    labels, asides = tuple(columns.values()), sheet.asides
    for number, row in sheet.filled_rows(head):
        if marked and row and row[0] == marks.EXAMPLE:
            continue
        width, told = len(row), list[Diagnostic]()
        texts = [row[at] if at < width else "" for at in columns]
        if asides or not _all_texts(texts):
            texts = [
                one if type(one) is str and not asides else sheet.text(number, at, one, told)
                for at, one in zip(columns, texts, strict=True)
            ]
        if told or any(text and not text.isspace() for text in texts):
            yield TableRow(number + 1, dict(zip(labels, texts, strict=True)), tuple(told))


def _all_texts(values: list[Any]) -> bool:
    try:
        "".join(values)  # the quickest look at all of them
    except TypeError:
        return False
    return True


def _doubled(sheet: Sheet, row: int, label: str) -> Diagnostic:
    return Diagnostic("form-duplicate-key", f"表头里“{label}”写了两次", place=sheet.place(row, 0), found=label,
                      hint="删去一栏，或改正栏名")  # fmt: skip


def write_table(out: BinaryIO, sheet: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Write a list as an .xlsx in constant memory; every cell is text. Same rows, same bytes."""
    from datetime import datetime

    import xlsxwriter

    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(1980, 1, 1), "author": "planwriter"})
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
    page.freeze_panes(1, 0)
    for at, text in enumerate(head):
        page.set_column(at, at, max(8, 2.2 * len(text)))
        page.write_string(0, at, text, bold)
    for number, row in enumerate(rows, 1):
        for at, text in enumerate(row):
            page.write_string(number, at, text[:32767])
    book.close()
