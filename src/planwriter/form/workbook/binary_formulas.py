"""What a formula of an .xls would give, seen from its tokens: LibreOffice stores 0 where the result is a text."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from enum import Enum

_LENGTHS = {
    0x01: 5, 0x02: 5, 0x15: 1, 0x16: 1, 0x1C: 2, 0x1D: 2, 0x1E: 3, 0x1F: 9, 0x20: 8, 0x21: 3, 0x22: 4, 0x23: 5, 0x24: 5,
    0x25: 9, 0x26: 7, 0x27: 7, 0x28: 7, 0x29: 3, 0x2A: 5, 0x2B: 9, 0x2C: 5, 0x2D: 9, 0x39: 7, 0x3A: 7, 0x3B: 11,
    0x3C: 7, 0x3D: 11, **dict.fromkeys(range(0x03, 0x15), 1),
}  # fmt: skip
"""Bytes of a token by its kind ([MS-XLS] 2.5.198.25)."""
_CONCATENATE, _STRING, _ATTRIBUTE, _FUNCTION, _FUNCTION_OF_MANY = 0x08, 0x17, 0x19, 0x21, 0x22
_REFERENCES = frozenset({0x23, 0x24, 0x2C, 0x39, 0x3A})
_CHOOSES = 0x04
_IF, _LOOKUPS = 1, frozenset({28, 29, 100, 101, 102})
_TEXT_FUNCTIONS = frozenset({13, 14, 30, 31, 48, 111, 112, 113, 114, 115, 116, 118, 119, 120, 130, 162, 336})
"""DOLLAR FIXED REPT MID TEXT CHAR LOWER UPPER PROPER LEFT RIGHT TRIM REPLACE SUBSTITUTE T CLEAN CONCATENATE."""


class Gives(Enum):
    """What a formula gives."""

    NUMBER = "number"
    TEXT = "text"
    EITHER = "either"


def gives(tokens: bytes) -> Gives:
    """What a formula with these tokens gives: the last token makes its result."""
    kind, content = 0, b""
    for one, more in _parts(tokens):
        if one not in (_ATTRIBUTE, 0x15):
            kind, content = one, more
    if kind in (_CONCATENATE, _STRING):
        return Gives.TEXT
    function = int.from_bytes(content[-2:], "little") & 0x7FFF if kind in (_FUNCTION, _FUNCTION_OF_MANY) else -1
    if function in _TEXT_FUNCTIONS:
        return Gives.TEXT
    return Gives.EITHER if kind in _REFERENCES or function == _IF or function in _LOOKUPS else Gives.NUMBER


def _parts(tokens: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each token; what cannot be read ends it."""
    at = 0
    while at < len(tokens):
        kind = tokens[at] & 0x1F | 0x20 if tokens[at] >= 0x40 else tokens[at]
        length = _length(tokens, at, kind)
        if length is None or at + length > len(tokens):
            return
        yield kind, tokens[at + 1 : at + length]
        at += length


def _length(tokens: bytes, at: int, kind: int) -> int | None:
    if kind == _STRING and at + 2 < len(tokens):
        return 3 + tokens[at + 1] * (2 if tokens[at + 2] & 1 else 1)
    if kind == _ATTRIBUTE and at + 3 < len(tokens):
        (count,) = struct.unpack_from("<H", tokens, at + 2)
        return 4 + (2 * (count + 1) if tokens[at + 1] & _CHOOSES else 0)
    return _LENGTHS.get(kind)
