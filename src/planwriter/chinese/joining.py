"""Joining texts into sentences, and the final mark each kind of paragraph takes.

Only the final mark of a text, and what stands between two texts, is ever changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from planwriter.chinese.numerals import han_ordinal
from planwriter.expression import expression

_STOPS = "。；，、：;,:"
_COMMAS = "，、,"
_SENTENCE_ENDS = "。！？…!?"
_TERMINALS = _SENTENCE_ENDS + "：；:;"
_CLOSING = "”’」』）)】〉》"
_TYPED_POINT = expression(r"\A[一二三四五六七八九十]{1,3}是(?=.)", re.DOTALL)
_WIDEST_POINTS = 99
_OWN_MARKS = {"》": "《", "”": "“"}


def points(texts: Iterable[str]) -> str:
    """In-sentence points: 一是…；二是…；三是…。 Empty texts are left out, a single one is a plain sentence.

    Each text loses its final stop. Where a text holds a whole sentence (。；！？ inside), all points end with
    。 instead of ；. A typed 一是 is not doubled. Raises ``ValueError`` for more than 99 points.
    """
    bare = [text for text in [_without_stops(text.strip()) for text in texts] if text]
    if len(bare) == 1:
        return as_sentence(bare[0])
    if len(bare) > _WIDEST_POINTS:
        raise ValueError(f"points: {len(bare)} points are more than {_WIDEST_POINTS}")
    numbered = [f"{han_ordinal(n)}是{_untyped(text)}" for n, text in enumerate(bare, start=1)]
    said = "".join(bare)
    if "；" in said or "。" in said or "！" in said or "？" in said:
        return "".join(map(as_sentence, numbered))
    return as_sentence("；".join(numbered))


def _untyped(text: str) -> str:
    return _TYPED_POINT.sub("", text) if "是" in text[1:4] else text


def as_sentence(text: str) -> str:
    """The text with 。 at its end, unless a terminal mark stands there (also before a closing ” or ）).

    A final comma gives way to the 。; an empty text stays empty.
    """
    last = text[-1:]
    if last.isalnum():
        return text + "。"
    if last == "。":
        return text
    text = text.rstrip()
    if not text or _is_closed(text, _TERMINALS):
        return text
    text = text.rstrip(_COMMAS)
    return text + "。" if text else ""


def as_own_line_heading(text: str) -> str:
    """A heading on a line of its own: without one final 。；，、：, but with its ？！ and closing marks."""
    text = text.strip()
    if text[-1:].isalnum():
        return text
    return text[:-1].rstrip() if _ends_in_stop(text) else text


def as_lead(text: str) -> str:
    """The heading at the head of a paragraph: exactly one 。 behind it, or its own ？！."""
    text = text.strip()
    if text[-1:].isalnum():
        return text + "。"
    bare = _without_stops(text)
    return bare if not bare or _is_closed(bare, _SENTENCE_ENDS) else bare + "。"


def enumerate_names(names: Iterable[str]) -> str:
    """Names with 、 between them; none between two 《》 or two “” (GB/T 15834-2011 4.5.3)."""
    if not names:
        return ""
    if type(names) is list:
        if len(names) == 1:
            alone: str = names[0].strip()
            return alone
        joined = "、".join(names)
        if _is_plain_list(joined) and "" not in names:
            return joined
    joined = ""
    for name in _named(names):
        adjacent = joined and _OWN_MARKS.get(joined[-1]) == name[0]
        joined += name if adjacent or not joined else "、" + name
    return joined


def _is_plain_list(joined: str) -> bool:
    """Whether nothing in joined names has to be stripped, and no 、 stands between two 《》 or two “”."""
    return joined.isprintable() and " " not in joined and "》、《" not in joined and "”、“" not in joined


def join_classes(names: Iterable[str]) -> str:
    """Names of different classes with ， between them, as 主送 and 抄送 list them."""
    return "，".join(_named(names))


def brackets(text: str) -> str:
    """The text in （）, which are not doubled where it stands in brackets of either width already."""
    text = text.strip()
    if not text:
        return ""
    return f"（{text[1:-1] if _is_bracketed(text) else text}）"


def attachment_name(text: str) -> str:
    """The name of an attachment, without punctuation after it (GB/T 9704-2012 7.3.4); ？！ are part of it."""
    return _without_stops(text.strip())


def _named(names: Iterable[str]) -> Sequence[str]:
    return [name for name in map(str.strip, names) if name]


def _without_stops(text: str) -> str:
    if text[-1:].isalnum():
        return text
    while _ends_in_stop(text):
        text = text[:-1].rstrip(_STOPS + " \t\n\u3000")
    return text.rstrip()


def _ends_in_stop(text: str) -> bool:
    if text.endswith("."):
        return not text[-2:-1].isascii()  # 工作. but not No. or 1.
    return bool(text) and text[-1] in _STOPS


def _is_closed(text: str, marks: str) -> bool:
    return (text.rstrip(_CLOSING) or text)[-1] in marks


def _is_bracketed(text: str) -> bool:
    if len(text) < 2 or text[0] not in "（(" or text[-1] not in "）)":
        return False
    depth = 0
    for at, char in enumerate(text):
        depth += (char in "（(") - (char in "）)")
        if depth == 0:
            return at == len(text) - 1
    return False
