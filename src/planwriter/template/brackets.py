"""What stands in brackets behind a text: the units, the owner, by when, and the targets of an item or an activity."""

from __future__ import annotations

from operator import itemgetter

from planwriter.chinese.joining import enumerate_names
from planwriter.model.items import Item, Target
from planwriter.model.schedule import Activity


def target_words(target: Target) -> str:
    """走访困难妇女1200户 · 调处率不低于98.5%."""
    metric, comparison, value, unit = _TARGET(target.__dict__)
    return f"{metric or ''}{comparison or ''}{value or ''}{unit or ''}"


_TARGET = itemgetter("metric", "comparison", "value", "unit")


def details(one: Item, *, targets: bool = True) -> str:
    """（牵头单位：权益部；完成时限：3月底前）, or nothing."""
    lead, responsible, supporting, owner, deadline, aims, references, answers = _DETAILS(one.__dict__)
    told = _told("；牵头单位：", lead) if lead else ""
    if responsible:
        told += _told("；责任单位：", responsible)
    if supporting:
        told += _told("；配合单位：", supporting)
    if owner:
        told += _told("；责任人：", owner)
    if deadline and deadline.words:
        told += "；完成时限：" + deadline.words
    if targets and aims:
        told += _told("；目标：", [target_words(t) for t in aims])
    if references:
        told += _told("；依据：", references)
    if answers:
        told += _told("；对应：", answers)
    return "（" + told[1:] + "）" if told else ""


_DETAILS = itemgetter(
    "lead_unit", "responsible_unit", "supporting_units", "owner", "deadline", "targets", "references", "answers"
)
"""What brackets tell of an item, taken from it in one go: every field by itself takes twice as long."""


def _told(label: str, names: list[str]) -> str:
    words = names[0].strip() if len(names) == 1 else enumerate_names(names)
    return label + words if words else ""


def activity_words(activity: Activity) -> str:
    """An activity with its owner, date and status in brackets."""
    told = ""
    if names := activity.responsible_unit:
        told = _told("；责任单位：", names)
    if names := activity.owner:
        told += _told("；责任人：", names)
    if names := activity.participants:
        told += _told("；参加对象：", names)
    if (day := activity.date) and day.words:
        told += "；日期：" + day.words
    if (deadline := activity.deadline) and deadline.words:
        told += "；完成时限：" + deadline.words
    if activity.status:
        told += "；状态：" + activity.status
    text = activity.activity or ""
    return f"{text.rstrip('。；')}（{told[1:]}）" if told else text
