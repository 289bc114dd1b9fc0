"""Rows that belong together stay on one page; what is taller than a page allows does not have to."""

from __future__ import annotations

import re

from planwriter.standard import profile
from planwriter.template.drawing.filled_columns import MERGED, Cell, TableColumn, filled
from planwriter.template.drawing.tables import grid

LAYOUT = profile().layout
COLUMNS = [TableColumn("时间", centred=True), TableColumn("工作安排")]


def kept(rows: list[list[Cell]]) -> list[bool]:
    """For each row, the header first, whether it stays with the next."""
    drawn = grid(filled(COLUMNS, rows), LAYOUT, LAYOUT.width).xml()
    return ["<w:keepNext/>" in row for row in re.findall(r"<w:tr>.*?</w:tr>", drawn)]


def entry(month: str, *activities: str) -> list[list[Cell]]:
    """The rows of one entry: its time stands once, merged over all its activities."""
    return [[[month] if at == 0 else MERGED, [one]] for at, one in enumerate(activities)]


def test_the_rows_of_one_entry_stay_together_and_the_header_with_the_first() -> None:
    rows = [*entry("1月", "走访"), *entry("3月", "座谈", "宣传", "培训"), *entry("4月", "评选")]
    assert kept(rows) == [True, False, True, True, False, False]


def test_an_entry_of_more_rows_than_half_a_page_may_be_broken() -> None:
    assert kept(entry("全年", *["走访困难职工"] * 30)) == [True] + [False] * 30


def test_a_table_of_nothing_but_its_heading_is_drawn() -> None:
    from planwriter.standard import profile
    from planwriter.template.finished import TableColumn, table

    assert "表头" in table([TableColumn("表头")], [], profile().layout)
