"""Tables as wide as the type area, with columns of fixed width."""

from __future__ import annotations

import math
from collections.abc import Sequence

from planwriter.standard import Layout, Pt, Role, role
from planwriter.template.drawing.column_widths import Cell, TableColumn, column_widths, natural_width
from planwriter.template.drawing.paragraphs import KEEP, paragraph, run

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
    below = [*rows[1:], [()] * len(columns)]
    joined = _joined(rows, widths, layout)
    body = "".join(
        _text_row(columns, row, widths, after, layout, KEEP if keep else "")
        for row, after, keep in zip(rows, below, joined, strict=True)
    )
    return f"<w:tbl>{properties}<w:tblGrid>{listed}</w:tblGrid>{head}{body}</w:tbl>"


def _joined(rows: Sequence[Sequence[Cell]], widths: Sequence[int], layout: Layout) -> list[bool]:
    """For each row whether it stays on the page of the next: rows under one merged cell, as far as a page allows."""
    starts = [at for at, row in enumerate(rows) if not any(cell is MERGED for cell in row)]
    kept = [False] * len(rows)
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        if _fits_half_a_page(rows[start:end], widths, layout):
            kept[start : end - 1] = [True] * (end - 1 - start)
    return kept


def _text_row(
    columns: Sequence[TableColumn], row: Sequence[Cell], widths: Sequence[int], after: Sequence[Cell], layout: Layout,
    keep: str,
) -> str:  # fmt: skip
    styles = ["table_text_centred" if c.centred else "table_text" for c in columns]
    merges = [_merge(cell, below) for cell, below in zip(row, after, strict=True)]
    cells_ = zip(row, styles, widths, merges, strict=True)
    drawn = "".join(_cell(*one, keep) for one in cells_)
    return _row(drawn, "<w:cantSplit/>" if _fits_half_a_page([row], widths, layout) else "")


def _merge(cell: Cell, below: Cell) -> str:
    if cell is MERGED:
        return "<w:vMerge/>"
    return '<w:vMerge w:val="restart"/>' if below is MERGED else ""


def _fits_half_a_page(rows: Sequence[Sequence[Cell]], widths: Sequence[int], layout: Layout) -> bool:
    """Taller rows have to be split: kept whole they would leave most of a page empty, or be cut off."""
    text = layout.table_text
    lines = sum(
        max((_lines(cell, width, text) for cell, width in zip(row, widths, strict=True)), default=0) for row in rows
    )
    page = layout.width if sum(widths) > layout.width.twips else layout.height
    return lines * (text.line or 0) <= page / 2


def _lines(cell: Cell, width: int, look: Role) -> int:
    return sum(max(1, math.ceil(natural_width(text, look) / width)) for text in cell)


def _row(drawn: str, look: str) -> str:
    return f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{drawn}</w:tr>"


def _cell(cell: Cell, style: str, width: int, merge: str, keep: str) -> str:
    text = "".join(paragraph(style, run(line), look=keep) for line in cell) or paragraph(style, look=keep)
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{text}</w:tc>"
