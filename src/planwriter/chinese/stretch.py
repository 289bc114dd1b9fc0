"""A stretch of the calendar as people type it: a day, months, a quarter, a range, with or without a year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from planwriter.chinese.dates import BadDate, check_month_day, check_year, last_day
from planwriter.chinese.numerals import read_han_number
from planwriter.expression import expression

Precision = Literal["day", "part", "month", "quarter", "half", "year", "year_end"]

_LONGEST = 200
"""Characters read of a text: what names a time is short."""
_HAN = "〇○零一二三四五六七八九十"
_HAN_DIGITS = frozenset(_HAN)
_JOINT = r"[、,和及~〜\-‐–—―─至到]"
_HAN_RUN = expression(rf"[{_HAN}]+(?=(?:{_JOINT}+(?:次年|第)?[{_HAN}]+)*(月|季|年|[日号周]))")
_PARTS = {
    "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, None), "上半月": (1, 15), "下半月": (16, None),
    "初": (1, 10), "中": (11, 20), "底": (21, None), "末": (21, None),
}  # fmt: skip
_REWRITES: tuple[tuple[frozenset[str], re.Pattern[str], str], ...] = tuple(
    (frozenset(needed), expression(pattern), new)
    for needed, pattern, new in (
        ("-/.", r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)", r"\1年\3月\4日"),
        ("-/.", r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})月?(?![\d年学季周日号])", r"\1年\2月"),
        ("~〜-‐–—―─至到", r"[~〜\-‐–—―─至到]+", "-"),
        ("(", r"(?<=[日号])\((?:星期|周|礼拜).\)", ""),
        ("-", r"(?<!\d)(\d{4})(?=-\d{4}年)", r"\1年"),
        ("-、,和及", r"(?<![\d月])(\d{1,2})(?=(?:[-、,和及]\d{1,2})*[-、,和及](?:次年)?\d{1,4}月)", r"\1月"),
        ("-、,和及", r"(?<!\d)(\d{1,2})(?=[-、,和及]\d{1,2}[日号])", r"\1日"),
        ("第", r"第(?=\d+(?:[-、,和及]\d+)*季)", ""),
        ("季", r"(\d)季(?![度节])", r"\1季度"),
        ("季", r"(?<!\d)(\d)(?=[-、,和及]\d季度)", r"\1季度"),
    )
)
"""Characters of which a text must hold one, what is looked for, and what is put in its place."""
_EDGE = expression(
    r"(?:(?P<year>\d{4})年度?|(?P<next>次年|翌年|明年|来年|第2年|下一?年度?)|(?:今年|当年|本年度?|同年))?"
    r"(?:(?P<month>\d{1,4})月份?(?:(?P<day>\d{1,4})[日号]|(?P<part>[上中下]旬|[上下]半月|初|中|底|末))?"
    r"|(?P<bare_day>\d{1,4})[日号]"
    r"|(?P<quarter>\d{1,2})季度(?P<quarter_end>[底末])?"
    r"|(?P<half>上半年|下半年)(?P<half_end>[底末])?"
    r"|(?P<year_end>年?[底末终内]))?"
)


class Bound(NamedTuple):
    """One end of a stretch; ``day`` ``None`` is the last of the month, ``year`` ``None`` not said."""

    month: int
    day: int | None
    year: int | None = None
    years_later: int = 0

    def in_year(self, base: int) -> date:
        """The date, counted from ``base`` when no year is said. Raises ``BadDate`` for 29 February."""
        year = self.year or base + self.years_later
        check_month_day(self.month, self.day, year)
        return date(year, self.month, self.day or last_day(year, self.month))

    def precedes(self, other: Bound) -> bool:
        """Whether this end, read in the same year, stands before ``other``."""
        return (self.month, self.day or 31) < (other.month, other.day or 31)


class Stretch(NamedTuple):
    """From ``first`` to ``last``; ``listed`` are the months when they were counted up (1、3、5月)."""

    first: Bound
    last: Bound
    precision: Precision
    listed: tuple[int, ...] = ()
    is_range: bool = False
    at_end: bool = False
    """Whether it names an end (3月底, 季度末), so that a deadline means its last day."""

    @property
    def months(self) -> tuple[int, ...]:
        """The months touched, 1 to 12, in the order of time."""
        if self.listed:
            return self.listed
        years = (self.last.year or 0) - (self.first.year or 0) if self.first.year else 0
        years += self.last.years_later - self.first.years_later
        count = years * 12 + self.last.month - self.first.month + 1
        return tuple((self.first.month - 1 + i) % 12 + 1 for i in range(min(count, 12)))

    def ending(self) -> Stretch:
        """Only its last day: what a deadline asks for."""
        return self._replace(first=self.last, listed=())

    def within(self, start: date | None, end: date | None) -> tuple[date, date] | None:
        """The dates, with the year that makes them fall between ``start`` and ``end``, or nearest to them.

        ``None`` when neither the stretch nor the period knows the year. Raises ``BadDate`` for a 29 February
        that the year does not have.
        """
        if self.first.year is not None:
            return self._in_year(self.first.year)
        if start is None or end is None:
            return None
        if self.first.years_later or start.year == end.year:
            return self._in_year(start.year)
        spans = [s for year in range(start.year, end.year + 1) if (s := self._try_year(year))]
        return min(spans, key=lambda s: _distance(s, start, end)) if spans else self._in_year(start.year)

    def _in_year(self, base: int) -> tuple[date, date]:
        return self.first.in_year(base), self.last.in_year(base)

    def _try_year(self, base: int) -> tuple[date, date] | None:
        try:
            return self._in_year(base)
        except BadDate:
            return None


def plain_words(text: str) -> str:
    """A copy for reading only: half-width, no spaces, Arabic digits, every shortened range written out."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text[:_LONGEST]))
    if not _HAN_DIGITS.isdisjoint(plain):
        plain = _HAN_RUN.sub(_in_digits, plain)
    for needed, pattern, new in _REWRITES:
        if not needed.isdisjoint(plain):
            plain = pattern.sub(new, plain)
    return plain


def read_stretch(plain: str) -> tuple[Stretch, str] | None:
    """The stretch at the beginning of ``plain`` (from :func:`plain_words`) and what follows it.

    ``None`` when there is none. Raises ``BadDate`` for months and days that do not exist.
    """
    found = _EDGE.match(plain)
    stretch = _from_edge(found, None) if found else None
    if found is None or stretch is None:
        return None
    at, joined = found.end(), None
    while plain[at : at + 1] in tuple("-、,和及") and (found := _EDGE.match(plain, at + 1)):
        following = _from_edge(found, stretch)
        if following is None or joined == "-":
            break
        joined = plain[at]
        stretch = _to(stretch, following, bool(found["year"])) if joined == "-" else _and(stretch, following)
        at = found.end()
    return stretch, plain[at:]


def check_days_in(plain: str) -> None:
    """Raises ``BadDate`` when a month with its day anywhere in ``plain`` does not exist."""
    for found in re.finditer(r"(?<!\d)(\d{1,4})月份?(\d{1,4})[日号]", plain):
        check_month_day(int(found[1]), int(found[2]))


def _in_digits(run: re.Match[str]) -> str:
    han, unit = run[0], run[1]
    if len(han) == 2 and unit in "月季" and "十" not in han:
        return "、".join(str(max(_HAN.index(digit) - 2, 0)) for digit in han)  # 三四月 is March and April
    number = read_han_number(han)
    return han if number is None else str(number)


def _from_edge(found: re.Match[str], before: Stretch | None) -> Stretch | None:
    if not found[0]:
        return None
    year, later = _year_of(found, before)
    made = _UNITS[found.lastgroup or ""](found, before) if found.lastgroup in _UNITS else None
    if made is None and found.lastgroup == "year":
        made = Stretch(Bound(1, 1), Bound(12, 31), "year")
    if made is None:
        return None
    for bound in (made.first, made.last):
        check_month_day(bound.month, bound.day, year)
    return made._replace(
        first=made.first._replace(year=year, years_later=later),
        last=made.last._replace(year=year, years_later=later),
    )


def _year_of(found: re.Match[str], before: Stretch | None) -> tuple[int | None, int]:
    if found["year"]:
        check_year(int(found["year"]))
        return int(found["year"]), 0
    said = before.last.year if before else None
    if found["next"]:
        return (said + 1, 0) if said else (None, 1)
    return said, before.last.years_later if before else 0


def _month(found: re.Match[str], _: Stretch | None) -> Stretch:
    month = int(found["month"])
    if found["day"]:
        return Stretch(Bound(month, int(found["day"])), Bound(month, int(found["day"])), "day")
    if part := found["part"]:
        first, last = _PARTS[part]
        return Stretch(Bound(month, first), Bound(month, last), "part", at_end=part in "底末")
    return Stretch(Bound(month, 1), Bound(month, None), "month")


def _bare_day(found: re.Match[str], before: Stretch | None) -> Stretch | None:
    if before is None or before.precision != "day":
        return None
    bound = Bound(before.last.month, int(found["bare_day"]))
    return Stretch(bound, bound, "day")


def _quarter(found: re.Match[str], _: Stretch | None) -> Stretch:
    number = int(found["quarter"])
    if not 1 <= number <= 4:
        raise BadDate(f"没有第{number}季度，一年只有四个季度", "第一季度至第四季度")
    first, last = Bound(number * 3 - 2, 1), Bound(number * 3, None)
    return Stretch(first, last, "quarter", at_end=bool(found["quarter_end"]))


def _half(found: re.Match[str], _: Stretch | None) -> Stretch:
    start = 1 if found["half"] == "上半年" else 7
    return Stretch(Bound(start, 1), Bound(start + 5, None), "half", at_end=bool(found["half_end"]))


def _year_end(found: re.Match[str], _: Stretch | None) -> Stretch | None:
    if found["year"] is None and found["next"] is None and len(found[0]) < 2:
        return None
    first = Bound(1, 1) if found["year_end"].endswith("内") else Bound(12, 1)
    return Stretch(first, Bound(12, 31), "year_end", at_end=True)


_UNITS: dict[str, Callable[[re.Match[str], Stretch | None], Stretch | None]] = {
    "month": _month, "day": _month, "part": _month, "bare_day": _bare_day,
    "quarter": _quarter, "quarter_end": _quarter, "half": _half, "half_end": _half, "year_end": _year_end,
}  # fmt: skip


def _to(first: Stretch, last: Stretch, year_is_said: bool) -> Stretch:
    start, end = _same_years(first.first, last.last)
    if start.year is not None and end.year is not None and end.year < start.year:
        raise BadDate(f"期间前后颠倒：{start.year}年在{end.year}年之后", "2027年2月至2028年1月")
    if _is_reversed(start, end):
        if year_is_said or end.month == start.month:
            raise BadDate("期间前后颠倒：结束的日期在开始的日期之前", "3月1日至8日")
        end = _a_year_later(end)
    return Stretch(start, end, last.precision, is_range=True, at_end=last.at_end)


def _and(first: Stretch, last: Stretch) -> Stretch:
    listed = tuple(dict.fromkeys(first.months + last.months))
    start, end = _same_years(first.first, last.last)
    if _is_reversed(start, end):
        end = _a_year_later(end)
    return Stretch(start, end, last.precision, listed, is_range=True, at_end=last.at_end)


def _same_years(start: Bound, end: Bound) -> tuple[Bound, Bound]:
    if start.year is None and end.year is not None:
        start = start._replace(year=end.year - end.precedes(start))
    return start, end


def _is_reversed(start: Bound, end: Bound) -> bool:
    return (start.year, start.years_later) == (end.year, end.years_later) and end.precedes(start)


def _a_year_later(bound: Bound) -> Bound:
    if bound.year is None:
        return bound._replace(years_later=bound.years_later + 1)
    return bound._replace(year=bound.year + 1)


def _distance(span: tuple[date, date], start: date, end: date) -> tuple[bool, int, date]:
    inside = start <= span[0] and span[1] <= end
    gap = max((start - span[1]).days, (span[0] - end).days, 0)
    return not inside, gap, span[0]
