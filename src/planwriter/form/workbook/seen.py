"""What a clerk sees in a cell: the stored value under its number format, and a remark where the two differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from planwriter.chinese.dates import format_date
from planwriter.form.workbook.bounds import EARLY, HIDDEN, LONG, ODD, ODD_DATE, ROUNDED, UNDATED, Look, Seen
from planwriter.form.workbook.number_format import NumberSection, TimeFormat, sections_of, time_format

EXACT = 10**15
"""Spreadsheets keep fifteen digits; longer numbers have lost their end before they are read."""
_FIRST_DAY = date(1900, 3, 1)
_WEEKDAYS = "一二三四五六日"


class Misread(ValueError):
    """A value that is not what the clerk typed; ``code`` is told at the cell."""

    def __init__(self, code: str, found: str) -> None:
        super().__init__(code)
        self.code, self.found = code, found


@dataclass(frozen=True, slots=True)
class Fixed:
    """A cell whose text stands in the file beside the value."""

    text: str
    remark: str | None = None

    def seen(self, value: Any) -> Seen:
        """The text as it stands."""
        return Seen(self.text, self.remark)


def said(value: Any) -> str:
    """A value without a number format of its own, as a clerk sees it. Raises Misread for what is already lost."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, date):
        return _date(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return f"{int(value.total_seconds()) // 3600}:{int(value.total_seconds()) // 60 % 60:02d}"
    return str(value)


def _number(value: float) -> str:
    if abs(value) >= EXACT or value != value:
        raise Misread(LONG, f"{value:g}")
    if value == int(value):
        return str(int(value))
    shown = f"{value:.15g}"
    return f"{value:.15f}".rstrip("0") if "e" in shown else shown


def _date(value: date) -> str:
    day = _day(value)
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{format_date(day)}{value.hour}:{value.minute:02d}"
    return format_date(day)


def _day(value: date) -> date:
    day = value.date() if isinstance(value, datetime) else value
    if day < _FIRST_DAY:
        raise Misread(EARLY, format_date(day))
    return day


@lru_cache(maxsize=1024)
def look_of(code: str) -> Look | None:
    """What a number format (``0.00%``, ``yyyy"年"m"月"``) makes of a value; ``None`` where ``said`` says the same."""
    if (times := time_format(code)) is not None:
        return _Calendar(times)
    sections = sections_of(code)
    return None if all(one is not None and one.plain for one in sections) else _Number(sections)


def whole_date(look: Look) -> bool:
    """Whether it shows all of a date, so that one without a time is seen as it is."""
    return isinstance(look, _Calendar) and look.format.usual


def aside_of(look: Look, stored: str) -> Look | None:
    """What is kept of a look for a stored number, as text; ``None`` where the number is seen as it is."""
    try:
        value = float(stored)
        if isinstance(look, _Calendar):
            return None if look.format.usual and value == int(value) else look
        shown = look.seen(value)
        return None if shown == Seen(said(value)) else Fixed(*shown)
    except (Misread, ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class _Calendar:
    """A date or a time of which only the parts that the format names are seen."""

    format: TimeFormat

    def seen(self, value: Any) -> Seen:
        if isinstance(value, int | float):
            raise Misread(ODD_DATE, said(value))
        if isinstance(value, timedelta):
            return Seen(self._lasting(value))
        if isinstance(value, time):
            return Seen(self._clock(value.hour, value.minute, value.second))
        if not isinstance(value, date):
            return Seen(said(value))
        at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        shown = self._shown_date(at)
        clock = self._clock(at.hour, at.minute, at.second) if "h" in self.format.parts else ""
        if not shown and not clock:
            return Seen(said(value), ODD)
        return Seen(shown + clock, UNDATED if shown and "w" in self.format.parts and "d" in self.format.parts else None)

    def _shown_date(self, at: datetime) -> str:
        parts = self.format.parts
        if parts & set("ymdw"):
            _day(at)
        if parts >= set("ymd"):
            return format_date(at)
        said_ = ("y", f"{at.year}年"), ("m", f"{at.month}月"), ("d", f"{at.day}日")
        shown = "".join(text for part, text in said_ if part in parts)
        return shown or (f"星期{_WEEKDAYS[at.weekday()]}" if "w" in parts else "")

    def _clock(self, hour: int, minute: int, second: int) -> str:
        if self.format.words and not self.format.parts & set("ymdw"):
            return self.format.spelt(hour, minute, second)
        return f"{hour}:{minute:02d}" + (f":{second:02d}" if "s" in self.format.parts else "")

    def _lasting(self, value: timedelta) -> str:
        seconds = round(value.total_seconds())
        return self._clock(seconds // 3600, seconds // 60 % 60, seconds % 60)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number under a format; a section that is ``None`` is beyond what is understood."""

    sections: tuple[NumberSection | None, ...]

    def seen(self, value: Any) -> Seen:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return Seen(said(value))
        plain = said(value)
        section, signed = self._section(value)
        if section is None:
            return Seen(plain, ODD)
        if section.hides:
            return Seen(plain, HIDDEN)
        try:
            shown, exact = section.shown(Decimal(f"{abs(value):.15g}"), plain.lstrip("-"))
        except InvalidOperation:
            return Seen(plain, ODD)
        minus = "-" if signed and value < 0 and any(digit in shown for digit in "123456789") else ""
        return Seen(minus + shown, None if exact else ROUNDED)

    def _section(self, value: float) -> tuple[NumberSection | None, bool]:
        """The section for a value, and whether a minus is to be written before it."""
        if None in self.sections or len(self.sections) == 1:
            return (None, False) if None in self.sections else (self.sections[0], True)
        if value < 0:
            return self.sections[1], False
        return self.sections[2 if value == 0 and len(self.sections) > 2 else 0], False


_SHOWN_NUMBER = re.compile(r"\D*?(-?\d{1,3}(?:,\d{3})+|-?\d+)(\.\d+)?\D*")


def fixed_number(text: str, value: float) -> Fixed | None:
    """What an OpenDocument table shows beside a number; ``None`` where that is nothing else than the number."""
    plain, shown = said(value), text.strip()
    if shown in ("", plain) or not shown.strip("#"):
        return None
    if (truth := _TRUTHS.get(shown.upper())) is not None:
        return Fixed(truth)
    found = _SHOWN_NUMBER.fullmatch(shown)
    if found is None:
        return Fixed(plain, ODD)
    meant = Decimal(found[1].replace(",", "") + (found[2] or "")) / (100 if "%" in shown else 1)
    exact = abs(meant) == abs(Decimal(f"{value:.15g}"))
    return Fixed(shown, None if exact else ROUNDED)


_TRUTHS = {"TRUE": "是", "真": "是", "FALSE": "否", "假": "否"}
_SHOWN_DATES = (
    re.compile(r"\D*(?P<y>\d{4})年(?P<m>\d{1,2})月\D*"), re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})"),
    re.compile(r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})"), re.compile(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})日?"),
    re.compile(r"(?P<y>\d{4})年?"), re.compile(r"(?P<w>(?:星期|周)[一二三四五六日天])"),
    re.compile(r"(?P<m>[A-Z][a-z]{2,8})[- ](?P<y>\d{2,4})"), re.compile(r"(?P<d>\d{1,2})[- ](?P<m>[A-Z][a-z]{2,8})"),
    re.compile(r"(?P<y>[〇零一二三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,2})月"),
    re.compile(r"(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"),
)  # fmt: skip


def fixed_date(text: str, iso: str) -> Fixed | None:
    """What an OpenDocument table shows beside a date; ``None`` where it is the whole date."""
    found = next((one for shape in _SHOWN_DATES if (one := shape.fullmatch(text.strip()))), None)
    try:
        at = datetime.fromisoformat(iso)
    except ValueError:
        return None
    parts = frozenset(found.groupdict()) if found else frozenset("ymdh" if ":" in text else "ymd")
    if parts >= set("ymd") and not (at.hour or at.minute):
        return None
    return Fixed(*_Calendar(TimeFormat(parts, ())).seen(at)) if at.date() >= _FIRST_DAY else None
