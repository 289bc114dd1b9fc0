"""Cut the runs of a paragraph so that a stretch of its text stands in runs of its own."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from planwriter.word.markup import w

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BOX = w("txbxContent")
_AFTER_HIGHLIGHT = frozenset(
    map(w, ("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout",
            "specVanish", "oMath", "rPrChange"))
)  # fmt: skip
"""What stands behind a highlight in the schema's order."""


def texts_of(paragraph: etree._Element) -> list[etree._Element]:
    """The text elements of a paragraph in order, those of its text boxes left out."""
    return list(_own(paragraph))


def _own(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == w("t"):
            yield child
        elif child.tag != _BOX:
            yield from _own(child)


def runs_of(paragraph: etree._Element, start: int, end: int) -> list[etree._Element]:
    """The runs that hold exactly the characters from ``start`` to ``end`` of the text, cut where need be."""
    _cut(paragraph, end)
    _cut(paragraph, start)
    held: list[etree._Element] = []
    at = 0
    for text in texts_of(paragraph):
        after = at + len(text.text or "")
        run = text.getparent()
        if run is not None and at >= start and after <= end and after > at and run not in held:
            held.append(run)
        at = after
    return held


def _cut(paragraph: etree._Element, offset: int) -> None:
    """Let a run begin at this character."""
    at = 0
    for text in texts_of(paragraph):
        words = text.text or ""
        if at < offset < at + len(words):
            _split(text, offset - at)
            return
        if offset == at and text.getprevious() is not None and text.getprevious().tag != w("rPr"):  # type: ignore[union-attr]
            _move(text)
            return
        at += len(words)


def _split(text: etree._Element, offset: int) -> None:
    words = text.text or ""
    rest = etree.Element(w("t"))
    text.text, rest.text = words[:offset], words[offset:]
    for one in (text, rest):
        one.set(_SPACE, "preserve")
    text.addnext(rest)
    _move(rest)


def _move(first: etree._Element) -> None:
    """Put an element of a run and all that follows it into a run of their own."""
    run = first.getparent()
    if run is None or run.tag != w("r"):
        return
    later = etree.Element(w("r"), {str(name): str(value) for name, value in run.attrib.items()})
    look = run.find(w("rPr"))
    if look is not None:
        later.append(deepcopy(look))
    for element in [first, *first.itersiblings()]:
        later.append(element)
    run.addnext(later)


def break_page(paragraph: etree._Element, at: int) -> None:
    """Put a page break before this character of the text."""
    length = sum(len(text.text or "") for text in texts_of(paragraph))
    following = runs_of(paragraph, at, length)
    if following:
        run = etree.Element(w("r"))
        etree.SubElement(run, w("br"), {w("type"): "page"})
        following[0].addprevious(run)


def highlight(run: etree._Element) -> None:
    """Give a run a yellow ground."""
    look = run.find(w("rPr"))
    if look is None:
        look = etree.Element(w("rPr"))
        run.insert(0, look)
    for old in look.findall(w("highlight")):
        look.remove(old)
    at = next((n for n, child in enumerate(look) if child.tag in _AFTER_HIGHLIGHT), len(look))
    look.insert(at, etree.Element(w("highlight"), {w("val"): "yellow"}))
