"""The imprint on a page of its own; with a blank page before it in a section without page numbers (7.5)."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from planwriter.standard.roles import role
from planwriter.word.markup import RELATIONSHIPS, TYPES, R, W, parse, w
from planwriter.word.properties import put, switch_on
from planwriter.word.relationships import CONTENT_TYPES, OFFICE, WORDPROCESSING, relationships_name

_KINDS = ("even", "default")
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="{role("page_number_odd").style_id}"/></w:pPr></w:p></w:ftr>'
)
_PART, _RELATION = "word/footerBeforeImprint.xml", "rIdPWNoNumber"


class ImprintSection:
    """The imprint of a document: ``texts`` are its lines, read from the box on its carrier paragraph."""

    def __init__(self, carrier: etree._Element, section: etree._Element, texts: tuple[str, ...]) -> None:
        self.texts = texts
        self.changed = False
        self._carrier, self._section = carrier, section
        self._body: etree._Element = section.getparent()  # type: ignore[assignment]

    @property
    def is_last(self) -> bool:
        """Whether nothing but the section's own properties follows the carrier."""
        return self._carrier.getnext() is self._section

    @property
    def unnumbered(self) -> bool:
        """Whether its pages have a section of their own, without page numbers."""
        return any(one.get(f"{{{R}}}id") == _RELATION for one in self._section.iter(w("footerReference")))

    @property
    def begins_page(self) -> bool:
        """Whether its carrier begins a page."""
        return self._carrier.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None

    def begin_page(self) -> None:
        """Let the carrier begin a page."""
        self.changed = True
        switch_on(self._carrier, "pageBreakBefore")

    def run_on(self) -> None:
        """Undo what :meth:`begin_page` and :meth:`add_blank_page` did: the imprint follows the text again."""
        self.changed = True
        for found in self._carrier.findall(f"{w('pPr')}/{w('pageBreakBefore')}"):
            found.getparent().remove(found)  # type: ignore[union-attr]
        if self.unnumbered:
            self._end_section()

    def add_blank_page(self) -> None:
        """Put one printed blank page before the imprint, both in a section without page numbers."""
        previous = self._previous()
        if not self.unnumbered:
            put(previous, deepcopy(self._section))
            _unnumber(self._section)
        self._carrier.addprevious(self._thin_paragraph())
        self.begin_page()

    def _end_section(self) -> None:
        """Take the blank page away, and give the section before back its last place."""
        while (thin := self._carrier.getprevious()) is not None and _is_thin(thin):
            self._body.remove(thin)
        ended = None if thin is None else thin.find(f"{w('pPr')}/{w('sectPr')}")
        if thin is None or ended is None:
            return
        self._section[:] = list(ended)
        thin.find(w("pPr")).remove(ended)  # type: ignore[union-attr]
        if _is_thin(thin):
            self._body.remove(thin)

    def _previous(self) -> etree._Element:
        """The paragraph that ends the section before; a table needs one after it."""
        previous = self._carrier.getprevious()
        if previous is None or previous.tag != w("p"):
            previous = self._thin_paragraph()
            self._carrier.addprevious(previous)
        return previous

    def _thin_paragraph(self) -> etree._Element:
        thin = etree.Element(w("p"))
        put(thin, etree.Element(w("pStyle"), {w("val"): role("imprint_carrier").style_id}))
        return thin

    def add_parts(self, parts: dict[str, bytes], main: str) -> None:
        """Give a package the empty footer which the section names."""
        if not self.unnumbered or _PART in parts:
            return
        parts[_PART] = _EMPTY.encode()
        parts[relationships_name(main)] = _with(
            parts[relationships_name(main)], f"{{{RELATIONSHIPS}}}Relationship",
            {"Id": _RELATION, "Type": f"{OFFICE}footer", "Target": f"/{_PART}"},
        )  # fmt: skip
        parts[CONTENT_TYPES] = _with(
            parts[CONTENT_TYPES], f"{{{TYPES}}}Override",
            {"PartName": f"/{_PART}", "ContentType": f"{WORDPROCESSING}footer+xml"},
        )  # fmt: skip


def _is_thin(element: etree._Element) -> bool:
    """Whether it is a paragraph that was put before the carrier: nothing in it, not even the end of a section."""
    style = element.find(f"{w('pPr')}/{w('pStyle')}")
    return (
        [one.tag for one in element] == [w("pPr")]
        and style is not None
        and style.get(w("val")) == role("imprint_carrier").style_id
        and element.find(f"{w('pPr')}/{w('sectPr')}") is None
    )


def _unnumber(section: etree._Element) -> None:
    """Footers without a number on every page, a new page at the beginning, numbering not begun anew."""
    for name in ("footerReference", "titlePg", "type"):
        for found in section.findall(w(name)):
            section.remove(found)
    for numbering in section.findall(w("pgNumType")):
        if numbering.get(w("start")) is not None:
            del numbering.attrib[w("start")]
    at = len(section.findall(w("headerReference")))
    for kind in reversed(_KINDS):
        section.insert(at, etree.Element(w("footerReference"), {w("type"): kind, f"{{{R}}}id": _RELATION}))


def _with(part: bytes, tag: str, attributes: dict[str, str]) -> bytes:
    root = parse(part)
    root.append(etree.Element(tag, attributes))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
