"""docs/errors.md: every diagnostic code, what it says and which module says it."""

from __future__ import annotations

from collections.abc import Iterator

from docs.generating.diagnostics import Spoken, all_spoken
from docs.generating.markdown import code, notice, page, table

_ROOMS = {
    "form": (
        "表单",
        "表单读不下去，或者哪一项填得不对。退出状态 1；"
        "`form-no-form`、`form-no-paper`、`form-unknown-blank`、`form-bad-period`、"
        "`form-unit-is-yaml`、`form-roster-is-excel` 是用法不对，退出状态 2。",
    ),
    "calendar": (
        "月度安排的草稿",
        "`new --months` 的领域、期间、程序库，退出状态 2；放假安排文件有错误时退出状态 1；说明不影响表单。",
    ),
    "plan": ("计划的内容", "单看一项没有错，前后对照才看得出的问题；不影响成文的只是提醒。"),
    "paper": ("公文要素", "公文要素之间对不上，或者这一版还不支持；多数只是提醒。"),
    "template": (
        "模板",
        "模板里的标签、放进模板的内容。退出状态 3；`template-unknown-builtin` 是用法不对，退出状态 2。",
    ),
    "picture": ("图片", "放进模板的图片。退出状态 3。"),
    "package": ("Word 文件", "读入的 .docx 不是合格、安全的 Word 文档。模板退出状态 3，别的文档 5。"),
    "show": ("查看文档", "`planwriter show` 读不出来的文档。退出状态 5。"),
    "profile": (
        "单位的版式",
        "`--profile-file` 的文件填得不对，退出状态 1；`profile-choose-one` 是用法不对，退出状态 2；"
        "`profile-departure` 只是说明，逐项列出与标准不同的地方。",
    ),
    "pages": (
        "页面",
        "把文档排成页面、检查和调整页面时说的话。用了 `--pdf`、`--png` 而得不到页面，退出状态 5；其余只是说明或提醒。",
    ),
    "batch": (
        "批量",
        "`planwriter batch` 里一份一份的问题，只影响那一份，整批的退出状态是 4；"
        "来源、文件名的写法和清单不对，退出状态 2；共用表单不对，退出状态 1；写不下去而停下的，退出状态 5。",
    ),
    "file": ("读写文件", "文件读不了或写不了，退出状态 5；输出文件已经存在，或者给的不是文件名，退出状态 2。"),
    "output": ("输出的文件名", "在动手之前就看出输出写得不对，加了 `--force` 也一样。退出状态 2。"),
    "standard": ("版式", "`--profile` 写得不对。退出状态 2。"),
    "cli": ("命令", "命令写得不对。退出状态 2。"),
    "unexpected": ("程序的意外", "程序自己出了错。退出状态 70。"),
}
_HEAD = """\
每个问题都有一个代码，印在说明末尾的方括号里，`--json` 的输出里是 `code`。一次列出全部问题，每个都说明在哪里、
写的是什么、应当怎样、怎么改。“…”是随情况填进去的内容；说法前面有时还会写上是哪一项。
轻重分三种：错误（不生成文档）、提醒（生成，请核对）、说明。"""


def errors_md() -> bytes:
    """docs/errors.md, from the source."""
    spoken = all_spoken()
    missing = {_room(one) for one in spoken} - set(_ROOMS)
    assert not missing, f"rooms of codes without a heading: {sorted(missing)}"
    return page("# 问题代码", notice("源代码"), _HEAD, *(piece for room in _ROOMS for piece in _pieces(room, spoken)))


def _room(one: Spoken) -> str:
    """``plan-part-…`` is about the part of a Word file that carries the form."""
    return "package" if one.code.startswith("plan-part-") else one.code.split("-")[0]


def _pieces(room: str, spoken: list[Spoken]) -> Iterator[str]:
    title, words = _ROOMS[room]
    rows: dict[str, list[Spoken]] = {}
    for one in spoken:
        if _room(one) == room:
            rows.setdefault(one.code, []).append(one)
    if rows:
        yield f"## {title}"
        yield words
        yield table(("代码", "说法", "在哪里"), (_row(*row) for row in rows.items()))


def _row(name: str, spoken: list[Spoken]) -> tuple[str, str, str]:
    sentences = dict.fromkeys(one.sentence for one in spoken)
    modules = dict.fromkeys(code(one.module) for one in spoken)
    return code(name), "<br>".join(sentences), "、".join(modules)
