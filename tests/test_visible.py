"""Messages show what could hide, turn or break a line."""

from __future__ import annotations

import pytest

from planwriter.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("单\u200b位", "单\\u200b位"), ("\ufeff单位", "\\ufeff单位"), ("文\u00ad种", "文\\u00ad种"), ("a\u2066b", "a\\u2066b"),
        ("单\u3164位", "单\\u3164位"), ("单\u200d位", "单\\u200d位"), ("a\x1b[2J", "a\\u001b[2J"), ("\ud800", "\\ud800"),
        ("a\u2028b", "a\\u2028b"), ("\U000e0041", "\\ue0041"),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_shown_by_its_number(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize("text", ["单位：甲校（乙）", "👨\u200d👩\u200d👧", "👍🏽", "e\u0301", "a\u00a0b　c", "𠮷", ""])
def test_what_can_be_seen_stays(text: str) -> None:
    assert visible(text) == text
