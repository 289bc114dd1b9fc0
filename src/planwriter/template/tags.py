"""Find the tags of a part, paragraph by paragraph, and say what a person got wrong in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from planwriter.diagnostic import Diagnostic, Place
from planwriter.word.markup import w

CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OPENER = re.compile(r"\{\{|\{%|\{#")
_STRAY = re.compile(r"\}\}|%\}|#\}")
_FULL_WIDTH = re.compile(r"｛[｛{%％#]|\{[｛％]|[｝}%％#]｝|[｝％]\}")
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|‘[^’]*’|“[^”]*”")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ODD_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")

_WALLS = {
    "bookmarkStart": "书签",
    "bookmarkEnd": "书签",
    "sdt": "内容控件",
    "ins": "修订",
    "del": "修订",
    "moveFrom": "修订",
    "moveTo": "修订",
    "hyperlink": "超链接",
    "smartTag": "智能标记",
    "customXml": "自定义标记",
    "commentRangeStart": "批注",
    "commentRangeEnd": "批注",
    "commentReference": "批注",
    "fldChar": "域",
    "fldSimple": "域",
    "footnoteReference": "脚注",
    "endnoteReference": "尾注",
    "drawing": "图片",
    "pict": "图形",
    "object": "嵌入对象",
    "permStart": "编辑权限",
    "permEnd": "编辑权限",
    "noBreakHyphen": "不间断连字符",
    "sym": "符号",
    "ruby": "拼音",
    "bdo": "文字方向",
    "dir": "文字方向",
    "br": "分页符",
}
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_WALL_TAGS = {w(name): words for name, words in _WALLS.items()} | {_MATH + "r": "公式", _CHOICE: "图形"}
_NAMED_CONTAINERS = (
    "sdt", "ins", "del", "moveFrom", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "ruby", "bdo", "dir"
)  # fmt: skip
_CONTAINERS = frozenset({*map(w, _NAMED_CONTAINERS), _MATH + "r", _CHOICE})
_SOFT = "textWrapping"
"""The break of a line, which may stand inside a tag; those of a page and a column may not."""
_PRINTED = (w("t"), _MATH + "t")
_KNOWN_TEXTS = frozenset({*_PRINTED, w("instrText"), w("delText"), w("delInstrText")})
"""Elements whose text the examination of a paragraph reads."""

MARK = "\u2008"
_DIGITS = "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag as the author sees it."""

    text: str
    place: Place
    around: str
    """The whole text of its paragraph."""

    def diagnostic(
        self, code: str, message: str, hint: str | None = None, *, expected: str | None = None
    ) -> Diagnostic:
        """A mistake in this tag; the message names tag and paragraph text."""
        where = f"标签 {clip(self.text, 80)}" + (f"（段落“{clip(self.around)}”）" if self.around != self.text else "")
        return Diagnostic(code, f"{where}：{message}", place=self.place, found=self.text, expected=expected, hint=hint)


def clip(text: str, length: int = 40) -> str:
    """The beginning of a long text."""
    return text if len(text) <= length else text[:length] + "…"


def mark_of(index: int) -> str:
    """Tag number as white space that Jinja skips and docxtpl's patching leaves alone."""
    return MARK + "".join(_DIGITS[int(d)] for d in oct(index)[2:])


MARKED = re.compile(
    r"(\{\{|\{%)([-+]?)((?:(?!\{\{|\{%).)*?)" + MARK + f"([{_DIGITS}]+)" + r"\s*([-+]?)(\}\}|%\})", re.S
)


def index_of(digits: str) -> int:
    """The number written by :func:`mark_of`."""
    return int("".join(str(_DIGITS.index(d)) for d in digits), 8)


@dataclass(slots=True)
class TagList:
    """All tags and mistakes of one template, gathered part by part."""

    file: str
    tags: list[Tag] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)

    def add(self, text: str, place: Place, around: str) -> int:
        """Remember a tag; its number."""
        self.tags.append(Tag(text, place, around))
        return len(self.tags) - 1

    def blame(self, code: str, message: str, place: Place, found: str, hint: str) -> None:
        """Remember a mistake."""
        self.faults.append(Diagnostic(code, message, place=place, found=found, hint=hint))

    def scan(self, part: str, root: etree._Element) -> None:
        """Mark every tag of a part in its tree and remember it with its mistakes."""
        paragraphs = list(root.iter(w("p")))
        lines = [_Line(p) for p in paragraphs]
        for number, (paragraph, line) in enumerate(zip(paragraphs, lines, strict=True), start=1):
            place = Place(file=self.file, part=part, paragraph=number)
            self.faults += swallowed(paragraph, line.text, place)
            following = lines[number].text if number < len(lines) else ""
            _LineScan(self, line, place, following).run()

    def scan_attributes(self, part: str, root: etree._Element) -> None:
        """Mark the tags in attributes, such as the alternative text of a picture."""
        begun = 0
        for element in root.iter(etree.Element):
            begun += element.tag == w("p")
            place = Place(file=self.file, part=part, paragraph=begun or None)
            for key, value in element.attrib.items():
                if _OPENER.search(text := str(value)) and key != w("instr"):
                    element.set(key, self.marked(text, place))
            if element.tag not in _KNOWN_TEXTS and (found := _OPENER.search(element.text or "")):
                self.blame(
                    "template-tag-in-attribute",
                    "标签写在了 Word 的内部设置里，填写时不安全",
                    place,
                    clip((element.text or "")[found.start() :]),
                    "把标签移到普通文字里。",
                )

    def marked(self, text: str, place: Place) -> str:
        """A text of its own (an attribute, a property) with its tags marked and remembered."""
        spans = list(find_tags(text))
        if spans and spans[-1][1] < 0:
            self.blame("template-half-tag", "标签没有结尾", place, clip(text), "补上结尾，或删去它。")
        for start, end in reversed([s for s in spans if s[1] >= 0]):
            if not text.startswith("{#", start):
                mark = mark_of(self.add(text[start:end], place, text))
                text = f"{text[: end - 2]} {mark}{text[end - 2 :]}"
        return text


class _Line:
    """The text of one paragraph with the element behind each character, and what stands between them."""

    def __init__(self, paragraph: etree._Element) -> None:
        self.pieces: list[tuple[int, etree._Element]] = []
        self.walls: list[tuple[int, etree._Element]] = []
        self.codes: list[str] = []
        self.deleted: list[str] = []
        self._length = 0
        self._read(paragraph)
        self.text = "".join(e.text or "" for _, e in self.pieces)

    def _read(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag in _PRINTED:
                self.pieces.append((self._length, child))
                self._length += len(child.text or "")
            elif tag == w("instrText"):
                self.codes.append(child.text or "")
            elif tag == w("delText"):
                self.deleted.append(child.text or "")
            elif tag != w("p"):
                self._enter(child)

    def _enter(self, child: etree._Element) -> None:
        wall = child.tag in _WALL_TAGS and not (child.tag == w("br") and child.get(w("type"), _SOFT) == _SOFT)
        if wall:
            self.walls.append((self._length, child))
        if child.tag == w("fldSimple"):
            self.codes.append(child.get(w("instr"), ""))
        if child.tag not in (w("txbxContent"),):
            self._read(child)
        if wall and child.tag in _CONTAINERS:
            self.walls.append((self._length, child))

    def crossed(self, start: int, end: int) -> list[etree._Element]:
        """What stands between the first and the last character of a tag."""
        return [e for at, e in self.walls if start < at < end]

    def insert(self, at: int, text: str) -> None:
        """Put text before the character ``at``."""
        start, element = next((s, e) for s, e in reversed(self.pieces) if s <= at)
        old = element.text or ""
        element.text = old[: at - start] + text + old[at - start :]

    def respace(self, start: int, outside: str) -> None:
        """Plain spaces for the odd ones of ``outside``, a tag as it stands from ``start`` without its quoted words."""
        for at, element in self.pieces:
            old = element.text or ""
            first, last = max(start, at), min(start + len(outside), at + len(old))
            if first < last:
                inside = zip(old[first - at : last - at], outside[first - start : last - start], strict=True)
                plain = "".join(" " if _ODD_SPACE.match(o) else c for c, o in inside)
                element.text = old[: first - at] + plain + old[last - at :]


def find_tags(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each tag in the text; an unfinished one has ``end`` = -1 and is the last."""
    at = 0
    while (opener := _OPENER.search(text, at)) is not None:
        closed = text.find(CLOSERS[opener[0]], opener.end())
        inner = _OPENER.search(text, opener.end(), closed) if closed >= 0 else None
        if closed < 0 or inner is not None:
            yield opener.start(), -1
            return
        at = closed + 2
        yield opener.start(), at


_STRUCTURAL = re.compile(r"\{[{%](p|tr|tc)\s[^{}%]*[}%]\}")
_UNITS = {"p": "这一段", "tr": "这一行", "tc": "这一格"}


def swallowed(paragraph: etree._Element, text: str, place: Place) -> Iterator[Diagnostic]:
    """What docxtpl would drop without a word: all that stands beside a tag for a paragraph, row or cell."""
    for tag in list(_STRUCTURAL.finditer(text))[-1:]:
        holder = paragraph if tag[1] == "p" else next(paragraph.iterancestors(w(tag[1])), paragraph)
        rest = "".join(e.text or "" for e in holder.iter(w("t"))).replace(tag[0], "", 1)
        rest = re.sub(r"\{#.*?#\}", "", rest).strip()
        kept = [words for name, words in _LOST.items() if next(holder.iter(w(name)), None) is not None]
        if rest or kept:
            lost = f"“{clip(rest)}”" if rest else "、".join(kept)
            yield Diagnostic(
                "template-text-swallowed",
                f"标签 {tag[0]} 会占掉{_UNITS[tag[1]]}，其中的{lost}会丢失",
                place=place,
                found=clip(text),
                hint=f"让这个标签单独占{_UNITS[tag[1]][1:]}，其余内容移到别处。",
            )


_LOST = {"sectPr": "分节符", "drawing": "图片", "pict": "图形"}


class _LineScan:
    """The examination of one paragraph."""

    def __init__(self, owner: TagList, line: _Line, place: Place, following: str) -> None:
        self.owner, self.line, self.place, self.following = owner, line, place, following
        self.text = line.text

    def run(self) -> None:
        self._check_hidden()
        if not (set("{}｛｝") & set(self.text)):
            return
        spans = list(find_tags(self.text))
        self._check_gaps(spans)
        whole = [(s, e) for s, e in spans if e >= 0]
        for start, end in whole:
            self._check_walls(start, end)
            self._check_characters(start, end)
        if spans and spans[-1][1] < 0:
            self._unfinished(spans[-1][0])
        self._mark(whole)

    def _blame(self, code: str, message: str, hint: str, found: str = "") -> None:
        words = f"{message}（段落“{clip(self.text)}”）"
        self.owner.blame(code, words, self.place, found or clip(self.text), hint)

    def _check_hidden(self) -> None:
        code = "".join(self.line.codes)
        if _OPENER.search(code):
            self._blame(
                "template-tag-in-field",
                "域代码里有标签，填写时不安全",
                "把标签移到普通文字里，或删去这个域。",
                clip(code),
            )
        deleted = "".join(self.line.deleted)
        if _OPENER.search(deleted):
            self._blame(
                "template-tag-in-revision", "被修订删除的文字里有标签", "在 Word 中接受全部修订后另存。", clip(deleted)
            )

    def _check_gaps(self, spans: list[tuple[int, int]]) -> None:
        at = 0
        for start, end in [*spans, (len(self.text), len(self.text))]:
            gap = self.text[at:start]
            if found := _FULL_WIDTH.search(gap):
                self._blame(
                    "template-full-width",
                    f"标签的括号或百分号是全角的“{found[0]}”",
                    "改成半角的 {{ }} 或 {% %}。",
                    found[0],
                )
            elif found := _STRAY.search(gap):
                self._blame(
                    "template-stray-end",
                    f"多出了一个“{found[0]}”，前面没有标签的开头",
                    "补上标签的开头，或删去它。",
                    found[0],
                )
            if end < 0:
                return
            at = end

    def _unfinished(self, start: int) -> None:
        opener = self.text[start : start + 2]
        ends_next = CLOSERS[opener] in self.following.split(opener)[0]
        if ends_next and CLOSERS[opener] not in self.text[start:]:
            self._blame(
                "template-tag-over-paragraphs",
                "标签被分在两个段落里",
                "把整个标签写在同一段里，中间不要回车。",
                clip(self.text[start:]),
            )
        else:
            self._blame(
                "template-half-tag",
                f"标签只有开头“{opener}”，没有结尾“{CLOSERS[opener]}”",
                f"补上“{CLOSERS[opener]}”。",
                clip(self.text[start:]),
            )

    def _check_walls(self, start: int, end: int) -> None:
        crossed = self.line.crossed(start, end)
        cursor_ids = {e.get(w("id")) for e in crossed if e.get(w("name")) == "_GoBack"}
        kinds = {
            _WALL_TAGS[e.tag]: None
            for e in crossed
            if not (e.tag in (w("bookmarkStart"), w("bookmarkEnd")) and e.get(w("id")) in cursor_ids)
        }
        for kind in kinds:
            self._blame(
                "template-tag-cut",
                f"标签中间夹着{kind}",
                f"删去或移开这个{kind}，或把标签重新打一遍。",
                self.text[start:end],
            )

    def _check_characters(self, start: int, end: int) -> None:
        tag = self.text[start:end]
        if tag.startswith("{#"):
            return
        outside = _QUOTED.sub(lambda m: " " * len(m[0]), tag)
        if found := _INVISIBLE.search(outside):
            self._blame(
                "template-invisible-character",
                f"标签里有看不见的字符 U+{ord(found[0]):04X}",
                "把标签删掉，用键盘重新打一遍。",
                _INVISIBLE.sub("", tag),
            )
        if _ODD_SPACE.search(outside):
            self.line.respace(start, outside)

    def _mark(self, spans: list[tuple[int, int]]) -> None:
        numbers = [self.owner.add(self.text[s:e], self.place, self.text) for s, e in spans]
        for number, (start, end) in reversed(list(zip(numbers, spans, strict=True))):
            if not self.text.startswith("{#", start):
                at = end - 2
                at -= self.text[at - 1] in "-+" and at - 1 > start + 2
                self.line.insert(at, mark_of(number))
