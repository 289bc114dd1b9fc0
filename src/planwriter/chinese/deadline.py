"""By when a task is to be done: the words as typed, and the dates they mean inside a period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from planwriter.chinese.dates import BadDate, check_month_day
from planwriter.chinese.period import Period
from planwriter.chinese.stretch import Stretch, check_days_in, plain_words, read_stretch
from planwriter.expression import expression

DeadlineKind = Literal["by", "within", "period_end", "whole", "recurring", "words"]

_WRAPPED = expression(r"[(\[【〔「](.*)[)\]】〕」]")
_LEAD_IN = expression(
    r"(?:(?:完成)?(?:时限|时间)(?:要求)?[::]?|于|在|力争|确保|争取|截至|截止到?|最迟|最晚|不晚于|计划|预计)+"
)
_RECURRING = expression(r"每|逐[月季年周日]|按[月季年周旬]|定期|不定期|经常|适时")
_WHOLE = expression(r"全年|全程|全学[年期]|本学[年期]$|学[年期]内|长期|长年|长效|常年|常态|持续|贯穿|随时|日常|坚持")
_PERIOD_END = expression(r"本?学[年期]?[末底]|本?学[年期]结束|期末|期底")
_SEVERAL = expression(r"(?<=[前成])[、,;]|;")
_OPENING, _RECURS, _ENDS, _LASTS = (
    frozenset("([【〔「"),
    frozenset("每逐按定不经适"),
    frozenset("本学期"),
    frozenset("全本学长常持贯随日坚"),
)
"""With what the four that take longest to compile begin."""
_BEFORE = expression(r"[之以]?前|底|末|止|截止")
_AFTER = expression(r"[之以]?后|起|开始")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline: ``words`` as typed and what they were understood to be.

    ``by`` ends on a day (3月底前, 6月30日), ``within`` fills a stretch (4～5月, 上半年),
    ``period_end`` ends with the period (学期末), ``whole`` lasts all of it (全年, 长期坚持),
    ``recurring`` comes again (每月25日前), ``words`` was not understood (春节前).
    """

    words: str
    kind: DeadlineKind
    stretch: Stretch | None = None

    def __hash__(self) -> int:
        return hash(self.words)  # it is asked often, and the words say it all

    @property
    def months(self) -> tuple[int, ...]:
        """The months it names, 1 to 12; empty when it names none."""
        return self.stretch.months if self.stretch else ()

    def resolve(self, period: Period) -> tuple[date | None, date | None]:
        """First and last day in ``period``; ``None`` where nothing is said. Both ends are included.

        A deadline without a year takes the year in which it falls inside the period. Recurring ones and
        those that last give the period itself. Raises ``BadDate`` for a 29 February the year does not have.
        """
        if self.kind in ("whole", "recurring"):
            return period.start, period.end
        if self.kind == "period_end":
            return None, period.end
        dates = self.stretch.within(period.start, period.end) if self.stretch else None
        if dates is None:
            return None, None
        return (None, dates[1]) if self.kind == "by" else dates


def read_deadline(words: str) -> Deadline:
    """Reads 3月底前, 9月末, 年底前, 每月25日前, 2027年6月30日前, 一季度末, 4～5月, 3月上旬, 次年1月底前 …

    Of several (3月底前、9月底前) the last counts. What is not understood keeps its words. Raises ``BadDate``
    for a month or day that does not exist.
    """
    return _read_deadline(str(words).strip())


@lru_cache(maxsize=4096)
def _read_deadline(words: str) -> Deadline:
    plain = plain_words(words)
    if plain[:1] in _OPENING and (wrapped := _WRAPPED.fullmatch(plain)):
        plain = wrapped[1]
    if lead_in := _LEAD_IN.match(plain):
        plain = plain[lead_in.end() :]
    check_days_in(plain)
    if plain[:1] in _RECURS and _RECURRING.match(plain):
        return _recurring(words, plain)
    if plain[:1] in _LASTS and _WHOLE.match(plain):
        return Deadline(words, "whole")
    if plain[:1] in _ENDS and _PERIOD_END.match(plain):
        return Deadline(words, "period_end")
    several = [found for part in _SEVERAL.split(plain) if (found := read_stretch(part))]
    return _dated(words, *several[-1]) if several else Deadline(words, "words")


def _recurring(words: str, plain: str) -> Deadline:
    if day := re.match(r"每个?月(\d{1,4})[日号]", plain):
        _check_day_of_any_month(int(day[1]))
    if month := re.match(r"每年(\d{1,4})月", plain):
        check_month_day(int(month[1]))
    return Deadline(words, "recurring")


def _check_day_of_any_month(day: int) -> None:
    if not 1 <= day <= 31:
        raise BadDate(f"没有{day}日，一个月最多31天", "每月25日前")


def _dated(words: str, stretch: Stretch, rest: str) -> Deadline:
    if _AFTER.match(rest):
        return Deadline(words, "words")
    one_day = stretch.precision == "day" and not stretch.is_range
    if one_day or stretch.at_end or _BEFORE.match(rest):
        return Deadline(words, "by", stretch.ending())
    return Deadline(words, "within", stretch)
