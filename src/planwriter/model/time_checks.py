"""Deadlines and times that can mean none, whatever the period: kept as typed, and doubted."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.chinese.doubtful_times import why_doubtful
from planwriter.model.element import Element, label_of
from planwriter.model.format_checks import Telling
from planwriter.model.plan import WorkPlan
from planwriter.model.sections import MonthlySchedule, Section

_FREE = ("words", "recurring", "week", "phase")
"""Kinds of times of which no date was made."""


def doubt_period(plan: WorkPlan, told: Telling) -> None:
    """The period as typed."""
    if plan.period is not None and plan.period.start is None:
        _doubt(plan.period.words, (plan, "period"), told)


def doubt_times(section: Section, told: Telling) -> None:
    """Every deadline, date and month of a section that was not understood: what was has passed its own checks."""
    for words, at in _times(section):
        _doubt(words, at, told)


def _times(section: Section) -> Iterator[tuple[str, tuple[Element, str]]]:
    for one in section.walk():
        if one.deadline is not None and one.deadline.kind in _FREE:
            yield one.deadline.words, (one, "deadline")
    if isinstance(section, MonthlySchedule):
        for month in section.skipped:
            yield month, (section, "skipped")
        for entry in section.entries:
            if entry.when is not None and entry.when.kind in _FREE:
                yield entry.when.words, (entry, "when")
            for activity in entry.activities:
                if activity.date is not None and activity.date.kind in _FREE:
                    yield activity.date.words, (activity, "date")
                if activity.deadline is not None and activity.deadline.kind in _FREE:
                    yield activity.deadline.words, (activity, "deadline")


def _doubt(words: str, at: tuple[Element, str], told: Telling) -> None:
    why = why_doubtful(words)
    if why is not None:
        told.doubt("form-doubtful-time", f"“{label_of(type(at[0]), at[1])}”写的“{words[:30]}”看不懂：{why}", at,
                   found=words[:40], hint="核对这个时间；照这样写也会写进文档")  # fmt: skip
