import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.chinese.text import bidi_controls, clean_text, illegal_characters
from planwriter.width import cells


def test_every_kind_of_line_end_becomes_one() -> None:
    assert clean_text("甲\r\n乙\r丙\v丁\n戊") == "甲\n乙\n丙\n丁\n戊"


def test_a_surrogate_pair_is_joined_and_a_lone_one_is_kept_for_the_complaint() -> None:
    assert clean_text("\ud83d\ude00") == "\U0001f600"
    assert clean_text("甲\ud83d乙") == "甲\ud83d乙"


@pytest.mark.parametrize(
    "text", ["\u00a0", "\u3000", "\u200b", "\ufeff", "\x85", "\u2028", "\u2029", "𠮷", "👩‍💻", "\t"]
)
def test_rare_but_legal_characters_are_left_as_they_are(text: str) -> None:
    assert clean_text(text) == text
    assert illegal_characters(text) == []


def test_characters_that_cannot_be_written_are_named_with_their_place() -> None:
    assert illegal_characters("走访\a困难\ud800妇女\f\uffff") == [
        (3, "U+0007"),
        (6, "U+D800"),
        (9, "U+000C"),
        (10, "U+FFFF"),
    ]


def test_marks_that_turn_the_writing_direction_are_found() -> None:
    assert bidi_controls("甲\u202e乙") == [(2, "U+202E")]


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("工作", 2),
        ("2027年", 3),
        ("“三八”", 4),
        ("AB", 1),
        ("e\u0301", 0.5),
        ("甲\u200b乙", 2),
        ("，", 1),
    ],
)
def test_width_is_counted_in_full_width_cells(text: str, width: float) -> None:
    assert cells(text) == width


@given(st.text())
def test_a_text_without_illegal_characters_can_be_encoded(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    if not illegal_characters(cleaned):
        assert cleaned.encode("utf-8").decode("utf-8") == cleaned


@given(st.text(), st.text())
def test_widths_add_up(one: str, other: str) -> None:
    assert cells(one + other) == cells(one) + cells(other)
