"""Arithmetic of crowded tables, joint marks and titles, where no page has to be rendered to know it."""

from __future__ import annotations

from typing import Any

import pytest

from planwriter.chinese.titles import break_title
from planwriter.model.official import OfficialDocument
from planwriter.standard import Pt, cells, profile
from planwriter.template.drawing.column_widths import column_widths
from planwriter.template.drawing.filled_columns import TableColumn, filled, natural_width
from planwriter.template.first_page import mark_height
from planwriter.template.marks import joint_lettering, marking_rows
from tests.layout.unusual import HEAD, LONG_TITLE, MARKINGS, ORGANS

LAYOUT = profile().layout
SHEET = Pt(640)
_LONG = "屋面多处渗水，消防通道堆放杂物，应急照明不亮，需要尽快清理并更换老化线路"


def widths_of(rows: list[list[str]], total: Pt) -> list[int]:
    columns = filled([TableColumn(name) for name in rows[0]], [[[text] for text in row] for row in rows[1:]])
    return [*column_widths(columns, "".join(map("".join, rows)), total)]


def lines(text: str, width: int) -> int:
    """Lines of a text in a column, without the room that cells have at their sides."""
    sides = natural_width("", LAYOUT.table_text)
    return -(-(natural_width(text, LAYOUT.table_text) - sides) // max(1, width - sides))


def test_a_long_entry_among_many_short_ones_gets_the_room_that_they_spare() -> None:
    row = ["1", "柳林场馆北区及附属用房", "1号门", "2号门", "350", "砖混", "2015", "县文化馆管理所", "欧阳闻溪",
           "0000-0000000", _LONG, "2027年2月底前"]  # fmt: skip
    widths = widths_of([HEAD, row], SHEET)
    assert sum(widths) == SHEET.twips
    assert max(lines(text, width) for text, width in zip(row, widths, strict=True)) <= 5
    assert widths[HEAD.index("存在问题")] == max(widths)


@pytest.mark.parametrize("columns", [8, 12, 15, 16])
def test_numbers_and_short_names_stay_whole_while_there_is_room(columns: int) -> None:
    head = [f"第{at}栏" for at in range(columns)]
    rows = [head, [str(1000 + at) for at in range(columns)], ["王喆"] * columns, ["2026.5"] + ["5"] * (columns - 1)]
    widths = widths_of(rows, SHEET)
    assert sum(widths) == SHEET.twips
    assert all(lines(row[at], width) == 1 for row in rows[1:] for at, width in enumerate(widths))


def test_a_table_that_cannot_fit_still_adds_up() -> None:
    rows = [[f"很长的栏目名称{at}" for at in range(40)], ["A" * 30] * 40]
    assert sum(widths_of(rows, SHEET)) == SHEET.twips


def test_the_same_crowded_table_has_the_same_widths() -> None:
    rows = [HEAD, [_LONG] * len(HEAD)]
    assert widths_of(rows, SHEET) == widths_of(rows, SHEET)


def paper(**changed: Any) -> OfficialDocument:
    return OfficialDocument(issuing_authorities=ORGANS, document_number="云文〔2026〕9号", **changed)


def test_names_of_joint_issue_leave_a_row_of_text_under_the_longest_title() -> None:
    short, long = (mark_height(paper(), "\n".join(["标题"] * count), LAYOUT) for count in (1, 5))
    assert long < short
    assert joint_lettering(ORGANS, LAYOUT, long).size < joint_lettering(ORGANS, LAYOUT, short).size


def test_the_mark_size_of_a_deviation_holds_for_joint_issue_too() -> None:
    names = ORGANS[:2]
    usual = joint_lettering(names, LAYOUT, mark_height(paper(), "标题", LAYOUT)).size
    limited = LAYOUT._replace(mark_limit=Pt(24))
    assert usual > 24
    assert joint_lettering(names, limited, mark_height(paper(), "标题", limited)).size == 24


@pytest.mark.parametrize(
    ("format_", "names", "rows"),
    [("通知", ["密级"], 2), ("通知", ["密级", "紧急程度"], 3), ("通知", ["紧急程度"], 1), ("通知", ["份号", "密级"], 2),
     ("函", ["密级"], 1), ("命令", ["密级"], 1), ("纪要", ["密级"], 2)],
)  # fmt: skip
def test_security_takes_the_second_row_where_the_mark_leaves_one(format_: str, names: list[str], rows: int) -> None:
    marked = OfficialDocument.model_validate({"格式": format_, **{name: MARKINGS[name] for name in names}})
    assert marking_rows(marked) == rows


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于做好二〇二七年春灌保障工作有关事项的通知", ["关于做好二〇二七年", "春灌保障工作有关事项的通知"]),
        ("关于柳河县与南屏县合并办学点有关资产清查登记工作的通知", None),
        (LONG_TITLE, None),
    ],
)
def test_a_line_of_a_title_ends_by_sense(title: str, lines: list[str] | None) -> None:
    broken = break_title(title, width=19.5)
    assert "".join(broken) == title
    assert lines is None or broken == lines
    assert not any(line.endswith("并") and not line.endswith("合并") for line in broken)
    assert all(cells(line) <= 19.5 for line in broken)
