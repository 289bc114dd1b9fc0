"""Tables as wide as the type area, with columns of fixed width."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from planwriter.standard import Layout, Pt, Role, role
from planwriter.standard import numbers as n
from planwriter.template.drawing.paragraphs import KEEP, around_text, paragraph
from planwriter.width import cells
from planwriter.word.escaping import escape

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
            (1 if cell else 0) if len(cell) < 2 and len("".join(cell)) <= certain else _lines(cell, width, look)
            for cell, width, certain in zip(row, widths, whole, strict=True)
        ], default=0)
        for row in rows
    ]  # fmt: skip


def _lines(cell: Cell, width: int, look: Role) -> int:
    return sum(max(1, math.ceil(_natural(text, look) / width)) for text in cell)


def _row(drawn: str, look: str) -> str:
    return f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{drawn}</w:tr>"


def _cell(cell: Cell, style: str, width: int, merge: str, keep: str) -> str:
    before, after = around_text(style, keep)
    text = "".join([f"{before}{escape(line)}{after}" for line in cell]) or paragraph(style, look=keep)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'


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
    return [around(max(cells(text) for cell in column for text in cell), look) for column in held]


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
    level = _level(total, shares, least, most)
    return _rounded([_bounded(level * s, a, b) for s, a, b in zip(shares, least, most, strict=True)], total)


def _level(total: int, shares: Sequence[float], least: Sequence[int], most: Sequence[int]) -> float:
    """The width a share of one gets, so that all columns between their bounds add up to ``total``."""
    bounded = list(zip(shares, least, most, strict=True))
    turns = sorted({0.0, *(a / s for s, a, _ in bounded), *(b / s for s, _, b in bounded)})

    def filled(level: float) -> float:
        return sum([_bounded(level * s, a, b) for s, a, b in bounded])

    low, high = 0, len(turns) - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if filled(turns[middle]) < total else (low, middle)
    below, above = filled(turns[low]), filled(turns[high])
    if above <= below:
        return turns[high]
    level = turns[low] + (turns[high] - turns[low]) * (total - below) / (above - below)
    while filled(level) < total:  # what floating point leaves; the last column must not be short of it
        level = math.nextafter(level, math.inf)
    return level


def _bounded(value: float, least: int, most: int) -> float:
    return min(max(value, least), most)


def _rounded(widths: Sequence[float], total: int) -> list[int]:
    """Whole twips; the last column takes what rounding leaves."""
    whole = [int(width + 1e-6) for width in widths[:-1]]
    return [*whole, total - sum(whole)]
