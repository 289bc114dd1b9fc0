"""Rows of an .xlsx come block by block: a long sheet takes no more memory than a short one, and says the same."""

from __future__ import annotations

import io
import random
import re
import tempfile
import tracemalloc
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from planwriter import scratch
from planwriter.form.workbook.cells import open_sheets, open_table_sheets
from planwriter.form.workbook.quick_book import quick_sheets
from planwriter.form.workbook.tables import read_table
from tests.form.workbooks.making import repacked

STRINGS = "xl/sharedStrings.xml"


def rows(number: int) -> Iterator[list[Any]]:
    """Texts that differ and texts that come again, numbers, truths, gaps."""
    yield ["单位", "镇", "引言", "数", "是否", "备注"]
    for n in range(1, number):
        yield [
            f"第{n}村",
            f"第{n % 7}镇",
            f"为做好第{n}村的工作，制定本计划。",
            n,
            n % 3 == 0,
            f"备注{n}" if n % 5 == 0 else "",
        ]


def written(lines: list[list[Any]], *, shared: bool) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": not shared})
    sheet = book.add_worksheet("名单")
    for at, line in enumerate(lines):
        sheet.write_row(at, 0, line)
    book.close()
    return out.getvalue()


def shuffled(data: bytes) -> bytes:
    """The same workbook with its shared texts in another order, as one that was sorted after it was filled in."""
    order: list[int] = []

    def texts(content: bytes) -> bytes:
        items = re.findall(rb"<si>.*?</si>", content, re.S)
        order.extend(range(len(items)))
        random.Random(7).shuffle(order)
        moved = b"".join(items[at] for at in order)
        return content[: content.index(b"<si>")] + moved + b"</sst>"

    def cells(content: bytes) -> bytes:
        places = {old: new for new, old in enumerate(order)}
        return re.sub(rb'(t="s"><v>)(\d+)', lambda found: found[1] + b"%d" % places[int(found[2])], content)

    return repacked(repacked(data, {STRINGS: texts}), {"xl/worksheets/sheet1.xml": cells})


@pytest.fixture(params=["in memory", "in a file"])
def _held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch.Scratch.__init__, "__defaults__", (2**22 if request.param == "in memory" else 0,))


@pytest.mark.usefixtures("_held")
@pytest.mark.parametrize("kind", ["shared", "shared in any order", "its own"])
def test_a_long_sheet_is_read_alike(kind: str) -> None:
    data = written(list(rows(3000)), shared=kind != "its own")
    data = shuffled(data) if kind == "shared in any order" else data
    assert quick_sheets(data, "名单.xlsx") is not None
    (quick,), (careful,) = open_table_sheets(data, "名单.xlsx"), open_sheets(data, "名单.xlsx")[0]
    assert all(list(ours) == theirs for ours, theirs in zip_longest(quick.rows(), careful.rows()))


@pytest.mark.usefixtures("_held")
def test_rows_may_be_gone_through_several_times_at_once() -> None:
    (sheet,) = open_table_sheets(written(list(rows(3000)), shared=True), "名单.xlsx")
    once, behind = sheet.rows(), sheet.rows()
    ahead = [next(once) for _ in range(2000)]
    assert ahead == [next(behind) for _ in range(2000)]
    assert list(once) == list(behind)


@pytest.mark.parametrize("shared", [True, False])
def test_a_sheet_that_is_five_times_as_long_takes_the_same_memory(
    shared: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def most_memory(number: int) -> int:
        data = written(list(rows(number)), shared=shared)
        tracemalloc.start()
        try:
            assert sum(1 for _ in read_table(data, "名单.xlsx")) == number - 1
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    monkeypatch.setattr(scratch.Scratch.__init__, "__defaults__", (0,))
    most_memory(100)
    assert most_memory(40_000) < 1.1 * most_memory(8_000)


def test_the_rows_are_there_without_a_folder_for_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lines = list(rows(2000))
    data = written(lines, shared=True)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "不在"))
    monkeypatch.setattr(scratch.Scratch.__init__, "__defaults__", (0,))
    table = read_table(data, "名单.xlsx")
    assert [row.values["单位"] for row in table] == [line[0] for line in lines[1:]]
