"""What one pass over the lines of a YAML form keeps in mind: open mappings, lists, texts, quotations and brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from planwriter.diagnostic import Diagnostic, Place, Severity
from planwriter.expression import expression

BLANKS = " \t　\u00a0"
LINE = expression(rf"^(?P<indent>[{BLANKS}]*)(?P<dashes>(?:-(?:[{BLANKS}]+|$))*)(?P<rest>.*)$")
KEY = expression(r"^(?P<key>[^:：#\"'\[\]{},&*!|>%@`\s-][^:：#\"]{0,23}?)\s*(?P<colon>[:：])(?P<after>.*)$")
WIDE_DASH = expression(r"^[－–—•·][ 　]")
OTHER_DASH = expression(rf"^(?:\* |[－–—•·]|\d{{1,2}}[.．、][{BLANKS}]*)")
TIGHT_DASH = expression(r"^-(?=[^\s-])(?!-?\d+(\.\d+)?[%％]?$)")


@dataclass(slots=True, repr=False, eq=False)
class OpenText:
    """A value that following lines may run on; ``parent`` is the column they must stand to the right of.

    ``text`` is ``None`` where the value is closed by a quote or a bracket; ``keyed`` tells the value of a
    key from an element of a list. ``row`` and ``start`` say where the text stands in the mended lines.
    """

    text: str | None
    parent: int
    keyed: bool
    row: int = 0
    start: int = 0
    gap: int = 0
    told: bool = False


@dataclass(slots=True, repr=False, eq=False)
class Scan:
    """One pass over a form; ``columns`` are those at which the open mappings have their keys.

    ``closing`` is the quote or the brackets open at this line, ``endless`` holds those that nothing closes
    down to the end of the form, ``joined`` the texts that other lines were drawn into;
    ``stray`` says that a text that belongs nowhere has been told.
    """

    name: str
    known: frozenset[str]
    lines: list[str]
    found: list[Diagnostic] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    awaits_child: bool = False
    block_indent: int | None = None
    closing: str = ""
    endless: set[str] = field(default_factory=set)
    text: OpenText | None = None
    joined: list[OpenText] = field(default_factory=list)
    stray: bool = False
    number: int = 0

    def tell(
        self, code: str, message: str, column: int, hint: str, found: str | None = None, *, doubtful: bool = False
    ) -> None:
        """Tell a slip at a column (from 1) of this line; ``doubtful`` makes it a warning."""
        severity = Severity.WARNING if doubtful else Severity.ERROR
        self.found.append(Diagnostic(code, message, severity, Place(self.name, self.number, column), found, None, hint))

    def knows(self, key: str) -> bool:
        """Whether the model has such a key; blanks inside do not count."""
        return key.replace(" ", "").replace("　", "") in self.known

    def below(self) -> Iterator[str]:
        """The lines after this one."""
        return (self.lines[row] for row in range(self.number, len(self.lines)))


def width(line: str) -> int:
    """How far a line is indented, in characters."""
    return len(line) - len(line.lstrip(BLANKS))


def is_key(scan: Scan, rest: str) -> re.Match[str] | None:
    """A key with its colon: any before a colon and a blank, a known one before any colon."""
    key = KEY.match(rest)
    if key is None:
        return None
    proper = key["colon"] == ":" and key["after"][:1] in ("", *BLANKS)
    return key if proper or scan.knows(key["key"]) else None


def single(value: str) -> str:
    """The text in single quotes, as YAML reads it back."""
    return "'" + value.replace("'", "''") + "'"


def double(value: str) -> str:
    """The text in double quotes on one line, its line breaks as ``\\n``."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n") + '"'
