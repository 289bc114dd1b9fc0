"""Characters outside GB 2312: faces whose names end in _GB2312 do not hold them (镕、喆)."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.expression import expression

_HAN = expression("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_MARKS = ("—", "·")
"""Marks that GB 2312 holds although Python's codec refuses them."""
_ASCII = bytes(range(0x80))
_LONG = 4_000
"""From so many characters on it is quicker to leave out the ASCII first, which is most of them where markup is."""


def may_hold_rare(text: str) -> bool:
    """A quick look, as fast as encoding: whether any character at all may be outside GB 2312."""
    if len(text) > _LONG:
        text = beyond_ascii(text.encode("utf-8", "surrogatepass"))
    for mark in _MARKS:
        text = text.replace(mark, "")
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def beyond_ascii(content: bytes) -> str:
    """What UTF-8 holds besides ASCII: nothing rare is ASCII, and markup is little else."""
    return content.translate(None, _ASCII).decode("utf-8", "surrogatepass")


def rare_characters(text: str) -> Iterator[str]:
    """The Chinese characters of a text that GB 2312 does not hold, in order, each as often as it occurs."""
    return (found[0] for found in _HAN.finditer(text) if is_rare(found[0])) if may_hold_rare(text) else iter(())


def is_rare(character: str) -> bool:
    """Whether a single Chinese character is outside GB 2312; other characters never are."""
    if not _HAN.fullmatch(character):
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
