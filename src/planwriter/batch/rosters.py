"""Rosters: a table with a row for every unit, its first row the names of the columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from planwriter.batch.jobs import Job
from planwriter.diagnostic import Diagnostic, Severity
from planwriter.files import read_bytes
from planwriter.form.csv_form import RosterRow, read_csv_roster

WORKBOOK_SUFFIXES = (".xlsx", ".xls", ".ods", ".et")
TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
ROSTER_SUFFIXES = (*WORKBOOK_SUFFIXES, *TEXT_SUFFIXES)
"""Files that are read as rosters where there is a shared form."""


def roster_jobs(path: Path, source: str) -> Iterator[Job]:
    """A job for every row of a roster that says anything. Raises FormError for a header of no use."""
    if path.suffix.lower() in WORKBOOK_SUFFIXES:
        yield from _workbook_jobs(path, source)
        return
    roster = read_csv_roster(read_bytes(path), source)
    columns = tuple(column for column in roster.columns if column)
    letters = dict.fromkeys(columns, "")
    counted = 0
    for row in roster:
        yield from _unreadable(roster.told[counted:], path, source)
        counted = len(roster.told)
        if row.record or row.told:
            yield _job(row, columns, path, source, letters)
    yield from _unreadable(roster.told[counted:], path, source)


def _unreadable(told: list[Diagnostic], path: Path, source: str) -> Iterator[Job]:
    """A record that cannot be read stands in the list as a unit that failed, else its rows would be lost unseen."""
    for one in told:
        if one.severity is Severity.ERROR and one.place is not None:
            line = one.place.line
            yield Job(source, {}, at=f"第{line}行", row=True, line=line, folder=str(path.parent),
                      stem=f"{path.stem}-{line}", refused=(one,))  # fmt: skip


def _job(row: RosterRow, columns: tuple[str, ...], path: Path, source: str, letters: Mapping[str, str]) -> Job:
    values = {column: str.__str__(row.record.get(column, "")) for column in columns}
    wrong = row.told if any(one.severity is Severity.ERROR for one in row.told) else ()
    return Job(source, values, at=f"第{row.line}行", row=True, line=row.line, letters=letters, folder=str(path.parent),
               stem=f"{path.stem}-{row.line}", refused=wrong)  # fmt: skip


def _workbook_jobs(path: Path, source: str) -> Iterator[Job]:
    from planwriter.form.workbook.tables import read_table  # heavy libraries, only where a workbook is read

    table = read_table(read_bytes(path), source)
    for row in table:
        wrong = row.told if any(one.severity is Severity.ERROR for one in row.told) else ()
        at, stem = f"{table.sheet}第{row.number}行", f"{path.stem}-{row.number}"
        yield Job(source, row.values, at=at, row=True, line=row.number, sheet=table.sheet, letters=table.letters,
                  folder=str(path.parent), stem=stem, refused=wrong, told=row.told)  # fmt: skip
