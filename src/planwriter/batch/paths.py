"""Columns that are named with the path of a field, such as 月度安排[3].活动, and replace what stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planwriter.placed import PlacedDict, PlacedList, place_of

_STEP = re.compile(r"([^.\[\]\s]+)((?:\[[0-9]+\])*)")
_LISTS = ("安排", "entries", "条目", "items", "目标", "targets", "正文", "text")
"""Under which key the elements of a section stand that is written as a mapping."""

Step = str | int


class NoSuchPlace(Exception):
    """Nothing stands where a path leads; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class FieldPath:
    """A column and the steps to the field it replaces; numbers count from 1."""

    column: str
    steps: tuple[Step, ...]

    def put(self, form: PlacedDict, value: Any) -> None:
        """Replace the field in a form; the containers on the way are copied. Raises :class:`NoSuchPlace`."""
        _put(form, self.steps, value)

    def missing(self, form: Mapping[str, Any]) -> str | None:
        """What is missing for this path in a form, in Chinese, or ``None``."""
        try:
            _put(PlacedDict(form), self.steps, "")
        except NoSuchPlace as fault:
            return str(fault)
        return None


def field_path(column: str, known: frozenset[str]) -> FieldPath | None:
    """The path that a column's name is, if it begins with a key of forms; ``None`` for other columns."""
    steps: list[Step] = []
    for piece in column.strip().split("."):
        found = _STEP.fullmatch(piece)
        if found is None:
            return None
        steps.append(found[1])
        steps += [int(number) for number in re.findall("[0-9]+", found[2])]
    keys = [step for step in steps if isinstance(step, str)]
    return FieldPath(column, tuple(steps)) if all(key in known for key in keys) else None


def _put(node: Any, steps: tuple[Step, ...], value: Any) -> None:
    step, rest = steps[0], steps[1:]
    at = _index(node, step) if isinstance(step, int) else step
    if not rest:
        node[at] = value
        return
    below = node[at] if isinstance(step, int) else node.get(at)
    node[at] = below = _open(below, rest[0])
    if isinstance(rest[0], int) and isinstance(below, Mapping):
        rest = (_list_key(below), *rest)
    _put(below, rest, value)


def _index(node: Any, number: int) -> int:
    if not 1 <= number <= len(node):
        raise NoSuchPlace(f"那里只有{len(node)}项，没有第{number}项")
    return number - 1


def _open(below: Any, step: Step) -> Any:
    """A copy of a container that can be stepped into; a single text stands for a list of one, or is no container."""
    if isinstance(below, Mapping):
        made = PlacedDict(below, place_of(below))
        made.key_places = dict(getattr(below, "key_places", {}))
        return made
    if isinstance(below, list):
        if isinstance(step, str):
            raise NoSuchPlace(f"“{step}”前面要写明是第几项，例如 [1]")
        return PlacedList(below, place_of(below))
    if isinstance(step, int):
        return PlacedList([below] if below not in (None, "") else [], place_of(below))
    if below not in (None, ""):
        raise NoSuchPlace(f"那里是一段文字，没有“{step}”")
    return PlacedDict()


def _list_key(node: Mapping[str, Any]) -> str:
    found = next((key for key in _LISTS if isinstance(node.get(key), list)), None)
    if found is None:
        raise NoSuchPlace("那里没有分项")
    return found
