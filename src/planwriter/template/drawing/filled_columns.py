"""Columns of a table with what stands in them, looked at once: paragraphs of each cell, width of the widest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, zip_longest
from typing import NamedTuple

from planwriter.standard import Role, cells
from planwriter.standard import numbers as n

Cell = Sequence[str]
MERGED: list[str] = []
"""A cell that belongs to the one above it; known by identity."""
_MERGED_ID = id(MERGED)


class TableColumn(NamedTuple):
    """A column: its heading, its share of the width beside the others, whether its text is centred.

    Without a ``share`` the column is weighed by its fullest cell, so that cells come out equally high.
    """

    name: str
    share: float | None = None
    centred: bool = False


class Filled(NamedTuple):
    """A column and what stands below its heading, from top to bottom."""

    column: TableColumn
    texts: Sequence[str]
    """All paragraphs; where no cell has several, one text for each cell, empty or not."""
    below: Sequence[Cell] | None
    """The cells, where some may have several paragraphs."""
    counts: tuple[int, ...]
    """How many paragraphs each cell has."""
    most: int
    """The most paragraphs of a cell."""
    longest: float
    """The characters that the widest text is wide, the heading among them."""
    merged: tuple[bool, ...] = ()
    """Whether each cell belongs to the one above it; nothing where none does."""

    def cells(self) -> Sequence[Cell]:
        """The paragraphs of each cell."""
        return self.below if self.below is not None else [(text,) if text else () for text in self.texts]

    def paragraphs(self) -> Iterable[Sequence[str]]:
        """The first paragraph of each cell, the second, and so on; empty where a cell has no such."""
        return zip_longest(*self.below, fillvalue="") if self.below is not None else (self.texts,)


def filled_with_texts(column: TableColumn, texts: Sequence[str]) -> Filled:
    """A column whose cells hold one paragraph each; none where the text is empty."""
    longest = longest_of([column.name, *texts])
    return Filled(column, texts, None, tuple(map(bool, texts)), 1, longest)


def filled_with_cells(column: TableColumn, below: Sequence[Cell]) -> Filled:
    """A column whose cells hold any number of paragraphs, or belong to those above them."""
    counts = tuple(map(len, below))
    merged: tuple[bool, ...] = ()
    if 0 in counts and _MERGED_ID in map(id, below):
        merged = tuple([cell is MERGED for cell in below])
    texts = [*chain.from_iterable(below)]
    return Filled(column, texts, below, counts, max(counts, default=0), longest_of([column.name, *texts]), merged)


def filled(columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]]) -> list[Filled]:
    """The columns of a table that is given row by row."""
    below = list(zip(*rows, strict=True)) or [()] * len(columns)
    return [filled_with_cells(column, standing) for column, standing in zip(columns, below, strict=True)]


def natural_width(text: str, look: Role) -> int:
    """The twips a cell takes that holds a text in one line."""
    return around(wide(text), look)


def around(chars: float, look: Role) -> int:
    """The twips a cell needs for so many characters, with room for the gaps some programs add by digits."""
    return around_chars(chars, look.size)


@lru_cache(maxsize=4096)
def around_chars(chars: float, size: float) -> int:
    """The same for characters of a size in points."""
    roomy = (chars + n.TABLE_SPARE.value) * size
    return math.ceil(roomy * 20) + 2 * n.TABLE_SIDE_MARGIN.value.twips


@lru_cache(maxsize=4096)
def wide(text: str) -> float:
    """The characters a text is wide, with the gaps some programs add beside digits."""
    width: float = cells(text)
    if width >= len(text):
        return width
    kinds = "".join([_kind(character) for character in text])
    return width + (kinds.count("0字") + kinds.count("字0")) / 4


def _kind(character: str) -> str:
    """``0`` for a digit or a letter, ``字`` for a Han character."""
    if character.isascii():
        return "0" if character.isalnum() else " "
    return "字" if "\u4e00" <= character <= "\u9fff" else " "


def longest_of(texts: Sequence[str]) -> float:
    """The characters the widest of the texts is wide; no text is wider than its characters are many."""
    first = max(texts, key=len)
    most = wide(first)
    if most < len(first):
        for text in texts:
            if len(text) > most:
                most = max(most, wide(text))
    return most
