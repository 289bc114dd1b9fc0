"""How the columns of a table share its width, so that its rows come out low and short entries stay whole."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from planwriter.standard import Pt, Role, cells, role
from planwriter.standard import numbers as n

Cell = Sequence[str]
_USUAL = role("table_text")
_HIGHEST = 200
"""Lines of a cell beyond which no room is looked for."""
_UNBROKEN = re.compile(r"[0-9A-Za-z.,:/@%+_-]+")
_BESIDE_DIGITS = re.compile(r"(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class TableColumn:
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
    natural = natural_widths(columns, rows, look)
    least = [min(width, around(n.TABLE_UNWRAPPED.value, look)) for width in natural]
    fullest = [max(sum(map(cells, cell)) for cell in column) or 1.0 for column in held]
    if sum(natural) > total.twips and sum(least) > total.twips * n.TABLE_TIGHT.value:
        return _balanced(held, total.twips, look)
    shares = [column.share or full for column, full in zip(columns, fullest, strict=True)]
    return _shared(total.twips, shares, least, natural)


def natural_widths(columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], look: Role) -> list[int]:
    """The twips each column would take if none of its entries wrapped."""
    held = _held(columns, rows)
    return [max(natural_width(text, look) for cell in column for text in cell) for column in held]


def _held(columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    return [[[column.name], *(row[at] for row in rows)] for at, column in enumerate(columns)]


def natural_width(text: str, look: Role) -> int:
    """The twips a cell takes that holds a text in one line."""
    return around(_wide(text), look)


@lru_cache(maxsize=4096)
def _wide(text: str) -> float:
    """The characters a text is wide, with the gaps some programs add beside digits."""
    return cells(text) + len(_BESIDE_DIGITS.findall(text)) / 4


def around(chars: float, look: Role) -> int:
    """The twips a cell needs for so many characters, with room for the gaps some programs add by digits."""
    roomy = (chars + n.TABLE_SPARE.value) * look.size
    return math.ceil(roomy * 20) + 2 * n.TABLE_SIDE_MARGIN.value.twips


def _balanced(held: Sequence[Sequence[Cell]], total: int, look: Role) -> list[int]:
    """Widths at which the highest cells of all columns are equally high, and as low as the width allows.

    Short entries stand in as few lines as that leaves room for.
    """
    fullest = [_fullest(column, look) for column in held]
    unbroken = [max((cells(word) for word in _words(column)), default=1.0) for column in held]
    longest = [max(map(_wide, (text for cell in column for text in cell)), default=1.0) for column in held]
    found: list[tuple[int, list[int]]] = []
    for short in range(int(n.TABLE_UNWRAPPED.value), 0, -1):
        least = [around(max(word, min(short, whole)), look) for word, whole in zip(unbroken, longest, strict=True)]
        found.append(_equally_high(fullest, least, total, look))
    lowest = found[-1][0]
    widths = next(widths for lines, widths in found if lines <= lowest * n.TABLE_HIGHER.value)
    return _rounded([width * total / sum(widths) for width in widths], total)


def _equally_high(
    fullest: Sequence[set[tuple[int, ...]]], least: Sequence[int], total: int, look: Role
) -> tuple[int, list[int]]:
    """The fewest lines in which the cells of every column fit, and the widths; too wide where none are enough."""
    for lines in range(1, _HIGHEST):
        widths = [
            max(floor, *(_narrowest(cell, lines, look) for cell in column))
            for floor, column in zip(least, fullest, strict=True)
        ]
        if sum(widths) <= total:
            return lines, widths
    return _HIGHEST, widths


def _fullest(column: Sequence[Cell], look: Role) -> set[tuple[int, ...]]:
    """The natural widths of the paragraphs of those cells that may be the highest."""
    found = {tuple(natural_width(text, look) for text in cell) for cell in column if cell}
    longest = max((one for one in found if len(one) == 1), default=(0,))
    return {longest, *(one for one in found if len(one) > 1)}


def _words(column: Iterable[Cell]) -> Iterable[str]:
    return (word for cell in column for text in cell for word in _UNBROKEN.findall(text))


def _narrowest(paragraphs: Sequence[int], lines: int, look: Role) -> int:
    """The least width at which paragraphs of these natural widths take so many lines, by whole characters."""
    margins, character = around(0, look), look.size * 20
    fewest = max(lines, len(paragraphs))
    for chars in range(1, math.ceil((max(paragraphs) - margins) / character) + 1):
        if sum(math.ceil(max(1, width - margins) / (chars * character)) for width in paragraphs) <= fewest:
            return around(chars, look)
    return max(paragraphs)


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
