"""From rendered text to a sound part: breaks, placeholders, numbers, cells, and a strict parse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from planwriter.template import identities, signs
from planwriter.template.breaks import with_breaks
from planwriter.template.placeholders import highlighted
from planwriter.word.markup import fault_of, parse, w

if TYPE_CHECKING:  # texts of a kept template need no tree
    from lxml import etree

DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CELL = w("tc")
_RAGGED = (w("tr"), w("tbl"))
_NO_ENDING = (None, w("tbl"), w("tcPr"))
_HOLDERS = tuple(w(n) for n in ("tc", "tr", "tbl", "hdr", "ftr", "footnote", "txbxContent", "sdtContent"))


class Unsound(Exception):
    """The rendered part is not what Word would open; the sentence says why."""


class Finish(NamedTuple):
    """What a part needs after rendering, decided when the template is compiled."""

    body: bool = False
    story: bool = True
    """Whether it holds paragraphs; core properties do not."""
    spans: bool = False
    """Whether tags can change the number of columns of a table."""
    hollow: bool = False
    """Whether tags can leave a cell, a row, a table or a whole story without content."""
    numbered: bool = False
    """Whether drawings, bookmarks or shapes stand in it or can be put in."""
    static_texts: tuple[bytes, ...] = ()


def finished(xml: str, finish: Finish, sound: Callable[[], bool] = bool) -> bytes:
    """The part as UTF-8 bytes with its declaration; raises :class:`Unsound`.

    ``sound`` tells whether it was parsed already, as it was given.
    """
    content = encoded(xml)
    if not finish.story:
        content, sound = encoded(_with_plain_lines(xml)), bool
    elif signs.has_signs(content):
        xml, sound = _resolved(xml), bool
        content = encoded(xml)
    if finish.hollow:
        xml, content = _without_hollows(xml, content, spans=finish.spans)
    elif not sound() and (fault := fault_of(content)) is not None:
        raise Unsound(f"填出的 XML 不合格：{fault}")
    if finish.numbered and signs.has_numbers(content):
        content = encoded(with_own_numbers(xml, finish))
    check_kept(content, finish.static_texts)
    return DECLARATION + content


def _resolved(xml: str) -> str:
    xml = with_breaks(_with_plain_lines(xml))
    return highlighted(xml) if signs.GAP in xml else xml


def _with_plain_lines(xml: str) -> str:
    if "\r" in xml or "\v" in xml:
        return xml.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    return xml


def _without_hollows(xml: str, content: bytes, *, spans: bool) -> tuple[str, bytes]:
    root = _strict(content)
    if not spans and not any(_is_hollow(e) for e in root.iter(*_HOLDERS)):
        return xml, content
    xml = repaired(root, spans=spans)
    return xml, encoded(xml)


def with_own_numbers(xml: str, finish: Finish) -> str:
    """Numbers and names of drawings, shapes and bookmarks that may stand once in a part."""
    xml = identities.renumber_pictures(xml) if finish.body else identities.unique_pictures(xml)
    return identities.unique_shapes(identities.unique_bookmarks(xml))


def _is_hollow(element: etree._Element) -> bool:
    """Whether a cell, row, table or story came out without what Word wants in it."""
    tag = element.tag
    if tag in _RAGGED:
        return next(element.iter(_CELL), None) is None
    last = element[-1].tag if len(element) else None
    return last in _NO_ENDING


def repaired(root: etree._Element, *, spans: bool) -> str:
    """Drop rows without cells and tables without rows, end every cell in a paragraph."""
    if spans:
        from planwriter.template.columns import fit_columns

        fit_columns(root)
    _drop_empty(root)
    for story in root.iter(*(w(n) for n in ("hdr", "ftr", "footnote", "txbxContent", "tc"))):
        _end_in_paragraph(story)
    from lxml import etree

    return str(etree.tostring(root, encoding="unicode"))


def _drop_empty(root: etree._Element) -> None:
    for tag, inner in ((w("tr"), w("tc")), (w("tbl"), w("tr"))):
        for element in reversed(list(root.iter(tag))):
            if next(element.iter(inner), None) is None:
                _remove(element)
    for content in list(root.iter(w("sdtContent"))):
        if len(content) == 0 and (holder := content.getparent()) is not None:
            _remove(holder)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _end_in_paragraph(story: etree._Element) -> None:
    content = [c for c in story if c.tag != w("tcPr")]
    last = content[-1].tag if content else None
    if last is None or (last == w("tbl")):
        story.append(story.makeelement(w("p"), {}))


def encoded(xml: str) -> bytes:
    """UTF-8; surrogates that form a pair are joined first, a lone one is :class:`Unsound`."""
    try:
        return xml.encode("utf-8")
    except UnicodeEncodeError:
        pass
    try:
        return xml.encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode("utf-8")
    except UnicodeDecodeError:
        raise Unsound("文字里有不成对的代理字符（U+D800–U+DFFF）") from None


def _strict(content: bytes) -> etree._Element:
    from lxml import etree

    try:
        return parse(content)
    except etree.XMLSyntaxError as fault:
        raise Unsound(f"填出的 XML 不合格：{fault.msg}") from None


def check_kept(content: bytes, texts: tuple[bytes, ...]) -> None:
    """Every static text of the template must still be there, in order."""
    at = 0
    for text in texts:
        at = content.find(text, at)
        if at < 0:
            raise Unsound(f"模板里的文字“{text[1:-6].decode()[:20]}”在结果里不见了")
        at += len(text)
