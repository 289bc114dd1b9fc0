"""How wide a text is in cells of the page grid: a Han character one, a digit or Latin letter a half."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from planwriter.expression import expression

_USUAL = expression("[\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff01-\uff60“”‘’—…·]*")
"""What nearly every text is made of: either half-width ASCII or full-width."""


@lru_cache(maxsize=16384)
def cells(text: str) -> float:
    """The width of ``text``: Han characters and full-width marks 1, half-width ones 0.5, combining marks 0."""
    if _USUAL.fullmatch(text):
        return len(text) - 0.5 * len(text.encode("ascii", "ignore"))
    return sum(map(_cell, text))


def _cell(char: str) -> float:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(char) in "FWA" else 0.5
