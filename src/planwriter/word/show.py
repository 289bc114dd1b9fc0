"""Show a document: any .docx read paragraph by paragraph, with the role and the look that are really in force."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from planwriter.diagnostic import Diagnostic, FileError, Place
from planwriter.word.effective import NOTHING, Look, Styles, over, paragraph_look
from planwriter.word.markup import R, parse, w
from planwriter.word.package import read_package
from planwriter.word.relationships import main_part, read_relationships, target_name
from planwriter.word.shown import Shown, ShownPage, ShownParagraph, ShownSpan
from planwriter.word.walking import Stop, pieces, stops

__all__ = ["Shown", "ShownPage", "ShownParagraph", "ShownSpan", "show"]

_TWIPS_PER_MM = 1440 / 25.4
_DEFAULT_HALF_POINTS = "20"
_MARKS = (("b", "加粗"), ("i", "倾斜"), ("strike", "删除线"), ("vanish", "隐藏"))
_UNCOLOURED = frozenset({"auto", "000000"})
_EDGES = (("headerReference", "页眉"), ("footerReference", "页脚"))
_NOTES = (("footnotes", "footnote", "脚注"), ("endnotes", "endnote", "尾注"))
_PAGE_KINDS = {"even": "双页", "first": "首页"}


def show(data: bytes, name: str = "文档") -> Shown:
    """What the .docx in ``data`` says. Raises ``FileError`` for what is not a sound Word document.

    Body, tables and text boxes in reading order (of alternatives only the first), then notes, then
    headers and footers. Line break ⏎, page break ␌, tab →, fields such as ``{PAGE}``.
    """
    document = _Document(read_package(data, name=name, error=FileError, reading=True).parts, name)
    pages = tuple(document.page(section) for section in document.sections())
    shown = (document.paragraph(number, stop) for number, stop in enumerate(document.stops(), 1))
    return Shown(name, pages, tuple(shown))


@dataclass(slots=True)
class _Document:
    """The parts a reader needs, parsed."""

    parts: dict[str, bytes]
    name: str

    def __post_init__(self) -> None:
        self._main = main_part(self.parts) or ""
        self._targets = {arrow.id: (arrow.kind, target_name(self._main, arrow.target))
                         for arrow in read_relationships(self.parts, self._main) if not arrow.external}
        self._root = self._parsed(self._main)
        if self._root is None or (body := self._root.find(w("body"))) is None:
            raise FileError(Diagnostic("show-no-body", "文档里没有正文", place=Place(file=self.name),
                                       hint="在 Word 中打开并另存一份再试。"))
        self._body = body
        self._styles = Styles(self._related("styles"), self._related("theme"))
        settings = self._related("settings")
        self._odd_and_even = settings is not None and settings.find(w("evenAndOddHeaders")) is not None

    __slots__ = ("_body", "_main", "_odd_and_even", "_root", "_styles", "_targets")
