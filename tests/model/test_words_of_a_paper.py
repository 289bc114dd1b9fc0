"""How copy number, classification, document number and dates are written (GB/T 9704 7.2.1, 7.2.2, 7.2.5, 7.3.5.4)."""

from __future__ import annotations

from typing import Any

import pytest

import planwriter
from planwriter.actions import compose
from planwriter.diagnostic import FormError
from tests.documents import texts
from tests.layout.papers import paper


def refused(key: str, value: str) -> list[str]:
    """The codes of what is said about one item of a paper."""
    with pytest.raises(FormError) as caught:
        planwriter.write(paper(**{key: value}))
    return [one.code for one in caught.value.diagnostics]


@pytest.mark.parametrize(
    "number",
    ["云文[2026]9号", "云文（2026）9号", "云文【2026】9号", "云文〔26〕9号", "云文〔2026〕第9号", "云文〔2026〕09号", "云文〔2026〕9", "云文〔二〇二六〕9号"],
)  # fmt: skip
def test_a_document_number_of_another_form_is_refused(number: str) -> None:
    assert refused("发文字号", number) == ["form-bad-pattern"]


@pytest.mark.parametrize("level", ["保密", "秘密★一年", "秘密*1年", "秘密 1年", "内部"])
def test_a_classification_of_another_form_is_refused(level: str) -> None:
    assert refused("密级", level) == ["form-bad-pattern"]


@pytest.mark.parametrize("number", ["12", "00012", "0000012", "第0012", "００００１２"])
def test_a_copy_number_has_six_arabic_digits(number: str) -> None:
    assert refused("份号", number) == ["form-bad-pattern"]


@pytest.mark.parametrize("urgency", ["特提", "平急", "紧急"])
def test_an_urgency_is_one_of_two(urgency: str) -> None:
    assert refused("紧急程度", urgency) == ["form-bad-choice"]


@pytest.mark.parametrize("day", ["2026年1月5日", "2026年01月05日", "2026-01-05", "2026/1/5"])
def test_dates_are_written_in_full_without_leading_zeros(day: str) -> None:
    form: dict[str, Any] = paper(成文日期=day, 印发机关="云溪县文化馆", 印发日期=day)
    said = texts(planwriter.write(form))
    assert "2026年1月5日" in said
    assert [text for text in said if text.endswith("2026年1月5日印发")]


@pytest.mark.parametrize("day", ["2026年2月30日", "2026年13月1日"])
def test_a_day_that_does_not_exist_is_refused(day: str) -> None:
    assert refused("成文日期", day)


def test_a_classified_paper_without_copy_number_is_doubtful() -> None:
    codes = [one.code for one in compose(paper(密级="秘密★1年")).diagnostics]
    assert "paper-copy-number-missing" in codes
