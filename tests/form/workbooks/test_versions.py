"""Workbooks of another version: it is said, what moved is found by its label, and nothing is lost unseen."""

from __future__ import annotations

from typing import Any

import pytest

from planwriter.diagnostic import Diagnostic, Severity
from planwriter.form.workbook import marks, read_roster, read_workbook, write_roster, write_workbook
from tests.form.workbooks.making import cell, edited, ods, repacked

FORM = {
    "单位": {"全称": "甲县妇联"},
    "期间": "2027年",
    "主要任务": [{"标题": "完善台账", "完成时限": "3月底前"}],
}


def of_version(data: bytes, version: str) -> bytes:
    said = f">{marks.VERSION}</vt:lpwstr>".encode()
    return repacked(data, {"docProps/custom.xml": lambda c: c.replace(said, f">{version}</vt:lpwstr>".encode())})


def strings(data: bytes, *changes: tuple[str, str]) -> bytes:
    """The workbook with words of its cells changed, and its properties as they were."""

    def change(content: bytes) -> bytes:
        for before, after in changes:
            assert before.encode() in content
            content = content.replace(before.encode(), after.encode())
        return content

    return repacked(data, {"xl/sharedStrings.xml": change})


def about_versions(told: list[Diagnostic]) -> list[tuple[Severity, str | None]]:
    return [(d.severity, d.found) for d in told if d.code == "form-other-version"]


@pytest.mark.parametrize(
    ("version", "said", "severity"),
    [("2", "较新", Severity.WARNING), ("0", "较早", Severity.NOTE), ("x9", "认不出来", Severity.WARNING),
     ("", "认不出来", Severity.WARNING)],
)  # fmt: skip
def test_another_version_is_told_and_the_form_is_read(version: str, said: str, severity: Severity) -> None:
    form, told = read_workbook(of_version(write_workbook(FORM), version), "表单.xlsx")
    assert about_versions(told) == [(severity, version)]
    assert said in told[0].message and told[0].hint and str(told[0].place) == "表单.xlsx"
    assert form == read_workbook(write_workbook(FORM), "表单.xlsx")[0]
    assert about_versions(
        list(read_roster(of_version(write_roster([FORM | {"主要任务": ""}]), version), "名单.xlsx").notices)
    )


def test_the_present_version_and_tables_of_others_say_nothing() -> None:
    assert not about_versions(read_workbook(write_workbook(FORM), "表单.xlsx")[1])
    assert not about_versions(read_workbook(edited(write_workbook(FORM), lambda _: None), "表单.xlsx")[1])


def test_the_version_is_found_in_an_opendocument_table() -> None:
    meta = '<a xmlns:meta="m"><meta:user-defined meta:name="planwriter-form" meta:value-type="string">7</meta:user-defined></a>'
    row = cell("string", "期间", "期间"), cell("string", "2027年", "2027年")
    form, told = read_workbook(ods(*row, sheet="基本信息", meta=meta), "表单.ods")
    assert (form["期间"], about_versions(told)) == ("2027年", [(Severity.WARNING, "7")])


def test_a_key_that_moved_is_found_by_its_label() -> None:
    moved = strings(write_workbook(FORM), (f"{marks.FIELD}period", f"{marks.FIELD}span"), (">deadline<", ">due<"),
                    (f"{marks.SHEET}section.main_tasks", f"{marks.SHEET}section.tasks"))  # fmt: skip
    form, told = read_workbook(moved, "表单.xlsx")
    assert form == read_workbook(write_workbook(FORM), "表单.xlsx")[0]
    assert told == []


def test_what_has_no_place_any_more_is_told_where_it_is_filled_in_and_only_there() -> None:
    renamed = strings(write_workbook(FORM), (f"{marks.FIELD}period", f"{marks.FIELD}epoch"), (">期间<", ">纪元<"),
                      (">deadline<", ">due<"), (">完成时限<", ">大限<"))  # fmt: skip
    form, told = read_workbook(renamed, "表单.xlsx")
    assert "期间" not in form and "完成时限" not in form["章节"][0]["条目"][0]
    assert {(d.code, d.found) for d in told} == {("form-unread-cell", "2027年"), ("form-unread-cell", "3月底前")}


def test_a_blank_field_of_another_version_says_nothing() -> None:
    blank: dict[str, Any] = {"单位": {"全称": "甲县妇联"}, "期间": ""}
    renamed = strings(write_workbook(blank), (f"{marks.FIELD}period", f"{marks.FIELD}epoch"), (">期间<", ">纪元<"))
    assert read_workbook(renamed, "表单.xlsx")[1] == []
