"""Fill one compiled part with a context; when it fails, say everything that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import islice
from types import CodeType
from typing import TYPE_CHECKING, NamedTuple

from planwriter.diagnostic import Diagnostic, Place, TemplateError
from planwriter.template import values
from planwriter.template.output import DECLARATION, Finish, Unsound, check_kept, finished, with_own_numbers
from planwriter.template.skeleton import Skeleton, markup_in
from planwriter.template.straight import Straight
from planwriter.word.markup import fault_of

if TYPE_CHECKING:  # a kept template whose parts are straight-line code is filled without Jinja
    from jinja2 import Template, nodes

    from planwriter.template.sandbox import TagEnvironment
    from planwriter.template.source import Source

_PIECES = 100_000
"""Pieces that are taken before their length is looked at; a usual part has fewer."""
Told = Callable[[], tuple["Source", "nodes.Template"]]


class PartTemplate(NamedTuple):
    """A part of the package with its tags compiled; shared by any number of fills and threads."""

    name: str
    file: str
    code: CodeType
    jinja: Callable[[], Template]
    """Gives the tags under the rules of the sandbox, made when first asked for."""
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
    def template(self) -> Template:
        """The tags under the rules of the sandbox."""
        return self.jinja()

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
        from jinja2 import Template

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
            from planwriter.template.telling import told_of

            raise TemplateError(told_of(self, context, fault)) from None
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
            from planwriter.template.telling import illegal_texts

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
    from jinja2 import TemplateSyntaxError
    from jinja2.meta import find_undeclared_variables

    from planwriter.template.lowering import lowered
    from planwriter.template.mistakes import uncompilable
    from planwriter.template.sandbox import TagEnvironment

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

    @cache
    def jinja() -> Template:
        from jinja2 import Template

        from planwriter.template.sandbox import TagEnvironment

        return Template.from_code(TagEnvironment(prefixes=prefixes), code, {})

    skeleton = Skeleton(markup_in(code))
    straight = Straight(line, prefixes) if line is not None and skeleton.asks_for_nothing else None
    return PartTemplate(name, file, code, jinja, finish, prefixes, names, skeleton, straight, told)


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
