"""The model seen by its Chinese names, counted and formatted: all that a template can name.

Templates compute nothing; counting (一、（一）1.（1）), dates, joining and breaking are done here, once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from planwriter.chinese.dates import format_date
from planwriter.chinese.joining import (
    as_own_line_heading,
    as_sentence,
    attachment_name,
    brackets,
    enumerate_names,
    join_classes,
)
from planwriter.chinese.titles import break_title
from planwriter.model.items import Item
from planwriter.model.official import Binding, Format, OfficialDocument
from planwriter.model.plan import Attachment, WorkPlan
from planwriter.model.sections import Goals, MonthlySchedule, Problems, Safeguards
from planwriter.model.unfilled import placeholder, placeholders_in
from planwriter.standard import Layout
from planwriter.standard import numbers as n
from planwriter.template import finished
from planwriter.template.blocks import (
    Block,
    Writer,
    activity_words,
    attachment_blocks,
    block,
    kept,
    target_words,
    with_skipped,
    written,
)
from planwriter.template.drawing.seals import Stamp
from planwriter.template.first_page import addressees_in_imprint, mark_height
from planwriter.template.marks import head_mark, head_signing, marking_rows
from planwriter.template.signing import sign_off
from planwriter.template.table_sheets import drawn_tables
from planwriter.width import cells

Context = dict[str, Any]


def context(
    document: WorkPlan | OfficialDocument, layout: Layout, stamps: Sequence[Stamp] = (), *, turnable: bool = False,
    facts: bool = True,
) -> Context:  # fmt: skip
    """Everything the built-in templates and templates of one's own may name; see docs/template.md.

    ``stamps`` are the pictures of the seals, in the order of the organs; ``turnable``: the template has
    landscape pages for wide tables (``CompiledTemplate.turnable``). Without ``facts`` the plain
    lists for templates of one's own are left out: no built-in template takes them.
    """
    if isinstance(document, OfficialDocument):
        made = _paper_context(document, layout, stamps)
    else:
        made = _plan_context(document, layout, signed=True)
    if facts:
        plan = document if isinstance(document, WorkPlan) else document.plan or WorkPlan()
        made |= _plain_facts(plan)
    return drawn_tables(made, layout, turnable=turnable)


def gaps(context: Mapping[str, Any]) -> list[str]:
    """The placeholders 【待填：…】 that the document will show, in order, each once."""
    shown = ("公文", "附件") if "公文" in context else ("标题", "题注", "正文", "附件说明", "落款", "附件")
    found: dict[str, None] = {}
    left = [context[key] for key in reversed(shown)]
    while left:
        value = left.pop()
        if isinstance(value, str):
            if "【待填" in value:
                found.update(dict.fromkeys(placeholders_in(value)))
        elif isinstance(value, dict):
            left += reversed(value.values())
        elif isinstance(value, list):
            left += reversed(value)
    return list(found)


def title_lines(title: str, names: Sequence[str]) -> str:
    """A title broken by sense, organ names kept whole (7.3.1)."""
    bare = as_own_line_heading(title)
    return "\n".join(break_title(bare, protected=[name for name in names if name], width=n.TITLE_LINE_CHARACTERS.value))


def day_words(day: date | str | None) -> str:
    """2026年12月20日, or the gap as it is (7.3.5.4)."""
    return format_date(day) if isinstance(day, date) else day or ""


def _names(plan: WorkPlan) -> list[str]:
    unit = plan.unit
    return [*(name for name in (unit.name, unit.short_name) if name), *plan.signature] if unit else list(plan.signature)


def plan_blocks(plan: WorkPlan) -> list[Block]:
    """Lead, sections and closing as finished blocks; a plan without any shows the gap."""
    writer = Writer()
    writer.body(written(plan.lead))
    writer.sections(plan.sections)
    writer.body(written(plan.closing))
    return writer.blocks or [block("正文", text=placeholder("正文"))]


def _plan_context(plan: WorkPlan, layout: Layout, *, signed: bool) -> Context:
    title = plan.composed_title
    attachments = _attachments(plan.attachments, _names(plan))
    holding = signed and bool(plan.signature or plan.issue_date)
    holding = holding and not finished.is_long_note([_title(a) for a in plan.attachments], layout)
    return {
        "文件标题": title.replace("\n", ""),
        "标题": title_lines(title, _names(plan)),
        "题注": plan.subtitle or "",
        "正文": _kept_together(plan_blocks(plan), holding),
        "附件说明": _note(plan.attachments, layout, keep=signed),
        "落款": _plan_signature(plan, layout) if signed else "",
        "附件": attachments,
    }


def _plan_signature(plan: WorkPlan, layout: Layout) -> str:
    names, day = list(plan.signature), day_words(plan.issue_date)
    if not names and not day:
        return ""
    unit = plan.unit.name if plan.unit else None
    names = names or [unit or placeholder("署名")]
    return finished.signature(names, day or placeholder("成文日期"), "no_seal", layout)


def _kept_together(blocks: list[Block], signed: bool, first: int = 0) -> list[Block]:
    """The last paragraph goes with the sign-off, which never stands alone on a page (7.3.5.5).

    A long one does not, for some programs would move it whole; nor does one of the ``first`` paragraphs,
    which have to stand on the first page (7.3.3).
    """
    rows = cells("".join(blocks[-1][key] for key in ("序", "引题", "文"))) / n.CHARACTERS.value
    return [*blocks[:-1], kept(blocks[-1])] if signed and len(blocks) > first and rows < n.KEPT_ROWS.value else blocks


def _note(attachments: Sequence[Attachment], layout: Layout, *, keep: bool) -> str:
    return finished.attachment_note([_title(a) for a in attachments], layout, keep=keep)


def _title(attachment: Attachment) -> str:
    return attachment_name(attachment.title or "") or placeholder("附件标题")


def _attachments(
    attachments: Sequence[Attachment], names: Sequence[str], first: int = 1, number_before: str = ""
) -> list[Context]:
    alone = len(attachments) == 1 and first == 1
    return [
        {
            "标签": number_before + ("附件" if alone else f"附件{number}"),
            "标题": title_lines(_title(attachment), names),
            "题注": "",
            "正文": attachment_blocks(attachment),
        }
        for number, attachment in enumerate(attachments, first)
    ]


def _paper_context(paper: OfficialDocument, layout: Layout, stamps: Sequence[Stamp]) -> Context:
    plan = paper.plan
    base = _plan_context(plan, layout, signed=False) if plan else _plan_context(WorkPlan(), layout, signed=False)
    names = [paper.organ, *(_names(plan) if plan else ())]
    base["文件标题"] = (paper.composed_title or paper.mark).replace("\n", "")
    if plan is None:
        base |= {"标题": "", "正文": []}
    base["公文"] = _paper_record(paper, layout, names, stamps)
    base["附件"] = _issued(paper, base["正文"], layout)
    return base


def _issued(paper: OfficialDocument, text: list[Block], layout: Layout) -> list[Context]:
    """The plan and its attachments behind the paper: issued text without label, or attachments proper."""
    plan = paper.plan
    if plan is None:
        return []
    names = [paper.organ, *_names(plan)]
    if plan.says_nothing:
        return _attachments(plan.attachments, names)
    title = title_lines(plan.composed_title, names)
    one: Context = {"标签": "", "标题": title, "题注": plan.subtitle or "", "正文": text}
    if paper.issues_plan:
        note = _note(plan.attachments, layout, keep=False)
        one["正文"] = [*text, block("成品", xml=note)] if note else text
        return [one, *_attachments(plan.attachments, names, number_before=_number_before(paper))]
    before = _number_before(paper)
    one["标签"] = before + ("附件1" if plan.attachments else "附件")
    return [one, *_attachments(plan.attachments, names, first=2, number_before=before)]


def _number_before(paper: OfficialDocument) -> str:
    """Attachments that are not bound with the paper carry its number before their label (7.3.7)."""
    apart = paper.attachment_binding is Binding.APART
    return (paper.document_number or placeholder("发文字号")) if apart else ""


def _paper_record(paper: OfficialDocument, layout: Layout, names: Sequence[str], stamps: Sequence[Stamp]) -> Context:
    above = marking_rows(paper)
    title = title_lines(paper.composed_title, names)
    addressed = join_classes(bare_names(paper.addressees))
    noted = _noted(paper)
    moved = addressees_in_imprint(paper, title, addressed, above, layout)
    text = _paper_blocks(paper)
    # A text of one paragraph has to stand on the first page (7.3.3): then nothing more is held to its sign-off.
    with_remark = bool(paper.remark) and len(text) > 1
    return {
        "份号": paper.copy_number or "",
        "密级": paper.security_classification or "",
        "紧急程度": paper.urgency.value if paper.urgency else "",
        "标志": head_mark(paper, above, layout, mark_height(paper, title, layout)),
        "发文字号": paper.document_number or ("" if paper.format is Format.MINUTES else placeholder("发文字号")),
        "签发人": list(paper.signatories) if paper.upward else [],
        "签发行": head_signing(paper, layout),
        "标题": title,
        "主送机关": "" if moved else _addressees(paper, addressed),
        "正文": _kept_together(text, not finished.is_long_note(noted, layout), first=1),
        "附件说明": finished.attachment_note(noted, layout, keep=True),
        "出席": enumerate_names(paper.attended),
        "请假": enumerate_names(paper.absent),
        "列席": enumerate_names(paper.observers),
        "落款": sign_off(paper, day_words(paper.signed_on), layout, stamps, with_remark=with_remark),
        "附注": brackets(paper.remark) if paper.remark else "",
        "版记": _imprint(paper, addressed if moved else "", layout),
    }


def _imprint(paper: OfficialDocument, addressees: str, layout: Layout) -> str:
    """The imprint; a letter's is without printing office, date and rules (10.1)."""
    copy_to = join_classes(bare_names(paper.copy_to))
    if paper.format is Format.LETTER:
        return finished.imprint(copy_to, addressees, "", "", layout, ruled=False)
    return finished.imprint(copy_to, addressees, paper.printing_office or "", day_words(paper.printing_date), layout)


def bare_names(names: Sequence[str]) -> list[str]:
    """Names without the colon or stop that the list brings itself."""
    return [name.rstrip("：:。；，、 ") for name in names]


def _addressees(paper: OfficialDocument, named: str) -> str:
    if not named and paper.format in (Format.ORDER, Format.MINUTES):
        return ""
    return f"{named or placeholder('主送机关')}："


def _paper_blocks(paper: OfficialDocument) -> list[Block]:
    writer = Writer()
    writer.body(written(paper.text))
    writer.sections(paper.sections)
    return writer.blocks or [block("正文", text=placeholder("正文"))]


def _noted(paper: OfficialDocument) -> list[str]:
    """The names of the attachment note (7.3.4)."""
    plan = paper.plan
    if plan is None or (paper.issues_plan and not plan.says_nothing):
        return []
    own = [] if plan.says_nothing else [plan.composed_title]
    titles = [*own, *(_title(a) for a in plan.attachments)]
    return [t.replace("\n", "") for t in titles]


def _plain_facts(plan: WorkPlan) -> Context:
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
