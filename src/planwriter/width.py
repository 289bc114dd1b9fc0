"""How wide a text is in cells of the page grid: a Han character one, a digit or Latin letter a half."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=1024)
def cells(text: str) -> float:
    """The width of ``text``: Han characters and full-width marks 1, half-width ones 0.5, combining marks 0."""
    usual = text.replace("—", "一").replace("·", "一")  # which Python's codec refuses
    try:  # GB 2312 takes one byte for half-width characters, and two for full-width ones
        return 0.5 * len(usual.encode("gb2312"))
    except UnicodeEncodeError:
        return sum(map(_cell, text))


def _cell(char: str) -> float:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(char) in "FWA" else 0.5
