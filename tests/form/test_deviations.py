"""An organisation's file of deviations: read in both languages, every mistake told with its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import planwriter
from planwriter import actions
from planwriter.diagnostic import FormError, Severity, UsageError
from planwriter.form.deviations import deviation_keys, profile_from, read_deviations
from planwriter.standard import Align, Face, Pt, profile, profile_names
from planwriter.template.drawing import draw

EXAMPLE = Path(__file__).parents[2] / "examples/profiles/单位版式.yaml"
FORM = {"单位": "云溪县图书馆", "期间": "2027年", "引言": "制定本计划。"}
ENGLISH = """\
office:
  margins: {top: 30, bottom: 28mm, left: 26, right: 26}
  line_spacing: 28磅
  fonts: {fangsong: 华文仿宋}
  latin_font: Times New Roman
  bold: [heading_2, 表头]
  page_number: centre
  mark_size: 小初
  table_size: 五号
  headings: fill
"""
MISTAKES = """\
ink:
  行距: 28
县妇联:
  行据: 28
  行距: 二十八
  表格字号: 99
  页边距: {上: 37, 中: 3, 下: 三}
  字体: 仿宋
  加粗: [二级标体]
  页码位置: 居内
  基于: inkk
  line_spacing: 30
又一: 空
"""


def test_both_languages_say_the_same() -> None:
    (made,) = read_deviations(ENGLISH)
    chosen = profile("office", [made])
    assert chosen.names == ("office",)
    assert (chosen.layout.top, chosen.layout.right, chosen.layout.pitch) == (30, 26, 28)
    assert (chosen.layout.lift, chosen.layout.drop, chosen.layout.mark_limit) == (0, 0, 36)
    assert chosen.font(Face.FANGSONG).name == "华文仿宋"
    assert chosen.latin_font(Face.FANGSONG).name == "Times New Roman"
    assert [chosen.role(id_).bold for id_ in ("heading_2", "lead_2", "table_head", "heading_1")] == [
        True,
        True,
        True,
        False,
    ]
    assert chosen.role("page_number_even").align is Align.CENTRE
    assert (chosen.role("table_head").size, chosen.role("table").line) == (Pt(10.5), Pt(18))
    assert not chosen.keep_headings


def test_every_mistake_of_the_file_is_told_with_line_and_column() -> None:
    with pytest.raises(FormError) as caught:
        read_deviations(MISTAKES, "版式.yaml")
    told = [(d.code, d.place.line, d.place.column) for d in caught.value.diagnostics if d.place]
    assert told == [
        ("profile-name-taken", 1, 1),
        ("profile-unknown-key", 4, 3),
        ("profile-not-a-number", 5, 7),
        ("profile-out-of-range", 6, 9),
        ("profile-unknown-key", 7, 16),
        ("profile-not-a-number", 7, 25),
        ("profile-not-a-mapping", 8, 7),
        ("profile-unknown-style", 9, 8),
        ("profile-bad-choice", 10, 9),
        ("profile-bad-base", 11, 7),
        ("profile-duplicate-key", 12, 3),
        ("profile-not-a-mapping", 13, 1),
    ]
    hints = [d.hint for d in caught.value.diagnostics]
    assert "改成“行距”" in hints
    assert "改成“二级标题”" in hints


def test_a_name_that_could_break_a_document_is_refused() -> None:
    with pytest.raises(FormError) as caught:
        read_deviations('单位:\n  数字字体: "a\\"/><b"\n')
    assert caught.value.diagnostics[0].code == "profile-bad-name"


def test_a_file_with_one_deviation_needs_no_name(tmp_path: Path) -> None:
    one = tmp_path / "一种.yaml"
    one.write_text("县妇联:\n  行距: 28\n", encoding="utf-8")
    assert profile_from(None, one).names == profile_from(str(one)).names == ("县妇联",)
    assert profile_from("windows", one).names == ("windows", "县妇联")


def test_of_several_deviations_one_has_to_be_named() -> None:
    with pytest.raises(UsageError) as caught:
        profile_from(None, EXAMPLE)
    assert caught.value.diagnostics[0].code == "profile-choose-one"
    assert profile_from("内部材料,windows", EXAMPLE).names == ("内部材料", "windows")
    with pytest.raises(UsageError) as misspelt:
        profile_from("内部材科", EXAMPLE)
    assert misspelt.value.diagnostics[0].hint == "内部材料"


def test_a_deviation_may_build_on_the_named_profiles() -> None:
    (made,) = read_deviations("单位:\n  基于: ink,windows\n  行距: 28\n")
    chosen = profile("单位", [made])
    assert (chosen.layout.top, chosen.layout.pitch, chosen.font(Face.KAITI).name) == (34.58, 28, "楷体")
    assert profile("单位,founder", [made]).font(Face.KAITI).name == "方正楷体_GBK"


def test_each_departure_is_a_note_with_the_clause_it_leaves(tmp_path: Path) -> None:
    made = actions.write_file(FORM, tmp_path / "计划.docx", profile="内部材料", profile_file=EXAMPLE)
    notes = [d for d in made.diagnostics if d.code == "profile-departure"]
    assert all(d.severity is Severity.NOTE for d in notes)
    assert ("30 mm", "37 mm", "GB/T 9704 5.2.1") in [(d.found, d.expected, d.source) for d in notes]
    assert {d.source for d in notes} == {f"GB/T 9704 {clause}" for clause in ("5.2.1", "7.2.4", "8")}


def test_what_agrees_with_the_standard_is_no_departure() -> None:
    (made,) = read_deviations("单位:\n  页边距: {上: 37, 左: 28}\n  页码位置: 外侧\n  字体: {仿宋: 仿宋}\n")
    assert made.departures() == ()


def test_templates_are_made_anew_from_a_deviation(tmp_path: Path) -> None:
    output = actions.export_template("plan", tmp_path / "模板.docx", profile="青江县妇联", profile_file=EXAMPLE)
    (made, _) = read_deviations(EXAMPLE.read_bytes())
    assert output.read_bytes() == draw("plan", profile("青江县妇联", [made])) != draw("plan", profile())
    assert (
        "加粗"
        in planwriter.show(
            planwriter.write({**FORM, "主要任务": [{"标题": "建台账"}]}, profile=f"青江县妇联,{EXAMPLE}")
        ).to_text()
    )


def test_every_key_of_a_deviation_is_explained_on_the_page_about_profiles() -> None:
    page = (EXAMPLE.parents[2] / "docs/profiles.md").read_text(encoding="utf-8")
    for label, english in deviation_keys().items():
        assert f"| `{label}` | `{english}` |" in page
    assert all(f"`{name}`" in page for name in profile_names())
    assert os.sep in str(EXAMPLE)
