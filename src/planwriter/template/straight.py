"""Fill a part by its straight-line code: bytes of markup joined with texts that are looked at and escaped together.

The code (:mod:`planwriter.template.lowering`) is proven to give a well-formed part for texts that XML can hold, so
nothing is parsed here: the texts are. Whatever is out of the ordinary, a value that is no plain text, a missing name, a
tab, a placeholder, gives ``None``, and the part is filled by Jinja, which knows what to do or to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import CodeType
from typing import Any

from planwriter.expression import expression
from planwriter.template import values
from planwriter.template.breaks import LINE_BREAK
from planwriter.template.signs import GAP

_UNUSUAL = expression("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
"""Breaks of all kinds, and what no document can hold."""
_LISTS = frozenset({list, tuple})
_RECORDS = frozenset({dict})
_BETWEEN = "\0"


class _Unusual(Exception):
    """A value that is left to Jinja."""


class Straight:
    """The code of one part; shared by threads, for nothing in it changes.

    ``prefixes`` are the namespace prefixes that markup put into the part may use.
    """

    def __init__(self, code: CodeType, prefixes: frozenset[str] = values.USUAL_PREFIXES) -> None:
        self.code, self._prefixes = code, prefixes
        defined: dict[str, Any] = {}
        exec(code, defined)  # noqa: S102 - written by our own compiler
        self._fill: Callable[..., None] = defined["fill"]
        self._breaks: bool = defined["breaks"]

    def filled(self, context: Mapping[str, object], first: bytes) -> tuple[bytes, bool] | None:
        """``first`` and the part, and whether drawings or bookmarks were put in; ``None`` where Jinja has to look."""
        out: list[Any] = [first, ""]
        numbered: list[bool] = []

        def drawn(value: object, runs: bool) -> bytes:
            if type(value) is values.Unwritten:
                values.check_fit("<w:tbl>", runs)
                return value.utf_8
            if type(value) is not values.Finished:
                return _nothing(value)
            if value.quiet:
                values.check_fit(value, runs)
            else:
                numbered.append(_is_plain(value))
                values.placed(value, runs, self._prefixes)
            return value.utf_8

        given = context if type(context) is dict else dict(context)
        try:
            self._fill(given, out.extend, _number, drawn, _plain, _rows, _record)
        except (_Unusual, KeyError, TypeError, values.Refused):
            return None
        texts = out[1::2]
        said = "".join(texts)
        if not _is_usual(said.replace("\n", "") if self._breaks else said):
            return None
        if len(said) > values.FIELD_LIMIT and _is_long(texts):
            return None
        escaped = values.escape_text(_BETWEEN.join(texts)).replace("\n", LINE_BREAK)
        out[1::2] = escaped.encode().split(_BETWEEN.encode())
        content = b"".join(out)
        return (content, bool(numbered)) if len(content) <= values.RESULT_LIMIT else None


def _is_usual(said: str) -> bool:
    gap = GAP[0] in said and GAP in said  # a single character is found many times faster
    return not gap and (said.isprintable() or _UNUSUAL.search(said) is None)


def _is_long(texts: list[str]) -> bool:
    return max(map(len, texts)) > values.FIELD_LIMIT or sum(map(len, texts)) > values.RECORD_LIMIT


def _number(value: object) -> str:
    if type(value) is int:
        return str(value)
    raise _Unusual


def _nothing(value: object) -> bytes:
    if isinstance(value, str) and not value:
        return b""
    raise _Unusual


def _is_plain(value: values.Finished) -> bool:
    if value.plain:
        return True
    raise _Unusual


def _plain(value: Any) -> Any:
    if type(value) in _LISTS:
        return value
    raise _Unusual


def _rows(value: Any) -> Any:
    """A list of records, each a plain mapping."""
    if type(value) in _LISTS and set(map(type, value)) <= _RECORDS:
        return value
    raise _Unusual


def _record(value: Any) -> Any:
    if type(value) is dict:
        return value
    raise _Unusual
