"""What a machine lacks is found by looking only, on every platform; each look is injected."""

from __future__ import annotations

from pathlib import Path

from planwriter import actions
from planwriter.machine.checkup import check_up
from planwriter.machine.fonts import FontShelf
from planwriter.standard import profile

LISTED = "Noto Sans CJK SC,Noto Sans CJK SC Bold\n仿宋_GB2312,FangSong_GB2312\nSimHei,黑体\n宋体\n"


def linux(command: list[str]) -> str:
    return LISTED if command[0] == "fc-list" else "Noto Sans CJK SC,思源黑体\n"


def test_on_linux_missing_faces_are_told_with_what_stands_in() -> None:
    found = check_up(profile(), shelf=FontShelf("linux", run=linux))
    told = {one.name: (one.present, one.stand_in) for one in found.faces}
    assert told == {
        "方正小标宋简体": (False, "Noto Sans CJK SC"),
        "仿宋_GB2312": (True, None),
        "楷体_GB2312": (False, "Noto Sans CJK SC"),
        "黑体": (True, None),
        "宋体": (True, None),
    }
    assert not found.sound
    assert "楷体：楷体_GB2312，没有装，显示成 Noto Sans CJK SC" in found.to_text()


def test_on_windows_the_registry_is_read() -> None:
    names = ["FangSong (TrueType)", "KaiTi (TrueType)", "SimSun & NSimSun (TrueType)", "SimHei (TrueType)"]
    found = check_up(profile("windows,times"), shelf=FontShelf("win32", registry=lambda: names))
    assert {one.name for one in found.faces if one.present} == {"仿宋", "楷体", "宋体", "黑体"}
    assert [one.name for one in found.faces if not one.present] == ["方正小标宋简体", "Times New Roman"]
    standing = check_up(profile(), shelf=FontShelf("win32", registry=lambda: names)).faces
    assert {one.name: one.stand_in for one in standing if not one.present} == {
        "方正小标宋简体": None, "仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体",
    }  # fmt: skip


def test_on_macos_the_font_folders_are_read() -> None:
    files = ["STHeiti Light", "Songti", "Kaiti", "STFangsong"]
    found = check_up(profile("mac"), shelf=FontShelf("darwin", files=lambda: files))
    assert [one.name for one in found.faces if not one.present] == ["STZhongsong"]


def test_where_fonts_cannot_be_listed_nothing_is_claimed() -> None:
    found = check_up(profile(), shelf=FontShelf("linux", run=lambda _: ""))
    assert {one.present for one in found.faces} == {None}
    assert found.sound


def test_a_missing_library_or_converter_is_told() -> None:
    bare = check_up(
        profile(),
        shelf=FontShelf("linux", run=lambda _: ""),
        found=lambda _: None,
        version=lambda n: None if n == "lxml" else "1.0",
    )
    assert not bare.sound
    assert "lxml 没有装" in bare.to_text()
    assert "没有找到 soffice" in bare.to_text()
    assert check_up(profile(), found=lambda name: f"/usr/bin/{name}").converter == "/usr/bin/soffice"


FORM = "单位: 云溪县图书馆\n期间: 2027年\n引言: 由朱镕、陶喆负责，喆另行通知——详见附件。\n"


def test_rare_characters_of_a_form_and_of_its_document_are_counted(tmp_path: Path) -> None:
    form, document = tmp_path / "计划.yaml", tmp_path / "计划.docx"
    form.write_text(FORM, encoding="utf-8")
    actions.write_file(form, document)
    assert actions.doctor(form).rare == actions.doctor(document).rare == {"镕": 1, "喆": 2}
    assert "喆（U+5586，2处）" in actions.doctor(form).to_text()
