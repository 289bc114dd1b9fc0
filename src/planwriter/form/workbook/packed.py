"""Looks through an .xlsx before it is read: extents, document types, error cells, formulas without a result."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

from planwriter.diagnostic import Diagnostic, FormError, Place
from planwriter.form.workbook.bounds import (
    ERROR,
    MAX_AREA,
    MAX_SHEETS,
    UNCALCULATED,
    Asides,
    CellAsides,
    Look,
    check_extent,
    column_number,
    refuse_doctype,
)  # fmt: skip
from planwriter.form.workbook.number_format import BUILTIN
from planwriter.form.workbook.seen import aside_of, look_of
from planwriter.word.markup import fault_of, parse

_FAR = re.compile(rb'r="(?:[A-Za-z]{2,4}\d|[A-Za-z]?(?:\d{7}|[2-9]\d{5}))')
"""A cell beyond column Z or a row beyond the most: only then is every reference looked at."""
_UNUSUAL = (b"r='", b"r =", b"r= ", b"\t", b"\r")
"""References that no program writes so; they are all looked at, since the quick look would not see them."""
_FEW_LINES = 3
"""A sheet is one line of XML; where it has more, references may be broken over them."""
_REF = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]{0,4})(\d{0,10})\s*[\"']")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_SUSPECT = (b'"e"', b"'e'", b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</|<(?:\w+:)?t[\s>]")
_FORMULA_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*)?(?<!/)>\s*(<(?:\w+:)?f[\s>/].*?)</(?:\w+:)?c>", re.S)
_ERROR_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*\bt\s*=\s*[\"']e[\"'][^>]*)>")
_STYLES, _MAX_STYLES, _FEW_STYLES = "xl/styles.xml", 32 * 2**20, 200
_STYLED = rb"<(?:\w+:)?c\s((?=[^>]*\bs\s*=\s*[\"'](%b)[\"'])[^>]*)(?<!/)>(.*?)</(?:\w+:)?c>"
_NO_NUMBER = re.compile(rb"\bt\s*=\s*[\"'](?!n[\"'])")


class Parts(Protocol):
    """The parts of a package, each bounded when it is read."""

    names: frozenset[str]

    def __call__(self, part: str) -> bytes:
        """The content of one part."""


def inspect(parts: Parts, name: str) -> Asides:
    """What the cells do not say themselves, sheet by sheet. Raises FormError for a package that may not be read."""
    asides: Asides = {}
    sheets = dict(sheet_parts(parts, name))
    looks = style_looks(parts, name)
    for part in sorted(parts.names):
        if not part.lower().endswith((".xml", ".rels", ".vml")) and part != "[Content_Types].xml":
            continue
        content = parts(part)
        refuse_doctype(content, name)
        if part in sheets or part.startswith("xl/worksheets/"):
            sheet = sheets.get(part, part)
            _check_extent(content, name, sheet)
            if found := {**_seen(content, looks), **dict(_faults(content))}:
                asides[sheet] = found
    return asides


def style_looks(parts: Parts, name: str) -> dict[bytes, Look]:
    """Number of a style → what its number format makes of a value, for those that change what is seen."""
    if _STYLES not in parts.names:
        return {}
    content = parts(_STYLES)
    if len(content) > _MAX_STYLES:
        raise FormError(Diagnostic("form-package-bomb", "文件里的单元格样式多得不像一份表格", place=Place(name),
                                   hint="用 Excel 或 WPS 打开，把内容复制到新的工作簿里"))  # fmt: skip
    tree = _tree(content, name)
    own = {one.get("numFmtId"): str(one.get("formatCode", "")) for one in tree.iterfind("{*}numFmts/{*}numFmt")}
    codes = [
        own.get(number := one.get("numFmtId", "0")) or _builtin(number) for one in tree.iterfind("{*}cellXfs/{*}xf")
    ]
    found = ((b"%d" % number, look_of(code)) for number, code in enumerate(codes) if code)
    return {number: look for number, look in found if look is not None}


def _builtin(number: str) -> str:
    return BUILTIN.get(int(number), "") if number.isascii() and number.isdigit() and len(number) < 6 else ""


def _seen(content: bytes, looks: dict[bytes, Look]) -> CellAsides:
    """The numbers, dates and times that are seen otherwise than their value says."""
    found: CellAsides = {}
    if not looks:
        return found
    styles = b"|".join(looks) if len(looks) <= _FEW_STYLES else rb"\d{1,6}"
    known: dict[tuple[bytes, bytes], Look | None] = {}
    for cell in re.finditer(_STYLED % styles, content, re.DOTALL):
        attributes, style, inner = cell.groups()
        place, value = _REF.search(attributes), _VALUE.search(inner)
        if place is None or value is None or not value[1] or _NO_NUMBER.search(attributes):
            continue
        if (key := (style, value[1])) not in known:
            look = looks.get(style)
            known[key] = None if look is None else aside_of(look, value[1].decode("ascii", "replace"))
        if (aside := known[key]) is not None and place[1] and place[2]:
            found[int(place[2]) - 1, _column(place[1])] = aside
    return found


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_number(letters.decode("ascii")) - 1


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
    for found in _FORMULA_CELL.finditer(content):
        if _VALUE.search(found[2]) is None and (at := _place_in(found[1] or b"")) is not None:
            yield at, UNCALCULATED
    for found in _ERROR_CELL.finditer(content):
        if (at := _place_in(found[1])) is not None:
            yield at, ERROR


def _place_in(attributes: bytes) -> tuple[int, int] | None:
    """Row and column, from 0, that the attributes of a cell name."""
    place = _REF.search(attributes)
    return (int(place[2]) - 1, _column(place[1])) if place is not None and place[1] and place[2] else None
