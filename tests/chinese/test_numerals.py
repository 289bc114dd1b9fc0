from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.chinese.numerals import han_ordinal, ordinal_mark, read_han_number, read_number


@pytest.mark.parametrize(
    ("n", "written"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_an_ordinal_is_written_as_people_count(n: int, written: str) -> None:
    assert han_ordinal(n) == written


@pytest.mark.parametrize("n", [0, -1, 100])
def test_an_ordinal_outside_its_range_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 99"):
        han_ordinal(n)


def test_the_four_levels_have_the_marks_of_the_standard() -> None:
    assert [ordinal_mark(level, 12) for level in (1, 2, 3, 4)] == ["十二、", "（十二）", "12.", "（12）"]


@pytest.mark.parametrize(("level", "n"), [(0, 1), (5, 1), (3, 0), (1, 100)])
def test_a_level_or_position_that_does_not_exist_is_refused(level: int, n: int) -> None:
    with pytest.raises(ValueError, match="ordinal"):
        ordinal_mark(level, n)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1200", "1200"),
        ("1,200", "1200"),
        ("1，200", "1200"),
        ("１２００", "1200"),
        ("98.5", "98.5"),
        ("９８．５", "98.5"),
        ("¥18", "18"),
        ("￥1,234,567.80", "1234567.80"),
        (" 6.5 ", "6.5"),
        ("-3", "-3"),
        ("000001", "1"),
    ],
)
def test_a_typed_number_is_read(typed: str, number: str) -> None:
    assert read_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1_000",
        "(12)",
        "1e9",
        "1e999999999",
        "nan",
        "inf",
        "12,00",
        "1,2000",
        ".5",
        "5.",
        "①",
        "٣",
        "²",
        "12户",
        "十二",
        "--1",
        "1.2.3",
        "9" * 31,
    ],
)
def test_what_is_not_a_number_is_not_read_as_one(typed: str) -> None:
    assert read_number(typed) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("十二", 12),
        ("三十一", 31),
        ("二〇二七", 2027),
        ("二○二七", 2027),
        ("二零二七", 2027),
        ("一百二十", 120),
    ],
)
def test_a_number_in_han_numerals_is_read(typed: str, number: int) -> None:
    assert read_han_number(typed) == number


@pytest.mark.parametrize("typed", ["", "12", "春节", "十十", "一是", "零" * 40])
def test_other_words_are_no_han_number(typed: str) -> None:
    assert read_han_number(typed) is None


@given(st.integers(1, 99))
def test_every_ordinal_is_read_back(n: int) -> None:
    assert read_han_number(han_ordinal(n)) == n


@settings(deadline=None)
@given(st.text(alphabet="〇○零一二三四五六七八九十百千万亿两0.点", max_size=12))
def test_any_mixture_of_numerals_is_read_or_left_alone(text: str) -> None:
    number = read_han_number(text)
    assert number is None or number >= 0


@given(st.text() | st.from_regex(r"[-¥]?[0-9０-９,，._]{1,40}", fullmatch=True))
def test_any_text_is_a_finite_number_or_none(text: str) -> None:
    number = read_number(text)
    assert number is None or number.is_finite()
