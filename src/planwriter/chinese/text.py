"""Characters: what a document can hold, what hides, and how wide it stands."""

from __future__ import annotations

import re

from planwriter.expression import expression

_LINE_ENDS = expression("\r\n|\r|\x0b")
_SURROGATE = expression("[\ud800-\udfff]")
_NO_TEXT = "\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ILLEGAL, _BIDI, _ODD = (expression(f"[{odd}]") for odd in (_NO_TEXT, _TURNING, _NO_TEXT + _TURNING))


def is_plain(text: str) -> bool:
    """Whether nothing in a text has to be cleaned or refused: the quick answer for most texts."""
    return text.isprintable() or _ILLEGAL.search(text) is None


def is_visible(text: str) -> bool:
    """Whether a text is plain and no invisible mark turns it round: one look at both."""
    return text.replace("\n", "").isprintable() or _ODD.search(text) is None


def clean_text(text: str) -> str:
    """The text with every line end (CRLF, CR, VT) as ``\\n`` and surrogate pairs joined; all else is kept."""
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return _LINE_ENDS.sub("\n", text)


def illegal_characters(text: str) -> list[tuple[int, str]]:
    """Characters that XML 1.0 cannot carry, as (position from 1, ``U+0007``), in order.

    C0 controls other than tab and line feed, lone surrogates, U+FFFE and U+FFFF. Everything else, also
    emoji, NBSP, U+3000, ZWSP, BOM and C1, survives in a document.
    """
    return _found(_ILLEGAL, text)


def bidi_controls(text: str) -> list[tuple[int, str]]:
    """Invisible marks that turn the direction of writing, as (position from 1, ``U+202E``), in order."""
    return _found(_BIDI, text)


def _found(pattern: re.Pattern[str], text: str) -> list[tuple[int, str]]:
    return [(m.start() + 1, f"U+{ord(m[0]):04X}") for m in pattern.finditer(text)]
