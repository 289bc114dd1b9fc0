"""Gaps as people leave them are recognised; texts that only look like gaps are left alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import planwriter
from planwriter.model.document import to_form
from planwriter.model.unfilled import copied_words, signs_in

SHARED = Path(os.environ.get("PLANWRITER_SHARED", Path(__file__).parents[3] / "shared"))

ALONE = ["XX", "××", "××××", "ＸＸ", "XXX年", "20xx", "20××年", "“”", "《》", "某某", "某", "____", "＿＿", "20××年×月×日",
         "《××》", "XX年XX月", "？？", "****", "……", "20__年", "○○"]  # fmt: skip
WITH_WORDS = ["XX户", "2026年XX月XX日", "某某局"]
MEANT = [
    "3×4",
    "×",
    "A",
    "无",
    "—",
    "/",
    "12",
    "XXL",
    "长×宽",
    "某些同志",
    "李某",
    "二〇〇九年二月",
    "100%",
    "20年",
    "…",
    "2026年3月",
]
INSIDE = {
    "组织XX场活动": "XX", "在××镇召开": "××", "于20××年启动": "20××年", "于×月×日前完成": "×月×日", "共有个村民小组": "共有个",
    "全镇有个行政村": "有个", "学习《》精神": "《》", "落实“”要求": "“”", "走访某某家庭": "某某", "比例达到%以上": "%",
    "参加****会议": "****", "约___人参加": "___", "举行健身**赛": "**", "党的（　）次会议": "（　）", "20xx年档案工作": "20xx年",
}  # fmt: skip
NO_SIGN = ["每人工资×月数", "面积3×4米", "发放XXL号服装", "访问www.xxxx.com", "重点**突出**工作", "某些困难", "还有个问题", "出勤率达100%",
           "件数×100%", "变量__name__", "型号XX-100", "李某某", "他有个孩子", "《工会法》", "“三八”", "没有个人", "二○○九年",
           "具有个性", "（三）", "占50％", "待定", "此处从略……"]  # fmt: skip


@pytest.mark.parametrize("text", ALONE)
def test_a_sign_alone_is_nothing_filled(text: str) -> None:
    assert copied_words(text) == ""


@pytest.mark.parametrize("text", WITH_WORDS)
def test_a_sign_with_its_measure_keeps_its_words_in_the_gap(text: str) -> None:
    assert copied_words(text) == text


@pytest.mark.parametrize("text", MEANT)
def test_what_only_looks_like_a_sign_is_filled(text: str) -> None:
    assert copied_words(text) is None


@pytest.mark.parametrize("text", INSIDE)
def test_a_sign_inside_a_sentence_is_found(text: str) -> None:
    assert [text[start:end] for start, end in signs_in(text)] == [INSIDE[text]]
    assert copied_words(text) is None


@pytest.mark.parametrize("text", NO_SIGN)
def test_a_sentence_without_signs_is_left_alone(text: str) -> None:
    assert signs_in(text) == []


def test_what_is_inside_a_gap_is_told_once() -> None:
    assert signs_in("联系人：【待填：XX部门】") == []


FORM = """\
单位: ××
期间: 2027年
引言: 在××镇召开会议。
主要任务:
  - 标题: XX
    正文: 走访某某家庭
    责任人: [周岚, 某某]
    完成时限: 待填
成文日期: 2026年XX月XX日
"""


def test_signs_are_told_at_their_place_and_sentences_stay_as_they_are() -> None:
    reading = planwriter.read_form(FORM.encode())
    told = {(one.code, one.place.line) for one in reading.diagnostics if one.place}
    copied, sign = "form-copied-placeholder", "form-sign-of-a-gap"
    assert told == {(copied, 1), (sign, 3), (copied, 5), (sign, 6), (copied, 7), (copied, 9)}
    assert not reading.errors
    made = to_form(reading.document)
    assert made["引言"] == ["在××镇召开会议。"]
    assert made["单位"]["全称"] == "【待填：单位】"
    assert made["章节"][0]["条目"][0]["责任人"] == ["周岚", "【待填：责任人】"]
    assert made["成文日期"] == "【待填：2026年XX月XX日】"


def test_strict_refuses_a_sign_inside_a_sentence_and_a_draft_highlights_it() -> None:
    form = {
        "单位": "青江县妇联",
        "期间": "2027年",
        "引言": "组织XX场活动。",
        "署名": "县妇联",
        "成文日期": "2026年12月20日",
    }
    with pytest.raises(planwriter.PlanwriterError, match="组织XX场活动"):
        planwriter.write(form, strict=True)
    shown = planwriter.show(planwriter.write(form))
    marked = [span.text for one in shown.paragraphs for span in one.spans if "yellow" in str(span)]
    assert marked == ["XX"]


def test_a_block_that_nobody_touched_says_nothing() -> None:
    form = {"单位": "县妇联", "工作目标": {"目标": [{"指标": "", "目标值": ""}, {"指标": "走访", "目标值": "3"}]},
            "保障措施": {"经费": [{"项目": ""}]}, "主要任务": {"条目": [{"标题": "", "目标": [{"指标": ""}]}]}}  # fmt: skip
    made = to_form(planwriter.read_form(form).document)
    assert made["章节"] == [{"类型": "工作目标", "目标": [{"指标": "走访", "目标值": "3"}]}]


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared corpus")
def test_published_samples_show_their_gaps_and_nothing_else() -> None:
    """Nearly all lines of real papers are without signs: what is told must be worth reading."""
    lines = [line for path in SHARED.glob("corpus/*/*.txt") for line in path.read_text("utf-8", "replace").split("\n")]
    told = [line for line in lines if signs_in(line)]
    assert len(lines) > 1000
    assert 3 <= len(told) <= len(lines) // 100
    assert all("xx" in line or "*" in line or "_" in line or "XX" in line or "×" in line for line in told)
