"""When an observance falls: rules in words (3月8日, 5月第2个星期日, 农历9月9日, 秋分 …) and their dates in a year."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from planwriter.calendar.lunar import lunar_date, solar_term
from planwriter.chinese.dates import last_day

_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both included; ``whole_month`` where no day is fixed."""

    first: date
    last: date
    whole_month: bool = False

    @property
    def words(self) -> str:
        """As a schedule writes it: 3月8日, 5月1日至5日, 4月25日至5月1日; nothing for a whole month."""
        if self.whole_month:
            return ""
        start = f"{self.first.month}月{self.first.day}日"
        if self.first == self.last:
            return start
        month = f"{self.last.month}月" if self.last.month != self.first.month else ""
        return f"{start}至{month}{self.last.day}日"


def span_in(rule: str, year: int) -> Span | None:
    """The days a rule names in a year, or ``None`` where the year has none. Raises ValueError for no rule."""
    for shape, read in _SHAPES:
        if found := shape.fullmatch(rule):
            return read(year, *found.groups())
    raise ValueError(f"not a date rule: {rule}")


def _day(year: int, month: str, day: str) -> Span:
    one = date(year, int(month), int(day))
    return Span(one, one)


def _range(year: int, month: str, day: str, later: str | None, last: str) -> Span:
    return Span(date(year, int(month), int(day)), date(year, int(later or month), int(last)))


def _month(year: int, month: str) -> Span:
    number = int(month)
    return Span(date(year, number, 1), date(year, number, last_day(year, number)), whole_month=True)


def _nth(year: int, month: str, nth: str, weekday: str) -> Span:
    first = date(year, int(month), 1)
    ahead = (_WEEKDAYS.index(weekday) - first.weekday()) % 7
    one = first + timedelta(days=ahead + 7 * (int(nth) - 1))
    return Span(one, one)


def _last(year: int, month: str, weekday: str) -> Span:
    end = date(year, int(month), last_day(year, int(month)))
    one = end - timedelta(days=(end.weekday() - _WEEKDAYS.index(weekday)) % 7)
    return Span(one, one)


def _week(year: int, month: str, day: str) -> Span:
    one = date(year, int(month), int(day))
    monday = one - timedelta(days=one.weekday())
    return Span(monday, monday + timedelta(days=6))


def _lunar(year: int, month: str, day: str) -> Span | None:
    one = lunar_date(year, int(month), int(day))
    return Span(one, one) if one else None


def _term(year: int, name: str) -> Span | None:
    one = solar_term(year, name)
    return Span(one, one) if one else None


_SHAPES: tuple[tuple[re.Pattern[str], Callable[..., Span | None]], ...] = (
    (re.compile(r"(\d{1,2})月(\d{1,2})日"), _day),
    (re.compile(r"(\d{1,2})月(\d{1,2})日至(?:(\d{1,2})月)?(\d{1,2})日"), _range),
    (re.compile(r"(\d{1,2})月"), _month),
    (re.compile(r"(\d{1,2})月第([1-4])个星期([一二三四五六日])"), _nth),
    (re.compile(r"(\d{1,2})月最后一个星期([一二三四五六日])"), _last),
    (re.compile(r"(\d{1,2})月(\d{1,2})日所在周"), _week),
    (re.compile(r"农历(\d{1,2})月(\d{1,2})日"), _lunar),
    (re.compile(r"(春分|清明|夏至|秋分|冬至)"), _term),
)
"""Shape of a rule → how its days are found."""
