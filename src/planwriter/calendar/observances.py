"""The table of observances, and the fields of units it is kept for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from planwriter.diagnostic import Diagnostic, UsageError
from planwriter.nearest import nearest

ALL = "所有"
"""The field of what every unit observes."""


@dataclass(frozen=True, slots=True)
class Observance:
    """One line of the table: ``rule`` as in ``planwriter.calendar.rules``, ``source`` what it rests on."""

    name: str
    rule: str
    fields: tuple[str, ...]
    activity: str
    source: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of units, the words in a unit's name it is known by, and whether it has vacations."""

    name: str
    words: tuple[str, ...]
    vacations: bool = False


@cache
def _table() -> dict[str, list[dict[str, object]]]:
    text = files("planwriter.calendar").joinpath("observances.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


@cache
def observances() -> tuple[Observance, ...]:
    """Every observance, in the order of the table."""
    return tuple(
        Observance(str(one["name"]), str(one["date"]), _texts(one["fields"]), str(one["activity"]), str(one["source"]))
        for one in _table()["observance"]
    )


@cache
def fields() -> dict[str, Field]:
    """The fields by their names."""
    listed = (Field(str(one["name"]), _texts(one["words"]), bool(one.get("vacations"))) for one in _table()["field"])
    return {one.name: one for one in listed}


def fields_named(words: str) -> tuple[str, ...]:
    """The fields a user named: 妇联, or several (学校、工会). Raises UsageError for unknown ones."""
    pieces = [piece.strip() for piece in words.replace("，", "、").replace(",", "、").split("、") if piece.strip()]
    for one in pieces:
        if one not in fields():
            near = nearest(one, fields(), cutoff=0.3)
            hint = f"改成“{near}”" if near else f"可以写：{'、'.join(fields())}"
            raise UsageError(Diagnostic("calendar-unknown-field", f"没有“{one}”这种领域", found=one,
                                        expected="、".join(fields()), hint=hint))  # fmt: skip
    return tuple(dict.fromkeys(pieces))


def fields_of(unit: str) -> tuple[str, ...]:
    """The fields that a unit's name tells; none where it tells nothing."""
    return tuple(one.name for one in fields().values() if any(word in unit for word in one.words))


def observed_by(chosen: tuple[str, ...]) -> tuple[Observance, ...]:
    """What units of these fields observe, common observances included."""
    return tuple(one for one in observances() if ALL in one.fields or set(chosen) & set(one.fields))
