"""Text made safe to print: nothing in it can break a line, move the cursor, turn the direction of reading or hide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs by their category, without anything to see."""
_JOINER = "\u200d"
_JOINED = frozenset({"So", "Sk", "Mn"})


def visible(text: str) -> str:
    """The text with controls, line separators, marks of direction and what has no width as ``\\uXXXX``.

    A joiner between the signs of an emoji stays.
    """
    return "".join(_shown(text)) if not text.isascii() or not text.isprintable() else text


def _shown(text: str) -> Iterator[str]:
    before = ""
    for ch in text:
        joins = ch == _JOINER and bool(before) and unicodedata.category(before) in _JOINED
        hidden = (unicodedata.category(ch) in _UNSEEN or ch in _FILLERS) and not joins
        yield f"\\u{ord(ch):04x}" if hidden else ch
        before = ch
