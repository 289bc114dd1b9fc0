"""The strict parse of a filled part, with what was parsed before left out.

A part is a row of pieces: markup of the template, always the same, and what was printed between. Each piece of markup
is parsed strictly once and remembered as the tags it leaves open or closes; markup drawn here was parsed when it was
drawn. What is parsed for each document is the rest: those tags, and every printed text. The skeleton is well-formed
exactly when the part is, for balanced markup can be taken out of a document, or put in, between two tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from planwriter.template.values import Drawn
from planwriter.word.markup import fault_of

_TAG = re.compile(r"<(/?)([A-Za-z_][\w:.-]*)(?:\s[^<>]*?)?(/?)>")
_DECLARATION = re.compile(r"\A<\?xml[^<>]*\?>\s*")


class Skeleton(dict[str, str]):
    """Pieces of one part's template → the tags they leave; shared by threads, for what is put in is always the same."""

    def sound(self, pieces: Iterable[str]) -> bool:
        """Whether the pieces are surely well-formed together; where not, the whole has to be parsed to tell why."""
        try:
            skeleton = "".join(map(self.__getitem__, pieces))
            return fault_of(skeleton.encode()) is None
        except (ValueError, UnicodeEncodeError):
            return False

    def __missing__(self, piece: str) -> str:
        if type(piece) is Drawn:
            return ""
        if type(piece) is not str or "<" not in piece:
            return piece
        left = self[piece] = tags_left(piece)
        return left


def tags_left(piece: str) -> str:
    """The tags that a piece of markup closes, then those it leaves open. Raises ``ValueError`` for what is none."""
    bare = _DECLARATION.sub("", piece)
    closes: list[str] = []
    opens: list[str] = []
    for closing, name, alone in _TAG.findall(bare):
        if alone:
            continue
        if not closing:
            opens.append(name)
        elif not opens:
            closes.append(name)
        elif opens.pop() != name:
            raise ValueError("crossing tags")
    around = "".join(f"<{name}>" for name in reversed(closes)), "".join(f"</{name}>" for name in reversed(opens))
    if "<" in _TAG.sub("", bare) or fault_of(f"<a>{around[0]}{bare}{around[1]}</a>".encode()) is not None:
        raise ValueError("not whole tags")
    return "".join(f"</{name}>" for name in closes) + "".join(f"<{name}>" for name in opens)
