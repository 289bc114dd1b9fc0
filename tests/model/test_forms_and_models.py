"""The model takes forms as people write them, in both languages and in shorthand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from planwriter.diagnostic import Severity
from planwriter.model.document import read_document, to_form
from planwriter.model.items import Item, Points
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import WorkPlan
from planwriter.model.sections import KINDS, SECTION_TYPES, Goals, MainTasks, MonthlySchedule, Safeguards


def plan_of(**form: Any) -> WorkPlan:
    document = read_document({"单位": "澄溪县总工会", "期间": "2027年", **form}).accepted()
    assert isinstance(document, WorkPlan)
    return document


def test_chinese_and_english_keys_give_the_same_model() -> None:
    chinese = plan_of(主要任务=[{"标题": "送温暖", "牵头单位": "权益部", "完成时限": "3月底前"}])
    english = read_document(
        {
            "unit": "澄溪县总工会",
            "period": "2027年",
            "main_tasks": [{"heading": "送温暖", "lead_unit": "权益部", "deadline": "3月底前"}],
        }
    ).accepted()
    assert chinese == english


def test_section_names_at_the_top_become_the_section_list_in_their_order() -> None:
    plan = plan_of(保障措施="加强领导。", 指导思想="坚持服务。", 主要任务=["走访"])
    assert [s.kind for s in plan.sections] == ["safeguards", "guiding_ideology", "main_tasks"]


def test_a_string_stands_where_a_list_of_one_is_meant() -> None:
    plan = plan_of(主要任务=[{"标题": "甲", "正文": "乙", "配合单位": "丙", "条目": "丁"}], 署名="澄溪县总工会")
    (task,) = plan.sections[0].items
    assert (task.text, task.supporting_units, task.items[0].text) == (["乙"], ["丙"], ["丁"])
    assert plan.signature == ["澄溪县总工会"]


def test_a_list_of_goals_is_one_of_targets_where_it_has_metrics() -> None:
    goals = plan_of(工作目标=[{"指标": "走访", "目标值": "1200", "单位": "户"}]).sections[0]
    assert isinstance(goals, Goals) and goals.targets[0].value == "1200" and not goals.items
    texts = plan_of(工作目标=["走访1200户", {"标题": "建站", "正文": "建站点18个。"}]).sections[0]
    assert isinstance(texts, Goals) and not texts.targets and len(texts.items) == 2


def test_a_schedule_takes_months_quarters_weeks_phases_and_undated_entries() -> None:
    times = ["3月", "4～5月", "7、8月", "第四季度", "第3周", "第一阶段", "3月6日", "3月1日至8日"]
    entries = [{"月份": t, "活动": "甲"} for t in times] + [{"活动": ["乙", "丙"]}]
    schedule = plan_of(月度安排={"安排": entries, "跳过": {"1月": "寒假"}}).sections[0]
    assert isinstance(schedule, MonthlySchedule)
    assert [e.when.words if e.when else None for e in schedule.entries] == [*times, None]
    assert [e.when.months for e in schedule.entries if e.when][:4] == [(3,), (4, 5), (7, 8), (10, 11, 12)]
    assert schedule.skipped == {"1月": "寒假"}


def test_details_beside_the_activities_of_an_entry_are_those_of_each_activity() -> None:
    schedule = plan_of(
        月度安排=[{"月份": "3月", "活动": ["甲", {"活动": "乙", "责任人": "王"}], "责任人": "李"}]
    ).sections[0]
    assert isinstance(schedule, MonthlySchedule)
    assert [a.owner for a in schedule.entries[0].activities] == [["李"], ["王"]]


def test_scalars_stay_as_typed() -> None:
    paper = read_document(
        {"公文": {"份号": "000001"}, "期间": "2027年", "主要任务": [{"正文": ["no", "010020", "1.10"]}]}
    ).accepted()
    assert isinstance(paper, OfficialDocument) and paper.copy_number == "000001"
    assert paper.plan is not None and paper.plan.sections[0].items[0].text == ["no", "010020", "1.10"]


@pytest.mark.parametrize("empty", ["", "  ", None, [], {}])
def test_empty_values_say_nothing(empty: Any) -> None:
    assert plan_of(题注=empty, 主要任务=empty) == plan_of()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("待填", "【待填：责任人】"),
        ("【待填】", "【待填：责任人】"),
        ("【待填：联系人】", "【待填：联系人】"),
        ("【 待填: 村主任 】", "【待填：村主任】"),
    ],
)
def test_unfilled_values_become_visible_gaps(typed: str, shown: str) -> None:
    assert plan_of(主要任务=[{"标题": "甲", "责任人": typed}]).sections[0].items[0].owner == [shown]


def test_gaps_stand_also_where_dates_and_numbers_belong() -> None:
    plan = plan_of(
        成文日期="待填", 工作目标=[{"指标": "走访", "目标值": "待填"}], 主要任务=[{"标题": "甲", "完成时限": "待填"}]
    )
    assert plan.issue_date == "【待填：成文日期】"
    goals = plan.sections[0]
    assert isinstance(goals, Goals) and goals.targets[0].value == "【待填：目标值】"
    assert plan.sections[1].items[0].deadline is not None
    assert plan.sections[1].items[0].deadline.words == "【待填：完成时限】"


def test_the_title_is_composed_of_unit_period_and_kind() -> None:
    assert plan_of().composed_title == "澄溪县总工会2027年工作计划"
    assert plan_of(标题="要点").composed_title == "要点"
    assert WorkPlan().composed_title == "【待填：单位】【待填：期间】工作计划"


def test_a_paper_composes_mark_title_and_sign_off_from_its_plan() -> None:
    paper = read_document(
        {
            "公文": {"发文字号": "澄工〔2026〕8号"},
            "单位": "澄溪县总工会",
            "期间": "2027年",
            "署名": "澄溪县总工会",
            "成文日期": "2026年12月1日",
        }
    ).accepted()
    assert isinstance(paper, OfficialDocument)
    assert paper.mark == "澄溪县总工会文件"
    assert paper.composed_title == "澄溪县总工会关于印发2027年工作计划的通知"
    assert paper.issues_plan and paper.signed_by == ["澄溪县总工会"] and str(paper.signed_on) == "2026-12-01"


def test_safeguards_keep_the_order_in_which_they_were_filled_in() -> None:
    one = plan_of(保障措施={"考核": "每季度一次。", "领导小组": {"组长": "陈"}}).sections[0]
    other = plan_of(保障措施={"领导小组": {"组长": "陈"}, "考核": "每季度一次。"}).sections[0]
    assert isinstance(one, Safeguards)
    assert one.order.index("assessment") < one.order.index("leading_group")
    assert other.order.index("assessment") > other.order.index("leading_group")


def test_a_model_is_built_in_python_with_names_and_with_labels() -> None:
    plan = WorkPlan(unit="某校", period="2027年", sections=[MainTasks(items=["甲", Item(heading="乙")])])  # type: ignore[arg-type, list-item]
    assert plan == WorkPlan.model_validate(
        {"单位": "某校", "期间": "2027年", "章节": [{"类型": "主要任务", "条目": ["甲", {"标题": "乙"}]}]}
    )


def test_a_model_built_in_python_refuses_unknown_names() -> None:
    with pytest.raises(ValidationError, match="headin"):
        Item(headin="甲")  # type: ignore[call-arg]


def test_every_kind_of_section_has_a_name_a_class_and_a_default_heading() -> None:
    assert set(KINDS) == set(SECTION_TYPES)
    for kind, cls in SECTION_TYPES.items():
        assert cls().title == KINDS[kind]


def test_points_may_stand_among_the_paragraphs() -> None:
    (task,) = plan_of(主要任务=[{"标题": "甲", "正文": ["先说。", {"分述": ["乙", "丙"]}]}]).sections[0].items
    assert task.text == ["先说。", Points(points=["乙", "丙"])]


def test_a_lead_unit_outside_the_departments_is_doubtful_not_wrong() -> None:
    form = {"单位": {"全称": "某局", "内设机构": ["办公室"]}, "主要任务": [{"标题": "甲", "牵头单位": "办工室"}]}
    (told,) = read_document(form).diagnostics
    assert told.severity is Severity.WARNING and told.expected == "办公室"


def test_a_summary_may_name_next_steps_after_its_period() -> None:
    form = {"期间": "2026年", "文种": "工作总结", "下一步": [{"标题": "甲", "完成时限": "2027年3月底前"}]}
    assert not read_document(form).errors
    assert read_document({**form, "文种": "工作计划"}).errors


def test_plain_data_is_told_by_its_field_path() -> None:
    (told,) = read_document({"主要任务": [{"标题": "甲", "条目": [{"完成时限": "2月30日"}]}]}).errors
    assert told.place is not None and told.place.field == "主要任务[1].条目[1].完成时限"


text = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=12,
)
filled = text.filter(lambda t: bool(t.strip()) and "待填" not in t)
items = st.recursive(
    filled
    | st.fixed_dictionaries(
        {"标题": filled},
        optional={
            "正文": st.lists(filled, max_size=2),
            "牵头单位": filled,
            "分述": st.lists(filled, min_size=1, max_size=3),
        },
    ),
    lambda below: st.fixed_dictionaries({"标题": filled, "条目": st.lists(below, max_size=3)}),
    max_leaves=6,
)
forms = st.fixed_dictionaries(
    {"单位": filled},
    optional={
        "引言": st.lists(filled, max_size=2),
        "主要任务": st.lists(items, max_size=3),
        "保障措施": st.fixed_dictionaries({}, optional={"考核": filled, "经费": st.lists(st.fixed_dictionaries({"项目": filled}), max_size=2), "领导小组": st.fixed_dictionaries({"组长": filled})}),
        "月度安排": st.lists(st.fixed_dictionaries({"活动": filled}, optional={"主题": filled}), max_size=3),
        "公文": st.fixed_dictionaries({}, optional={"标题": filled, "正文": filled}),
    },
)  # fmt: skip


@given(forms)
def test_form_to_model_to_form_to_model_gives_the_same_model(form: dict[str, Any]) -> None:
    first = read_document(form)
    again = read_document(to_form(first.document))
    assert again.document == first.document
    assert to_form(again.document) == to_form(first.document)
