"""The door to ``holidays``: statutory holidays of a year with the arrangement of days off and make-up days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from planwriter.calendar.installed import lacking
from planwriter.calendar.rules import Span

_MADE_UP = re.compile(r"\d{4}-\d\d-\d\d")
_EVE, _FESTIVAL = "农历除夕", "春节"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday with its days off, and the weekend days on which their work is made up."""

    name: str
    span: Span
    workdays: tuple[date, ...] = ()

    @property
    def words(self) -> str:
        """The make-up days as a schedule writes them: 2月14日、2月28日上班; nothing where there are none."""
        days = "、".join(f"{day.month}月{day.day}日" for day in self.workdays)
        return f"{days}上班" if days else ""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The holidays of a year; ``announced`` is false where only the statutory days themselves are known."""

    year: int
    holidays: tuple[Holiday, ...]
    announced: bool


def arrangement(year: int) -> Arrangement:
    """The holidays of a year in the order of the calendar. Raises UsageError where ``holidays`` is not installed.

    The arrangement (days off joined with weekends, make-up days) is announced year by year; a year the library
    has no make-up days of gives the days of the 全国年节及纪念日放假办法 alone.
    """
    try:
        from holidays import country_holidays
    except ImportError:
        raise lacking("holidays") from None
    found = country_holidays("CN", years=year, language="zh_CN")
    workdays = {day for day in found.weekend_workdays if day.year == year}
    named = {day: name for day, name in sorted(found.items()) if day.year == year}
    if not workdays:
        statutory = {day: name for day, name in named.items() if "补假" not in name}
        return Arrangement(year, tuple(_blocks(statutory, set(statutory), frozenset())), announced=False)
    off = {day for day in _days(year) if (day in named or day.weekday() >= 5) and day not in workdays}
    return Arrangement(year, tuple(_blocks(named, off, frozenset(workdays))), announced=True)


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def _blocks(named: Mapping[date, str], off: set[date], workdays: frozenset[date]) -> Iterator[Holiday]:
    """Unbroken days off in which a named holiday lies."""
    left = sorted(day for day in named if day in off)
    while left:
        first = last = left[0]
        while first - timedelta(days=1) in off:
            first -= timedelta(days=1)
        while last + timedelta(days=1) in off:
            last += timedelta(days=1)
        inside = {day: name for day, name in named.items() if first <= day <= last}
        yield Holiday(_names(inside.values()), Span(first, last), _made_up(inside.values(), workdays))
        left = [day for day in left if day > last]


def _names(words: object) -> str:
    plain = (re.sub(r"（.*?）", "", str(one)) for one in words)  # type: ignore[attr-defined]
    named = (_FESTIVAL if one == _EVE else one for one in plain if one != "休息日")
    return "、".join(dict.fromkeys(named))


def _made_up(words: object, workdays: frozenset[date]) -> tuple[date, ...]:
    told = (date.fromisoformat(day) for one in words for day in _MADE_UP.findall(str(one)))  # type: ignore[attr-defined]
    return tuple(sorted({day for day in told if day in workdays}))
