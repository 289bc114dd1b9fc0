"""A workbook as it looks: bands, heads, hints, drop-downs, hidden keys; every text written as text."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from math import ceil
from typing import Any

from planwriter.diagnostic import Diagnostic, FormError
from planwriter.form.workbook import choices, marks
from planwriter.form.workbook.columns import Shape, Slot
from planwriter.width import cells

MAX_CELL = 32_767
"""Characters a cell of a spreadsheet can hold."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_FIXED = datetime(2012, 7, 1)
_FONT = "微软雅黑"
_INK, _BAND, _HEAD, _GREY, _LINE, _RED = "#1F2933", "#1F5C6B", "#E3EEF0", "#8A949E", "#B8C4C9", "#C0392B"
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {
        "font_size": 16,
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": _BAND,
        "valign": "vcenter",
        "indent": 1,
    },
    "caption": {"font_size": 12, "bold": True, "font_color": _BAND, "valign": "vcenter"},
    "label": {
        "bold": True,
        "bg_color": _HEAD,
        "border": 1,
        "border_color": _LINE,
        "valign": "vcenter",
        "text_wrap": True,
    },
    "head": {
        "bold": True,
        "bg_color": _HEAD,
        "border": 1,
        "border_color": _LINE,
        "valign": "vcenter",
        "align": "center",
        "text_wrap": True,
    },
    "cell": {"border": 1, "border_color": _LINE, "valign": "top", "text_wrap": True, "num_format": "@"},
    "example": {
        "border": 1,
        "border_color": _LINE,
        "valign": "top",
        "text_wrap": True,
        "num_format": "@",
        "italic": True,
        "font_color": _GREY,
    },
    "hint": {"font_color": _GREY, "valign": "vcenter", "font_size": 10},
    "told": {"valign": "top", "text_wrap": True, "font_size": 12},
    "step": {"font_size": 12, "bold": True, "font_color": _BAND, "valign": "top"},
    "plain": {"valign": "top", "text_wrap": True, "num_format": "@"},
    "number": {"font_color": _GREY, "align": "center", "valign": "top", "border": 1, "border_color": _LINE},
    "key": {"font_color": _GREY, "font_size": 9},
    "star": {"font_color": _RED, "bold": True},
    "error": {
        "bg_color": "#F8D7DA",
        "border": 2,
        "border_color": _RED,
        "valign": "top",
        "text_wrap": True,
        "num_format": "@",
    },
    "warning": {
        "bg_color": "#FFF1C9",
        "border": 2,
        "border_color": "#D39E00",
        "valign": "top",
        "text_wrap": True,
        "num_format": "@",
    },
}


class Book:
    """A workbook being written; ``bytes`` closes it. Same calls, same bytes."""

    def __init__(self) -> None:
        import xlsxwriter

        self._out = io.BytesIO()
        self.file = xlsxwriter.Workbook(
            self._out,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.file.set_properties({"created": _FIXED, "author": "planwriter", "title": "表单"})
        self.file.set_custom_property(marks.PROPERTY, marks.VERSION)
        self.file.set_calc_mode("auto")
        self._looks: dict[tuple[str, bool], Any] = {}
        self._names: set[str] = set()

    def look(self, name: str, quoted: bool = False) -> Any:
        """The format of that name; ``quoted`` bears the property of a leading apostrophe."""
        if (name, quoted) not in self._looks:
            told = {"font_name": _FONT, "font_size": 11, "font_color": _INK, **_LOOKS[name]}
            self._looks[name, quoted] = self.file.add_format(told | ({"quote_prefix": True} if quoted else {}))
        return self._looks[name, quoted]

    def comment(self) -> dict[str, Any]:
        """How comments look."""
        return {"author": "planwriter", "x_scale": 2, "y_scale": 1.5, "font_name": _FONT, "font_size": 10}

    def page(self, name: str, identity: str | None) -> Page:
        """A new sheet; a name that is taken gets a number."""
        plain = _sheet_name(name)
        said = next(
            n for n in (plain, *(f"{plain[:27]}{k}" for k in range(2, 10_000))) if n.casefold() not in self._names
        )
        self._names.add(said.casefold())
        return Page(self, self.file.add_worksheet(said), said, identity)

    def bytes(self) -> bytes:
        """The finished file."""
        self.file.close()
        return self._out.getvalue()


def _sheet_name(name: str) -> str:
    kept = "".join("_" if char in "[]:*?/\\" or char < " " else char for char in name).strip("'")[:31]
    return kept or "表"


class Page:
    """One sheet; ``at`` is the next free row, from 0. Column A holds hidden marks."""

    def __init__(self, book: Book, sheet: Any, name: str, identity: str | None) -> None:
        self.book, self.sheet, self.name, self.at = book, sheet, name, 0
        self.sheet.hide_gridlines(2)
        self.sheet.set_paper(9)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        if identity is not None:
            self.sheet.set_column(0, 0, 4, None, {"hidden": True})
            self.sheet.set_row(0, None, None, {"hidden": True})
            self.text(0, 0, marks.SHEET + identity, "key")
            self.at = 1

    def text(self, row: int, column: int, text: str, look: str) -> None:
        """Write a text as a text, never as a formula or a link. Raises FormError where no cell can hold it."""
        if len(text) > MAX_CELL:
            raise FormError(
                Diagnostic(
                    "form-cell-too-long",
                    f"有一段文字{len(text)}个字，表格的一格最多放{MAX_CELL}个字",
                    found=text[:40],
                    hint="分成几段，或改用 YAML 表单",
                )
            )
        quoted = text.startswith(_FORMULA_STARTS)
        self.sheet.write_string(row, column, text, self.book.look(look, quoted))

    def blank(self, row: int, column: int, look: str) -> None:
        """An empty cell with a look."""
        self.sheet.write_blank(row, column, None, self.book.look(look))

    def title(self, text: str, last: int) -> None:
        """The band at the top, over the columns 1 to ``last``."""
        for column in range(1, last + 1):
            self.blank(self.at, column, "title")
        self.text(self.at, 0, marks.TITLE, "key")
        self.text(self.at, 1, text, "title")
        self.sheet.set_row(self.at, 34)
        self.at += 1

    def label(self, row: int, column: int, text: str, look: str, required: bool) -> None:
        """A label, with a red star where it must be filled in."""
        if not required:
            self.text(row, column, text, look)
            return
        self.sheet.write_rich_string(row, column, text, self.book.look("star"), marks.STAR, self.book.look(look))

    def row(self, height: float, hidden: bool = False) -> None:
        """The height of the present row; a hidden one can be opened with the “+” at the edge."""
        self.sheet.set_row(self.at, height, None, {"level": 1, "hidden": True} if hidden else {})


def row_height(texts: Iterable[tuple[str, float]]) -> float:
    """Points that a row needs for such texts in columns of such widths (in characters)."""
    lines = max((_lines(text, wide) for text, wide in texts), default=1)
    return min(max(21.0, 17.0 * lines + 4), 400.0)


def _lines(text: str, wide: float) -> int:
    return sum(max(1, ceil(2 * cells(line) / max(wide - 1, 1))) for line in text.split("\n"))


def fence(
    page: Page, slot: Slot, first: int, last: int, column: int, units: str | None, last_column: int | None = None
) -> None:
    """Hints, drop-downs and rules on the cells of a field; ``units`` is the range that lists of units offer."""
    options: dict[str, Any] = {"validate": "any"}
    if fixed := choices.allowed(slot):
        options = {
            "validate": "list",
            "source": list(fixed),
            "error_title": "只能从下拉框里选",
            "error_message": f"可以选：{'、'.join(fixed)}"[:255],
        }
    elif slot.path[-1] in choices.UNIT_FIELDS and units:
        options = {"validate": "list", "source": f"={units}", "show_error": False}
    elif offered := choices.suggested(slot):
        options = {"validate": "list", "source": list(offered), "show_error": False}
    elif (checked := choices.rule(slot, marks.cell_name(first, column))) is not None:
        options = checked
    told = {"input_title": slot.label[:32], "input_message": (slot.sentence + _how(slot))[:255], "ignore_blank": True}
    page.sheet.data_validation(first, column, last, last_column or column, options | told)


def _how(slot: Slot) -> str:
    if slot.shape is Shape.NAMES:
        return "写几个时，每个占一行（Alt+Enter 换行）。"
    if slot.shape is Shape.PARAGRAPHS:
        return "分段时换行（Alt+Enter）。"
    return ""
