"""Makes and edits workbooks for tests, independently of the code that writes forms."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import xlsxwriter

from planwriter.form.workbook.cells import open_sheets


def table(
    *sheets: tuple[str, list[list[Any]]], draw: Callable[[Any, dict[str, Any]], None] | None = None, **options: Any
) -> bytes:
    """A plain workbook with such sheets; ``draw`` may add to it (book, sheets by name)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, **options})
    made = {}
    for name, rows in sheets:
        made[name] = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value not in ("", None):
                    made[name].write(number, column, value)
    if draw is not None:
        draw(book, made)
    book.close()
    return out.getvalue()


def repacked(
    data: bytes, change: Mapping[str, Callable[[bytes], bytes]] = {}, add: Mapping[str, bytes] = {}, method: int = 8
) -> bytes:
    """The package with some parts changed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", method) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change[name](content) if name in change else content)
        for name, content in add.items():
            target.writestr(name, content)
    return out.getvalue()


def grid_of(data: bytes, name: str = "x.xlsx") -> dict[str, list[list[Any]]]:
    """The raw cells of every sheet."""
    return {sheet.name: [list(row) for row in sheet.rows()] for sheet in open_sheets(data, name)[0]}


def edited(data: bytes, change: Callable[[dict[str, list[list[Any]]]], None]) -> bytes:
    """The workbook typed off into another one after a change of its cells, as a clerk's copying would leave it."""
    cells = grid_of(data)
    change(cells)
    return table(*cells.items())


def filled(rows: list[list[Any]], label: str, value: Any, *, after: int = 0) -> None:
    """Type a value beside the label of a field."""
    for row in rows[after:]:
        for column, text in enumerate(row):
            if isinstance(text, str) and text.replace("*", "").strip() == label:
                row += [""] * (column + 2 - len(row))
                row[column + 1] = value
                return
    raise AssertionError(f"no field {label}")


def ods(*cells: str, sheet: str = "表", meta: str = "<meta/>") -> bytes:
    """One row of cells, as LibreOffice writes them."""
    out = io.BytesIO()
    spaces = " ".join(f'xmlns:{one}="{one}"' for one in ("office", "table", "text", "calcext", "dc"))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        package.writestr("meta.xml", meta)
        package.writestr("content.xml", f"<office:document-content {spaces}><office:body><office:spreadsheet>"
                         f'<table:table table:name="{sheet}"><table:table-row>{"".join(cells)}</table:table-row>'
                         "</table:table></office:spreadsheet></office:body></office:document-content>")  # fmt: skip
    return out.getvalue()


def cell(kind: str, value: str, shown: str, more: str = "") -> str:
    """A cell with a value, and the text that is shown."""
    attribute = {"date": "date-value", "time": "time-value", "string": "string-value"}.get(kind, "value")
    return (f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}" {more}>'
            f"<text:p>{shown}</text:p></table:table-cell>")  # fmt: skip
