"""Which columns the tables of a plan have: only those that the form fills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from planwriter.chinese.joining import enumerate_names
from planwriter.chinese.numerals import ordinal_mark
from planwriter.model.items import Item, Layout, Target
from planwriter.model.schedule import Activity, ScheduleEntry
from planwriter.model.sections import BudgetLine
from planwriter.template.finished import MERGED, TableColumn
from planwriter.template.table_sheets import PlanTable

Cell = Sequence[str]
_SHARES = {"工作安排": 2.5, "工作内容": 3.0, "工作任务": 1.3, "指标": 2.0, "项目": 2.0}
"""How much more room columns of running text take than columns of names, while room is scarce."""
Column = tuple[str, bool, list[Cell]]
"""Name, centred, and the cells from top to bottom (a cell is a list of paragraphs)."""


def _draw(columns: Sequence[Column], wished: Layout | None) -> object:
    """The table of the columns that say something anywhere."""
    kept = [c for c in columns if any(map(any, c[2]))]
    if not kept:
        return ""
    rows = list(zip(*(cells for _, _, cells in kept), strict=True))
    drawn = [TableColumn(name, share=_SHARES.get(name, 1.0), centred=centred) for name, centred, _ in kept]
    return PlanTable(drawn, rows, wished)


def _one(text: str | None) -> Cell:
    return [text] if text else []


def _names(names: Sequence[str]) -> Cell:
    return [words] if names and (words := enumerate_names(names)) else []


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
        ("序号", True, [_one(str(n)) for n, _ in enumerate(items, 1)]),
        ("工作任务", False, [_one(i.heading) for i in items]),
        ("工作内容", False, [content(i) for i in items]),
        _units(items),
        ("责任人", True, [_names(i.owner) for i in items]),
        ("完成时限", True, [_one(i.deadline.words if i.deadline else "") for i in items]),
        ("目标", False, [[words(t) for t in i.targets] for i in items]),
        ("依据", False, [list(i.references) for i in items]),
        ("对应", False, [list(i.answers) for i in items]),
    ], wished)  # fmt: skip


_UNITS: tuple[tuple[str, str, Callable[[Item], list[str]]], ...] = (
    ("牵头单位", "牵头：", lambda i: i.lead_unit),
    ("责任单位", "责任：", lambda i: i.responsible_unit),
    ("配合单位", "配合：", lambda i: i.supporting_units),
)


def _units(items: Sequence[Item]) -> Column:
    """One column for all units, with labels where there are units of more than one kind."""
    used = [kind for kind in _UNITS if any(kind[2](i) for i in items)]
    if len(used) == 1:
        return used[0][0], True, [_names(used[0][2](i)) for i in items]
    return (
        "责任单位",
        False,
        [[f"{label}{enumerate_names(read(i))}" for _, label, read in used if read(i)] for i in items],
    )


def targets(lines: Sequence[Target], wished: Layout | None = None) -> object:
    """目标表: metric, how it is meant, value, unit."""
    return _draw([
        ("序号", True, [_one(str(n)) for n, _ in enumerate(lines, 1)]),
        ("指标", False, [_one(t.metric) for t in lines]),
        ("要求", True, [_one(t.comparison) for t in lines]),
        ("目标值", True, [_one(t.value) for t in lines]),
        ("单位", True, [_one(t.unit) for t in lines]),
    ], wished)  # fmt: skip


def budget(lines: Sequence[BudgetLine], wished: Layout | None = None) -> object:
    """经费表: purpose, amount, unit, source."""
    return _draw([
        ("序号", True, [_one(str(n)) for n, _ in enumerate(lines, 1)]),
        ("项目", False, [_one(line.purpose) for line in lines]),
        ("金额", True, [_one(line.amount) for line in lines]),
        ("单位", True, [_one(line.unit) for line in lines]),
        ("来源", False, [_one(line.source) for line in lines]),
    ], wished)  # fmt: skip


def schedule(entries: Sequence[ScheduleEntry], wished: Layout | None = None) -> object:
    """月度安排表: a row an entry, or a row an activity where activities have owners, dates or status."""
    detailed = any(_detailed(a) for e in entries for a in e.activities)
    when: list[Cell] = []
    said: list[Cell] = []
    done: list[Activity | None] = []
    for entry in entries:
        rows: Sequence[Activity | None] = (detailed and entry.activities) or (None,)
        done += rows
        said += [_one(a.activity) if a is not None else [] if detailed else _listed(entry) for a in rows]
        when += [_when(entry), *[MERGED] * (len(rows) - 1)]
    return _draw([
        ("时间", True, when),
        ("工作安排", False, said),
        ("责任单位", True, [_names(a.responsible_unit) if a is not None else [] for a in done]),
        ("责任人", True, [_names(a.owner) if a is not None else [] for a in done]),
        ("参加对象", True, [_names(a.participants) if a is not None else [] for a in done]),
        (_dates_name(entries), True, [_dates(a) if a is not None else [] for a in done]),
        ("状态", True, [_one(a.status) if a is not None else [] for a in done]),
    ], wished)  # fmt: skip


def _when(entry: ScheduleEntry) -> Cell:
    """The time and below it the theme: a column of its own would stand empty in most months."""
    return [*_one(entry.when.words if entry.when else ""), *_one(entry.theme)]


def _dates(activity: Activity) -> Cell:
    day, deadline = activity.date, activity.deadline
    if day is None and deadline is None:
        return []
    return [words.words for words in (day, deadline) if words]


def _dates_name(entries: Sequence[ScheduleEntry]) -> str:
    dated = any(a.date for e in entries for a in e.activities)
    due = any(a.deadline for e in entries for a in e.activities)
    return "日期、时限" if dated and due else "日期" if dated else "完成时限"


def _detailed(a: Activity) -> bool:
    return bool(a.responsible_unit or a.owner or a.participants or a.date or a.deadline or a.status)


def _listed(entry: ScheduleEntry) -> Cell:
    texts = [a.activity for a in entry.activities if a.activity]
    return texts if len(texts) < 2 else [f"{ordinal_mark(3, n)}{t}" for n, t in enumerate(texts, 1)]


def free(head: Sequence[str], rows: Sequence[Sequence[str]], wished: Layout | None = None) -> object:
    """A table of an attachment, as the form gives it; short rows are filled up."""
    wide = max([len(head), *(len(row) for row in rows)])
    names = [*head, *[""] * (wide - len(head))]
    filled = [[_one(text) for text in [*row, *[""] * (wide - len(row))]] for row in rows]
    return PlanTable([TableColumn(name, centred=True) for name in names], filled, wished)
