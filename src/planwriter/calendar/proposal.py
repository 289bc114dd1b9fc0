"""A monthly schedule proposed for a unit: what its field observes, the holidays, the months of vacation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from planwriter.calendar.lunar import lunar_date
from planwriter.calendar.observances import fields, observed_by
from planwriter.calendar.rules import Span, span_in
from planwriter.calendar.statutory import Arrangement, Holiday, arrangement
from planwriter.chinese.period import Period
from planwriter.diagnostic import Diagnostic, Severity, UsageError

SUMMER, WINTER = "暑假", "寒假"
_SUMMER_MONTHS = (7, 8)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One activity: what is done, and on which days (empty: some time in the month)."""

    activity: str
    days: str
    span: Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """Months in the order of time with their activities, the months skipped with the reason, and what is said."""

    months: tuple[tuple[int, tuple[Suggestion, ...]], ...]
    skipped: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[Diagnostic, ...] = ()


def propose(period: Period, chosen: Sequence[str], given: Mapping[int, Arrangement] | None = None) -> Proposal:
    """The schedule for a period of at most a year and the fields of a unit.

    ``given`` are arrangements by year that go before the library's. Raises UsageError for a period without
    dates or longer than a year, and where a library is missing.
    """
    if period.start is None or period.end is None:
        raise UsageError(_no_months(period))
    arranged = [(given or {}).get(year) or arrangement(year) for year in sorted(period.years)]
    months = _months(period.start, period.end)
    if len(months) > len({month for _, month in months}) + 1:
        raise UsageError(_no_months(period))
    skipped = _vacations(months, chosen)
    found = [one for one in _suggestions(tuple(chosen), arranged, period) if one.span.first.month not in skipped]
    listed = [(month, _of_month(found, year, month)) for year, month in months[:12] if month not in skipped]
    notes = [*(_not_announced(one.year) for one in arranged if not one.announced), *_guessed(skipped)]
    return Proposal(tuple(listed), skipped, tuple(notes))


def _no_months(period: Period) -> Diagnostic:
    message = f"期间“{period.words}”不是一年以内的年、季度、月份或学期，排不出月度安排"
    return Diagnostic("calendar-no-months", message, found=period.words, expected="2027年",
                      hint="用 --period 写明，例如 --period 2027年")  # fmt: skip


def _months(start: date, end: date) -> list[tuple[int, int]]:
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    return [(number // 12, number % 12 + 1) for number in range(first, last + 1)]


def _vacations(months: Sequence[tuple[int, int]], chosen: Sequence[str]) -> dict[int, str]:
    """The months units of these fields are closed: July and August, and the month of the Spring Festival."""
    if not any(fields()[one].vacations for one in chosen) or len(months) == 1:
        return {}
    closed: dict[int, str] = {}
    for year, month in months:
        festival = lunar_date(year, 1, 1)
        if festival is not None and festival.month == month:
            closed[month] = WINTER
        elif month in _SUMMER_MONTHS:
            closed[month] = SUMMER
    return closed


def _suggestions(chosen: tuple[str, ...], arranged: Sequence[Arrangement], period: Period) -> Iterator[Suggestion]:
    for year in arranged:
        for one in observed_by(chosen):
            span = span_in(one.rule, year.year)
            if span is not None:
                yield from _inside(one.activity, span, period)
        for holiday in year.holidays:
            yield from _inside(_duty(holiday), holiday.span, period)


def _duty(holiday: Holiday) -> str:
    made_up = f"（{holiday.words}）" if holiday.words else ""
    return f"做好{holiday.name}放假值班和安全工作{made_up}"


def _inside(activity: str, span: Span, period: Period) -> Iterator[Suggestion]:
    """What lies in the period; days outside are cut off."""
    if period.start is not None and period.end is not None and span.first <= period.end and span.last >= period.start:
        cut = Span(max(span.first, period.start), min(span.last, period.end), span.whole_month)
        yield Suggestion(activity, cut.words, cut)


def _of_month(found: Sequence[Suggestion], year: int, month: int) -> tuple[Suggestion, ...]:
    here = [one for one in found if (one.span.first.year, one.span.first.month) == (year, month)]
    return tuple(sorted(here, key=lambda one: (not one.span.whole_month, one.span.first)))


def _not_announced(year: int) -> Diagnostic:
    message = f"程序里没有{year}年的放假调休安排（可能还没有公布），{year}年只列了法定节日当天"
    return Diagnostic("calendar-not-announced", message, Severity.NOTE, source="全国年节及纪念日放假办法",
                      hint="公布以后写进放假安排文件，用 --holidays 给出")  # fmt: skip


def _guessed(skipped: Mapping[int, str]) -> Iterator[Diagnostic]:
    if skipped:
        named = "、".join(f"{month}月（{why}）" for month, why in skipped.items())
        yield Diagnostic("calendar-vacation-guessed", f"跳过了{named}，这是估计的", Severity.NOTE,
                         hint="按校历改“跳过”和“安排”")  # fmt: skip
