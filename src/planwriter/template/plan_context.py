"""A plan as the text that templates name: title, blocks, sign-off, attachments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from planwriter.chinese.dates import format_date
from planwriter.chinese.joining import as_own_line_heading, attachment_name
from planwriter.chinese.titles import break_title
from planwriter.model.plan import Attachment, WorkPlan
from planwriter.model.unfilled import placeholder
from planwriter.standard import Layout
from planwriter.standard import numbers as n
from planwriter.template import finished
from planwriter.template.blocks import Block, Writer, attachment_blocks, block, kept, written
from planwriter.width import cells

Context = dict[str, Any]


def title_lines(title: str, names: Sequence[str]) -> str:
    """A title broken by sense, organ names kept whole (7.3.1)."""
    bare = as_own_line_heading(title)
    return "\n".join(break_title(bare, protected=[name for name in names if name], width=n.TITLE_LINE_CHARACTERS.value))


def day_words(day: date | str | None) -> str:
    """2026年12月20日, or the gap as it is (7.3.5.4)."""
    return format_date(day) if isinstance(day, date) else day or ""


def names_of(plan: WorkPlan) -> list[str]:
    """The names of organs that a title of the plan is not broken in."""
    unit = plan.unit
    return [*(name for name in (unit.name, unit.short_name) if name), *plan.signature] if unit else list(plan.signature)


def plan_blocks(plan: WorkPlan) -> list[Block]:
    """Lead, sections and closing as finished blocks; a plan without any shows the gap."""
    writer = Writer()
    writer.body(written(plan.lead))
    writer.sections(plan.sections)
    writer.body(written(plan.closing))
    return writer.blocks or [block("正文", text=placeholder("正文"))]


def plan_context(plan: WorkPlan, layout: Layout, *, signed: bool) -> Context:
    """What templates name of a plan; ``signed`` where it carries its own sign-off."""
    title = plan.composed_title
    attachments = attachments_of(plan.attachments, names_of(plan))
    holding = signed and bool(plan.signature or plan.issue_date)
    holding = holding and not finished.is_long_note([title_of(a) for a in plan.attachments], layout)
    return {
        "文件标题": title.replace("\n", ""),
        "标题": title_lines(title, names_of(plan)),
        "题注": plan.subtitle or "",
        "正文": kept_together(plan_blocks(plan), holding),
        "附件说明": note_of(plan.attachments, layout, keep=signed),
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


def kept_together(blocks: list[Block], signed: bool, first: int = 0) -> list[Block]:
    """The last paragraph goes with the sign-off, which never stands alone on a page (7.3.5.5).

    A long one does not, for some programs would move it whole; nor does one of the ``first`` paragraphs,
    which have to stand on the first page (7.3.3).
    """
    if not signed or len(blocks) <= first or not _fits(blocks[-1], n.KEPT_ROWS.value * n.CHARACTERS.value):
        return blocks
    return [*blocks[:-1], kept(blocks[-1])]


def _fits(one: Block, room: float) -> bool:
    """Whether a paragraph takes fewer cells; none is wider than it has characters, so most need not be measured."""
    words = one["序"] + one["引题"] + one["文"]
    return len(words) < room or cells(words) < room


def note_of(attachments: Sequence[Attachment], layout: Layout, *, keep: bool) -> str:
    """The attachment note (7.3.4)."""
    return finished.attachment_note([title_of(a) for a in attachments], layout, keep=keep)


def title_of(attachment: Attachment) -> str:
    """The name of an attachment, or the gap."""
    return attachment_name(attachment.title or "") or placeholder("附件标题")


def attachments_of(
    attachments: Sequence[Attachment], names: Sequence[str], first: int = 1, number_before: str = ""
) -> list[Context]:
    """The attachments as records, numbered from ``first``; ``number_before`` stands before their labels (7.3.7)."""
    alone = len(attachments) == 1 and first == 1
    return [
        {
            "标签": number_before + ("附件" if alone else f"附件{number}"),
            "标题": title_lines(title_of(attachment), names),
            "题注": "",
            "正文": attachment_blocks(attachment),
        }
        for number, attachment in enumerate(attachments, first)
    ]
