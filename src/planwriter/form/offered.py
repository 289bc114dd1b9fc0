"""What a blank form offers, item by item: the fields of the model beside what is already known of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from planwriter.form.fields import is_common, nested, takes_many
from planwriter.model.element import Element
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import HEAD_KEYS, WorkPlan
from planwriter.model.sections import KIND_OF, SECTION_TYPES

_DEEPEST = 3
SHORT_SECTIONS: dict[str, frozenset[str]] = {
    "guiding_ideology": frozenset({"text"}), "principles": frozenset({"text"}), "goals": frozenset({"targets"}),
    "background": frozenset({"text"}), "monthly_schedule": frozenset({"entries"}),
    "safeguards": frozenset({"leading_group", "budget", "assessment"}),
}  # fmt: skip
"""What a short form offers of a section; of the others it offers the items."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of a blank form: a key with its sentence, its example, and what is known.

    ``value`` is text, a list of texts or a mapping of texts, ``None`` where it is to be filled in.
    ``elements`` are the lines below, one tuple for each element; ``listed`` says whether there may be several.
    The sentence stands at the first element only.
    """

    label: str
    sentence: str = ""
    example: str = ""
    value: Any = None
    elements: tuple[tuple[Offer, ...], ...] = ()
    listed: bool = False


def offers(content: Mapping[str, Any], *, full: bool = False) -> tuple[Offer, ...]:
    """The lines of the form with this content (see ``prefilled``); ``full`` offers every key."""
    return tuple(_top(content, full))


def offers_of(cls: type[Element], content: Mapping[str, Any] | None = None, *, full: bool = False) -> tuple[Offer, ...]:
    """The lines of a form that is a single element, such as a unit file."""
    return tuple(_fields(cls, content or {}, 0, full, frozenset()))


def _top(content: Mapping[str, Any], full: bool) -> Iterator[Offer]:
    head = HEAD_KEYS[0]
    if head in content:
        left = frozenset({"plan", "sections"})
        yield Offer(head, elements=(tuple(_fields(OfficialDocument, content[head], 1, full, left)),))
    for name, field in WorkPlan.model_fields.items():
        if name == "sections":
            for key in content:
                if key in KIND_OF:
                    yield Offer(key, elements=(tuple(_section(KIND_OF[key], content[key], full)),))
        elif full or is_common(field) or field.alias in content:
            yield _field(field, content.get(field.alias or name), 0, full, frozenset())


def _section(kind: str, content: Mapping[str, Any], full: bool) -> Iterator[Offer]:
    cls = SECTION_TYPES[kind]
    kept = frozenset(cls.model_fields) - {"kind"} if full else SHORT_SECTIONS.get(kind, frozenset({"items"}))
    below = frozenset() if full or kind == "problems" else frozenset({"measures"})
    for name, field in cls.model_fields.items():
        if name in kept or field.alias in content:
            yield _field(field, content.get(field.alias or name), 1, full, below)


def _fields(
    cls: type[Element], content: Mapping[str, Any], depth: int, full: bool, leave: frozenset[str]
) -> Iterator[Offer]:
    for name, field in cls.model_fields.items():
        known = field.alias in content
        offered = (full or is_common(field)) and not (depth > _DEEPEST and nested(field))
        if name not in leave and (offered or known):
            yield _field(field, content.get(field.alias or name), depth, full, leave)


def _field(field: Any, value: Any, depth: int, full: bool, leave: frozenset[str]) -> Offer:
    told = (field.alias, field.description, (field.examples or [""])[0])
    inside = nested(field)
    if inside is None:
        return Offer(*told, value=value or None, listed=takes_many(field))
    cls, several = inside
    given = (value if isinstance(value, list) else [value]) if value else [{}]
    below = depth + (2 if several else 1)
    first = tuple(_fields(cls, given[0], below, full, leave))
    rest = (tuple(_bare(_fields(cls, one, below, full, leave))) for one in given[1:])
    return Offer(*told, elements=(first, *rest), listed=several)


def _bare(offered: Iterable[Offer]) -> Iterator[Offer]:
    """After the first element, which shows what can be filled in and how, only what is known."""
    for one in offered:
        below = tuple(kept for element in one.elements if (kept := tuple(_bare(element))))
        if below or one.value is not None:
            yield Offer(one.label, value=one.value, elements=below, listed=one.listed)
