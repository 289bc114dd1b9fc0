"""Sections and items → a flat list of finished, numbered paragraphs and tables (GB/T 9704 7.3.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

from planwriter.chinese.joining import (
    as_lead,
    as_own_line_heading,
    as_sentence,
    brackets,
    enumerate_names,
    points,
)
from planwriter.chinese.numerals import ordinal_mark
from planwriter.model.items import HeadingForm, Item, Layout, Points, Target
from planwriter.model.plan import Attachment
from planwriter.model.schedule import ScheduleEntry
from planwriter.model.sections import (
    Goals,
    LeadingGroup,
    MainTasks,
    MonthlySchedule,
    Safeguards,
    Section,
)
from planwriter.template import finished, tables
from planwriter.template.brackets import activity_words, details, target_words

Block = dict[str, Any]
HAN_LEVEL = "一二三四"
LEADING_GROUP, BUDGET, ASSESSMENT = "领导小组", "经费安排", "检查考核"
"""Headings of the safeguards' own parts, which a form fills without naming them."""


def block(kind: str, *, ordinal: str = "", lead: str = "", text: str = "", xml: object = "") -> Block:
    """One block of the context contract: all five keys, always."""
    return {"类": kind, "序": ordinal, "引题": lead, "文": text, "成品": xml}


class _Numbered(dict[tuple[int, int], Block]):
    """Blocks of one family without their text, by level and number: a copy is quicker than a dict of five keys."""

    def __init__(self, family: str) -> None:
        super().__init__()
        self.family = family

    def __missing__(self, place: tuple[int, int]) -> Block:
        level, number = place
        made = block(f"{HAN_LEVEL[level - 1]}级{self.family}", ordinal=ordinal_mark(level, number))
        if len(self) < _MOST_KNOWN:
            self[place] = made
        return made


_MOST_KNOWN = 1024
_BODY = block("正文")
_HEADINGS, _RUN_INS, _ITEMS = _Numbered("标题"), _Numbered("接排"), _Numbered("条目")

_FAMILIES = {"标题": "heading", "接排": "run_in", "条目": "item", "正文": "body"}


def kept(one: Block) -> Block:
    """A paragraph as a finished one that stays on the page of what follows; others as they are."""
    kind = str(one["类"])
    family = _FAMILIES.get(kind[-2:])
    if family is None or not (one["文"] or one["引题"]):
        return one
    role = family if kind == "正文" else f"{family}_{HAN_LEVEL.index(kind[0]) + 1}"
    return block("成品", xml=finished.kept(role, one["序"], one["引题"], one["文"]))


def written(text: Iterable[str | Points]) -> list[str]:
    """Paragraphs as they will stand: points written out, line breaks as paragraphs of their own."""
    out: list[str] = []
    for one in text:
        if type(one) is str and "\n" not in one:
            if one and not one.isspace():
                out.append(one)
        else:
            # str is asked for first: asking for a class of the model takes ten times as long
            lines = one.split("\n") if isinstance(one, str) else [points(one.points)]
            out += [line for line in lines if line and not line.isspace()]
    return out


class Writer:
    """Collects the blocks of one text; numbers come from position, never from the form."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []

    def body(self, texts: Iterable[str]) -> None:
        """Plain paragraphs."""
        for text in texts:
            made = _BODY.copy()
            made["文"] = text
            self.blocks.append(made)

    def heading(self, level: int, number: int, text: str) -> None:
        """A heading on a line of its own, without a final mark."""
        made = _HEADINGS[level, number].copy()
        made["文"] = as_own_line_heading(text)
        self.blocks.append(made)

    def run_in(self, level: int, number: int, heading: str, text: str) -> None:
        """A heading run in before its text."""
        made = _RUN_INS[level, number].copy()
        made["引题"], made["文"] = as_lead(heading), text
        self.blocks.append(made)

    def numbered(self, level: int, number: int, text: str) -> None:
        """A numbered paragraph without heading."""
        made = _ITEMS[level, number].copy()
        made["文"] = text
        self.blocks.append(made)

    def table(self, xml: object) -> None:
        """A finished table; a heading directly above it stays with it."""
        if self.blocks and str(self.blocks[-1]["类"]).endswith("标题"):
            self.blocks[-1] = kept(self.blocks[-1])
        self.blocks.append(block("成品", xml=xml))

    def sections(self, sections: Iterable[Section]) -> None:
        """Sections in order, numbered 一、二、三、."""
        number, blocks = 1, self.blocks
        for section in sections:
            at = len(blocks)
            self.heading(1, number, section.title)
            _write_section(self, section)
            below = blocks[at + 1 : at + 2]
            if below or section.heading:
                number += 1
            else:
                blocks.pop()
            if below and below[0]["类"] == "成品":
                blocks[at] = kept(blocks[at])

    def items(self, items: Iterable[Item], level: int, first: int = 1) -> int:
        """Items of one level, numbered from ``first``; returns the next number."""
        number = first
        for one in items:
            number += _write_item(self, one, level, number)
        return number


def _texts(one: Item) -> list[str]:
    """The paragraphs of an item: text, points, measures."""
    return _with_points(written(one.text), one.points, one.measures)


def _with_points(texts: list[str], listed: list[str], measures: list[str]) -> list[str]:
    if listed:
        texts.append(points(listed))
    return _with_measures(texts, measures) if measures else texts


def flat(one: Item) -> str:
    """An item and all below it as running sentences, for the cell of a table."""
    below = "".join(flat(inner) for inner in one.items)
    said = [as_sentence(one.heading or ""), *(as_sentence(text) for text in _texts(one))]
    return "".join(_with_details([text for text in said if text], details(one))) + below


_ITEM = itemgetter("heading", "heading_form", "text", "points", "measures", "items")


def _write_item(writer: Writer, one: Item, level: int, number: int) -> int:
    """An item with all below it; 1, or 0 where it says nothing."""
    heading, form, text, listed, measures, below = _ITEM(one.__dict__)
    texts = written(text)
    if listed or measures:
        texts = _with_points(texts, listed, measures)
    if heading:
        run_in = form is HeadingForm.RUN_IN if form else level > _OWN_LINE_LEVELS
        run_in = run_in and bool(texts or not below or form)
        if told := details(one):
            texts = _with_details(texts, told)
        if run_in:
            writer.run_in(level, number, heading, texts.pop(0) if texts else "")
        else:
            writer.heading(level, number, heading)
        if texts:
            writer.body(texts)
    elif not _write_bare(writer, one, level, number, texts):
        return 0
    if below:
        writer.items(below, level + 1)
    return 1


def _with_measures(texts: list[str], measures: list[str]) -> list[str]:
    """One measure follows the problem's text, several stand in a paragraph of their own."""
    if len(measures) == 1 and texts and texts[-1].endswith(("。", "！", "？")):
        return [*texts[:-1], f"{texts[-1]}措施：{points(measures)}"]
    return [*texts, f"措施：{points(measures)}"]


def _write_bare(writer: Writer, one: Item, level: int, number: int, texts: list[str]) -> bool:
    """An item without heading: targets alone are its text; whether it says anything."""
    bare = not texts
    if bare and one.targets:
        texts = [as_sentence("；".join(target_words(t) for t in one.targets))]
    texts = _with_details(texts, details(one, targets=not bare))
    if not (texts or one.items):
        return False
    first, *rest = texts or [""]
    writer.numbered(level, number, first)
    writer.body(rest)
    return True


_OWN_LINE_LEVELS = 2
"""Headings of these upper levels stand on a line of their own where the form does not say otherwise."""
_TERMINALS = frozenset("。！？；：…”）")


def _with_details(texts: list[str], told: str) -> list[str]:
    """The paragraphs with what brackets tell behind the last one."""
    if not texts:
        return [told] if told else []
    if not told:
        return texts
    last = texts[-1]
    stop = "" if not last or last[-1] in _TERMINALS else "。"
    texts[-1] = last + told + stop
    return texts


def _write_section(writer: Writer, section: Section) -> None:
    number, filled = 1, section.__dict__
    for name in section.order:
        if not (said := filled.get(name)):
            continue
        if write := _PARTS.get(name):
            number = write(writer, section, said, number)
        elif name == "skipped" and not filled.get("entries"):
            number = _entries(writer, section, [ScheduleEntry()], number)  # type: ignore[arg-type]


Part = Callable[[Writer, Any, Any, int], int]


def _text(writer: Writer, section: Section, filled: Any, number: int) -> int:
    writer.body(written(filled))
    return number


def _items(writer: Writer, section: Section, filled: list[Item], number: int) -> int:
    if isinstance(section, MainTasks) and section.layout is not None and section.layout.tabular:
        return _task_tables(writer, filled, number, section.layout)
    return writer.items(filled, 2, number)


def _task_tables(writer: Writer, items: list[Item], number: int, wished: Layout) -> int:
    """Items with items below keep their heading, those below stand in a table; the rest share tables."""
    rows: list[Item] = []
    for one in items:
        if one.items:
            _flush_tasks(writer, rows, wished)
            group = one.model_copy(update={"items": []})
            number += _write_item(writer, group, 2, number)
            _flush_tasks(writer, list(one.items), wished)
        else:
            rows.append(one)
    _flush_tasks(writer, rows, wished)
    return number


def _flush_tasks(writer: Writer, rows: list[Item], wished: Layout) -> None:
    if rows:
        writer.table(tables.tasks(rows, written, target_words, flat, wished))
        rows.clear()


def _targets(writer: Writer, section: Goals, filled: list[Target], number: int) -> int:
    if section.layout is not None and section.layout.tabular:
        writer.table(tables.targets(filled, section.layout))
        return number
    for offset, target in enumerate(filled):
        writer.numbered(2, number + offset, as_sentence(target_words(target)))
    return number + len(filled)


def _entries(writer: Writer, section: MonthlySchedule, filled: list[ScheduleEntry], number: int) -> int:
    entries = with_skipped(filled, section.skipped)
    if section.as_table:
        writer.table(tables.schedule(entries, section.layout))
        return number
    for entry in entries:
        theme = brackets(entry.theme) if entry.theme and entry.when else entry.theme or ""
        text = _joined([activity_words(a) for a in entry.activities])
        if entry.when or theme:
            writer.run_in(2, number, f"{entry.when.words if entry.when else ''}{theme}", text)
        else:
            writer.numbered(2, number, text)
        number += 1
    return number


def _joined(texts: list[str]) -> str:
    """Sentences one after the other: ；between those that carry no final mark, 。 at the end."""
    out = ""
    for text in texts:
        out += ("；" if out and not out.endswith(("。", "；", "！", "？")) else "") + text
    return as_sentence(out) if out else out


def with_skipped(entries: Sequence[ScheduleEntry], skipped: dict[str, str]) -> list[ScheduleEntry]:
    """The skipped months put in their place among the entries, with the reason as what is done."""
    out = [entry for entry in entries if entry.when or entry.theme or entry.activities]
    for month, reason in skipped.items():
        quiet = ScheduleEntry(when=month, activities=[reason])
        months = quiet.when.months if quiet.when else ()
        later = (n for n, e in enumerate(out) if months and e.when and e.when.months and e.when.months[0] > months[0])
        out.insert(next(later, len(out)), quiet)
    return out


def _leading_group(writer: Writer, section: Safeguards, filled: LeadingGroup, number: int) -> int:
    writer.heading(2, number, LEADING_GROUP)
    said = [("组长", filled.leader), ("副组长", filled.deputies), ("成员", filled.members)]
    writer.body(f"{label}：{enumerate_names(names)}" for label, names in said if names)
    return number + 1


def _budget(writer: Writer, section: Safeguards, filled: list[Any], number: int) -> int:
    writer.heading(2, number, BUDGET)
    if section.layout is Layout.ITEMS:
        for n, line in enumerate(filled, 1):
            source = f"（来源：{as_own_line_heading(line.source)}）" if line.source else ""
            purpose = as_own_line_heading(line.purpose or "")
            writer.numbered(3, n, f"{purpose}{line.amount or ''}{line.unit or ''}{source}。")
    else:
        writer.table(tables.budget(filled, section.layout))
    return number + 1


def _assessment(writer: Writer, section: Safeguards, filled: Any, number: int) -> int:
    writer.heading(2, number, ASSESSMENT)
    writer.body(written(filled))
    return number + 1


_PARTS: dict[str, Part] = {
    "text": _text, "items": _items, "targets": _targets, "entries": _entries,
    "leading_group": _leading_group, "budget": _budget, "assessment": _assessment,
}  # fmt: skip


def attachment_blocks(attachment: Attachment) -> list[Block]:
    """The blocks of one attachment: text, items numbered from the first level, its table."""
    writer = Writer()
    writer.body(written(attachment.text))
    writer.items(attachment.items, 1)
    if attachment.table is not None and (attachment.table.head or attachment.table.rows):
        writer.table(tables.free(attachment.table.head, attachment.table.rows, attachment.layout))
    return writer.blocks
