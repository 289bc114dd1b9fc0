"""Documents of one template joined into one: bodies in a row, a section for each, what they refer to taken along."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from copy import deepcopy
from itertools import count

from lxml import etree

from planwriter.diagnostic import Diagnostic, FileError, Place
from planwriter.word.markup import OFFICE_VML, RELATIONSHIPS, TYPES, R, V, parse, w
from planwriter.word.package import Package, read_package
from planwriter.word.packing import CONTENT_TYPES, write_parts
from planwriter.word.relationships import (
    Relationship,
    content_types,
    main_part,
    read_relationships,
    relationships_name,
    target_name,
)

MAX_BODY = 30_000_000
"""Bytes of XML the joined body may have; Word itself becomes unusable far earlier."""
_OWN = ("customXml", "core-properties", "extended-properties")
_SHARED = ("styles", "settings", "fontTable", "numbering", "theme", "footnotes", "endnotes")
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


class Merged:
    """Takes in documents one by one; ``number`` is how many it has. They must come from the same template."""

    def __init__(self) -> None:
        self.number = 0
        self._parts: dict[str, bytes] = {}
        self._main = ""
        self._body: list[bytes] = []
        self._size = 0
        self._head = self._tail = b""
        self._last: etree._Element | None = None
        self._relations: list[Relationship] = []
        self._numbers = count(1)

    def add(self, data: bytes, *, name: str) -> None:
        """Take a document in; raises FileError for one that does not fit, or where the whole grows too large."""
        package = read_package(data, name=name, error=FileError)
        main = main_part(package.parts) or ""
        root = parse(package.parts[main])
        body = root.find(w("body"))
        if body is None or len(body) < 2 or body[-1].tag != w("sectPr"):
            raise FileError(_misfit(name, "里面没有正文"))
        if self._size + len(package.parts[main]) > MAX_BODY:
            raise FileError(_misfit(name, f"合订的文档已有 {MAX_BODY // 1_000_000} MB，再大就打不开了"))
        renamed = self._begin(package, main) if not self.number else self._fitted(package, main, name)
        for element in root.iter(etree.Element):
            for attribute in [a for a in element.attrib if str(a).startswith(f"{{{R}}}")]:
                element.set(attribute, renamed.get(str(element.get(attribute)), str(element.get(attribute))))
        self._make_unique(root)
        self._take(root, body)
        self.number += 1

    def written(self) -> bytes:
        """The joined document; the same documents give the same bytes."""
        assert self._last is not None
        self._body.append(_text(self._last))
        content = b"".join((self._head, *self._body, self._tail))
        arrows = relationships_name(self._main)
        return write_parts(self._parts | {self._main: content, arrows: self._relations_part()})

    def _begin(self, package: Package, main: str) -> dict[str, str]:
        """The first document gives the frame; what is its own alone stays out."""
        self._main = main
        self._relations = [one for one in read_relationships(package.parts, main) if one.kind not in _OWN]
        own = {one for one in package.parts if one.startswith("customXml/")}
        self._parts = {part: content for part, content in package.parts.items() if part not in own}
        self._parts[CONTENT_TYPES] = _without(self._parts[CONTENT_TYPES], own)
        return {}

    def _fitted(self, package: Package, main: str, name: str) -> dict[str, str]:
        """Relations of a further document under the names they have here; parts it has alone are taken along."""
        renamed: dict[str, str] = {}
        for one in read_relationships(package.parts, main):
            if one.kind in _OWN:
                continue
            same = self._same(one, package.parts)
            if same is None and one.kind in _SHARED:
                raise FileError(_misfit(name, "它的样式和前面的不一样，不是同一个模板、同一种版式写成的"))
            renamed[one.id] = (same or self._taken(one, package, name)).id
        return renamed

    def _same(self, wanted: Relationship, parts: Mapping[str, bytes]) -> Relationship | None:
        def content(one: Relationship, where: Mapping[str, bytes]) -> object:
            return one.target if one.external else where.get(target_name(self._main, one.target))

        for one in self._relations:
            if (one.kind, one.external) == (wanted.kind, wanted.external) and content(one, self._parts) == content(
                wanted, parts
            ):
                return one
        return None

    def _taken(self, one: Relationship, package: Package, name: str) -> Relationship:
        number = len(self._relations) + 1
        made = Relationship(f"rIdMerged{number}", one.type, one.target, one.external)
        if not one.external:
            old = target_name(self._main, one.target)
            if relationships_name(old) in package.parts or old not in package.parts:
                raise FileError(_misfit(name, "它的页眉、页脚里有图片或链接"))
            folder, file = posixpath.split(one.target)
            stem, suffix = posixpath.splitext(file)
            made = Relationship(made.id, one.type, posixpath.join(folder, f"{stem}_{number}{suffix}"), one.external)
            new = target_name(self._main, made.target)
            self._parts[new] = package.parts[old]
            self._parts[CONTENT_TYPES] = _with(
                self._parts[CONTENT_TYPES], new, content_types(package.parts).get(old, "")
            )
        self._relations.append(made)
        return made

    def _make_unique(self, root: etree._Element) -> None:
        """Numbers and names that may stand once in a document."""
        names: dict[str, str] = {}
        numbers: dict[str, str] = {}
        for element in root.iter(w("bookmarkStart"), w("bookmarkEnd"), _PICTURE):
            if element.tag == _PICTURE:
                element.set("id", str(next(self._numbers)))
                continue
            old = str(element.get(w("id")))
            if element.tag == w("bookmarkStart"):
                numbers[old] = str(next(self._numbers))
                said = str(element.get(w("name")))
                names[said] = said if not self.number else f"{said[:30]}_{self.number + 1}"
                element.set(w("name"), names[said])
            element.set(w("id"), numbers.get(old, old))
        for element in root.iter(w("instrText")):
            element.text = " ".join(names.get(word, word) for word in (element.text or "").split(" "))
        for element in root.iter(f"{{{V}}}*"):
            if self.number and element.get("id") and element.tag != f"{{{V}}}shapetype":
                element.set("id", f"{element.get('id')}_{self.number + 1}")
                if element.get(f"{{{OFFICE_VML}}}spid"):
                    element.set(f"{{{OFFICE_VML}}}spid", f"_x0000_s{10_000 + next(self._numbers)}")

    def _take(self, root: etree._Element, body: etree._Element) -> None:
        if not self.number:
            self._head, self._tail = _shell(root)
        for section in [*body.iter(w("sectPr"))][:1]:
            _number_from_one(section)
        if self._last is not None:
            self._body.append(_closed(self._last, self._body))
        self._last = body[-1]
        body.remove(self._last)
        added = [_text(child) for child in body]
        self._size += sum(map(len, added))
        self._body += added

    def _relations_part(self) -> bytes:
        root = etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})  # type: ignore[dict-item]
        for one in self._relations:
            made = etree.SubElement(
                root, f"{{{RELATIONSHIPS}}}Relationship", Id=one.id, Type=one.type, Target=one.target
            )
            if one.external:
                made.set("TargetMode", "External")
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _text(element: etree._Element) -> bytes:
    return bytes(etree.tostring(element, encoding="UTF-8", xml_declaration=False, with_tail=False))


def _shell(root: etree._Element) -> tuple[bytes, bytes]:
    """What stands before and after the children of the body."""
    hollow = deepcopy(root)
    body = hollow.find(w("body"))
    assert body is not None
    for child in list(body):
        body.remove(child)
    body.text = "\u2060"
    whole = bytes(etree.tostring(hollow, xml_declaration=True, encoding="UTF-8", standalone=True))
    head, _, tail = whole.partition("\u2060".encode())
    return head, tail


def _number_from_one(section: etree._Element) -> None:
    """Pages of each document are counted from one; the place of the element is that of the schema."""
    found = section.find(w("pgNumType"))
    if found is None:
        after = [w(n) for n in ("pgMar", "paperSrc", "pgBorders", "lnNumType")]
        at = max((index for index, child in enumerate(section) if child.tag in after), default=len(section) - 1)
        found = etree.Element(w("pgNumType"))
        section.insert(at + 1, found)
    found.set(w("start"), "1")


def _closed(section: etree._Element, body: list[bytes]) -> bytes:
    """A section ends in the last paragraph of it; after a table in a paragraph that takes no room."""
    last = parse(body.pop())
    if last.tag != w("p"):
        body.append(_text(last))
        last = etree.Element(w("p"), nsmap={"w": section.nsmap["w"]})
        properties = etree.SubElement(last, w("pPr"))
        etree.SubElement(properties, w("spacing")).attrib.update(
            {w("before"): "0", w("after"): "0", w("line"): "20", w("lineRule"): "exact"}
        )
    existing = last.find(w("pPr"))
    if existing is None:
        existing = etree.Element(w("pPr"))
        last.insert(0, existing)
    for old in existing.findall(w("sectPr")):
        existing.remove(old)
    change = existing.find(w("pPrChange"))
    existing.insert(len(existing) if change is None else existing.index(change), section)
    return _text(last)


def _without(types: bytes, parts: set[str]) -> bytes:
    root = parse(types)
    for one in root.findall(f"{{{TYPES}}}Override"):
        if str(one.get("PartName")).lstrip("/") in parts:
            root.remove(one)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _with(types: bytes, part: str, kind: str) -> bytes:
    root = parse(types)
    etree.SubElement(root, f"{{{TYPES}}}Override", PartName=f"/{part}", ContentType=kind)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _misfit(name: str, reason: str) -> Diagnostic:
    return Diagnostic(
        "package-not-merged",
        f"这一份合不进去：{reason}",
        place=Place(name),
        hint="这一份单独放着；要合订的用同一个模板和版式生成",
    )
