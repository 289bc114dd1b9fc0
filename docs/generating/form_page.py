"""docs/form.md: the language of forms, from the model's own labels and from forms that are really read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docs.generating.form_samples import DEADLINES, EXAMPLE, GAPS, PERIODS, SLIPS, WHENS
from docs.generating.markdown import code, notice, page, table
from docs.generating.model_reading import TITLES, Key, all_classes, keys, list_means, own_keys, takes_list, text_means

from planwriter.actions import read_form
from planwriter.chinese.dates import format_date
from planwriter.chinese.deadline import read_deadline
from planwriter.chinese.period import read_period
from planwriter.chinese.when import read_when
from planwriter.diagnostic import Diagnostic, FormError
from planwriter.model.checks import DEEPEST, MOST
from planwriter.model.element import Element
from planwriter.model.items import Item, Points
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import AttachmentTable
from planwriter.model.schedule import ScheduleEntry
from planwriter.model.sections import KINDS, SECTION_TYPES, Section
from planwriter.model.text import MAX_TEXT
from planwriter.model.unit_file import UnitFile

_HEAD = f"""\
表单是一个文本文件（扩展名 `.yaml`），用记事本就能填写。`planwriter new 工作计划 -o 计划.yaml` 给出一份空白表单，
`planwriter write 计划.yaml -o 计划.docx` 把填好的表单写成 Word 文档。一份完整的表单可以短到这样：

```yaml
{EXAMPLE}```

## 写法

* 一行一项，写成 `键: 值`。冒号用英文的，后面空一格。下一层的内容另起一行，缩进两个空格；同一层上下对齐。
* 一项有几个值时，每个值另起一行，前面写 `- `（英文短横加一个空格）。只有一个值时可以直接写，不必列表。
* 键可以写中文，也可以写英文名，混用也行；同一项不能写两次。键里多出的空格不要紧，写错的键会指出来并提示最接近的键。
* 值一律按所写的文字读：份号 `000001` 还是 `000001`，`no` 还是 `no`。日期写成 `2026年12月20日` 或 `2026-12-20` 都行。
* 文字以英文引号、`@`、`%`、`*`、`&`、`!` 等符号开头，或者里面有英文冒号加空格时，给整段文字加上英文引号。
* 很长的文字可以用 `|` 起头，下面各行缩进，每行一段。
* 层次序数（一、（一）1.（1））不要写，会按位置编好；最多{DEEPEST}级，同一层最多{MOST}条。
* 文字里不能有控制字符；一项最多{MAX_TEXT}个字。
* 文件编码用 UTF-8；记事本存成的 GBK 也能读出，会提醒一句。
"""

_GAPS = """\
## 怎样算没有填

空着的项当作没有写。写明“待填”的项在文档里成为突出显示的 `【待填：…】`，写完后逐个列出来；加上
`--strict` 时，有一处待填就不生成文档；加上 `--comments`，每一处都有一条批注。
单位、期间、发文字号、主送机关等定稿少不了的项没有写，也会成为 `【待填：…】`。
空着不动的整块（例如空白表单里没有填的一条任务）不写进文档。

`XX`、`××`、`20××年`、`×月×日`、`____`、`某某`、`“”`、`《》` 等是照抄来的记号：整项只有它时当作没有填，并提醒一句；
写在句子里时，句子照原样写进文档，记号突出显示并列出来。从范文里丢了数字的“共有个村”“达到%以上”也会提醒。
"""
_TIMES = """\
## 时间的写法

照平常的说法写，文档里一字不改。读得出起止的，会核对是否在计划期间之内；读不出的（如春节前）照样写上，不核对。
`完成时限` 和 `时间` 里的月日按计划期间算是哪一年。
"""
_NOTES: dict[type[Element], str] = {
    OfficialDocument: "写在最外层的 `公文` 下面；计划的各项与 `公文` 并列，仍写在最外层。写了 `公文` 就用红头模板。",
    Section: "部分里各项按填写的先后写进文档。",
    Item: "`措施`、`对应` 用在存在问题和下一步里；`正文` 里也可以夹写 `分述`。",
    Points: "写在 `正文` 的列表里，代替一段文字。",
    ScheduleEntry: "责任单位、责任人、日期、完成时限等写在安排下面时，算作其中每项活动的。",
    UnitFile: "单独的一个文件：`planwriter new 单位 -o 单位.yaml` 给出空白的一份，"
    "`planwriter new 年度计划 --unit 单位.yaml` 凭它填写表单。",
    AttachmentTable: "也可以只写一个列表：第一行是表头，其余是各行；各行写成“键: 值”时，键就是表头。",
}

_SLIPS = """\
## 容易写错的地方

写错了不要紧：全部错误一次列出，每个都指明第几行第几列、怎么改。其余的说法见 [errors.md](errors.md)。
"""

_KINDS = """\
## 部分的种类

一份计划由若干部分组成，按写的顺序成为一级标题。最省事的办法是把部分的名称当作键，直接写在最外层；一种部分要写几个，
或者标题要另取时，写在 `章节` 下面，每个用 `类型` 说明是哪一种。两种办法不能混用。

一个部分可以只写一段文字，可以只写一个列表，也可以分项写（键见“每个部分”和各表）。
"""


def form_md() -> bytes:
    """docs/form.md."""
    missing = all_classes() - set(TITLES)
    assert not missing, f"classes without a heading: {missing}"
    classes = [piece for cls in TITLES for piece in _class(cls)]
    return page("# 表单", notice("模型"), _HEAD, _GAPS, _gaps(), _SLIPS, _slips(), _TIMES, *_times(),
                _KINDS, _kinds(), "## 各项", *classes)  # fmt: skip


def _gaps() -> str:
    rows = []
    for written, shown in ((sample, _organ(sample)) for sample in GAPS):
        rows.append((code(f"单位: {written}".rstrip()), shown))
    return table(("这样写", "标题里写成"), rows)


def _organ(written: str) -> str:
    reading = read_form(f"单位: {written}\n期间: 2027年\n".encode(), name="表单.yaml")
    title = getattr(reading.document, "composed_title", "")
    return str(title)


def _slips() -> str:
    return table(("写成了", "会说", "怎么改"), (row for lines in SLIPS for row in _told(lines)))


def _told(lines: str) -> Iterator[tuple[str, str, str]]:
    found = read_slip(lines)
    shown = "<br>".join(code(line) for line in lines.rstrip("\n").split("\n"))
    yield shown.replace("\t", "⇥").replace("　", "□"), found.message, found.hint or ""


def read_slip(lines: str) -> Diagnostic:
    """The first thing said about a form that is written wrongly."""
    try:
        return next(iter(read_form(lines.encode(), name="表单.yaml").diagnostics))
    except FormError as refused:
        return refused.diagnostics[0]


def _times() -> Iterator[str]:
    """What is understood of a period, of a deadline and of a schedule entry's time."""
    year = read_period("2027年")
    periods = (read_period(words) for words in PERIODS)
    yield table(("期间", "起止"), ((code(p.words), _span(p.start, p.end)) for p in periods))
    deadlines = ((words, read_deadline(words).resolve(year)) for words in DEADLINES)
    yield table(("完成时限", "在2027年的计划里"), ((code(words), _span(*span)) for words, span in deadlines))
    whens = ((words, read_when(words).resolve(year)) for words in WHENS)
    yield table(("安排的时间", "在2027年的计划里"), ((code(words), _span(*span)) for words, span in whens))


def _span(start: date | None, end: date | None) -> str:
    if end is None:
        return "不核对"
    if start is None:
        return f"{format_date(end)}以前"
    return format_date(start) if start == end else f"{format_date(start)}至{format_date(end)}"


def _kinds() -> str:
    rows = []
    for kind, name in KINDS.items():
        cls = SECTION_TYPES[kind]
        own = "、".join(code(key.label) for key in own_keys(cls)) or "—"
        listed = "或".join(code(label) for label in list_means(cls))
        rows.append((code(name), code(kind), code(text_means(cls) or ""), listed, own))
    return table(("类型", "英文名", "一段文字就是", "一个列表就是", "另有的键"), rows)


def _class(cls: type[Element]) -> Iterator[str]:
    kind_of_section = issubclass(cls, Section) and cls is not Section
    listed = own_keys(cls) if kind_of_section else [key for key in keys(cls) if key.name != "plan"]
    if not listed:
        return
    yield f"### {TITLES[cls]}"
    yield "".join(_notes(cls, kind_of_section))
    yield table(("键", "英文名", "说明", "例", "条款"), (_row(key) for key in listed))


def _notes(cls: type[Element], kind_of_section: bool) -> Iterator[str]:
    if kind_of_section:
        yield "“每个部分”的键以外，还有："
    elif (shorthand := text_means(cls)) is not None and cls is not Section:
        written = "文字或列表" if takes_list(cls) else "文字"
        yield f"只写{written}时，就是 {code(shorthand)}。"
    yield _NOTES.get(cls, "")


def _row(key: Key) -> tuple[str, str, str, str, str]:
    words = [key.description]
    words += [f"可写：{'、'.join(key.choices)}。"] if key.choices else []
    words += [f"见“{TITLES[key.holds]}”。"] if key.holds else []
    words += [f"也可写成 {'、'.join(code(other) for other in key.also)}。"] if key.also else []
    words += ["必填。"] if key.required else []
    return code(key.label), code(key.name), "".join(words), key.example, key.clause
