"""What is sent back reads like what was sent in, looks like the form it was, and says at each cell what to do."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

from planwriter.diagnostic import Diagnostic, Place, Severity
from planwriter.form.workbook import (
    read_roster,
    read_workbook,
    return_workbook,
    write_roster,
    write_workbook,
)
from planwriter.form.workbook.cells import open_sheets
from planwriter.model.document import read_document
from tests.form.workbooks.making import edited, filled, table

FORM: dict[str, Any] = {
    "单位": {"全称": "甲县妇联", "内设机构": ["办公室", "权益部"]},
    "期间": "2027年",
    "成文日期": "2026年12月20日",
    "公文": {"份号": "000001", "主送机关": ["各镇妇联"], "正文": "=照办", "抄送机关": ["县委办公室"]},
    "主要任务": [{"标题": "完善台账", "完成时限": "3月底前", "条目": ["建档", "核实"]}],
    "月度安排": [{"时间": "3月", "活动": [{"活动": "座谈会", "日期": "3月6日"}]}],
}


def part(data: bytes, shape: str) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {n: package.read(n).decode() for n in package.namelist() if re.fullmatch(shape, n)}


def sheet_xml(data: bytes, name: str) -> str:
    """The part of the sheet of that name."""
    names = re.findall(r'<sheet name="([^"]*)"', part(data, "xl/workbook.xml")["xl/workbook.xml"])
    return part(data, r"xl/worksheets/sheet\d+.xml")[f"xl/worksheets/sheet{names.index(name) + 1}.xml"]


def test_a_form_that_was_sent_back_reads_the_same() -> None:
    data = write_workbook(FORM, full=True)
    form, told = read_workbook(data, "表单.xlsx")
    again, told_again = read_workbook(return_workbook(data, "表单.xlsx", told), "退回.xlsx")
    assert again == form and told_again == told == []
    assert read_document(again).document == read_document(FORM).document


def test_merged_cells_of_a_roster_stay_merged_and_give_their_value_again() -> None:
    def draw(book: Any, sheets: dict[str, Any]) -> None:
        sheets["名单"].merge_range("B2:B4", "2027年")

    data = table(("名单", [["单位全称", "期间"], ["甲"], ["乙"], ["丙"]]), draw=draw)
    mistake = Diagnostic("x", "期间不对", place=Place("名单.xlsx", sheet="名单", cell="B4"), hint="改它")
    returned = return_workbook(data, "名单.xlsx", [mistake])
    assert [row.form["期间"] for row in read_roster(returned, "退回.xlsx")] == ["2027年"] * 3
    sheet = next(one for one in open_sheets(returned, "退回.xlsx")[0] if one.name == "名单")
    assert sheet.merged == [((1, 1), (3, 1))]
    assert 'ref="B2"' in part(returned, r"xl/comments\d.xml")["xl/comments1.xml"]


def test_a_roster_of_ours_shows_the_columns_that_say_something_and_keeps_its_head_in_view() -> None:
    data = write_roster([FORM | {"主要任务": "", "月度安排": ""}])
    xml = sheet_xml(return_workbook(data, "名单.xlsx", []), "名单")
    widths = re.findall(r'<col min="(\d+)" max="(\d+)" [^>]*?/>', xml)
    folded = re.findall(r'<col min="\d+" max="\d+" [^>]*hidden="1"[^>]*outlineLevel="1"/>', xml)
    assert widths and folded and len(folded) < len(widths)
    assert '<pane xSplit="2" ySplit="2"' in xml


def test_remarks_stand_first_the_gravest_in_the_order_of_reading() -> None:
    def told(severity: Severity, sheet: str, cell: str) -> Diagnostic:
        return Diagnostic("x", f"{sheet}{cell}", severity, Place("f", sheet=sheet, cell=cell))

    mistakes = [told(Severity.WARNING, "甲", "A1"), told(Severity.ERROR, "乙", "A1"), told(Severity.ERROR, "甲", "A10"),
                told(Severity.ERROR, "甲", "B2"), told(Severity.ERROR, "甲", "A2")]  # fmt: skip
    data = table(("甲", [["x"]]), ("乙", [["y"]]))
    listing = next(iter(open_sheets(return_workbook(data, "f", mistakes), "r.xlsx")[0]))
    assert [row[4] for row in list(listing.rows())[4:]] == ["甲A2", "甲B2", "甲A10", "乙A1", "甲A1"]


def test_a_cell_bears_its_remarks_and_remedies_as_a_comment_and_a_colour() -> None:
    data = edited(write_workbook(FORM), lambda cells: filled(cells["基本信息"], "成文日期", "01/02/2026"))
    form, told = read_workbook(data, "表单.xlsx")
    reading = read_document(form)
    returned = return_workbook(data, "表单.xlsx", [*told, *reading.diagnostics])
    (mistake,) = reading.errors
    (comments,) = part(returned, r"xl/comments\d+.xml").values()
    assert mistake.place and f'ref="{mistake.place.cell}"' in comments
    assert "错误：" in comments and "怎么改：改成 2026年12月20日" in comments
    styles = part(returned, "xl/styles.xml")["xl/styles.xml"]
    assert "FFF8D7DA" in styles and "quotePrefix" in styles and 'formatCode="@"' in styles
    assert "<f>" not in "".join(part(returned, r"xl/worksheets/.*xml").values())
