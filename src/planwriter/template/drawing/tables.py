"""Tables as wide as the type area, with columns of fixed width."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, repeat
from operator import or_
from typing import NamedTuple

from planwriter.standard import Layout, Pt, Role, role
from planwriter.template.drawing.column_widths import column_widths
from planwriter.template.drawing.filled_columns import Cell, Filled, TableColumn, around, around_chars, natural_width
from planwriter.template.drawing.paragraphs import KEEP
from planwriter.template.drawing.table_rows import (
    KEPT,
    MERGED_CELL,
    SPLIT,
    WHOLE,
    RowFrame,
    RowFrames,
    around_cell,
    spanning,
)  # fmt: skip
from planwriter.word.escaping import escape

_WIDEST = 1.25
"""Characters that one character is wide at most, with the gap some programs add beside digits."""
_BETWEEN = "\0"


class Drawing(NamedTuple):
    """A table as what stands around its texts, and the texts, row by row, an empty one behind each row."""

    opening: tuple[str, bytes]
    """What stands before the first row below the header."""
    rows: Sequence[RowFrame]
    texts: Sequence[str]
    said: str
    """All that the table says, one text after the other."""

    def xml(self, above: str = "", below: str = "") -> str:
        """The ``w:tbl`` between what stands above and below it."""
        pieces = [*chain.from_iterable([pieces for pieces, _ in self.rows])]
        pieces[1::2] = map(escape, self.texts) if self._has_markup() else self.texts
        return "".join([above, self.opening[0], *pieces, "</w:tbl>", below])

    def utf_8(self, above: bytes, below: bytes) -> bytes:
        """The same in UTF-8, of texts whose characters can all be printed."""
        pieces = [*chain.from_iterable([encoded for _, encoded in self.rows])]
        if self.texts:
            texts = _BETWEEN.join(self.texts)
            pieces[1::2] = (escape(texts) if self._has_markup() else texts).encode().split(_BETWEEN.encode())
        return b"".join([above, self.opening[1], *pieces, b"</w:tbl>", below])

    def _has_markup(self) -> bool:
        said = self.said
        return "&" in said or "<" in said or ">" in said


def grid(columns: Sequence[Filled], layout: Layout, total: Pt) -> Drawing:
    """The table with a repeated header row, ``total`` wide."""
    count = len(columns[0].counts) if columns else 0
    paragraphs = chain.from_iterable([one.paragraphs for one in columns])
    texts = [*chain.from_iterable(zip(*paragraphs, repeat("", count), strict=True))]
    said = "".join([*[one.column.name for one in columns], *texts])
    widths = tuple(column_widths(columns, said, total, layout.table_text))
    opening, frames = _frames(tuple([(one.column, one.most) for one in columns]), widths, total.twips)
    codes = [_codes(one) if one.merged else one.counts for one in columns]
    rows = [frames[row] for row in zip(*codes, _marks(columns, widths, layout), strict=True)]
    return Drawing(opening, rows, texts, said)


@lru_cache(maxsize=64)
def _frames(
    columns: tuple[tuple[TableColumn, int], ...], widths: tuple[int, ...], total: int
) -> tuple[tuple[str, bytes], RowFrames]:
    """What stands before the first row, and the frames of the rows, of all tables with such columns.

    Beside each column stand the most paragraphs of its cells.
    """
    listed = "".join([f'<w:gridCol w:w="{width}"/>' for width in widths])
    cells = "".join([_heading(column.name, width) for (column, _), width in zip(columns, widths, strict=True)])
    opening = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{role("table").style_id}"/><w:tblW w:w="{total}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{listed}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"
    )
    looks = [(column.centred, most) for column, most in columns]
    return (opening, opening.encode("utf-8", "surrogatepass")), RowFrames(looks, widths)


def _heading(name: str, width: int) -> str:
    before, after = around_cell("table_head", width, 1, KEEP)
    return f"{before}{escape(name)}{after}"


def _codes(one: Filled) -> list[int]:
    """The code of each cell of a column in which some are merged."""
    spans = [*one.merged[1:], False]
    return [
        MERGED_CELL if merged else spanning(count) if below else count
        for count, merged, below in zip(one.counts, one.merged, spans, strict=True)
    ]


def _marks(columns: Sequence[Filled], widths: Sequence[int], layout: Layout) -> Sequence[int]:
    """The code of each row: rows under one merged cell stay together, as far as a page allows."""
    count, most = len(columns[0].counts), _half_a_page(widths, layout)
    high = _lines_at_most(columns, widths, layout.table_text)
    hanging: Sequence[bool] = ()
    for one in columns:
        if one.merged:
            hanging = [*map(or_, hanging, one.merged)] if hanging else one.merged
    if not hanging:
        if high <= most:
            return [WHOLE] * count
        hanging = [False] * count
    elif not hanging[0] and high * _most_together(hanging) <= most:
        return [*hanging[1:], WHOLE]
    return _measured_marks(hanging, _heights(columns, widths, layout.table_text), most)


def _most_together(hanging: Sequence[bool]) -> int:
    """The most rows that hang together by merged cells."""
    return max(map(len, bytes(hanging).split(b"\0"))) + 1


def _measured_marks(hanging: Sequence[bool], heights: Sequence[int], most: float) -> list[int]:
    marks = [WHOLE if height <= most else SPLIT for height in heights]
    starts = [at for at, hangs in enumerate(hanging) if not hangs]
    for start, end in zip(starts, [*starts[1:], len(hanging)], strict=False):
        if sum(heights[start:end]) <= most:
            marks[start : end - 1] = [KEPT] * (end - 1 - start)
    return marks


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
