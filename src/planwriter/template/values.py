"""What may be printed into a document, and how; everything else is refused with a sentence."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import SupportsIndex

from markupsafe import Markup, escape

from planwriter.expression import expression
from planwriter.template.signs import has_numbers, has_signs

try:
    from markupsafe._speedups import _escape_inner as _escaped
except ImportError:

    def _escaped(text: str, /) -> str:
        """Text with the characters that mean something in XML replaced."""
        return str(escape(text))


escape_text = _escaped
"""Text with the characters that mean something in XML replaced; only for exact ``str``."""

FIELD_LIMIT = 60_000
"""Characters one value may have."""
RESULT_LIMIT = 20_000_000
"""Characters of XML one part may come out with; readers, ours among them, refuse much larger parts."""
MAX_DEPTH = 50
"""How deep lists and mappings of a context may stand in each other; what holds itself has no end."""
RECORD_LIMIT = 4 * 2**20
"""Characters all texts of one context may have together."""
FLOAT_DIGITS = 15
"""Significant digits up to which a float still says what was written."""

BREAKS = expression("[\a\v\f]")
"""Breaks that only paragraphs can show."""
BREAK_IN_ATTRIBUTE = expression('="[^"<>]*[\a\v\f]')
ILLEGAL = expression("[\x00-\x06\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters no document can hold. Tab, line feed, VT, CR, bell and form feed become breaks."""


_DRAWING = b"<wp:"
"""What markup drawn here holds when it uses prefixes besides ``w``."""
_REMAKE = "用 RichText、子文档或 Picture 生成这部分内容。"
USUAL_PREFIXES = frozenset({"w", "r", "xml"})
_PREFIX = expression(r"</?([A-Za-z_][\w.-]*):|\s(?!xmlns:)([A-Za-z_][\w.-]*):[\w.-]+=\"")
_DECLARED = expression(r"\sxmlns:([^\s=]+)=")


class Refused(Exception):
    """A value that cannot be printed; ``code`` and the Chinese reason go into a diagnostic."""

    def __init__(self, code: str, reason: str, hint: str | None = None) -> None:
        super().__init__(reason)
        self.code, self.reason, self.hint = code, reason, hint


class NeedsRelationships(Exception):
    """The value is a picture or a document of its own and must be filled by docxtpl's own road."""


class Placed(Markup):
    """Markup that has been judged fit for the place where it is printed."""


class Finished(Markup):
    """Markup drawn by this library itself: parsed strictly, or known to be sound because all its texts are.

    Whatever is made of it by joining or formatting, or by copying, is plain markup again.
    """

    quiet: bool
    """Whether it asks for nothing but being printed; judged when it is drawn."""
    plain: bool
    """Whether it asks for nothing but being printed and having its drawings and bookmarks numbered."""
    utf_8: bytes
    """Its bytes in a document."""

    def __new__(
        cls, xml: object = "", *, drawn_here: bool = False, quiet: bool | None = None, utf_8: bytes | None = None
    ) -> Finished:
        """``quiet`` and ``utf_8`` tell what is known already; else it is looked for, and made."""
        if not drawn_here:
            return Markup(xml)  # type: ignore[return-value]  # noqa: S704  as trusted as it was, no more
        made = str.__new__(cls, xml)
        made.utf_8 = content = made.encode("utf-8", "surrogatepass") if utf_8 is None else utf_8
        made.plain = not has_signs(content) if quiet is None else quiet
        made.quiet = made.plain and not (has_numbers(content) or _DRAWING in content) if quiet is None else quiet
        return made

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[type[Markup], tuple[str]]:
        return Markup, (str(self),)


class Unwritten:
    """A finished table whose bytes are known, and which asks for nothing but being printed.

    Its text is written when somebody asks: documents are made of the bytes alone.
    """

    __slots__ = ("_write", "utf_8")
    quiet = plain = True

    def __init__(self, write: Callable[[], str], utf_8: bytes) -> None:
        self._write, self.utf_8 = write, utf_8

    def __html__(self) -> Finished:
        return Finished(self._write(), drawn_here=True, quiet=True, utf_8=self.utf_8)

    def __str__(self) -> str:
        return str(self.__html__())

    __repr__ = __str__

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[type[Markup], tuple[str]]:
        return Markup, (str(self),)


_READY = frozenset({Placed})


def printed(value: object) -> str:
    """The value as escaped XML text, or the markup it carries; raises :class:`Refused`."""
    if type(value) is str:
        if len(value) > FIELD_LIMIT:
            raise Refused("template-text-too-long", f"文字超过 {FIELD_LIMIT} 字", "分成几段或几项来写。")
        return escape_text(value)
    return value if type(value) in _READY else _printed_other(value)  # type: ignore[return-value]


def _printed_other(value: object) -> str:
    if _is_undefined(value):
        return str(value)
    if hasattr(value, "__html__"):
        return _inside_text(value)
    if isinstance(value, str):
        return printed(str.__str__(value))
    if isinstance(value, (bool, int, float, Decimal)):
        return number_text(value)
    raise Refused("template-value-not-text", *_why_not(value))


def _is_undefined(value: object) -> bool:
    """Whether it stands for a missing name; asking for its text then tells which."""
    if type(value) is Finished:
        return False
    from jinja2 import Undefined  # what is filled without Jinja holds none

    return isinstance(value, Undefined)


def number_text(value: bool | int | float | Decimal) -> str:
    """A number as it would be written by hand; refuses what a reader could not have meant."""
    if isinstance(value, bool):
        raise Refused("template-value-not-text", "值是“真/假”，不能直接印出来", "先写成“是”“否”之类的文字。")
    if isinstance(value, int):
        return str(value)
    if not math.isfinite(value):
        raise Refused("template-value-not-finite", f"数值是 {value}，不是普通的数", "检查这个数是怎么算出来的。")
    text = format(value, "f") if isinstance(value, Decimal) else repr(value)
    if isinstance(value, float) and ("e" in text or len(text.strip("-0").replace(".", "")) > FLOAT_DIGITS):
        raise Refused("template-value-noisy", f"小数 {text} 不是人写得出的样子", "改成文字，或先四舍五入。")
    return text


def _why_not(value: object) -> tuple[str, str]:
    if value is None:
        return "值是空的（None）", "没有内容请给空文字。"
    if isinstance(value, (datetime.date, datetime.time)):
        return "值是日期，没有说明怎么写", "先写成“2026年1月5日”这样的文字。"
    if isinstance(value, Mapping):
        return "值是一组字段，不能整个印出来", "写明要印的是哪一个字段，例如 {{ 名称.字段 }}。"
    if isinstance(value, (Sequence, set, frozenset)):
        return "值是一个列表，不能整个印出来", "用 {%p for 项 in 列表 %} 逐项印出。"
    if callable(value):
        return "这个名字是一个程序方法，不是数据", "检查名字；要印的字段可能不存在。"
    return f"值的类型（{type(value).__name__}）不能印出来", "先写成文字。"


def has_own_parts(value: object) -> bool:
    """Pictures and sub-documents bring parts along; recognised by name, for docxtpl is slow to import."""
    return any((k.__module__, k.__name__) in _WITH_PARTS for k in type(value).__mro__)


_WITH_PARTS = frozenset(
    {("docxtpl.inline_image", "InlineImage"), ("docxtpl.subdoc", "Subdoc"), ("planwriter.template.pictures", "Picture")}
)


def html_of(value: object) -> str:
    """The markup a value carries; raises :class:`NeedsRelationships` for pictures and sub-documents."""
    if isinstance(value, Placed):
        return value
    if has_own_parts(value):
        raise NeedsRelationships
    html = str(value.__html__())  # type: ignore[attr-defined]
    if points_out(html):
        raise NeedsRelationships
    return html


ATTACHED_RELATION = "rIdPlanwriter"
"""How ids of relations begin whose parts are attached when the document is written: seals."""


def points_out(html: str) -> bool:
    """Whether markup names relationships of the document it is put into, as links and pictures do."""
    return " r:" in html.replace(f' r:embed="{ATTACHED_RELATION}', "")


def _inside_text(value: object) -> Placed:
    html = html_of(value)
    if "<" in html and not html.startswith("</w:t>"):
        raise Refused(
            "template-markup-in-text",
            "排好的段落或带格式的文字不能放进普通标签",
            "段落、表格用 {{p …}}，带格式的文字用 {{r …}}。",
        )
    return Placed(html)


def placed(value: object, runs: bool, prefixes: frozenset[str] = USUAL_PREFIXES) -> Markup:
    """Filter for ``{{p …}}`` and ``{{r …}}``: markup that fits between paragraphs, or between runs.

    ``prefixes`` are the namespace prefixes the part declares.
    """
    if isinstance(value, str) and value == "":
        return Placed("")
    if type(value) is Unwritten:
        value = value.__html__()
    if _is_undefined(value):
        return Placed(str(value))
    if not hasattr(value, "__html__"):
        raise Refused(
            "template-text-as-markup",
            "这里要放排好的段落或带格式的文字，给的却是普通值",
            "普通文字用 {{ … }}，前面不要加 p 或 r。",
        )
    if type(value) is Finished:
        check_fit(value, runs)
        if not value.quiet:
            _check_fragment(value, prefixes)
        return value
    html = html_of(value)
    check_fit(html, runs)
    _check_fragment(html, prefixes)
    return Placed(html)


def check_fit(html: str, runs: bool) -> None:
    """Refuse paragraphs between runs, and runs between paragraphs; raises :class:`Refused`."""
    if runs and html.startswith(("<w:p>", "<w:p ", "<w:tbl")):
        raise Refused("template-markup-misplaced", "段落或表格不能放进一行字里", "改用 {{p …}}，单独占一段。")
    if not runs and html.startswith(("<w:r>", "<w:r ", "<w:hyperlink")):
        raise Refused("template-markup-misplaced", "带格式的文字要放在段落里", "改用 {{r …}}。")


def _check_fragment(html: str, prefixes: frozenset[str]) -> None:
    """Refuse comments and declarations, unknown prefixes and cells without a paragraph."""
    if "<!" in html or "<?" in html:
        raise Refused("template-markup-unsound", "带格式的内容里有 XML 注释或声明", _REMAKE)
    if html.count("<w:") + html.count("</w:") != html.count("<"):
        used = {one or other for one, other in _PREFIX.findall(html)} - set(_DECLARED.findall(html)) - {"xmlns", "xml"}
        if unknown := sorted(used - prefixes):
            raise Refused(
                "template-markup-unsound", f"带格式的内容用了模板没有声明的前缀 {'、'.join(unknown)}", _REMAKE
            )
    cells = html.count("</w:tc>")
    if cells and cells != html.count("</w:p></w:tc>") + html.count("<w:p/></w:tc>"):
        raise Refused("template-markup-unsound", "带格式的表格里有单元格不以段落结束", _REMAKE)


def span(value: object) -> str:
    """Filter for a column span: a whole number from 1 to 63 (the columns a Word table can have)."""
    text = str(value).strip()
    if isinstance(value, bool) or not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= 63):
        raise Refused("template-bad-span", f"跨列数应是 1 到 63 的整数，给的是“{text[:20]}”", "数据里给一个整数。")
    return str(int(text))


def fill_colour(value: object) -> str:
    """Filter for a cell's colour: six hexadecimal digits, or ``auto``."""
    text = str(value)
    if re.fullmatch(r"[0-9A-Fa-f]{6}|auto", text) is None:
        raise Refused(
            "template-bad-colour", f"底色应是六位十六进制数，例如 FFF2CC，给的是“{text[:20]}”", "改成六位十六进制数。"
        )
    return text
