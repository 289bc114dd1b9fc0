"""docs/calendar.md: the observances a schedule is proposed from, each with its source, and the file of holidays."""

from __future__ import annotations

from docs.generating.markdown import notice, page, table

from planwriter.calendar.observances import fields, observances
from planwriter.form.holiday_file import read_holidays

HOLIDAYS = """\
2027年:
  元旦: 1月1日至3日
  春节:
    放假: 2月5日至11日
    上班: [1月30日, 2月13日]
"""
"""A file of holidays as it may be written (the days are made up)."""

_HEAD = """\
`planwriter new 年度计划 --unit 单位.yaml --months -o 计划.yaml` 按下面的表排出月度安排，当作草稿来改。要先安装
`planwriter[calendar]`。领域由单位的名称看出，也可以写在单位文件的“领域”里或用 `--field` 写明，几个领域用顿号隔开。
没有可排的月份留着“待填”；学校的寒假、暑假跳过（寒假按春节所在的月份估计），要按校历改。

期间用 `--period` 写明；不写时，10月起按下一年排，以前按当年排，并说一声。
"""
_HOLIDAYS = f"""\
## 放假安排

法定节假日和调休来自程序库 holidays。某一年的安排还没有公布，或者程序库里还没有时，只列法定节日当天，并说一声。公布以后
可以写成一个文件，用 `--holidays 放假安排.yaml` 给出，里面写了的年份以它为准（日子是举例）：

```yaml
{HOLIDAYS}```
"""


def calendar_md() -> bytes:
    """docs/calendar.md."""
    assert read_holidays(HOLIDAYS)
    closed = {True: "跳过寒假、暑假", False: "—"}
    known = ((one.name, "、".join(one.words), closed[one.vacations]) for one in fields().values())
    rows = ((one.name, one.rule, "、".join(one.fields), one.activity, one.source) for one in observances())
    return page("# 月度安排的依据", notice("纪念日表"), _HEAD, _HOLIDAYS, "## 领域",
                table(("领域", "名称里有这些字样", "假期"), known), "## 纪念日",
                table(("名称", "日期", "领域", "安排的活动", "来源"), rows))  # fmt: skip
