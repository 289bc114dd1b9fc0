"""Forms with a hundred thousand mistakes: all are counted, few are listed, and the work stays small."""

from __future__ import annotations

import json

import pytest

from planwriter.actions import read_form
from planwriter.diagnostic import Diagnostic, FormError, Place, Severity, few_alike
from planwriter.model import collector, element
from planwriter.model.document import read_document

UNKNOWN = 3_000


def unknown_keys(count: int) -> dict[str, str]:
    return {"单位": "某校", "期间": "2027年"} | {f"键{number}": "甲" for number in range(count)}


def test_unknown_keys_are_all_told_and_only_the_first_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []
    monkeypatch.setattr(element, "nearest", lambda word, known: looks.append(word))
    told = read_document(unknown_keys(UNKNOWN)).diagnostics
    assert len([d for d in told if d.code == "form-unknown-key"]) == UNKNOWN
    assert len(looks) == collector.MOST_LOOKED_UP


def test_alike_are_counted_by_their_code_and_placed_where_the_listing_ends() -> None:
    many = [Diagnostic("a", "甲", place=Place("f", line)) for line in range(1, 8)]
    one = Diagnostic("b", "乙", Severity.WARNING)
    shown = few_alike([*many, one], most=3)
    assert shown[:4] == [*many[:3], one]
    assert (shown[4].code, shown[4].severity, shown[4].place) == ("a", Severity.ERROR, Place("f", 4))
    assert "还有4处" in shown[4].message and len(shown) == 5
    assert few_alike(many, most=7) == many


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("表单.toml", "单位 = '甲'\n" + "".join(f"k{n} = 1\n" for n in range(100_001)), "form-too-deep"),
        ("表单.csv", "项目,内容\n" + "".join(f"k{n},1\n" for n in range(100_002)), "form-too-many-rows"),
        ("表单.json", json.dumps({f"k{n}": 1 for n in range(100_001)}), "form-too-deep"),
        ("表单.yaml", "".join(f"k{n}: 1\n" for n in range(100_001)), "form-too-deep"),
    ],
)
def test_a_form_with_more_than_a_hundred_thousand_nodes_is_no_form(name: str, text: str, code: str) -> None:
    with pytest.raises(FormError) as refused:
        read_form(text.encode(), name=name)
    told = refused.value.diagnostics[-1]
    assert told.code == code and told.place is not None and told.place.line is not None and told.hint
