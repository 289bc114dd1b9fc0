"""The time a plan covers: a year, a half, a quarter, months, a school term, or free words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from planwriter.chinese.dates import BadDate, check_year, format_date, last_day
from planwriter.chinese.stretch import Precision, Stretch, plain_words, read_stretch
from planwriter.expression import expression

PeriodKind = Literal["year", "years", "half", "quarter", "month", "months", "school_year", "term", "dates", "free"]

_SCHOOL = expression(
    r"(\d{4})年?(?:-(\d{4})年?)?(?:学年度?)(?:\(?(?:第?([1一2二])学期|([上下])学期|([秋春])季?学期)\)?)?"
)
_BARE_YEARS = expression(r"(?:19|2[01])\d\d(?:-(?:19|2[01])\d\d)?")
_SHORT_YEAR = expression(r"\d\d年")
_SEASON = expression(r"(\d{4})年?([秋春])季?(?:学期|学年)")
_TERMS = {"1": 1, "一": 1, "上": 1, "秋": 1, "2": 2, "二": 2, "下": 2, "春": 2}
_KINDS: dict[Precision, tuple[PeriodKind, PeriodKind]] = {
    "day": ("dates", "dates"), "part": ("dates", "dates"), "month": ("month", "months"),
    "quarter": ("quarter", "months"), "half": ("half", "months"), "year": ("year", "years"),
    "year_end": ("dates", "dates"),
}  # fmt: skip
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class Period:
    """The period as typed (``words``) and as dates, both ends included; free words have neither."""

    words: str
    start: date | None
    end: date | None
    kind: PeriodKind
    title_words: str
    """The same period as a title writes it: Arabic digits, 第一季度, — between years, 至 between months."""

    def __hash__(self) -> int:
        return hash(self.words)  # it is asked often, and the words say it all

    @property
    def years(self) -> frozenset[int]:
        """The calendar years it touches; empty for free words."""
        if self.start is None or self.end is None:
            return frozenset()
        return frozenset(range(self.start.year, self.end.year + 1))

    @property
    def months(self) -> tuple[int, ...]:
        """The months it touches, 1 to 12, in the order of time, each once; empty for free words."""
        if self.start is None or self.end is None:
            return ()
        count = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        return tuple((self.start.month - 1 + i) % 12 + 1 for i in range(min(count, 12)))

    def covers(self, start: date | None, end: date | None) -> bool:
        """Whether both dates lie inside; an unknown date, or free words, are never outside."""
        if self.start is None or self.end is None:
            return True
        return all(self.start <= day <= self.end for day in (start, end) if day is not None)


def read_period(text: str) -> Period:
    """The period a plan names: 2027年, 2026年上半年, 2027年2月至12月, 2026—2027学年度第一学期, 2026—2030年 …

    Words without a year are free. Raises ``BadDate`` for a date, month, quarter or order that cannot be.
    """
    return _read_period(str(text).strip())


@lru_cache(maxsize=1024)
def _read_period(words: str) -> Period:
    plain = plain_words(words)
    if _BARE_YEARS.fullmatch(plain):
        plain = plain_words(words + "年")
    if _SHORT_YEAR.match(plain):
        raise BadDate(f"“{words[:30]}”的年份不全，应写四位数字", "2027年")
    if school := _read_school(words, plain):
        return school
    found = read_stretch(plain)
    if found is None or found[1] or found[0].first.year is None:
        return Period(words, None, None, "free", words)
    stretch = found[0]
    dates = stretch.within(None, None)
    if dates is None or dates[0] > dates[1]:
        raise BadDate(f"期间“{words}”前后颠倒", "2027年2月至12月")
    kind = _KINDS[stretch.precision][stretch.is_range]
    return Period(words, *dates, kind, _title_words(kind, stretch, *dates, plain))


def _read_school(words: str, plain: str) -> Period | None:
    if "学" not in plain:
        return None
    if found := _SEASON.fullmatch(plain):
        term = _TERMS[found[2]]
        year = int(found[1]) - (term - 1)
        return _school_period(words, f"{found[1]}年{found[2]}季学期", year, term)
    if (found := _SCHOOL.fullmatch(plain)) is None:
        return None
    year = int(found[1])
    if found[2] and int(found[2]) != year + 1:
        raise BadDate(f"学年应跨相邻的两年，“{words}”不是", f"{year}—{year + 1}学年")
    term = _TERMS.get(found[3] or found[4] or found[5] or "", 0)
    return _school_period(words, _school_words(plain), year, term)


def _school_words(plain: str) -> str:
    named = re.sub(r"第?([12])(?=学期)", lambda m: f"第{_QUARTERS[int(m[1]) - 1]}", plain)
    return named.replace("-", "—")


def _school_period(words: str, title_words: str, year: int, term: int) -> Period:
    check_year(year)
    if term == 1:
        end = date(year + 1, 2, last_day(year + 1, 2))
        return Period(words, date(year, 8, 1), end, "term", title_words)
    start = date(year + 1, 2, 1) if term else date(year, 8, 1)
    return Period(words, start, date(year + 1, 8, 31), "term" if term else "school_year", title_words)


def _title_words(kind: PeriodKind, stretch: Stretch, start: date, end: date, plain: str) -> str:
    match kind:
        case "month":
            return f"{start.year}年{start.month}月"
        case "quarter":
            return f"{start.year}年第{_QUARTERS[(start.month - 1) // 3]}季度"
        case "years":
            return f"{start.year}—{end.year}年" + ("度" if plain.endswith("度") else "")
        case "months" if stretch.precision == "month" and not stretch.listed:
            later = f"{end.year}年" if end.year != start.year else ""
            return f"{start.year}年{start.month}月至{later}{end.month}月"
        case "dates" if stretch.precision == "day":
            return format_date(start) + (f"至{_day_after(start, end)}" if start != end else "")
    return plain.replace("-", "—")


def _day_after(start: date, end: date) -> str:
    return format_date(end) if end.year != start.year else f"{end.month}月{end.day}日"
