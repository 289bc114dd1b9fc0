"""Turn a part with tags into Jinja source: docxtpl's own patching, then what it leaves undone."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from html import unescape

from planwriter.diagnostic import Place
from planwriter.template.tags import MARKED, Tag, index_of

_SPANS = re.compile(r"\{%\s*tc\s|\{\{\s*tc\s|\{%\s*colspan\s|\{%\s*hm\s*%?")
_MERGE = re.compile(r"\{%\s*[hv]m\b")
_DECLARED = re.compile(r"\sxmlns:([^\s=]+)=")
_LOOP_IDS = re.compile(r' w14:(?:paraId|textId)="[^"]*"|<w:id w:val="-?\d+"/>')
_WHOLE_TAG = re.compile(r'<(/?)([^\s<>/"]+)((?:[^<>"]|"[^"]*")*?)(/?)>')
_OPEN_ATTRIBUTE = re.compile(r'<([^\s<>/"]+)[^<>]*\s([^\s<>="]+)="[^"]*$')
_STATIC_TEXT = re.compile(r"<w:t(?: [^<>]*)?(>[^<>]+</w:t>)")
_OPENS = frozenset({"for", "if", "macro", "call", "filter", "with", "block", "autoescape", "raw", "trans"})
_SHOWN_BRACES = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_BRACES = re.compile(r"\{_\{|\}_\}|\{_%|%_\}")
_HOLLOW = frozenset({"w:tc", "w:tr", "w:hdr", "w:ftr", "w:footnote", "w:txbxContent", "w:sdtContent"})
SAFE_ATTRIBUTES = frozenset({"descr", "title", "alt", "name", "string"})
"""Attributes (alternative texts and names of pictures) that may hold a tag of their own."""


@dataclass(slots=True)
class Source:
    """Jinja source of one part, with the way back from its lines to the author's tags."""

    text: str
    lines: list[int] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    static_texts: tuple[bytes, ...] = ()
    """Texts outside loops and conditions as they stand in the XML, from ``>`` to ``</w:t>``."""
    spans: bool = False
    hollow: bool = False
    """Whether a tag stands where it can leave a cell, a row, a table or a story empty."""
    places_markup: bool = False
    prefixes: frozenset[str] = frozenset({"w", "xml"})
    """Namespace prefixes the part's root declares, which markup put into it may use."""
    faults: list[tuple[Tag, str, str, str]] = field(default_factory=list)
    """(tag, code, sentence, remedy)."""
    place: Place | None = None
    """The part, for what cannot be laid to one tag."""
    merges: tuple[Tag, ...] = ()
    """The tags that join cells, of which docxtpl makes tags of its own."""

    def tag_at(self, line: int) -> Tag | None:
        """The tag that stands on a line of the source (from 1)."""
        index = bisect_right(self.lines, line) - 1
        return self.tags[index] if index >= 0 else None


def patched(xml: str) -> tuple[str, bool]:
    """docxtpl's patching of a part, and whether its tables will need their columns counted again."""
    from docxtpl import DocxTemplate

    spans = _SPANS.search(re.sub(r"<[^>]*>", "", xml)) is not None
    return str(DocxTemplate.patch_xml(None, xml)), spans


def build_source(xml: str, all_tags: list[Tag], place: Place, *, patch: bool = True) -> Source:
    """The source of the part at ``place``, whose tags :class:`planwriter.template.tags.TagList` has marked."""
    ready, spans = patched(xml) if patch else (xml, False)
    source = _Builder(ready, all_tags, spans).build()
    source.place = place
    source.merges = tuple(t for t in all_tags if t.place.part == place.part and _MERGE.match(t.text))
    source.prefixes |= frozenset(_DECLARED.findall(xml[: xml.find(">")]))
    return source


@dataclass(slots=True)
class _Frame:
    """A block tag that is still open: what it is and the XML elements open where it began."""

    word: str
    tag: Tag
    state: tuple[str, ...]
    branch: tuple[str, ...] | None = None


@dataclass(slots=True)
class _Table:
    """A table that is still open: whether a row is sure to be there, whether tags stand between its rows."""

    depth: int
    sure: bool = False
    tagged: bool = False


class _Builder:
    """Walks through the patched text once: data, tag, data, tag …"""

    def __init__(self, ready: str, all_tags: list[Tag], spans: bool) -> None:
        self.ready, self.all_tags = ready, all_tags
        self.result = Source("", spans=spans)
        self.out: list[str] = []
        self.line = 1
        self.elements: list[str] = []
        self.pending = ""
        self.frames: list[_Frame] = []
        self.tables: list[_Table] = []
        self.static: list[bytes] = []
        self.raw = False

    def build(self) -> Source:
        at = 0
        for match in MARKED.finditer(self.ready):
            self._data(self.ready[at : match.start()])
            self._tag(match)
            at = match.end()
        self._data(self.ready[at:])
        for frame in self.frames:
            self._blame(
                frame.tag,
                "template-block-unclosed",
                f"有开头没有结尾 {{% end{frame.word} %}}",
                f"补上 {{%p end{frame.word} %}}。",
            )
        self.result.text = "".join(self.out)
        self.result.static_texts = tuple(self.static)
        return self.result

    def _emit(self, text: str) -> None:
        self.out.append(text)
        self.line += text.count("\n")

    def _data(self, text: str) -> None:
        if any(f.word == "for" for f in self.frames):
            text = _LOOP_IDS.sub("", text)
        self._emit(text if self.raw else _BRACES.sub(_shown_braces, text))
        bare = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", text, flags=re.S)
        if not self.frames and "{%" not in text:
            self.static += (t.encode() for t in _STATIC_TEXT.findall(bare) if not re.search("[\t\n【{}]", t))
        self._follow(self.pending + bare)

    def _follow(self, xml: str) -> None:
        end = 0
        for match in _WHOLE_TAG.finditer(xml):
            end = match.end()
            closing, name, _, alone = match.groups()
            if alone or name[0] in "?!":
                continue
            if name in ("w:tbl", "w:tr"):
                self._follow_table(name, closing=bool(closing))
            if not closing:
                self.elements.append(name)
            elif self.elements and self.elements[-1] == name:
                self.elements.pop()
            else:
                self.elements.append("/" + name)
        rest = xml[end:]
        pending = rest[rest.rfind("<") :] if "<" in rest else ""
        self.pending = pending[: pending.rindex('"') + 1] if pending.count('"') % 2 else pending

    def _follow_table(self, name: str, *, closing: bool) -> None:
        if name == "w:tr":
            if not closing and self.tables and self.tables[-1].depth == len(self.frames):
                self.tables[-1].sure = True
        elif not closing:
            self.tables.append(_Table(len(self.frames)))
        elif self.tables:
            closed = self.tables.pop()
            self.result.hollow |= closed.tagged and not closed.sure

    def _state(self) -> tuple[str, ...]:
        return (*self.elements, self.pending)

    def _tag(self, match: re.Match[str]) -> None:
        opener, trim, body, digits, trim_end, closer = match.groups()
        tag = self.all_tags[index_of(digits)]
        body = unescape(body)
        if self.raw and body.strip() != "endraw":
            self._emit(opener + trim + body + trim_end + closer)
            return
        if opener == "{{":
            body = self._placed(body, tag)
        else:
            self._block(body, tag)
        self._emit(opener + trim + "\n")
        self.result.lines.append(self.line)
        self.result.tags.append(tag)
        self._emit(body + trim_end + closer)

    def _placed(self, body: str, tag: Tag) -> str:
        """The expression with the filter its place in the XML asks for."""
        if self.pending:
            return self._in_attribute(body, tag)
        inner = self.elements[-1] if self.elements else ""
        if inner.startswith("w:") and inner != "w:t" and body.strip():
            self._may_hollow()
            self.result.places_markup = True
            runs = inner in ("w:p", "w:hyperlink", "w:ins", "w:smartTag", "w:fldSimple")
            return f"({body})|_placed({'true' if runs else 'false'})"
        return body

    def _in_attribute(self, body: str, tag: Tag) -> str:
        found = _OPEN_ATTRIBUTE.search(self.pending)
        element, name = (found[1], found[2]) if found else ("", "")
        if (element, name) == ("w:gridSpan", "w:val"):
            return f"({body})|_span"
        if (element, name) == ("w:shd", "w:fill"):
            return f"({body})|_fill"
        if name not in SAFE_ATTRIBUTES:
            self._blame(
                tag, "template-tag-in-attribute", "标签写在了 Word 的内部设置里，填写时不安全", "把标签移到普通文字里。"
            )
        return body

    def _blame(self, tag: Tag, code: str, words: str, hint: str) -> None:
        self.result.faults.append((tag, code, words, hint))

    def _may_hollow(self) -> None:
        """A tag between rows may be all there is in a table, one between paragraphs all there is in a cell."""
        inner = self.elements[-1] if self.elements else ""
        if inner == "w:tbl" and self.tables:
            self.tables[-1].tagged = True
        elif inner in _HOLLOW:
            self.result.hollow = True

    def _block(self, body: str, tag: Tag) -> None:
        self._may_hollow()
        words = body.split(None, 1)
        word = words[0] if words else ""
        if word == "set" and "=" not in body:
            self.frames.append(_Frame(word, tag, self._state()))
        elif word in _OPENS:
            self.raw = word == "raw"
            self.frames.append(_Frame(word, tag, self._state()))
        elif word in ("else", "elif") or word.startswith("end"):
            self._continue(word, tag)

    def _continue(self, word: str, tag: Tag) -> None:
        """``else``, ``elif`` and ``end…``, which need an open block before them."""
        if not self.frames:
            self._blame(tag, "template-block-unopened", "前面没有与它成对的开头", "补上开头，或删去它。")
        elif word.startswith("end"):
            self.raw = False
            self._close(self.frames.pop(), word[3:], tag)
        else:
            self._branch(self.frames[-1])

    def _branch(self, frame: _Frame) -> None:
        frame.branch = frame.branch or self._state()
        self.elements, self.pending = list(frame.state[:-1]), frame.state[-1]

    def _close(self, frame: _Frame, word: str, tag: Tag) -> None:
        expected = frame.state if frame.branch is None else frame.branch
        if frame.word != word:
            self._blame(
                tag, "template-block-mismatch", f"与前面的 {frame.tag.text} 不成对", f"应是 {{% end{frame.word} %}}。"
            )
        elif self._state() != expected:
            self._blame(
                frame.tag,
                "template-block-crosses",
                f"开头和结尾 {tag.text} 不在同一层（例如一个在表格里、一个在表格外）",
                "让开头和结尾都单独成段（{%p … %}）或单独成行（{%tr … %}）。",
            )


def _shown_braces(match: re.Match[str]) -> str:
    return "{{ '" + dict(_SHOWN_BRACES)[match[0]] + "' }}"
