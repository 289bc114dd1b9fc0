"""What a template may name: the shapes of a context, written down or inferred from a plain one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Text:
    """Finished text or a number: printed as it stands, neither iterated nor looked into."""


@dataclass(frozen=True, slots=True)
class Trusted:
    """Ready WordprocessingML, inserted with ``{{p …}}`` (paragraphs, tables) or ``{{r …}}`` (runs)."""


@dataclass(frozen=True, slots=True)
class Anything:
    """Nothing is known: every use is accepted here and judged when the template is filled."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; ``item`` is the shape a loop variable gets."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping from names to (shape, Chinese description)."""

    fields: Mapping[str, tuple[Shape, str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Shape:
        return self.fields[name][0]


Shape = Text | Trusted | Anything | Listing | Record


def shape_of(value: object) -> Shape:
    """Infer the shape of a plain context value; lists get the merged shape of their elements."""
    if isinstance(value, Mapping):
        return Record({str(k): (shape_of(v), "") for k, v in value.items()})
    if hasattr(value, "__html__"):
        return Trusted()
    if isinstance(value, (str, int, float, Decimal)):
        return Text()
    if isinstance(value, Sequence):
        return _listing(value)
    return Anything()


def _listing(values: Sequence[object]) -> Listing:
    merged: Shape | None = None
    for value in values:
        merged = shape_of(value) if merged is None else merge(merged, shape_of(value))
    return Listing(Anything() if merged is None else merged)


def merge(one: Shape, other: Shape) -> Shape:
    """The shape that holds for both: records unite their names, unlike shapes become ``Anything``."""
    if one == other:
        return one
    if isinstance(one, Listing) and isinstance(other, Listing):
        return Listing(merge(one.item, other.item))
    if isinstance(one, Record) and isinstance(other, Record):
        return Record(_united(one.fields, other.fields))
    return Anything()


def _united(
    one: Mapping[str, tuple[Shape, str]], other: Mapping[str, tuple[Shape, str]]
) -> dict[str, tuple[Shape, str]]:
    fields = dict(one)
    for name, (shape, words) in other.items():
        fields[name] = (merge(fields[name][0], shape), fields[name][1] or words) if name in fields else (shape, words)
    return fields
