"""What the pages need to know of the model's classes: their fields, what these hold, what a shorthand means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_args, get_origin

from planwriter.model.element import Element
from planwriter.model.items import Item, Points, Target
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import Attachment, AttachmentTable, Unit, WorkPlan
from planwriter.model.schedule import Activity, ScheduleEntry
from planwriter.model.sections import KINDS, SECTION_TYPES, BudgetLine, LeadingGroup, Section
from planwriter.model.unit_file import UnitFile

TITLES: dict[type[Element], str] = {
    WorkPlan: "整份表单（工作计划）",
    Unit: "单位",
    Section: "每个部分",
    **{cls: KINDS[kind] for kind, cls in SECTION_TYPES.items()},
    Item: "条目（任务、问题、措施……）",
    Target: "目标",
    Points: "分述",
    ScheduleEntry: "安排",
    Activity: "活动",
    LeadingGroup: "领导小组",
    BudgetLine: "经费",
    Attachment: "附件",
    AttachmentTable: "附件的表",
    OfficialDocument: "公文",
    UnitFile: "单位文件",
}
"""Every class of the model with its heading on a page, in the order of the page."""


@dataclass(frozen=True)
class Key:
    """One field: the key people write, the English name, and what the model says about it."""

    label: str
    name: str
    description: str
    example: str
    clause: str
    required: bool
    also: tuple[str, ...]
    choices: tuple[str, ...]
    holds: type[Element] | None


def all_classes() -> set[type[Element]]:
    """Every class of the model; what other rooms make of them is theirs."""
    found: set[type[Element]] = set()
    left = [Element]
    while left:
        below = left.pop().__subclasses__()
        found |= set(below)
        left += below
    return {cls for cls in found if cls.__module__.startswith(f"{Element.__module__.rpartition('.')[0]}.")}


def keys(cls: type[Element]) -> list[Key]:
    """The fields of a class in order."""
    return [_key(name, field) for name, field in cls.model_fields.items()]


def own_keys(cls: type[Section]) -> list[Key]:
    """The fields a kind of section has besides those of every section."""
    return [key for key in keys(cls) if key.name not in (*Section.model_fields, "kind")]


def _key(name: str, field: Any) -> Key:
    extra = field.json_schema_extra
    inside = list(_inside(field.annotation))
    kinds = [one for one in inside if issubclass(one, StrEnum)]
    held = [one for one in inside if issubclass(one, Element) and one is not Points]
    return Key(
        field.alias, name, field.description, str(field.examples[0]), str(extra.get("x-条款", "")),
        bool(extra["x-必填"]), tuple(extra["x-别名"]), tuple(member.value for kind in kinds for member in kind),
        Section if len(held) > 1 else next(iter(held), None),
    )  # fmt: skip


def _inside(annotation: Any) -> Iterator[type]:
    """The classes an annotation is made of."""
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for inner in get_args(annotation):
        yield from _inside(inner)


def text_means(cls: type[Element]) -> str | None:
    """The key that a plain text stands for, if the class takes one."""
    return cls.model_fields[cls.shorthand].alias if cls.shorthand else None


def takes_list(cls: type[Element]) -> bool:
    """Whether the key that a plain text stands for holds a list."""
    return cls.shorthand is not None and get_origin(cls.model_fields[cls.shorthand].annotation) is list


def list_means(cls: type[Section]) -> list[str]:
    """The keys that a plain list may stand for."""
    samples: list[list[Any]] = [["文字"], [{"指标": "文字"}], [{"时间": "3月"}]]
    return list(dict.fromkeys(cls.model_fields[next(iter(cls.opened(sample)))].alias or "" for sample in samples))
