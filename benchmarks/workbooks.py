"""How fast rosters are read, against openpyxl's read-only mode on the same files in the same run.

    python benchmarks/workbooks.py [ROWS]

The first roster has ROWS units (100,000), those of other kinds a fifth of them; the texts of both sides are compared.
openpyxl is no dependency of the project: where it is missing, it is installed into a throwaway environment.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from planwriter.form.workbook import read_roster
from planwriter.form.workbook.cells import open_table_sheets
from planwriter.form.workbook.roster import roster_columns
from planwriter.form.workbook.tables import read_table

WANTED = 8.0
_TIMES = 3
_HEAD = [
    "单位全称",
    "单位简称",
    "期间",
    "文种",
    "成文日期",
    "引言",
    "署名",
    "发文字号",
    "公文标题",
    "主送机关",
    "备注",
    "序号",
]

Rows = Iterator[list[Any]]


def said(value: Any) -> str:
    """A value as both sides can write it down: numbers to twelve digits, dates by their day."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, (bool, int, float)):
        return f"{float(value):.12g}"
    return str(value.isoformat()[:10])


def digest(rows: Iterable[Sequence[Any]]) -> str:
    """What all rows say, cells at their end that say nothing left out."""
    found = hashlib.sha256()
    for row in rows:
        found.update("\x1f".join(map(said, row)).rstrip("\x1f").encode() + b"\n")
    return found.hexdigest()


_OTHER = f"""
from __future__ import annotations
import hashlib, sys, time, openpyxl
{inspect.getsource(said)}
{inspect.getsource(digest)}
def rows():
    book = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True)
    return book["名单"].iter_rows(values_only=True)
best = 1e9
for _ in range(2):
    start, number = time.process_time(), -1
    for row in rows():
        number += any(value is not None for value in row)
    best = min(best, time.process_time() - start)
print(number, best, digest(rows()))
"""
_WRITES = """
import json, sys, openpyxl
from datetime import date
book = openpyxl.Workbook(write_only=True)
sheet = book.create_sheet("名单")
for line in sys.stdin:
    sheet.append([date.fromisoformat(one[1:]) if str(one).startswith("@") else one for one in json.loads(line)])
book.save(sys.argv[1])
"""


def common(rows: int) -> Rows:
    """Twelve columns of our own roster: every third differs by unit, the others are alike."""
    columns = [c for c in roster_columns() if c.slot.common or c.slot.required][:12]
    yield [c.label for c in columns]
    for row in range(1, rows + 1):
        yield [f"{c.slot.example}{row}" if n % 3 == 0 else c.slot.example for n, c in enumerate(columns)]


def mixed(rows: int, more: int = 0) -> Rows:
    """Texts, a date, a number, a cell that is seldom filled in; ``more`` columns of texts that often come again."""
    yield [*_HEAD, *(f"列{n}" for n in range(more))]
    for n in range(1, rows + 1):
        unit, day = f"青江县第{n}村妇女联合会", date(2027, 1, 1) + timedelta(n % 365)
        yield [unit, f"{n}村妇联", "2027年", "工作计划", day, "为做好全年工作，制定本计划。", unit, f"青妇〔2027〕{n}号",
               f"第{n}村工作计划", "各村妇联", None if n % 3 else "备注 & 说明", n, *(f"值{(n + c) % 97}" for c in range(more))]  # fmt: skip


def ragged(rows: int) -> Rows:
    """Three of ten cells are not there, here and there."""
    for n, row in enumerate(mixed(rows)):
        yield [None if n and at and hash((n, at)) % 10 < 3 else value for at, value in enumerate(row)]


def numbers(rows: int) -> Rows:
    """A name and eleven numbers."""
    yield _HEAD
    for n in range(1, rows + 1):
        yield [f"第{n}村妇联", *(n * 7 + at + (0.5 if at % 2 else 0) for at in range(11))]


def different(rows: int) -> Rows:
    """No text twice."""
    yield _HEAD
    for n in range(1, rows + 1):
        yield [f"{label}：第{n}个单位的内容各不相同" for label in _HEAD]


def write(path: Path, rows: Iterable[list[Any]], *, styled: bool = False, merged: bool = False, **options: Any) -> None:
    """A workbook by XlsxWriter; ``styled`` gives each cell a look, ``merged`` joins twenty cells of the last but one column."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", **options})
    sheet, look = book.add_worksheet("名单"), book.add_format({"border": 1, "font_size": 11}) if styled else None
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if not isinstance(value, date):
                sheet.write(number, column, value, look)
            else:
                sheet.write_datetime(number, column, value)  # type: ignore[arg-type]  # a date will do
        if merged and number % 20 == 1:
            sheet.merge_range(number, 10, number + 19, 10, f"第{number}镇")
    book.close()


def write_by_openpyxl(path: Path, rows: Iterable[list[Any]], python: str) -> None:
    """A workbook by openpyxl's write-only mode."""
    lines = (json.dumps([f"@{one}" if isinstance(one, date) else one for one in row]) for row in rows)
    subprocess.run([python, "-c", _WRITES, str(path)], input="\n".join(lines), text=True, check=True)


def openpyxl_python(folder: Path) -> str:
    """A Python that has openpyxl: this one, or one made for the run."""
    try:
        import openpyxl  # noqa: F401
    except ImportError:
        print("openpyxl is not here; installing it into a throwaway environment", file=sys.stderr)
        venv.create(folder, with_pip=True)
        python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        subprocess.run([python, "-m", "pip", "install", "-q", "openpyxl"], check=True)
        return str(python)
    return sys.executable


def peak_memory(path: Path) -> str:
    """The most memory that a process of its own takes to read a roster, where the system tells."""
    code = (
        "import sys; from pathlib import Path; from planwriter.form.workbook import read_roster\n"
        "sum(1 for _ in read_roster(Path(sys.argv[1]).read_bytes(), 'x'))\n"
        "status = Path('/proc/self/status')\n"
        "lines = status.read_text().splitlines() if status.exists() else []\n"
        "print(next((f'{int(line.split()[1]) >> 10} MB' for line in lines if line.startswith('VmHWM')), 'not told'))"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    ).stdout.strip()


def seconds(work: Callable[[], int], rows: int) -> float:
    """The least processor time of several tries; each gives so many rows."""
    best = float("inf")
    for _ in range(_TIMES):
        start = time.process_time()
        assert work() == rows
        best = min(best, time.process_time() - start)
    return best


def compared(name: str, path: Path, rows: int, python: str) -> float:
    """Print a line of the table; the ratio of openpyxl's time to that of ``read_roster``."""
    ours = seconds(lambda: sum(1 for _ in read_roster(path.read_bytes(), path.name)), rows)
    forms = seconds(lambda: sum(1 for row in read_roster(path.read_bytes(), path.name) if row.form), rows)
    table = seconds(lambda: sum(1 for _ in read_table(path.read_bytes(), path.name)), rows)
    done = subprocess.run([python, "-c", _OTHER, str(path)], capture_output=True, text=True, check=True)
    found, other, texts = done.stdout.split()
    (sheet,) = open_table_sheets(path.read_bytes(), path.name)
    assert (int(found), texts) == (rows, digest(sheet.rows())), f"{name}: not the same rows, or not the same texts"
    figures = f"{float(other):>10.2f}{ours:>8.2f}{forms:>8.2f}{table:>8.2f}"
    ratios = "".join(f"{float(other) / one:>9.1f}" for one in (ours, forms, table))
    print(f"{name:<30}{rows:>8}{path.stat().st_size / 2**20:>7.1f}{figures}{ratios}", flush=True)
    return float(other) / ours


def main() -> None:
    """Print the table; status 1 where the ratio of the first roster is below the wanted one."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    few = max(rows // 5, 100)
    with tempfile.TemporaryDirectory() as folder:
        python, path = openpyxl_python(Path(folder) / "other"), Path(folder) / "roster.xlsx"
        kinds: dict[str, Callable[[], None]] = {
            "texts, dates, numbers, gaps": lambda: write(path, mixed(few)),
            "the same in constant memory": lambda: write(path, mixed(few), constant_memory=True),
            "the same by openpyxl": lambda: write_by_openpyxl(path, mixed(few), python),
            "a style on every cell": lambda: write(path, mixed(few), styled=True),
            "towns in merged cells": lambda: write(path, mixed(few), merged=True),
            "ragged rows": lambda: write(path, ragged(few)),
            "numbers": lambda: write(path, numbers(few)),
            "no text twice": lambda: write(path, different(few)),
            "five columns": lambda: write(path, (row[:5] for row in mixed(few))),
            "forty columns": lambda: write(path, mixed(few, 28)),
        }
        print(f"{'seconds of processor time':<30}{'rows':>8}{'MB':>7}{'openpyxl':>10}{'rows':>8}{'forms':>8}{'table':>8}"
              f"{'ratio:':>9}{'forms':>9}{'table':>9}")  # fmt: skip
        write(path, common(rows))
        ratio = compared("our own columns", path, rows, python)
        peak = peak_memory(path)
        for name, make in kinds.items():
            make()
            compared(name, path, few, python)
    print(f"ratio {ratio:.1f} (wanted: {WANTED:.0f}), peak memory of a process that reads the first roster: {peak}")
    sys.exit(ratio < WANTED)


if __name__ == "__main__":
    main()
