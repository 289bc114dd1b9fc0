"""A roster as CSV: a header, then a row for each unit, of any number; never held whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from planwriter.diagnostic import Diagnostic, FormError, Place
from planwriter.form.csv_table import MAX_CELLS, CsvTable, Row, open_csv_roster, refuse_doubtful_encoding
from planwriter.form.keys import known_keys
from planwriter.form.yaml_form import not_a_form

_FIRST_STEP = re.compile(r"\s*([^.\[\]]+)")


class RosterRow(NamedTuple):
    """One unit of a roster: its line, the text of every named column, and what is wrong with the row."""

    line: int
    values: dict[str, str]
    told: tuple[Diagnostic, ...] = ()


class CsvRoster:
    """A roster: ``columns`` are its names in their order, blank ones too; iterate over its rows once."""

    def __init__(self, table: CsvTable, columns: list[str], rows: Iterator[Row]) -> None:
        self.columns = tuple(columns)
        self.told = tuple(table.told)
        """What was said of the file as a whole."""
        self._name, self._rows = table.name, rows
        self._named = [name for name in columns if name]

    def __iter__(self) -> Iterator[RosterRow]:
        return map(self._row, self._rows)

    def _row(self, row: Row) -> RosterRow:
        if row.fault is not None:
            return RosterRow(row.line, dict.fromkeys(self._named, ""), (row.fault,))
        cells, wanted = row.cells, len(self.columns)
        told = () if len(cells) == wanted else tuple(_counted(cells, wanted, Place(self._name, row.line)))
        if wanted == len(self._named) == len(cells):
            return RosterRow(row.line, dict(zip(self.columns, cells, strict=True)))
        cells += [""] * (wanted - len(cells))
        return RosterRow(row.line, {name: cells[at] for at, name in enumerate(self.columns) if name}, told)


def read_csv_roster(source: Path | bytes | str, name: str) -> CsvRoster:
    """A roster from a file, from bytes or from text, read row by row.

    Raises FormError for doubled, blank or unreadable headings, and for an empty file; FileError for a file that
    cannot be read, also on the way.
    """
    table = open_csv_roster(source, name)
    rows = table.rows()
    header = next(rows, None)
    if header is None or header.fault is not None:
        raise FormError([*table.told, not_a_form(None, name, "单位,期间,…") if header is None else header.fault])  # type: ignore[list-item]
    headings, place = [cell.strip() for cell in header.cells], Place(name, header.line)
    faults = [*_doubled(headings, place), *_unnamed(headings, place), *_too_many(headings, place)]
    if faults:
        raise FormError([*table.told, *faults])
    refuse_doubtful_encoding(table, any(_first_step(one) in known_keys() for one in headings))
    return CsvRoster(table, headings, rows)


def _counted(cells: list[str], wanted: int, place: Place) -> Iterator[Diagnostic]:
    if len(cells) < wanted:
        yield Diagnostic("form-missing-cells", f"这一行只有{len(cells)}格，表头有{wanted}格", place=place,
                         expected=f"{wanted}格", hint="补上缺的逗号，空着的格也要留逗号")  # fmt: skip
    elif any(cell.strip() for cell in cells[wanted:]):
        yield Diagnostic("form-extra-cells", f"这一行有{len(cells)}格，表头只有{wanted}格", place=place,
                         expected=f"{wanted}格", hint="文字里有逗号的，给这一格加上英文引号")  # fmt: skip


def _doubled(headings: list[str], place: Place) -> Iterator[Diagnostic]:
    for heading in dict.fromkeys(one for one in headings if one and headings.count(one) > 1):
        yield Diagnostic("form-duplicate-key", f"表头里“{heading}”写了两次", place=place, found=heading,
                         hint="删去一栏，或改正栏名")  # fmt: skip


def _unnamed(headings: list[str], place: Place) -> Iterator[Diagnostic]:
    for number, heading in enumerate(headings, 1):
        if not heading and any(headings[number:]):
            yield Diagnostic("form-no-label", f"第{number}栏没有栏名", place=place,
                             hint="在表头里写上栏名，或删去这一栏")  # fmt: skip


def _too_many(headings: list[str], place: Place) -> Iterator[Diagnostic]:
    if len(headings) > MAX_CELLS:
        yield Diagnostic("form-too-wide", f"表头有{len(headings)}格", place=place, expected=f"最多{MAX_CELLS}格",
                         hint="删去右边多余的逗号")  # fmt: skip


def _first_step(heading: str) -> str:
    found = _FIRST_STEP.match(heading)
    return found[1].strip() if found else ""
