"""Rosters: a table with a row for every unit, its first row the names of the columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from planwriter.batch.jobs import Job
from planwriter.diagnostic import Severity
from planwriter.files import read_bytes
from planwriter.form.csv_form import RosterRow, read_csv_roster

ROSTER_SUFFIXES = (".csv", ".tsv", ".txt")
"""Files that are read as rosters where there is a shared form."""


def roster_jobs(path: Path, source: str) -> Iterator[Job]:
    """A job for every row of a roster that says anything. Raises FormError for a header of no use."""
    roster = read_csv_roster(read_bytes(path), source)
    columns = tuple(column for column in roster.columns if column)
    letters = dict.fromkeys(columns, "")
    for row in roster:
        if row.record or row.told:
            yield _job(row, columns, path, source, letters)


def _job(row: RosterRow, columns: tuple[str, ...], path: Path, source: str, letters: dict[str, str]) -> Job:
    values = {column: str.__str__(row.record.get(column, "")) for column in columns}
    wrong = row.told if any(one.severity is Severity.ERROR for one in row.told) else ()
    return Job(source, values, at=f"第{row.line}行", row=True, line=row.line, letters=letters, folder=str(path.parent),
               stem=f"{path.stem}-{row.line}", refused=wrong)  # fmt: skip
