"""What a clerk sees in a cell is what is read, in .xlsx, .xls and .ods; where it cannot be, it is said at the cell."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from planwriter.actions import read_form
from planwriter.diagnostic import Diagnostic, FormError, Severity
from planwriter.form.workbook import read_roster, read_workbook, return_workbook, write_workbook
from planwriter.form.workbook.cells import open_sheets, said
from planwriter.form.workbook.seen import look_of
from tests.form.workbooks.biff import Formula, Styled, xls
from tests.form.workbooks.making import cell, grid_of, ods, table

MONTH, DAY = 46447.0, 'yyyy"年"m"月"d"日"'
"""1 March 2027."""
NUMBERS: list[tuple[str, float, str]] = [
    ("0%", 0.85, "85%"), ("0.0%", 0.856, "85.6%"), ("#,##0", 1234567, "1,234,567"), ("#,##0.00", 1234.5, "1,234.50"),
    ("000000", 1, "000001"), ('0"人"', 12, "12人"), ("¥#,##0.00;-¥#,##0.00", -1234.5, "-¥1,234.50"),
    ('_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', 0, "¥-"), ("[$¥-804]#,##0.00", 3, "¥3.00"),
    ("000-0000-0000", 13812345678, "138-1234-5678"), ("(000)00", 12345, "(123)45"), ("#,##0_);(#,##0)", -5, "(5)"),
    ("#.##", 0.5, ".5"), ("0.##", 1.5, "1.5"), ('General"元"', 12.5, "12.5元"), ('G/通用格式"元"', 7, "7元"),
    ('[Red]0;[蓝色]-0;"零"', 0, "零"), ('"第"0"号"', 7, "第7号"), ("0;-0", -3, "-3"), ("#", 0, ""), ("0000,000", 7, "0,000,007"),
    ('0!.0,"万"', 12000, "1.2万"), ("0\\\\0", 12, "1\\2"), ("#,##0,", 5000, "5"), ("@", 12, "12"), ("General", 0.5, "0.5"),
]  # fmt: skip
DATES: list[tuple[str, float, str]] = [
    ('yyyy"年"m"月"', MONTH, "2027年3月"), ("mmm-yy", MONTH, "2027年3月"), ("yyyymm", MONTH, "2027年3月"),
    ('[DBNum1][$-804]yyyy"年"m"月"', MONTH, "2027年3月"), ('m"月"d"日"', MONTH, "3月1日"), ("d-mmm", MONTH, "3月1日"),
    ("yyyy", MONTH, "2027年"), ('m"月"', MONTH, "3月"), ("yyyy/m/d", MONTH, "2027年3月1日"), (DAY, MONTH + 0.375, "2027年3月1日"),
    ("yyyy-mm-dd hh:mm", MONTH + 0.375, "2027年3月1日9:00"), ("[$-F800]dddd, mmmm dd, yyyy", MONTH, "2027年3月1日"),
    ("h:mm", 0.375, "9:00"), ('h"时"mm"分"', 0.375, "9时00分"), ("hh:mm:ss", 0.5, "12:00:00"), ("h:mm AM/PM", 0.75, "18:00"),
    ("[h]:mm", 1.5, "36:00"), ("mm:ss", 0.5 / 24, "30:00"),
]  # fmt: skip
BUILTIN = [(9, 0.85, "85%"), (57, MONTH, "2027年3月"), (58, MONTH, "3月1日"), (17, MONTH, "2027年3月"), (3, 1200.0, "1,200"),
           (31, MONTH, "2027年3月1日"), (20, 0.375, "9:00")]  # fmt: skip
REMARKS = [
    ("0%", 0.856, "86%", "form-rounded-cell"), ("0", 2.5, "3", "form-rounded-cell"),
    (";;;", 5.0, "5", "form-hidden-value"), ("# ?/?", 0.5, "0.5", "form-odd-format"),
    ("0.00E+00", 1234.0, "1234", "form-odd-format"), ("[>=100]0;0.0", 5.0, "5", "form-odd-format"),
    ("[DBNum1]0", 5.0, "5", "form-odd-format"), ("yyyy/m/d aaaa", MONTH, "2027年3月1日", "form-weekday-left-out"),
]  # fmt: skip


def xlsx(*cells: tuple[Any, float]) -> bytes:
    """One row of numbers under their formats; a format that is a number is one of Excel's own."""

    def draw(book: Any, sheets: dict[str, Any]) -> None:
        for at, (code, value) in enumerate(cells):
            sheets["表"].write_number(0, at, value, book.add_format({"num_format": code}))

    return table(("表", []), draw=draw)


def texts(data: bytes, name: str) -> tuple[list[str], list[Diagnostic]]:
    """The first row of the first sheet as text, and what was said of it."""
    told: list[Diagnostic] = []
    sheet = open_sheets(data, name)[0][0]
    return next(iter(sheet.texts(told))), told


@pytest.mark.parametrize(("code", "value", "shown"), NUMBERS + DATES)
def test_a_number_is_read_as_its_format_shows_it_in_xlsx_and_xls(code: str, value: float, shown: str) -> None:
    assert texts(xlsx((code, value)), "a.xlsx") == ([shown], [])
    assert texts(xls(("表", [[Styled(value, code)]])), "a.xls") == ([shown], [])


@pytest.mark.parametrize(("number", "value", "shown"), BUILTIN)
def test_formats_of_the_program_itself_are_those_of_chinese_ones(number: int, value: float, shown: str) -> None:
    assert texts(xlsx((number, value)), "a.xlsx") == ([shown], [])
    assert texts(xls(("表", [[Styled(value, number)]])), "a.xls") == ([shown], [])


@pytest.mark.parametrize(("code", "value", "shown", "remark"), REMARKS)
def test_where_the_cell_shows_something_else_it_is_said_there(code: str, value: float, shown: str, remark: str) -> None:
    for data, name in ((xlsx((code, value)), "a.xlsx"), (xls(("表", [[Styled(value, code)]])), "a.xls")):
        found, told = texts(data, name)
        assert found == [shown]
        assert [(d.code, str(d.place), d.found) for d in told] == [(remark, f"{name} 表!A1", shown)]
        assert told[0].severity is not Severity.ERROR and told[0].hint


def test_a_weekday_that_is_a_number_for_all_we_know_is_refused() -> None:
    found, (told,) = texts(xlsx(("[$-804]aaaa", MONTH)), "a.xlsx")
    assert (found, told.code, told.severity) == ([""], "form-odd-date", Severity.ERROR)


def test_a_format_that_changes_nothing_costs_nothing() -> None:
    data = xlsx(("General", 5), ("0", 5), ("@", 5), (DAY, MONTH))
    (sheet,), _ = open_sheets(data, "a.xlsx")
    assert sheet.asides == {}
    assert texts(data, "a.xlsx")[0] == ["5", "5", "5", "2027年3月1日"]


def test_numbers_in_four_bytes_and_many_to_a_record() -> None:
    row = [Styled(0.85, "0%", small=True), Styled(12.0, '0"人"', small=True), Styled(7.0, "000000", small=True)]
    assert texts(xls(("表", [row])), "a.xls") == (["85%", "12人", "000007"], [])


def test_any_number_under_any_such_format_is_read_or_remarked() -> None:
    for code, _, _ in NUMBERS:
        look = look_of(code)
        for value in (0, 1, -1, 0.5, -0.005, 999.995, 123456789.125, 1e-9, 1e14):
            shown = look.seen(value) if look else said(value)
            assert shown is not None


GOOD: list[list[Any]] = [
    ["单位全称", "某校工会"], ["期间", Formula("2027年", b"\x17\x05\x01" + "2027年".encode("utf-16-le"))],
    ["文种", Formula("工作要点")], ["成文日期", Styled(46395.0, "yyyy-mm-dd")], ["题注", Formula("长" * 3000)],
]  # fmt: skip


@pytest.mark.parametrize("name", ["表单.xls", "表单.et"])
def test_a_good_xls_is_read_with_the_texts_of_its_formulas(name: str) -> None:
    reading = read_form(xls(("基本信息", GOOD), ("指导思想", [["正文", "坚持职工为本。"]])), name=name)
    form: Any = reading.accepted().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    assert (form["单位"]["全称"], form["期间"], form["文种"]) == ("某校工会", "2027年", "工作要点")
    assert (form["成文日期"], form["题注"]) == ("2027年1月8日", "长" * 3000)
    assert form["章节"][0]["正文"] == ["坚持职工为本。"]


def test_a_wps_file_may_be_a_package_too(tmp_path: Path) -> None:
    data = write_workbook({"单位": "某校", "期间": "2027年"})
    assert read_form(data, name="表单.et").accepted() == read_form(data, name="表单.xlsx").accepted()


@pytest.mark.parametrize(
    ("formula", "codes"),
    [
        (Formula(0.0, b"\x17\x01\x00a\x17\x01\x00b\x08"), ["form-uncalculated"]),
        (Formula(0.0, b"\x17\x01\x00a\x1e\x03\x00\x41\x1e\x00"), ["form-uncalculated"]),
        (Formula(0.0, b"\x44\x00\x00\x00\xc0"), ["form-doubtful-zero"]),
        (Formula(0.0, b"\x1e\x01\x00\x1e\x01\x00\x04"), []),
        (Formula(3.0, b"\x44\x00\x00\x00\xc0"), []),
        (Formula(True), []),
        (Formula(None), ["form-empty-formula"]),
    ],
)
def test_formulas_of_an_xls_whose_text_was_not_stored_are_told(formula: Formula, codes: list[str]) -> None:
    _, told = texts(xls(("表", [[formula]])), "a.xls")
    assert [d.code for d in told] == codes
    assert all(str(d.place) == "a.xls 表!A1" and d.hint for d in told)


def test_an_empty_result_says_nothing_where_other_formulas_were_calculated() -> None:
    assert texts(xls(("表", [[Formula(None), Formula("甲"), Formula(2.0)]])), "a.xls") == (["", "甲", "2"], [])


@pytest.mark.parametrize(
    ("kind", "value", "shown", "read"),
    [
        ("percentage", "0.85", "85%", "85%"), ("float", "1234.5", "1,234.50", "1,234.50"), ("float", "1", "000001", "000001"),
        ("currency", "1234.5", "¥1,234.50", "¥1,234.50"), ("float", "12", "12人", "12人"), ("float", "12", "12", "12"),
        ("date", "2027-03-01", "2027年3月", "2027年3月"), ("date", "2027-03-01", "3月1日", "3月1日"),
        ("date", "2027-03-01", "二〇二七年三月", "2027年3月"), ("date", "2027-03-01", "Mar-27", "2027年3月"),
        ("date", "2027-03-01", "03/01/27", "2027年3月1日"), ("date", "2027-03-01T09:00:00", "2027年3月1日", "2027年3月1日"),
        ("date", "2027-03-01T09:00:00", "2027-03-01 09:00", "2027年3月1日9:00"), ("date", "2027-03-01", "星期一", "星期一"),
        ("time", "PT09H30M00S", "9:30", "9:30"), ("time", "PT09H30M00S", "", "9:30"), ("float", "5", "", "5"),
        ("string", "甲", "甲", "甲"),
    ],
)  # fmt: skip
def test_an_opendocument_cell_is_read_as_it_shows(kind: str, value: str, shown: str, read: str) -> None:
    assert texts(ods(cell(kind, value, shown)), "a.ods") == ([read], [])


def test_an_opendocument_cell_that_shows_less_says_so() -> None:
    found, told = texts(ods(cell("percentage", "0.856", "86%"), cell("float", "0.5", "1/2")), "a.ods")
    assert found == ["86%", "0.5"]
    assert [(d.code, str(d.place)) for d in told] == [
        ("form-rounded-cell", "a.ods 表!A1"),
        ("form-odd-format", "a.ods 表!B1"),
    ]


def test_formulas_comments_and_repeats_of_an_opendocument_table() -> None:
    text = cell("string", "甲乙", "甲乙", 'table:formula="of:=A"')
    remark = "<office:annotation><text:p>批注 1</text:p></office:annotation>"
    noted = cell("percentage", "0.5", "50%", 'table:number-columns-repeated="2"').replace(
        "<text:p>", remark + "<text:p>", 1
    )
    empty = '<table:table-cell table:formula="of:=&quot;&quot;"/>'
    true = cell("float", "1", "TRUE", 'table:formula="of:=1=1"')
    assert texts(ods(text, noted, empty, true), "a.ods") == (["甲乙", "50%", "50%", "", "是"], [])
    found, told = texts(ods(cell("string", "甲", "甲"), empty, cell("string", "乙", "乙")), "a.ods")
    assert (found, [(d.code, d.place and d.place.cell) for d in told]) == (
        ["甲", "", "乙"],
        [("form-uncalculated", "B1")],
    )


def test_rows_that_would_unfold_without_end_are_refused() -> None:
    one = cell("percentage", "0.5", "50%", 'table:number-columns-repeated="20"')
    with pytest.raises(FormError, match="大得不像一份表格"):
        texts(_repeated(one), "a.ods")


def _repeated(one: str) -> bytes:
    out = BytesIO()
    source = zipfile.ZipFile(BytesIO(ods(one)))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name).replace(
                b"<table:table-row>", b'<table:table-row table:number-rows-repeated="90000">'
            )
            target.writestr(name, content)
    return out.getvalue()


def test_a_roster_and_a_returned_workbook_say_what_is_seen() -> None:
    def draw(book: Any, sheets: dict[str, Any]) -> None:
        sheets["名单"].write_number(1, 1, MONTH, book.add_format({"num_format": 'yyyy"年"m"月"'}))
        sheets["名单"].write_number(1, 2, 1, book.add_format({"num_format": "000000"}))

    data = table(("名单", [["单位全称", "期间", "份号"], ["甲"]]), draw=draw)
    (row,) = read_roster(data, "名单.xlsx")
    assert (row.form["期间"], row.form["公文"]["份号"]) == ("2027年3月", "000001")
    assert grid_of(return_workbook(data, "名单.xlsx", []))["名单"][1][:3] == ["甲", "2027年3月", "000001"]


def test_a_form_whose_cells_are_numbers_is_read_as_the_clerk_sees_it() -> None:
    def draw(book: Any, sheets: dict[str, Any]) -> None:
        sheets["基本信息"].write_number(1, 1, MONTH, book.add_format({"num_format": 'yyyy"年"'}))
        sheets["月度安排"].write_number(1, 0, MONTH, book.add_format({"num_format": 'm"月"'}))

    months = [["时间", "主题", "活动"], ["", "读书月", "读书会"]]
    data = table(("基本信息", [["单位全称", "某校"], ["期间"]]), ("月度安排", months), draw=draw)
    form, _ = read_workbook(data, "表单.xlsx")
    assert form["期间"] == "2027年" and form["章节"][0]["安排"][0]["时间"] == "3月"
