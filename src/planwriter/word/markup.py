"""Parse parts of a document strictly: no entities, no network, no recovery, no giant trees."""

from __future__ import annotations

import codecs
from functools import cache
from typing import TYPE_CHECKING
from xml.parsers import expat

from planwriter.expression import expression

if TYPE_CHECKING:  # a kept template is filled without it
    from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
V = "urn:schemas-microsoft-com:vml"
OFFICE_VML = "urn:schemas-microsoft-com:office:office"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

_ENCODING = expression(rb"<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)[\"']")


def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute: ``w("p")``."""
    return f"{{{W}}}{name}"


def parse(content: bytes | str) -> etree._Element:
    """Strict parse; raises ``lxml.etree.XMLSyntaxError``. Text keeps its white space."""
    from lxml import etree

    return etree.fromstring(content, _strict_parser())


@cache
def _strict_parser() -> etree.XMLParser:
    """One for all: making a parser costs as much as parsing ten pages; lxml locks it while it works."""
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def fault_of(content: bytes) -> str | None:
    """What keeps UTF-8 bytes from being well-formed XML, or None; twice as fast as building a tree.

    Prefixes are not resolved: for that, parse.
    """
    judge = expat.ParserCreate("utf-8")
    try:
        judge.Parse(content, True)
    except expat.ExpatError as fault:
        return str(fault)
    return None


def parse_tidy(content: bytes) -> etree._Element:
    """Strict parse that drops ignorable white space, comments and instructions."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_blank_text=True,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(content, parser)


def declared_encoding(content: bytes) -> str:
    """The encoding a part says or shows it is in, lower case; ``utf-8`` when it says nothing."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)) or content[:4] in (b"<\0\0\0", b"\0\0\0<"):
        return "utf-32"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content[:4]:
        return "utf-16"
    found = _ENCODING.match(content.removeprefix(codecs.BOM_UTF8))
    return found[1].decode("ascii", "replace").lower() if found else "utf-8"


def has_doctype(content: bytes) -> bool:
    """Whether a document type declaration stands anywhere in the part, in UTF-8 or UTF-16."""
    return any(mark in content.upper() for mark in _DOCTYPES)


_DOCTYPES = tuple("<!DOCTYPE".encode(e) for e in ("ascii", "utf-16-le", "utf-16-be"))
