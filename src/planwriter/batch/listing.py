"""The list of a batch (清单): every unit, its document, how it went, in columns that a clerk understands.

Below the units stand the documents of earlier runs that are still there and that no unit has.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from planwriter.batch.extras import Extras
from planwriter.batch.manifest import DONE, LEFT, Entry
from planwriter.diagnostic import Diagnostic

COLUMNS = ("序号", "单位", "来源", "位置", "文件", "结果", "待填处数", "问题", "用时（秒）")
FORMATS = ("csv", "xlsx", "json")
NAME = "清单"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def rows(entries: Iterable[Entry]) -> Iterator[tuple[str, ...]]:
    """A row for every unit, in the order of ``COLUMNS``."""
    for one in entries:
        cells = (str(one.number or ""), one.unit, one.source, one.at, one.output if one.content else "", _result(one),
                 str(one.gaps), "；".join(map(brief, one.diagnostics)), f"{one.seconds:.3f}")  # fmt: skip
        yield tuple(harmless(cell) for cell in cells)


def _result(one: Entry) -> str:
    if one.status == LEFT:
        return "以前写成的，这次没有这个单位"
    return "没有写成" if one.status != DONE else "已写成，有待填的" if one.gaps else "已写成"


def brief(one: Diagnostic) -> str:
    """A diagnostic on one line: where, what, what to do."""
    where = f"{one.place}：" if one.place is not None and str(one.place) else ""
    return f"{where}{one.message}" + (f"（{one.hint}）" if one.hint else "")


def write_csv(out: BinaryIO, entries: Iterable[Entry]) -> None:
    """CSV in UTF-8 with a mark, which every spreadsheet program reads."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    table = csv.writer(text)
    table.writerow(COLUMNS)
    table.writerows(rows(entries))
    text.detach()


def write_json(out: BinaryIO, entries: Iterable[Entry]) -> None:
    """A list of objects, one on a line."""
    for number, one in enumerate(entries):
        plain = {"number": one.number, "unit": one.unit, "source": one.source, "at": one.at, "template": one.template,
                 "output": one.output, "status": one.status, "gaps": one.gaps, "digest": one.digest,
                 "content": one.content, "size": one.size, "seconds": one.seconds,
                 "diagnostics": [told.to_dict() for told in one.diagnostics]}  # fmt: skip
        out.write(b"[\n" if number == 0 else b",\n")
        out.write(json.dumps(plain, ensure_ascii=False).encode())
    out.write(b"\n]\n" if out.tell() else b"[]\n")


def write_xlsx(out: BinaryIO, entries: Iterable[Entry]) -> None:
    """A workbook with one sheet; every cell is text."""
    from planwriter.form.workbook.tables import write_table  # a heavy library, only where a workbook is written

    write_table(out, NAME, COLUMNS, rows(entries))


_WRITERS = {"csv": write_csv, "json": write_json, "xlsx": write_xlsx}


def write_list(extras: Extras, kind: str, entries: Iterable[Entry]) -> Path | str:
    """Write the list into the folder of the batch as ``csv``, ``xlsx`` or ``json``; its path."""
    return extras.write(f"{NAME}.{kind}", lambda out: _WRITERS[kind](out, entries))
