"""Words that can mean no time are doubted; good words, also free ones, are not."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from planwriter.actions import read_form
from planwriter.chinese.doubtful_times import why_doubtful
from planwriter.diagnostic import Severity

SHARED = Path(os.environ.get("PLANWRITER_SHARED", Path(__file__).parents[3] / "shared"))
NONSENSE = [
    "下下年",
    "2027年下下年",
    "2027年三半年",
    "第0周",
    "第六十周",
    "第60周前",
    "32日前",
    "每月32日",
    "每周八",
    "星期八",
    "周八",
    "3月底前前",
    "3月四旬",
    "3.32",
    "13.1",
    "2月30",
    "25点",
    "明明年",
    "下下月",
    "下下周",
    "下下半年",
    "2027年2027年",
    "3月3月",
    "第十三月",
    "Q5",
    "春季第五季度",
    "第一季度第五个月",
]
GOOD = [
    "3月底前",
    "年底前",
    "春节前",
    "3.8妇女节前",
    "13个月内",
    "60日内",
    "第3周",
    "八周年",
    "周年庆",
    "每周五",
    "每周一、三、五",
    "上半年",
    "下半年",
    "3月上旬",
    "次年1月底前",
    "前三季度",
    "一季度第三个月",
    "Q3",
    "48小时内",
    "8点30分",
    "2027—2028学年第一学期",
    "1.5个月",
    "9.10",
    "10.1前",
    "3月8日",
    "全年",
    "每月25日前",
    "3月中下旬",
    "半年内",
    "建党100周年",
    "20时",
    "10点半",
    "25点建议",
    "明年",
    "周日",
    "第二十周",
    "开学第一周",
    "寒假期间",
    "长期坚持",
    "前前后后",
    "第一阶段（3月）",
    "7、8月",
    "11月至次年1月",
    "2027年度",
    "国庆75周年",
    "第75周年",
]


@pytest.mark.parametrize("words", NONSENSE)
def test_words_that_can_mean_no_time_are_doubted(words: str) -> None:
    assert why_doubtful(words)


@pytest.mark.parametrize("words", GOOD)
def test_good_words_are_not_doubted(words: str) -> None:
    assert why_doubtful(words) is None


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="the papers of others are not here")
def test_no_time_in_papers_that_people_wrote_is_doubted() -> None:
    papers = [path for path in (SHARED / "corpus").rglob("*") if path.suffix in (".txt", ".md", ".json")]
    clauses = {
        one
        for path in papers
        for one in re.split(r"[\s，。；：、！？“”（）()\"':,;]+", path.read_text(encoding="utf-8"))
    }
    assert len(clauses) > 5_000
    assert [one for one in clauses if len(one) < 25 and re.search("[年月日周季旬]", one) and why_doubtful(one)] == []


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("期间: 2027年下下年\n", 1),
        ("期间: 2027年\n主要任务:\n  - 标题: 甲\n    完成时限: 下下年\n", 4),
        ("期间: 2027年\n月度安排:\n  - 时间: 第60周\n    活动: 会\n", 3),
        ("月度安排:\n  - 时间: 3月\n    活动:\n      - 活动: 会\n        日期: 星期八\n", 5),
        ("主要任务:\n  - 标题: 甲\n    完成时限: 32日前\n", 3),
    ],
)
def test_a_form_says_so_at_the_place_and_is_written_all_the_same(form: str, line: int) -> None:
    reading = read_form(("单位: 甲校\n" + form).encode(), name="表单.yaml")
    told = [d for d in reading.diagnostics if d.code == "form-doubtful-time"]
    assert [(d.severity, d.place and d.place.line) for d in told] == [(Severity.WARNING, line + 1)]
    assert told[0].hint and "看不懂" in told[0].message
    assert json.dumps([d.code for d in reading.errors]) == "[]"
