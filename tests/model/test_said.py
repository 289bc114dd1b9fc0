"""What a model says by itself is what pydantic's serializers say, on every form and in the same order."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings

from planwriter.actions import read_form
from planwriter.model import document as documents
from planwriter.model.element import Element
from planwriter.model.plan import WorkPlan
from planwriter.model.said import said
from tests.form.models import DOCUMENTS

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.yaml"))


def serialized(element: Element) -> str:
    return json.dumps(element.model_dump(mode="json", by_alias=True, exclude_defaults=True), ensure_ascii=False)


def told(element: Element) -> str:
    return json.dumps(said(element), ensure_ascii=False)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_told_as_pydantic_tells_it(path: Path) -> None:
    read = read_form(path).document
    assert told(read) == serialized(read)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS)
def test_any_model_is_told_as_pydantic_tells_it(model: Any) -> None:
    assert told(model) == serialized(model)


def test_a_date_set_by_hand_is_told_in_words() -> None:
    assert said(WorkPlan(issue_date=date(2026, 3, 5))) == {"成文日期": "2026年3月5日"}


def test_what_was_put_in_past_the_checks_is_left_to_pydantic() -> None:
    odd = WorkPlan(title="甲")
    odd.__dict__["subtitle"] = object()
    with pytest.raises(TypeError):
        said(odd)
    with mock.patch.object(WorkPlan, "model_dump", return_value={"标题": "甲"}):
        assert documents.to_form(odd) == {"标题": "甲"}
