"""Texts, mappings and lists of cells, whose places are made only when something is wrong: rosters have a million."""

from __future__ import annotations

from typing import Any, Protocol

from planwriter.diagnostic import Place
from planwriter.placed import PlacedDict, PlacedList, PlacedText


class Places(Protocol):
    """What can say the place of a cell."""

    def place(self, row: int, column: int) -> Place:
        """The place of a cell; row and column from 0."""


At = tuple[Places, int, int]
"""The sheet, row and column, both from 0."""


def _place(at: At) -> Place:
    return at[0].place(at[1], at[2])


class CellText(PlacedText):
    """The text of a cell: made by ``str.__new__``, then ``at`` is set."""

    __slots__ = ("at",)
    at: At

    @property
    def place(self) -> Place | None:  # type: ignore[override]
        """The place of the cell."""
        return _place(self.at)

    def __reduce__(self) -> tuple[Any, ...]:
        return PlacedText, (str(self), self.place)


class CellList(PlacedList):
    """The texts of a cell."""

    __slots__ = ("at",)
    at: At

    @classmethod
    def of(cls, text: CellText) -> CellList:
        """The only text of its cell, as a list."""
        made = list.__new__(cls)
        made.at = text.at
        made.append(text)
        return made

    @property
    def place(self) -> Place | None:  # type: ignore[override]
        """The place of the cell."""
        return _place(self.at)

    def __reduce__(self) -> tuple[Any, ...]:
        return PlacedList, (list(self), self.place)


class CellDict(PlacedDict):
    """The form of a row, or a part of it."""

    __slots__ = ("at", "within")
    at: At
    within: dict[str, Place]

    @classmethod
    def of(cls, at: At) -> CellDict:
        """An empty one."""
        made = dict.__new__(cls)
        made.at = at
        return made

    @property
    def place(self) -> Place | None:  # type: ignore[override]
        """The place of the first cell of the row."""
        return _place(self.at)

    @property
    def key_places(self) -> dict[str, Place]:  # type: ignore[override]
        """The places of keys; none has one but that of its value."""
        try:
            return self.within
        except AttributeError:
            self.within = {}
            return self.within

    def __reduce__(self) -> tuple[Any, ...]:
        return PlacedDict, (dict(self), self.place)
