"""An official document as the text that templates name: head, text, sign-off and imprint around its plan."""

from __future__ import annotations

from collections.abc import Sequence

from planwriter.chinese.joining import brackets, enumerate_names, join_classes
from planwriter.model.official import Binding, Format, OfficialDocument
from planwriter.model.plan import WorkPlan
from planwriter.model.unfilled import placeholder
from planwriter.standard import Layout
from planwriter.template import finished
from planwriter.template.blocks import Block, Writer, block, written
from planwriter.template.drawing.seals import Stamp
from planwriter.template.first_page import addressees_in_imprint, mark_height
from planwriter.template.marks import head_mark, head_signing, marking_rows
from planwriter.template.plan_context import (
    Context,
    attachments_of,
    day_words,
    kept_together,
    names_of,
    note_of,
    plan_context,
    title_lines,
    title_of,
)
from planwriter.template.signing import sign_off


def paper_context(paper: OfficialDocument, layout: Layout, stamps: Sequence[Stamp]) -> Context:
    """What templates name of a paper, and of the plan it issues or attaches."""
    plan = paper.plan
    base = plan_context(plan, layout, signed=False) if plan else plan_context(WorkPlan(), layout, signed=False)
    names = [paper.organ, *(names_of(plan) if plan else ())]
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
    names = [paper.organ, *names_of(plan)]
    if plan.says_nothing:
        return attachments_of(plan.attachments, names)
    title = title_lines(plan.composed_title, names)
    one: Context = {"标签": "", "标题": title, "题注": plan.subtitle or "", "正文": text}
    if paper.issues_plan:
        note = note_of(plan.attachments, layout, keep=False)
        one["正文"] = [*text, block("成品", xml=note)] if note else text
        return [one, *attachments_of(plan.attachments, names, number_before=_number_before(paper))]
    before = _number_before(paper)
    one["标签"] = before + ("附件1" if plan.attachments else "附件")
    return [one, *attachments_of(plan.attachments, names, first=2, number_before=before)]


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
        "正文": kept_together(text, not finished.is_long_note(noted, layout), first=1),
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
    titles = [*own, *(title_of(a) for a in plan.attachments)]
    return [t.replace("\n", "") for t in titles]
