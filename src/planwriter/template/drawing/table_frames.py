"""A table as markup between texts: what stands around the texts of one table stands around those of all of its shape.

Where a shape is met again, the texts are put between its pieces in one go, as text and as bytes, so that nothing as
long as a table is encoded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from planwriter.standard import role
from planwriter.template.drawing.filled_columns import Cell, Filled, TableColumn
from planwriter.template.drawing.paragraphs import KEEP, around_text, paragraph
from planwriter.word.escaping import escape

WHOLE, KEPT, SPLIT = 0, 1, 2
"""Of a row: it is not broken over two pages, it stays besides on the page of the next, it may be broken."""
_WHOLE_ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
_CONTINUED, _SPANNING = "<w:vMerge/>", '<w:vMerge w:val="restart"/>'
_KNOWN_TEXTS = 400
"""Larger tables are not remembered: half a kilobyte stands around each text."""

Piece = TypeVar("Piece", str, bytes)
Merges = dict[int, list[tuple[int, str]]]
"""Row → its merged cells, each with its column."""


class TableFrame(NamedTuple):
    """What stands before the first text of a table, between them, and behind the last."""

    pieces: list[str]
    """Each but the last followed by an empty text."""
    encoded: list[bytes]
    """The same in UTF-8."""
    places: list[bool]
    """Row by row and column by column, whether there is a first paragraph, a second, up to the most of a column."""


class _Shape:
    """What is known of all tables that differ in nothing but their texts."""

    def __init__(self) -> None:
        self.met = False
        self.frame: TableFrame | None = None


def table_frame(columns: Sequence[Filled], widths: tuple[int, ...], marks: tuple[int, ...]) -> TableFrame | None:
    """The frame of a table whose columns are so wide, in twips, with a mark for each row.

    Nothing where such a table is met for the first time: making a frame takes longer than drawing one table.
    """
    if len(marks) * sum([one.most for one in columns]) > _KNOWN_TEXTS:
        return None
    known = _shape(tuple([(one.column, one.most, one.counts, one.merged) for one in columns]), widths, marks)
    if known.met and known.frame is None:
        known.frame = _frame_of(columns, widths, marks)
    known.met = True
    return known.frame


@lru_cache(maxsize=32)
def _shape(
    columns: tuple[tuple[TableColumn, int, Sequence[int], Sequence[bool]], ...],
    widths: tuple[int, ...],
    marks: tuple[int, ...],
) -> _Shape:
    return _Shape()


def _frame_of(columns: Sequence[Filled], widths: Sequence[int], marks: Sequence[int]) -> TableFrame:
    pieces = [[_opening([one.column for one in columns], widths)]]
    counts = zip(*[one.counts for one in columns], strict=True)
    for (opening, cells), row in zip(_rows(columns, widths, marks), counts, strict=True):
        pieces[-1].append(opening)
        for around, count in zip(cells, row, strict=True):
            pieces[-1].append(around.opening if count else around.empty)
            pieces += [[around.between] for _ in range(count - 1)]
            pieces += [[around.closing]] if count else []
        pieces[-1].append("</w:tr>")
    pieces[-1].append("</w:tbl>")
    joined = [*map("".join, pieces)]
    encoded = [piece.encode("utf-8", "surrogatepass") for piece in joined]
    return TableFrame(_with_places(joined, ""), _with_places(encoded, b""), [*_places(columns)])


def drawn_once(
    columns: Sequence[Filled], rows: Sequence[Sequence[Cell]], widths: Sequence[int], marks: Sequence[int]
) -> list[str]:
    """The table without a frame, in pieces to be joined; ``rows`` are its cells, their texts escaped."""
    out = [_opening([one.column for one in columns], widths)]
    for (opening, cells), row in zip(_rows(columns, widths, marks), rows, strict=True):
        out.append(opening)
        for around, cell in zip(cells, row, strict=True):
            if cell:
                out += (around.opening, around.between.join(cell), around.closing)
            else:
                out.append(around.empty)
        out.append("</w:tr>")
    out.append("</w:tbl>")
    return out


def _opening(columns: Sequence[TableColumn], widths: Sequence[int]) -> str:
    """The beginning of a table with its header row, which every page repeats."""
    listed = "".join([f'<w:gridCol w:w="{width}"/>' for width in widths])
    cells = "".join([_heading(column.name, width) for column, width in zip(columns, widths, strict=True)])
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{role("table").style_id}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{listed}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"
    )


def _heading(name: str, width: int) -> str:
    around = _around("table_head", width, "", KEEP)
    return f"{around.opening}{escape(name)}{around.closing}"


def _rows(
    columns: Sequence[Filled], widths: Sequence[int], marks: Sequence[int]
) -> Iterator[tuple[str, Sequence[_Around]]]:
    """What begins each row, and what stands around each of its cells."""
    styles = ["table_text_centred" if one.column.centred else "table_text" for one in columns]
    plain = {k: [_around(s, w, "", k) for s, w in zip(styles, widths, strict=True)] for k in ("", KEEP)}
    merges = _merges(columns)
    for at, mark in enumerate(marks):
        keep = KEEP if mark == KEPT else ""
        cells = plain[keep]
        if at in merges:
            cells = cells.copy()
            for column, merge in merges[at]:
                cells[column] = _around(styles[column], widths[column], merge, keep)
        yield "<w:tr>" if mark == SPLIT else _WHOLE_ROW, cells


def _merges(columns: Sequence[Filled]) -> Merges:
    found: Merges = {}
    for column, one in enumerate(columns):
        for at, (merged, below) in enumerate(zip(one.merged, (*one.merged[1:], False), strict=bool(one.merged))):
            if merged or below:
                found.setdefault(at, []).append((column, _CONTINUED if merged else _SPANNING))
    return found


class _Around(NamedTuple):
    """What stands before the text of a cell, between two of its paragraphs, and behind; and the empty cell."""

    opening: str
    between: str
    closing: str
    empty: str


@lru_cache(maxsize=4096)
def _around(style: str, width: int, merge: str, keep: str) -> _Around:
    before, after = around_text(style, keep)
    look = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/></w:tcPr>'
    return _Around(look + before, after + before, f"{after}</w:tc>", f"{look}{paragraph(style, look=keep)}</w:tc>")


def _places(columns: Sequence[Filled]) -> Iterator[bool]:
    for row in zip(*[one.counts for one in columns], strict=True):
        for count, one in zip(row, columns, strict=True):
            yield from [at < count for at in range(one.most)]


def _with_places(pieces: Sequence[Piece], empty: Piece) -> list[Piece]:
    out = [empty] * (2 * len(pieces) - 1)
    out[::2] = pieces
    return out
