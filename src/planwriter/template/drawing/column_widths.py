"""How the columns of a table share its width, so that its rows come out low and short entries stay whole."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from planwriter.standard import Pt, Role, cells, role
from planwriter.standard import numbers as n

Cell = Sequence[str]
_USUAL = role("table_text")
_HIGHEST = 200
"""Lines of a cell beyond which no room is looked for."""
_ROUNDING = 1e-6
_UNBROKEN = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,:/@%+_-"
_OTHERS_AS_SPACES = bytes(byte if byte in _UNBROKEN else 32 for byte in range(256))


class TableColumn(NamedTuple):
    """A column: its heading, its share of the width beside the others, whether its text is centred.

    Without a ``share`` the column is weighed by its fullest cell, so that cells come out equally high.
    """

    name: str
    share: float | None = None
    centred: bool = False


def column_widths(
    columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], total: Pt, look: Role = _USUAL
) -> list[int]:
    """Widths in twips that add up to ``total``; ``look`` is that of the text in tables.

    The shares hold between bounds: a column is not so narrow that its short entries wrap, and not
    wider than its longest entry while another column could use the room.
    """
    held = _held(columns, rows)
    longest = [*map(_longest, held)]
    natural = [around(chars, look) for chars in longest]
    unwrapped = around(n.TABLE_UNWRAPPED.value, look)
    least = [min(width, unwrapped) for width in natural]
    if sum(natural) > total.twips and sum(least) > total.twips * n.TABLE_TIGHT.value:
        return _balanced(_Needs(columns, rows, longest, look), held, longest, total.twips)
    shares = [column.share or _fullest(rows, at, column) for at, column in enumerate(columns)]
    return _shared(total.twips, shares, least, natural)


def natural_widths(columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], look: Role) -> list[int]:
    """The twips each column would take if none of its entries wrapped."""
    return [around(_longest(texts), look) for texts in _held(columns, rows)]


def _held(columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """All texts of each column, its heading first."""
    return [
        [column.name, *[text for cell in below for text in cell]]
        for column, below in zip(columns, _below(columns, rows), strict=True)
    ]


def _below(columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]]) -> Sequence[Sequence[Cell]]:
    """The cells of each column."""
    return list(zip(*rows, strict=True)) or [()] * len(columns)


def _fullest(rows: Sequence[Sequence[Cell]], at: int, column: TableColumn) -> float:
    """The characters of a column's fullest cell."""
    return max([cells(column.name), *(sum(map(cells, row[at])) for row in rows)]) or 1.0


def natural_width(text: str, look: Role) -> int:
    """The twips a cell takes that holds a text in one line."""
    return around(_wide(text), look)


@lru_cache(maxsize=4096)
def _wide(text: str) -> float:
    """The characters a text is wide, with the gaps some programs add beside digits."""
    wide: float = cells(text)
    if wide >= len(text):
        return wide
    kinds = "".join([_kind(character) for character in text])
    return wide + (kinds.count("0字") + kinds.count("字0")) / 4


def _kind(character: str) -> str:
    """``0`` for a digit or a letter, ``字`` for a Han character."""
    if character.isascii():
        return "0" if character.isalnum() else " "
    return "字" if "\u4e00" <= character <= "\u9fff" else " "


def _longest(texts: Sequence[str]) -> float:
    """The characters the widest of the texts is wide; no text is wider than its characters are many."""
    most = 0.0
    for text in sorted(texts, key=len, reverse=True):
        if len(text) <= most:
            break
        most = max(most, _wide(text))
    return most


def around(chars: float, look: Role) -> int:
    """The twips a cell needs for so many characters, with room for the gaps some programs add by digits."""
    return _around(chars, look.size)


@lru_cache(maxsize=4096)
def _around(chars: float, size: float) -> int:
    roomy = (chars + n.TABLE_SPARE.value) * size
    return math.ceil(roomy * 20) + 2 * n.TABLE_SIDE_MARGIN.value.twips


def _balanced(needs: _Needs, held: Sequence[Sequence[str]], longest: Sequence[float], total: int) -> list[int]:
    """Widths at which the highest cells of all columns are equally high, and as low as the width allows.

    Short entries stand in as few lines as that leaves room for.
    """
    words = [_unbroken(" ".join(texts)) for texts in held]

    def fitting(short: int) -> tuple[int, list[int]]:
        least = [around(max(word, min(short, whole)), needs.look) for word, whole in zip(words, longest, strict=True)]
        return _equally_high(needs, least, total)

    lowest, widths = fitting(1)
    for short in range(int(n.TABLE_UNWRAPPED.value), 1, -1):
        lines, roomier = fitting(short)
        if lines <= lowest * n.TABLE_HIGHER.value:
            widths = roomier
            break
    return _rounded([width * total / sum(widths) for width in widths], total)


def _unbroken(text: str) -> float:
    """The characters the longest word or number of a text is wide, one where it has none."""
    words = text.encode("ascii", "replace").translate(_OTHERS_AS_SPACES).split()
    return max(map(len, words), default=2) / 2


class _Needs(dict[int, list[int]]):
    """Lines → the least width of each column at which no cell takes more, worked out when first asked for."""

    def __init__(
        self, columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], longest: Sequence[float], look: Role
    ) -> None:
        self.look, self.margins, self.character = look, around(0, look), look.size * 20
        below = zip(columns, _below(columns, rows), longest, strict=True)
        self.highest = [self._highest(c.name, column, chars) for c, column, chars in below]

    def _highest(self, name: str, column: Sequence[Cell], longest: float) -> list[tuple[int, ...]]:
        """The widths, without margins, of the paragraphs of those cells that may be the highest.

        The first is the longest that stands alone; ``longest`` is that of all.
        """
        several = [cell for cell in column if len(cell) > 1]
        if not several:
            return [(self._inside(longest),)]
        alone = _longest([name, *[cell[0] for cell in column if len(cell) == 1]])
        return [(self._inside(alone),), *{tuple([self._inside(_wide(text)) for text in cell]) for cell in several}]

    def _inside(self, chars: float) -> int:
        return around(chars, self.look) - self.margins or 1

    def fewest(self, total: int) -> int:
        """Lines than which there are surely not fewer: a text takes its width, however it is broken."""
        room = total - len(self.highest) * (self.margins - 1)
        whole = sum([alone for (alone,), *_ in self.highest])
        return max(1, min(_HIGHEST - 1, math.ceil(whole / room - _ROUNDING))) if room > 0 else 1

    def __missing__(self, lines: int) -> list[int]:
        chars = [max([_narrowest(one, lines, self.character) for one in column]) for column in self.highest]
        self[lines] = [around(one, self.look) for one in chars]
        return self[lines]


def _equally_high(needs: _Needs, least: Sequence[int], total: int) -> tuple[int, list[int]]:
    """The fewest lines in which the cells of every column fit, and the widths; too wide where none are enough."""
    for lines in range(needs.fewest(total), _HIGHEST):
        widths = [*map(max, least, needs[lines])]
        if sum(widths) <= total:
            return lines, widths
    return _HIGHEST, widths


def _narrowest(paragraphs: Sequence[int], lines: int, character: float) -> int:
    """The fewest whole characters in a line at which paragraphs of these widths take so many lines.

    At least one line for each paragraph.
    """
    fewest = max(lines, len(paragraphs))
    chars = max(1, int(sum(paragraphs) / (fewest * character)))
    if len(paragraphs) == 1:
        while math.ceil(paragraphs[0] / (chars * character)) > fewest:
            chars += 1
        return chars
    while sum([math.ceil(width / (chars * character)) for width in paragraphs]) > fewest:
        chars += 1
    return chars


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
