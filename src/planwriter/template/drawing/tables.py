"""Tables as wide as the type area, with columns of fixed width."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, compress
from typing import NamedTuple

from planwriter.standard import Layout, Pt, Role
from planwriter.template.drawing.column_widths import column_widths
from planwriter.template.drawing.filled_columns import Cell, Filled, around, around_chars, natural_width
from planwriter.template.drawing.table_frames import KEPT, SPLIT, WHOLE, TableFrame, drawn_once, table_frame
from planwriter.word.escaping import escape

_WIDEST = 1.25
"""Characters that one character is wide at most, with the gap some programs add beside digits."""
_BETWEEN = "\0"


class Drawing(NamedTuple):
    """A table before it is put together."""

    columns: Sequence[Filled]
    widths: tuple[int, ...]
    marks: tuple[int, ...]
    frame: TableFrame | None
    """What stands around its texts, where that is known."""
    said: str
    """All that the table says, one text after the other."""

    def xml(self, above: str = "", below: str = "") -> str:
        """The ``w:tbl`` between what stands above and below it."""
        if self.frame is None:
            return "".join([above, *drawn_once(self.columns, self._rows(), self.widths, self.marks), below])
        pieces = [above, *self.frame.pieces, below]
        texts = self._texts(self.frame)
        pieces[2:-1:2] = map(escape, texts) if self._has_markup() else texts
        return "".join(pieces)

    def utf_8(self, above: bytes, below: bytes) -> bytes | None:
        """The same in UTF-8, of texts whose characters can all be printed; nothing where it has to be encoded."""
        if self.frame is None:
            return None
        pieces = [above, *self.frame.encoded, below]
        if texts := _BETWEEN.join(self._texts(self.frame)):
            pieces[2:-1:2] = (escape(texts) if self._has_markup() else texts).encode().split(_BETWEEN.encode())
        return b"".join(pieces)

    def _texts(self, frame: TableFrame) -> list[str]:
        """All paragraphs, row by row."""
        paragraphs = chain.from_iterable([one.paragraphs() for one in self.columns])
        return [*compress(chain.from_iterable(zip(*paragraphs, strict=True)), frame.places)]

    def _rows(self) -> list[Sequence[Cell]]:
        """The cells of each row, their texts escaped."""
        cells = [one.cells() for one in self.columns]
        if self._has_markup():
            cells = [[[*map(escape, cell)] for cell in column] for column in cells]
        return [*zip(*cells, strict=True)]

    def _has_markup(self) -> bool:
        said = self.said
        return "&" in said or "<" in said or ">" in said


def grid(columns: Sequence[Filled], layout: Layout, total: Pt) -> Drawing:
    """The table with a repeated header row, ``total`` wide."""
    said = "".join(chain.from_iterable([(one.column.name, *one.texts) for one in columns]))
    widths = tuple(column_widths(columns, said, total, layout.table_text))
    marks = _marks(columns, widths, layout)
    return Drawing(columns, widths, marks, table_frame(columns, widths, marks), said)


def _marks(columns: Sequence[Filled], widths: Sequence[int], layout: Layout) -> tuple[int, ...]:
    """The mark of each row: rows under one merged cell stay together, as far as a page allows."""
    merged = tuple([one.merged for one in columns if one.merged])
    hanging, together, marks = _hanging(len(columns[0].counts), merged)
    most = _half_a_page(widths, layout)
    if together * _lines_at_most(columns, widths, layout.table_text) <= most:
        return marks
    return _measured_marks(hanging, _heights(columns, widths, layout.table_text), most)


@lru_cache(maxsize=32)
def _hanging(rows: int, merged: tuple[tuple[bool, ...], ...]) -> tuple[Sequence[bool], float, tuple[int, ...]]:
    """Whether each row hangs on the one above it by a merged cell, how many do so at most in a row, and the marks of
    rows that are all kept together. Above the first one there is none to hang on."""
    if not merged:
        return [False] * rows, 1, (WHOLE,) * rows
    hanging = [*map(any, zip(*merged, strict=True))]
    together = 1 + max(map(len, bytes(hanging).split(b"\0")))
    return hanging, math.nan if hanging[0] else together, (*[KEPT if hangs else WHOLE for hangs in hanging[1:]], WHOLE)


def _measured_marks(hanging: Sequence[bool], heights: Sequence[int], most: float) -> tuple[int, ...]:
    marks = [WHOLE if height <= most else SPLIT for height in heights]
    starts = [at for at, hangs in enumerate(hanging) if not hangs]
    for start, end in zip(starts, [*starts[1:], len(hanging)], strict=False):
        if sum(heights[start:end]) <= most:
            marks[start : end - 1] = [KEPT] * (end - 1 - start)
    return tuple(marks)


def _half_a_page(widths: Sequence[int], layout: Layout) -> float:
    """The lines of half a page. Taller rows have to be split: kept whole they would leave most of a page empty,
    or be cut off."""
    page = layout.width if sum(widths) > layout.width.twips else layout.height
    line = layout.table_text.line
    return page / 2 / line if line else math.inf


def _lines_at_most(columns: Sequence[Filled], widths: Sequence[int], look: Role) -> int:
    """No row has more lines than this; told fast, so that rows need no measuring one by one where all are low."""
    size = look.size
    lines = [one.most * -(-around_chars(one.longest, size) // w) for one, w in zip(columns, widths, strict=True)]
    return max(1, *lines)


def _heights(columns: Sequence[Filled], widths: Sequence[int], look: Role) -> list[int]:
    """The lines of each row."""
    certain = [(width - around(0, look)) / (look.size * 20) - 1 for width in widths]
    return [
        max([
            (1 if cell else 0) if len(cell) < 2 and len("".join(cell)) * _WIDEST <= short else _lines(cell, width, look)
            for cell, width, short in zip(row, widths, certain, strict=True)
        ], default=0)
        for row in zip(*[one.cells() for one in columns], strict=True)
    ]  # fmt: skip


def _lines(cell: Cell, width: int, look: Role) -> int:
    return sum([max(1, math.ceil(natural_width(text, look) / width)) for text in cell])
