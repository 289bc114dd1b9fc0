from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.chinese import deadline
from planwriter.chinese.dates import BadDate
from planwriter.chinese.deadline import read_deadline
from planwriter.chinese.period import read_period

YEAR = read_period("2027年")
AUTUMN = read_period("2026—2027学年度第一学期")


@pytest.mark.parametrize(
    ("typed", "month", "day"),
    [
        ("3月底前", 3, 31),
        ("三月底前", 3, 31),
        ("３月底前", 3, 31),
        ("9月末", 9, 30),
        ("2月底", 2, 28),
        ("年底前", 12, 31),
        ("年内", 12, 31),
        ("2027年底前", 12, 31),
        ("2027年6月30日", 6, 30),
        ("2027年6月30日前", 6, 30),
        ("6月30日前", 6, 30),
        ("2027-06-30", 6, 30),
        ("12月31日前完成", 12, 31),
        ("一季度前", 3, 31),
        ("第一季度末", 3, 31),
        ("3月6日", 3, 6),
        ("（3月底前完成）", 3, 31),
        ("完成时限：3月底前", 3, 31),
        ("于10月底前", 10, 31),
        ("4月10日以前", 4, 10),
        ("3月底、9月底前", 9, 30),
        ("3月底前、9月底前", 9, 30),
        ("十二月二十五日前", 12, 25),
    ],
)
def test_a_deadline_by_a_day_ends_on_that_day_of_the_plans_year(typed: str, month: int, day: int) -> None:
    deadline = read_deadline(typed)
    assert (deadline.words, deadline.kind) == (typed, "by")
    assert deadline.resolve(YEAR) == (None, date(2027, month, day))
    assert deadline.months == (month,)


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("3月", (3, 1), (3, 31)),
        ("3月上旬", (3, 1), (3, 10)),
        ("3月中旬", (3, 11), (3, 20)),
        ("2月下旬", (2, 21), (2, 28)),
        ("4～5月", (4, 1), (5, 31)),
        ("4-5月", (4, 1), (5, 31)),
        ("4月至5月", (4, 1), (5, 31)),
        ("7、8月", (7, 1), (8, 31)),
        ("三四月", (3, 1), (4, 30)),
        ("一季度", (1, 1), (3, 31)),
        ("上半年", (1, 1), (6, 30)),
        ("下半年", (7, 1), (12, 31)),
        ("2027年6月", (6, 1), (6, 30)),
        ("3月10日—15日", (3, 10), (3, 15)),
    ],
)
def test_a_deadline_within_a_stretch_has_both_its_ends(
    typed: str, start: tuple[int, int], end: tuple[int, int]
) -> None:
    deadline = read_deadline(typed)
    assert deadline.kind == "within"
    assert deadline.resolve(YEAR) == (date(2027, *start), date(2027, *end))


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        ("10月底前", date(2026, 10, 31)),
        ("1月底前", date(2027, 1, 31)),
        ("次年1月底前", date(2027, 1, 31)),
        ("年底前", date(2026, 12, 31)),
        ("学期末", date(2027, 2, 28)),
        ("3月底前", date(2027, 3, 31)),
        ("7月底前", date(2026, 7, 31)),
    ],
)
def test_in_a_school_year_a_month_takes_the_year_in_which_it_falls(typed: str, end: date) -> None:
    assert read_deadline(typed).resolve(AUTUMN) == (None, end)


def test_the_next_year_and_another_year_stay_what_they_are() -> None:
    assert read_deadline("次年1月底前").resolve(YEAR) == (None, date(2028, 1, 31))
    assert read_deadline("2026年3月底前").resolve(YEAR) == (None, date(2026, 3, 31))


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("全年", "whole"),
        ("长期坚持", "whole"),
        ("持续推进", "whole"),
        ("每月25日前", "recurring"),
        ("每季度末", "recurring"),
        ("每周五", "recurring"),
        ("按季度", "recurring"),
        ("每年3月底前", "recurring"),
    ],
)
def test_what_lasts_or_comes_again_takes_the_period_itself(typed: str, kind: str) -> None:
    deadline = read_deadline(typed)
    assert deadline.kind == kind
    assert deadline.resolve(YEAR) == (YEAR.start, YEAR.end)


@pytest.mark.parametrize("typed", ["春节前", "国庆前", "10日内", "5月1日起", "待定", "", "接到通知后三个工作日内"])
def test_what_is_not_understood_keeps_its_words_and_no_dates(typed: str) -> None:
    deadline = read_deadline(typed)
    assert (deadline.words, deadline.kind, deadline.months) == (typed, "words", ())
    assert deadline.resolve(YEAR) == (None, None)


@pytest.mark.parametrize(
    "typed",
    [
        "13月",
        "13月底前",
        "0月",
        "2月30日",
        "2月30日前",
        "每月32日",
        "每年13月",
        "2027年2月29日",
        "第五季度",
        "春节前（4月31日）",
    ],
)
def test_a_deadline_on_a_day_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(BadDate):
        read_deadline(typed)


def test_a_leap_day_is_refused_only_where_the_year_has_none() -> None:
    deadline = read_deadline("2月29日前")
    assert deadline.resolve(read_period("2028年")) == (None, date(2028, 2, 29))
    with pytest.raises(BadDate, match="2027年2月只有28天"):
        deadline.resolve(YEAR)


def test_without_a_known_period_only_a_full_date_is_known() -> None:
    free = read_period("近期")
    assert read_deadline("3月底前").resolve(free) == (None, None)
    assert read_deadline("2027年3月底前").resolve(free) == (None, date(2027, 3, 31))


SCRAPS = st.lists(
    st.sampled_from(
        [
            "1",
            "2",
            "3",
            "12",
            "13",
            "31",
            "2027",
            "年",
            "月",
            "日",
            "号",
            "至",
            "-",
            "、",
            "第",
            "季度",
            "底",
            "末",
            "前",
            "上旬",
            "次年",
            "每",
            "每月",
            "三",
            "十",
            "二〇二七",
            "（",
            "）",
            "月份",
        ]
    ),
    max_size=9,
).map("".join)


@settings(deadline=None, max_examples=400)
@given(SCRAPS | st.text())
def test_any_text_is_a_deadline_or_a_bad_date(text: str) -> None:
    try:
        deadline = read_deadline(text)
        start, end = deadline.resolve(YEAR)
    except BadDate as error:
        assert error.reason
        return
    assert deadline.words == text.strip()
    assert all(1 <= month <= 12 for month in deadline.months)
    assert start is None or end is None or start <= end


@pytest.mark.parametrize(
    ("beginnings", "expression"),
    [
        (deadline._RECURS, deadline._RECURRING), (deadline._LASTS, deadline._WHOLE),
        (deadline._ENDS, deadline._PERIOD_END), (deadline._OPENING, deadline._WRAPPED),
    ],
)  # fmt: skip
def test_the_first_characters_are_those_of_the_words_they_stand_for(
    beginnings: frozenset[str], expression: object
) -> None:
    pattern: str = expression.pattern  # type: ignore[attr-defined]
    if pattern.startswith("["):
        firsts = set(pattern[1 : pattern.index("]")]) - {"\\"}
        firsts |= {"["} if "\\[" in pattern else set()
    else:
        words = pattern.split("|")
        firsts = {word[0] for word in words} | {word[2] for word in words if word[1:2] == "?"}
    assert beginnings == firsts
