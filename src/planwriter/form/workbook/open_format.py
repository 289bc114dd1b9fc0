"""Looks through an .ods before it is read: repeated cells that would unfold, error cells, formulas without a result."""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

from planwriter.diagnostic import Diagnostic, FormError, Place
from planwriter.form.workbook.bounds import ERROR, MAX_COLUMNS, UNCALCULATED, Asides, Look, check_extent
from planwriter.form.workbook.packed import Parts
from planwriter.form.workbook.seen import Fixed, Misread, fixed_date, fixed_number

_MAX_SPACES = 10_000
_MAX_DEPTH = 60
_MAX_ASIDES = 1_000_000
"""Cells whose text is kept beside their value; repeated rows could make billions of them."""
_ENCRYPTED = b"encryption-data"


def inspect(parts: Parts, name: str) -> Asides:
    """What the cells do not say themselves, sheet by sheet. Raises FormError for a package that may not be read."""
    if "META-INF/manifest.xml" in parts.names and _ENCRYPTED in parts("META-INF/manifest.xml"):
        raise FormError(Diagnostic("form-package-encrypted", "文件加了密码", place=Place(name),
                                   hint="用 WPS 或 LibreOffice 打开，取消密码后另存为 .xlsx"))  # fmt: skip
    looking = _Looking(name)
    for part in sorted(parts.names):
        if part.endswith(".xml"):
            looking.parse(parts(part), body=part == "content.xml")
    looking.end()
    return looking.asides


class _Looking:
    """Walks content.xml once, counting rows and columns as they unfold."""

    def __init__(self, name: str) -> None:
        self.name, self.asides = name, Asides()
        self.sheet = ""
        self.row = self.column = self.repeat_row = self.wide = self.last_row = self.depth = 0
        self.cell: dict[str, str] = {}
        self.filled = False
        self.spaces = self.remarks = self.kept = 0
        self.text = ""
        self.lines = 0
        self.calculated = False
        self.hollow: list[tuple[str, tuple[int, int]]] = []
        self.row_asides: list[tuple[int, int, str | Look]] = []

    def parse(self, content: bytes, *, body: bool) -> None:
        """Parse one part; document types are refused in each, cells are counted in the body."""
        judge = expat.ParserCreate()
        judge.StartDoctypeDeclHandler = self._doctype
        if body:
            judge.StartElementHandler, judge.EndElementHandler = self._start, self._end
            judge.CharacterDataHandler = self._characters
        try:
            judge.Parse(content, True)
        except expat.ExpatError:
            raise FormError(Diagnostic("form-package-damaged", "文件不完整或已损坏", place=Place(self.name),
                                       hint="用 WPS 或 LibreOffice 打开，另存为 .xlsx")) from None  # fmt: skip

    def end(self) -> None:
        """Formulas without a result were never calculated, unless others were: then their result is an empty text."""
        for sheet, cell in () if self.calculated else self.hollow:
            self.asides.setdefault(sheet, {})[cell] = UNCALCULATED

    def _doctype(self, *_: Any) -> None:
        raise FormError(Diagnostic("form-doctype", "文件里有文档类型声明，不安全，不能读", place=Place(self.name),
                                   hint="用 WPS 或 LibreOffice 打开，另存为新的 .xlsx"))  # fmt: skip

    def _start(self, tag: str, told: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise FormError(Diagnostic("form-too-deep", "文件的层次太深，不像一份表格", place=Place(self.name),
                                       hint="另存为新的 .xlsx"))  # fmt: skip
        if tag == "table:table":
            self.sheet, self.row, self.last_row, self.wide = told.get("table:name", ""), 0, 0, 0
        elif tag == "table:table-row":
            self.column, self.filled, self.row_asides = 0, False, []
            self.repeat_row = _number(told.get("table:number-rows-repeated"))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self.cell, self.text, self.lines = told, "", 0
        elif tag == "office:annotation":
            self.remarks += 1
        elif tag == "text:p" and not self.remarks:
            self.text += "\n" if self.lines else ""
            self.lines += 1
        elif tag == "text:s":
            self.spaces += _number(told.get("text:c"))
            if self.spaces > _MAX_SPACES * 100 or _number(told.get("text:c")) > _MAX_SPACES:
                check_extent(self.name, self.sheet, 10**7, 1)

    def _characters(self, text: str) -> None:
        if len(self.text) < 80 and not self.remarks:
            self.text += text

    def _end(self, tag: str) -> None:
        self.depth -= 1
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell_ends()
        elif tag == "office:annotation":
            self.remarks -= 1
        elif tag == "table:table-row":
            if self.filled:
                self.last_row = self.row + self.repeat_row
                check_extent(self.name, self.sheet, self.last_row, max(self.wide, 1))
                self._keep()
            self.row += self.repeat_row

    def _cell_ends(self) -> None:
        repeat, kind = _number(self.cell.get("table:number-columns-repeated")), self.cell.get("office:value-type")
        formula = "table:formula" in self.cell
        if kind or self.text.strip() or formula:
            self.filled = True
            self.wide = max(self.wide, self.column + repeat)
            if self.wide > MAX_COLUMNS:
                check_extent(self.name, self.sheet, max(self.row + 1, 1), self.wide)
        if (aside := self._aside(kind, formula)) is not None:
            self.row_asides.append((self.column, repeat, aside))
        self.column += repeat
        self.cell, self.text = {}, ""

    def _aside(self, kind: str | None, formula: bool) -> str | Look | None:
        """What the value of the cell that ends does not say: a fault, or the text that is shown beside it."""
        shown = self.text.strip()
        if formula and (shown.startswith(("#", "Err:")) or self.cell.get("calcext:value-type") == "error"):
            return ERROR
        if formula and kind is None:
            self.hollow.append((self.sheet, (self.row, self.column)))
            return None
        self.calculated |= formula
        try:
            if kind in ("float", "percentage", "currency"):
                return fixed_number(shown, float(self.cell.get("office:value", "")))
        except (ValueError, OverflowError, Misread):
            return None
        if kind == "date":
            return fixed_date(shown, self.cell.get("office:date-value", ""))
        return Fixed(shown or _spelt(self.cell.get("office:time-value", ""))) if kind == "time" else None

    def _keep(self) -> None:
        """Keep what was found in the row that ends, for each row that it stands for."""
        found = self.row_asides
        self.kept += self.repeat_row * sum(repeat for _, repeat, _ in found)
        if self.kept > _MAX_ASIDES:
            check_extent(self.name, self.sheet, 10**7, 1)
        kept = self.asides.setdefault(self.sheet, {}) if found else {}
        for first, repeat, aside in found:
            for row in range(self.row, self.row + self.repeat_row):
                kept.update(dict.fromkeys(((row, column) for column in range(first, first + repeat)), aside))


def _spelt(duration: str) -> str:
    """9:30 for PT09H30M00S, what a table without a shown text says of a time."""
    found = re.fullmatch(r"-?PT(\d{1,7})H(\d{1,2})M(\d{1,2})(?:[.,]\d*)?S", duration)
    return f"{int(found[1])}:{int(found[2]):02d}" if found else duration


def _number(text: str | None) -> int:
    """A count as written; 1 where nothing or nonsense is."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 12 else 1
