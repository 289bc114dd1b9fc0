"""Rosters in Excel: rows with their cells, our own blank roster, and workbooks that go back with marks."""

from __future__ import annotations

import zipfile
from pathlib import Path

import xlsxwriter

import planwriter
from planwriter.batch.run import run
from planwriter.batch.sources import jobs_from
from planwriter.batch.whole import batch
from planwriter.form.workbook import read_roster, write_roster
from planwriter.form.workbook.tables import read_table
from tests.batch.villages import PATTERN, shared, village


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("各村")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.close()
    return path


def test_rows_of_a_sheet_become_documents_and_mistakes_name_their_cells(tmp_path: Path) -> None:
    columns = [*village(0), "成文日期"]
    rows: list[list[object]] = [["全县名单"], columns]
    rows += [[*village(n).values(), "2027年2月30日" if n == 2 else ""] for n in range(4)]
    rows[3][2] = 3.5  # a number stays a number as it is seen
    source = workbook(tmp_path / "名册.xlsx", rows)
    settings = {"base": shared(tmp_path), "name": PATTERN, "workers": 1}
    summary = batch([source], tmp_path / "out", report=True, listed=("xlsx",), **settings)
    assert (summary.written, summary.failed) == (3, 1)
    place = summary.failures[0].diagnostics[0].place
    assert place is not None
    assert (place.sheet, place.cell, place.field) == ("各村", "F5", "成文日期")
    assert "铺水泥路3.5公里" in planwriter.show(tmp_path / "out/第1镇/1号村2027年工作计划.docx").to_text()
    assert [path.name for path in summary.files] == ["第2镇2号村村民委员会.docx", "名册.xlsx", "清单.xlsx"]
    with zipfile.ZipFile(summary.files[1]) as archive:
        assert any("没有2月30日" in archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    listed = read_table(summary.files[2].read_bytes(), "清单.xlsx")
    assert [row.values["结果"] for row in listed] == ["已写成", "已写成", "没有写成", "已写成"]


def test_our_own_roster_goes_by_the_paths_of_its_columns(tmp_path: Path) -> None:
    rows = [{"单位": {"全称": f"{n}号村村民委员会"}, "期间": "2027年", "成文日期": "2027年1月12日"} for n in (1, 2)]
    source = tmp_path / "名单.xlsx"
    source.write_bytes(write_roster(rows))
    assert len(list(read_roster(source.read_bytes(), "名单.xlsx"))) == 2
    base = shared(tmp_path, "引言: 共同的话。\n主要任务:\n  - 修路\n")
    summary = batch([source], tmp_path / "out", base=base, name="{单位.全称}{期间}", workers=1)
    assert (summary.written, summary.failed) == (2, 0)
    said = planwriter.show(tmp_path / "out/2号村村民委员会2027年.docx").to_text()
    assert "2号村村民委员会" in said
    assert "共同的话。" in said


def test_cells_of_a_roster_are_written_as_they_are_seen_and_doubts_about_them_are_told(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("各村")
    for number, row in enumerate([["单位", "覆盖率", "月份", "几成"], ["甲村"], ["乙村"]]):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    for number in (1, 2):
        sheet.write_number(number, 1, 0.85, book.add_format({"num_format": "0%"}))
        sheet.write_number(number, 2, 46447, book.add_format({"num_format": 'm"月"'}))
    sheet.write_number(2, 3, 0.5, book.add_format({"num_format": "# ?/?"}))
    book.close()
    base = shared(
        tmp_path,
        "单位: {{单位}}\n期间: 2027年\n主要任务: 覆盖{{覆盖率}}，{{几成}}。\n月度安排: [{时间: '{{月份}}', 活动: 会}]\n",
    )
    units = list(run(jobs_from([path], base=True), tmp_path / "out", base=base, name="{单位}.docx", workers=1))
    said = planwriter.show(tmp_path / "out/甲村.docx").to_text()
    assert "覆盖85%" in said and "3月" in said
    doubts = [(one.code, one.place and (one.place.sheet, one.place.cell)) for one in units[1].diagnostics]
    assert doubts == [("form-odd-format", ("各村", "D3"))]
