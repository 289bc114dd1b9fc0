"""Tables as wide as the type area, with columns of fixed width."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from planwriter.standard import Layout, Pt, Role, role
from planwriter.template.drawing.column_widths import Cell, TableColumn, around, column_widths, natural_width
from planwriter.template.drawing.paragraphs import KEEP, around_text, paragraph
from planwriter.word.escaping import escape

MERGED: list[str] = []
"""A cell that belongs to the one above it; known by identity."""
_MERGED_ID = id(MERGED)
_WIDEST = 1.25
"""Characters that one character is wide at most, with the gap some programs add beside digits."""
_WHOLE_ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"


def grid(columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], layout: Layout, total: Pt) -> str:
    """The ``w:tbl`` with a repeated header row, ``total`` wide."""
    widths = column_widths(columns, rows, total, layout.table_text)
    properties = (
        f'<w:tblPr><w:tblStyle w:val="{role("table").style_id}"/><w:tblW w:w="{total.twips}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    )
    listed = "".join([f'<w:gridCol w:w="{width}"/>' for width in widths])
    names = "".join(
        [_frame("table_head", w, "", KEEP).around([escape(c.name)]) for c, w in zip(columns, widths, strict=True)]
    )
    head = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{names}</w:tr>"
    opening = f"<w:tbl>{properties}<w:tblGrid>{listed}</w:tblGrid>{head}"
    return "".join([opening, *_body(columns, rows, widths, layout), "</w:tbl>"])


def texts_of(columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]]) -> str:
    """All that a table says, one text after the other."""
    return "".join([*(c.name for c in columns), *[text for row in rows for cell in row for text in cell]])


def _body(
    columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], widths: Sequence[int], layout: Layout
) -> list[str]:
    """The rows in pieces: joined once, they are copied once."""
    most = _half_a_page(widths, layout)
    styles = ["table_text_centred" if column.centred else "table_text" for column in columns]
    merged = [_MERGED_ID in map(id, row) for row in rows]
    runs = _runs(merged)
    heights = [_lines_at_most(rows, widths, layout.table_text)] * len(rows)
    if any(sum(heights[start:end]) > most for start, end in runs):
        heights = _heights(rows, widths, layout.table_text)
    plain = {keep: [_frame(s, w, "", keep) for s, w in zip(styles, widths, strict=True)] for keep in ("", KEEP)}
    safe = _escaped(rows)
    out = []
    below_it = zip([*safe[1:], ()], [*merged[1:], False], strict=False)
    for row, hangs, height, joined, (below, hanging) in zip(
        safe, merged, heights, _joined(runs, heights, most), below_it, strict=False
    ):
        keep = KEEP if joined else ""
        frames = plain[keep]
        if hangs or hanging:
            frames = [
                _frame(style, width, merge, keep) if (merge := _merge(cell, under)) else usual
                for cell, under, style, width, usual in zip(row, below or row, styles, widths, frames, strict=True)
            ]
        out.append(_WHOLE_ROW if height <= most else "<w:tr>")
        for cell, (opening, between, closing, empty) in zip(row, frames, strict=True):
            if cell:
                out += (opening, between.join(cell), closing)
            else:
                out.append(empty)
        out.append("</w:tr>")
    return out


def _escaped(rows: Sequence[Sequence[Cell]]) -> Sequence[Sequence[Cell]]:
    """The rows with every text escaped; most tables hold nothing to escape."""
    said = texts_of((), rows)
    if not ("&" in said or "<" in said or ">" in said):
        return rows
    return [[cell if cell is MERGED else [escape(text) for text in cell] for cell in row] for row in rows]


def _runs(merged: Sequence[bool]) -> list[tuple[int, int]]:
    """First row and the one after the last of rows that hang together by merged cells."""
    starts = [at for at, one in enumerate(merged) if not one]
    return list(zip(starts, [*starts[1:], len(merged)], strict=False))


def _joined(runs: Sequence[tuple[int, int]], heights: Sequence[int], most: float) -> list[bool]:
    """For each row whether it stays on the page of the next: rows under one merged cell, as far as a page allows."""
    kept = [False] * len(heights)
    for start, end in runs:
        if end - start > 1 and sum(heights[start:end]) <= most:
            kept[start : end - 1] = [True] * (end - 1 - start)
    return kept


def _merge(cell: Cell, below: Cell) -> str:
    if cell is MERGED:
        return "<w:vMerge/>"
    return '<w:vMerge w:val="restart"/>' if below is MERGED else ""


def _half_a_page(widths: Sequence[int], layout: Layout) -> float:
    """The lines of half a page. Taller rows have to be split: kept whole they would leave most of a page empty,
    or be cut off."""
    page = layout.width if sum(widths) > layout.width.twips else layout.height
    line = layout.table_text.line
    return page / 2 / line if line else math.inf


def _lines_at_most(rows: Sequence[Sequence[Cell]], widths: Sequence[int], look: Role) -> int:
    """No row has more lines than this; told fast, so that rows need no measuring one by one where all are low."""
    most = 1
    for column, width in zip(zip(*rows, strict=True), widths, strict=False):
        longest = max([len(text) for cell in column for text in cell], default=0)
        most = max(most, max(map(len, column)) * max(1, math.ceil(around(longest * _WIDEST, look) / width)))
    return most


def _heights(rows: Sequence[Sequence[Cell]], widths: Sequence[int], look: Role) -> list[int]:
    """The lines of each row."""
    certain = [(width - around(0, look)) / (look.size * 20) - 1 for width in widths]
    return [
        max([
            (1 if cell else 0) if len(cell) < 2 and len("".join(cell)) * _WIDEST <= short else _lines(cell, width, look)
            for cell, width, short in zip(row, widths, certain, strict=True)
        ], default=0)
        for row in rows
    ]  # fmt: skip


def _lines(cell: Cell, width: int, look: Role) -> int:
    return sum([max(1, math.ceil(natural_width(text, look) / width)) for text in cell])


class _Frame(NamedTuple):
    """What stands before the escaped text of a cell, between two of its paragraphs, and behind; and the empty cell."""

    opening: str
    between: str
    closing: str
    empty: str

    def around(self, cell: Cell) -> str:
        """The cell with these paragraphs, already escaped."""
        return self.opening + self.between.join(cell) + self.closing if cell else self.empty


@lru_cache(maxsize=4096)
def _frame(style: str, width: int, merge: str, keep: str) -> _Frame:
    before, after = around_text(style, keep)
    look = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/></w:tcPr>'
    return _Frame(look + before, after + before, f"{after}</w:tc>", f"{look}{paragraph(style, look=keep)}</w:tc>")
