"""Broken forms: every mistake is told with line, column, a Chinese sentence and a remedy."""

from __future__ import annotations

import re

import pytest

from planwriter.actions import read_form
from planwriter.diagnostic import Diagnostic, FormError, Severity
from tests.form.broken import BROKEN, Broken


def told_about(text: str) -> tuple[Diagnostic, ...]:
    try:
        return read_form(text.encode("utf-8"), name="表单.yaml").diagnostics
    except FormError as error:
        return error.diagnostics


@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: b.kind)
def test_every_mistake_is_told_at_its_place_and_nothing_else(broken: Broken) -> None:
    told = told_about(broken.text)
    assert [(d.place.line, d.place.column, d.code) for d in told if d.place] == list(broken.mistakes)
    assert all(d.place and d.place.file == "表单.yaml" for d in told)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: b.kind)
def test_every_mistake_has_a_chinese_sentence_and_a_remedy(broken: Broken) -> None:
    for d in told_about(broken.text):
        assert re.search("[\u4e00-\u9fff]{4}", d.message), d.message
        assert not re.search(r"[A-Za-z]{6,}", re.sub("“.*?”", "", d.message)), d.message
        assert d.hint, d.code


@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: b.kind)
def test_a_broken_form_has_at_least_one_error(broken: Broken) -> None:
    assert any(d.severity is Severity.ERROR for d in told_about(broken.text))


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("主要任物: 甲", "主要任务"), ("指导思相: 甲", "指导思想"), ("保障措失: 甲", "保障措施"), ("公闻: {标题: 甲}", "公文"),
     ("main_task: 甲", "main_tasks"), ("主要任务: [{责任单住: 甲}]", "责任单位"), ("成文日其: 甲", "成文日期")],
)  # fmt: skip
def test_an_unknown_key_is_answered_with_the_nearest_one(text: str, nearest: str) -> None:
    (told,) = told_about(f"单位: 某校\n期间: 2027年\n{text}\n")
    assert told.hint == f"改成“{nearest}”"


DOUBTFUL = {
    "plan-unknown-unit": "单位: {全称: 某局, 内设机构: [办公室]}\n主要任务: [{标题: 甲, 责任单位: 办工室}]\n",
    "plan-year-differs": "标题: 某校2026年工作计划\n期间: 2027年\n",
    "plan-problem-without-measures": "存在问题: [{标题: 人手少}]\n",
    "plan-date-outside-month": "期间: 2027年\n月度安排: [{月份: 3月, 活动: [{活动: 会, 日期: 4月6日}]}]\n",
    "paper-copy-number-missing": "公文: {密级: 秘密★1年}\n期间: 2027年\n",
    "paper-signatory-missing": "公文: {格式: 报告}\n期间: 2027年\n",
    "paper-signatory-unexpected": "公文: {格式: 通知, 签发人: 王立}\n期间: 2027年\n",
    "paper-many-addressees": "公文: {格式: 请示, 签发人: 王立, 主送机关: [甲, 乙]}\n期间: 2027年\n",
    "paper-year-differs": "公文: {发文字号: 澄工〔2025〕8号, 成文日期: 2026年12月1日}\n期间: 2027年\n",
    "form-turned-text": '引言: "甲\\u202e乙"\n期间: 2027年\n',
    "form-leading-space": '引言: "　　甲"\n期间: 2027年\n',
    "form-maybe-key": "主要任务:\n  - 考核：每季度一次。\n",
    "form-comment-after-text": "引言: 深入开展 # 最美家庭\n期间: 2027年\n",
    "form-wide-comma": "署名: [甲，乙]\n期间: 2027年\n",
    "form-wide-bracket": "署名: ［甲］\n期间: 2027年\n",
    "form-number-cut": "署名: [走访,1,200]\n期间: 2027年\n",
    "form-odd-line-break": "引言: 甲\u0085乙\n期间: 2027年\n",
    "form-gap": "公文: {紧急程度: 待填}\n期间: 2027年\n",
}  # fmt: skip
IMPOSSIBLE = {
    "plan-date-outside-period": "期间: 2027年2月至7月\n月度安排: [{活动: [{活动: 会, 日期: 9月6日}]}]\n",
    "plan-too-many": "主要任务: [" + "甲, " * 100 + "乙]\n",
    "form-too-long": "引言: " + "长" * 60_001 + "\n",
}


@pytest.mark.parametrize("code", DOUBTFUL)
def test_what_is_doubtful_is_a_warning_with_place_and_remedy(code: str) -> None:
    told = [d for d in told_about(DOUBTFUL[code]) if d.code == code]
    assert told and all(d.severity is Severity.WARNING and d.place and d.hint for d in told)
    assert not [d for d in told_about(DOUBTFUL[code]) if d.severity is Severity.ERROR]


@pytest.mark.parametrize("code", IMPOSSIBLE)
def test_what_is_impossible_is_an_error_with_place_and_remedy(code: str) -> None:
    (told,) = [d for d in told_about(IMPOSSIBLE[code]) if d.severity is Severity.ERROR]
    assert (told.code, bool(told.place), bool(told.hint)) == (code, True, True)


def test_there_are_at_least_thirty_kinds_of_broken_forms() -> None:
    assert len({b.kind for b in BROKEN}) >= 30
    assert len({code for b in BROKEN for *_, code in b.mistakes}) >= 30


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        ("引言: 为做好工作，\n  制定 abc\n  def 本计划。\n", ["为做好工作，制定 abc def 本计划。"]),
        ("引言:\n  - 到2027年\n    12月\n  - 乙\n", ["到2027年12月", "乙"]),
        ('引言: 他说"好"\n  \\甲\n', ['他说"好" \\甲']),
        ("引言: 会议\n\n  二段\n", ["会议\n二段"]),
        ("引言:\n  会议定于9:30召开。\n", ["会议定于9:30召开。"]),
        ("引言: 甲#乙 －5\n", ["甲#乙 －5"]),
        ("引言:  # 填写引言\n", []),
        ("引言: [甲, '完成1,200户']\n", ["甲", "完成1,200户"]),
        ('"引言":\n  - 甲\n', ["甲"]),
        ("---\n引言: 甲\n", ["甲"]),
        ("引言:\n  -\n    甲\n    乙\n  - 丙\n", ["甲乙", "丙"]),
        ("主要任务:\n  -\n    标题: 甲\n    条目:\n      -\n        乙\n引言: 丙\n", ["丙"]),
        ("引言: |\n  第一段 #甲#\n  - 第二段\n", ["第一段 #甲#\n- 第二段\n"]),
        ("引言:\n  #- 甲\n  # 乙\n  - 丙\n", ["丙"]),
    ],
)
def test_a_sound_text_is_told_nothing_loses_nothing_and_gains_no_blank(lines: str, read: list[str]) -> None:
    reading = read_form(f"{lines}单位: 某校\n期间: 2027年\n".encode())
    assert not reading.diagnostics
    assert getattr(reading.document, "lead", None) == read
