"""The imprint on a page of its own: a section that begins before its carrier and has no page number (7.5)."""

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

    @property
    def is_last(self) -> bool:
        """Whether nothing but the section's own properties follows the carrier."""
        return self._carrier.getnext() is self._section

    @property
    def unnumbered(self) -> bool:
        """Whether its pages have a section of their own, without page numbers."""
        return any(one.get(f"{{{R}}}id") == _RELATION for one in self._section.iter(w("footerReference")))

    @property
    def after_blank_page(self) -> bool:
        """Whether a blank page has been put before it."""
        return self.unnumbered and self._carrier.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None

    def begin_section(self) -> None:
        """Let a section without page numbers begin right before the carrier."""
        self.changed = True
        previous = self._previous()
        if previous.find(f"{w('pPr')}/{w('sectPr')}") is None:
            put(previous, deepcopy(self._section))
        _unnumber(self._section)

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

    def add_blank_page(self) -> None:
        """Put one printed blank page before the imprint, inside its section."""
        self.changed = True
        self._carrier.addprevious(self._thin_paragraph())
        switch_on(self._carrier, "pageBreakBefore")

    def remove_blank_page(self) -> None:
        """Take that page away again."""
        self.changed = True
        blank = self._carrier.getprevious()
        if blank is not None:
            self._section.getparent().remove(blank)  # type: ignore[union-attr]
        for found in self._carrier.findall(f"{w('pPr')}/{w('pageBreakBefore')}"):
            found.getparent().remove(found)  # type: ignore[union-attr]

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
