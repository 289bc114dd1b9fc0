"""What stands in the cells of a schedule, whichever way its columns are looked at."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from planwriter.chinese.joining import enumerate_names
from planwriter.model.schedule import Activity, ScheduleEntry
from planwriter.standard import profile
from planwriter.template.drawing.filled_columns import MERGED
from planwriter.template.finished import with_text
from planwriter.template.table_sheets import PlanTable
from planwriter.template.tables import free, schedule
from planwriter.template.values import Refused, Unwritten, placed

NAMES = st.lists(st.sampled_from(["办公室", "权益部", "《家规》", "《家训》", "沈若溪"]), max_size=3)
ACTIVITIES = st.builds(
    lambda **told: Activity.model_validate({key: value for key, value in told.items() if value}),
    activity=st.sampled_from(["走访", "召开座谈会", "A&B"]),
    responsible_unit=NAMES,
    owner=NAMES,
    participants=NAMES,
    date=st.sampled_from(["", "3月5日", "5月10日至16日"]),
    deadline=st.sampled_from(["", "3月底前"]),
    status=st.sampled_from(["", "已完成"]),
)
ENTRIES = st.builds(
    lambda when, theme, activities: ScheduleEntry.model_validate(
        {"activities": activities} | ({"when": when} if when else {}) | ({"theme": theme} if theme else {})
    ),
    st.sampled_from(["", "1月", "第四季度"]),
    st.sampled_from(["", "部署", "维权"]),
    st.lists(ACTIVITIES, max_size=3),
)


def columns_of(table: object) -> dict[str, list[list[str]]]:
    """The cells below each heading."""
    return (
        {one.column.name: [[*cell] for cell in one.cells()] for one in table.columns}
        if isinstance(table, PlanTable)
        else {}
    )


def detailed(one: Activity) -> bool:
    return any([one.responsible_unit, one.owner, one.participants, one.date, one.deadline, one.status])


def cell_of(name: str, one: Activity | None) -> list[str]:
    """What an activity says in a column."""
    if one is None:
        return []
    names = {"责任单位": one.responsible_unit, "责任人": one.owner, "参加对象": one.participants}
    said: dict[str, list[str | None]] = {key: [enumerate_names(value)] for key, value in names.items()}
    said |= {"工作安排": [one.activity], "状态": [one.status]}
    days = [day.words for day in (one.date, one.deadline) if day]
    return [text for text in said.get(name, [*days]) if text]


@given(st.lists(ENTRIES, max_size=4))
def test_every_activity_stands_in_its_row_under_the_right_headings(entries: list[ScheduleEntry]) -> None:
    columns = columns_of(schedule(entries))
    if not any(detailed(one) for entry in entries for one in entry.activities):
        assert {*columns} <= {"时间", "工作安排"}
        return
    rows: list[Activity | None] = [one for entry in entries for one in entry.activities or (None,)]
    assert columns.pop("时间", [[]] * len(rows)) == [
        [words for words in (entry.when and entry.when.words, entry.theme) if words] if at == 0 else MERGED
        for entry in entries
        for at in range(max(1, len(entry.activities)))
    ]
    assert columns == {name: [cell_of(name, one) for one in rows] for name in columns}
    told = [
        text
        for one in rows
        for name in ["工作安排", "责任单位", "责任人", "参加对象", "日期", "状态"]
        for text in cell_of(name, one)
    ]
    assert sorted(told) == sorted(text for cells in columns.values() for cell in cells for text in cell)


@given(
    st.lists(st.text("甲1", max_size=3), max_size=4),
    st.lists(st.lists(st.text("甲1", max_size=3), min_size=1, max_size=4), min_size=1, max_size=4),
)
def test_short_rows_of_a_free_table_are_filled_up(head: list[str], rows: list[list[str]]) -> None:
    table = free(head, rows)
    assert isinstance(table, PlanTable)
    wide = max(map(len, [head, *rows]))
    assert [one.column.name for one in table.columns] == [*head, *[""] * (wide - len(head))]
    below = [[[*cell] for cell in one.cells()] for one in table.columns]
    assert below == [[[row[at]] if at < len(row) and row[at] else [] for row in rows] for at in range(wide)]
    assert table.drawn(profile().layout, turnable=False, last=False)


def test_a_table_whose_text_is_not_written_yet_is_the_same_table() -> None:
    def drawn(text: str) -> Markup | Unwritten:
        table = free(["甲"], [[text]])
        assert isinstance(table, PlanTable)
        return table.drawn(profile().layout, turnable=False, last=False)

    kinds = {type(drawn(text)) for text in ("一", "二")}  # the first of a shape is written at once
    late, gap = drawn("三 & <"), drawn("【待填：乙】")
    assert Unwritten in kinds
    assert isinstance(late, Unwritten)
    assert not isinstance(gap, Unwritten)
    assert str(late).encode() == late.utf_8
    assert str(with_text(late)) == str(escape(late)) == repr(late) == str(pickle.loads(pickle.dumps(late)))
    assert "三 &amp; &lt;" in str(late)
    assert placed(late, runs=False) == str(late)
    with pytest.raises(Refused):
        placed(late, runs=True)
