"""A clerk makes a unit file, a form with its months, and writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def unit(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "单位.yaml"
    assert run("new", "单位", "-o", path).status == 0
    path.write_text(path.read_text("utf-8").replace("全称:", "全称: 青江县妇女联合会"), "utf-8")
    return path


@pytest.mark.parametrize("ending", ["yaml", "json", "docx", "xlsx"])
def test_a_form_with_unit_and_months_is_written_as_it_stands(run: Run, unit: Path, tmp_path: Path, ending: str) -> None:
    form = tmp_path / f"表.{ending}"
    made = run("new", "年度计划", "--unit", unit, "--months", "--period", "2026年", "--no-schema", "-o", form)
    assert (made.status, made.said) == (0, f"已写成 {form}\n")
    written = run("write", form, "-o", tmp_path / "出.docx")
    assert written.status == 0 and "错误" not in written.said
    assert "出.docx" in written.said and "【待填：成文日期】" in written.said
    shown = run("show", tmp_path / "出.docx").text
    assert "国际妇女节" in shown and "青江县妇女联合会2026年工作计划" in shown


def test_without_a_period_one_is_assumed_and_that_is_told(run: Run, unit: Path) -> None:
    made = run("new", "--unit", unit, "--months")
    assert made.status == 0 and "月度安排:" in made.text
    assert "没有写明期间" in made.said


def test_the_field_can_be_named(run: Run) -> None:
    made = run("new", "--months", "--period", "2026年", "--field", "医院、工会")
    assert "护士节" in made.text and "女职工维权行动月" in made.text
    refused = run("new", "--months", "--period", "2026年", "--field", "学较")
    assert refused.status == 2 and "改成“学校”" in refused.said


def test_a_unit_without_a_known_field_is_told_what_was_left_out(run: Run) -> None:
    made = run("new", "--months", "--period", "2026年")
    assert made.status == 0 and "--field" in made.said and "calendar-no-field" in made.said


def test_a_wrong_period_is_refused(run: Run) -> None:
    assert run("new", "--period", "27年").status == 2
    assert run("new", "--period", "2027年13月").status == 2


def test_the_unit_file_is_never_overwritten(run: Run, unit: Path) -> None:
    before = unit.read_bytes()
    assert run("new", "--unit", unit, "-o", unit, "--force").status == 2
    assert unit.read_bytes() == before


def test_a_missing_or_wrong_unit_file_is_told(run: Run, tmp_path: Path) -> None:
    assert run("new", "--unit", tmp_path / "没有.yaml").status == 5
    wrong = tmp_path / "错.yaml"
    wrong.write_text("全程: 县妇联\n", "utf-8")
    made = run("new", "--unit", wrong)
    assert made.status == 1 and "全称" in made.said and "第1行" in made.said


def test_comments_are_put_where_something_is_missing(run: Run, tmp_path: Path) -> None:
    form = tmp_path / "表.yaml"
    form.write_text("单位: 县妇联\n期间: 2027年\n引言: 组织XX场活动。\n", "utf-8")
    assert run("write", form, "-o", tmp_path / "a.docx", "--comments").status == 0
    assert b"word/comments.xml" in (tmp_path / "a.docx").read_bytes()
    assert run("write", form, "-o", tmp_path / "b.docx").status == 0
    assert b"word/comments.xml" not in (tmp_path / "b.docx").read_bytes()
    assert run("write", form, "-o", tmp_path / "c.docx", "--strict").status == 1
