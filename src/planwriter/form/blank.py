"""Blank forms as YAML and as JSON: what is offered, with the model's own sentences beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from planwriter.form.offered import Offer, offers, offers_of
from planwriter.form.prefilled import prefilled
from planwriter.form.writing import scalar, write_json
from planwriter.model.unit_file import UnitFile

_HEAD = """\
# 空白表单：{kind}。在冒号后面填写，冒号用英文的，后面空一格；不用的行可以删去。
# 一项写几个值时，每个值另起一行，前面写“- ”。文字以英文引号、@、% 开头时，给整段加上英文引号。
# 填好以后运行：planwriter write 本文件 -o 文件名.docx
"""
_UNIT_HEAD = """\
# 单位文件：单位的名称和每份表单都要用到的内容只在这里写一次。在冒号后面填写，不用的行可以删去。
# 填好以后运行：planwriter new 年度计划 --unit 本文件 -o 表单.yaml
"""


def blank_form(kind: str | None = None, *, full: bool = False) -> str:
    """A blank YAML form for a kind; ``full`` names every key. Raises UsageError for an unknown kind."""
    return yaml_form(prefilled(kind, full=full), full=full)


def yaml_form(content: Mapping[str, Any], *, full: bool = False) -> str:
    """The content of a blank form (see ``prefilled``) as YAML, commented in Chinese."""
    head = _HEAD.format(kind=content.get("文种", "工作计划"))
    return head + "\n" + "".join(f"{line}\n" for line in _spaced(offers(content, full=full)))


def json_form(content: Mapping[str, Any], *, full: bool = False) -> bytes:
    """The same as JSON (UTF-8), every offered key with an empty text where nothing is known."""
    return write_json(_plain(offers(content, full=full)))


def blank_unit() -> str:
    """A blank unit file (YAML), commented in Chinese."""
    return _UNIT_HEAD + "\n" + "".join(f"{line}\n" for line in _lines(offers_of(UnitFile, full=True), 0))


def _spaced(top: Iterable[Offer]) -> Iterator[str]:
    """A blank line around what stands at the top with a sheet of its own: the paper and the sections."""
    open_ = begun = False
    for one in top:
        part = bool(one.elements) and not one.sentence
        if (part and begun) or open_:
            yield ""
        begun = True
        yield from _lines((one,), 0)
        open_ = part


def _lines(offered: Iterable[Offer], depth: int) -> Iterator[str]:
    pad = "  " * depth
    for one in offered:
        if one.elements:
            yield f"{pad}{one.label}:" + (f"  # {one.sentence}" if one.sentence else "")
            for element in one.elements:
                yield from _element(element, depth, one.listed)
        elif one.value is None:
            yield f"{pad}{one.label}:  # {one.sentence}例：{one.example}"
        else:
            yield from _filled(one, pad)


def _element(offered: tuple[Offer, ...], depth: int, listed: bool) -> Iterator[str]:
    below = list(_lines(offered, depth + (2 if listed else 1)))
    if listed and below:
        below[0] = f"{'  ' * depth}  - {below[0].lstrip()}"
    yield from below


def _filled(one: Offer, pad: str) -> Iterator[str]:
    said = f"  # {one.sentence}" if one.sentence else ""
    if isinstance(one.value, str):
        yield f"{pad}{one.label}: {scalar(one.value)}{said}"
        return
    yield f"{pad}{one.label}:{said}"
    if isinstance(one.value, Mapping):
        yield from (f"{pad}  {scalar(key)}: {scalar(value)}" for key, value in one.value.items())
    else:
        yield from (f"{pad}  - {scalar(value)}" for value in one.value)


def _plain(offered: Iterable[Offer]) -> dict[str, Any]:
    return {one.label: _value(one) for one in offered}


def _value(one: Offer) -> Any:
    if one.elements:
        below = [_plain(element) for element in one.elements]
        return below if one.listed else below[0]
    if one.value is None:
        return [] if one.listed else ""
    return one.value
