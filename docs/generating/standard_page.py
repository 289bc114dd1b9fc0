"""docs/standard.md: the clause matrix, from the standard's data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docs.generating.markdown import code, notice, page, table

from planwriter.standard.matrix import PRACTICE, STANDARD, Line

_HEAD = """\
GB/T 9704-2012《党政机关公文格式》逐条列出：规定了什么、约束多强、由哪个模块和哪种样式写出、由哪项测试在排好的页面上
量过；程序查不了的写明原因。规定用自己的话写，原文以国家标准为准。约束分必（必须）、一般、推荐、可、惯例（标准没有写，
办公中这样做）；数值的约束与整项不同的，写在数值后面。

测试的名称从 `tests/` 算起。名称里有 `rendered` 的，把文档交给 LibreOffice 排成 PDF，用测试自己的程序量字、线、图的
位置；字体用字面一样宽的自由字体代替。模块和函数的名称从 `planwriter` 算起。"""
_CHAPTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("范围、单位、纸张、版面、印制（1～6）", ("1", "2", "3", "4", "5", "6")),
    ("版头（7.1、7.2）", ("7.1", "7.2")),
    ("主体（7.3）", ("7.3",)),
    ("版记、页码、表格、用法（7.4～9）", ("7.4", "7.5", "8", "9", "GB/T 33476.2")),
    ("特定格式和式样（10、11）", ("10", "11")),
)
_COLUMNS = ("条款", "要素", "规定", "数值", "约束", "由谁写出", "由谁验证")


def standard_md() -> bytes:
    """docs/standard.md."""
    return page(
        "# 标准逐条对照", notice("标准的数据"), _HEAD, _counted(),
        *(piece for title, clauses in _CHAPTERS for piece in _chapter(title, _under(clauses))),
        *_chapter("让文字处理软件照标准排", PRACTICE),
    )  # fmt: skip


def _counted() -> str:
    lines = (*STANDARD, *PRACTICE)
    proven = sum(bool(one.verified_by) for one in lines)
    tests = {node for one in lines for node in one.verified_by}
    return f"共 {len(lines)} 项：{proven} 项由 {len(tests)} 个测试验证，{len(lines) - proven} 项查不了。"


def _under(clauses: Sequence[str]) -> list[Line]:
    return [one for one in STANDARD if any(one.clause == c or one.clause.startswith(f"{c}.") for c in clauses)]


def _chapter(title: str, lines: Iterable[Line]) -> tuple[str, str]:
    return f"## {title}", table(_COLUMNS, map(_row, lines))


def _row(one: Line) -> tuple[str, ...]:
    styles = [f"样式“{role.name}”" for role in one.styles]
    writers = [*map(code, one.written_by), *styles]
    proofs = [*map(code, one.verified_by), *_unchecked(one)]
    cells = (one.clause, one.element, one.says, _lines(one.figures), one.strength.value, _lines(writers))
    return (*cells, _lines(proofs))


def _unchecked(one: Line) -> list[str]:
    if not one.unchecked:
        return []
    return [one.unchecked] if one.verified_by else [f"**不能检查**：{one.unchecked}"]


def _lines(texts: Iterable[str]) -> str:
    return "<br>".join(texts)
