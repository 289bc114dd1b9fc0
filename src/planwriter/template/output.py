"""From rendered text to a sound part: breaks, placeholders, numbers, cells, and a strict parse."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from planwriter.template import identities
from planwriter.template.breaks import with_breaks
from planwriter.template.placeholders import SIGN, highlighted
from planwriter.word.markup import parse, w

DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CLOSINGS = (("</w:tc>", ("</w:p></w:tc>", "<w:p/></w:tc>")), ("</w:tr>", ("</w:tc></w:tr>",)),
             ("</w:tbl>", ("</w:tr></w:tbl>",)))
_STORIES = ("</w:hdr>", "</w:ftr>", "</w:footnote>", "</w:txbxContent>", "</w:sdtContent>")
_EMPTY_STORY = re.compile(r"<w:(?:hdr|ftr|footnote|txbxContent|sdtContent)(?: [^<>]*)?>\s*</w:")


class Unsound(Exception):  # noqa: N818  reported as a Diagnostic by the caller
    """The rendered part is not what Word would open; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Finish:
    """What a part needs after rendering, decided when the template is compiled."""

    body: bool = False
    story: bool = True
    """Whether it holds paragraphs; core properties do not."""
    spans: bool = False
    static_texts: tuple[str, ...] = ()


def finished(xml: str, finish: Finish) -> bytes:
    """The part as UTF-8 bytes with its declaration; raises :class:`Unsound`."""
    if finish.story:
        xml = _shaped(xml, finish)
    content = DECLARATION + encoded(xml)
    root = _strict(content)
    if finish.story:
        _check_kept(root, finish.static_texts)
    return content


def _shaped(xml: str, finish: Finish) -> str:
    if "<!" in xml:
        raise Unsound("填入的内容里有 XML 注释或声明")
    if "\r" in xml or "\v" in xml:
        xml = xml.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    if "\n" in xml or "\t" in xml or "\a" in xml or "\f" in xml:
        xml = with_breaks(xml)
    if SIGN in xml:
        xml = highlighted(xml)
    if needs_repair(xml) or finish.spans:
        xml = repaired(xml, spans=finish.spans)
    return _with_own_numbers(xml, finish)


def _with_own_numbers(xml: str, finish: Finish) -> str:
    if "<wp:docPr" in xml:
        xml = identities.renumber_pictures(xml) if finish.body else identities.unique_pictures(xml)
    if "<w:bookmarkStart" in xml:
        xml = identities.unique_bookmarks(xml)
    return identities.unique_shapes(xml) if "<v:" in xml else xml


def needs_repair(xml: str) -> bool:
    """Whether some cell, row, table or story may have come out empty; cheap, and never wrong by a no."""
    for closing, proper in _CLOSINGS:
        if (number := xml.count(closing)) and sum(xml.count(p) for p in proper) != number:
            return True
    return any(s in xml for s in _STORIES) and _EMPTY_STORY.search(xml) is not None


def repaired(xml: str, *, spans: bool) -> str:
    """Drop rows without cells and tables without rows, end every cell in a paragraph."""
    root = _strict(encoded(xml))
    if spans:
        from planwriter.template.columns import fit_columns
        fit_columns(root)
    _drop_empty(root)
    for story in root.iter(*(w(n) for n in ("hdr", "ftr", "footnote", "txbxContent", "tc"))):
        _end_in_paragraph(story)
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
    try:
        return parse(content)
    except etree.XMLSyntaxError as fault:
        raise Unsound(f"填出的 XML 不合格：{fault.msg}") from None


def _check_kept(root: etree._Element, texts: tuple[str, ...]) -> None:
    """Every static text of the template must still be there, in order."""
    if not texts:
        return
    written = iter([e.text for e in root.iter(w("t"))])
    for text in texts:
        if text not in written:
            raise Unsound(f"模板里的文字“{text[:20]}”在结果里不见了")
