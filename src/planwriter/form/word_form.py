"""Word forms: a two-column table that Word and WPS fill, written from the model and read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planwriter.form.table_rows import table_rows
from planwriter.word.form_table import Sheet
from planwriter.word.form_table.drawing import draw_sheet

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
    return draw_sheet(Sheet(f"{kind}表单", REMARKS, tuple(table_rows(content, full=full))))
