"""What a batch is made of: one job for every unit, streamed from where the units come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from planwriter.diagnostic import Diagnostic, Place

TEMPLATE_COLUMN = "模板"
"""The column by which a row chooses its templates itself."""


class Job(NamedTuple):
    """One unit: a whole form, or one row to be laid over the shared form.

    ``source`` is the file as people named it, ``at`` the place in it (第3行; empty for a whole file). ``form``
    is the bytes of a form or its data, or the columns of the row where ``row`` is true. ``letters`` are those of
    the columns of a sheet, empty ones where all rows have the same columns but no sheet; ``folder`` is where
    pictures lie that the form names, ``stem`` how the output is called where no pattern says otherwise, with the
    folders below the one that was given. ``refused`` is what was wrong before anything could be read: such a job
    only stands in the list.
    """

    source: str
    form: bytes | Mapping[str, Any]
    at: str = ""
    row: bool = False
    line: int | None = None
    sheet: str | None = None
    letters: Mapping[str, str] | None = None
    folder: str | None = None
    stem: str = ""
    refused: tuple[Diagnostic, ...] = ()
    told: tuple[Diagnostic, ...] = ()
    """What was said of the cells of the row, which does not stop it."""
    of_file: tuple[Diagnostic, ...] = ()
    """What was said of the file of rows as a whole; its first row brings it."""

    @property
    def called(self) -> str:
        """What messages call the form: its file; inside a zip its entry too."""
        return f"{self.source}/{self.at}" if self.at and self.line is None else self.source

    @property
    def place(self) -> Place:
        """The place of the whole unit."""
        return Place(self.called, None if self.sheet else self.line, sheet=self.sheet, cell=self._cell("A"))

    def place_of(self, column: str) -> Place:
        """The place of one cell of the row."""
        letter = (self.letters or {}).get(column)
        if not letter or self.line is None:
            return Place(self.source, self.line, sheet=self.sheet, field=column)
        return Place(self.source, sheet=self.sheet, cell=f"{letter}{self.line}", field=column)

    def _cell(self, letter: str) -> str | None:
        return f"{letter}{self.line}" if self.sheet and self.line else None
