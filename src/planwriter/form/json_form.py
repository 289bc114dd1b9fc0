"""JSON forms: every scalar as typed text with line and column, usual slips told and passed over.

The standard library's reader gives no places and takes doubled keys and NaN in silence, so structure is read here;
strings are decoded by the library's own scanner.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import Any

from planwriter.diagnostic import Diagnostic, FormError, Place, Severity
from planwriter.form.decoding import decode_text
from planwriter.form.yaml_form import MAX_DEPTH, MAX_NODES, doubled_key, not_a_form
from planwriter.placed import PlacedDict, PlacedList, PlacedText

MAX_DIGITS = 100

_STRINGS = json.JSONDecoder(strict=False)
_BLANK = re.compile(r"[ \t\r\n]*")
_REMARK = re.compile(r"(?://[^\n]*|/\*.*?\*/)", re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_PROPER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_WORD = re.compile(r"[^\s,，:：\[\]{}\"“”]+")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None}
_RAW_BREAK = re.compile(r"[\x00-\x1f]")
_LONE = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")


class _Stop(Exception):
    """Reading cannot go on from here."""


def read_json(data: bytes | str, name: str) -> tuple[PlacedDict, list[Diagnostic]]:
    """The placed data of a JSON form and what was said about it. Raises FormError where nothing can be read."""
    text, notices = (data, []) if isinstance(data, str) else decode_text(data, name)
    reader = _Reader(text.removeprefix("\ufeff"), name)
    try:
        made = reader.whole()
    except _Stop:
        raise FormError([*notices, *reader.told]) from None
    if not isinstance(made, PlacedDict):
        raise FormError([*notices, *reader.told, not_a_form(made, name, '{"单位": "…"}')])
    return made, [*notices, *reader.told]


class _Reader:
    """Reads a text once from left to right; ``at`` is the position of the next character."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name, self.at = text, name, 0
        self.told: list[Diagnostic] = []
        self.nodes = 0
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(self, at: int) -> Place:
        line = bisect_right(self._starts, at)
        return Place(self.name, line, at - self._starts[line - 1] + 1)

    def tell(self, code: str, message: str, at: int, hint: str, found: str | None = None) -> None:
        self.told.append(Diagnostic(code, message, Severity.ERROR, self.place(at), found, None, hint))

    def stop(self, code: str, message: str, at: int, hint: str) -> _Stop:
        self.tell(code, message, at, hint, self.text[at : at + 20].split("\n")[0] or None)
        return _Stop()

    def whole(self) -> Any:
        self.blanks()
        made = self.value(1) if self.at < len(self.text) else None
        self.blanks()
        if self.at < len(self.text):
            raise self.stop(
                "form-after-bracket", "表单已经结束，后面还有文字", self.at, "一个文件只写一份表单；核对括号是否配对"
            )
        return made

    def blanks(self) -> str:
        """Go on to the next sign and give it ("" at the end); remarks are told and passed over."""
        while True:
            self.at = _BLANK.match(self.text, self.at).end()  # type: ignore[union-attr]
            remark = _REMARK.match(self.text, self.at) if self.text.startswith("/", self.at) else None
            if remark is None:
                return self.text[self.at : self.at + 1]
            self.tell("form-json-remark", "JSON 里不能写注释", self.at, "删去注释，或改用 YAML 表单", remark[0][:30])
            self.at = remark.end()

    def value(self, depth: int) -> Any:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise self.stop("form-too-deep", "层次太深或内容太多，不像一份表单", self.at, "检查括号")
        sign, at = self.blanks(), self.at
        if sign == "{":
            return self.mapping(depth)
        if sign == "[":
            return self.listed(depth)
        if sign == '"':
            return PlacedText(self.string(), self.place(at))
        if sign and sign in "“”'‘’":
            raise self.stop("form-open-quote", f"JSON 的文字要放在英文双引号里，这里是“{sign}”", at, '换成英文双引号 "')
        return self.bare(at)

    def bare(self, at: int) -> Any:
        """A number or a word without quotes."""
        word = _WORD.match(self.text, at)
        if word is None:
            raise self.stop("form-syntax", "这里少了值", at, '写上值；没有就写 "" 或 null')
        self.at = word.end()
        said = word[0]
        if said in _WORDS:
            return _WORDS[said]
        if not _NUMBER.fullmatch(said):
            self._bare_word(said, at)
        elif not _PROPER.fullmatch(said) or len(said) > MAX_DIGITS:
            self.tell(
                "form-not-a-number",
                "这个数字写得不平常，读不准",
                at,
                "写成 1200、98.5 这样；要照样写出来就放在英文双引号里",
                said[:40],
            )
        return PlacedText(said, self.place(at))

    def _bare_word(self, said: str, at: int) -> None:
        if said.lstrip("+-").lower() in ("nan", "infinity", "inf"):
            self.tell("form-not-a-number", f"“{said}”不是数字", at, "写出数字，没有就写 null", said)
        else:
            self.tell("form-open-quote", "JSON 的文字要放在英文双引号里", at, "给这段文字加上英文双引号", said[:40])

    def string(self) -> str:
        start = self.at
        try:
            said, self.at = _STRINGS.raw_decode(self.text, start)
        except json.JSONDecodeError as fault:
            if "Unterminated" in fault.msg:
                raise self.stop("form-open-quote", "引号没有配对", start, "补上后一个英文双引号") from None
            raise self.stop(
                "form-bad-escape", "双引号里的“\\”后面不是可用的写法", fault.pos, "把“\\”写成“\\\\”"
            ) from None
        raw = self.text[start : self.at]
        if broken := _RAW_BREAK.search(raw):
            self.tell(
                "form-raw-break", "引号里直接换了行，或有控制字符", start + broken.start(), "换行写成 \\n，其他的删去"
            )
        if lone := _LONE.search(said):
            self.tell(
                "form-illegal-character", f"这段文字里有半个字符（U+{ord(lone[0]):04X}）", start, "重新键入这个字"
            )
            said = _LONE.sub("", said)
        return str(said)

    def listed(self, depth: int) -> PlacedList:
        made = PlacedList(place=self.place(self.at))
        for _ in self.parts("[", "]"):
            made.append(self.value(depth + 1))
        return made

    def mapping(self, depth: int) -> PlacedDict:
        made = PlacedDict(place=self.place(self.at))
        for at in self.parts("{", "}"):
            key = self.key(at)
            value = self.value(depth + 1)
            if key in made:
                self.told.append(doubled_key(key, self.place(at), made.key_places[key]))
                continue
            made[key] = value
            made.key_places[key] = self.place(at)
        return made

    def key(self, at: int) -> str:
        if self.text[at] != '"':
            raise self.stop("form-open-quote", "键要放在英文双引号里", at, '写成 "键": 值')
        key, sign = self.string(), self.blanks()
        if sign == "：":
            self.tell("form-wide-colon", f"“{key[:20]}”后面用了全角冒号", self.at, "换成英文冒号", sign)
        elif sign != ":":
            raise self.stop("form-missing-colon", f"“{key[:20]}”后面少了冒号", self.at, '写成 "键": 值')
        self.at += 1
        return key

    def parts(self, opener: str, closer: str) -> Any:
        """The position of each part inside brackets; commas that are wrong are told and passed over."""
        start, self.at, after_comma = self.at, self.at + 1, True
        while (sign := self.blanks()) != closer:
            if not sign or sign in "]}":
                raise self.stop("form-open-bracket", f"“{opener}”没有配对", start, f"补上“{closer}”，核对前后的括号")
            if not after_comma:
                self.tell("form-json-comma", "两项之间少了英文逗号", self.at, "在前一项后面加上英文逗号")
            yield self.at
            after_comma = self._comma(closer)
        self.at += 1

    def _comma(self, closer: str) -> bool:
        sign, at = self.blanks(), self.at
        if not sign or sign not in ",，":
            return False
        self.at += 1
        if sign == "，":
            self.tell("form-wide-comma", "两项之间用了全角逗号", at, "换成英文逗号", sign)
        if self.blanks() == closer:
            self.tell("form-json-comma", "最后一项后面多了逗号", at, "删去这个逗号")
        return True
