"""What in a part's XML asks for more than being printed: breaks, placeholders, numbers that must be unique.

All is looked for in UTF-8, where a single byte is found many times faster than in text of Han characters.
"""

from __future__ import annotations

GAP = "【待填"
LANDSCAPE = b'w:orient="landscape"'
"""The sign of a section that the filled text turns (clause 8)."""
_BREAKS = (b"\n", b"\t", b"\r", b"\v", b"\a", b"\f")
_GAP = GAP.encode()
_NUMBERED = (b"<wp:docPr", b"<w:bookmark", b"<v:")


def has_signs(content: bytes) -> bool:
    """Whether a break or a placeholder stands in it."""
    return any([sign in content for sign in _BREAKS]) or _GAP in content  # noqa: C419  a list is quicker than stopping


def has_numbers(content: bytes) -> bool:
    """Whether a drawing, a bookmark or a shape stands in it, whose numbers and names a loop may have repeated."""
    return any(owner in content for owner in _NUMBERED)


def asks_for_more(content: bytes) -> bool:
    """Whether any of it stands in it."""
    return has_signs(content) or has_numbers(content)
