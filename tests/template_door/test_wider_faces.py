"""Rare characters take the wider twin of their face, everywhere in a document, and nothing else changes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

import planwriter
from planwriter.chinese.rare import is_rare, may_hold_rare, rare_characters
from planwriter.template.drawing.__main__ import main
from tests.documents import texts

FORM = {
    "单位": "云溪县图书馆", "期间": "2027年", "标题": "朱镕2027年工作计划", "引言": "由陶喆、李明负责。", "署名": "喆喆工作室",
    "主要任务": {"形式": "表格", "条目": [{"标题": "建台账", "责任人": "朱镕"}]},
    "保障措施": {"条目": [{"标题": "由喆牵头", "正文": "落实。"}, {"标题": "乙", "标题形式": "接排", "正文": "丙。"}]},
    "成文日期": "2026年12月8日",
}  # fmt: skip


def spans(document: bytes) -> dict[str, set[str]]:
    """Character → the faces in which it stands, of those a reader wonders about."""
    found: dict[str, set[str]] = {}
    for paragraph in planwriter.show(document).paragraphs:
        for span in paragraph.spans:
            for character in span.text:
                found.setdefault(character, set()).add(span.face)
    return found


def test_each_rare_character_stands_in_the_twin_of_its_face() -> None:
    faces = spans(planwriter.write(FORM))
    assert faces["镕"] == {"方正小标宋_GBK", "仿宋"}
    assert faces["喆"] == {"仿宋", "楷体"}
    assert faces["明"] == {"仿宋_GB2312"}


def test_the_words_stay_the_same() -> None:
    plain = {**FORM, "标题": "朱容2027年工作计划"}
    rare, usual = texts(planwriter.write(FORM)), texts(planwriter.write(plain))
    assert [one.replace("镕", "容") for one in rare] == [one.replace("镕", "容") for one in usual]


@pytest.mark.parametrize("name", ["windows", "founder", "mac"])
def test_faces_that_hold_rare_characters_are_left_alone(name: str) -> None:
    document = planwriter.write({**FORM, "标题": "计划"}, profile=name)
    assert all(not face.endswith("_GBK") or name == "founder" for face in spans(document)["喆"])


def test_a_document_without_rare_characters_is_not_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planwriter.template.wider_faces.parse", None)
    assert planwriter.write({"单位": "云溪县图书馆", "期间": "2027年", "引言": "要点——“一”·二〔3〕①℃。"})


def test_templates_of_ones_own_and_from_strangers_do_the_same(tmp_path: Path) -> None:
    main(str(tmp_path))
    for untrusted in (False, True):
        made = planwriter.write(FORM, template=tmp_path / "plan.docx", untrusted_template=untrusted)
        assert spans(made)["喆"] == {"仿宋", "楷体"}


def test_the_font_table_carries_the_wider_faces() -> None:
    with zipfile.ZipFile(BytesIO(planwriter.write(FORM))) as package:
        table = package.read("word/fontTable.xml").decode()
    assert all(f'w:name="{name}"' in table for name in ("仿宋", "楷体", "方正小标宋_GBK"))


def test_only_chinese_characters_outside_gb_2312_are_rare() -> None:
    assert [c for c in "镕喆㐂𠮷国—·é①😀〇" if is_rare(c)] == list("镕喆㐂𠮷")
    assert "".join(rare_characters("朱镕与陶喆")) == "镕喆"
    assert not may_hold_rare("要点——“一”·二〔3〕①℃。")
