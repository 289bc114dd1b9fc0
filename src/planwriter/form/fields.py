"""What a field of the model holds: text, many texts, a choice, an element or many of them, a table."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, get_args, get_origin

from planwriter.model.element import Element


def nested(field: Any) -> tuple[type[Element], bool] | None:
    """The element class a field holds and whether it holds a list of them; ``None`` where it holds text."""
    found = _element_in(field.annotation, listed=False)
    return None if found is None or found[0].__name__ == "Points" else found


def is_common(field: Any) -> bool:
    """Whether a short blank form offers the field."""
    extra = field.json_schema_extra
    return bool(isinstance(extra, dict) and extra.get("x-常用"))


def is_required(field: Any) -> bool:
    """Whether a finished paper cannot do without the field."""
    extra = field.json_schema_extra
    return bool(isinstance(extra, dict) and extra.get("x-必填"))


def hint_of(field: Any) -> str:
    """The field's sentence and its example."""
    return f"{field.description}例：{(field.examples or [''])[0]}"


def takes_many(field: Any) -> bool:
    """Whether the field holds a list."""
    return get_origin(field.annotation) is list


def takes_pairs(field: Any) -> bool:
    """Whether the field holds pairs of words (the months left out, each with its reason)."""
    return get_origin(field.annotation) is dict


def choices_of(field: Any) -> tuple[str, ...]:
    """The words among which a field chooses, in their order; none where it takes any text."""
    return _choices_in(field.annotation)


def element_in(field: Any) -> type[Element] | None:
    """The element class that may stand in a field, also among texts."""
    found = _element_in(field.annotation, listed=False)
    return found[0] if found else None


def _choices_in(annotation: Any) -> tuple[str, ...]:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return tuple(member.value for member in annotation)
    return next((found for inner in get_args(annotation) if (found := _choices_in(inner))), ())


def _element_in(annotation: Any, *, listed: bool) -> tuple[type[Element], bool] | None:
    if isinstance(annotation, type) and issubclass(annotation, Element):
        return annotation, listed
    within = listed or get_origin(annotation) is list
    found = (_element_in(inner, listed=within) for inner in get_args(annotation))
    return next((one for one in found if one is not None), None)
