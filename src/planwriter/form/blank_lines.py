"""Blank forms as TOML and as CSV: one line for each thing to be filled in, the model's sentence beside it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from planwriter.form.csv_form import HEADER
from planwriter.form.csv_table import guarded
from planwriter.form.offered import Offer, offers

_TOML_HEAD = """\
# 空白表单：{kind}。在等号后面的英文双引号里填写；不用的行可以删去。换行写成 \\n，引号写成 \\"。
# 一项写几个值时写成 ["甲", "乙"]；[[ ]] 开头的一块可以整块复制，写几块就是几条。
# 填好以后运行：planwriter write 本文件 -o 文件名.docx
"""
_EXPLAINED = "说明"


def toml_form(content: Mapping[str, Any], *, full: bool = False) -> bytes:
    """The content of a blank form (see ``prefilled``) as TOML (UTF-8), commented in Chinese."""
    lines = _toml(offers(content, full=full), ())
    head = _TOML_HEAD.format(kind=content.get("文种", "工作计划"))
    return "".join(f"{line}\n" for line in (*head.splitlines(), "", *lines)).encode("utf-8")


def csv_form(content: Mapping[str, Any], *, full: bool = False) -> bytes:
    """The content of a blank form as CSV that spreadsheets open (UTF-8 with BOM): path, value, sentence in each row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*HEADER, _EXPLAINED))
    writer.writerows(map(guarded, row) for row in _rows(offers(content, full=full), ""))
    return out.getvalue().encode("utf-8-sig")


def _explained(one: Offer) -> str:
    return f"{one.sentence}例：{one.example}" if one.sentence and one.value is None else one.sentence


def _rows(offered: Iterable[Offer], path: str) -> Iterator[tuple[str, str, str]]:
    for one in offered:
        here = f"{path}.{one.label}" if path else one.label
        if one.elements:
            for number, element in enumerate(one.elements, 1):
                yield from _rows(element, f"{here}[{number}]" if one.listed else here)
        elif isinstance(one.value, Mapping):
            yield from ((f"{here}.{key}", text, one.sentence) for key, text in one.value.items())
        else:
            values = one.value if isinstance(one.value, list | tuple) else [one.value or ""]
            yield from ((here, text, _explained(one)) for text in values)


def _toml(offered: Iterable[Offer], path: tuple[str, ...]) -> Iterator[str]:
    """Texts first, then what has a head of its own: TOML would take what follows a head for its own."""
    listed = list(offered)
    for one in listed:
        if not one.elements:
            said = _explained(one)
            yield f"{_text(one.label)} = {_value(one)}" + (f"  # {said}" if said else "")
    for one in listed:
        head = ".".join(map(_text, (*path, one.label)))
        for number, element in enumerate(one.elements):
            yield ""
            said = f"  # {one.sentence}" if one.sentence and number == 0 else ""
            yield (f"[[{head}]]" if one.listed else f"[{head}]") + said
            yield from _toml(element, (*path, one.label))


def _value(one: Offer) -> str:
    if isinstance(one.value, Mapping):
        return "{" + ", ".join(f"{_text(key)} = {_text(text)}" for key, text in one.value.items()) + "}"
    if isinstance(one.value, list | tuple) or (one.listed and one.value is None):
        return "[" + ", ".join(map(_text, one.value or ())) + "]"
    return _text(one.value or "")


def _text(text: str) -> str:
    """A text in double quotes; what JSON escapes, TOML reads, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
