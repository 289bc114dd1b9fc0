"""Every kind of blank form is written from one content: the model's fields, the unit file, a proposed schedule."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo

import planwriter
from planwriter.actions import blank, write_new
from planwriter.diagnostic import FormError, UsageError
from planwriter.form.blank_files import WRITERS
from planwriter.form.prefilled import ALSO_CALLED, FORM_KINDS, prefilled
from planwriter.model.document import to_form
from planwriter.model.element import Element, item, keys_of
from planwriter.model.items import Item
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import WorkPlan
from planwriter.model.unit_file import UnitFile
from tests.documents import root_of

UNIT = {
    "全称": "青江县妇女联合会", "简称": "县妇联", "内设机构": ["办公室", "权益部"], "机关代字": "青妇",
    "主送机关": ["各镇妇女联合会"], "抄送机关": ["县委办公室", "市妇女联合会"], "印发机关": "青江县妇女联合会办公室",
}  # fmt: skip


def words_of(data: bytes, suffix: str) -> str:
    """The text of a blank form."""
    if suffix == ".docx":
        return "\n".join(root_of(data).itertext())
    if suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return "\n".join(package.read(name).decode("utf-8") for name in package.namelist() if name.endswith(".xml"))
    return data.decode("utf-8")


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("cls", [WorkPlan, OfficialDocument, Item])
def test_a_field_added_to_the_model_stands_in_every_form(
    monkeypatch: pytest.MonkeyPatch, cls: type[Element], suffix: str
) -> None:
    field = item("口号", "一句响亮的话。", "同心同行", common=True)
    assert isinstance(field, FieldInfo)
    field.annotation = str
    assert "口号" not in words_of(blank("通知", suffix).data, suffix)
    keys_of.cache_clear()
    monkeypatch.setitem(cls.model_fields, "motto", field)
    try:
        made = words_of(blank("通知", suffix).data, suffix)
    finally:
        monkeypatch.undo()
        keys_of.cache_clear()
    assert "口号" in made
    assert suffix == ".json" or "一句响亮的话。" in made


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("kind", FORM_KINDS)
def test_one_content_in_every_kind_of_file_reads_back_equal(kind: str, suffix: str, tmp_path: Path) -> None:
    months = "review" not in FORM_KINDS[kind][1]
    made = {"unit": UNIT, "period": "2026年", "months": months}
    read = []
    for name in (f"表单{suffix}", "另一份.yaml"):
        write_new(kind, tmp_path / name, **made)
        reading = planwriter.read_form(tmp_path / name)
        assert [one for one in reading.diagnostics if one.severity != "note"] == []
        read.append(to_form(reading.document))
    assert read[0] == read[1]
    assert read[0]["单位"]["全称"] == "青江县妇女联合会"


def test_a_unit_file_fills_what_nobody_should_type_twice() -> None:
    made = planwriter.read_form(planwriter.new_form("通知", unit=UNIT).encode()).document
    assert isinstance(made, OfficialDocument) and made.plan is not None and made.plan.unit is not None
    assert made.plan.unit.departments == ["办公室", "权益部"]
    assert made.plan.signature == ["青江县妇女联合会"]
    assert made.copy_to == ["县委办公室", "市妇女联合会"]
    assert made.document_number is not None and "青妇" in made.document_number


def test_a_blank_unit_file_offers_every_item_of_its_class_and_is_refused_while_blank() -> None:
    unit = planwriter.new_form("单位")
    assert all(f"{field.alias}:" in unit for field in UnitFile.model_fields.values())
    with pytest.raises(FormError, match="全称"):
        planwriter.new_form("要点", unit=unit.encode())
    filled = unit.replace("全称:", "全称: 青江县妇女联合会")
    assert "全称: 青江县妇女联合会" in planwriter.new_form("要点", unit=filled.encode())


def test_every_mistake_of_a_unit_file_is_told_at_its_place() -> None:
    wrong = "全程: 青江县妇女联合会\n简称：县妇联\n内设机构: {a: b}\n".encode()
    with pytest.raises(FormError) as refused:
        planwriter.new_form(unit=wrong)
    lines = [one.place.line for one in refused.value.diagnostics if one.place]
    assert {1, 2, 3} <= set(lines)


@pytest.mark.parametrize("name", ALSO_CALLED)
def test_kinds_have_further_names(name: str) -> None:
    assert prefilled(name) == prefilled(ALSO_CALLED[name])


def test_texts_that_look_like_yaml_come_back_as_they_are() -> None:
    for name in (
        "a: b",
        "- 甲",
        "# 号",
        '"引"',
        "'单'",
        "@甲",
        "%乙",
        "null",
        "~",
        "123",
        "甲 # 乙",
        "单位：甲",
        "甲\n乙",
        "*甲",
    ):
        made = planwriter.read_form(planwriter.new_form(unit={"全称": name}).encode())
        assert not made.errors
        assert made.document.unit.name == name  # type: ignore[union-attr]


def test_a_blank_json_form_says_nothing_but_what_is_known() -> None:
    data = blank("年度计划", ".json", full=True).data
    assert json.loads(data)["文种"] == "工作计划"
    assert to_form(planwriter.read_form(data).document) == {}


def test_a_summary_has_no_schedule_to_propose() -> None:
    with pytest.raises(UsageError, match="没有月度安排"):
        blank("总结", months=True, period="2027年")


def test_the_same_choices_give_the_same_bytes() -> None:
    for suffix in WRITERS:
        made = [blank("通知", suffix, unit=UNIT, period="2026年", months=True).data for _ in range(2)]
        assert made[0] == made[1]


def test_a_roster_is_an_excel_table_for_many_units(tmp_path: Path) -> None:
    made = write_new("年度计划", tmp_path / "总表.xlsx", roster=True, unit={"全称": "澄溪县总工会"}, period="2031年")
    text = words_of(made.data, ".xlsx")
    assert "澄溪县总工会" in text and "2031年" in text
    assert "澄溪县总工会" not in words_of(blank("年度计划", ".xlsx", roster=True).data, ".xlsx")
    for name in ("总表.yaml", "总表.docx"):
        with pytest.raises(UsageError, match="Excel"):
            write_new("年度计划", tmp_path / name, roster=True)
    with pytest.raises(UsageError, match="Excel"):
        blank("年度计划", roster=True)
