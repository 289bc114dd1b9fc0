"""Items: the trees of tasks, measures and steps that plans are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Discriminator, Tag

from planwriter.model.element import Element, item
from planwriter.model.text import DeadlineField, Quantity, Text, Texts, as_list, choice


class HeadingForm(StrEnum):
    """How a heading stands: on a line of its own, or run in before its text (GB/T 9704 7.3.3)."""

    OWN_LINE = "独行"
    RUN_IN = "接排"


class Layout(StrEnum):
    """How entries are laid out: as a table or as paragraphs."""

    TABLE = "表格"
    ITEMS = "条目"
    LANDSCAPE = "横排表格"
    UPRIGHT = "竖排表格"

    @property
    def tabular(self) -> bool:
        """Whether entries stand in a table; a plain 表格 is turned by itself when it is too wide (clause 8)."""
        return self is not Layout.ITEMS


HeadingFormField = Annotated[HeadingForm, choice(HeadingForm)]
LayoutField = Annotated[Layout, choice(Layout, 段落=Layout.ITEMS.value)]


class Points(Element):
    """In-sentence points, written out as 一是…；二是…。"""

    points: Texts = item("分述", "写成“一是……；二是……。”的各点，每点一行。", "每月排查一次矛盾隐患", factory=list)


class Target(Element):
    """One measurable target: metric, value, unit, and how the value is meant."""

    shorthand: ClassVar[str | None] = "metric"
    metric: Text | None = item("指标", "衡量什么。", "走访困难妇女", required=True)
    value: Quantity | None = item("目标值", "要达到的数，只写数字。", "1200", clause="GB/T 15835", common=True)
    unit: Text | None = item("单位", "数字的计量单位。", "户", clause="GB/T 9704 9", common=True)
    comparison: Text | None = item("要求", "数字怎样理解，如不低于、不超过。", "不低于")


def _told_kind(value: Any) -> str:
    return "points" if not isinstance(value, str) and isinstance(value, Mapping | Points) else "text"


Paragraph = Annotated[Annotated[Text, Tag("text")] | Annotated[Points, Tag("points")], Discriminator(_told_kind)]
"""One paragraph: text, or points that are written out inside a sentence."""
Paragraphs = Annotated[list[Paragraph], BeforeValidator(as_list)]
Targets = Annotated[list[Target], BeforeValidator(as_list)]


class Item(Element):
    """One node of a tree: a heading with text below it, or plain numbered text.

    ``heading`` absent makes a numbered paragraph of ``text``. Depth counts from the section's heading:
    four levels in all, 一、（一）1.（1） (GB/T 9704 7.3.3).
    """

    shorthand: ClassVar[str | None] = "text"
    heading: Text | None = item("标题", "这一条的小标题。", "完善困难妇女台账", clause="GB/T 9704 7.3.3", common=True)
    heading_form: HeadingFormField | None = item(
        "标题形式", "小标题独行还是接排；一、二级默认独行，三、四级默认接排。", "接排", clause="GB/T 9704 7.3.3"
    )
    text: Paragraphs = item(
        "正文", "小标题下面的文字，可分几段。", "逐村核实信息，分类建档。", factory=list, common=True
    )
    points: Texts = item("分述", "写成“一是……；二是……。”的各点。", "每月排查一次", factory=list)
    items: Annotated[list[Item], BeforeValidator(as_list)] = item("条目", "下一层的各条。", "建档立卡", factory=list)
    lead_unit: Texts = item("牵头单位", "牵头负责的单位。", "权益部", factory=list, also=("牵头部门",), common=True)
    responsible_unit: Texts = item("责任单位", "负责落实的单位。", "办公室", factory=list, also=("责任部门",))
    supporting_units: Texts = item("配合单位", "配合的单位，可写几个。", "各镇妇联", factory=list, also=("配合部门",))
    owner: Texts = item("责任人", "具体负责的人。", "周岚", factory=list)
    deadline: DeadlineField | None = item("完成时限", "什么时候完成，照平常的说法写。", "3月底前", common=True)
    targets: Targets = item("目标", "这一条要达到的数量目标。", "建档率100%", factory=list)
    references: Texts = item("依据", "所依据的文件或规定。", "《工会法》", factory=list)
    measures: Texts = item("措施", "针对这个问题采取的措施。", "健全轮值制度。", factory=list, common=True)
    answers: Texts = item("对应", "这一条回应的问题或任务的小标题，要与原文一致。", "基层力量不足", factory=list)

    def walk(self) -> Iterator[Item]:
        """This item and every item below it, in reading order."""
        return iter(walked([self]))

    def depth(self) -> int:
        """Levels from this item down, itself included."""
        return 1 + max((below.depth() for below in self.items), default=0)


Items = Annotated[list[Item], BeforeValidator(as_list)]


def walked(items: list[Item]) -> list[Item]:
    """The items and every item below them, in reading order."""
    found: list[Item] = []
    _walk(items, found)
    return found


def _walk(items: list[Item], found: list[Item]) -> None:
    for one in items:
        found.append(one)
        if below := one.items:
            _walk(below, found)
