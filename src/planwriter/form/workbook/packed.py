"""Looks through an .xlsx before it is read: extents, document types, error cells, formulas without a result."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Protocol

from planwriter.diagnostic import Diagnostic, FormError, Place
from planwriter.form.workbook.bounds import (
    ERROR,
    MAX_AREA,
    MAX_SHEETS,
    UNCALCULATED,
    Faults,
    check_extent,
    column_number,
    refuse_doctype,
)  # fmt: skip
from planwriter.word.markup import fault_of, parse

_FAR = re.compile(rb'r="(?:[A-Za-z]{2,4}\d|[A-Za-z]?(?:\d{7}|[2-9]\d{5}))')
"""A cell beyond column Z or a row beyond the most: only then is every reference looked at."""
_UNUSUAL = (b"r='", b"r =", b"r= ", b"\t", b"\r")
"""References that no program writes so; they are all looked at, since the quick look would not see them."""
_FEW_LINES = 3
"""A sheet is one line of XML; where it has more, references may be broken over them."""
_REF = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]{0,4})(\d{0,10})\s*[\"']")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_SUSPECT = (b'"e"', b"'e'", b"<f", b":f")
_WHOLE_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*)?(?<!/)>(.*?)</(?:\w+:)?c>", re.S)
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</|<(?:\w+:)?t[\s>]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_HAS_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")


class Parts(Protocol):
    """The parts of a package, each bounded when it is read."""

    names: frozenset[str]

    def __call__(self, part: str) -> bytes:
        """The content of one part."""


def inspect(parts: Parts, name: str) -> Faults:
    """The faults of the cells, sheet by sheet. Raises FormError for a package that may not be read."""
    faults: Faults = {}
    sheets = dict(sheet_parts(parts, name))
    for part in sorted(parts.names):
        if not part.lower().endswith((".xml", ".rels", ".vml")) and part != "[Content_Types].xml":
            continue
        content = parts(part)
        refuse_doctype(content, name)
        if part in sheets or part.startswith("xl/worksheets/"):
            sheet = sheets.get(part, part)
            _check_extent(content, name, sheet)
            found = dict(_faults(content))
            if found:
                faults[sheet] = found
    return faults


def sheet_parts(parts: Parts, name: str) -> Iterator[tuple[str, str]]:
    """(part, name of its sheet) in the order of the sheets. Raises FormError."""
    workbook = next((p for p in sorted(parts.names) if re.fullmatch(r"xl/workbook\d*\.xml", p)), "xl/workbook.xml")
    relations = f"xl/_rels/{posixpath.basename(workbook)}.rels"
    if relations not in parts.names:
        raise FormError(_damaged(name, relations))
    targets = {}
    for one in _tree(parts(relations), name):
        target = str(one.get("Target", ""))
        targets[one.get("Id")] = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    listed = [e for e in _tree(parts(workbook), name).iter("{*}sheet") if e.get("name")]
    if len(listed) > MAX_SHEETS:
        raise FormError(Diagnostic("form-too-many-sheets", f"工作表超过{MAX_SHEETS}张，不像一份表单", place=Place(name),
                                   found=str(len(listed)), hint="删去多余的工作表"))  # fmt: skip
    for one in listed:
        relation = next((v for k, v in one.attrib.items() if str(k).endswith("}id")), None)
        part = targets.get(relation)
        if part is None or part not in parts.names:
            raise FormError(_damaged(name, str(one.get("name"))))
        yield part, str(one.get("name"))


def _tree(content: bytes, name: str):  # type: ignore[no-untyped-def]  # an element of lxml, whose door is elsewhere
    refuse_doctype(content, name)
    if fault_of(content) is not None:
        raise FormError(_damaged(name, "目录"))
    try:
        return parse(content)
    except SyntaxError:  # a prefix that is nowhere declared, or a tree without end
        raise FormError(_damaged(name, "目录")) from None


def _damaged(name: str, found: str) -> Diagnostic:
    return Diagnostic("form-package-damaged", "文件不完整或已损坏，缺少工作表", place=Place(name), found=found,
                      hint="用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”再用")  # fmt: skip


def _check_extent(content: bytes, name: str, sheet: str) -> None:
    rows = content.count(b"<row") + content.count(b":row")
    strange = content.count(b"\n") > _FEW_LINES or any(mark in content for mark in _UNUSUAL)
    usual = not strange and _FAR.search(content) is None
    if usual and rows * 26 <= MAX_AREA:
        return
    cells = sum(1 for _ in _CELL.finditer(content))
    most_rows, most_columns = rows, 1
    for found in _REF.finditer(content):
        if found[1]:
            most_columns = max(most_columns, column_number(found[1].decode("ascii")))
        if found[2]:
            most_rows = max(most_rows, int(found[2]))
    check_extent(name, sheet, most_rows, max(most_columns, 1))
    if cells > MAX_AREA:
        check_extent(name, sheet, cells, 1)


def _faults(content: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """Error cells and formulas without a stored result; nothing else costs a look at every cell."""
    if not any(mark in content for mark in _SUSPECT):
        return
    for found in _WHOLE_CELL.finditer(content):
        attributes, inner = found[1] or b"", found[2]
        place = _REF.search(attributes)
        if place is None or not place[1] or not place[2]:
            continue
        at = (int(place[2]) - 1, column_number(place[1].decode("ascii")) - 1)
        if _HAS_ERROR.search(attributes):
            yield at, ERROR
        elif _FORMULA.search(inner) and _VALUE.search(inner) is None:
            yield at, UNCALCULATED
