"""Whether Word would open a .docx without complaint, judged by code of its own: zip, package, markup.

``faults(data)`` lists what is wrong with a package as sentences, nothing when it is sound. It knows the
rules Word enforces beyond well-formed XML; it shares no code with what it judges.
"""

from __future__ import annotations

import io
import itertools
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES = "[Content_Types].xml"
LEFTOVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
Links = Mapping[str, tuple[str, str, bool]]
"""The relationships of a part by id: kind, target, whether external."""

ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
    "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd "
    "fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
    "cellIns cellDel cellMerge tcPrChange",
    "sectPr": "headerReference|footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings "
    "sectPrChange",
}
FIRST = {"p": "pPr", "r": "rPr", "tbl": "tblPr", "tr": "trPr", "tc": "tcPr"}
BLOCKS = {"p", "tbl", "sdt", "sectPr", "bookmarkStart", "bookmarkEnd", "customXml", "altChunk"}


def faults(data: bytes, *, leftovers: bool = False) -> list[str]:
    """Everything wrong with a document; ``leftovers`` allows the tags of a template to stand in its text."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = list(_zip_faults(archive))
            parts = {} if found else {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError) as bad:
        return [f"not a zip archive: {bad}"]
    trees = dict(_trees(parts, found))
    return found or [*_package_faults(parts, trees), *_document_faults(trees, leftovers)]


def _zip_faults(archive: zipfile.ZipFile) -> Iterator[str]:
    if broken := archive.testzip():
        yield f"{broken} is damaged"
    names = archive.namelist()
    yield from (f"{name} stands twice" for name, times in Counter(map(str.lower, names)).items() if times > 1)
    yield from (f"{name} is no name of a part" for name in names if "\\" in name or ".." in name or name[0] == "/")
    yield from (f"{info.filename} is encrypted" for info in archive.infolist() if info.flag_bits & 1)
    yield from (f"{name} is missing" for name in (CONTENT_TYPES, "_rels/.rels") if name not in names)


def _trees(parts: Mapping[str, bytes], found: list[str]) -> Iterator[tuple[str, Any]]:
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
            except etree.XMLSyntaxError as bad:
                found.append(f"{name} is not XML: {bad}")
                continue
            if b"<!DOCTYPE" in content:
                found.append(f"{name} has a document type")
            yield name, root


def _package_faults(parts: Mapping[str, bytes], trees: Mapping[str, Any]) -> Iterator[str]:
    types = trees[CONTENT_TYPES]
    defaults = {each.get("Extension").lower() for each in types.iter(f"{TYPES}Default")}
    overrides = {each.get("PartName").lstrip("/"): each.get("ContentType") for each in types.iter(f"{TYPES}Override")}
    yield from (f"{name} is declared and missing" for name in overrides.keys() - parts.keys())
    for name in parts.keys() - overrides.keys() - {CONTENT_TYPES}:
        if not name.endswith("/") and name.rpartition(".")[2].lower() not in defaults:
            yield f"{name} has no content type"
    if overrides.get("word/document.xml") != MAIN:
        yield f"word/document.xml is declared as {overrides.get('word/document.xml')}"
    reached = {name for name in parts if name.endswith((".rels", "/"))} | {CONTENT_TYPES}
    for name in trees:
        if name.endswith(".rels"):
            owner = _owner(name)
            if owner and owner not in parts:
                yield f"{name} belongs to no part"
            links, told = _links(trees[name], owner)
            yield from told
            for identity, (kind, target, external) in links.items():
                reached.add(target)
                if external and not kind.endswith(("/hyperlink", "/attachedTemplate")):
                    yield f"{name}: {identity} points outside: {target}"
                if not external and target not in parts:
                    yield f"{name}: {identity} points at {target}, which is missing"
    yield from (f"{name} is reached by no relationship" for name in parts.keys() - reached)
    for name, root in trees.items():
        if not name.endswith(".rels"):
            yield from _reference_faults(name, root, _links_of(name, trees))


def _owner(rels: str) -> str:
    folder, _, name = rels.rpartition("/")
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _links(root: Any, owner: str) -> tuple[Links, list[str]]:
    links: dict[str, tuple[str, str, bool]] = {}
    told = []
    for each in root.iter(f"{RELS}Relationship"):
        identity, target = each.get("Id"), unquote(each.get("Target"))
        external = each.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(owner), target)).lstrip("/")
        if identity in links:
            told.append(f"{owner or 'the package'} declares {identity} twice")
        links[identity] = (each.get("Type"), target, external)
    return links, told


def _links_of(name: str, trees: Mapping[str, Any]) -> Links:
    rels = posixpath.join(posixpath.dirname(name), "_rels", posixpath.basename(name) + ".rels")
    return _links(trees[rels], name)[0] if rels in trees else {}


def _reference_faults(name: str, root: Any, links: Links) -> Iterator[str]:
    for element in root.iter(etree.Element):
        for attribute, value in element.attrib.items():
            if attribute.startswith(R) and value and value not in links:
                yield f"{name}: {_local(element)} uses {value}, which is not declared"
        kind, used = _local(element).removesuffix("Reference"), element.get(f"{R}id")
        if kind in ("header", "footer") and used in links and not links[used][0].endswith("/" + kind):
            yield f"{name}: {used} is no {kind}"


def _document_faults(trees: Mapping[str, Any], leftovers: bool) -> Iterator[str]:
    styles = trees.get("word/styles.xml")
    known = {} if styles is None else {s.get(f"{W}styleId"): s.get(f"{W}type") for s in styles.iter(f"{W}style")}
    if styles is not None:
        yield from _style_faults(styles, known)
    for name, root in trees.items():
        if root.tag.startswith(W):
            told = [
                *_shape_faults(root),
                *_identity_faults(root),
                *_use_faults(root, known, trees),
                *_field_faults(root),
                *([] if leftovers else _leftover_faults(root)),
            ]
            yield from (f"{name}: {each}" for each in told)
        elif name.startswith("docProps/") and not leftovers and (left := LEFTOVER.search("".join(root.itertext()))):
            yield f"{name}: {left[0]} is left over"


def _local(element: Any) -> str:
    return str(etree.QName(element).localname)


def _children(element: Any) -> list[Any]:
    return list(element.iterchildren(etree.Element))


def _shape_faults(root: Any) -> Iterator[str]:
    if root.tag == f"{W}document":
        yield from _body_faults(root)
    for element in root.iter(f"{W}*"):
        name, below = _local(element), _children(element)
        names = [_local(child) for child in below if child.tag.startswith(W)]
        if name in ORDERS and (found := _out_of_order(names, ORDERS[name].split())):
            yield f"{name} holds {found}"
        if FIRST.get(name) in names[1:]:
            yield f"{FIRST[name]} is not the first in its {name}"
        if name == "tc" and (not names or names[-1] != "p"):
            yield "a cell does not end in a paragraph"
        if name == "tr" and not {"tc", "sdt"} & set(names):
            yield "a row has no cell"
        if name == "tbl":
            yield from _grid_faults(element)
        if name in ("p", "tbl") and _local(element.getparent()) in ("p", "r", "tbl", "tr"):
            yield f"a {name} stands in a {_local(element.getparent())}"
        spaced = name in ("t", "delText", "instrText") and (element.text or "") != (element.text or "").strip(" \t\n")
        if spaced and element.get(XML_SPACE) != "preserve":
            yield f"the spaces of {element.text!r} are not preserved"
    for choice in root.iter(f"{MC}Choice"):
        yield from (f"prefix {p} is unknown" for p in choice.get("Requires").split() if p not in choice.nsmap)
    yield from (f"prefix {p} is unknown" for p in root.get(f"{MC}Ignorable", "").split() if p not in root.nsmap)


def _body_faults(root: Any) -> Iterator[str]:
    (body, *more) = [child for child in _children(root) if child.tag == f"{W}body"] or [None]
    if body is None or more:
        yield "a document has one body"
        return
    names = [_local(child) for child in _children(body)]
    yield from (f"{name} stands in the body" for name in names if name not in BLOCKS)
    if names.count("sectPr") != 1 or names[-1] != "sectPr":
        yield "the body does not end in its only sectPr"


def _out_of_order(names: list[str], order: list[str]) -> str | None:
    place = {name: at for at, alternatives in enumerate(order) for name in alternatives.split("|")}
    if strange := [name for name in names if name not in place]:
        return f"{strange[0]}, which has no place there"
    return next((f"{a} before {b}" for a, b in itertools.pairwise(names) if place[a] > place[b]), None)


def _grid_faults(table: Any) -> Iterator[str]:
    grid = table.find(f"{W}tblGrid")
    if grid is None or table.find(f"{W}tblPr") is None:
        yield "a table lacks tblPr or tblGrid"
        return
    for row in table.iterchildren(f"{W}tr"):
        spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iterchildren(f"{W}tc")]
        width = sum(1 if span is None else int(span.get(f"{W}val")) for span in spans)
        if width > len(grid):
            yield f"a row of {width} columns stands in a grid of {len(grid)}"


def _identity_faults(root: Any) -> Iterator[str]:
    yield from _twice("docPr", (e.get("id") for e in root.iter(f"{WP}docPr")))
    yield from _twice("paraId", (e.get(f"{W14}paraId") for e in root.iter(f"{W}p")))
    starts = [e.get(f"{W}id") for e in root.iter(f"{W}bookmarkStart")]
    ends = [e.get(f"{W}id") for e in root.iter(f"{W}bookmarkEnd")]
    yield from _twice("bookmark", starts)
    yield from _twice("bookmark name", (e.get(f"{W}name") for e in root.iter(f"{W}bookmarkStart")))
    if sorted(starts) != sorted(ends):
        yield f"bookmarks {sorted(set(starts) ^ set(ends))} begin or end alone"
    yield from _twice("shape", (e.get("id") for e in root.iter("{urn:schemas-microsoft-com:vml}*")))


def _twice(what: str, found: Iterable[str | None]) -> Iterator[str]:
    yield from (f"{what} {one} stands twice" for one, times in Counter(found).items() if one and times > 1)


def _style_faults(styles: Any, known: Mapping[str, str]) -> Iterator[str]:
    yield from _twice("style", (s.get(f"{W}styleId") for s in styles.iter(f"{W}style")))
    for style in styles.iter(f"{W}style"):
        for link in ("basedOn", "next", "link"):
            named = style.find(f"{W}{link}")
            if named is not None and named.get(f"{W}val") not in known:
                yield f"style {style.get(f'{W}styleId')}: {link} names {named.get(f'{W}val')}, which is missing"


def _use_faults(root: Any, known: Mapping[str, str], trees: Mapping[str, Any]) -> Iterator[str]:
    for tag, kind in (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table")):
        for named in {each.get(f"{W}val") for each in root.iter(f"{W}{tag}")}:
            if known.get(named) != kind:
                yield f"{named} is no {kind} style"
    for tag, part, each in (
        ("numId", "numbering", "num"),
        ("footnoteReference", "footnotes", "footnote"),
        ("endnoteReference", "endnotes", "endnote"),
        ("commentReference", "comments", "comment"),
    ):
        identity = f"{W}numId" if each == "num" else f"{W}id"
        there = trees.get(f"word/{part}.xml")
        told = set() if there is None else {e.get(identity) for e in there.iter(f"{W}{each}")}
        used = {e.get(f"{W}val") or e.get(f"{W}id") for e in root.iter(f"{W}{tag}")} - (
            {"0"} if each == "num" else set()
        )
        yield from (f"{tag} {one} points at nothing" for one in used - told)


def _field_faults(root: Any) -> Iterator[str]:
    """Fields nest and close in each story; the two forms of an alternative are stories of their own."""
    fallbacks = {id(e) for f in root.iter(f"{MC}Fallback") for e in f.iter(f"{W}fldChar")}
    marks = list(root.iter(f"{W}fldChar"))
    for story in ([m for m in marks if id(m) not in fallbacks], [m for m in marks if id(m) in fallbacks]):
        depth = 0
        for mark in story:
            depth += {"begin": 1, "end": -1}.get(mark.get(f"{W}fldCharType"), 0)
            if depth < 0 or (depth == 0 and mark.get(f"{W}fldCharType") == "separate"):
                yield "a field ends that did not begin"
                break
        if depth > 0:
            yield "a field does not end"


def _leftover_faults(root: Any) -> Iterator[str]:
    for paragraph in root.iter(f"{W}p"):
        text = "".join(t.text or "" for t in paragraph.iter(f"{W}t", f"{W}instrText", f"{W}delText"))
        if left := LEFTOVER.search(text):
            yield f"{left[0]} is left over in {text[:40]!r}"
