"""Dates as typed, and as GB/T 9704-2012 7.3.5.4 writes them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from planwriter.chinese.numerals import read_han_number
from planwriter.expression import expression

EXPECTED_DATE = "2026年12月20日"
_SHOWN = 30
_EARLIEST, _LATEST = 1900, 2199
_HAN = "[〇○零一二三四五六七八九十]"
_ARABIC = expression(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]|(\d{4})([-/.])(\d{1,2})\5(\d{1,2})")
_IN_HAN = expression(rf"({_HAN}{{4}})年({_HAN}{{1,3}})月({_HAN}{{1,3}})[日号]")
_DAY_FIRST = expression(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_SHORT_YEAR = expression(r"\d{2}(?:年|[-/.]\d{1,2}[-/.])\d{1,2}.*")


class BadDate(ValueError):
    """A date that cannot be read, or that does not exist.

    ``reason`` says why, in Chinese, for the clerk; ``expected`` shows what to write instead.
    """

    def __init__(self, reason: str, expected: str = EXPECTED_DATE) -> None:
        super().__init__(reason)
        self.reason = reason
        self.expected = expected


def read_date(text: str) -> date:
    """A full date: 2026年12月20日, 2026-12-20, 2026/12/20, 2026.12.20, 二〇二六年十二月二十日, any width.

    Raises ``BadDate`` for another order, a two-digit year, or a day that does not exist.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if found := _ARABIC.fullmatch(plain):
        year, month, day = (
            (int(part) for part in found.group(1, 2, 3) if part)
            if found[1]
            else (int(part) for part in found.group(4, 6, 7))
        )
        return existing_date(year, month, day)
    if (found := _IN_HAN.fullmatch(plain)) and (numbers := _han_parts(found)):
        return existing_date(*numbers)
    raise BadDate(_why_not(plain))


def format_date(day: date) -> str:
    """``2026年1月5日``: Arabic numerals, full year, no leading zero (GB/T 9704-2012 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def existing_date(year: int, month: int, day: int) -> date:
    """The date, or ``BadDate`` that says what does not exist: the year, the month or the day."""
    check_year(year)
    check_month_day(month, day, year)
    return date(year, month, day)


def check_year(year: int) -> None:
    """Raises ``BadDate`` for a year outside 1900 to 2199: surely a slip of the finger."""
    if not _EARLIEST <= year <= _LATEST:
        raise BadDate(f"年份“{year}”不对，应为四位公元年份")


def check_month_day(month: int, day: int | None = None, year: int | None = None) -> None:
    """Raises ``BadDate`` when the month, or the day in it, does not exist (in ``year``, else in any)."""
    if not 1 <= month <= 12:
        raise BadDate(f"没有{month}月，月份只有1月至12月", "1月至12月")
    last = last_day(year or 2000, month)
    if day is not None and not 1 <= day <= last:
        named = f"{year}年{month}月" if year else f"{month}月"
        most = "只有" if year or month != 2 else "最多"
        raise BadDate(f"没有{month}月{day}日，{named}{most}{last}天", f"{month}月1日至{month}月{last}日")


def last_day(year: int, month: int) -> int:
    """How many days a month has."""
    alike = 2000 + year % 400  # the calendar comes again, and ``date`` knows not every year
    return (date(alike + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def _han_parts(found: re.Match[str]) -> tuple[int, int, int] | None:
    year, month, day = (read_han_number(part) for part in found.groups())
    return None if year is None or month is None or day is None else (year, month, day)


def _why_not(plain: str) -> str:
    if not plain:
        return "没有填写日期"
    plain = plain[:_SHOWN]
    if _DAY_FIRST.fullmatch(plain):
        return f"“{plain}”分不清哪是月、哪是日，年份应写在最前"
    if _SHORT_YEAR.fullmatch(plain):
        return f"“{plain}”的年份不全，应写四位数字"
    return f"“{plain}”不是完整的日期，年、月、日都要写明"
