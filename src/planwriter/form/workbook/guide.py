"""The first sheet of a form: how to fill it in, what is required, where things stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planwriter.form.workbook import marks
from planwriter.form.workbook.columns import PARTS, TABLES, columns, slots
from planwriter.form.workbook.drawing import Book, Page, row_height

_STEPS = (
    "每个工作表是计划的一部分，在白色的格子里填写。不需要的部分空着，文档里就没有这一部分。",
    "带红色 * 的是必填项。没有填的，文档里会显示“【待填：…】”，可以先出草稿。",
    "灰色斜体的一行是示例，可以照着写，也可以直接改；不动它就不算填写。",
    "一格里写几段话、几个单位或几个人时，每个占一行：按 Alt+Enter 换行。",
    "任务有下一层时，在“层级”里选一级、二级、三级；一、（一）、1. 这样的序号不用写，会自动编。",
    "日期写全年月日，如 2026年12月20日；完成时限照平常的说法写，如“3月底前”。",
    "行不够时照常插入行；可以增删、移动行和列，改列名，也可以调换工作表的先后：文档按工作表的顺序写。",
    "第一行和 A 列是隐藏的记号，请不要删去。",
)
_FOLDED = "不常用的项目收在左边和上边的“+”里，点开就能填。"
_AFTER = "填好后交给制作文档的同事，或运行：planwriter write 本文件.xlsx -o 文件名.docx"
_WIDE = 96.0


def guide(book: Book, sheets: Sequence[tuple[str, str]], full: bool) -> None:
    """Draw the sheet of advice for a form with such sheets (name, identity)."""
    page = book.page(marks.GUIDE_NAME, marks.GUIDE)
    page.sheet.set_column(1, 1, 14)
    page.sheet.set_column(2, 2, _WIDE)
    page.title("填写说明", 2)
    for number, step in enumerate([*_STEPS, *([] if full else [_FOLDED]), _AFTER], 1):
        _told(page, f"{number}．", step)
    _told(page, "", "")
    _told(page, "必填", "下面这些不能没有，别的按需要填：")
    for name, identity in sheets:
        if required := list(_required(identity)):
            _told(page, "", f"{name}：{'、'.join(required)}")
    page.sheet.freeze_panes(2, 0)


def _told(page: Page, label: str, text: str) -> None:
    page.text(page.at, 1, label, "step")
    page.text(page.at, 2, text, "told")
    page.row(row_height([(text, _WIDE - 8)]))
    page.at += 1


def _required(identity: str) -> Iterable[str]:
    for slot in slots(PARTS[identity]):
        if slot.shape not in TABLES and slot.required:
            yield slot.label
        elif slot.shape in TABLES and slot.element is not None:
            inner = [s.label for s in columns(slot.element) if s.required and s.group is None]
            if inner:
                yield f"{slot.label}的每一行要写{'、'.join(inner)}"
