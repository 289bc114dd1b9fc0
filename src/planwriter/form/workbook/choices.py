"""What may be chosen from a list, and what a cell refuses or doubts, field by field."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, get_args

from planwriter.chinese.title_words import KINDS as PLAN_KINDS
from planwriter.form.workbook.columns import Shape, Slot
from planwriter.model.items import Target
from planwriter.model.official import Classification, CopyNumber, OfficialDocument, Seal
from planwriter.model.plan import WorkPlan
from planwriter.model.schedule import Activity, ScheduleEntry
from planwriter.model.sections import BudgetLine
from planwriter.model.text import Day

UNIT_FIELDS = frozenset({"lead_unit", "responsible_unit", "supporting_units"})
"""Fields that mostly name one of the unit's own departments."""
SOURCE = "departments"
"""The field whose values the lists of units offer."""

_SUGGESTED: dict[tuple[type, str], tuple[str, ...]] = {
    (WorkPlan, "kind"): PLAN_KINDS[:8],
    (ScheduleEntry, "when"): (*(f"{n}月" for n in range(1, 13)), *(f"第{n}季度" for n in "一二三四")),
    (Activity, "status"): ("未开始", "进行中", "已完成", "已推迟", "已取消"),
    (Target, "comparison"): ("不低于", "不超过", "达到", "不少于"),
    (Target, "unit"): ("%", "人", "人次", "户", "场", "次", "个", "万元"),
    (BudgetLine, "unit"): ("元", "万元"),
    (OfficialDocument, "security_classification"): ("秘密★1年", "机密★5年", "绝密★10年"),
    (OfficialDocument, "seal"): tuple(seal.value for seal in Seal),
}
"""Values that are offered, beside which others may be typed."""

_LONGEST_LABEL = 200


def allowed(slot: Slot) -> tuple[str, ...]:
    """The values that alone may stand in the field; none for most fields."""
    found = _enumeration(slot.field.annotation)
    return tuple(one.value for one in found) if found is not None else ()


def suggested(slot: Slot) -> tuple[str, ...]:
    """The values that are offered for the field; others may be typed."""
    return _SUGGESTED.get((slot.owner, slot.path[-1]), ())


def _enumeration(annotation: Any) -> type[StrEnum] | None:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return annotation
    return next((e for inner in get_args(annotation) if (e := _enumeration(inner)) is not None), None)


def is_day(slot: Slot) -> bool:
    """Whether the field is a calendar date."""
    return _holds(slot.field.annotation, Day)


def _holds(annotation: Any, wanted: Any) -> bool:
    return annotation == wanted or any(_holds(inner, wanted) for inner in get_args(annotation))


def rule(slot: Slot, cell: str) -> dict[str, Any] | None:
    """What a spreadsheet checks of the field beside the lists; ``cell`` is the first cell of the range."""
    if is_day(slot):
        right = (
            f'OR(LEFT({cell},3)="【待填",{cell}="待填",AND(ISNUMBER(--LEFT({cell},4)),LEN({cell})>=8,LEN({cell})<=11))'
        )
        return _checked(right, "warning", "日期写全年月日，如 2026年12月20日。")
    if _holds(slot.field.annotation, CopyNumber):
        return _checked(f"AND(LEN({cell})=6,ISNUMBER(--{cell}))", "warning", "份号是六位数字，如 000001。")
    if slot.shape is Shape.TEXT and slot.required and not _holds(slot.field.annotation, Classification):
        told = f"这一项一般不超过{_LONGEST_LABEL}个字，请核对是不是填错了格子。"
        return {"validate": "length", "criteria": "<=", "value": _LONGEST_LABEL, "error_type": "warning",
                "error_title": "太长了", "error_message": told}  # fmt: skip
    return None


def _checked(formula: str, kind: str, told: str) -> dict[str, Any]:
    return {"validate": "custom", "value": f"={formula}", "error_type": kind, "error_title": "请核对",
            "error_message": told}  # fmt: skip
