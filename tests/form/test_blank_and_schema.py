"""Blank forms and the JSON Schema are written from the model and are accepted by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import planwriter
from planwriter.form.json_schema import form_schema
from planwriter.form.keys import known_keys
from planwriter.form.prefilled import FORM_KINDS
from planwriter.model.element import Element
from planwriter.model.unit_file import UnitFile
from tests.form.broken import BROKEN
from tests.test_every_sentence import FORMS


def classes(cls: type[Element]) -> Iterator[type[Element]]:
    for below in cls.__subclasses__():
        yield below
        yield from classes(below)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("kind", FORM_KINDS)
def test_a_blank_form_is_accepted_and_gives_a_draft(kind: str, full: bool) -> None:
    blank = planwriter.new_form(kind, full=full).encode()
    assert not planwriter.read_form(blank).diagnostics
    shown = planwriter.show(planwriter.write(blank)).to_text()
    assert "【待填：" in shown
    with pytest.raises(planwriter.PlanwriterError):
        planwriter.write(blank, strict=True)


def test_a_full_blank_form_names_every_key_of_the_model() -> None:
    blank = planwriter.new_form("通知", full=True)
    missing = {
        field.alias
        for cls in classes(Element)
        for name, field in cls.model_fields.items()
        if cls is not UnitFile
        and f"{field.alias}:" not in blank
        and name not in ("kind", "plan", "points", "sections", "head", "rows")
    }
    assert not missing


@pytest.mark.parametrize("kind", ["报告", "请示"])
def test_a_blank_form_of_a_paper_to_a_superior_says_so(kind: str) -> None:
    for full in (False, True):
        paper = planwriter.read_form(planwriter.new_form(kind, full=full).encode()).document
        assert isinstance(paper, planwriter.OfficialDocument)
        assert (paper.format.value, paper.upward, len(paper.signatories)) == (kind, True, 1)


def test_an_unknown_kind_of_blank_form_is_answered_with_the_nearest() -> None:
    with pytest.raises(planwriter.PlanwriterError, match="总结"):
        planwriter.new_form("总解")


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_filled_forms_satisfy_the_schema(path: Path) -> None:
    jsonschema.validate(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader), form_schema())


def test_the_schema_is_sound_and_refuses_unknown_keys() -> None:
    jsonschema.Draft202012Validator.check_schema(form_schema())
    wrong = [b for b in BROKEN if b.kind in ("an unknown key", "a misspelt key")]
    assert len(wrong) == 2
    for broken in wrong:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(yaml.load(broken.text, Loader=yaml.BaseLoader), form_schema())


def test_every_field_has_label_sentence_and_example_in_the_schema() -> None:
    def properties(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        if isinstance(schema, dict):
            yield from schema.get("properties", {}).items()
            for below in schema.values():
                yield from properties(below)
        elif isinstance(schema, list):
            for below in schema:
                yield from properties(below)

    told = [(key, p) for key, p in properties(form_schema()) if "examples" in p]
    assert len(told) > 80
    assert all(p.get("title") and p.get("description") for _, p in told)
    assert sum("x-条款" in p for _, p in told) > 20


def test_every_key_of_the_form_language_is_known() -> None:
    assert {"单位", "unit", "主要任务", "main_tasks", "公文", "月份", "完成时限", "deadline"} <= known_keys()


def test_every_field_has_a_chinese_label_one_sentence_and_an_example() -> None:
    for cls in classes(Element):
        for name, field in cls.model_fields.items():
            assert field.alias and field.alias != name, (cls, name)
            assert field.description and field.description.endswith("。"), (cls, name)
            assert field.examples and all(field.examples), (cls, name)
