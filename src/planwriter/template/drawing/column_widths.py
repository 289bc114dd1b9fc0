"""How the columns of a table share its width, so that its rows come out low and short entries stay whole."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from planwriter.standard import Pt, Role, cells, role
from planwriter.standard import numbers as n
from planwriter.template.drawing.filled_columns import Filled, around, around_chars, longest_of, wide

_USUAL = role("table_text")
_HIGHEST = 200
"""Lines of a cell beyond which no room is looked for."""
_ROUNDING = 1e-6
_UNBROKEN = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,:/@%+_-"
_UNBROKEN_OR_NOT = bytes(97 if byte in _UNBROKEN else 32 for byte in range(256))


def column_widths(columns: Sequence[Filled], said: str, total: Pt, look: Role = _USUAL) -> Sequence[int]:
    """Widths in twips that add up to ``total``; ``look`` is that of the text in tables, ``said`` all of it.

    The shares hold between bounds: a column is not so narrow that its short entries wrap, and not
    wider than its longest entry while another column could use the room.
    """
    natural, room = natural_widths(columns, look), total.twips
    unwrapped = around(n.TABLE_UNWRAPPED.value, look)
    least = [width if width < unwrapped else unwrapped for width in natural]
    if sum(natural) > room and sum(least) > room * n.TABLE_TIGHT.value:
        return _balanced(columns, said, room, look.size, tuple(least))
    shares = tuple([one.column.share or _fullest(one) for one in columns])
    return _shared(room, shares, tuple(least), tuple(natural))


def natural_widths(columns: Sequence[Filled], look: Role) -> list[int]:
    """The twips each column would take if none of its entries wrapped."""
    size = look.size
    return [around_chars(one.longest, size) for one in columns]


def _fullest(one: Filled) -> float:
    """The characters of a column's fullest cell."""
    return max([cells(one.column.name), *(sum(map(cells, cell)) for cell in one.cells())]) or 1.0


def _balanced(
    columns: Sequence[Filled], said: str, total: int, size: float, unwrapped: tuple[int, ...]
) -> Sequence[int]:
    """Widths at which the highest cells of all columns are equally high, and as low as the width allows.

    Short entries stand in as few lines as that leaves room for; ``unwrapped``: the widths at which those of the
    usual length stand in one.
    """
    highest = tuple([_highest(one) for one in columns])
    roomy = int(n.TABLE_UNWRAPPED.value)
    fewest = _fewest_lines(highest, total, size)
    least = _least(columns, roomy, size) if _may_hold_word(columns, said, roomy) else unwrapped
    lines, widths = _equally_high(highest, least, total, size, fewest)
    if lines <= fewest * n.TABLE_HIGHER.value:
        return widths
    lowest, widths = _equally_high(highest, _least(columns, 1, size), total, size, fewest)
    for short in range(roomy, 1, -1):
        least = _least(columns, short, size)
        lines, roomier = _equally_high(highest, least, total, size, min(lowest, _HIGHEST - 1))
        if lines <= lowest * n.TABLE_HIGHER.value:
            return roomier
    return widths


def _least(columns: Sequence[Filled], short: int, size: float) -> tuple[int, ...]:
    """The width of each column at which no word is broken, nor a text of up to ``short`` characters."""
    words = [_unbroken(" ".join([one.column.name, *one.texts])) for one in columns]
    pairs = zip(words, columns, strict=True)
    return tuple([around_chars(max(word, min(short, one.longest)), size) for word, one in pairs])


def _may_hold_word(columns: Sequence[Filled], said: str, chars: int) -> bool:
    """Whether a word or number may be wider than so many characters; where it says no, none asks for more room
    than a text of that length does."""
    words = said.encode("ascii", "replace").translate(_UNBROKEN_OR_NOT)
    return b"a" * (2 * chars + 1) in words or min([one.longest for one in columns]) < 1


def _unbroken(text: str) -> float:
    """The characters the longest word or number of a text is wide, one where it has none."""
    words = text.encode("ascii", "replace").translate(_UNBROKEN_OR_NOT).split()
    return max(map(len, words), default=2) / 2


Heights = tuple[tuple[tuple[float, ...], ...], ...]
"""Of each column those cells that may be the highest, as the characters each of their paragraphs is wide."""


def _highest(one: Filled) -> tuple[tuple[float, ...], ...]:
    """Those cells of a column that may be the highest; the first is the longest paragraph that stands alone."""
    if one.most < 2:
        return ((one.longest,),)
    alone, several = [one.column.name], set()
    for cell in one.cells():
        if len(cell) > 1:
            several.add(tuple(map(wide, cell)))
        elif cell:
            alone.append(cell[0])
    return (longest_of(alone),), *several


def _inside(chars: float, size: float) -> int:
    """The twips so many characters take, without margins."""
    return around_chars(chars, size) - around_chars(0, size) or 1


@lru_cache(maxsize=128)
def _fewest_lines(highest: Heights, total: int, size: float) -> int:
    """Lines than which there are surely not fewer: a text takes its width, however it is broken."""
    room = total - len(highest) * (around_chars(0, size) - 1)
    whole = sum([_inside(column[0][0], size) for column in highest])
    return max(1, min(_HIGHEST - 1, math.ceil(whole / room - _ROUNDING))) if room > 0 else 1


@lru_cache(maxsize=128)
def _equally_high(
    highest: Heights, least: tuple[int, ...], total: int, size: float, fewest: int
) -> tuple[int, Sequence[int]]:
    """The fewest lines in which the cells of every column fit, and widths that add up to ``total``.

    ``fewest``: fewer than these are known not to do.
    """
    inside = _twips(highest, size)
    for lines in range(fewest if sum(least) <= total else _HIGHEST - 1, _HIGHEST):
        widths = [*map(max, least, _needed(inside, lines, size))]
        if sum(widths) <= total:
            return lines, _stretched(widths, total)
    return _HIGHEST, _stretched(widths, total)


@lru_cache(maxsize=128)
def _twips(highest: Heights, size: float) -> tuple[tuple[tuple[int, ...], ...], ...]:
    return tuple([tuple([tuple([_inside(w, size) for w in cell]) for cell in column]) for column in highest])


@lru_cache(maxsize=512)
def _needed(highest: tuple[tuple[tuple[int, ...], ...], ...], lines: int, size: float) -> list[int]:
    """The least width of each column at which no cell takes more lines."""
    return [around_chars(_fewest_chars(column, lines, size * 20), size) for column in highest]


def _fewest_chars(column: Sequence[Sequence[int]], lines: int, character: float) -> int:
    """The fewest whole characters in a line at which no cell takes more lines, or more than its paragraphs."""
    chars = 1
    for one in column:
        if sum([math.ceil(width / (chars * character)) for width in one]) > max(lines, len(one)):
            chars = _narrowest(one, lines, character)
    return chars


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


@lru_cache(maxsize=128)
def _shared(total: int, shares: tuple[float, ...], least: tuple[int, ...], most: tuple[int, ...]) -> Sequence[int]:
    if sum(least) >= total:
        return _stretched(least, total)
    if sum(most) <= total:
        most = (total,) * len(shares)
    level = _level(total, shares, least, most)
    return _rounded([min(max(level * s, a), b) for s, a, b in zip(shares, least, most, strict=True)], total)


def _level(total: int, shares: Sequence[float], least: Sequence[int], most: Sequence[int]) -> float:
    """The width a share of one gets, so that all columns between their bounds add up to ``total``."""
    bounded = list(zip(shares, least, most, strict=True))
    turns = sorted({0.0, *(a / s for s, a, _ in bounded), *(b / s for s, _, b in bounded)})

    def taken(level: float) -> float:
        return sum([a if (x := level * s) < a else x if x < b else b for s, a, b in bounded])

    low, high = 0, len(turns) - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if taken(turns[middle]) < total else (low, middle)
    fewer, more = taken(turns[low]), taken(turns[high])
    if more <= fewer:
        return turns[high]
    level = turns[low] + (turns[high] - turns[low]) * (total - fewer) / (more - fewer)
    while taken(level) < total:  # what floating point leaves; the last column must not be short of it
        level = math.nextafter(level, math.inf)
    return level


def _stretched(widths: Sequence[int], total: int) -> Sequence[int]:
    """The widths in the same proportion, so that they add up to ``total``."""
    taken = sum(widths)
    return _rounded([total * width / taken for width in widths], total)


def _rounded(widths: Sequence[float], total: int) -> Sequence[int]:
    """Whole twips; the last column takes what rounding leaves."""
    whole = [int(width + 1e-6) for width in widths[:-1]]
    return *whole, total - sum(whole)
