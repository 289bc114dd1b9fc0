"""The strict parse of a filled part, with what was parsed before left out.

A part is a row of pieces: markup of the template, always the same, and what was printed between. Each piece of markup
is parsed strictly once and remembered as the tags it leaves open or closes; markup drawn here was parsed when it was
drawn. What is parsed for each document is the rest: those tags, and every printed text. The skeleton is well-formed
exactly when the part is, for balanced markup can be taken out of a document, or put in, between two tags.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import CodeType

from planwriter.expression import expression
from planwriter.template.signs import asks_for_more, has_numbers, has_signs
from planwriter.template.values import Finished
from planwriter.word.markup import fault_of

_TAG = expression(r"<(/?)([A-Za-z_][\w:.-]*)(?:\s[^<>]*?)?(/?)>")
_DECLARATION = expression(r"\A<\?xml[^<>]*\?>\s*")
_PLAIN = frozenset({str, Finished})


class Skeleton:
    """What is known of one part's own markup; shared by threads, for nothing in it changes."""

    def __init__(self, markup: Iterable[str]) -> None:
        self._left: dict[str, str] = {}
        self._bytes: dict[str, bytes] = {}
        self.asks_for_nothing = True
        for piece in markup:
            self._learn(piece)

    def _learn(self, piece: str) -> None:
        try:
            self._bytes[piece] = content = piece.encode()
            self.asks_for_nothing = self.asks_for_nothing and not asks_for_more(content)
            self._left[piece] = tags_left(piece)
        except ValueError:  # half a tag: parsed with what is printed into it, each time
            pass

    def of(self, pieces: Sequence[str]) -> bytes:
        """The tags that the part's own markup leaves, and everything else that has to be looked at, in UTF-8.

        Characters that cannot be encoded make it unsound, as they do the part.
        """
        texts = [piece for piece in pieces if type(piece) is not Finished]
        skeleton = "".join(map(self._left.get, texts, texts))
        return skeleton.encode("utf-8", "surrogatepass")

    def quiet(self, pieces: Sequence[str], skeleton: bytes) -> bool:
        """Whether the part, whose skeleton is given, surely asks for nothing but being printed and parsed."""
        if not self.asks_for_nothing or has_signs(skeleton):
            return False
        kinds = set(map(type, pieces))
        if not kinds <= _PLAIN and has_numbers(skeleton):  # text is escaped and holds none
            return False
        return Finished not in kinds or all(piece.quiet for piece in pieces if type(piece) is Finished)

    def encoded(self, first: bytes, pieces: Sequence[str]) -> bytes:
        """``first`` and the pieces in UTF-8."""
        known, drawn = self._bytes.get, Finished
        return b"".join([first, *[p.utf_8 if type(p) is drawn else known(p) or p.encode() for p in pieces]])


def markup_in(code: CodeType) -> Iterator[str]:
    """The markup that compiled tags print as it stands."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from markup_in(constant)
        elif isinstance(constant, str) and "<" in constant:
            yield constant


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
