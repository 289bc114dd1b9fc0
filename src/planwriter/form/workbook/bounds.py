"""How large a table may be, and what is said of cells that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from planwriter.diagnostic import Diagnostic, FormError, Place, Severity
from planwriter.form.workbook.marks import cell_name
from planwriter.word.container import Limits

LIMITS = Limits(package=50 * 2**20, total=240 * 2**20, part=120 * 2**20, entries=2000)
QUICK_LIMITS = Limits(package=50 * 2**20, total=384 * 2**20, part=256 * 2**20, entries=2000)
"""What is read piece by piece, no more than a piece of it held, and given up at the first byte that is not a row."""
MAX_ROWS, MAX_COLUMNS, MAX_AREA = 200_000, 1_000, 5_000_000
"""A library reserves memory for the whole rectangle that the cells of a sheet span."""
MAX_SHEETS = 300

CellAsides = dict[tuple[int, int], "str | Look"]
"""(row, column) from 0 → what is wrong with the cell, a code that ``cell_fault`` can tell, or what is seen in it."""
Asides = dict[str, CellAsides]
"""What the values of cells do not say themselves, sheet by sheet."""

ERROR, UNCALCULATED, EARLY = "form-error-cell", "form-uncalculated", "form-early-date"
LONG, EMPTY, DOUBTED = "form-long-number", "form-empty-formula", "form-doubtful-zero"
ROUNDED, HIDDEN = "form-rounded-cell", "form-hidden-value"
ODD, ODD_DATE, UNDATED = "form-odd-format", "form-odd-date", "form-weekday-left-out"
_SAID = (
    ("form-error-cell", "这一格是错误值，读不出内容", "改正公式，或直接填写内容"),
    ("form-uncalculated", "这一格是公式，文件里没有存计算结果",
     "在 Excel 或 WPS 中打开，保存一次；或直接填写内容"),
    ("form-empty-formula", "这一格是公式，文件里存的结果是空的，按空白读",
     "在 Excel 或 WPS 中打开，保存一次；或直接填写内容"),
    ("form-doubtful-zero", "这一格是公式，文件里存的结果是0；引用的若是文字，就没有存下来",
     "核对；在 Excel 或 WPS 中另存为 .xlsx，或直接填写内容"),
    ("form-early-date", "这一格是1900年3月1日以前的日期，表格软件里的这些日期不可靠",
     "把单元格设成文本，写成 2026年12月20日 这样"),
    ("form-long-number", "这一格的数字超过15位，后面的数位在表格里已经丢失", "把单元格设成文本，再重新键入"),
    ("form-rounded-cell", "这一格存的数字比显示的位数多，按显示的“{found}”读", "要写全就增加小数位数"),
    ("form-hidden-value", "这一格设成了不显示，里面的“{found}”也读了", "不要的就清空这一格"),
    ("form-odd-format", "这一格的数字格式不寻常，读作“{found}”，与显示的可能不同",
     "把单元格设成文本，写成要在文档里出现的样子"),
    ("form-odd-date", "这一格是日期，它的格式读不出来", "把单元格设成文本，写成要在文档里出现的样子"),
    ("form-weekday-left-out", "这一格还显示星期，只读了“{found}”", "把单元格设成文本，写成要在文档里出现的样子"),
)  # fmt: skip
_TOLD = {code: (message, hint) for code, message, hint in _SAID}
_MILD = {
    **dict.fromkeys((EMPTY, DOUBTED, ODD), Severity.WARNING),
    **dict.fromkeys((ROUNDED, HIDDEN, UNDATED), Severity.NOTE),
}


def cell_fault(code: str, name: str, sheet: str, row: int, column: int, found: str | None = None) -> Diagnostic:
    """The diagnostic of a cell; row and column from 0."""
    message, hint = _TOLD[code]
    place = Place(name, sheet=sheet, cell=cell_name(row, column))
    return Diagnostic(code, message.format(found=found), _MILD.get(code, Severity.ERROR), place, found, hint=hint)


class Seen(NamedTuple):
    """The text of a cell, and the code of what is to be said of it, if anything."""

    text: str
    remark: str | None = None


class Look(Protocol):
    """Knows better than the stored value what stands in a cell."""

    def seen(self, value: Any) -> Seen:
        """The text of the cell whose stored value is ``value``. Raises Misread where it is lost."""


def check_extent(name: str, sheet: str, rows: int, columns: int) -> None:
    """Refuse a sheet whose cells span too much. Numbers of rows and columns, from the first cell of the sheet."""
    if rows <= MAX_ROWS and columns <= MAX_COLUMNS and rows * columns <= MAX_AREA:
        return
    far = cell_name(max(rows, 1) - 1, max(columns, 1) - 1)
    raise FormError(
        Diagnostic(
            "form-far-cell",
            f"工作表的内容一直到{far}，大得不像一份表格",
            place=Place(name, sheet=sheet, cell=far),
            hint=f"删去远处多余的行、列；一张表最多{MAX_ROWS}行、{MAX_COLUMNS}列",
        )
    )


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def refuse_doctype(content: bytes, name: str) -> None:
    """Refuse parts with a document type declaration, and parts that are not in UTF-8."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or _HIDDEN.search(content[:400]):
        raise FormError(
            Diagnostic(
                "form-doctype",
                "文件里有文档类型声明或不寻常的编码，不安全，不能读",
                place=Place(name),
                hint="用 Excel 或 WPS 打开，另存为新的 .xlsx",
            )
        )


_HIDDEN = re.compile(rb"^(?:\xff\xfe|\xfe\xff|[^<]{0,3}\0)|\0|encoding\s*=\s*[\"'](?!utf-8|UTF-8|us-ascii|US-ASCII)")

Parts = Callable[[str], bytes]
