"""A proposed schedule in the form language, as 月度安排 takes it."""

from __future__ import annotations

from typing import Any

from planwriter.calendar.proposal import Proposal, Suggestion
from planwriter.model.element import label_of
from planwriter.model.schedule import Activity, ScheduleEntry
from planwriter.model.sections import MonthlySchedule


def schedule_of(proposal: Proposal) -> dict[str, Any]:
    """安排 month by month and 跳过; a month nothing is known of keeps a gap to fill in."""
    entries = [
        {
            label_of(ScheduleEntry, "when"): f"{month}月",
            label_of(ScheduleEntry, "activities"): [_activity(one) for one in listed] or [_gap()],
        }
        for month, listed in proposal.months
    ]
    made: dict[str, Any] = {label_of(MonthlySchedule, "entries"): entries}
    if proposal.skipped:
        skipped = {f"{month}月": why for month, why in proposal.skipped.items()}
        made[label_of(MonthlySchedule, "skipped")] = skipped
    return made


def _activity(one: Suggestion) -> dict[str, str]:
    made = {label_of(Activity, "activity"): one.activity}
    return {**made, label_of(Activity, "date"): one.days} if one.days else made


def _gap() -> dict[str, str]:
    return {label_of(Activity, "activity"): "待填"}
