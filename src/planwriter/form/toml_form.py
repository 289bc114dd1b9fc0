"""TOML forms: read by the standard library; the line of every key is found beside it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from planwriter.chinese.dates import format_date
from planwriter.diagnostic import Diagnostic, FormError, Place, Severity
from planwriter.form.decoding import decode_text
from planwriter.form.yaml_form import MAX_DEPTH, MAX_NODES, not_a_form
from planwriter.placed import PlacedDict, PlacedList, PlacedText

_PIECE = r"(?:\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^\s.=\[\]\"'#,{}]+)"
_KEY = re.compile(rf"[ \t]*(?P<key>{_PIECE}(?:[ \t]*\.[ \t]*{_PIECE})*)[ \t]*=")
_HEAD = re.compile(rf"[ \t]*(?P<open>\[\[?)[ \t]*(?P<key>{_PIECE}(?:[ \t]*\.[ \t]*{_PIECE})*)[ \t]*\]\]?")
_PIECES = re.compile(_PIECE)
_WHERE = re.compile(r"\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")
_STRINGS = re.compile(r"\"\"\"|'''|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#[^\n]*|[\[\]{}\n]")
_ENDS = {'"""': re.compile(r'(?:[^"\\]|\\.|"(?!""))*"{3,5}', re.DOTALL), "'''": re.compile(r"(?:[^']|'(?!''))*'{3,5}")}
_PROBLEMS = (
    ("Cannot overwrite", "form-duplicate-key", "这个键写了两次", "删去一处，或把两处合成一处"),
    ("Cannot declare", "form-duplicate-key", "这一节写了两次", "几项并列时写成“[[名称]]”"),
    ("Cannot mutate", "form-duplicate-key", "这一节写了两次", "几项并列时写成“[[名称]]”"),
    ("Duplicate inline", "form-duplicate-key", "这个键写了两次", "删去一处，或把两处合成一处"),
    ("Expected '='", "form-missing-colon", "键的后面少了“=”", '写成 键 = "值"'),
    ("Invalid value", "form-syntax", "等号后面的值读不出来", "给文字加上英文双引号"),
    ("Unterminated string", "form-open-quote", "引号没有配对", "补上后一个引号"),
    ("Illegal character", "form-open-quote", "引号没有配对，或引号里有控制字符", "补上后一个引号；换行写成 \\n"),
    ("Unclosed array", "form-open-bracket", "方括号没有配对", "补上“]”"),
    ("Unclosed inline", "form-open-bracket", "花括号没有配对", "补上“}”；花括号里不能换行"),
    ("Unescaped", "form-bad-escape", "双引号里的“\\”后面不是可用的写法", "把“\\”写成“\\\\”"),
    ("Expected newline", "form-after-quote", "值的后面还有文字", "一行只写一个“键 = 值”；文字放在引号里"),
)

Path = tuple[str | int, ...]


def read_toml(data: bytes | str, name: str) -> tuple[PlacedDict, list[Diagnostic]]:
    """The placed data of a TOML form (lines, no columns) and what was said. Raises FormError where unreadable."""
    text, notices = (data, []) if isinstance(data, str) else decode_text(data, name)
    text, told = text.removeprefix("\ufeff").replace("\r\n", "\n"), list(notices)
    text, quoted = _with_quoted_keys(text)
    if quoted:
        told.append(
            Diagnostic(
                "form-toml-key",
                "TOML 里的中文键要放在引号里，已按键读出",
                Severity.NOTE,
                Place(name, quoted[0], 1),
                hint='写成 "单位" = "…"',
            )
        )
    try:
        made = tomllib.loads(text, parse_float=_Number)
    except tomllib.TOMLDecodeError as fault:
        raise FormError([*told, _syntax_error(str(fault), text, name)]) from None
    except (RecursionError, ValueError):
        raise FormError([*told, Diagnostic("form-too-deep", "层次太深，或数字太长，不像一份表单", place=Place(name),
                                           hint="检查括号和数字")]) from None  # fmt: skip
    if not made:
        raise FormError([*told, not_a_form(None, name, 'unit = "…"')])
    placing = _Placing(name, dict(_lines(text)))
    return placing.mapping(made, (), 1), [*told, *placing.told]


class _Number(str):
    """A number as typed."""

    __slots__ = ()


class _Placing:
    """Gives what was read its lines; what is no text becomes the text that a clerk would type."""

    def __init__(self, name: str, lines: dict[Path, int]) -> None:
        self.name, self.lines = name, lines
        self.told: list[Diagnostic] = []
        self.nodes = 0

    def place(self, path: Path) -> Place:
        """The line of a path, else of the nearest thing around it."""
        for length in range(len(path), 0, -1):
            if (line := self.lines.get(path[:length])) is not None:
                return Place(self.name, line)
        return Place(self.name, 1)

    def mapping(self, found: dict[str, Any], path: Path, depth: int) -> PlacedDict:
        made = PlacedDict(place=self.place(path))
        for key, value in found.items():
            made[key] = self.value(value, (*path, key), depth + 1)
            made.key_places[key] = self.place((*path, key))
        return made

    def value(self, found: Any, path: Path, depth: int) -> Any:
        place = self.place(path)
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            hint = "检查括号和各节的名称；很多单位的名单用 planwriter batch 生成"
            raise FormError(Diagnostic("form-too-deep", "层次太深或内容太多，不像一份表单", place=place, hint=hint))
        if isinstance(found, dict):
            return self.mapping(found, path, depth)
        if isinstance(found, list):
            return PlacedList((self.value(one, (*path, at), depth + 1) for at, one in enumerate(found)), place)
        return found if isinstance(found, bool) else PlacedText(self.text(found, place), place)

    def text(self, found: Any, place: Place) -> str:
        if isinstance(found, datetime | time):
            return found.isoformat(sep=" ") if isinstance(found, datetime) else found.isoformat()
        if isinstance(found, date):
            return format_date(found)
        said = str(found)
        if isinstance(found, _Number) and not re.fullmatch(r"[-+]?[\d_]+\.[\d_]+", said):
            self.told.append(
                Diagnostic(
                    "form-not-a-number",
                    "这个数字写得不平常，读不准",
                    place=place,
                    found=said[:40],
                    hint="写成 1200、98.5 这样；要照样写出来就放在英文双引号里",
                )
            )
        return said.replace("_", "") if isinstance(found, _Number) else said


def _syntax_error(problem: str, text: str, name: str) -> Diagnostic:
    where = _WHERE.search(problem)
    last = text.rstrip("\n").count("\n") + 1
    line = int(where["line"]) if where and where["line"] else last
    column = int(where["column"]) if where and where["column"] else 1
    code, message, hint = next(
        (told for start, *told in _PROBLEMS if problem.startswith(start)),
        ("form-syntax", "这里读不下去了", "检查这一行的引号、括号、等号"),
    )
    found = text.split("\n")[line - 1].strip()[:60] or None
    return Diagnostic(code, message, place=Place(name, line, column), found=found, hint=hint)


def _statements(text: str) -> Iterator[tuple[int, int]]:
    """(position, line) of each line that begins a statement: not inside a string or brackets that run on."""
    at, line, depth = 0, 1, 0
    yield 0, 1
    while found := _STRINGS.search(text, at):
        at, sign = found.end(), found[0]
        if sign in _ENDS:
            end = _ENDS[sign].match(text, at)
            line += text.count("\n", at, end.end() if end else len(text))
            at = end.end() if end else len(text)
        elif sign == "\n":
            line += 1
            if depth == 0:
                yield at, line
        elif len(sign) == 1:
            depth = max(depth + (1 if sign in "[{" else -1), 0)


def _with_quoted_keys(text: str) -> tuple[str, list[int]]:
    """Keys in Chinese without quotes, quoted; and their lines."""
    pieces, done, lines = [], 0, list[int]()
    for at, line in _statements(text):
        found = _HEAD.match(text, at) or _KEY.match(text, at)
        if found is None or found["key"].isascii() or at < done:
            continue
        quoted = _PIECES.sub(
            lambda one: one[0] if one[0].isascii() or one[0][0] in "\"'" else f'"{one[0]}"', found["key"]
        )
        if quoted != found["key"]:
            pieces += [text[done : found.start("key")], quoted]
            done = found.end("key")
            lines.append(line)
    return "".join([*pieces, text[done:]]), lines


def _lines(text: str) -> Iterator[tuple[Path, int]]:
    """The path of every key and section with its line; the elements of a list of sections count from 0."""
    section: Path = ()
    counts: dict[Path, int] = {}
    for at, line in _statements(text):
        if head := _HEAD.match(text, at):
            section = _numbered(_words(head["key"]), counts, opens=head["open"] == "[[")
            if head["open"] == "[[":
                yield section[:-1], line
            yield section, line
        elif key := _KEY.match(text, at):
            words = _words(key["key"])[: MAX_DEPTH + 2]
            yield from (((*section, *words[:length]), line) for length in range(1, len(words) + 1))


def _numbered(words: list[str], counts: dict[Path, int], *, opens: bool) -> Path:
    path: Path = ()
    for at, word in enumerate(words):
        path = (*path, word)
        if opens and at == len(words) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _words(key: str) -> list[str]:
    return [next(iter(tomllib.loads(f"{piece} = 1"))) if piece[0] in "\"'" else piece for piece in _PIECES.findall(key)]
