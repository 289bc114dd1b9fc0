import pickle
from calendar import monthrange
from datetime import date

import pytest
from babel.dates import format_date as by_locale
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.chinese.dates import BadDate, format_date, last_day, read_date


@pytest.mark.parametrize(
    "typed",
    [
        "2026年12月20日",
        "2026-12-20",
        "2026/12/20",
        "2026.12.20",
        "２０２６年１２月２０日",
        "2026 年 12 月 20 日",
        "二〇二六年十二月二十日",
        "二○二六年十二月二十日",
        "二零二六年十二月二十日",
        " 2026年12月20日 ",
        "2026年12月20号",
    ],
)
def test_a_full_date_is_read_however_it_is_typed(typed: str) -> None:
    assert read_date(typed) == date(2026, 12, 20)


def test_leading_zeros_are_read_and_never_written() -> None:
    assert format_date(read_date("2026-01-05")) == "2026年1月5日"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("01/02/2024", "分不清"),
        ("26年12月20日", "年份不全"),
        ("26-12-20", "年份不全"),
        ("2026年2月30日", "2026年2月只有28天"),
        ("2024年2月30日", "2024年2月只有29天"),
        ("2026年13月1日", "没有13月"),
        ("2026年0月1日", "没有0月"),
        ("2026年4月31日", "2026年4月只有30天"),
        ("2026年12月", "都要写明"),
        ("", "没有填写"),
        ("12月20日", "都要写明"),
        ("0026年1月1日", "四位公元年份"),
        ("尽快", "都要写明"),
        ("2026-12/20", "都要写明"),
    ],
)
def test_a_date_that_is_not_one_says_why(typed: str, why: str) -> None:
    with pytest.raises(BadDate) as caught:
        read_date(typed)
    assert why in caught.value.reason
    assert caught.value.expected


def test_the_error_survives_the_way_to_another_process() -> None:
    error = pickle.loads(pickle.dumps(BadDate("没有13月", "1月至12月")))
    assert (error.reason, error.expected) == ("没有13月", "1月至12月")


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_date_written_is_read_back(day: date) -> None:
    assert read_date(format_date(day)) == day


@settings(deadline=None)
@given(st.text() | st.from_regex(r"[0-9〇二十]{2,4}[年/.-][0-9十]{1,3}[月/.-][0-9十]{1,3}日?", fullmatch=True))
def test_any_text_is_a_date_or_a_bad_date(text: str) -> None:
    try:
        assert isinstance(read_date(text), date)
    except BadDate as error:
        assert error.reason


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_date_is_written_as_the_locale_writes_it(day: date) -> None:
    assert format_date(day) == by_locale(day, format="long", locale="zh_CN")


@given(st.integers(0, 9999), st.integers(1, 12))
def test_months_are_as_long_as_the_calendar_has_them(year: int, month: int) -> None:
    assert last_day(year, month) == monthrange(year, month)[1]
