"""YAML forms: structure from YAML, every scalar as text with its place, every slip told at once."""

from __future__ import annotations

from typing import Any

import yaml

from planwriter.diagnostic import Diagnostic, FormError, Place
from planwriter.form.decoding import decode_text, plain_lines
from planwriter.form.slips import find_slips
from planwriter.placed import PlacedDict, PlacedList, PlacedText

MAX_DEPTH = 30
MAX_NODES = 100_000

_NULLS = frozenset({"~", "null"})
_NO_TAGS = frozenset({None, "!"})
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_yaml(data: bytes | str, name: str, known_keys: frozenset[str]) -> tuple[PlacedDict, list[Diagnostic]]:
    """The placed data of a YAML form and what was said about it (slips are errors, yet reading went on).

    Raises FormError where nothing can be read. ``known_keys`` are the keys of the model, by which a
    full-width colon after a key is told from one inside a sentence.
    """
    text, notices = (data, []) if isinstance(data, str) else decode_text(data, name)
    text, odd = plain_lines(text, name)
    slips, repaired = find_slips(text, name, known_keys)
    notices = [*notices, *odd]
    placing = _Placing(name)
    try:
        placed = placing.whole(repaired)
    except yaml.MarkedYAMLError as error:
        raise FormError([*notices, *slips, _syntax_error(error, text, name)]) from None
    if not isinstance(placed, PlacedDict):
        raise FormError([*notices, *slips, *placing.diagnostics, not_a_form(placed, name)])
    return placed, [*notices, *slips, *placing.diagnostics]


def _hostile(code: str, message: str, place: Place, hint: str) -> FormError:
    return FormError(Diagnostic(code, message, place=place, hint=hint))


_tuple = tuple.__new__
_NOWHERE_ELSE = (None,) * (len(Place._fields) - 3)


class _Placing:
    """Builds placed data straight from the events of the parser, so that nothing is built that a form must not hold.

    Aliases, anchors, tags, deep nesting and a second document are refused where they stand; doubled keys and keys
    that are no text are told on the way.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.diagnostics: list[Diagnostic] = []
        self.nodes = 0

    def whole(self, text: str) -> Any:
        """The only document of a text, ``None`` where it holds none."""
        loader = _LOADER(text)
        try:
            self.next: Any = loader.get_event
            self.next()
            if isinstance(self.next(), yaml.StreamEndEvent):
                return None
            made = self.value(self.next(), 1)
            self.next()
            if not isinstance(extra := self.next(), yaml.StreamEndEvent):
                raise yaml.composer.ComposerError(None, None, "expected a single document", extra.start_mark)
            return made
        finally:
            loader.dispose()

    def place(self, event: Any) -> Place:
        mark = event.start_mark  # made without the call that only fills in what is absent
        return _tuple(Place, (self.name, mark.line + 1, mark.column + 1, *_NOWHERE_ELSE))

    def value(self, event: Any, depth: int) -> Any:
        kind = type(event)
        if kind is yaml.AliasEvent:
            raise _hostile("form-alias", "表单里不能用“*名称”引用别处的内容", self.place(event),
                           "把内容写全；文字以 * 开头时，给整段加上英文引号")  # fmt: skip
        if event.anchor or event.tag not in _NO_TAGS:
            raise self.marked(event)
        self.nodes += 1
        if kind is yaml.ScalarEvent:
            value = event.value
            if value in _NULLS and not event.style:
                value = ""
            return PlacedText(value, self.place(event))
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise _hostile("form-too-deep", "层次太深或内容太多，不像一份表单", self.place(event), "检查缩进和括号")
        return self.mapping(event, depth) if kind is yaml.MappingStartEvent else self.sequence(event, depth)

    def marked(self, event: Any) -> FormError:
        if event.anchor:
            return _hostile("form-anchor", "表单里不能用“&名称”做记号", self.place(event),
                            "删去记号；文字以 & 开头时，给整段加上英文引号")  # fmt: skip
        return _hostile("form-tag", "表单里不能用“!”开头的类型标记", self.place(event),
                        "删去标记；文字以 ! 开头时，给整段加上英文引号")  # fmt: skip

    def sequence(self, event: Any, depth: int) -> PlacedList:
        made, following, ends = PlacedList(place=self.place(event)), self.next, yaml.SequenceEndEvent
        while type(one := following()) is not ends:
            made.append(self.value(one, depth + 1))
        return made

    def mapping(self, event: Any, depth: int) -> PlacedDict:
        made = PlacedDict(place=self.place(event))
        following, ends, places = self.next, yaml.MappingEndEvent, made.key_places
        while type(one := following()) is not ends:
            if plain := type(one) is yaml.ScalarEvent and not one.anchor and one.tag in _NO_TAGS:
                self.nodes += 1
            else:
                self.value(one, depth + 1)
            place = self.place(one)
            value = self.value(following(), depth + 1)
            if not plain:
                self.diagnostics.append(_bad_key(place))
            elif (said := one.value) in made:
                self.diagnostics.append(doubled_key(said, place, places[said]))
            else:
                made[said] = value
                places[said] = place
        return made


def _bad_key(place: Place) -> Diagnostic:
    return Diagnostic("form-bad-key", "键应当是一个词，不能是列表或键值", place=place,
                      hint="冒号前面只写键的名称；文字以括号开头时，给整段加上英文引号")  # fmt: skip


def doubled_key(key: str, place: Place, first: Place) -> Diagnostic:
    """A key that stands twice in one mapping, told at its second place."""
    message = f"“{key}”写了两次，前一次在第{first.line}行"
    return Diagnostic("form-duplicate-key", message, place=place, found=key, hint="删去一处，或把两处合成一处")


def not_a_form(found: Any, name: str, expected: str = "单位: …") -> Diagnostic:
    """A file that is empty, or whose outermost value is no mapping."""
    said = "是空的" if found in (None, "") else "不是“键: 值”的样子"
    return Diagnostic("form-empty", f"表单{said}", place=Place(name, 1, 1), expected=expected,
                      hint="用“planwriter new -o 表单.yaml”得到一份空白表单")  # fmt: skip


_PROBLEMS = {
    "mapping values are not allowed": (
        "form-colon-in-text", "这一行里多了一个“: ”，读不出哪一个是键", "给这段文字加上英文引号，或把“: ”改成“：”"),
    "could not find expected ':'": (
        "form-missing-colon", "这一行像是一个键，可是后面没有“: ”", "写成“键: 值”，冒号用英文的，后面空一格"),
    "expected <block end>": (
        "form-bad-indent", "缩进与前面不齐，或者这里多了内容", "同一层的键和“-”要上下对齐"),
    "did not find expected key": (
        "form-bad-indent", "缩进与前面不齐，或者引号后面多了文字", "同一层的键要上下对齐；引号要包住整段文字"),
    "did not find expected '-' indicator": (
        "form-bad-indent", "列表里的“-”没有对齐", "同一个列表的“-”要上下对齐"),
    "did not find expected ',' or ']'": (
        "form-open-bracket", "方括号没有配对", "补上“]”；文字以“[”开头时，给整段加上英文引号"),
    "did not find expected ',' or '}'": (
        "form-open-bracket", "花括号没有配对", "补上“}”；文字以“{”开头时，给整段加上英文引号"),
    "found unexpected end of stream": ("form-open-quote", "引号没有配对", "补上后一个引号"),
    "found unexpected document indicator": ("form-open-quote", "引号没有配对", "补上后一个引号"),
    "found character that cannot start any token": (
        "form-bad-start", "文字不能以这个符号开头", "给整段文字加上英文引号"),
    "did not find expected node content": (
        "form-bad-start", "这里少了文字，或者文字以标点开头", "补上文字，或给整段文字加上英文引号"),
    "mapping keys are not allowed": ("form-bad-start", "文字不能以“?”加空格开头", "给整段文字加上英文引号"),
    "did not find expected alphabetic or numeric character": (
        "form-bad-start", "文字不能以“*”或“&”开头", "给整段文字加上英文引号"),
    "did not find expected whitespace or line break": (
        "form-tag", "表单里不能用“!”开头的类型标记", "给整段文字加上英文引号"),
    "found unexpected ':'": ("form-colon-in-text", "冒号放错了地方", "括号里写成“键: 值, 键: 值”"),
    "found a tab character": ("form-tab", "缩进里用了制表符（Tab）", "把制表符换成空格"),
    "invalid Unicode character escape": (
        "form-illegal-character", "“\\u”后面写的不是一个能放进文档的字符", "直接键入这个字，或删去它"),
    "found unknown escape character": (
        "form-bad-escape", "双引号里的“\\”后面不是可用的写法", "改用单引号，或把“\\”写成“\\\\”"),
    "block sequence entries are not allowed": (
        "form-bad-indent", "这里不能直接写“- ”", "“- ”要另起一行，写在键的下面"),
    "did not find expected <document start>": (
        "form-missing-colon", "前面有不属于任何键的文字", "写成“键: 值”，冒号用英文的，后面空一格"),
    "expected a single document": (
        "form-many-documents", "一个文件只能有一份表单", "删去“---”，或分成几个文件"),
    "found undefined tag handle": ("form-tag", "表单里不能用“!”开头的类型标记", "给整段文字加上英文引号"),
    "could not find expected directive name": ("form-bad-start", "一行不能以“%”开头", "给整段文字加上英文引号"),
}  # fmt: skip


def _syntax_error(error: yaml.MarkedYAMLError, text: str, name: str) -> Diagnostic:
    problem = f"{error.problem or ''}; {error.context or ''}"
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and ("end of stream" in problem or "could not find expected ':'" in problem):
        mark = error.context_mark
    told = next((v for k, v in _PROBLEMS.items() if k in problem), None)
    code, message, hint = told or ("form-syntax", "这里读不下去了", "检查这一行和上一行的缩进、冒号、引号、括号")
    if mark is None:
        return Diagnostic(code, message, place=Place(name), hint=hint)
    lines = text.rstrip().split("\n")
    row = min(mark.line, len(lines) - 1)
    column = mark.column if row == mark.line else 0
    found = lines[row].strip()[:60] or None
    return Diagnostic(code, message, place=Place(name, row + 1, column + 1), found=found, hint=hint)
