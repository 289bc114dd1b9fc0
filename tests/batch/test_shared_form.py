"""The shared form: references to columns, fields replaced by their path, mistakes told with place and remedy."""

from __future__ import annotations

from typing import Any

import pytest

from planwriter.batch.jobs import Job
from planwriter.batch.shared_form import SharedForm, idle_columns
from planwriter.diagnostic import FormError, Place

HEAD = "单位: 青江县妇女联合会\n期间: 2027年\n"


def form(text: str) -> SharedForm:
    return SharedForm((HEAD + text).encode(), "共用.yaml")


def filled(text: str, **row: Any) -> dict[str, Any]:
    return form(text).bound(tuple(row)).filled(Job("名册.csv", row, at="第2行", row=True, line=2))


def codes(refused: pytest.ExceptionInfo[FormError]) -> list[str]:
    return [one.code for one in refused.value.diagnostics]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("引言: {{村}}今年修路。", "柳下村今年修路。"),
        ("引言: {{ 村 }}", "柳下村"),
        ("引言: 在{{镇}}{{村}}办", "在石磬镇柳下村办"),
        ("引言: '{{村}}'", "柳下村"),
        ("引言: {{ 村|replace('村', '') }}人", "柳下人"),
        ("引言: 写作{{ '{{' }}村{{ '}}' }}", "写作{{村}}"),
        ("引言: '{% if 村 %}不是标签{# 也不是 #}'", "{% if 村 %}不是标签{# 也不是 #}"),
    ],
)
def test_references_are_filled_and_need_no_quotes(text: str, said: str) -> None:
    assert filled(text, 村="柳下村", 镇="石磬镇")["引言"] == said


def test_references_stand_in_block_texts_lists_and_flow_mappings() -> None:
    made = filled("引言: |\n  {{村}}一\n  二{{村}}\n主要任务: [{标题: 修{{村}}路}]\n署名:\n- {{村}}\n", 村="柳下村")
    assert made["引言"] == "柳下村一\n二柳下村\n"
    assert made["主要任务"] == [{"标题": "修柳下村路"}]
    assert made["署名"] == ["柳下村"]


@pytest.mark.parametrize("value", ["{{镇}}", "{% raw %}", "{{ 7*7 }}", "&amp; <b>", "*别名", "a: b", "'", "- 项", "|"])
def test_a_rows_own_value_is_never_rendered_nor_read_as_yaml(value: str) -> None:
    assert filled("引言: {{村}}\n主要任务: {{村}}完", 村=value, 镇="石磬镇") == filled("引言: x\n主要任务: x", 村="") | {
        "引言": value, "主要任务": f"{value}完"
    }  # fmt: skip


def test_rows_share_nothing_that_another_row_could_change() -> None:
    bound = form("引言: 共用\n主要任务:\n  - 标题: 修路\n").bound(("主要任务[1].标题",))
    first = bound.filled(Job("r", {"主要任务[1].标题": "铺路"}, row=True))
    second = bound.filled(Job("r", {"主要任务[1].标题": ""}, row=True))
    assert first["主要任务"][0]["标题"] == "铺路"
    assert second["主要任务"][0]["标题"] == "修路"


@pytest.mark.parametrize(
    ("column", "text", "where"),
    [
        ("月度安排[2].活动", "月度安排:\n- {时间: 3月, 活动: 甲}\n- {时间: 4月, 活动: 乙}", ("月度安排", 1, "活动")),
        ("月度安排[1].活动", "月度安排: {形式: 条目, 安排: [{时间: 3月, 活动: 甲}]}", ("月度安排", "安排", 0, "活动")),
        ("期间", "", ("期间",)),
        ("公文.发文字号", "", ("公文", "发文字号")),
        ("署名[1]", "署名: 甲", ("署名", 0)),
    ],
)
def test_a_column_replaces_the_field_of_its_path(column: str, text: str, where: tuple[Any, ...]) -> None:
    found: Any = filled(text, **{column: "新"})
    for step in where:
        found = found[step]
    assert found == "新"
    assert found.place == Place("名册.csv", 2, field=column)


def test_an_empty_cell_keeps_the_shared_field_and_leaves_a_visible_gap_in_a_text() -> None:
    made = filled("引言: 由{{责任人}}负责", 责任人="", 期间=" ")
    assert made["期间"] == "2027年"
    assert made["引言"] == "由【待填：责任人】负责"


def test_a_path_to_nothing_is_told_before_any_row() -> None:
    with pytest.raises(FormError) as refused:
        filled("月度安排:\n- 3月\n", **{"月度安排[3].活动": "x", "引言.标题[2]": "y"})
    assert codes(refused) == ["batch-column-no-place", "batch-column-no-place"]
    assert "只有1项，没有第3项" in refused.value.diagnostics[0].message


def test_every_unknown_column_is_told_with_its_place_and_the_nearest() -> None:
    with pytest.raises(FormError) as refused:
        filled("引言: {{单位简秤}}\n结语: {{ 天气 }}{{ 简称|upper }}", 单位简称="县妇联")
    assert codes(refused) == ["batch-reference-unknown"] * 3
    assert refused.value.diagnostics[0].place == Place("共用.yaml", 3, 5)
    assert refused.value.diagnostics[0].hint == "是不是“单位简称”？"


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("村.__class__", "batch-reference-forbidden"),
        ("村|safe", "batch-reference-syntax"),
        ("村 * 9999999999", "batch-reference-forbidden"),
        ("9 ** 9 ** 9", "batch-reference-forbidden"),
        ("村 村", "batch-reference-syntax"),
        ("", "batch-reference-syntax"),
        ("cycler", "batch-reference-unknown"),
        ("村|nofilter", "batch-reference-syntax"),
        ("村 / 2", "batch-reference-failed"),
    ],
)
def test_an_expression_that_is_no_reference_is_refused(expression: str, code: str) -> None:
    with pytest.raises(FormError) as refused:
        filled("引言: {{" + expression + "}}", 村="柳下村")
    assert codes(refused) == [code]


@pytest.mark.parametrize("value", [["甲"], {"甲": "乙"}])
def test_a_list_in_a_sentence_is_refused_but_may_replace_a_field(value: object) -> None:
    with pytest.raises(FormError) as refused:
        filled("引言: 由{{村}}办", 村=value)
    assert codes(refused) == ["batch-reference-value"]
    assert filled("", 署名=value)["署名"] == value


def test_full_width_braces_are_told() -> None:
    with pytest.raises(FormError) as refused:
        form("引言: ｛｛村｝｝")
    assert codes(refused) == ["batch-reference-wide"]


def test_a_column_that_nothing_uses_is_told_but_not_the_template_column() -> None:
    base = form("引言: {{村}}")
    told = idle_columns(base, ["村", "电话", "期问", "镇", "模板"], ["镇"], Place("名册.csv"))
    assert [(one.code, one.found) for one in told] == [("batch-column-unused", "电话"), ("batch-column-unused", "期问")]
    assert told[1].hint == "是不是“期间”？"
