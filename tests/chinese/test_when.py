from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.chinese.dates import BadDate
from planwriter.chinese.period import read_period
from planwriter.chinese.when import read_when

YEAR = read_period("2027年")


@pytest.mark.parametrize(
    ("typed", "kind", "months"),
    [
        ("3月", "months", (3,)),
        ("3月份", "months", (3,)),
        ("一月份", "months", (1,)),
        ("十二月", "months", (12,)),
        ("二月：", "months", (2,)),
        ("4～5月", "months", (4, 5)),
        ("7、8月", "months", (7, 8)),
        ("7,8月", "months", (7, 8)),
        ("七、八月份", "months", (7, 8)),
        ("7-8月", "months", (7, 8)),
        ("1~2月", "months", (1, 2)),
        ("一至三月", "months", (1, 2, 3)),
        ("1、3、5月", "months", (1, 3, 5)),
        ("11月至次年1月", "months", (11, 12, 1)),
        ("9月至1月", "months", (9, 10, 11, 12, 1)),
        ("2027年3月", "months", (3,)),
        ("3月（维权服务月）", "months", (3,)),
        ("3月第2周", "months", (3,)),
        ("第四季度", "quarter", (10, 11, 12)),
        ("一季度", "quarter", (1, 2, 3)),
        ("第一、二季度", "quarter", (1, 2, 3, 4, 5, 6)),
        ("上半年", "half", (1, 2, 3, 4, 5, 6)),
        ("3月初", "dates", (3,)),
        ("3月6日", "dates", (3,)),
        ("3月6日（星期六）", "dates", (3,)),
        ("3月1日至8日", "dates", (3,)),
        ("3月1日—4月8日", "dates", (3, 4)),
        ("3月5日学雷锋纪念日", "dates", (3,)),
        ("寒假（1月20日至2月20日）", "dates", (1, 2)),
        ("第3周", "week", ()),
        ("第三周", "week", ()),
        ("第1—2周", "week", ()),
        ("第1周（2月16日—2月18日）", "week", (2,)),
        ("第一阶段", "phase", ()),
        ("筹备阶段（3月）", "phase", (3,)),
        ("第一阶段（4―6月）", "phase", (4, 5, 6)),
        ("第二阶段：7月至9月", "phase", (7, 8, 9)),
        ("暑假期间", "words", ()),
        ("开学前", "words", ()),
        ("", "words", ()),
    ],
)
def test_the_time_of_an_entry_is_read_with_the_months_it_touches(
    typed: str, kind: str, months: tuple[int, ...]
) -> None:
    when = read_when(typed)
    assert (when.words, when.kind, when.months) == (typed, kind, months)


@pytest.mark.parametrize("typed", ["13月", "0月", "14—15月", "2月30日", "3月1日至32日", "第五季度", "筹备阶段（13月）"])
def test_a_month_or_day_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(BadDate):
        read_when(typed)


def test_the_dates_of_an_entry_fall_inside_the_period() -> None:
    assert read_when("3月1日至8日").resolve(YEAR) == (date(2027, 3, 1), date(2027, 3, 8))
    assert read_when("11月至次年1月").resolve(YEAR) == (date(2027, 11, 1), date(2028, 1, 31))
    autumn = read_period("2026—2027学年第一学期")
    assert read_when("1月").resolve(autumn) == (date(2027, 1, 1), date(2027, 1, 31))
    assert read_when("10月").resolve(autumn) == (date(2026, 10, 1), date(2026, 10, 31))
    assert read_when("12月至1月").resolve(autumn) == (date(2026, 12, 1), date(2027, 1, 31))
    assert read_when("寒假").resolve(YEAR) == (None, None)


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="123一三十月份日至—-、第季度周阶段（）次年底上旬半", max_size=16) | st.text())
def test_any_text_is_a_time_or_a_bad_date(text: str) -> None:
    try:
        when = read_when(text)
        start, end = when.resolve(YEAR)
    except BadDate as error:
        assert error.reason
        return
    assert when.words == text.strip()
    assert all(1 <= month <= 12 for month in when.months)
    assert start is None or end is None or start <= end


def test_months_of_two_years_counted_up_stay_in_order() -> None:
    start, end = read_when("下半年和2028年3月").resolve(YEAR)
    assert (start, end) == (date(2027, 7, 1), date(2028, 3, 31))
