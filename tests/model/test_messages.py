"""Every error type the models can raise has a Chinese sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import planwriter.model
from planwriter.model.document import read_document
from planwriter.model.messages import SENTENCES
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import WorkPlan

RAISED_BY = {
    "str": {"string_type", "string_unicode", "string_too_long", "string_too_short", "string_pattern_mismatch"},
    "list": {"list_type", "too_long", "too_short"}, "dict": {"dict_type", "mapping_type", "invalid_key", "too_long", "too_short"},
    "model": {"model_type", "model_attributes_type"}, "model-fields": {"model_type", "model_attributes_type", "missing", "extra_forbidden", "invalid_key"},
    "literal": {"literal_error"}, "enum": {"enum"}, "tagged-union": {"union_tag_invalid", "union_tag_not_found"},
    "date": {"date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"},
    "is-instance": {"is_instance_of"}, "definitions": {"recursion_loop"}, "int": {"int_type", "int_parsing", "int_parsing_size", "int_from_float"},
    "bool": {"bool_type", "bool_parsing"}, "decimal": {"decimal_type", "decimal_parsing", "finite_number"},
    "function-before": {"value_error", "assertion_error"}, "function-wrap": {"value_error", "assertion_error"},
}  # fmt: skip
SILENT = {
    "nullable",
    "default",
    "definition-ref",
    "union",
    "any",
    "function-plain",
    "model-field",
    "definitions",
    "none",
    "to-string",
    "no-info",
    "with-info",
}


def kinds_in(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            yield schema["type"]
        for key, value in schema.items():
            if key not in ("metadata", "serialization"):
                yield from kinds_in(value)
    elif isinstance(schema, list | tuple):
        for value in schema:
            yield from kinds_in(value)


def test_every_error_type_the_models_can_raise_has_a_chinese_sentence() -> None:
    kinds = {k for cls in (WorkPlan, OfficialDocument) for k in kinds_in(cls.__pydantic_core_schema__)}
    unknown = kinds - set(RAISED_BY) - SILENT
    assert not unknown, f"say which errors these raise: {unknown}"
    raised = {error for kind in kinds & set(RAISED_BY) for error in RAISED_BY[kind]}
    assert raised <= set(SENTENCES)
    assert all(re.search("[\u4e00-\u9fff]{2}", text) and code.startswith("form-") for code, text in SENTENCES.values())


def test_the_models_own_errors_are_written_in_chinese() -> None:
    folder = Path(planwriter.model.__file__ or "").parent
    told = [
        m
        for p in folder.glob("*.py")
        for m in re.findall(r'told\(\s*"(form-[\w-]+)",\s*"([^"]+)"', p.read_text("utf-8"))
    ]
    assert len(told) >= 5
    assert all(re.search("[\u4e00-\u9fff]{2}", message) for _, message in told)


@pytest.mark.parametrize(
    ("form", "hint"),
    [
        ({"单位": "云溪县图书馆", "发文字号": "云图〔2027〕1号"}, "“发文字号”写在“公文”下面"),
        ({"公文": {"附件": [{"标题": "日程表"}]}}, "“附件”写在表单的最外层，不往里缩进"),
        ({"公文": {"主要任务": ["办好读书会。"]}}, "“主要任务”写在表单的最外层，不往里缩进"),
    ],
)
def test_a_key_that_belongs_elsewhere_is_told_where(form: dict[str, Any], hint: str) -> None:
    assert hint in [d.hint for d in read_document(form).errors]


def test_known_keys_are_listed_in_chinese() -> None:
    (told,) = (d for d in read_document({"单位": "云溪县图书馆", "qqqq": "甲"}).errors)
    assert told.hint is not None
    assert "月度安排" in told.hint
    assert "monthly" not in told.hint
