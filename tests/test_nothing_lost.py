"""What a form says stands in its document, also in the corners: tables, groups, papers without a plan."""

from __future__ import annotations

from typing import Any

import pytest

import planwriter
from planwriter.actions import compose
from planwriter.diagnostic import Diagnostic
from tests.documents import root_of, texts

FRAME: dict[str, Any] = {"单位": "澄溪县总工会", "期间": "2027年"}
PAPER: dict[str, Any] = {
    "发文字号": "某〔2026〕1号", "发文机关": "某局", "标题": "某局关于开会的通知", "主送机关": "各局", "正文": "开会。",
    "署名": "某局", "成文日期": "2026年1月1日",
}  # fmt: skip
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def said(form: dict[str, Any], **more: Any) -> list[str]:
    return texts(planwriter.write({**FRAME, **form}, **more))


def refused(form: dict[str, Any], **more: Any) -> list[Diagnostic]:
    with pytest.raises(planwriter.PlanwriterError) as told:
        planwriter.write({**FRAME, **form}, **more)
    return list(told.value.diagnostics)


def test_an_empty_cell_keeps_its_place() -> None:
    made = planwriter.write({**FRAME, "附件": {"标题": "经费表", "表": [["项目", "", "来源"], ["培训", "", "专项"]]}})
    rows = [
        ["".join(t.text or "" for t in cell.iter(f"{W}t")) for cell in row.iter(f"{W}tc")]
        for row in root_of(made).iter(f"{W}tr")
    ]
    assert rows == [["项目", "", "来源"], ["培训", "", "专项"]]


def test_a_row_that_does_not_fit_its_head_is_told() -> None:
    (told,) = refused({"附件": {"标题": "经费表", "表": [["项目", "金额"], ["培训", "1", "200"]]}})
    assert told.code == "plan-ragged-table"


def test_a_group_above_a_task_table_keeps_its_points_measures_and_paragraphs() -> None:
    group = {
        "标题": "组织建设",
        "正文": ["一段。", "二段。"],
        "分述": ["甲", "乙"],
        "措施": "丙",
        "条目": [{"标题": "建会"}],
    }
    found = "".join(said({"主要任务": {"形式": "表格", "条目": [group, {"条目": [{"标题": "丁"}]}]}}))
    assert all(text in found for text in ("一段。", "二段。", "一是甲；二是乙。", "措施：丙。", "建会", "丁"))


def test_what_stands_below_a_row_of_a_task_table_keeps_owner_and_deadline() -> None:
    below = {"标题": "摸底", "责任人": "张立", "完成时限": "3月底前", "措施": "逐户走"}
    found = "".join(
        said({"主要任务": {"形式": "表格", "条目": [{"标题": "甲", "条目": [{"标题": "建会", "条目": [below]}]}]}})
    )
    assert all(text in found for text in ("张立", "3月底前", "逐户走"))


def test_a_paper_without_a_plan_has_no_gap_and_passes_strict() -> None:
    made = compose({"公文": PAPER}, strict=True)
    assert made.placeholders == () and "开会。" in texts(made.data)


def test_a_paper_without_a_plan_may_have_attachments() -> None:
    found = texts(compose({"公文": PAPER, "附件": ["回执。", "报名表"]}, strict=True).data)
    assert [t for t in found if "回执" in t or "报名表" in t] == ["附件：1.回执", "2.报名表", "回执", "报名表"]
    assert "附件1" in found and "附件2" in found


def test_a_plan_printed_alone_is_signed_and_says_what_was_left_out() -> None:
    form = {**FRAME, "主要任务": ["走访"], "公文": PAPER, "附件": ["分工表"]}
    made = compose(form, template="plan")
    found = texts(made.data)
    assert [t for t in found if t == "某局"] == ["某局"] and "2026年1月1日" in found
    assert found.count("（一）走访") == 1 and "附件：分工表" in found and "附件" in found
    assert [d.code for d in made.diagnostics] == ["paper-not-printed"]


def test_skipped_months_are_printed_without_any_entry() -> None:
    assert "（一）1月。寒假。" in said({"月度安排": {"正文": "按月推进。", "跳过": {"1月": "寒假"}}})


@pytest.mark.parametrize(
    "field", ["附件", "主要任务", "工作目标", "月度安排", "存在问题", "署名", "成文日期", "引言", "题注"]
)
def test_an_open_field_is_shown_listed_and_refused_by_strict(field: str) -> None:
    form = {**FRAME, "指导思想": "坚持。", field: "待填"}
    made = compose(form)
    assert any("【待填：" in gap for gap in made.placeholders), field
    assert "【待填：" in "".join(texts(made.data))
    assert refused({"指导思想": "坚持。", field: "待填"}, strict=True)


@pytest.mark.parametrize("field", ["条目", "分述"])
def test_an_open_list_inside_an_item_is_shown(field: str) -> None:
    assert "【待填：" in "".join(said({"主要任务": [{"标题": "甲", field: "待填"}]}))


@pytest.mark.parametrize("field", ["格式", "紧急程度", "附件方式"])
def test_an_open_choice_is_told_and_refused_by_strict(field: str) -> None:
    form = {**FRAME, "主要任务": ["甲"], "公文": {**PAPER, field: "【待填】"}}
    assert "form-gap" in {d.code for d in compose(form).diagnostics}
    with pytest.raises(planwriter.PlanwriterError):
        planwriter.write(form, strict=True)


def test_a_gap_in_a_list_says_what_is_to_be_filled_in() -> None:
    assert compose({**FRAME, "主要任务": [{"标题": "甲", "牵头单位": ["权益部", "待填"]}]}).placeholders == (
        "【待填：牵头单位】",
    )


def test_a_bare_gap_inside_a_sentence_is_listed_and_refused_by_strict() -> None:
    assert compose({**FRAME, "主要任务": "由【待填】负责。"}).placeholders == ("【待填】",)
    assert refused({"主要任务": "由【待填】负责。"}, strict=True)


@pytest.mark.parametrize(
    "form",
    [
        {"主要任务": [{"标题": "甲", "分述": [str(n) for n in range(100)]}]},
        {"存在问题": [{"标题": "甲", "措施": [str(n) for n in range(100)]}]},
        {"工作目标": {"目标": [{"指标": str(n)} for n in range(100)]}},
        {"月度安排": {"安排": [{"活动": str(n)} for n in range(100)]}},
        {"附件": {"标题": "甲", "条目": [str(n) for n in range(100)]}},
        {"公文": {"章节": [{"类型": "主要任务", "条目": [str(n) for n in range(100)]}]}},
    ],
)
def test_more_than_ninety_nine_of_a_kind_are_told(form: dict[str, Any]) -> None:
    assert {d.code for d in refused(form) if d.severity == "error"} == {"plan-too-many"}


def test_the_sections_of_a_paper_are_checked_like_those_of_a_plan() -> None:
    form = {"公文": {"章节": [{"类型": "主要任务", "条目": [{"标题": "乙", "完成时限": "2029年3月底前"}]}]}}
    assert "plan-deadline-outside-period" in {d.code for d in refused(form)}


def test_a_plan_inside_and_outside_the_paper_is_told() -> None:
    assert "form-duplicate-key" in {d.code for d in refused({"公文": {"计划": {"标题": "甲"}}})}


def test_a_model_built_in_python_is_checked_like_a_form() -> None:
    plan = planwriter.WorkPlan.model_validate({"期间": "2027年", "主要任务": [{"标题": "甲", "完成时限": "2031年3月"}]})
    with pytest.raises(planwriter.PlanwriterError, match="不在计划期间"):
        planwriter.write(plan)


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ({"公文": {**PAPER, "主送机关": ["甲局：", "乙局。"]}}, "甲局，乙局："),
        ({"公文": {**PAPER, "抄送机关": ["甲局。", "乙局"]}}, "抄送：甲局，乙局。"),
        ({"公文": {**PAPER, "标题": "某局关于开会的通知。"}}, "某局关于开会的通知"),
        ({"月度安排": [{"月份": "4月", "主题": "（维权月）", "活动": "普法"}]}, "（一）4月（维权月）。普法。"),
        ({"月度安排": [{"活动": {"活动": "召开座谈会。", "责任人": "周岚"}}]}, "（一）召开座谈会（责任人：周岚）。"),
        ({"主要任务": [{"标题": "甲", "正文": "分类建档", "牵头单位": "权益部"}]}, "分类建档（牵头单位：权益部）。"),
        ({"存在问题": [{"标题": "甲", "措施": "添人"}]}, "措施：添人。"),
    ],
)
def test_marks_are_neither_doubled_nor_missing(form: dict[str, Any], shown: str) -> None:
    assert shown in said(form)
