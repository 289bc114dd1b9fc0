"""Broken forms: every mistake is told with line, column, a Chinese sentence and a remedy."""

from __future__ import annotations

import re

import pytest

from planwriter.actions import read_form
from planwriter.diagnostic import Diagnostic, FormError, Severity
from tests.form.broken import BROKEN, Broken


def told_about(text: str) -> tuple[Diagnostic, ...]:
    try:
        return read_form(text.encode("utf-8"), name="表单.yaml").diagnostics
    except FormError as error:
        return error.diagnostics


@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: b.kind)
def test_every_mistake_is_told_at_its_place_and_nothing_else(broken: Broken) -> None:
    told = told_about(broken.text)
    assert [(d.place.line, d.place.column, d.code) for d in told if d.place] == list(broken.mistakes)
    assert all(d.place and d.place.file == "表单.yaml" for d in told)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: b.kind)
def test_every_mistake_has_a_chinese_sentence_and_a_remedy(broken: Broken) -> None:
    for d in told_about(broken.text):
        assert re.search("[\u4e00-\u9fff]{4}", d.message), d.message
        assert not re.search(r"[A-Za-z]{6,}", re.sub("“.*?”", "", d.message)), d.message
        assert d.hint, d.code


@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: b.kind)
def test_a_broken_form_has_at_least_one_error(broken: Broken) -> None:
    assert any(d.severity is Severity.ERROR for d in told_about(broken.text))


def test_there_are_at_least_thirty_kinds_of_broken_forms() -> None:
    assert len({b.kind for b in BROKEN}) >= 30
    assert len({code for b in BROKEN for *_, code in b.mistakes}) >= 30
