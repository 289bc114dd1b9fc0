"""A plan as plain lists, for templates of one's own that set their text by themselves."""

from __future__ import annotations

from typing import Any

from planwriter.chinese.joining import as_sentence, enumerate_names
from planwriter.model.items import Item
from planwriter.model.plan import WorkPlan
from planwriter.model.sections import Goals, MonthlySchedule, Problems, Safeguards
from planwriter.model.unfilled import placeholder
from planwriter.template.blocks import with_skipped, written
from planwriter.template.brackets import activity_words, target_words
from planwriter.template.plan_context import Context, day_words


def plain_facts(plan: WorkPlan) -> Context:
    """Plain lists for templates of one's own: tasks, schedule, targets, budget, problems."""
    unit = plan.unit
    return {
        "单位": (unit.name if unit else None) or placeholder("单位"),
        "单位简称": (unit.short_name if unit else None) or "",
        "期间": plan.period.words if plan.period else placeholder("期间"),
        "文种": plan.kind,
        "署名": enumerate_names(plan.signature),
        "成文日期": day_words(plan.issue_date),
        "引言": written(plan.lead),
        "任务": [_task(n, one) for n, one in enumerate(_tasks(plan), 1)],
        "安排": [row for s in plan.sections if isinstance(s, MonthlySchedule) for row in _schedule(s)],
        "目标": [_target(t) for s in plan.sections if isinstance(s, Goals) for t in s.targets],
        "经费": [
            {"项目": b.purpose or "", "金额": b.amount or "", "单位": b.unit or "", "来源": b.source or ""}
            for s in plan.sections if isinstance(s, Safeguards) for b in s.budget
        ],
        "问题": [
            {"标题": i.heading or "", "内容": "".join(written(i.text)), "措施": enumerate_names(i.measures)}
            for s in plan.sections if isinstance(s, Problems) for i in s.items
        ],
    }  # fmt: skip


def _tasks(plan: WorkPlan) -> list[Item]:
    """The leaves of the main tasks."""
    return [one for section, one in plan.walk() if section.kind == "main_tasks" and not one.items]  # type: ignore[attr-defined]


def _task(number: int, one: Item) -> Context:
    return {
        "序号": str(number),
        "标题": one.heading or "",
        "内容": "".join(written(one.text)),
        "牵头单位": enumerate_names(one.lead_unit),
        "责任单位": enumerate_names(one.responsible_unit),
        "配合单位": enumerate_names(one.supporting_units),
        "责任人": enumerate_names(one.owner),
        "完成时限": one.deadline.words if one.deadline else "",
        "目标": enumerate_names([target_words(t) for t in one.targets]),
    }


def _schedule(section: MonthlySchedule) -> list[Context]:
    return [
        {
            "时间": entry.when.words if entry.when else "",
            "主题": entry.theme or "",
            "内容": as_sentence("；".join(activity_words(a) for a in entry.activities)) if entry.activities else "",
            "活动": [
                {
                    "活动": a.activity or "",
                    "责任单位": enumerate_names(a.responsible_unit),
                    "责任人": enumerate_names(a.owner),
                    "参加对象": enumerate_names(a.participants),
                    "日期": a.date.words if a.date else "",
                    "完成时限": a.deadline.words if a.deadline else "",
                    "状态": a.status or "",
                }
                for a in entry.activities
            ],
        }
        for entry in with_skipped(section.entries, section.skipped)
    ]


def _target(target: Any) -> Context:
    return {
        "指标": target.metric or "",
        "要求": target.comparison or "",
        "目标值": target.value or "",
        "单位": target.unit or "",
        "全句": target_words(target),
    }
