from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.chinese.dates import BadDate
from planwriter.chinese.period import read_period

CASES = [
    ("2027年", "year", (2027, 1, 1), (2027, 12, 31), "2027年"),
    ("2027年度", "year", (2027, 1, 1), (2027, 12, 31), "2027年度"),
    ("２０２７年", "year", (2027, 1, 1), (2027, 12, 31), "2027年"),
    ("二〇二七年", "year", (2027, 1, 1), (2027, 12, 31), "2027年"),
    ("2027", "year", (2027, 1, 1), (2027, 12, 31), "2027年"),
    ("2026年上半年", "half", (2026, 1, 1), (2026, 6, 30), "2026年上半年"),
    ("2026年下半年", "half", (2026, 7, 1), (2026, 12, 31), "2026年下半年"),
    ("2027年第一季度", "quarter", (2027, 1, 1), (2027, 3, 31), "2027年第一季度"),
    ("2027年四季度", "quarter", (2027, 10, 1), (2027, 12, 31), "2027年第四季度"),
    ("2027年1季度", "quarter", (2027, 1, 1), (2027, 3, 31), "2027年第一季度"),
    ("2027年3月", "month", (2027, 3, 1), (2027, 3, 31), "2027年3月"),
    ("2027-02", "month", (2027, 2, 1), (2027, 2, 28), "2027年2月"),
    ("2027年2月至12月", "months", (2027, 2, 1), (2027, 12, 31), "2027年2月至12月"),
    ("2027年2—12月", "months", (2027, 2, 1), (2027, 12, 31), "2027年2月至12月"),
    ("2027年2月—2028年1月", "months", (2027, 2, 1), (2028, 1, 31), "2027年2月至2028年1月"),
    ("2027年9月至次年1月", "months", (2027, 9, 1), (2028, 1, 31), "2027年9月至2028年1月"),
    ("2026—2027学年度第一学期", "term", (2026, 8, 1), (2027, 2, 28), "2026—2027学年度第一学期"),
    ("2026-2027学年第二学期", "term", (2027, 2, 1), (2027, 8, 31), "2026—2027学年第二学期"),
    ("2026—2027学年下学期", "term", (2027, 2, 1), (2027, 8, 31), "2026—2027学年下学期"),
    ("2026—2027学年", "school_year", (2026, 8, 1), (2027, 8, 31), "2026—2027学年"),
    ("2026年秋季学期", "term", (2026, 8, 1), (2027, 2, 28), "2026年秋季学期"),
    ("2026-2030年", "years", (2026, 1, 1), (2030, 12, 31), "2026—2030年"),
    ("2027年3月1日至2027年6月30日", "dates", (2027, 3, 1), (2027, 6, 30), "2027年3月1日至6月30日"),
    ("2027年3月1日至6月30日", "dates", (2027, 3, 1), (2027, 6, 30), "2027年3月1日至6月30日"),
    ("2026年12月1日—2027年1月8日", "dates", (2026, 12, 1), (2027, 1, 8), "2026年12月1日至2027年1月8日"),
]


@pytest.mark.parametrize(("typed", "kind", "start", "end", "title_words"), CASES)
def test_a_period_is_read_with_its_dates_and_title_words(
    typed: str, kind: str, start: tuple[int, int, int], end: tuple[int, int, int], title_words: str
) -> None:
    period = read_period(typed)
    assert (period.words, period.kind, period.title_words) == (typed, kind, title_words)
    assert (period.start, period.end) == (date(*start), date(*end))


@pytest.mark.parametrize("typed", ["近期", "党的会议召开前后", "3月", "上半年", "2027年春节期间", ""])
def test_other_words_are_free_and_know_no_dates(typed: str) -> None:
    period = read_period(typed)
    assert (period.kind, period.start, period.end) == ("free", None, None)
    assert (period.years, period.months) == (frozenset(), ())


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2027年13月", "没有13月"),
        ("2027年2月1日至2月30日", "只有28天"),
        ("2027年五季度", "没有第5季度"),
        ("2030—2026年", "前后颠倒"),
        ("2027年12月至2027年2月", "前后颠倒"),
        ("2027年3月8日至1日", "前后颠倒"),
        ("2026—2028学年", "相邻的两年"),
        ("27年上半年", "年份不全"),
        ("0001年", "四位公元年份"),
    ],
)
def test_a_period_that_cannot_be_says_why(typed: str, why: str) -> None:
    with pytest.raises(BadDate, match=why):
        read_period(typed)


def test_a_school_term_covers_two_years_and_its_months_in_order() -> None:
    term = read_period("2026—2027学年度第一学期")
    assert term.years == {2026, 2027}
    assert term.months == (8, 9, 10, 11, 12, 1, 2)


def test_a_period_covers_what_lies_inside_and_what_it_cannot_know() -> None:
    year = read_period("2027年")
    assert year.covers(date(2027, 1, 1), date(2027, 12, 31))
    assert year.covers(None, None)
    assert not year.covers(None, date(2028, 1, 1))
    assert not year.covers(date(2026, 12, 31), date(2027, 1, 5))
    assert read_period("近期").covers(date(2020, 1, 1), None)


@settings(deadline=None)
@given(st.text(alphabet="2037一二〇年月日至—-、第季度学期上下半秋春()次 1", max_size=24) | st.text())
def test_any_text_is_a_period_in_order_or_a_bad_date(text: str) -> None:
    try:
        period = read_period(text)
    except BadDate as error:
        assert error.reason
        return
    assert period.words == text.strip()
    assert (period.start is None) == (period.end is None)
    assert period.start is None or period.end is None or period.start <= period.end
