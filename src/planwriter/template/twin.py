"""A package that python-docx holds, copied part by part: what a fill adds does not reach the original.

Trees are shared and only read; every arrow and every list of arrows is the copy's own. Nothing is written or parsed
for the copy, which is what opening a package anew costs most.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI
from docx.opc.part import Part, XmlPart
from docx.opc.pkgwriter import _ContentTypesItem
from docx.opc.rel import Relationships
from docx.package import Package
from docx.parts.image import ImagePart


def twin_of(package: Any) -> Package:
    """The copy of a package as it stands."""
    made = Package()
    _copy_arrows(package, made, made, {})
    made.after_unmarshal()  # type: ignore[no-untyped-call]  # as when it is opened: it learns of its pictures
    return made


def _copy_arrows(source: Any, mine: Any, package: Package, copies: dict[int, Part]) -> None:
    for ident, arrow in source.rels.items():
        if arrow.is_external:
            mine.rels.add_relationship(arrow.reltype, arrow.target_ref, ident, True)
            continue
        part = arrow.target_part
        known = copies.get(id(part))
        target = copies[id(part)] = known or _copied(part, package, picture=arrow.reltype == RELATIONSHIP_TYPE.IMAGE)
        mine.rels.add_relationship(arrow.reltype, target, ident)
        if known is None:
            _copy_arrows(part, target, package, copies)


def _copied(part: Part, package: Package, *, picture: bool) -> Part:
    if isinstance(part, XmlPart):
        tree: XmlPart = object.__new__(type(part))  # what the class finds out lazily, it finds out anew
        XmlPart.__init__(tree, part.partname, part.content_type, part.element, package)
        return tree
    if isinstance(part, ImagePart):
        return ImagePart(part.partname, part.content_type, part.blob, part._image)
    if picture:
        return ImagePart(part.partname, part.content_type, part.blob)
    return Part(part.partname, part.content_type, part.blob, package)


def contents_of(package: Package, filled: Mapping[str, bytes]) -> dict[str, bytes]:
    """All parts of the package by name, in the order in which python-docx writes them; ``filled`` replaces some."""
    parts = package.parts
    made = {CONTENT_TYPES_URI.membername: _ContentTypesItem.from_parts(parts).blob}  # type: ignore[no-untyped-call]
    made[PACKAGE_URI.rels_uri.membername] = _xml(package.rels)
    for part in parts:
        name = part.partname.membername
        made[name] = filled.get(name) or part.blob
        if len(part.rels):
            made[part.partname.rels_uri.membername] = _xml(part.rels)
    return made


def _xml(rels: Relationships) -> bytes:
    xml: str | bytes = rels.xml
    return xml.encode("utf-8") if isinstance(xml, str) else xml
