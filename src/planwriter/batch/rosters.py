"""Rosters: a table with a row for every unit, its first row the names of the columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from planwriter.batch.jobs import Job
from planwriter.diagnostic import Severity
from planwriter.files import read_bytes
from planwriter.form.csv_roster import read_csv_roster

WORKBOOK_SUFFIXES = (".xlsx", ".xls", ".ods", ".et")
TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
ROSTER_SUFFIXES = (*WORKBOOK_SUFFIXES, *TEXT_SUFFIXES)
"""Files that are read as rosters where there is a shared form."""


def roster_jobs(path: Path, source: str) -> Iterator[Job]:
    """A job for every row of a roster that says anything. Raises FormError for a header of no use."""
    if path.suffix.lower() in WORKBOOK_SUFFIXES:
        yield from _workbook_jobs(path, source)
        return
    roster = read_csv_roster(path, source)
    letters = dict.fromkeys(filter(None, roster.columns), "")
    folder, stem, of_file = str(path.parent), path.stem, roster.told
    for row in roster:
        yield Job(source, row.values, at=f"第{row.line}行", row=True, line=row.line, letters=letters, folder=folder,
                  stem=f"{stem}-{row.line}", refused=row.told, of_file=of_file)  # fmt: skip
        of_file = ()


def _workbook_jobs(path: Path, source: str) -> Iterator[Job]:
    from planwriter.form.workbook.tables import read_table  # heavy libraries, only where a workbook is read

    table = read_table(read_bytes(path), source)
    of_file = table.told
    for row in table:
        wrong = row.told if any(one.severity is Severity.ERROR for one in row.told) else ()
        at, stem = f"{table.sheet}第{row.number}行", f"{path.stem}-{row.number}"
        yield Job(source, row.values, at=at, row=True, line=row.number, sheet=table.sheet, letters=table.letters,
                  folder=str(path.parent), stem=stem, refused=wrong, told=row.told,
                  of_file=of_file)  # fmt: skip
        of_file = ()
