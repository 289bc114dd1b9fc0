"""What makes reading fast changes nothing that is read: the quick look and the careful one agree on any form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.diagnostic import Diagnostic
from planwriter.form import slips
from planwriter.form.keys import known_keys
from planwriter.model import unfilled
from planwriter.model.unfilled import copied_words, may_hold_a_sign, signs_in
from tests.form.broken import BROKEN

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*.yaml"))] + [one.text for one in BROKEN]
SIGNS = st.sampled_from([*" \t　-:：#\"'[]{},，|>&*!%\n单标a0－—", "- ", ": ", " #", "正文: ", "  "])
CUT = st.tuples(st.integers(0, 10_000), st.integers(0, 4), SIGNS | st.just(""))


def told(text: str) -> tuple[list[Diagnostic], list[str]]:
    found, mended = slips.find_slips(text, "表单", known_keys())
    return found, [line.rstrip() for line in mended.split("\n")]


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.sampled_from(TEXTS), st.integers(0, 200), st.lists(CUT, max_size=4))
def test_a_usual_line_taken_in_at_one_look_is_read_as_with_care(
    text: str, first: int, cuts: list[tuple[int, int, str]]
) -> None:
    lines = text.split("\n")
    text = "\n".join(lines[first % len(lines) :][:25])
    for at, gone, put in cuts:
        at %= len(text) + 1
        text = text[:at] + put + text[at + gone :]
    quick = told(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(slips, "_is_usual", lambda scan, line: False)
        assert told(text) == quick


SIGNED = st.lists(
    st.sampled_from(
        [*"xXｘ×○〇*_?□…某“”‘’《》「」（）()[] 　\t年月日号至—12.%达到为甲", "20", "共有个", "有个村", "....", "××"]
    ),
    max_size=7,
).map("".join)


@settings(max_examples=800, deadline=None)
@given(st.lists(SIGNED, min_size=1, max_size=3))
def test_whatever_holds_a_sign_of_a_gap_is_told_by_the_quick_look(texts: list[str]) -> None:
    held = any(signs_in(text) or copied_words(text) is not None for text in texts)
    assert may_hold_a_sign("\n".join(["", *texts, ""])) or not held


@settings(max_examples=800, deadline=None)
@given(st.lists(SIGNED, min_size=1, max_size=3).map("\n".join))
def test_looking_for_one_character_first_finds_what_one_expression_finds(text: str) -> None:
    beside = r"[“‘《「（(\[][\s”’》」）)\]]|[有计辖设]个|[达到为占升降][%％]|\.{4}"
    assert may_hold_a_sign(text) is (re.search(f"[{unfilled._SURELY_OF_SIGNS}]|{beside}", text) is not None)


def test_the_blanks_beside_a_sign_are_those_of_python() -> None:
    assert set(unfilled._SPACES) == {one for one in map(chr, range(0x110000)) if one.isspace()} - {"\n"}
