"""From a form's content to the rows of a table form: labels, hints, marks and choices come from the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planwriter.form.fields import choices_of, hint_of, is_common, is_required, nested, takes_many, takes_pairs
from planwriter.form.offered import SHORT_SECTIONS
from planwriter.model.element import Element, keys_of, label_of
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import HEAD_KEYS, AttachmentTable, WorkPlan
from planwriter.model.sections import KIND_OF, KINDS, SECTION_TYPES, Section
from planwriter.word.form_table import Entry, Grid, Row, Title

_BLANKS = 3
"""Empty blocks offered where a list has none."""
_GRID_BLANK = (("", ""),) * 3


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where rows are drawn: the level from 1, the number of the block around them, how many lists are around."""

    level: int = 1
    number: str = ""
    lists: int = 0
    hinted: bool = True
    problems: bool = False

    def inside(self, number: str = "", *, listed: bool = False, hinted: bool = True) -> _Spot:
        return _Spot(self.level + 1, number, self.lists + listed, self.hinted and hinted, self.problems)


def table_rows(content: Mapping[str, Any], *, full: bool = False) -> Iterator[Row]:
    """The rows of a form with this content; fields that a form offers stand there empty.

    ``full`` offers every field, else the common ones.
    """
    drawing = _Rows(full)
    head = next((key for key in HEAD_KEYS if key in content), None)
    if head is not None:
        yield Title(1, HEAD_KEYS[0], HEAD_KEYS[0], "红头、落款、版记等公文要素。")
        yield from drawing.fields(OfficialDocument, _opened(OfficialDocument, content[head]), _Spot(2))
    yield from drawing.fields(WorkPlan, {k: v for k, v in content.items() if k not in HEAD_KEYS}, _Spot())


class _Rows:
    """Walks content and model together; ``full`` offers every field."""

    def __init__(self, full: bool) -> None:
        self.full = full

    def fields(self, cls: type[Element], given: Mapping[str, Any], spot: _Spot) -> Iterator[Row]:
        named = {keys_of(cls)[key]: value for key, value in given.items() if key in keys_of(cls)}
        for name in _order(cls, named):
            if name == "sections":
                yield from self.sections(given, named.get(name), spot)
            elif name not in ("kind", "plan") or cls is WorkPlan:
                yield from self.field(cls, name, named.get(name), spot, given_at_all=name in named)

    def field(self, cls: type[Element], name: str, value: Any, spot: _Spot, *, given_at_all: bool) -> Iterator[Row]:
        field = cls.model_fields[name]
        if not given_at_all and not self.offers(cls, name, spot):
            return
        held = nested(field)
        if held is None:
            yield from _texts(cls, name, value, spot)
        elif held[0] is AttachmentTable:
            yield from _table(cls, name, value, spot)
        elif not held[1]:
            yield Title(spot.level, label_of(cls, name), label_of(cls, name), field.description or "")
            yield from self.fields(held[0], _opened(held[0], value), spot.inside(spot.number))
        else:
            yield from self.listed(cls, name, held[0], value, spot)

    def offers(self, cls: type[Element], name: str, spot: _Spot) -> bool:
        """Whether an empty field is offered here."""
        field = cls.model_fields[name]
        if issubclass(cls, Section):
            return name in SHORT_SECTIONS.get(_kind_of(cls), {"items"}) or (self.full and name not in ("kind", "items"))
        if name == "measures" and not (self.full or spot.problems):
            return False
        deep = nested(field) is not None and (spot.lists > 1 or (spot.lists and nested(field)[0] is cls))  # type: ignore[index]
        return (self.full or is_common(field) or is_required(field)) and not deep

    def listed(self, cls: type[Element], name: str, held: type[Element], value: Any, spot: _Spot) -> Iterator[Row]:
        """A block for each element; inside another block plain elements stand as lines of one entry."""
        elements = value if isinstance(value, list | tuple) else [] if value in (None, "") else [value]
        plain = [_plain(held, element) for element in elements]
        if held.shorthand and spot.lists and all(text is not None for text in plain):
            yield _entry(cls, name, tuple(str(text) for text in plain), spot)
            return
        label, field = label_of(cls, name), cls.model_fields[name]
        for at, element in enumerate(elements or [{}] * _BLANKS, 1):
            number = f"{spot.number}.{at}" if spot.number else str(at)
            yield Title(spot.level, label, f"{label} {number}", field.description or "" if at == 1 else "")
            yield from self.fields(held, _opened(held, element), spot.inside(number, listed=True, hinted=at == 1))

    def sections(self, given: Mapping[str, Any], listed: Any, spot: _Spot) -> Iterator[Row]:
        for kind, record, told in _sections(given, listed):
            yield Title(spot.level, KINDS[kind], KINDS[kind])
            if told:
                yield Entry(spot.level + 1, "类型", "这一部分是什么。", (KINDS[kind],), choices=tuple(KINDS.values()))
            inner = _Spot(spot.level + 1, problems=kind == "problems")
            yield from self.fields(SECTION_TYPES[kind], record, inner)


def _sections(given: Mapping[str, Any], listed: Any) -> Iterator[tuple[str, Mapping[str, Any], bool]]:
    """(kind, content, whether the kind must be told because nothing else is) of each section."""
    if listed is not None:
        for one in listed:
            kind = KIND_OF[str(one.get("类型", one.get("kind")))]
            yield kind, one, not set(one) - {"类型", "kind"}
        return
    for key, value in given.items():
        if key in KIND_OF:
            kind = KIND_OF[key]
            yield kind, _opened(SECTION_TYPES[kind], value), False


def _order(cls: type[Element], named: Mapping[str, Any]) -> Sequence[str]:
    """The fields of a section in the order of the form, which the document keeps; elsewhere in the model's."""
    names = tuple(cls.model_fields)
    if issubclass(cls, WorkPlan):
        return names
    if not issubclass(cls, Section):
        return sorted(
            names, key=lambda name: nested(cls.model_fields[name]) is not None or _has_points(named.get(name))
        )
    return (
        *(name for name in names if name in ("heading", "layout")),
        *(name for name in named if name not in ("heading", "layout")),
        *(name for name in names if name not in named and name not in ("heading", "layout")),
    )


def _has_points(value: Any) -> bool:
    return isinstance(value, list | tuple) and any(isinstance(one, Mapping) for one in value)


def _kind_of(cls: type[Element]) -> str:
    return next(kind for kind, one in SECTION_TYPES.items() if one is cls)


def _opened(cls: type[Element], value: Any) -> Mapping[str, Any]:
    return {} if value in (None, "", []) else cls.opened(value)


def _plain(cls: type[Element], element: Any) -> str | None:
    """The text that says all of an element, or ``None`` where it says more."""
    record = _opened(cls, element)
    known = keys_of(cls)
    if [known.get(key) for key in record] != [cls.shorthand]:
        return None
    (value,) = record.values()
    only = value[0] if isinstance(value, list | tuple) and len(value) == 1 else value
    return only if isinstance(only, str) and only.strip() else None


def _texts(cls: type[Element], name: str, value: Any, spot: _Spot) -> Iterator[Row]:
    """One entry; where points stand among paragraphs, a block for them and an entry for what follows."""
    if takes_pairs(cls.model_fields[name]):
        pairs = value.items() if isinstance(value, Mapping) else ()
        yield _entry(cls, name, tuple(f"{month}：{reason}" for month, reason in pairs), spot)
        return
    values = list(value) if isinstance(value, list | tuple) else [] if value is None else [value]
    label, run, drawn = label_of(cls, name), list[str](), False
    for one in values:
        if not isinstance(one, Mapping):
            run.append(str(one))
            continue
        if run:
            yield _entry(cls, name, tuple(run), spot)
        run, drawn = [], True
        yield Title(spot.level, label, f"{label}（分述）")
        for key, points in one.items():
            listed = points if isinstance(points, list | tuple) else [points]
            yield Entry(spot.level + 1, key, "写成“一是……；二是……。”的各点，每点一段。", tuple(map(str, listed)))
    if run or not drawn:
        yield _entry(cls, name, tuple(run), spot)


def _entry(cls: type[Element], name: str, values: tuple[str, ...], spot: _Spot) -> Entry:
    field = cls.model_fields[name]
    many = takes_many(field) or takes_pairs(field)
    return Entry(
        spot.level,
        label_of(cls, name),
        hint_of(field) if spot.hinted else "",
        values,
        is_required(field),
        choices_of(field),
        one=not many,
    )


def _table(cls: type[Element], name: str, value: Any, spot: _Spot) -> Iterator[Row]:
    """A table with its head in the first row; where there is no head, the rows in a block of their own."""
    label, hint = label_of(cls, name), hint_of(cls.model_fields[name])
    record = _opened(AttachmentTable, value)
    named = {keys_of(AttachmentTable)[key]: below for key, below in record.items()}
    head, rows = named.get("head") or [], named.get("rows") or []
    if head or not rows:
        yield Grid(spot.level, label, hint, tuple(map(_cells, [head, *rows])) if head else _GRID_BLANK)
        return
    yield Title(spot.level, label, label)
    yield Grid(spot.level + 1, label_of(AttachmentTable, "rows"), "", tuple(map(_cells, rows)))


def _cells(row: Any) -> tuple[str, ...]:
    listed = row if isinstance(row, list | tuple) else [row]
    return tuple("" if cell is None else str(cell) for cell in listed) or ("",)
