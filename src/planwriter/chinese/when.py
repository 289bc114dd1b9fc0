"""When an entry of a schedule happens: months, dates, a quarter, a week, a phase, or other words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from planwriter.chinese.period import Period
from planwriter.chinese.stretch import Precision, Stretch, check_days_in, plain_words, read_stretch
from planwriter.expression import expression

WhenKind = Literal["months", "dates", "quarter", "half", "year", "week", "phase", "words"]

_WITH_BRACKETS = expression(r"([^()]*)[(【\[]([^()]*)[)】\]]")
_CLOSING = frozenset(")】]")
_WITH_COLON = expression(r"([^:]+):(.+)")
_TAIL = expression(r"(?:期间|前后|左右|[之以]?前|[之以]?后|起|开始)?")
_WEEK = expression(r"第?\d+(?:(?:周次?)?[-、,和及]第?\d+)*周次?|第\d+个?星期")
_PHASE = expression(r".*(?:阶段|环节|时期)")
_KINDS: dict[Precision, WhenKind] = {
    "day": "dates", "part": "dates", "month": "months", "quarter": "quarter", "half": "half", "year": "year",
    "year_end": "dates",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class When:
    """The time of a schedule entry: ``words`` as typed, and its stretch of the calendar where it has one."""

    words: str
    kind: WhenKind
    stretch: Stretch | None = None

    def __hash__(self) -> int:
        return hash(self.words)  # it is asked often, and the words say it all

    @property
    def months(self) -> tuple[int, ...]:
        """The months it touches, 1 to 12, over the new year in the order of time; empty when unknown."""
        return self.stretch.months if self.stretch else ()

    def resolve(self, period: Period) -> tuple[date | None, date | None]:
        """First and last day in ``period``, both included, or ``(None, None)`` when they are not known.

        Raises ``BadDate`` for a 29 February the year does not have.
        """
        dates = self.stretch.within(period.start, period.end) if self.stretch else None
        return dates or (None, None)


def read_when(text: str) -> When:
    """Reads 3月, 七、八月份, 11月至次年1月, 第四季度, 第3周, 筹备阶段（3月）, 3月1日至8日, 2027年3月 …

    Anything else keeps its words. Raises ``BadDate`` for a month, day or quarter that does not exist.
    """
    return _read_when(str(text).strip())


@lru_cache(maxsize=4096)
def _read_when(words: str) -> When:
    plain = plain_words(words)
    check_days_in(plain)
    outer, inner = _parts(plain)
    if stretch := _leading_stretch(outer):
        return When(words, _KINDS[stretch.precision], stretch)
    stretch = _whole_stretch(inner)
    if _WEEK.fullmatch(outer):
        return When(words, "week", stretch)
    if _PHASE.fullmatch(outer):
        return When(words, "phase", stretch)
    return When(words, _KINDS[stretch.precision] if stretch else "words", stretch)


def _parts(plain: str) -> tuple[str, str]:
    found = _WITH_BRACKETS.fullmatch(plain) if plain[-1:] in _CLOSING else None
    if found is None and ":" in plain:
        found = _WITH_COLON.fullmatch(plain)
    return (found[1], found[2]) if found else (plain.removesuffix(":"), "")


def _leading_stretch(plain: str) -> Stretch | None:
    found = read_stretch(plain)
    return found[0] if found and (found[0].precision != "year" or not found[1]) else None


def _whole_stretch(plain: str) -> Stretch | None:
    found = read_stretch(plain)
    return found[0] if found and _TAIL.fullmatch(found[1]) else None
