"""What a workbook of ours says of itself in hidden cells: which sheet, which row, which column is what."""

from __future__ import annotations

from functools import cache

VERSION = "1"
"""Version of this layout; kept in the custom document property ``planwriter-form``."""
PROPERTY = "planwriter-form"
SHEET = "planwriter:"
"""Begins the cell that says what a sheet is about."""
GUIDE, REMARKS, CHOICES, ROSTER = "guide", "remarks", "choices", "roster"
SKIPPED = frozenset({GUIDE, REMARKS, CHOICES})
"""Sheets that hold nothing to be read."""
FIELD, TABLE, GRID = "项:", "表:", "格:"
HEAD, EXAMPLE, TITLE = "头", "例", "题"
VALUE = "value"
"""The key of the column in which fields are filled in."""

GUIDE_NAME, BASIC_NAME, PAPER_NAME, ATTACHMENT_NAME = "说明", "基本信息", "公文", "附件"
REMARKS_NAME, ROSTER_NAME = "退回说明", "名单"
STAR = " *"
"""Behind the label of what is required."""


@cache
def letters(column: int) -> str:
    """A, B … Z, AA … for columns from 0."""
    head, tail = divmod(column, 26)
    return (letters(head - 1) if head else "") + chr(65 + tail)


def cell_name(row: int, column: int) -> str:
    """C7 for row 6, column 2, both from 0."""
    return f"{letters(column)}{row + 1}"
