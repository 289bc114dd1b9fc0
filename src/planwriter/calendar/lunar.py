"""The door to borax: dates of the Chinese lunar calendar, 1900 to 2100."""

from __future__ import annotations

from datetime import date

from planwriter.calendar.installed import lacking


def lunar_date(year: int, month: int, day: int) -> date | None:
    """The day of a lunar month (not a leap one) in the lunar year; ``None`` outside 1900 to 2100.

    Raises UsageError where borax is not installed.
    """
    try:
        from borax.calendars.lunardate import InvalidLunarDateError, LunarDate
    except ImportError:
        raise lacking("borax") from None
    try:
        found: date = LunarDate(year, month, day).to_solar_date()
    except InvalidLunarDateError:
        return None
    return found


def solar_term(year: int, name: str) -> date | None:
    """The day of one of the 24 solar terms (秋分, 清明 …) of a year; ``None`` outside 1900 to 2100."""
    try:
        from borax.calendars.lunardate import TERMS_CN, TermUtils
    except ImportError:
        raise lacking("borax") from None
    if not 1900 <= year <= 2100:
        return None
    found: date = TermUtils.nth_term_day(year, TERMS_CN.index(name))
    return found
