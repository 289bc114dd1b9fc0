"""One model, written as each kind of form, reads back equal; reading is the same whatever the kind."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings

import planwriter
from planwriter.form.csv_form import write_csv_form
from planwriter.form.opening import kind_of, open_form
from planwriter.form.word_form import write_word_form
from planwriter.form.writing import write_json, write_yaml
from planwriter.model.document import Document, read_document, to_form
from tests.form.models import DOCUMENTS

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("PLANWRITER_SHARED", ROOT.parent / "shared")) / "forms"


def write_toml(content: Mapping[str, Any]) -> bytes:
    """The content as TOML, which puts tables behind texts: the order of keys is not kept."""
    return tomli_w.dumps(content).encode()


WRITERS: dict[str, Callable[[Mapping[str, Any]], bytes]] = {
    "form.yaml": write_yaml, "form.json": write_json, "form.toml": write_toml, "form.csv": write_csv_form,
    "form.docx": write_word_form,
}  # fmt: skip


def read_back(document: Document, name: str) -> Document:
    placed, told = open_form(WRITERS[name](to_form(document)), name)
    assert told == []
    return read_document(placed).document


def same(one: Document, other: Document, name: str) -> bool:
    """Equal with the order in which things were filled in, where the kind of file keeps an order."""
    return to_form(one) == to_form(other) if name.endswith(".toml") else one == other


each_kind = pytest.mark.parametrize("name", WRITERS)


@each_kind
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(document=DOCUMENTS)
def test_any_model_written_as_a_form_reads_back_equal(name: str, document: Document) -> None:
    first = read_back(document, name)
    assert same(first, document, name)
    assert same(read_back(first, name), first, name)


def filled_forms() -> list[Path]:
    return [*sorted((ROOT / "examples").glob("*.yaml")), *sorted(SHARED.glob("*.yaml"))]


@each_kind
@pytest.mark.parametrize("path", filled_forms(), ids=lambda path: path.stem)
def test_a_filled_form_reads_back_equal_from_every_kind(path: Path, name: str) -> None:
    document = planwriter.read_form(path).document
    assert same(read_back(document, name), document, name)


@each_kind
def test_the_content_says_what_kind_a_form_is(name: str) -> None:
    content = to_form(planwriter.read_form(ROOT / "examples" / "women_annual_notice.yaml").document)
    data = WRITERS[name](content)
    suffix = Path(name).suffix
    wrong = "表单.docx" if suffix != ".docx" else "表单.yaml"
    assert suffix in kind_of(data, name).suffixes
    if suffix in (".toml", ".csv"):
        return
    placed, told = open_form(data, wrong)
    assert [d.code for d in told] == ["form-wrong-suffix"] and str(told[0].place) == wrong
    assert read_document(placed).document == read_document(content).document


@each_kind
def test_the_same_content_gives_the_same_bytes(name: str) -> None:
    content = to_form(planwriter.read_form(ROOT / "examples" / "village_plan.yaml").document)
    assert WRITERS[name](content) == WRITERS[name](content)
