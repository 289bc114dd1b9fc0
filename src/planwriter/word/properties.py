"""Properties of a paragraph set one by one, each in the place the schema gives it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from planwriter.word.markup import w

_ORDER = """
pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange
"""
_RANK = {w(name): rank for rank, name in enumerate(_ORDER.split())}


def properties_of(paragraph: etree._Element) -> etree._Element:
    """The ``w:pPr`` of a paragraph, made where there is none."""
    found = paragraph.find(w("pPr"))
    if found is None:
        found = etree.Element(w("pPr"))
        paragraph.insert(0, found)
    return found


def put(paragraph: etree._Element, element: etree._Element) -> None:
    """Set one property; one of the same name is replaced."""
    properties = properties_of(paragraph)
    for old in properties.findall(str(element.tag)):
        properties.remove(old)
    rank = _RANK[str(element.tag)]
    at = sum(1 for other in _ranked(properties) if other < rank)
    properties.insert(at, element)


def _ranked(properties: etree._Element) -> Iterator[int]:
    for child in properties:
        yield _RANK.get(str(child.tag), len(_RANK))


def switch_on(paragraph: etree._Element, name: str) -> None:
    """Set a property that is on by being there, such as ``keepNext``."""
    put(paragraph, etree.Element(w(name)))


def set_line(paragraph: etree._Element, twips: int) -> None:
    """Set the exact line spacing; space before and after stay as they are."""
    old = paragraph.find(f"{w('pPr')}/{w('spacing')}")
    spacing = etree.Element(w("spacing"))
    for name, value in old.attrib.items() if old is not None else ():
        spacing.set(name, value)
    spacing.set(w("line"), str(twips))
    spacing.set(w("lineRule"), "exact")
    put(paragraph, spacing)
