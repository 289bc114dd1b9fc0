"""Tables as wide as the type area, with columns of fixed width."""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import chain
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
    return "".join(pieces(columns, rows, layout, total, texts_of(columns, rows)))


def pieces(
    columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], layout: Layout, total: Pt, said: str
) -> list[str]:
    """The table of :func:`grid` in pieces, to be joined once; ``said``: all its texts."""
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
    safe = _escaped(rows) if "&" in said or "<" in said or ">" in said else rows
    return [opening, *_body(columns, rows, safe, widths, layout), "</w:tbl>"]


def texts_of(columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]]) -> str:
    """All that a table says, one text after the other."""
    return "".join([*[c.name for c in columns], *chain.from_iterable(chain.from_iterable(rows))])


def _body(
    columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], safe: Sequence[Sequence[Cell]],
    widths: Sequence[int], layout: Layout,
) -> list[str]:  # fmt: skip
    """The rows in pieces; ``safe`` are they with their texts escaped."""
    most = _half_a_page(widths, layout)
    styles = ["table_text_centred" if column.centred else "table_text" for column in columns]
    hanging = _hanging(rows)
    runs = _runs(len(rows), hanging)
    heights = [_lines_at_most(rows, widths, layout.table_text)] * len(rows)
    if any(sum(heights[start:end]) > most for start, end in runs):
        heights = _heights(rows, widths, layout.table_text)
    joined = _joined(runs, heights, most)
    plain = {keep: [_frame(s, w, "", keep) for s, w in zip(styles, widths, strict=True)] for keep in ("", KEEP)}
    out: list[str] = []
    for at, row in enumerate(safe):
        keep = KEEP if at in joined else ""
        frames = plain[keep]
        if at in hanging or at + 1 in hanging:
            frames = frames.copy()
            for column in hanging.get(at + 1, ()):
                frames[column] = _frame(styles[column], widths[column], '<w:vMerge w:val="restart"/>', keep)
            for column in hanging.get(at, ()):
                frames[column] = _frame(styles[column], widths[column], "<w:vMerge/>", keep)
        out.append(_WHOLE_ROW if heights[at] <= most else "<w:tr>")
        for cell, (opening, between, closing, empty) in zip(row, frames, strict=True):
            if cell:
                out += (opening, between.join(cell), closing)
            else:
                out.append(empty)
        out.append("</w:tr>")
    return out


def _escaped(rows: Sequence[Sequence[Cell]]) -> Sequence[Sequence[Cell]]:
    return [[cell if cell is MERGED else [escape(text) for text in cell] for cell in row] for row in rows]


def _hanging(rows: Sequence[Sequence[Cell]]) -> dict[int, list[int]]:
    """Row → the columns whose cell belongs to the one above it, both from 0; for rows that have any."""
    found = [at for at, row in enumerate(rows) if _MERGED_ID in map(id, row)]
    return {at: [column for column, cell in enumerate(rows[at]) if cell is MERGED] for at in found}


def _runs(count: int, hanging: Container[int]) -> list[tuple[int, int]]:
    """First row and the one after the last of rows that hang together by merged cells."""
    starts = [at for at in range(count) if at not in hanging]
    return list(zip(starts, [*starts[1:], count], strict=False))


def _joined(runs: Sequence[tuple[int, int]], heights: Sequence[int], most: float) -> set[int]:
    """The rows that stay on the page of the next: those under one merged cell, as far as a page allows."""
    whole = [range(start, end - 1) for start, end in runs if end - start > 1 and sum(heights[start:end]) <= most]
    return set(chain.from_iterable(whole))


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
        longest = max(map(len, chain.from_iterable(column)), default=0)
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
