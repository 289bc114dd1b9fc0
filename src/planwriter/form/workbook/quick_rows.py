"""Rows of an .xlsx by one regular expression for many: which cells the rows of a sheet have is learned from a few."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import lt
from typing import Any

from planwriter.form.workbook.bounds import ERROR, MAX_AREA, MAX_ROWS, UNCALCULATED, column_number
from planwriter.form.workbook.marks import letters
from planwriter.form.workbook.quick_text import NotPlain, finished

MOST_COLUMNS = 200
_MOST_SHAPES, _LEARNED_FROM, _HEADS = 12, 60, 8
"""How often the expression is made anew, from how many rows, and how many first rows are passed over as heads."""
_FORMULA = "(?:<f[^<>]*+(?:(?<=/)>|(?<!/)>[^<]*+</f>)|)"
_ROW = '<row r="([1-9][0-9]{0,6}+)"([^<>]*+)>[ \t\n]*+'
_ROW_END = "</row>[ \t\n]*+"
_SPACE, _SPACED = "[ \t\n]*+", re.compile(r">[ \t\n]+(?:<c|$)")
"""Between cells there is white space in the files of few programs only."""
_HEAD = re.compile(_ROW)
_ATTRIBUTE = r' [A-Za-z][\w.:-]*+="[^"<>&]*+"'
_ATTRIBUTES = re.compile(rf"(?:{_ATTRIBUTE})*+ ?/?")
_NAMES = re.compile(r' ([A-Za-z][\w.:-]*+)="')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]*+)"(?: s="([0-9]++)"|)(?: t="([a-zA-Z]++)"|)'
    rf"(?: ?/>|>({_FORMULA})(?:<v>([^<]*+)</v>|<v ?/>|"
    r'<is><t( xml:space="preserve"|)>([^<]*+)</t></is>|)</c>)[ \t\n]*+'
)
_STRIDE = _CELL.groups + 1
_NUMBER = re.compile("[0-9.eE+-]++")
_KINDS = {
    "s": ' t="s">{f}<v>([0-9]++)</v></c>',
    "i": ' t="inlineStr"><is><t>([^<]*+)</t></is></c>',
    "p": ' t="inlineStr"><is><t xml:space="preserve">([^<]*+)</t></is></c>',
    "t": ' t="str">{f}<v>([^<]*+)</v></c>',
    "n": '(?: t="n"|)>{f}<v>([0-9.eE+-]++)</v></c>',
    "b": ' t="b">{f}<v>([01])</v></c>',
    "-": '(?: t="(?:s|n|str|inlineStr|b)"|)(?: ?/>|>(?:<v ?/>|<v></v>|)</c>)',
    "": "",
}
"""What may stand in a cell: a shared text, one of its own (trimmed, kept), one of a formula, a number, a truth,
nothing; or no cell at all."""
_TRUTHS = {"0": False, "1": True}


Serial = tuple[str, str]
"""Style and number, as they stand in the file, of a cell that its style may show as a date."""


@dataclass(slots=True)
class Column:
    """What the cells of a column have been seen to hold."""

    kinds: dict[str, None] = field(default_factory=dict)
    formula: bool = False
    styled: bool = False

    def pattern(self, at: int, space: str) -> str:
        """The expression for the cell of this column (from 0) in the row that is group 1."""
        formula = _FORMULA if self.formula else ""
        style = "" if not self.styled else '(?: s="([0-9]++)"|)' if self.shown else '(?: s="[0-9]++"|)'
        there = [_KINDS[kind].replace("{f}", formula) for kind in self.kinds if kind]
        cell = rf'<c r="{letters(at)}\1"{style}(?:{"|".join(there)}){space}'
        return f"(?:{cell}|)" if "" in self.kinds else cell

    @property
    def shown(self) -> bool:
        """Whether the style is captured, since it says how a number is shown."""
        return self.styled and "n" in self.kinds

    def groups(self) -> list[str]:
        """The kinds whose text is captured, in order."""
        return [kind for kind in self.kinds if kind not in ("", "-")]


@dataclass(slots=True)
class Block:
    """Rows that follow one another: their numbers (from 0), and the values of each column (from 0).

    A value is a text, a number, a truth, a ``Serial``, or, as an ``int``, the number of a shared text. ``texts`` are
    all of those, ``shared`` the columns that hold such and gaps alone.
    """

    numbers: list[int]
    columns: dict[int, list[Any]]
    shared: set[int] = field(default_factory=set)
    texts: set[int] = field(default_factory=set)

    def gather(self, count: int) -> None:
        """Find the shared texts that are named; there are so many of them. Raises NotPlain."""
        texts: set[Any] = set()
        for at, values in self.columns.items():
            texts.update(values if at in self.shared else [one for one in values if type(one) is int])
        texts.discard("")
        if texts and max(texts) >= count:
            raise NotPlain
        self.texts = texts


Strays = list[tuple[int, dict[int, Any]]]


class Rows:
    """Reads the rows of one sheet, some at a time; ``faults`` takes the cells that hold an error or no result."""

    def __init__(self, strings: int, dated: frozenset[str], styles: frozenset[str | None]) -> None:
        self.strings, self.dated, self.styles = strings, dated, styles
        self.faults: dict[tuple[int, int], str] = {}
        self.serials: dict[int, set[Serial]] = {}
        """Column → what its cells hold of those."""
        self.width = self.last = 0
        self._columns: dict[int, Column] = {}
        self._learned = self._shapes = 0
        self._attributes: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        self._space = ""

    def block(self, part: str) -> Block:
        """The rows of a piece of a sheet that holds whole rows. Raises NotPlain."""
        if self._pattern is None:
            self._learn([body for _, body in islice(_bodies(part, self._check), _HEADS, _HEADS + _LEARNED_FROM)])
        if self._pattern is None:
            made, between = Block([], {}), [part]
        else:
            found, stride = self._pattern.split(part), self._pattern.groups + 1
            between = found[::stride]
            for attributes in set(found[2::stride]) - self._attributes:
                self._check(attributes, closed=False)
            shared = {at for at, column in self._columns.items() if column.groups() == ["s"]}
            made = Block([int(number) - 1 for number in found[1::stride]], self._values(found, stride, part), shared)
        if any(between):
            self._insert(made, between)
        self._follow(made)
        made.gather(self.strings)
        return made

    def _follow(self, made: Block) -> None:
        """Row after row, and not too many."""
        numbers = made.numbers
        if not numbers:
            return
        if numbers[0] < self.last or not all(map(lt, numbers, numbers[1:])):
            raise NotPlain
        self.last = numbers[-1] + 1
        self.width = max(self.width, *(at + 1 for at in made.columns), 1)
        if self.last > MAX_ROWS or self.last * self.width > MAX_AREA:
            raise NotPlain

    def _check(self, attributes: str, *, closed: bool = True) -> None:
        """Attributes of a row that may be passed over; ``closed``: the row may end with them."""
        names = _NAMES.findall(attributes)
        sound = _ATTRIBUTES.fullmatch(attributes) is not None and (closed or not attributes.endswith("/"))
        if not sound or "r" in names or len(set(names)) < len(names):
            raise NotPlain
        if not attributes.endswith("/"):
            self._attributes.add(attributes)

    # what many rows hold, column by column

    def _values(self, found: list[str], stride: int, part: str) -> dict[int, list[Any]]:
        made: dict[int, list[Any]] = {}
        at = 3
        for number, column in self._columns.items():
            kinds, shown = column.groups(), column.shown
            styles = found[at::stride] if shown else []
            at += shown
            whole = len(column.kinds) == 1
            read = self._full if whole else self._gappy
            for kind in kinds:
                values = read(number, kind, found[at::stride], styles, part)
                at += 1
                if number in made:
                    values = [other if one == "" else one for one, other in zip(values, made[number], strict=True)]
                made[number] = values
        return made

    def _gappy(self, at: int, kind: str, texts: Sequence[str | None], styles: list[str], part: str) -> list[Any]:
        """The values, empty where the cell is something else."""
        if kind == "s":
            try:
                return ["" if text is None else int(text) for text in texts]
            except ValueError:
                raise NotPlain from None
        if kind == "n" and styles:
            styles = [style for style, text in zip(styles, texts, strict=True) if text is not None]
        following = iter(self._full(at, kind, [text for text in texts if text is not None], styles, part))
        return ["" if text is None else next(following) for text in texts]

    def _full(self, at: int, kind: str, texts: list[str], styles: list[str], part: str) -> list[Any]:
        try:
            if kind == "s":
                return list(map(int, texts))
            if kind == "n":
                return self._numbers(at, texts, styles)
        except ValueError:
            raise NotPlain from None
        if kind == "b":
            return [_TRUTHS[text] for text in texts]
        return finished(texts, part, trim=kind == "i")

    def _numbers(self, at: int, texts: list[str], styles: list[str]) -> list[Any]:
        used = set(styles)
        if not used <= self.styles:
            raise NotPlain
        numbers: list[Any] = list(map(float, texts))
        if used.isdisjoint(self.dated):
            return numbers
        serials: list[Any] = list(zip(styles, texts, strict=True))
        if not used <= self.dated:
            dated = self.dated
            serials = [one if one[0] in dated else number for one, number in zip(serials, numbers, strict=True)]
        self.serials.setdefault(at, set()).update(one for one in serials if type(one) is tuple)
        return serials

    # rows of another shape, cell by cell

    def _strays(self, listed: Iterable[tuple[int, str]]) -> Strays:
        rows: Strays = []
        for number, body in listed:
            found = _CELL.split(body)
            if any(found[::_STRIDE]):
                raise NotPlain
            row: dict[int, Any] = {}
            before = -1
            for one in range(1, len(found), _STRIDE):
                at = column_number(found[one]) - 1
                if found[one + 1] != str(number + 1) or not before < at < MOST_COLUMNS:
                    raise NotPlain
                before = at
                row[at] = self._cell(number, at, found[one + 2 : one + _STRIDE - 1])
            rows.append((number, row))
        return rows

    def _cell(self, number: int, at: int, cell: Sequence[str | None]) -> Any:
        style, kind, formula, value, keep, text = cell
        if kind == "e" and value is not None and text is None:
            self.faults[number, at] = ERROR
            return ""
        if formula and value is None:
            if text is not None:
                raise NotPlain
            self.faults[number, at] = UNCALCULATED
            return ""
        held = _kind(kind, value, keep, text)
        if held == "-":
            return ""
        (found,) = self._full(at, held, [text if held in "ip" else value], [style], f"{value}{text}")  # type: ignore[list-item]
        return found

    def _insert(self, made: Block, between: Sequence[str]) -> None:
        """Put the rows of another shape where they stood between the others; where there are many, learn from them."""
        odd = [list(_bodies(one, self._check)) if one else [] for one in between]
        listed: list[int] = []
        for some, number in zip(odd, (*made.numbers, None), strict=True):
            listed += (row for row, _ in some)
            listed += [] if number is None else [number]
        strays = [one for some in odd for one in some]
        rows = dict(self._strays(strays))
        places = {number: at for at, number in enumerate(made.numbers)}
        if len(rows) + len(places) != len(listed) or not rows.keys().isdisjoint(places):
            raise NotPlain
        made.columns = _woven(listed, made.columns, places, rows)
        made.shared -= {at for row in rows.values() for at, one in row.items() if type(one) is not int and one != ""}
        many = len(strays) > max(_HEADS, len(places) // 100)
        if many and self._pattern is not None and self._shapes < _MOST_SHAPES:
            self._learn([body for _, body in strays[:: len(strays) // _LEARNED_FROM + 1]])
        made.numbers = listed

    # which shape the rows have

    def _learn(self, bodies: Sequence[str]) -> None:
        for body in bodies:
            self._learn_row(_CELL.split(body))
        self._columns = dict(sorted(self._columns.items()))
        if self._columns:
            self._shapes += 1
            self._space = self._space or next((_SPACE for body in bodies if _SPACED.search(body)), "")
            cells = "".join(column.pattern(at, self._space) for at, column in self._columns.items())
            self._pattern = re.compile(_ROW + cells + _ROW_END)

    def _learn_row(self, found: list[Any]) -> None:
        seen = set()
        for one in range(1, len(found), _STRIDE):
            style, kind, formula, value, keep, text = found[one + 2 : one + _STRIDE - 1]
            at = column_number(found[one]) - 1
            if at >= MOST_COLUMNS or kind == "e" or (formula and value is None):
                return
            seen.add(at)
            column = self._columns.get(at)
            if column is None:
                column = self._columns[at] = Column({"": None} if self._learned else {})
            column.kinds[_kind(kind, value, keep, text)] = None
            column.formula |= bool(formula)
            column.styled |= style is not None
        for at in self._columns.keys() - seen:
            self._columns[at].kinds[""] = None
        self._learned += 1


def _woven(
    listed: Sequence[int], columns: dict[int, list[Any]], places: dict[int, int], rows: dict[int, dict[int, Any]]
) -> dict[int, list[Any]]:
    """Columns with the values of ``rows`` among theirs, in the order of the numbers that are listed."""
    order = [(places.get(number), rows.get(number, {})) for number in listed]
    blank: list[Any] = [""] * len(places)
    made = {}
    for at in sorted({*columns, *(at for row in rows.values() for at in row)}):
        values = columns.get(at, blank)
        made[at] = [row.get(at, "") if place is None else values[place] for place, row in order]
    return made


def _bodies(part: str, check: Callable[[str], None]) -> Iterator[tuple[int, str]]:
    """(number from 0, its cells) of each row. Raises NotPlain where there is anything else."""
    at = 0
    while at < len(part):
        head = _HEAD.match(part, at)
        if head is None:
            if part[at:].strip(" \t\n"):
                raise NotPlain
            return
        check(head[2])
        end, at = head.end(), head.end()
        if not head[2].endswith("/"):
            end = part.find("</row>", at)
            if end < 0:
                raise NotPlain
        yield int(head[1]) - 1, part[at:end]
        at = end + len("</row>") * (not head[2].endswith("/"))
        while part[at : at + 1] in (" ", "\t", "\n"):
            at += 1


def _kind(kind: str | None, value: str | None, keep: str | None, text: str | None) -> str:
    """What a cell holds, as a key of the kinds. Raises NotPlain."""
    if text is not None:
        if kind != "inlineStr":
            raise NotPlain
        return "p" if keep else "i"
    if value is None or (value == "" and kind in (None, "n", "s")):
        if kind not in (None, "n", "s", "str", "b", "inlineStr"):
            raise NotPlain
        return "-"
    if kind in (None, "n") and _NUMBER.fullmatch(value):
        return "n"
    if kind == "b" and value in _TRUTHS:
        return "b"
    if kind == "s" and value.isascii() and value.isdigit():
        return "s"
    if kind == "str":
        return "t"
    raise NotPlain
