"""A table as markup between texts: what stands around the texts of one table stands around those of all of its shape.

The texts are put between the pieces in one go, as text and as bytes, so that nothing as long as a table is encoded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from planwriter.standard import role
from planwriter.template.drawing.filled_columns import Filled, TableColumn
from planwriter.template.drawing.paragraphs import KEEP, around_text, paragraph
from planwriter.word.escaping import escape

WHOLE, KEPT, SPLIT = 0, 1, 2
"""Of a row: it is not broken over two pages, it stays besides on the page of the next, it may be broken."""
_WHOLE_ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
_CONTINUED, _SPANNING = "<w:vMerge/>", '<w:vMerge w:val="restart"/>'
_KNOWN_CELLS = 400
"""Larger tables are made anew each time: what is remembered of one cell takes half a kilobyte."""

Piece = TypeVar("Piece", str, bytes)
ColumnShape = tuple[TableColumn, int, Sequence[int], Sequence[bool]]
"""How a column looks, the most paragraphs of a cell, those of each, and whether it belongs to the one above it."""


class TableFrame(NamedTuple):
    """What stands before the first text of a table, between them, and behind the last."""

    pieces: list[str]
    """Each but the last followed by an empty text."""
    encoded: list[bytes]
    """The same in UTF-8."""
    places: list[bool]
    """Row by row and column by column, whether there is a first paragraph, a second, up to the most of a column."""


def table_frame(columns: Sequence[Filled], widths: tuple[int, ...], marks: tuple[int, ...]) -> TableFrame:
    """The frame of a table whose columns are so wide, in twips; a mark for each row."""
    shape = tuple([(one.column, one.most, one.counts, one.merged) for one in columns])
    if len(marks) * len(shape) > _KNOWN_CELLS:
        return _frame_of.__wrapped__(shape, widths, marks)
    return _frame_of(shape, widths, marks)


@lru_cache(maxsize=32)
def _frame_of(shape: tuple[ColumnShape, ...], widths: tuple[int, ...], marks: tuple[int, ...]) -> TableFrame:
    pieces = [[_opening([column.name for column, *_ in shape], widths)]]
    styles = ["table_text_centred" if column.centred else "table_text" for column, *_ in shape]
    cells = zip(*[zip(counts, _merges(counts, merged), strict=True) for *_, counts, merged in shape], strict=True)
    for mark, row in zip(marks, cells, strict=True):
        pieces[-1].append("<w:tr>" if mark == SPLIT else _WHOLE_ROW)
        for style, width, (count, merge) in zip(styles, widths, row, strict=True):
            first, *others = _around_cell(style, width, count, merge, KEEP if mark == KEPT else "")
            pieces[-1].append(first)
            pieces += [[other] for other in others]
        pieces[-1].append("</w:tr>")
    pieces[-1].append("</w:tbl>")
    joined = [*map("".join, pieces)]
    encoded = [piece.encode("utf-8", "surrogatepass") for piece in joined]
    return TableFrame(_with_places(joined, ""), _with_places(encoded, b""), [*_places(shape)])


def _opening(names: Sequence[str], widths: Sequence[int]) -> str:
    """The beginning of a table with its header row, which every page repeats."""
    listed = "".join([f'<w:gridCol w:w="{width}"/>' for width in widths])
    cells = "".join([_heading(name, width) for name, width in zip(names, widths, strict=True)])
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{role("table").style_id}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{listed}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"
    )


def _heading(name: str, width: int) -> str:
    before, after = _around_cell("table_head", width, 1, "", KEEP)
    return f"{before}{escape(name)}{after}"


def _merges(counts: Sequence[int], merged: Sequence[bool]) -> Sequence[str]:
    """Of each cell of a column, how it is merged."""
    pairs = zip(merged, [*merged[1:], False], strict=True)
    return [_CONTINUED if one else _SPANNING if below else "" for one, below in pairs] if merged else [""] * len(counts)


@lru_cache(maxsize=4096)
def _around_cell(style: str, width: int, paragraphs: int, merge: str, keep: str) -> tuple[str, ...]:
    """What stands before the text of each paragraph of a cell, and behind the last."""
    look = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/></w:tcPr>'
    if not paragraphs:
        return (f"{look}{paragraph(style, look=keep)}</w:tc>",)
    before, after = around_text(style, keep)
    return (look + before, *[after + before] * (paragraphs - 1), f"{after}</w:tc>")


def _places(shape: Sequence[ColumnShape]) -> Iterator[bool]:
    mosts = [most for _, most, *_ in shape]
    for row in zip(*[counts for *_, counts, _ in shape], strict=True):
        for count, most in zip(row, mosts, strict=True):
            yield from [at < count for at in range(most)]


def _with_places(pieces: Sequence[Piece], empty: Piece) -> list[Piece]:
    out = [empty] * (2 * len(pieces) - 1)
    out[::2] = pieces
    return out
