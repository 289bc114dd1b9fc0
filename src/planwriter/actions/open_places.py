"""What a form leaves open, and how its places are marked in the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # each verb imports its rooms when it is called: the start must stay light
    from planwriter.word.comments import Mark


def signs_of(form: Mapping[str, Any]) -> list[Mark]:
    """Signs of something not filled inside the texts of a form (组织XX场活动), each with the words around it once."""
    from planwriter.model.unfilled import sign_in_a_line, signs_in, window
    from planwriter.placed import texts_in

    texts = texts_in(form)
    lines = "\n".join(["", *(text for text in texts if "\n" not in text), ""])
    if not sign_in_a_line(lines):  # most forms hold none, and one look at all lines tells it
        texts = [text for text in texts if "\n" in text]
    if not any(map(signs_in, texts)):
        return []
    from planwriter.word.comments import Mark

    found: dict[tuple[str, int, int], Mark] = {}
    for text in texts:
        for start, end in signs_in(text):
            around, first, last = window(text, start, end)
            note = f"“{text[start:end]}”像是没有填的空位，请换成要写的内容。"
            found.setdefault((around, first, last), Mark(around, first, last, note))
    return list(found.values())


def gap_marks(gaps: Iterable[str]) -> Iterator[Mark]:
    """The gaps 【待填：…】 that a document shows, highlighted when it was filled."""
    from planwriter.word.comments import Mark

    for gap in gaps:
        words = gap.removeprefix("【待填").removesuffix("】").removeprefix("：")
        yield Mark(gap, 0, len(gap), f"还没有填：{words}" if words else "还没有填", highlighted=True)


def with_marks(data: bytes, signs: list[Mark], gaps: Iterable[str], *, comments: bool) -> bytes:
    """The document with signs highlighted and, with ``comments``, a comment at every sign and gap."""
    marks = [*signs, *gap_marks(gaps)] if comments else signs
    if not marks:
        return data
    from planwriter.word.comments import marked

    return marked(data, marks, comments=comments)
