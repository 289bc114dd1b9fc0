"""The parts of a plan: eleven kinds of section in one ordered list."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BeforeValidator,
    Discriminator,
    PrivateAttr,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    model_serializer,
)
from pydantic import Tag as UnionTag

from planwriter.model.element import Element, item, keys_of
from planwriter.model.items import Item, Items, LayoutField, Paragraphs, Target, Targets, walked
from planwriter.model.schedule import ScheduleEntry
from planwriter.model.text import MonthWords, Quantity, Text, Texts, as_list

KINDS: dict[str, str] = {
    "guiding_ideology": "指导思想", "principles": "基本原则", "goals": "工作目标", "main_tasks": "主要任务",
    "monthly_schedule": "月度安排", "problems": "存在问题", "next_steps": "下一步", "review": "工作回顾",
    "background": "背景", "safeguards": "保障措施", "narrative": "其他",
}  # fmt: skip
"""Section kind → its Chinese name, which is also its default heading and its key at the top of a form."""

KIND_OF: dict[str, str] = {name: kind for kind, name in KINDS.items()} | {kind: kind for kind in KINDS}


def _kind(default: str) -> Any:
    return item(
        "类型", "这一部分是什么：指导思想、主要任务、月度安排等。", "主要任务", default=default, text_like=False
    )


def _accept_kind(value: Any) -> Any:
    return KIND_OF.get(value, value) if isinstance(value, str) else value


Kind = BeforeValidator(_accept_kind)


_APART = frozenset({"kind", "heading", "layout"})
"""Fields that say what a section is, not what it says."""


class Section(Element):
    """What all sections share: a level-1 heading, text, items (GB/T 9704 7.3.3)."""

    shorthand: ClassVar[str | None] = "text"
    list_field: ClassVar[str] = "items"
    """The field that a plain list stands for."""
    heading: Text | None = item("标题", "这一部分的标题；不写就用类型的名称。", "主要任务", clause="GB/T 9704 7.3.3")
    text: Paragraphs = item("正文", "标题下面的文字，可分几段。", "坚持问题导向。", factory=list, common=True)
    items: Items = item("条目", "这一部分的各条。", "完善台账", factory=list, common=True)
    _order: tuple[str, ...] = PrivateAttr(default=())

    @classmethod
    def opened(cls, value: Any) -> Mapping[str, Any]:
        """Text → text; a list → the list this kind is about; a mapping as it is."""
        return {cls.list_field: value} if isinstance(value, list | tuple) else super().opened(value)

    @property
    def title(self) -> str:
        """The heading, or the kind's name."""
        return self.heading or KINDS[self.kind]  # type: ignore[attr-defined]

    def filled_in_order(self, names: tuple[str, ...]) -> None:
        """Keep the order, so that the document says things in the order of the form."""
        order = tuple([name for name in names if name not in _APART])
        if self.__pydantic_private__ is None:
            self._order = order
        else:  # as pydantic itself keeps it, past the model's own guard
            self.__pydantic_private__["_order"] = order

    @property
    def order(self) -> tuple[str, ...]:
        """The section's fields: those filled in first, in the order they were, then the others."""
        known = self.__pydantic_private__  # where pydantic keeps it: asking for the attribute takes ten times as long
        return _ordered(type(self), known["_order"] if known else ())

    def walk(self) -> Iterator[Item]:
        """Every item of the section, in reading order."""
        return iter(walked(self.items))

    @model_serializer(mode="wrap")
    def _in_order(self, handler: SerializerFunctionWrapHandler, info: SerializationInfo) -> dict[str, Any]:
        fields = type(self).model_fields
        short = info.by_alias is False
        return self.arranged(handler(self), {name: name if short else fields[name].alias or name for name in fields})

    def arranged(self, plain: dict[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
        """What the section says under these keys of its fields: its kind first, the others in ``order``."""
        kind: str = self.kind  # type: ignore[attr-defined]
        told = {keys["kind"]: kind if keys["kind"] == "kind" else KINDS[kind]}
        return told | {keys[n]: plain[keys[n]] for n in self.order if n != "kind" and keys[n] in plain}


@lru_cache(maxsize=1024)
def _ordered(cls: type[Section], first: tuple[str, ...]) -> tuple[str, ...]:
    return (*first, *(name for name in cls.model_fields if name not in first))


class GuidingIdeology(Section):
    """指导思想."""

    kind: Annotated[Literal["guiding_ideology"], Kind] = _kind("guiding_ideology")


class Principles(Section):
    """基本原则."""

    kind: Annotated[Literal["principles"], Kind] = _kind("principles")


def _goal_items(value: list[Any]) -> str:
    """A list of targets, or of items: mappings with a metric are targets."""
    known = {key for key, name in keys_of(Target).items() if name in ("metric", "value", "comparison")}
    targets = all(isinstance(v, Target) or (isinstance(v, Mapping) and known & set(v)) for v in value)
    return "targets" if targets else "items"


class Goals(Section):
    """工作目标: targets as numbered sentences or as a table."""

    kind: Annotated[Literal["goals"], Kind] = _kind("goals")
    layout: LayoutField | None = item(
        "形式", "目标写成条目（默认）还是表格；很宽的表格可写“横排表格”，另用一面横排。", "表格"
    )
    targets: Targets = item("目标", "数量目标，每个写指标、目标值、单位。", "走访困难妇女", factory=list, common=True)

    @classmethod
    def opened(cls, value: Any) -> Mapping[str, Any]:
        """A list is one of targets where its elements have metrics, else of items."""
        return {_goal_items(list(value)): value} if isinstance(value, list | tuple) else super().opened(value)


class MainTasks(Section):
    """主要任务: a tree of items, or a task table."""

    kind: Annotated[Literal["main_tasks"], Kind] = _kind("main_tasks")
    layout: LayoutField | None = item(
        "形式", "任务写成条目（默认）还是任务分解表（表格、横排表格、竖排表格；只写“表格”时太宽就自动横排）。", "表格"
    )


def _schedule_items(value: list[Any]) -> str:
    known = set(keys_of(ScheduleEntry))
    entries = any(isinstance(v, ScheduleEntry) or (isinstance(v, Mapping) and known & set(v)) for v in value)
    return "entries" if entries else "items"


Entries = Annotated[list[ScheduleEntry], BeforeValidator(as_list)]


class MonthlySchedule(Section):
    """月度安排: entries as numbered paragraphs (default) or as a table; skipped months with the reason."""

    kind: Annotated[Literal["monthly_schedule"], Kind] = _kind("monthly_schedule")
    layout: LayoutField | None = item("形式", "安排写成条目（默认）还是列成表格（表格、横排表格、竖排表格）。", "表格")
    entries: Entries = item("安排", "各月、各季度或各阶段的安排。", "3月", factory=list, common=True)
    skipped: dict[MonthWords, Text] = item("跳过", "不作安排的月份和原因。", "1月: 寒假", factory=dict, text_like=False)

    @classmethod
    def opened(cls, value: Any) -> Mapping[str, Any]:
        """A list is one of entries where its elements say when or what, else of items."""
        if isinstance(value, list | tuple):
            return {_schedule_items(list(value)): value}
        return super().opened(value)

    @property
    def as_table(self) -> bool:
        """Whether the entries stand in a table."""
        return self.layout is not None and self.layout.tabular


class Problems(Section):
    """存在问题, each with the measures that answer it."""

    kind: Annotated[Literal["problems"], Kind] = _kind("problems")


class NextSteps(Section):
    """下一步."""

    kind: Annotated[Literal["next_steps"], Kind] = _kind("next_steps")


class Review(Section):
    """工作回顾."""

    kind: Annotated[Literal["review"], Kind] = _kind("review")


class Background(Section):
    """背景."""

    kind: Annotated[Literal["background"], Kind] = _kind("background")


class LeadingGroup(Element):
    """The group that leads the work."""

    shorthand: ClassVar[str | None] = "members"
    leader: Texts = item("组长", "组长。", "陈静", factory=list, common=True)
    deputies: Texts = item("副组长", "副组长，可写几人。", "周岚", factory=list, common=True)
    members: Texts = item("成员", "成员，可写几人。", "各部室负责人", factory=list, common=True)


class BudgetLine(Element):
    """One line of the budget."""

    shorthand: ClassVar[str | None] = "purpose"
    purpose: Text | None = item("项目", "钱用在哪里。", "技能培训", required=True)
    amount: Quantity | None = item("金额", "多少，只写数字。", "6.5", clause="GB/T 15835", common=True)
    unit: Text | None = item("单位", "金额的单位。", "万元", common=True)
    source: Text | None = item("来源", "钱从哪里来。", "专项经费", common=True)


Budget = Annotated[list[BudgetLine], BeforeValidator(as_list)]


class Safeguards(Section):
    """保障措施: leading group, budget, assessment, and further items."""

    kind: Annotated[Literal["safeguards"], Kind] = _kind("safeguards")
    layout: LayoutField | None = item("形式", "经费列成表格（默认，也可写横排表格）还是写成条目。", "条目")
    leading_group: LeadingGroup | None = item("领导小组", "组长、副组长、成员。", "组长: 陈静", common=True)
    budget: Budget = item("经费", "各项经费的项目、金额、单位、来源。", "技能培训", factory=list, common=True)
    assessment: Paragraphs = item("考核", "怎样检查和考核。", "每季度通报一次。", factory=list, common=True)


class Narrative(Section):
    """Anything else; its heading must be given."""

    kind: Annotated[Literal["narrative"], Kind] = _kind("narrative")
    heading: Text | None = item("标题", "这一部分的标题。", "工作要求", clause="GB/T 9704 7.3.3", required=True)


SECTION_TYPES: dict[str, type[Section]] = {
    "guiding_ideology": GuidingIdeology, "principles": Principles, "goals": Goals, "main_tasks": MainTasks,
    "monthly_schedule": MonthlySchedule, "problems": Problems, "next_steps": NextSteps, "review": Review,
    "background": Background, "safeguards": Safeguards, "narrative": Narrative,
}  # fmt: skip


def _told_kind(value: Any) -> str | None:
    if isinstance(value, Section):
        return value.kind  # type: ignore[attr-defined, no-any-return]
    if not isinstance(value, Mapping):
        return None
    said = value.get("类型", value.get("kind"))
    return KIND_OF.get(str(said).strip(), str(said)) if said is not None else None


AnySection = Annotated[
    Annotated[GuidingIdeology, UnionTag("guiding_ideology")]
    | Annotated[Principles, UnionTag("principles")]
    | Annotated[Goals, UnionTag("goals")]
    | Annotated[MainTasks, UnionTag("main_tasks")]
    | Annotated[MonthlySchedule, UnionTag("monthly_schedule")]
    | Annotated[Problems, UnionTag("problems")]
    | Annotated[NextSteps, UnionTag("next_steps")]
    | Annotated[Review, UnionTag("review")]
    | Annotated[Background, UnionTag("background")]
    | Annotated[Safeguards, UnionTag("safeguards")]
    | Annotated[Narrative, UnionTag("narrative")],
    Discriminator(_told_kind, custom_error_type="form-unknown-kind",
                  custom_error_message="这一部分没有写明类型，或类型不认识",
                  custom_error_context={"kinds": (*KINDS.values(), *KINDS),
                                        "hint": "加上“类型: 主要任务”这样的一行，可写" + "、".join(KINDS.values())}),
]  # fmt: skip
Sections = Annotated[list[AnySection], BeforeValidator(as_list)]
