"""One rule of the standard: a value with the clause it rests on and how strictly it binds."""

from __future__ import annotations

from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Strength(StrEnum):
    """How strictly a rule binds, in the words of the standard."""

    MUST = "必"
    NORMALLY = "一般"
    RECOMMENDED = "推荐"
    MAY = "可"
    PRACTICE = "惯例"
    """Not in the standard: what offices do, or what a word processor needs to obey it."""


class Rule(NamedTuple, Generic[T_co]):
    """What a clause asks for. ``clause`` is one of GB/T 9704-2012 unless it names another source."""

    clause: str
    what: str
    value: T_co
    strength: Strength
    tolerance: float | None = None
    """Allowed deviation in the unit of the value, where the standard gives one."""
