"""Words for a time that can mean none: 下下年, 第60周, 星期八. Other words stay free: 春节前, 开学第一周 are good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from re import Pattern

from planwriter.chinese.dates import BadDate, check_month_day
from planwriter.chinese.stretch import plain_words
from planwriter.expression import expression

_MOST_WEEKS = 53
_HAN_ABOVE_SEVEN = "八九十"
_DOUBLED = expression(r"(上上|下下|明明|去去|次次)(?=半?年|半?月|周|旬|季|学期|星期)")
_AGAIN = expression(r"(\d{1,2}月|\d{4}年)\1|(前|底|末)\2(?!后)")
_HALF = expression(r"(?:(?:第|^|年)[3-9三四五六七八九]|[下上]下|[下上]上)个?半年")
_TEN_DAYS = expression(r"月[4-9四五六七八九十]旬")
_WEEKDAY = expression(rf"(?:星期|礼拜|每周|周)([089{_HAN_ABOVE_SEVEN}])(?![\d{_HAN_ABOVE_SEVEN}年周月日个届次])")
_WEEK = expression(r"第(\d{1,4})周(?!年)")
_QUARTER = expression(r"(?<![\d.])(?:第?(\d{1,2})季度|Q(\d))")
_MONTH_OF_QUARTER = expression(r"季度的?第[4-9四五六七八九十]个?月")
_NUMBERED_MONTH = expression(r"第(\d{1,3})月")
_MONTH_DAY = expression(r"(\d{1,2})(?:月|[./])(\d{1,3})(?:[之以]?前)?")
_DAY_ALONE = expression(r"(?:每个?月)?(\d{1,4})[日号](?:[之以]?前)?")
_HOUR = expression(r"(?<![\d.])(2[5-9]|[3-9]\d)点(?:[前整半钟\d]|$)")


def why_doubtful(words: str) -> str | None:
    """Why words for a time, a deadline or a period can mean none; ``None`` where they may."""
    return _why_doubtful(str(words))


@lru_cache(maxsize=4096)
def _why_doubtful(words: str) -> str | None:
    return next(_reasons(plain_words(words)), None)


def _reasons(plain: str) -> Iterator[str]:
    if found := _DOUBLED.search(plain) or _AGAIN.search(plain):
        yield f"“{found[0]}”重复了"
    if found := _HALF.search(plain):
        yield "一年只有上半年、下半年"
    if _TEN_DAYS.search(plain):
        yield "一个月只有上旬、中旬、下旬"
    if found := _WEEKDAY.search(plain):
        yield f"没有“{found[0]}”"
    if _MONTH_OF_QUARTER.search(plain):
        yield "一个季度只有三个月"
    for shape, judge in _NUMBERS:
        for found in shape.finditer(plain):
            if (why := judge(int(found[1] or found[found.lastindex or 1]))) is not None:
                yield why
    if (found := _MONTH_DAY.fullmatch(plain)) and (why := _missing_day(int(found[1]), int(found[2]))):
        yield why
    if (found := _DAY_ALONE.fullmatch(plain)) and not 1 <= int(found[1]) <= 31:
        yield f"没有{int(found[1])}日，一个月最多31天"


def _missing_day(month: int, day: int) -> str | None:
    try:
        check_month_day(month, day)
    except BadDate as bad:
        return bad.reason
    return None


def _beyond(least: int, most: int, said: str) -> Callable[[int], str | None]:
    return lambda number: None if least <= number <= most else said.format(number)


_NUMBERS: tuple[tuple[Pattern[str], Callable[[int], str | None]], ...] = (
    (_WEEK, _beyond(1, _MOST_WEEKS, "没有第{}周，一年最多53周")),
    (_QUARTER, _beyond(1, 4, "没有第{}季度，一年只有四个季度")),
    (_NUMBERED_MONTH, _beyond(1, 12, "没有第{}月，一年只有12个月")),
    (_HOUR, _beyond(0, 24, "没有{}点，一天只有24小时")),
)
