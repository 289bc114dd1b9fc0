"""Rows of a table as markup between texts: what stands around the texts of one row stands around those of many.

All texts of a table are put between the pieces of its rows in one go, as text and as bytes, so that nothing as long
as a table is encoded.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from planwriter.template.drawing.paragraphs import KEEP, around_text, paragraph

MERGED_CELL = -1
"""Code of a cell that belongs to the one above it; a cell of its own has the number of its paragraphs."""
WHOLE, KEPT, SPLIT = 0, 1, 2
"""Codes of a row: it is not broken over two pages, it stays besides on the page of the next, it may be broken."""
_WHOLE_ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
_KNOWN_ROWS = 64


def spanning(paragraphs: int) -> int:
    """Code of a cell that spans those below it."""
    return MERGED_CELL - 1 - paragraphs


RowFrame = tuple[tuple[str, ...], tuple[bytes, ...]]
"""What stands before each text of a row, and behind the last, each followed by an empty text; the same in UTF-8."""


class RowFrames(dict[tuple[int, ...], RowFrame]):
    """The codes of a row's cells, and of the row → its frame, made when first asked for.

    ``looks`` are those of the columns: centred or not, and the most paragraphs of a cell.
    """

    def __init__(self, looks: Sequence[tuple[bool, int]], widths: Sequence[int]) -> None:
        self._looks, self._widths = looks, widths

    def __missing__(self, codes: tuple[int, ...]) -> RowFrame:
        *cells, row = codes
        keep = KEEP if row == KEPT else ""
        pieces = ["<w:tr>" if row == SPLIT else _WHOLE_ROW]
        for code, (centred, most), width in zip(cells, self._looks, self._widths, strict=True):
            first, *others = around_cell("table_text_centred" if centred else "table_text", width, code, keep)
            pieces[-1] += first
            pieces += [*others, *[""] * (most - len(others))]
        pieces[-1] += "</w:tr>"
        if len(self) >= _KNOWN_ROWS:
            self.clear()
        self[codes] = made = _between_texts(pieces)
        return made


@lru_cache(maxsize=4096)
def around_cell(style: str, width: int, code: int, keep: str) -> tuple[str, ...]:
    """What stands before the text of each paragraph of a cell, and behind the last."""
    merge, count = "", code
    if code < 0:
        merge = "<w:vMerge/>" if code == MERGED_CELL else '<w:vMerge w:val="restart"/>'
        count = max(0, MERGED_CELL - 1 - code)
    look = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/></w:tcPr>'
    if not count:
        return (f"{look}{paragraph(style, look=keep)}</w:tc>",)
    before, after = around_text(style, keep)
    return (look + before, *[after + before] * (count - 1), f"{after}</w:tc>")


def _between_texts(pieces: Sequence[str]) -> RowFrame:
    texts, encoded = [""] * (2 * len(pieces)), [b""] * (2 * len(pieces))
    texts[::2] = pieces
    encoded[::2] = [piece.encode() for piece in pieces]
    return tuple(texts), tuple(encoded)
