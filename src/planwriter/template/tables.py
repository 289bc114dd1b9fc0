"""Which columns the tables of a plan have: only those that the form fills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from planwriter.chinese.deadline import Deadline
from planwriter.chinese.joining import enumerate_names
from planwriter.chinese.numerals import ordinal_mark
from planwriter.chinese.when import When
from planwriter.model.items import Item, Layout, Target
from planwriter.model.schedule import ScheduleEntry
from planwriter.model.sections import BudgetLine
from planwriter.template.drawing.filled_columns import (
    MERGED,
    Cell,
    Filled,
    TableColumn,
    filled_with_cells,
    filled_with_texts,
)  # fmt: skip
from planwriter.template.table_sheets import PlanTable

_SHARES = {"工作安排": 2.5, "工作内容": 3.0, "工作任务": 1.3, "指标": 2.0, "项目": 2.0}
"""How much more room columns of running text take than columns of names, while room is scarce."""


def _draw(columns: Sequence[Filled | None], wished: Layout | None) -> object:
    """The table of the columns that say something anywhere."""
    kept = [one for one in columns if one is not None]
    return PlanTable(kept, wished) if kept else ""


@cache
def _column(name: str, centred: bool) -> TableColumn:
    return TableColumn(name, share=_SHARES.get(name, 1.0), centred=centred)


def _texts(name: str, centred: bool, texts: Sequence[str | None]) -> Filled | None:
    """A column of cells with one paragraph, or none; nothing where all are empty."""
    if not any(texts):
        return None
    said: Sequence[str] = [text or "" for text in texts] if None in texts else texts  # type: ignore[assignment]
    return filled_with_texts(_column(name, centred), said)


def _cells(name: str, centred: bool, cells: Sequence[Cell]) -> Filled | None:
    """A column of cells with any number of paragraphs; nothing where all are empty."""
    return filled_with_cells(_column(name, centred), cells) if any(map(any, cells)) else None


def _names(name: str, column: Sequence[list[str]]) -> Filled | None:
    """A column of names; most cells have but one."""
    most = max(map(len, column), default=0)
    if most == 1:
        return _texts(name, True, [names[0].strip() if names else "" for names in column])
    return _texts(name, True, [enumerate_names(names) if names else "" for names in column]) if most else None


@lru_cache(maxsize=64)
def _numbers(rows: int) -> Filled | None:
    return _texts("序号", True, [*map(str, range(1, rows + 1))])


def tasks(
    items: Sequence[Item],
    written: Callable[[Any], list[str]],
    words: Callable[[Target], str],
    flat: Callable[[Item], str],
    wished: Layout | None = None,
) -> object:
    """任务分解表: number, task, content, units, owner, deadline, target."""

    def content(one: Item) -> Cell:
        below = [f"{ordinal_mark(4, n)}{flat(b)}" for n, b in enumerate(one.items, 1)]
        return [*written(one.text), *[f"·{p}" for p in one.points], *below, *[f"措施：{m}" for m in one.measures]]

    return _draw([
        _numbers(len(items)),
        _texts("工作任务", False, [i.heading for i in items]),
        _cells("工作内容", False, [content(i) for i in items]),
        _units(items),
        _names("责任人", [i.owner for i in items]),
        _texts("完成时限", True, [i.deadline.words if i.deadline else "" for i in items]),
        _cells("目标", False, [[words(t) for t in i.targets] for i in items]),
        _cells("依据", False, [i.references for i in items]),
        _cells("对应", False, [i.answers for i in items]),
    ], wished)  # fmt: skip


_UNITS: tuple[tuple[str, str, Callable[[Item], list[str]]], ...] = (
    ("牵头单位", "牵头：", lambda i: i.lead_unit),
    ("责任单位", "责任：", lambda i: i.responsible_unit),
    ("配合单位", "配合：", lambda i: i.supporting_units),
)


def _units(items: Sequence[Item]) -> Filled | None:
    """One column for all units, with labels where there are units of more than one kind."""
    used = [kind for kind in _UNITS if any(kind[2](i) for i in items)]
    if len(used) == 1:
        return _names(used[0][0], [used[0][2](i) for i in items])
    return _cells("责任单位", False, [
        [f"{label}{enumerate_names(read(i))}" for _, label, read in used if read(i)] for i in items
    ])  # fmt: skip


_TARGET = itemgetter("metric", "comparison", "value", "unit")
_BUDGET_LINE = itemgetter("purpose", "amount", "unit", "source")
_ACTIVITY = itemgetter("activity", "responsible_unit", "owner", "participants", "date", "deadline", "status")
_NO_ACTIVITY: tuple[Any, ...] = ("", [], [], [], None, None, "")


def targets(lines: Sequence[Target], wished: Layout | None = None) -> object:
    """目标表: metric, how it is meant, value, unit."""
    metrics, comparisons, values, units = zip(*map(_TARGET, map(vars, lines)), strict=True)
    return _draw([
        _numbers(len(lines)),
        _texts("指标", False, metrics),
        _texts("要求", True, comparisons),
        _texts("目标值", True, values),
        _texts("单位", True, units),
    ], wished)  # fmt: skip


def budget(lines: Sequence[BudgetLine], wished: Layout | None = None) -> object:
    """经费表: purpose, amount, unit, source."""
    purposes, amounts, units, sources = zip(*map(_BUDGET_LINE, map(vars, lines)), strict=True)
    return _draw([
        _numbers(len(lines)),
        _texts("项目", False, purposes),
        _texts("金额", True, amounts),
        _texts("单位", True, units),
        _texts("来源", False, sources),
    ], wished)  # fmt: skip


def schedule(entries: Sequence[ScheduleEntry], wished: Layout | None = None) -> object:
    """月度安排表: a row an entry, or a row an activity where activities have owners, dates or status."""
    times: list[Cell] = []
    rows: list[tuple[Any, ...]] = []
    for entry in entries:
        activities = entry.activities
        rows += map(_ACTIVITY, map(vars, activities)) if activities else [_NO_ACTIVITY]
        times.append(_when(entry))
        if len(activities) > 1:
            times += [MERGED] * (len(activities) - 1)
    said, *details = zip(*rows, strict=True) if rows else ((),) * 7
    if not any(map(any, details)):
        return _draw([
            _cells("时间", True, [*map(_when, entries)]),
            _cells("工作安排", False, [*map(_listed, entries)]),
        ], wished)  # fmt: skip
    units, owners, participants, days, deadlines, status = details
    return _draw([
        _cells("时间", True, times),
        _texts("工作安排", False, said),
        _names("责任单位", units),
        _names("责任人", owners),
        _names("参加对象", participants),
        _dates(days, deadlines),
        _texts("状态", True, status),
    ], wished)  # fmt: skip


def _when(entry: ScheduleEntry) -> Cell:
    """The time and below it the theme: a column of its own would stand empty in most months."""
    when, theme = entry.when, entry.theme
    if when is None or not when.words:
        return [theme] if theme else []
    return [when.words, theme] if theme else [when.words]


def _dates(days: Sequence[When | None], deadlines: Sequence[Deadline | None]) -> Filled | None:
    """One column for both, a paragraph each."""
    dated, due = any(days), any(deadlines)
    name = "日期、时限" if dated and due else "日期" if dated else "完成时限"
    pairs = [*zip(days, deadlines, strict=True)]
    texts = [day.words if day else deadline.words if deadline else "" for day, deadline in pairs]
    if sum(map(bool, days)) + sum(map(bool, deadlines)) == sum(map(bool, texts)):
        return _texts(name, True, texts)
    return _cells(name, True, [[one.words for one in pair if one] for pair in pairs])  # some rows have both


def _listed(entry: ScheduleEntry) -> Cell:
    texts = [a.activity for a in entry.activities if a.activity]
    return texts if len(texts) < 2 else [f"{ordinal_mark(3, n)}{t}" for n, t in enumerate(texts, 1)]


def free(head: Sequence[str], rows: Sequence[Sequence[str]], wished: Layout | None = None) -> object:
    """A table of an attachment, as the form gives it; short rows are filled up."""
    wide = max([len(head), *(len(row) for row in rows)])
    names = [*head, *[""] * (wide - len(head))]
    below = [[row[at] if at < len(row) else "" for row in rows] for at in range(wide)]
    columns = [TableColumn(name, centred=True) for name in names]
    return PlanTable([filled_with_texts(c, texts) for c, texts in zip(columns, below, strict=True)], wished)
