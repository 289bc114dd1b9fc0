"""A schedule is proposed from sourced observances and the holidays of the year, and nothing is guessed in silence."""

from __future__ import annotations

import builtins
import re
from datetime import date
from typing import Any

import pytest

from planwriter.actions import blank
from planwriter.calendar.observances import ALL, Observance, fields, fields_of, observances
from planwriter.calendar.proposal import Proposal, propose
from planwriter.calendar.rules import Span, span_in
from planwriter.calendar.statutory import arrangement
from planwriter.chinese.period import read_period
from planwriter.diagnostic import FormError, Severity, UsageError
from planwriter.form.holiday_file import read_holidays
from planwriter.form.proposed import schedule_of
from planwriter.model.document import read_document


@pytest.mark.parametrize(
    ("rule", "year", "first", "last"),
    [
        ("3月8日", 2027, date(2027, 3, 8), date(2027, 3, 8)),
        ("5月第2个星期日", 2027, date(2027, 5, 9), date(2027, 5, 9)),
        ("5月第2个星期日", 2026, date(2026, 5, 10), date(2026, 5, 10)),
        ("3月最后一个星期一", 2027, date(2027, 3, 29), date(2027, 3, 29)),
        ("9月第3个星期六", 2026, date(2026, 9, 19), date(2026, 9, 19)),
        ("农历9月9日", 2026, date(2026, 10, 18), date(2026, 10, 18)),
        ("农历9月9日", 2027, date(2027, 10, 8), date(2027, 10, 8)),
        ("农历1月15日", 2026, date(2026, 3, 3), date(2026, 3, 3)),
        ("秋分", 2026, date(2026, 9, 23), date(2026, 9, 23)),
        ("4月25日至5月1日", 2026, date(2026, 4, 25), date(2026, 5, 1)),
        ("5月15日所在周", 2026, date(2026, 5, 11), date(2026, 5, 17)),
        ("6月", 2027, date(2027, 6, 1), date(2027, 6, 30)),
    ],
)
def test_a_rule_names_days_of_a_year(rule: str, year: int, first: date, last: date) -> None:
    span = span_in(rule, year)
    assert span is not None
    assert (span.first, span.last) == (first, last)


def test_lunar_days_outside_the_tables_are_not_made_up() -> None:
    assert span_in("农历9月9日", 2150) is None
    assert span_in("秋分", 1850) is None


def test_every_observance_has_a_rule_known_fields_and_a_source() -> None:
    assert len(observances()) > 50
    for one in observances():
        assert span_in(one.rule, 2027) is not None, one.name
        assert set(one.fields) <= {ALL, *fields()}, one.name
        assert len(one.source) > 8 and one.activity, one.name
    assert len({one.name for one in observances()}) == len(observances())


@pytest.mark.parametrize("one", observances(), ids=lambda one: one.name)
def test_a_source_names_a_law_a_year_or_who_set_the_day(one: Observance) -> None:
    law = re.search("《.+》|第[0-9]+/[0-9]+号|[12][0-9]{3}年", one.source)
    body = re.search(
        "国务院|全国人大|联合国|世界卫生组织|全国妇联|全国总工会|全国老龄|国家有关部门|传统节日", one.source
    )
    assert law or body, one.source


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("青江县妇女联合会", ("妇联",)),
        ("青山小学工会女职工委员会", ("妇联", "工会", "学校")),
        ("澄溪县人民医院", ("医院",)),
        ("东街街道办事处", ("社区",)),
        ("柳湾村村民委员会", ("村",)),
        ("青江县档案局", ()),
    ],
)
def test_the_field_of_a_unit_is_told_by_its_name(unit: str, expected: tuple[str, ...]) -> None:
    assert fields_of(unit) == expected


def days(proposal: Proposal, word: str) -> list[str]:
    return [one.days for _, listed in proposal.months for one in listed if word in one.activity]


def test_an_announced_year_gives_days_off_and_make_up_days() -> None:
    made = propose(read_period("2026年"), ("妇联",))
    assert days(made, "国庆节") == ["10月1日至7日"]
    assert any("9月20日、10月10日上班" in one.activity for _, listed in made.months for one in listed)
    assert not any(one.code == "calendar-not-announced" for one in made.notes)


def test_a_year_not_announced_gives_the_statutory_days_alone_and_says_so() -> None:
    assert not arrangement(2045).announced
    made = propose(read_period("2045年"), ("妇联",))
    assert days(made, "国庆节") == ["10月1日至3日"]
    assert [one.severity for one in made.notes if one.code == "calendar-not-announced"] == [Severity.NOTE]


def test_a_file_of_holidays_goes_before_the_library() -> None:
    given = read_holidays("2045年:\n  国庆节:\n    放假: 10月1日至8日\n    上班: [9月24日, 10月14日]\n")
    made = propose(read_period("2045年"), ("妇联",), given)
    assert days(made, "国庆节") == ["10月1日至8日"] and not made.notes


def test_every_mistake_of_a_file_of_holidays_has_its_place() -> None:
    wrong = "2027年:\n  国庆: 10月1日至32日\n  劳动: 五一\n  青年: {放: 5月4日}\n  元旦: 2028年1月1日\n27:\n  春节: 2月6日\n"
    with pytest.raises(FormError) as refused:
        read_holidays(wrong, "放假.yaml")
    found = {(one.code, one.place.line) for one in refused.value.diagnostics if one.place}
    assert found == {
        ("calendar-bad-date", 2), ("calendar-bad-date", 3), ("calendar-unknown-key", 4), ("calendar-bad-date", 4),
        ("calendar-bad-date", 5), ("calendar-bad-year", 6),
    }  # fmt: skip


def test_schools_skip_their_vacations_and_are_told() -> None:
    made = propose(read_period("2027年"), ("学校",))
    assert made.skipped == {2: "寒假", 7: "暑假", 8: "暑假"}
    assert not {2, 7, 8} & {month for month, _ in made.months}
    assert [one.code for one in made.notes if "vacation" in one.code] == ["calendar-vacation-guessed"]
    assert propose(read_period("2027年"), ("工会",)).skipped == {}


@pytest.mark.parametrize("words", ["2027年", "2026—2027学年第一学期", "2026—2027学年", "2027年第二季度", "2027年3月"])
@pytest.mark.parametrize("field", [*fields(), None])
def test_a_proposal_is_a_schedule_that_reads_back_without_errors(words: str, field: str | None) -> None:
    made = propose(read_period(words), (field,) if field else ())
    read = read_document({"单位": "某单位", "期间": words, "月度安排": schedule_of(made)})
    assert [one for one in read.diagnostics if one.severity is not Severity.NOTE] == []
    assert len(read.document.sections[0].entries) == len(made.months) > 0  # type: ignore[union-attr]


@pytest.mark.parametrize("words", ["2026—2030年", "近期", "2026年3月至2027年5月"])
def test_a_period_without_months_of_its_own_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match="排不出月度安排"):
        propose(read_period(words), ())


def test_days_outside_the_period_are_cut_off() -> None:
    made = propose(read_period("2026年10月5日至2026年10月20日"), ())
    assert days(made, "国庆节") == ["10月5日至7日"]
    assert Span(date(2026, 4, 25), date(2026, 5, 1)).words == "4月25日至5月1日"


@pytest.mark.parametrize("library", ["holidays", "borax"])
def test_a_missing_library_is_told_with_what_installs_it(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.split(".")[0] == library:
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match="planwriter\\[calendar\\]"):
        blank(period="2027年", months=True, field="社区")


@pytest.mark.parametrize(
    ("kind", "today", "period"),
    [
        (None, date(2026, 11, 24), "2027年"),
        (None, date(2026, 3, 1), "2026年"),
        ("月度计划", date(2026, 12, 5), "2027年1月"),
    ],
)
def test_a_period_not_given_is_assumed_and_told(kind: str | None, today: date, period: str) -> None:
    made = blank(kind, months=True, field="妇联", today=today)
    assert f"期间: {period}  #" in made.data.decode()
    assert "form-period-assumed" in [one.code for one in made.diagnostics]
