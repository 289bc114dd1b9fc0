"""The same plan in other words, so that no text of a document was seen in the one before."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

_FREQUENT = "的个人每不为场展训对进开报时"
"""One of these characters, at least, stands in most sentences, and in none of the words a form is understood by."""
_OTHERS = b"".join(bytes((row, cell)) for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)).decode("gb2312")
"""The characters of everyday use."""


def in_other_words(data: Any) -> Iterator[Any]:
    """Plain data again and again, frequent characters of its texts changed for others; lengths stay what they are."""
    for number in itertools.count():
        start = number * len(_FREQUENT)
        yield _said(data, {ord(c): _OTHERS[(start + at) % len(_OTHERS)] for at, c in enumerate(_FREQUENT)})


def _said(value: Any, words: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(words)
    if isinstance(value, dict):
        return {key: _said(one, words) for key, one in value.items()}
    return [_said(one, words) for one in value] if isinstance(value, list) else value
