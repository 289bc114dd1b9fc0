"""Formatted words inside a paragraph, made from checked arguments and escaped text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from markupsafe import Markup

from planwriter.diagnostic import Diagnostic, TemplateError

_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_STYLE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def rich(
    text: str,
    *,
    style: str | None = None,
    bold: bool = False,
    italic: bool = False,
    strike: bool = False,
    colour: str | None = None,
    size_pt: float | None = None,
    highlight: bool = False,
    underline: bool = False,
) -> Markup:
    """A run for ``{{r …}}``; pieces are joined with ``+``.

    ``style`` is a character style's id, ``colour`` six hexadecimal digits, ``size_pt`` points in steps of
    a half from 1 to 200. Raises :class:`TemplateError` for anything else.
    """
    look = "".join(_look(style, bold, italic, strike, colour, size_pt, highlight, underline))
    words = escape(text, quote=False)
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    run = f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'
    return Markup(run)  # noqa: S704  the text is escaped, the properties are checked


def _look(
    style: str | None,
    bold: bool,
    italic: bool,
    strike: bool,
    colour: str | None,
    size_pt: float | None,
    highlight: bool,
    underline: bool,
) -> Iterator[str]:
    """The run properties in the order the schema wants."""
    if style is not None:
        yield f'<w:rStyle w:val="{_checked(style, _STYLE_ID, "字符样式的编号")}"/>'
    yield from (f"<w:{name}/>" for name, wanted in (("b", bold), ("i", italic), ("strike", strike)) if wanted)
    if colour is not None:
        yield f'<w:color w:val="{_checked(colour, _COLOUR, "六位十六进制颜色")}"/>'
    if size_pt is not None:
        half = _half_points(size_pt)
        yield f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    if highlight:
        yield '<w:highlight w:val="yellow"/>'
    if underline:
        yield '<w:u w:val="single"/>'


def _checked(value: str, pattern: re.Pattern[str], what: str) -> str:
    if pattern.fullmatch(value) is None:
        raise _refused(value, what)
    return value


def _half_points(size_pt: float) -> int:
    half = size_pt * 2
    if not (2 <= half <= 400 and half == int(half)):
        raise _refused(size_pt, "1 到 200 磅、以半磅为单位的字号")
    return int(half)


def _refused(value: object, what: str) -> TemplateError:
    return TemplateError(
        Diagnostic("template-bad-look", f"字的样子写错了：应是{what}，给的是“{value}”", found=str(value), expected=what)
    )
