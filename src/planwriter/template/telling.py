"""What is said when a part cannot be filled: every value that is refused, then the fault that stopped it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING

from jinja2 import Template, TemplateRuntimeError, UndefinedError
from jinja2.exceptions import SecurityError

from planwriter.diagnostic import Diagnostic, Place
from planwriter.expression import expression
from planwriter.template import values
from planwriter.template.sandbox import TagEnvironment

if TYPE_CHECKING:  # parts that cannot be filled come here to have it told
    from planwriter.template.fill import PartTemplate

_PAIR = expression("[\ud800-\udbff][\udc00-\udfff]")


def told_of(part: PartTemplate, context: Mapping[str, object], fault: Exception) -> list[Diagnostic]:
    """All that is wrong with a context that stopped a part with this fault."""
    line = _fault_line(part.template, fault.__traceback__)
    return list(unprintable(part, context)) or [_diagnostic(part, line, fault)]


def texts_of(value: object, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """(path in Chinese keys, text) of every text in a context, such as ``正文[3].文`` (from 1), markup among them."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping) and depth <= values.MAX_DEPTH:
        for key, inner in value.items():
            yield from texts_of(inner, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(value, (list, tuple)) and depth <= values.MAX_DEPTH:
        for number, inner in enumerate(value, start=1):
            yield from texts_of(inner, f"{path}[{number}]", depth + 1)
    elif hasattr(value, "__html__") and not values.has_own_parts(value):
        yield path, str(value.__html__())


def illegal_texts(context: Mapping[str, object], pattern: re.Pattern[str] = values.ILLEGAL) -> Iterator[Diagnostic]:
    """Every text that its place in the document cannot hold, with its path and the character."""
    where = "文档" if pattern is values.ILLEGAL else "文件属性或图片说明"
    for path, text in texts_of(context):
        if found := pattern.search(_PAIR.sub("  ", text)):
            yield Diagnostic(
                "template-illegal-character",
                f"“{path}”里有不能写进{where}的字符 U+{ord(found[0]):04X}",
                place=Place(field=path, character=found.start() + 1),
                found=f"U+{ord(found[0]):04X}",
                hint="删去这个字符。",
            )


def unprintable(part: PartTemplate, context: Mapping[str, object]) -> Iterator[Diagnostic]:
    """All refused values of a part, then the fault that stops it; pictures count as printable."""
    refused, stop = _collected(part, context)
    yield from dict.fromkeys(refused)
    if stop is None:
        return
    line, reason = stop
    named: list[Diagnostic] = []
    if isinstance(reason, UndefinedError):
        from planwriter.template.names import check_names
        from planwriter.template.shape import Record, shape_of

        shape = shape_of(context)
        named = check_names(part.source, part.tree, shape) if isinstance(shape, Record) else []
    yield from named or [_diagnostic(part, line, reason)]


def _diagnostic(part: PartTemplate, line: int, fault: Exception) -> Diagnostic:
    code, words, hint = _verdict(fault)
    tag = part.source.tag_at(line)
    if tag is None:
        return Diagnostic(code, words, place=Place(file=part.file, part=part.name), hint=hint)
    return tag.diagnostic(code, words, hint)


def _verdict(fault: Exception) -> tuple[str, str, str | None]:
    from planwriter.template.tags import clip

    if isinstance(fault, values.Refused):
        return fault.code, fault.reason, fault.hint
    if isinstance(fault, UndefinedError):
        return "template-unknown-name", f"没有这个名字（{fault.message}）", "检查名字，或在表单里补上这一项。"
    if isinstance(fault, SecurityError):
        return "template-forbidden", f"模板想做不允许的事（{clip(str(fault), 80)}）", "模板只能取数据，不能接触程序。"
    told = str(fault) if isinstance(fault, TemplateRuntimeError) else f"{type(fault).__name__}：{fault}"
    hint = "检查标签里的名字、运算和过滤器：它们要的是文字、数字还是列表。"
    return "template-tag-failed", f"填写时出错（{clip(told, 80)}）", hint


def _fault_line(template: Template, trace: TracebackType | None) -> int:
    """The line of the source in which the last frame of the template stopped."""
    line = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line


def _collected(
    part: PartTemplate, context: Mapping[str, object]
) -> tuple[list[Diagnostic], tuple[int, Exception] | None]:
    """Render once more, noting refused values instead of stopping at them."""
    refused: list[Diagnostic] = []
    template: Template

    def noting(rule: Callable[..., object]) -> Callable[..., object]:
        def noted(*given: object) -> object:
            try:
                return rule(*given)
            except values.Refused as fault:
                refused.append(_diagnostic(part, _calling_line(template), fault))
            except values.NeedsRelationships:
                pass
            return ""

        return noted

    environment = TagEnvironment(noting(values.printed), part.prefixes)
    environment.filters |= {n: noting(environment.filters[n]) for n in ("_placed", "_span", "_fill")}
    template = part.compiled_in(environment)
    try:
        for _ in template.root_render_func(template.new_context(dict(context))):
            pass
    except Exception as fault:
        return refused, (_fault_line(template, fault.__traceback__), fault)
    return refused, None


def _calling_line(template: Template) -> int:
    frame = sys._getframe(2)
    while frame.f_code.co_filename != "<template>" and frame.f_back is not None:
        frame = frame.f_back
    return template.get_corresponding_lineno(frame.f_lineno)
