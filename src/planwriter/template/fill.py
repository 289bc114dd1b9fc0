"""Fill one compiled part with a context; when it fails, say everything that is wrong."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from types import CodeType, TracebackType
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Template, TemplateRuntimeError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError

from planwriter.diagnostic import Diagnostic, Place, TemplateError
from planwriter.expression import expression
from planwriter.template import values
from planwriter.template.output import DECLARATION, Finish, Unsound, check_kept, finished, with_own_numbers
from planwriter.template.sandbox import TagEnvironment
from planwriter.template.skeleton import Skeleton, markup_in
from planwriter.template.straight import Straight
from planwriter.word.markup import fault_of

if TYPE_CHECKING:  # only for what is said of mistakes
    from planwriter.template.source import Source

_PIECES = 100_000
"""Pieces that are taken before their length is looked at; a usual part has fewer."""
Told = Callable[[], tuple["Source", nodes.Template]]
_PAIR = expression("[\ud800-\udbff][\udc00-\udfff]")


class PartTemplate(NamedTuple):
    """A part of the package with its tags compiled; shared by any number of fills and threads."""

    name: str
    file: str
    code: CodeType
    template: Template
    finish: Finish
    prefixes: frozenset[str]
    """Namespace prefixes that markup put into the part may use."""
    names: frozenset[str]
    """The top-level names of the context that its tags take."""
    skeleton: Skeleton
    straight: Straight | None
    """The same tags as straight-line code, for contexts of plain texts."""
    told: Told
    """Gives source and tree, which only mistakes and checks need."""

    @property
    def source(self) -> Source:
        """The Jinja source with the way back to the author's tags."""
        return self.told()[0]

    @property
    def tree(self) -> nodes.Template:
        """The source parsed."""
        return self.told()[1]

    def compiled_in(self, environment: TagEnvironment) -> Template:
        """The same tags under another environment, without compiling them again."""
        return Template.from_code(environment, self.code, {})

    def rendered(self, context: Mapping[str, object]) -> str:
        """The part's XML with the tags replaced; lets every fault through as it is."""
        return "".join(self._pieces(context))

    def _pieces(self, context: Mapping[str, object]) -> list[str]:
        template = self.template
        made = iter(template.root_render_func(template.new_context(dict(context))))
        pieces = [*islice(made, _PIECES)]
        if len(pieces) == _PIECES:
            characters = sum(map(len, pieces))
            while batch := [*islice(made, _PIECES)]:
                characters += sum(map(len, batch))
                self._check_size(characters)
                pieces += batch
        return pieces

    def _check_size(self, characters: int) -> None:
        if characters > values.RESULT_LIMIT:
            message = f"填出来的内容至少有 {characters} 个字符，超过 {values.RESULT_LIMIT}，别的程序会打不开"
            hint = "检查模板里一层套一层的循环。"
            raise TemplateError(Diagnostic("template-result-too-large", message, place=Place(self.file), hint=hint))

    def filled(self, context: Mapping[str, object]) -> bytes:
        """The finished part; raises :class:`TemplateError` with all that is wrong."""
        if self.straight is not None and (content := self._filled_straight(self.straight, context)) is not None:
            return content
        try:
            pieces = self._pieces(context)
        except (values.NeedsRelationships, TemplateError):
            raise
        except Exception as fault:
            line = _fault_line(self.template, fault.__traceback__)
            raise TemplateError(list(unprintable(self, context)) or [_diagnostic(self, line, fault)]) from None
        skeleton = self.skeleton.of(pieces)
        if (content := self._printed(pieces, skeleton)) is not None:
            return content
        return self.finished("".join(pieces), context, lambda: fault_of(skeleton) is None)

    def _filled_straight(self, straight: Straight, context: Mapping[str, object]) -> bytes | None:
        found = straight.filled(context, DECLARATION)
        if found is None:
            return None
        content, numbered = found
        if numbered and self.finish.numbered:
            content = with_own_numbers(content.decode(), self.finish).encode()
        return content if self._kept(content) else None

    def _kept(self, content: bytes) -> bool:
        """Whether the template's own text is there; where it is not, that is told with what the context does to it."""
        try:
            check_kept(content, self.finish.static_texts)
        except Unsound:
            return False
        return True

    def _printed(self, pieces: Sequence[str], skeleton: bytes) -> bytes | None:
        """The part where nothing is left to do but to parse it strictly; None where there may be."""
        finish = self.finish
        if finish.hollow or not finish.story or len(skeleton) > values.RECORD_LIMIT:
            return None
        if not (self.skeleton.quiet(pieces, skeleton) and fault_of(skeleton) is None):
            return None
        content = self.skeleton.encoded(DECLARATION, pieces)
        return content if len(content) <= values.RESULT_LIMIT and self._kept(content) else None

    def finished(self, xml: str, context: Mapping[str, object], sound: Callable[[], bool] = bool) -> bytes:
        """Rendered XML made sound and encoded; raises :class:`TemplateError`."""
        self._check_size(len(xml))
        if len(xml) > values.RECORD_LIMIT:
            _check_record_size(self.file, context)
        try:
            return finished(xml, self.finish, sound)
        except Unsound as fault:
            found = (
                list(illegal_texts(context))
                or list(illegal_texts(context, values.BREAKS))
                or [
                    Diagnostic(
                        "template-unsound-result",
                        str(fault),
                        place=Place(file=self.file, part=self.name),
                        hint="检查放进模板的带格式内容是不是完整的段落、表格或文字。",
                    )
                ]
            )
            raise TemplateError(found) from None

    def _breaks_outside_text(self, xml: str) -> bool:
        return values.BREAK_IN_ATTRIBUTE.search(xml) is not None or not self.finish.story


def compile_part(
    name: str, file: str, source: Source, tree: nodes.Template, finish: Finish, *, untrusted: bool = False
) -> PartTemplate:
    """Compile the tags of a part; its syntax has been checked. What an untrusted one gives is always parsed."""
    from jinja2.meta import find_undeclared_variables

    from planwriter.template.lowering import lowered
    from planwriter.template.mistakes import uncompilable

    try:
        code = TagEnvironment(prefixes=source.prefixes).compile(source.text)
    except (SyntaxError, TemplateSyntaxError) as fault:
        raise TemplateError(uncompilable(source, fault)) from None
    names = frozenset(find_undeclared_variables(tree))
    line = None if untrusted or finish.hollow or finish.spans else lowered(tree)
    return part_of(name, file, code, finish, source.prefixes, names, line, lambda: (source, tree))


def part_of(
    name: str, file: str, code: CodeType, finish: Finish, prefixes: frozenset[str], names: frozenset[str],
    line: CodeType | None, told: Told,
) -> PartTemplate:  # fmt: skip
    """A part of compiled tags; ``line`` is their straight-line code, where they have any."""
    template = Template.from_code(TagEnvironment(prefixes=prefixes), code, {})
    skeleton = Skeleton(markup_in(code))
    straight = Straight(line, prefixes) if line is not None and skeleton.asks_for_nothing else None
    return PartTemplate(name, file, code, template, finish, prefixes, names, skeleton, straight, told)


def _check_record_size(file: str, context: Mapping[str, object]) -> None:
    total = _characters(context)
    if total > values.RECORD_LIMIT:
        raise TemplateError(
            Diagnostic(
                "template-record-too-long",
                f"全部文字共 {total} 字，超过 {values.RECORD_LIMIT} 字",
                place=Place(file=file),
                hint="分成几份文件。",
            )
        )


def _characters(value: object, depth: int = 0) -> int:
    """The length of all texts; markup drawn here is none."""
    if isinstance(value, str):
        return 0 if type(value) is values.Finished else len(value)
    if depth > values.MAX_DEPTH:
        return 0
    if isinstance(value, Mapping):
        value = [*value.values()]
    return sum([_characters(one, depth + 1) for one in value]) if isinstance(value, (list, tuple)) else 0


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
