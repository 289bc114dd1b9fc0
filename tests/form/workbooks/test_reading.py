"""What clerks do to tables, and where mistakes are told."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import python_calamine

import planwriter
from planwriter.diagnostic import Diagnostic, FormError, Place, Severity
from planwriter.form.workbook import read_roster, read_workbook, return_workbook, write_roster, write_workbook
from planwriter.model.document import read_document, to_form
from tests.form.workbooks.making import edited, filled, grid_of, repacked, table

SHEET = "xl/worksheets/sheet1.xml"
FORM = {
    "单位": {"全称": "甲县妇联"},
    "期间": "2027年",
    "主要任务": [{"标题": "建台账", "正文": "逐村核实。", "条目": [{"标题": "建档"}]}],
}


def codes(told: list[Diagnostic]) -> list[str]:
    return [one.code for one in told]


def roster(*rows: list[Any], **more: Any) -> list[Any]:
    return list(read_roster(table(("名单", [["单位全称", "期间", "成文日期", "份号"], *rows]), **more), "名单.xlsx"))


def test_a_mistake_is_told_at_its_sheet_and_cell() -> None:
    def wrong(cells: dict[str, list[list[Any]]]) -> None:
        filled(cells["基本信息"], "成文日期", "2027年2月30日")

    placed, _ = read_workbook(edited(write_workbook(FORM), wrong), "表单.xlsx")
    (error,) = read_document(placed).errors
    rows = grid_of(edited(write_workbook(FORM), wrong))["基本信息"]
    at = next(n for n, row in enumerate(rows, 1) if "2027年2月30日" in row)
    assert (error.code, str(error.place)) == ("form-bad-date", f"表单.xlsx 基本信息!C{at}")


def test_rows_columns_and_marks_may_go() -> None:
    known = to_form(read_document(FORM).document)

    def without_marks(cells: dict[str, list[list[Any]]]) -> None:
        for rows in cells.values():
            for row in rows:
                del row[:1]

    def inserted(cells: dict[str, list[list[Any]]]) -> None:
        cells["主要任务"].insert(2, [])
        cells["主要任务"].insert(-20, [])

    def turned(cells: dict[str, list[list[Any]]]) -> None:
        for row in cells["主要任务"]:
            row += [""] * (20 - len(row))
            row.append(row[3])
            row[3] = ""

    for change in (without_marks, inserted):
        placed, _ = read_workbook(edited(write_workbook(FORM), change), "表单.xlsx")
        assert to_form(read_document(placed).document) == known, change
    placed, _ = read_workbook(edited(write_workbook(FORM), turned), "表单.xlsx")
    assert placed["章节"][0]["条目"][0]["正文"] == ["逐村核实。"]


def test_an_example_that_was_changed_counts_and_is_told() -> None:
    def changed(cells: dict[str, list[list[Any]]]) -> None:
        row = next(r for r in cells["主要任务"] if r[0] == "例")
        row[2] = "自己的任务"

    placed, told = read_workbook(edited(write_workbook({}), changed), "表单.xlsx")
    assert placed["章节"][0]["条目"][0]["标题"] == "自己的任务"
    assert codes(told) == ["form-example-left"]


def test_a_level_that_is_skipped_or_unknown_is_told() -> None:
    def wrong(cells: dict[str, list[list[Any]]]) -> None:
        row = next(r for r in cells["主要任务"] if "二级" in r)
        row[1] = "四级"

    _, told = read_workbook(edited(write_workbook(FORM), wrong), "表单.xlsx")
    assert codes(told) == ["form-level-skipped"]


def test_numbers_dates_and_truths_are_read_as_they_are_seen() -> None:
    day = roster(["甲", 2027, date(2026, 12, 20), "000001"], default_date_format="yyyy-mm-dd")[0]
    assert dict(day.form) == {
        "单位": {"全称": "甲"},
        "期间": "2027",
        "成文日期": "2026年12月20日",
        "公文": {"份号": "000001"},
    }
    plain = roster(["甲", 0.1 + 0.2, 46376, True])[0].form
    assert (plain["期间"], plain["成文日期"], plain["公文"]["份号"]) == ("0.3", "46376", "是")


def test_dates_of_1904_and_the_day_that_never_was() -> None:
    data = table(
        ("名单", [["单位全称", "成文日期"], ["甲", date(2026, 12, 20)]]),
        default_date_format="yyyy-mm-dd",
        date_1904=True,
    )
    assert next(iter(read_roster(data, "名单.xlsx"))).form["成文日期"] == "2026年12月20日"
    data = repacked(
        table(("名单", [["单位全称", "成文日期"], ["甲", date(2026, 12, 20)]]), default_date_format="yyyy-mm-dd"),
        {SHEET: lambda c: c.replace(b"<v>46376</v>", b"<v>60</v>")},
    )
    (told,) = next(iter(read_roster(data, "名单.xlsx"))).diagnostics
    assert (told.code, str(told.place)) == ("form-early-date", "名单.xlsx 名单!B2")


def test_lost_digits_error_cells_and_uncalculated_formulas_are_told_by_address() -> None:
    def formulas(_: Any, sheets: dict[str, Any]) -> None:
        sheets["名单"].write_formula("B2", "=1/0", None, "#DIV/0!")
        sheets["名单"].write_formula("C2", '="2027"', None, "2027年")
        sheets["名单"].write_formula("D2", "=1+1", None, 7)
        sheets["名单"].write_number("A3", 110105194912310023)

    data = table(("名单", [["单位全称", "期间", "署名", "份号"], ["甲"]]), draw=formulas)
    data = repacked(data, {SHEET: lambda c: c.replace(b"<v>7</v>", b"")})
    first, second = read_roster(data, "名单.xlsx")
    assert [(d.code, d.place.cell) for d in first.diagnostics if d.place] == [
        ("form-error-cell", "B2"),
        ("form-uncalculated", "D2"),
    ]
    assert first.form["署名"] == "2027年"
    assert [(d.code, d.place.cell) for d in second.diagnostics if d.place] == [("form-long-number", "A3")]


def test_merged_rows_of_a_roster_share_their_value() -> None:
    data = table(
        ("名单", [["单位全称", "期间"], ["甲"], ["乙"], ["丙", "2028年"]]),
        draw=lambda b, s: s["名单"].merge_range("B2:B3", "2027年"),
    )
    read = read_roster(data, "名单.xlsx")
    assert [row.form["期间"] for row in read] == ["2027年", "2027年", "2028年"]
    assert codes(list(read.notices)) == ["form-merged-cells"]


def test_columns_are_known_by_label_in_any_order_and_strange_ones_are_told() -> None:
    data = table(
        (
            "表",
            [
                ["名单"],
                ["期间", "单位名称", "成文日其", "电话"],
                ["2027年", "甲", "2026年12月20日", "1"],
                [],
                ["", "乙"],
            ],
        )
    )
    read = read_roster(data, "名单.xlsx")
    assert codes(list(read.notices)) == ["form-near-column", "form-unread-cell"]
    rows = list(read)
    assert [(row.number, row.form["单位"]["全称"]) for row in rows] == [(3, "甲"), (5, "乙")]
    assert rows[0].form["成文日期"] == "2026年12月20日"


def test_escapes_are_decoded_and_line_breaks_make_paragraphs() -> None:
    def typed(cells: dict[str, list[list[Any]]]) -> None:
        filled(cells["基本信息"], "引言", "一段\n\n二段")
        filled(cells["基本信息"], "标题", "甲\v乙_x000D_")

    placed, _ = read_workbook(edited(write_workbook(FORM), typed), "表单.xlsx")
    assert (placed["引言"], placed["标题"]) == (["一段", "二段"], "甲\v乙_x000D_")


def test_hidden_and_strange_sheets_are_told() -> None:
    def more(cells: dict[str, list[list[Any]]]) -> None:
        cells["草稿"] = [["随手记的"]]

    _, told = read_workbook(edited(write_workbook(FORM), more), "表单.xlsx")
    assert codes(told) == ["form-unread-sheet"]
    _, told = read_workbook(
        table(
            ("主要任务", [["标题", "部分的标题"]]),
            ("说明", []),
            draw=lambda b, s: (s["主要任务"].hide(), s["说明"].activate(), s["说明"].set_first_sheet()),
        ),
        "表单.xlsx",
    )
    assert codes(told) == ["form-hidden-sheet"]


def test_a_table_that_is_no_form_is_refused() -> None:
    for read in (read_workbook, read_roster):
        with pytest.raises(FormError) as refused:
            read(table(("销售", [["货号", "数量"], ["A1", 3]])), "销售.xlsx")
        assert refused.value.diagnostics[-1].code == "form-empty"


def test_a_returned_workbook_repeats_everything_and_marks_the_cells() -> None:
    form = {**FORM, "引言": ["=1+1", "-2", "@x"], "结语": "=HYPERLINK(1)"}
    data = write_workbook(form)
    told = [Diagnostic("x", "日期不对", place=Place("表单.xlsx", sheet="基本信息", cell="C3"), hint="改成 2027年", found="=1"),
            Diagnostic("y", "请核对", Severity.WARNING, Place("表单.xlsx", sheet="主要任务", cell="D40")), Diagnostic("z", "没有地方的错")]  # fmt: skip
    back = return_workbook(data, "表单.xlsx", told)
    assert back == return_workbook(data, "表单.xlsx", told)
    assert read_workbook(back, "表单.xlsx") == read_workbook(data, "表单.xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(back))
    assert book.sheet_names[0] == "退回说明"
    listed = [str(v) for row in book.get_sheet_by_index(0).to_python() for v in row]
    assert {"日期不对", "改成 2027年", "请核对", "没有地方的错", "“=1”", "基本信息!C3"} <= set(listed)
    again = return_workbook(back, "表单.xlsx", [])
    assert grid_of(again).keys() == grid_of(back).keys()


@pytest.mark.parametrize(
    "make", [write_workbook, lambda f: write_roster([f]), lambda f: return_workbook(write_workbook(f), "a", [])]
)
def test_nothing_that_is_written_can_be_taken_for_a_formula(make: Any) -> None:
    data = make({"单位": {"全称": "=cmd|' /C calc'!A0"}, "标题": "+1", "署名": ["-1", "@SUM(1)"], "题注": "\t=1"})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert not any(
        re.search(rb"<f[ >]", content) for name, content in parts.items() if name.startswith("xl/worksheets/sheet")
    )
    assert b'quotePrefix="1"' in parts["xl/styles.xml"]


def test_a_workbook_becomes_a_document_from_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "表单.xlsx").write_bytes(write_workbook(FORM))
    command = [sys.executable, "-m", "planwriter", "write", "表单.xlsx", "-o", "成文.docx"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "逐村核实" in planwriter.show(tmp_path / "成文.docx").to_text()
