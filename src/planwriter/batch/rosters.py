"""Rosters: a table with a row for every unit, its first row the names of the columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from planwriter.batch.jobs import Job

ROSTER_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xls")
"""Files that are read as rosters where there is a shared form."""


def roster_jobs(path: Path, source: str) -> Iterator[Job]:
    """A job for every row of a roster."""
    yield from ()
