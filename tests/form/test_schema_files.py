"""The schemas of forms: two dialects that say the same, shipped as files, and put beside a blank form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from planwriter.actions import write_new
from planwriter.actions.forms import read_form
from planwriter.form.schema_file import BESIDE, SCHEMA_NAMES, schema_in, schema_text, shipped_schema

ROOT = Path(__file__).resolve().parents[2]
JUDGES = {"2020-12": jsonschema.Draft202012Validator, "draft-07": jsonschema.Draft7Validator}
each_dialect = pytest.mark.parametrize("dialect", SCHEMA_NAMES)


@each_dialect
def test_the_shipped_file_is_what_the_model_says(dialect: str) -> None:
    assert shipped_schema(dialect).decode() == schema_text(dialect)


@each_dialect
def test_a_schema_is_sound_in_its_dialect_and_takes_every_example(dialect: str) -> None:
    schema = schema_in(dialect)
    JUDGES[dialect].check_schema(schema)
    judge = JUDGES[dialect](schema)
    for form in sorted((ROOT / "examples").glob("*.yaml")):
        assert list(judge.iter_errors(yaml.load(form.read_text("utf-8"), Loader=yaml.BaseLoader))) == []


@each_dialect
def test_a_misspelt_key_and_a_wrong_choice_are_refused(dialect: str) -> None:
    judge = JUDGES[dialect](schema_in(dialect))
    for wrong in ({"单位": "甲", "期限": "x"}, {"公文": {"紧急程度": "很急"}}, {"主要任务": [{"标提": "甲"}]}):
        assert list(judge.iter_errors(wrong))


def test_nothing_stands_beside_a_reference_in_the_older_dialect() -> None:
    def references(schema: Any) -> list[dict[str, Any]]:
        below = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
        own = [schema] if isinstance(schema, dict) and isinstance(schema.get("$ref"), str) else []
        return own + [found for one in below for found in references(one)]

    found = references(schema_in("draft-07"))
    assert found and all(set(one) == {"$ref"} and one["$ref"].startswith("#/definitions/") for one in found)


def test_an_editor_finds_the_schema_beside_a_blank_form(tmp_path: Path) -> None:
    made = write_new("年度计划", tmp_path / "表单.yaml")
    first = (tmp_path / "表单.yaml").read_text("utf-8").split("\n")[0]
    assert first == f"# yaml-language-server: $schema={BESIDE}"
    assert json.loads((tmp_path / BESIDE).read_text("utf-8")) == schema_in("draft-07")
    assert [d.code for d in made.diagnostics] == ["form-schema-beside"]
    assert not read_form(tmp_path / "表单.yaml").errors


def test_a_schema_that_is_there_is_kept_and_told_only_where_it_differs(tmp_path: Path) -> None:
    write_new("年度计划", tmp_path / "一.yaml")
    assert write_new("总结", tmp_path / "二.yaml").diagnostics == ()
    (tmp_path / BESIDE).write_text("{}", "utf-8")
    assert [d.code for d in write_new("总结", tmp_path / "三.yaml").diagnostics] == ["form-schema-kept"]
    assert (tmp_path / BESIDE).read_text("utf-8") == "{}"
    write_new("总结", tmp_path / "三.yaml", force=True)
    assert json.loads((tmp_path / BESIDE).read_text("utf-8")) == schema_in("draft-07")


@pytest.mark.parametrize("name", ["表单.docx", "表单.json"])
def test_no_schema_stands_beside_forms_that_do_not_name_one(tmp_path: Path, name: str) -> None:
    write_new("年度计划", tmp_path / name)
    write_new("年度计划", tmp_path / "无.yaml", schema=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "无.yaml"])
    assert "$schema" not in (tmp_path / "无.yaml").read_text("utf-8")
