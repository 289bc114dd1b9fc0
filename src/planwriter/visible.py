"""Text made safe to print: nothing in it can break a line, move the cursor or turn the direction of reading."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def visible(text: str) -> str:
    """The text with control characters, line separators and bidirectional overrides as ``\\uXXXX``."""
    return "".join(f"\\u{ord(ch):04x}" if unicodedata.category(ch) in _UNSEEN or ch in _TURNING else ch for ch in text)
