"""A file of holiday arrangements (放假安排.yaml): years, holidays, days off and make-up days, every mistake placed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from planwriter.calendar.rules import Span
from planwriter.calendar.statutory import Arrangement, Holiday
from planwriter.chinese.dates import BadDate
from planwriter.chinese.period import Period, read_period
from planwriter.chinese.when import read_when
from planwriter.diagnostic import Diagnostic, FormError, Place, Severity
from planwriter.form.yaml_form import read_yaml
from planwriter.placed import key_place, place_of

OFF, WORK = "放假", "上班"
_SHAPE = "2月5日至11日"
_LONGEST = 30  # days; a whole month or more is no holiday


def read_holidays(data: bytes | str, name: str = "放假安排文件") -> dict[int, Arrangement]:
    """Arrangements by year. Raises FormError with all mistakes, each with line and column.

    A year (2027年) holds holidays by name; each is the days off (2月5日至11日), or 放假 and 上班.
    """
    placed, told = read_yaml(data, name, frozenset({OFF, WORK}))
    found = [one for one in told if one.severity is Severity.ERROR]
    made = [_year(key, placed[key], key_place(placed, key), found) for key in placed]
    if found:
        raise FormError(found)
    return {one.year: one for one in made if one is not None}


def _year(key: str, value: Any, place: Place | None, found: list[Diagnostic]) -> Arrangement | None:
    try:
        period = read_period(key)
    except BadDate:
        period = None
    if period is None or period.kind != "year" or period.start is None:
        found.append(Diagnostic("calendar-bad-year", f"“{key}”不是年份", place=place, found=key, expected="2027年",
                                hint="最外层写年份，例如 2027年，下面写各个节日"))  # fmt: skip
        return None
    if not isinstance(value, Mapping):
        found.append(Diagnostic("calendar-not-a-mapping", f"“{key}”下面应当是若干“节日: 放假的日子”", place=place,
                                expected=f"春节: {_SHAPE}", hint=f"写成“春节: {_SHAPE}”这样的行"))  # fmt: skip
        return None
    read = (_holiday(name, value[name], key_place(value, name), period, found) for name in value)
    held = sorted((one for one in read if one is not None), key=lambda one: one.span.first)
    return Arrangement(period.start.year, tuple(held), announced=True)


def _holiday(name: str, value: Any, place: Place | None, period: Period, found: list[Diagnostic]) -> Holiday | None:
    record = value if isinstance(value, Mapping) else {OFF: value}
    for key in record:
        if key not in (OFF, WORK):
            at, hint = key_place(record, key), f"这里可用的键：{OFF}、{WORK}"
            found.append(Diagnostic("calendar-unknown-key", f"不认识的键“{key}”", place=at, found=key, hint=hint))
    off = _span(name, record.get(OFF, ""), place, period, found)
    listed = record.get(WORK) or []
    days = [_span(name, one, place, period, found) for one in (listed if isinstance(listed, list) else [listed])]
    return Holiday(name, off, _each_day(days)) if off is not None else None


def _each_day(spans: list[Span | None]) -> tuple[date, ...]:
    return tuple(date.fromordinal(n) for one in spans if one is not None
                 for n in range(one.first.toordinal(), one.last.toordinal() + 1))  # fmt: skip


def _span(name: str, words: Any, place: Place | None, period: Period, found: list[Diagnostic]) -> Span | None:
    said = words if isinstance(words, str) else ""
    wrong, expected = "", _SHAPE
    try:
        first, last = read_when(said).resolve(period)
    except BadDate as bad:
        first = last = None
        wrong, expected = f"有误：{bad.reason}", bad.expected
    if first is not None and last is not None and (last - first).days <= _LONGEST and period.covers(last, last):
        return Span(first, last)
    wrong = wrong or (f"不在{period.words}" if last and not period.covers(last, last) else "不是几月几日")
    message = f"“{name}”写的“{said[:40]}”{wrong}"
    found.append(Diagnostic("calendar-bad-date", message, place=place_of(words) or place, found=said[:40],
                            expected=expected, hint=f"写成 {expected} 这样"))  # fmt: skip
    return None
