"""Tables as wide as the type area, with columns of fixed width."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from planwriter.standard import Layout, Pt, Role, cells, role
from planwriter.standard import numbers as n
from planwriter.template.drawing.paragraphs import KEEP, paragraph, run

Cell = Sequence[str]
_USUAL = role("table_text")
MERGED: list[str] = []
"""A cell that belongs to the one above it; known by identity."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its heading, its share of the width beside the others, whether its text is centred.

    Without a ``share`` the column is weighed by its fullest cell, so that cells come out equally high.
    """

    name: str
    share: float | None = None
    centred: bool = False


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
    return sum(max(1, math.ceil(_natural(text, look) / width)) for text in cell)


def _row(drawn: str, look: str) -> str:
    return f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{drawn}</w:tr>"


def _cell(cell: Cell, style: str, width: int, merge: str, keep: str) -> str:
    text = "".join(paragraph(style, run(line), look=keep) for line in cell) or paragraph(style, look=keep)
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{text}</w:tc>"


def column_widths(
    columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], total: Pt, look: Role = _USUAL
) -> list[int]:
    """Widths in twips that add up to ``total``; ``look`` is that of the text in tables.

    The shares hold between bounds: a column is not so narrow that its short entries wrap, and not
    wider than its longest entry while another column could use the room.
    """
    held = _held(columns, rows)
    natural = natural_widths(columns, rows, look)
    least = [min(width, around(n.TABLE_UNWRAPPED.value, look)) for width in natural]
    fullest = [max(sum(map(cells, cell)) for cell in column) or 1.0 for column in held]
    shares = [column.share or full for column, full in zip(columns, fullest, strict=True)]
    return _shared(total.twips, shares, least, natural)


def natural_widths(columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], look: Role) -> list[int]:
    """The twips each column would take if none of its entries wrapped."""
    held = _held(columns, rows)
    return [max(_natural(text, look) for cell in column for text in cell) for column in held]


def _held(columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    return [[[column.name], *(row[at] for row in rows)] for at, column in enumerate(columns)]


def _natural(text: str, look: Role) -> int:
    return around(cells(text), look)


def around(chars: float, look: Role) -> int:
    """The twips a cell needs for so many characters, with room for the gaps some programs add by digits."""
    roomy = (chars + n.TABLE_SPARE.value) * look.size
    return math.ceil(roomy * 20) + 2 * n.TABLE_SIDE_MARGIN.value.twips


def _shared(total: int, shares: Sequence[float], least: Sequence[int], most: Sequence[int]) -> list[int]:
    if sum(least) >= total:
        return _rounded([total * width / sum(least) for width in least], total)
    if sum(most) <= total:
        most = [total] * len(shares)
    low, high = 0.0, float(total)
    for _ in range(60):
        middle = (low + high) / 2
        filled = sum(_bounded(middle * s, a, b) for s, a, b in zip(shares, least, most, strict=True))
        low, high = (middle, high) if filled < total else (low, middle)
    return _rounded([_bounded(high * s, a, b) for s, a, b in zip(shares, least, most, strict=True)], total)


def _bounded(value: float, least: int, most: int) -> float:
    return min(max(value, least), most)


def _rounded(widths: Sequence[float], total: int) -> list[int]:
    """Whole twips; the last column takes what rounding leaves."""
    whole = [int(width) for width in widths[:-1]]
    return [*whole, total - sum(whole)]
