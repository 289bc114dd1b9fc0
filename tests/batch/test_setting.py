"""Rows set from standing type give the bytes of the long way, whatever a row says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planwriter import write
from planwriter.batch.jobs import Job
from planwriter.batch.setting import RowSetting
from planwriter.batch.shared_form import BoundForm, SharedForm, Shortcut
from planwriter.batch.standing import ABSENT
from planwriter.diagnostic import PlanwriterError
from planwriter.standard import profile

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.yaml"))
HOSTILE = ["<w:p/>&", "]]>", "{{镇}}", "{%p if %}", "镕喆𠮷", "【待填：名】", "XX镇", "a\tb\nc", "\u202e甲", "'\"\\", " 甲 ",
           "甲" * 90, f"{ABSENT}1", "", "12月", "=1+1", "é", "第一、第二", "一、办好", "\ue0f3", "\U0002ebf0", "null"]  # fmt: skip
SHARED = """\
单位: {{镇}}{{村}}村民委员会
期间: {{期间}}
引言: 为做好{{村}}工作，制定本计划。
工作目标:
  - {指标: 集体收入, 目标值: 36, 单位: 万元}
  - {指标: 修路, 目标值: 2, 单位: 公里}
主要任务:
  - 标题: 修路
    正文: 铺水泥路{{公里}}公里。
    责任人: 甲
    完成时限: 6月底前
  - 标题: 清扫
    正文: [每月大扫除<一次>&公布。, 记账。]
    完成时限: 11月底前
月度安排:
  形式: 表格
  安排:
    - {时间: 3月, 活动: 植树}
    - {时间: 4月, 活动: 清淤}
保障措施:
  经费: [{项目: 修路, 金额: 42, 单位: 万元}]
  考核: 每季度开一次会。
署名: {{镇}}{{村}}村民委员会
成文日期: 2027年1月12日
"""
COLUMNS = ("镇", "村", "期间", "公里", "工作目标[1].目标值", "保障措施.考核")


def row(**said: str) -> Job:
    usual = dict(zip(COLUMNS, ("石磬镇", "柳下村", "2027年", "3", "36", ""), strict=True))
    return Job("名册.csv", usual | said, at="第2行", row=True, line=2)


def bound(text: str, columns: tuple[str, ...] = COLUMNS) -> BoundForm:
    return SharedForm(text.encode(), "共用.yaml").bound(columns)


def long_way(form: BoundForm, job: Job, **look: Any) -> bytes | None:
    try:
        return write(form.filled(job), **look)
    except PlanwriterError:
        return None


SETTING = RowSetting(bound(SHARED), profile(), None)


def alike(job: Job) -> bool:
    """Whether the row was set quickly; if it was, its bytes are those of the long way."""
    sheet = SETTING.sheet(job)
    if sheet is not None:
        assert sheet.data == long_way(SETTING.bound, job)
    return sheet is not None


def test_usual_rows_are_set_quickly_and_alike() -> None:
    numbers = range(40)
    assert all(alike(row(村=f"{n}号村", 公里=str(n % 3 + 1), 期间=f"{2027 + n % 2}年")) for n in numbers)


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("column", COLUMNS)
def test_hostile_values_come_out_as_the_long_way_writes_them(column: str, value: str) -> None:
    SETTING._shortcut = Shortcut()
    alike(row(**{column: value}))
    assert alike(row()), "one row of a bad value must not slow down the others"


@settings(max_examples=60, deadline=None)
@example({"镇": "\x1f"})  # white space to Python, but nothing that a document can hold
@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=12)))
def test_any_row_comes_out_as_the_long_way_writes_it(said: dict[str, str]) -> None:
    SETTING._shortcut = Shortcut()
    alike(row(**said))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("look", ["", "ink"])
def test_every_example_as_a_shared_form_comes_out_alike(example: Path, look: str) -> None:
    text = example.read_text(encoding="utf-8").replace("2027", "{{年}}")
    form = bound(text, ("年",))
    setting = RowSetting(form, profile(look or None), None)
    for year in ("2027", "2027", "2027", "2028", "2027"):
        job = Job("名册.csv", {"年": year}, row=True, line=2)
        sheet = setting.sheet(job)
        assert sheet is not None or (example.stem, year) == ("school_union_months", "2028")  # its months are of 2027
        if sheet is not None:
            assert sheet.data == long_way(form, job, profile=look or None)


LISTED = """\
单位: {{村}}
期间: 2027年
章节:
  - {类型: 指导思想, 正文: 坚持问题导向。}
  - 类型: 主要任务
    条目: [{标题: 修路, 正文: "铺路{{公里}}公里。", 完成时限: 6月底前}, 清扫]
  - {类型: 其他, 标题: 记账, 正文: [每月公布。, 每季核对。]}
署名: {{村}}
"""


def test_sections_in_a_list_stand_like_those_with_a_key_of_their_own() -> None:
    columns = ("村", "公里", "章节[3].正文[2]")
    setting = RowSetting(bound(LISTED, columns), profile(), None)
    for n in range(30):
        said = (f"{n}村", str(n % 2), f"第{n}号文。" if n % 5 == 0 else "")
        job = Job("名册.csv", dict(zip(columns, said, strict=True)), row=True, line=2)
        sheet = setting.sheet(job)
        assert sheet is not None
        assert sheet.data == long_way(setting.bound, job)
    assert {spot for (spot, _), one in setting._standing.items() if one is not None} == {
        ("章节", 0),
        ("章节", 1),
        ("章节", 2),
    }


def test_a_row_that_replaces_the_whole_list_of_sections_is_left_to_the_long_way() -> None:
    setting = RowSetting(bound(LISTED, ("村", "公里", "章节")), profile(), None)
    rows: list[list[object]] = [[{"类型": "其他", "正文": "甲"}], [], [{"类型": "其他", "正文": "乙"}] * 4]
    for sections in rows:
        job = Job("名册.jsonl", {"村": "甲村", "公里": "1", "章节": sections}, row=True, line=2)
        sheet = setting.sheet(job)
        assert sheet is None or sheet.data == long_way(setting.bound, job)


def test_a_deadline_outside_the_period_of_a_row_is_left_to_the_long_way() -> None:
    assert alike(row())
    assert SETTING.sheet(row(期间="2027年上半年")) is None


def test_references_between_sections_are_checked_for_each_row() -> None:
    text = "单位: {{村}}\n期间: 2027年\n主要任务:\n- 标题: 修路\n下一步:\n- 标题: 验收\n  对应: 修路\n"
    setting = RowSetting(bound(text, ("村", "主要任务[1].标题")), profile(), None)
    good = Job("r", {"村": "甲村", "主要任务[1].标题": ""}, row=True)
    bad = Job("r", {"村": "甲村", "主要任务[1].标题": "引水"}, row=True)
    assert [setting.sheet(job) is not None for job in (good, good, bad)] == [True, True, False]


def test_many_bad_rows_do_not_slow_down_the_good_ones_for_ever() -> None:
    setting = RowSetting(bound(SHARED), profile(), None)
    for _ in range(60):
        assert setting.sheet(row(期间="13月")) is None
    tries = [setting.sheet(row(村=f"{number}号村")) is not None for number in range(100)]
    assert any(tries[:40])
    assert all(tries[40:])


def test_a_short_way_that_mostly_fails_is_tried_only_now_and_again() -> None:
    way, tries = Shortcut(), 0
    for number in range(1000):
        if way.worth_trying():
            tries += 1
            way.tried(helped=number % 40 == 39)
    assert 20 < tries < 120
