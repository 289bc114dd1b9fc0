"""The shared form of a batch: read and compiled once, then filled with the columns of every row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from planwriter.batch.jobs import TEMPLATE_COLUMN, Job
from planwriter.batch.paths import FieldPath, NoSuchPlace, field_path
from planwriter.batch.section_places import Spot, all_text, at_spot, section_spots, touches
from planwriter.batch.settled import settled_form
from planwriter.chinese.text import clean_text, illegal_characters, is_plain
from planwriter.diagnostic import Diagnostic, FormError, Place, Severity
from planwriter.form.decoding import decode_text
from planwriter.form.keys import known_keys
from planwriter.form.opening import open_form
from planwriter.model.unfilled import placeholder
from planwriter.nearest import nearest
from planwriter.placed import PlacedDict, PlacedList, PlacedText, place_of
from planwriter.template.references import BadReference, Reference, row_text
from planwriter.template.values import Refused

_REFERENCE = re.compile(r"""\{\{((?:'[^'\n]*'|"[^"\n]*"|[^'"\n])*?)\}\}""")
_HIDDEN = re.compile("\ue0f0([0-9]+)\ue0f1")
_MARKS = ("\ue0f0", "\ue0f1")
_WIDE = re.compile(r"｛｛[^｛｝\n]*｝｝")
_ARCHIVE = b"PK\x03\x04"

Values = Mapping[str, Any]
_Maker = Callable[[Values, Job, list[Diagnostic]], Any]
_TRIES, _TRIED_AGAIN = 20, 32


class SharedForm:
    """A shared form with its references; ``expressions`` are they as written, each once."""

    def __init__(self, data: bytes, name: str) -> None:
        """Read a form of any kind; raises FormError with every slip of it."""
        self.name = name
        self.expressions: list[str] = []
        text, told = ("", []) if data.startswith(_ARCHIVE) else decode_text(data, name)
        hidden = self._hidden(text).encode() if text else data
        self.form, more = open_form(hidden, name)
        self.told = (*told, *more, *_wide(text, name))
        if any(one.severity is Severity.ERROR for one in self.told):
            raise FormError(self.told)
        self._bound: dict[tuple[str, ...], BoundForm] = {}

    def _hidden(self, text: str) -> str:
        """References as characters that mean nothing to YAML, so that no quotes are needed around them."""
        if any(mark in text for mark in _MARKS):
            message = f"共用表单里有不能用的字符（U+{ord(_MARKS[0]):04X}、U+{ord(_MARKS[1]):04X}）"
            raise FormError(Diagnostic("batch-base-characters", message, place=Place(self.name), hint="删去这个字符"))
        return _REFERENCE.sub(self._hide, text)

    def _hide(self, found: re.Match[str]) -> str:
        expression = found[1].strip()
        if expression not in self.expressions:
            self.expressions.append(expression)
        return f"{_MARKS[0]}{self.expressions.index(expression)}{_MARKS[1]}"

    def bound(self, columns: Sequence[str]) -> BoundForm:
        """The form made ready for rows with these columns; raises FormError with every unknown name."""
        key = tuple(columns)
        if (known := self._bound.get(key)) is None:
            if len(self._bound) > 64:
                self._bound.clear()
            known = self._bound[key] = BoundForm(self, key)
        return known


def _wide(text: str, name: str) -> Iterator[Diagnostic]:
    for number, line in enumerate(text.split("\n"), 1):
        for found in _WIDE.finditer(line):
            place = Place(name, number, found.start() + 1)
            message = "引用用了全角花括号，不会被填写"
            yield Diagnostic("batch-reference-wide", message, place=place, found=found[0], hint="换成英文的 {{ }}")


@dataclass(frozen=True, slots=True)
class _Plain:
    """A reference that is just the name of a column."""

    expression: str

    @property
    def names(self) -> frozenset[str]:
        """The column alone."""
        return frozenset((self.expression,))

    def text(self, row: Values) -> str:
        """The cell as text; a gap where it is empty."""
        value = row[self.expression]
        if type(value) is str:
            return value if value.strip() else placeholder(self.expression)
        try:
            return row_text(value if value is not None else "") or placeholder(self.expression)
        except Refused as refusal:
            raise BadReference("batch-reference-value", f"填不进去：{refusal.reason}", refusal.hint) from None


class Shortcut:
    """Whether a short way is worth trying: where it helps least rows it is left alone, but for a try now and again."""

    def __init__(self) -> None:
        self._helped = self._failed = self._passed = 0

    def worth_trying(self) -> bool:
        """Whether to try it for this row."""
        if self._failed <= max(self._helped, _TRIES):
            return True
        self._passed += 1
        return self._passed % _TRIED_AGAIN == 0

    def tried(self, *, helped: bool) -> None:
        """Told how a try ended; after one that helped, earlier failures count for little."""
        if helped and self._failed > max(self._helped, _TRIES):
            self._failed = self._helped = 0
        self._helped += helped
        self._failed += not helped


class BoundForm:
    """The shared form for one set of columns: static parts are shared by all rows, the rest is made anew."""

    def __init__(self, base: SharedForm, columns: tuple[str, ...]) -> None:
        self.base = base
        self.used: set[str] = set()
        self._faults: list[Diagnostic] = []
        self._columns = frozenset(columns)
        self._references = [self._reference(expression) for expression in base.expressions]
        self._paths = self._replaced(columns)
        self._make = self._make_quickly = self._maker(base.form)
        self._settled: PlacedDict | None = None
        self.shortcut = Shortcut()
        self._texts: dict[str, Callable[..., Any]] = {}
        self._columns_at: dict[Spot, tuple[str, ...]] = {}
        if self._faults:
            raise FormError(list(dict.fromkeys(self._faults)))

    def filled(self, job: Job) -> PlacedDict:
        """The form of one row; raises FormError with everything that cannot be filled."""
        if faults := list(self._unprintable(job)):
            raise FormError(faults)
        return self._filled(job, self.base.form, self._make)

    def _filled(self, job: Job, form: PlacedDict, make: _Maker) -> PlacedDict:
        values: Values = job.form  # type: ignore[assignment]
        faults: list[Diagnostic] = []
        made = make(values, job, faults)
        if made is form:
            made = _copy(form, dict(form))
        for path in self._paths:
            value = values[path.column]
            if value is None or (isinstance(value, str) and not value.strip()):
                continue
            try:
                path.put(made, _placed(value, job.place_of(path.column)))
            except NoSuchPlace as fault:
                faults.append(_no_place(path.column, str(fault), job.place_of(path.column)))
        if faults:
            raise FormError(faults)
        return made  # type: ignore[no-any-return]

    def _unprintable(self, job: Job) -> Iterator[Diagnostic]:
        """Cells with characters that no document can hold, each told at its own place."""
        for column, value in job.form.items():  # type: ignore[union-attr]
            if column not in self.used or not isinstance(value, str) or is_plain(value):
                continue
            for at, code in illegal_characters(clean_text(value))[:1]:
                message = f"“{column}”第{at}个字符是文档里放不下的控制字符{code}"
                yield Diagnostic("form-illegal-character", message, place=job.place_of(column),
                                 hint="删去这个字符，或重新键入这段文字")  # fmt: skip

    def quick(self, job: Job) -> PlacedDict | None:
        """Like ``filled``, with what does not move as it was read once; ``None`` where this would not help."""
        if next(self._unprintable(job), None) is not None:
            return None
        if self._settled is None:
            form = self.base.form
            self._settled = settled_form(form, self.filled(job), self._moves, self._is_touched)
            if self._settled is None:
                return None
            self._make_quickly = self._maker(self._settled)
        return self._filled(job, self._settled, self._make_quickly)

    @cached_property
    def section_spots(self) -> list[Spot]:
        """Where the sections of the shared form stand, in order."""
        return section_spots(self.base.form)

    def values_at(self, spot: Spot, job: Job) -> tuple[str, ...] | None:
        """The values of a row that a section depends on, or ``None`` where they cannot be told apart."""
        if spot not in self._columns_at:
            found = _indexes(at_spot(self.base.form, spot))
            used = {name for at in found if (one := self._references[at]) for name in one.names}
            used.update(path.column for path in self._paths if touches(path.steps, spot))
            self._columns_at[spot] = tuple(sorted(used))
        return all_text(job, self._columns_at[spot])

    def _is_touched(self, spot: Spot) -> bool:
        """Whether a column replaces something of a section."""
        return any(touches(path.steps, spot) for path in self._paths)

    def text_at(self, key: str, job: Job) -> str | None:
        """The text of a top-level field for a row, or ``None`` where it has none; raises FormError."""
        found = self.base.form.get(key)
        if isinstance(found, Mapping):
            found = found.get("简称", found.get("全称"))
        if not isinstance(found, str):
            return None
        if key not in self._texts:
            self._texts[key] = self._maker(found)
        faults: list[Diagnostic] = []
        made = self._texts[key](job.form, job, faults)
        if faults:
            raise FormError(faults)
        return str(made)

    def _reference(self, expression: str) -> _Plain | Reference | None:
        if expression in self._columns:
            self.used.add(expression)
            return _Plain(expression)
        try:
            made = Reference(expression)
        except BadReference as fault:
            self._blame(expression, fault.code, fault.reason, fault.hint)
            return None
        unknown = sorted(made.names - self._columns)
        for name in unknown:
            near = nearest(name, self._columns)
            self._blame(expression, "batch-reference-unknown", f"名册里没有“{name}”这一列",
                        f"是不是“{near}”？" if near else f"可用的列：{'、'.join(sorted(self._columns))}")  # fmt: skip
        self.used |= made.names
        return None if unknown else made

    def _blame(self, expression: str, code: str, reason: str, hint: str | None) -> None:
        places = list(_places(self.base.form, self.base.expressions.index(expression)))
        for place in places or [Place(self.base.name)]:
            self._faults.append(Diagnostic(code, f"“{{{{{expression}}}}}”{reason}", place=place,
                                           found=f"{{{{{expression}}}}}", hint=hint))  # fmt: skip

    def _replaced(self, columns: tuple[str, ...]) -> list[FieldPath]:
        """The columns that replace a field by its path; a path into a list must exist."""
        known, paths = known_keys(), []
        for column in columns:
            if column in self.used or (path := field_path(column, known)) is None:
                continue
            if (missing := path.missing(self.base.form)) is not None:
                self._faults.append(_no_place(column, missing, Place(self.base.name)))
            paths.append(path)
            self.used.add(column)
        return paths

    def _maker(self, node: Any) -> _Maker:
        if isinstance(node, str):
            return self._text_maker(node)
        pairs = node.items() if isinstance(node, Mapping) else enumerate(node) if isinstance(node, list) else ()
        moving = [(at, self._maker(value)) for at, value in pairs if self._moves(value)]
        if not moving:
            return lambda *_: node
        return lambda values, job, faults: _rebuilt(node, moving, values, job, faults)

    def _moves(self, node: Any) -> bool:
        """Whether a part of the form differs from row to row."""
        if isinstance(node, str):
            return _MARKS[0] in node
        below = node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else ()
        return any(map(self._moves, below))

    def _text_maker(self, text: str) -> _Maker:
        place = place_of(text)
        pieces = _HIDDEN.split(text)
        if len(pieces) == 1:
            return lambda *_: text
        parts = [self._references[int(piece)] if odd % 2 else piece for odd, piece in enumerate(pieces)]
        columns = [name for part in parts if isinstance(part, _Plain | Reference) for name in sorted(part.names)]

        def make(values: Values, job: Job, faults: list[Diagnostic]) -> PlacedText:
            said: list[str] = []
            for part in parts:
                try:
                    said.append(part if isinstance(part, str) else part.text(values) if part is not None else "")
                except BadReference as fault:
                    words = f"“{{{{{part.expression}}}}}”{fault.reason}"  # type: ignore[union-attr]
                    faults.append(Diagnostic(fault.code, words, place=job.place, hint=fault.hint))
            return PlacedText("".join(said), job.place_of(columns[0]) if columns else place)

        return make


def _rebuilt(node: Any, moving: Sequence[Any], values: Values, job: Job, faults: list[Diagnostic]) -> Any:
    made = _copy(node, dict(node)) if isinstance(node, Mapping) else PlacedList(node, place_of(node))
    for at, maker in moving:
        made[at] = maker(values, job, faults)
    return made


def _copy(node: Any, pairs: dict[str, Any]) -> PlacedDict:
    made = PlacedDict(pairs, place_of(node))
    made.key_places = getattr(node, "key_places", {})
    return made


def _placed(value: Any, place: Place) -> Any:
    """A cell's value with its place, also inside what JSON nests."""
    if isinstance(value, str):
        return PlacedText(value, place)
    if isinstance(value, Mapping):
        made = PlacedDict({str(key): _placed(inner, place) for key, inner in value.items()}, place)
        made.key_places = dict.fromkeys(made, place)
        return made
    return PlacedList((_placed(inner, place) for inner in value), place) if isinstance(value, list) else value


def _indexes(node: Any) -> Iterator[int]:
    """The references that stand below a node."""
    if isinstance(node, str):
        yield from map(int, _HIDDEN.findall(node))
        return
    for below in node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else ():
        yield from _indexes(below)


def _places(node: Any, index: int) -> Iterator[Place]:
    """Where a reference stands in the shared form."""
    if isinstance(node, str):
        if f"{_MARKS[0]}{index}{_MARKS[1]}" in node and (place := place_of(node)) is not None:
            yield place
        return
    for below in node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else ():
        yield from _places(below, index)


def _no_place(column: str, reason: str, place: Place) -> Diagnostic:
    return Diagnostic("batch-column-no-place", f"“{column}”这一列要换共用表单里的内容，可是{reason}", place=place,
                      found=column, hint="改正列名，或在共用表单里补上这一项")  # fmt: skip


def idle_columns(base: SharedForm, columns: Sequence[str], wanted: Sequence[str], place: Place) -> list[Diagnostic]:
    """A warning for every column that nothing uses: neither a reference, nor a field, nor ``wanted`` for names."""
    bound = base.bound(columns)
    known = sorted({*base.expressions, *known_keys()})
    idle = [c for c in columns if c not in bound.used and c not in wanted and c != TEMPLATE_COLUMN]
    return [_idle(column, nearest(column, known), place) for column in idle]


def _idle(column: str, near: str | None, place: Place) -> Diagnostic:
    hint = f"是不是“{near}”？" if near else "在共用表单里用 {{" + column + "}} 引用它"
    return Diagnostic("batch-column-unused", f"“{column}”这一列没有用上", Severity.WARNING, place, column, hint=hint)
