"""docs/template.md: how to write a template of one's own, from the contract of the context and the sandbox."""

from __future__ import annotations

from collections.abc import Iterator

from docs.generating.markdown import code, listed, notice, page, table
from docs.generating.template_samples import EXAMPLE, TAGS

from planwriter.standard import ROLES, RoleKind
from planwriter.standard.catalogue import describe
from planwriter.template.confinement import CPU_LIMIT, MEMORY_LIMIT, WALL_LIMIT
from planwriter.template.contract import CONTEXT_SHAPE
from planwriter.template.sandbox import FORBIDDEN, FORBIDDEN_FILTERS, UNTRUSTED_FORBIDDEN
from planwriter.template.shape import MAX_DEPTH, Listing, Record, Shape, Trusted
from planwriter.template.values import FIELD_LIMIT, RECORD_LIMIT
from planwriter.word.audit import MAX_MARKS, MAX_PARAGRAPHS, MAX_ROWS
from planwriter.word.container import MAX_PACKAGE, MAX_PART, MAX_TOTAL

_HEAD = """\
模板是普通的 Word 文档（.docx），在要填写的地方写上标签，用 Word 或 WPS 就能做。最省事的办法是从内置模板改起：

```sh
planwriter template export plan -o 我的模板.docx
```

在 Word 里改好，检查一遍，再用它生成文档：

```sh
planwriter template check 我的模板.docx
planwriter write 计划.yaml -o 计划.docx --template 我的模板.docx
```

模板只管摆放：层次序数、日期、顿号分号、标题分行都已经排好，模板里不用算。标签的写法就是
[docxtpl](https://docxtpl.readthedocs.io/) 的写法，为 docxtpl 做的模板可以直接拿来用。"""

_TAGS = """\
一个标签要写在同一段里，括号和百分号用半角的，中间不要夹着批注、修订、书签和域。单独占一段（一行、一格）的标签，
填写以后连同那一段（行、格）一起消失。"""

_NAMES = """\
## 能用的名字

没有内容的项是空文字或空列表，可以放心写 `{%p if 题注 %}`。名字写错时不会留空了事，而是拒绝，并提示最接近的名字。
从 Python 用 `planwriter.fill(模板, 数据)` 填写时，名字由数据决定，下面的表不起作用。"""

_STYLES = """\
## 样式

内置模板里每种段落有自己的样式，改样式就能改全文的样子；`{{p … }}` 放进来的段落和表格也用这些样式，自己的模板里缺了
哪一个样式，Word 就按正文显示。从内置模板改起可以保证样式齐全。"""

_FORBIDDEN = """\
## 不许做的事

模板在 Jinja 的沙箱里填写。下面这些任何模板都不许用，其余 docxtpl 的写法（RichText、InlineImage、子文档、宏、
过滤器、运算）都可以用："""

_VALUES = f"""\
放进文档的文字会自动转义，`<5%`、`A&B` 照原样印出。一项文字最多{FIELD_LIMIT}个字，全部文字最多{RECORD_LIMIT}个字；
控制字符、`None`、真假值、日期对象不会印出，会指出是哪个标签。模板文件不能带宏、ActiveX、OLE 对象、外部链接的图片和
会读取别的文件的域，本身不超过 {MAX_PACKAGE >> 20} MB，解压后不超过 {MAX_TOTAL >> 20} MB，
单个部件不超过 {MAX_PART >> 20} MB，内部标记（尖括号和等号）不超过 {MAX_MARKS // 10_000} 万个。数据里的列表要有次序，
不能用集合（set）；一层套一层不超过 {MAX_DEPTH} 层。"""

_UNTRUSTED = f"""\
## 来历不明的模板

加上 `--untrusted-template`，模板就在一个单独的进程里检查和填写，内存不超过 {MEMORY_LIMIT >> 20} MB，运算不超过
{CPU_LIMIT} 秒，全程不超过 {WALL_LIMIT} 秒；模板不超过 {MAX_PARAGRAPHS} 段、{MAX_ROWS} 行表格。
除上面各条以外，还不许："""


def template_md() -> bytes:
    """docs/template.md."""
    return page(
        "# 模板", notice("模板的约定"), _HEAD, "## 五行的例子", _example(), "## 标签", _TAGS,
        table(("标签", "用处"), ((code(tag), words) for tag, words in TAGS)),
        _NAMES, *_records(CONTEXT_SHAPE), _STYLES, _styles(), _FORBIDDEN, listed(FORBIDDEN),
        table(("过滤器", "为什么不许用"), ((code(name), why) for name, why in FORBIDDEN_FILTERS.items())),
        _VALUES, _UNTRUSTED, listed(UNTRUSTED_FORBIDDEN),
    )  # fmt: skip


def _example() -> str:
    lines = "\n".join(EXAMPLE)
    return f"""\
在 Word 里写下五段：

```text
{lines}
```

每条任务得到一段；`{{%p` 开头的两段填写以后消失。"""


def _records(whole: Record) -> Iterator[str]:
    """The table of the names at the top, then one for each kind of record, each kind once."""
    yield table(("名字", "是什么", "说明"), _fields(whole))
    shown: set[int] = set()
    for _, record in _inner(whole, ""):
        if id(record) not in shown:
            shown.add(id(record))
            same = [other for other, one in _inner(whole, "") if one is record]
            yield f"{'、'.join(code(one) for one in same)}："
            yield table(("名字", "是什么", "说明"), _fields(record))


def _fields(record: Record) -> Iterator[tuple[str, str, str]]:
    for name, (shape, words) in record.fields.items():
        yield code(name), _kind(shape), words


def _kind(shape: Shape) -> str:
    if isinstance(shape, Listing):
        return "列表" if isinstance(shape.item, Record) else "列表（文字）"
    return {Record: "一组名字", Trusted: "排好的段落"}.get(type(shape), "文字")


def _inner(record: Record, path: str) -> Iterator[tuple[str, Record]]:
    """Every record inside, by its path: ``附件[…].正文[…]`` for the elements of lists in lists."""
    for name, (shape, _) in record.fields.items():
        here = f"{path}.{name}" if path else name
        if isinstance(shape, Listing):
            here, shape = f"{here}[…]", shape.item
        if isinstance(shape, Record):
            yield here, shape
            yield from _inner(shape, here)


def _styles() -> str:
    kinds = {RoleKind.PARAGRAPH: "段落", RoleKind.CHARACTER: "字符", RoleKind.TABLE: "表格"}
    rows = ((role.name, code(role.style_id), kinds[role.kind], describe(role), role.clause) for role in ROLES)
    return table(("样式", "代号", "种类", "样子", "条款"), rows)
