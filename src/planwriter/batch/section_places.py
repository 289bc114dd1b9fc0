"""Where the sections of a form stand: each under its own key at the top, or one after another in the list 章节."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from planwriter.batch.jobs import Job
from planwriter.model.sections import KIND_OF
from planwriter.model.unfilled import is_blank
from planwriter.placed import PlacedDict, PlacedList, place_of

LISTS = ("章节", "sections")
"""The keys of the list of sections."""

Spot = tuple[str, int | None]
"""The key of a section, or that of the list and where in it, from 0."""


def section_spots(form: Mapping[str, Any]) -> list[Spot]:
    """The places of all sections, in order."""
    spots: list[Spot] = []
    for key, node in form.items():
        if key in LISTS and isinstance(node, list):
            spots += [(key, at) for at in range(len(node))]
        elif key in KIND_OF and not is_blank(node):
            spots.append((key, None))
    return spots


def at_spot(form: Mapping[str, Any], spot: Spot) -> Any:
    """What stands there; ``None`` where a row put something else in place of the whole list."""
    key, at = spot
    node = form[key]
    if at is None:
        return node
    return node[at] if isinstance(node, list) and at < len(node) else None


def replaced(form: PlacedDict, parts: Iterable[tuple[Spot, Any]]) -> PlacedDict:
    """A copy of the form with other things in these places."""
    made = PlacedDict(form, form.place)
    made.key_places = form.key_places
    for (key, at), part in parts:
        if at is None:
            made[key] = part
            continue
        if made[key] is form[key]:
            made[key] = PlacedList(form[key], place_of(form[key]))
        made[key][at] = part
    return made


def without(form: PlacedDict, spots: Collection[Spot]) -> PlacedDict:
    """A copy of the form without these sections."""
    made = PlacedDict(((key, node) for key, node in form.items() if (key, None) not in spots), form.place)
    made.key_places = form.key_places
    for key in {key for key, at in spots if at is not None}:
        left = [node for at, node in enumerate(form[key]) if (key, at) not in spots]
        if left:
            made[key] = PlacedList(left, place_of(form[key]))
        else:
            del made[key]
    return made


def touches(steps: tuple[str | int, ...], spot: Spot) -> bool:
    """Whether the path of a column leads into a section, or to what holds it."""
    key, at = spot
    return steps[0] == key and (at is None or len(steps) < 2 or steps[1] == at + 1)


def all_text(job: Job, columns: Iterable[str]) -> tuple[str, ...] | None:
    """The cells of a row in these columns, ``None`` if one of them is no text."""
    values = tuple(job.form[column] for column in columns)  # type: ignore[call-overload]
    return values if all(type(value) is str for value in values) else None
