"""Word forms: a two-column table that Word and WPS fill, written from the model and read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planwriter.diagnostic import Diagnostic, FormError, Place, Severity
from planwriter.form.table_reading import TableReading
from planwriter.form.table_rows import table_rows
from planwriter.placed import PlacedDict, PlacedText
from planwriter.word.form_table import Sheet
from planwriter.word.form_table.drawing import draw_sheet
from planwriter.word.form_table.reading import read_sheet

_HEADING_END = "表单"

REMARKS = (
    "在右边一栏填写。几段话、几个值，每段、每个另起一段；一段里换行用 Shift+Enter。",
    "不用填的行空着，不必删去。一块不够用时，从它的灰色标题行起整块选中、复制，粘贴在下面；标题行里的序号不用改。",
    "填好以后运行：planwriter write 本文件 -o 文件名.docx",
)


def write_word_form(content: Mapping[str, Any], *, full: bool = False) -> bytes:
    """The content as a Word form (.docx): what it says is filled in, what a form offers besides stands empty.

    ``content``: a form as plain data (Chinese or English keys, see ``model.document.to_form``); sections are offered
    where it names them, also with nothing below (``{"主要任务": None}``). ``full`` offers every field of what it
    names, else the common ones. Same content, same bytes.
    """
    kind = str(content.get("文种") or content.get("kind") or "工作计划")
    return draw_sheet(Sheet(f"{kind}{_HEADING_END}", REMARKS, tuple(table_rows(content, full=full))))


def read_word_form(data: bytes, name: str) -> tuple[PlacedDict, list[Diagnostic]]:
    """The placed data of a Word form and what was said about it; places name table, row and cell in Chinese.

    Rows are known by their hidden tags, else by their words. What is deleted with tracked changes is not read, what
    is inserted is; prompts nobody touched say nothing. Raises FormError where there is no form.
    """
    sheet = read_sheet(data, name)
    reading = TableReading()
    for row in sheet.rows:
        reading.row(row)
    told = [*reading.told, *map(_outside, (text for text in sheet.outside if not _is_ours(text)))]
    if not reading.known:
        raise FormError(
            Diagnostic(
                "form-no-table",
                "这份 Word 文档里没有表单的表格",
                place=Place(name),
                expected="两栏的表格：项目、填写内容",
                hint="用“planwriter new -o 表单.docx”得到一份空白表单",
            )
        )
    return reading.finish(), told


def _is_ours(text: str) -> bool:
    return text in REMARKS or text.endswith(_HEADING_END)


def _outside(text: PlacedText) -> Diagnostic:
    return Diagnostic(
        "form-outside-table",
        "这段文字在表格外面，没有读",
        Severity.WARNING,
        text.place,
        text[:40],
        hint="要写进文档的，填到表格里",
    )
