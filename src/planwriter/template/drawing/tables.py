"""Tables as wide as the type area, with columns of fixed width."""

from __future__ import annotations

import math
from collections.abc import Sequence

from planwriter.standard import Layout, Pt, Role, role
from planwriter.template.drawing.column_widths import Cell, TableColumn, around, column_widths, natural_width
from planwriter.template.drawing.paragraphs import KEEP, around_text, paragraph
from planwriter.word.escaping import escape

MERGED: list[str] = []
"""A cell that belongs to the one above it; known by identity."""


def grid(columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], layout: Layout, total: Pt) -> str:
    """The ``w:tbl`` with a repeated header row, ``total`` wide."""
    widths = column_widths(columns, rows, total, layout.table_text)
    properties = (
        f'<w:tblPr><w:tblStyle w:val="{role("table").style_id}"/><w:tblW w:w="{total.twips}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    )
    listed = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    names = "".join(_cell([c.name], "table_head", w, "", KEEP) for c, w in zip(columns, widths, strict=True))
    head = _row(names, "<w:cantSplit/><w:tblHeader/>")
    styles = ["table_text_centred" if column.centred else "table_text" for column in columns]
    below = [*rows[1:], [()] * len(columns)]
    heights = _heights(rows, widths, layout.table_text)
    most = _half_a_page(widths, layout)
    joined = _joined(rows, heights, most)
    body = "".join(
        _text_row(row, styles, widths, after, "<w:cantSplit/>" if height <= most else "", KEEP if keep else "")
        for row, after, height, keep in zip(rows, below, heights, joined, strict=False)
    )
    return f"<w:tbl>{properties}<w:tblGrid>{listed}</w:tblGrid>{head}{body}</w:tbl>"


def _joined(rows: Sequence[Sequence[Cell]], heights: Sequence[int], most: float) -> list[bool]:
    """For each row whether it stays on the page of the next: rows under one merged cell, as far as a page allows."""
    starts = [at for at, row in enumerate(rows) if not any(cell is MERGED for cell in row)]
    kept = [False] * len(rows)
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=False):
        if sum(heights[start:end]) <= most:
            kept[start : end - 1] = [True] * (end - 1 - start)
    return kept


def _text_row(
    row: Sequence[Cell], styles: Sequence[str], widths: Sequence[int], after: Sequence[Cell], look: str, keep: str
) -> str:
    drawn = [
        _cell(cell, style, width, _merge(cell, below), keep)
        for cell, style, width, below in zip(row, styles, widths, after, strict=True)
    ]
    return _row("".join(drawn), look)


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


def _heights(rows: Sequence[Sequence[Cell]], widths: Sequence[int], look: Role) -> list[int]:
    """The lines of each row."""
    whole = [(width - around(0, look)) / (look.size * 20) - 1 for width in widths]
    return [
        max([
            (1 if cell else 0) if len(cell) < 2 and len("".join(cell)) * 1.25 <= certain else _lines(cell, width, look)
            for cell, width, certain in zip(row, widths, whole, strict=True)
        ], default=0)
        for row in rows
    ]  # fmt: skip


def _lines(cell: Cell, width: int, look: Role) -> int:
    return sum(max(1, math.ceil(natural_width(text, look) / width)) for text in cell)


def _row(drawn: str, look: str) -> str:
    return f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{drawn}</w:tr>"


def _cell(cell: Cell, style: str, width: int, merge: str, keep: str) -> str:
    before, after = around_text(style, keep)
    text = "".join([f"{before}{escape(line)}{after}" for line in cell]) or paragraph(style, look=keep)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'
