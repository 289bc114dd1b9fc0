"""A package that python-docx holds, copied part by part: what a fill adds does not reach the original.

Trees are shared and only read; every arrow and every list of arrows is the copy's own. Nothing is written or parsed
for the copy, which is what opening a package anew costs most.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI
from docx.opc.part import Part, XmlPart
from docx.opc.pkgwriter import _ContentTypesItem
from docx.opc.rel import Relationships
from docx.package import Package
from docx.parts.image import ImagePart


def twin_of(package: Any) -> Package:
    """The copy of a package as it stands."""
    made = Package()
    copies: dict[int, Part] = {}
    _copy_arrows(package, made, made, copies)
    for image in package.image_parts:
        if id(image) in copies:
            made.image_parts.append(copies[id(image)])  # type: ignore[arg-type]
    return made


def _copy_arrows(source: Any, mine: Any, package: Package, copies: dict[int, Part]) -> None:
    rels = mine.rels
    for ident, arrow in source.rels.items():
        target = arrow.target_ref if arrow.is_external else _copied(arrow.target_part, package, copies)
        rels.add_relationship(arrow.reltype, target, ident, arrow.is_external)


def _copied(part: Part, package: Package, copies: dict[int, Part]) -> Part:
    known = copies.get(id(part))
    if known is not None:
        return known
    mine = copies[id(part)] = object.__new__(type(part))
    mine._partname, mine._content_type, mine._blob = part.partname, part.content_type, part._blob
    mine._package = package
    if isinstance(part, XmlPart):
        mine._element = part._element  # type: ignore[attr-defined]
    if isinstance(part, ImagePart):
        mine._image = part._image  # type: ignore[attr-defined]
    _copy_arrows(part, mine, package, copies)
    return mine


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
