"""WorkPlan: the plan itself, with its title composed, its sections in order, its sign-off."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator
from pydantic_core import InitErrorDetails

from planwriter.model.element import Element, item, key_problem, keys_of
from planwriter.model.items import Item, Items, LayoutField, Paragraphs
from planwriter.model.sections import KIND_OF, KINDS, SECTION_TYPES, Section, Sections
from planwriter.model.text import Cells, Day, PeriodField, Text, Texts, as_list
from planwriter.model.unfilled import is_blank, placeholder
from planwriter.placed import PlacedDict, key_place, place_of

DEFAULT_KIND = "工作计划"
HEAD_KEYS = ("公文", "official_document")
"""The key under which a form holds the paper around its plan."""


class Unit(Element):
    """The unit whose plan this is."""

    shorthand: ClassVar[str | None] = "name"
    name: Text | None = item("全称", "单位的规范全称。", "青江县妇女联合会", required=True)
    short_name: Text | None = item("简称", "单位的规范简称。", "县妇联", common=True)
    departments: Texts = item("内设机构", "内设机构，用来核对牵头单位。", "办公室", factory=list, common=True)
    superiors: Texts = item("上级单位", "上级单位。", "市妇女联合会", factory=list)
    document_code: Text | None = item("机关代字", "发文字号里的机关代字。", "青妇", clause="GB/T 9704 7.2.5")


class AttachmentTable(Element):
    """A table of an attachment: head and rows of text."""

    head: Cells = item("表头", "各栏的名称。", "项目", factory=list)
    rows: list[Cells] = item("行", "各行，每行是一个列表。", "走访慰问", factory=list, text_like=False)

    @classmethod
    def opened(cls, value: Any) -> Mapping[str, Any]:
        """A list of rows: the first is the head; a list of mappings: their keys are the head."""
        if not isinstance(value, list | tuple):
            return super().opened(value)
        if value and all(isinstance(row, Mapping) for row in value):
            head = list(dict.fromkeys(key for row in value for key in row))
            return {"head": head, "rows": [[_cell(row.get(key)) for key in head] for row in value]}
        return {"head": value[0], "rows": list(value[1:])} if value else {}


def _cell(value: Any) -> Any:
    return "—" if is_blank(value) else value


class Attachment(Element):
    """An attachment of the plan: a title, then text, items or a table (GB/T 9704 7.3.7)."""

    shorthand: ClassVar[str | None] = "title"
    title: Text | None = item(
        "标题", "附件的标题，与附件说明一致。", "任务分解表", clause="GB/T 9704 7.3.7", required=True
    )
    text: Paragraphs = item("正文", "附件的文字。", "现将有关要求明确如下。", factory=list)
    items: Items = item("条目", "附件的各条。", "报名条件", factory=list, text_like=False)
    layout: LayoutField | None = item(
        "形式", "表格横排还是竖排；不写就看宽窄自动定。", "横排表格", clause="GB/T 9704 8"
    )
    table: AttachmentTable | None = item(
        "表", "附件的表格：第一行是表头。", "[[项目, 金额], [培训, 6.5]]", also=("表格",), text_like=False
    )


Attachments = Annotated[list[Attachment], BeforeValidator(as_list)]
_SECTION_WORDS = frozenset(KIND_OF)


class WorkPlan(Element):
    """A work plan, points, scheme or summary: one unit, one period, an ordered list of sections.

    工作计划 is no statutory kind of document: it stands alone without a red head, or goes out inside an
    OfficialDocument (Regulations on Official Documents, art. 8).
    """

    opens_whole: ClassVar[bool] = True
    unit: Unit | None = item("单位", "哪个单位的计划。", "青江县妇女联合会", required=True)
    period: PeriodField | None = item("期间", "哪段时间：年、半年、季度、月份、学期或起止。", "2027年", required=True)
    kind: Text = item("文种", "工作计划、要点、方案、安排、总结等。", DEFAULT_KIND, default=DEFAULT_KIND, common=True)
    title: Text | None = item(
        "标题", "全文标题；不写就由单位、期间、文种组成。", "2027年工作要点", clause="GB/T 9704 7.3.1"
    )
    subtitle: Text | None = item("题注", "标题下的日期或会议。", "（2026年12月20日）")
    lead: Paragraphs = item(
        "引言", "开头的话，说明依据和目的。", "为做好2027年工作，制定本计划。", factory=list, common=True
    )
    sections: Sections = item(
        "章节", "各部分，按顺序。", "类型: 主要任务", factory=list, required=True, text_like=False
    )
    closing: Paragraphs = item("结语", "结尾的话。", "以上计划，请认真落实。", factory=list)
    signature: Texts = item(
        "署名", "落款的单位。", "青江县妇女联合会", factory=list, clause="GB/T 9704 7.3.5", common=True
    )
    issue_date: Day | None = item("成文日期", "落款的日期。", "2026年12月20日", clause="GB/T 9704 7.3.5.4", common=True)
    attachments: Attachments = item("附件", "计划的附件。", "任务分解表", factory=list, clause="GB/T 9704 7.3.7")

    @classmethod
    def opened(cls, value: Any) -> Mapping[str, Any]:
        """Section names at the top become the section list, in the order of the keys."""
        record = super().opened(value)
        return record if _SECTION_WORDS.isdisjoint(record) else _gather_sections(record)

    @classmethod
    def key_problems(cls, record: Mapping[str, Any]) -> list[InitErrorDetails]:
        """Section names at the top beside the list of sections; a section whose kind is not its key's."""
        if _SECTION_WORDS.isdisjoint(record):
            return []
        return [*cls._both_ways(record), *(_other_kind(record, key) for key in record if _says_other_kind(record, key))]

    @classmethod
    def _both_ways(cls, record: Mapping[str, Any]) -> list[InitErrorDetails]:
        listed = _listed_key(record)
        named = [key for key in record if key in _SECTION_WORDS] if listed else []
        message = "“{key}”和“{listed}”不能同时写"
        return [
            key_problem("form-sections-twice", message, key, record[key], key=key, listed=listed, found=key,
                        hint=f"把“{key}”移到“{listed}”里面，或者不用“{listed}”")
            for key in named
        ]  # fmt: skip

    @classmethod
    def further_keys(cls) -> tuple[str, ...]:
        """The names of the sections, and the paper around the plan."""
        return (*KIND_OF, *HEAD_KEYS)

    @property
    def says_nothing(self) -> bool:
        """Whether there is no plan but at most its frame: attachments and sign-off of a paper around it."""
        return not (self.sections or self.lead or self.closing or self.title or self.period)

    @property
    def composed_title(self) -> str:
        """The title given, else unit + period + kind with visible gaps."""
        if self.title:
            return self.title
        unit = self.unit.name if self.unit and self.unit.name else placeholder("单位")
        return f"{unit}{self.period.title_words if self.period else placeholder('期间')}{self.kind}"

    def walk(self) -> Iterator[tuple[Section, Item]]:
        """Every item of every section, in reading order."""
        for section in self.sections:
            for one in section.walk():
                yield section, one


def _says_other_kind(record: Mapping[str, Any], key: str) -> bool:
    value = record[key]
    said = (value.get("类型") or value.get("kind")) if key in _SECTION_WORDS and isinstance(value, Mapping) else None
    return said is not None and KIND_OF.get(str(said)) != KIND_OF[key]


def _other_kind(record: Mapping[str, Any], key: str) -> InitErrorDetails:
    message = "“{key}”下面又写了别的“类型”"
    return key_problem("form-unknown-kind", message, key, record[key], key=key, hint="删去“类型”这一行")


def _listed_key(record: Mapping[str, Any]) -> str | None:
    return next((k for k in record if keys_of(WorkPlan).get(k) == "sections"), None)


def _gather_sections(record: Mapping[str, Any]) -> Mapping[str, Any]:
    listed = _listed_key(record)
    top: dict[str, Any] = {}
    sections: list[Any] = []
    for key, value in record.items():
        if key not in _SECTION_WORDS:
            top[key] = value
        elif listed is not None:
            continue
        elif not is_blank(value):
            sections.append(_section_from_key(record, key, value))
    gathered = PlacedDict(top if listed else top | {"sections": sections}, place_of(record))
    gathered.key_places = dict(getattr(record, "key_places", {}))
    return gathered


def _section_from_key(record: Mapping[str, Any], key: str, value: Any) -> Any:
    kind = KIND_OF[key]
    opened = SECTION_TYPES[kind].opened(value) if not isinstance(value, Section) else value
    if isinstance(opened, Section):
        return opened
    said = {k: opened[k] for k in ("类型", "kind") if isinstance(opened.get(k), str)}
    typed = {k for k, word in said.items() if KIND_OF.get(word) == kind}
    parts = {k: v for k, v in opened.items() if k not in typed}
    made = PlacedDict(parts if {"类型", "kind"} & set(parts) else {"kind": kind} | parts, key_place(record, key))
    made.key_places = dict(getattr(opened, "key_places", {}))
    return made


__all__ = ["KINDS", "Attachment", "AttachmentTable", "Unit", "WorkPlan"]
