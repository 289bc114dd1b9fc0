"""Reads written documents for tests, independently of the code that wrote them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def root_of(data: bytes, part: str = "word/document.xml") -> ElementTree.Element:
    """The parsed part of a .docx."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return ElementTree.fromstring(package.read(part))


def _below(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in element:
        if child.tag != FALLBACK:
            yield child
            yield from _below(child)


def _own_text(paragraph: ElementTree.Element) -> str:
    out = []

    def go(element: ElementTree.Element) -> None:
        for child in element:
            if child.tag in (FALLBACK, f"{W}txbxContent", f"{W}pPr"):
                continue
            if child.tag == f"{W}t":
                out.append(child.text or "")
            elif child.tag == f"{W}br":
                out.append("\n")
            elif child.tag == f"{W}tab":
                out.append("\t")
            go(child)

    go(paragraph)
    return "".join(out)


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    """(style id, text) of every paragraph with text, in document order, table cells and text boxes included."""
    found = []
    for element in _below(root_of(data)):
        if element.tag == f"{W}p":
            style = element.find(f"{W}pPr/{W}pStyle")
            text = _own_text(element)
            if text:
                found.append((style.get(f"{W}val", "") if style is not None else "", text))
    return found


def texts(data: bytes) -> list[str]:
    """The text of every paragraph, in document order."""
    return [text for _, text in paragraphs(data)]
