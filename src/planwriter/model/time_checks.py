"""Deadlines and times that can mean none, whatever the period: kept as typed, and doubted."""

from __future__ import annotations

from planwriter.chinese.doubtful_times import why_doubtful
from planwriter.model.element import Element, label_of
from planwriter.model.format_checks import Telling
from planwriter.model.items import Item
from planwriter.model.plan import WorkPlan
from planwriter.model.sections import MonthlySchedule, Section

_FREE = frozenset({"words", "recurring", "week", "phase"})
"""Kinds of times of which no date was made."""


def doubt_period(plan: WorkPlan, told: Telling) -> None:
    """The period as typed."""
    if plan.period is not None and plan.period.start is None:
        _doubt(plan.period.words, (plan, "period"), told)


def doubt_times(section: Section, items: list[Item], told: Telling) -> None:
    """Every deadline, date and month of a section that was not understood: what was has passed its own checks.

    ``items`` are all those of the section.
    """
    for one in items:
        if (deadline := one.deadline) is not None and deadline.kind in _FREE:
            _doubt(deadline.words, (one, "deadline"), told)
    if isinstance(section, MonthlySchedule):
        for month in section.skipped:
            _doubt(month, (section, "skipped"), told)
        for entry in section.entries:
            if (when := entry.when) is not None and when.kind in _FREE:
                _doubt(when.words, (entry, "when"), told)
            for activity in entry.activities:
                if (day := activity.date) is not None and day.kind in _FREE:
                    _doubt(day.words, (activity, "date"), told)
                if (deadline := activity.deadline) is not None and deadline.kind in _FREE:
                    _doubt(deadline.words, (activity, "deadline"), told)


def _doubt(words: str, at: tuple[Element, str], told: Telling) -> None:
    why = why_doubtful(words)
    if why is not None:
        told.doubt("form-doubtful-time", f"“{label_of(type(at[0]), at[1])}”写的“{words[:30]}”看不懂：{why}", at,
                   found=words[:40], hint="核对这个时间；照这样写也会写进文档")  # fmt: skip
