"""The form's data inside the document, as a custom XML part that Word keeps when the document is edited."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from planwriter.diagnostic import Diagnostic, FileError, Place
from planwriter.expression import expression
from planwriter.word.escaping import escape
from planwriter.word.extra_part import ExtraPart
from planwriter.word.markup import parse
from planwriter.word.relationships import OFFICE

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE = "urn:planwriter:plan:1"
VERSION = "1"

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_ITEM_ID = "{6B0E2F0B-2C0B-5E0C-9F4B-7A8D0C9704B1}"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DESCRIPTION = (
    f'{_HEAD}<ds:datastoreItem xmlns:ds="{_PROPERTIES}" ds:itemID="{_ITEM_ID}"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
_DESCRIBED = (
    ExtraPart("customXml/itemProps1.xml", _DESCRIPTION.encode(), _PROPERTIES_TYPE, OFFICE + "customXmlProps"),
)
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_ITEM = expression(r"(?i)customXml/item\d*\.xml")
_NOT_XML = expression("[\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What JSON leaves as it is although XML forbids it, or lets parsers change it."""


def plan_parts(data: Mapping[str, Any]) -> tuple[ExtraPart, ...]:
    """The parts that carry ``data`` (what ``json`` can hold), keys in the order of the form; same data, same bytes."""
    text = _ENCODER.encode(data)
    safe = text if text.isprintable() else _NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    item = f'{_HEAD}<plan xmlns="{NAMESPACE}" version="{VERSION}">{escape(safe)}</plan>'
    return (ExtraPart("customXml/item1.xml", item.encode(), None, OFFICE + "customXml", _DESCRIBED),)


def read_plan_part(data: bytes, *, name: str = "文档") -> dict[str, Any] | None:
    """The form's data from a .docx, or ``None`` when it carries none.

    Raises ``FileError`` for what is no sound Word document, when the part is damaged
    (``plan-part-damaged``) or was written by a later version (``plan-part-newer``).
    """
    from planwriter.word.package import read_package  # most documents are only written

    parts = read_package(data, name=name, error=FileError, reading=True).parts
    for part, content in parts.items():
        if _ITEM.fullmatch(part) and NAMESPACE.encode() in content.replace(b"\0", b""):
            root = _root(content, name, part)
            if root.tag == f"{{{NAMESPACE}}}plan":
                return _data(root, name, part)
    return None


def _root(content: bytes, name: str, part: str) -> etree._Element:
    from lxml import etree

    try:
        return parse(content)
    except etree.XMLSyntaxError as fault:
        raise _damaged(name, part) from fault


def _data(root: etree._Element, name: str, part: str) -> dict[str, Any]:
    if (version := root.get("version", "")) != VERSION:
        raise FileError(
            Diagnostic(
                "plan-part-newer",
                "文档里的表单内容由较新的版本写成，读不了",
                place=Place(file=name, part=part),
                found=version,
                expected=VERSION,
                hint="升级 planwriter 后再读。",
            )
        )
    try:
        data = json.loads(root.text or "")
    except (ValueError, RecursionError) as fault:
        raise _damaged(name, part) from fault
    if not isinstance(data, dict):
        raise _damaged(name, part)
    return data


def _damaged(name: str, part: str) -> FileError:
    return FileError(
        Diagnostic(
            "plan-part-damaged",
            "文档里的表单内容已损坏",
            place=Place(file=name, part=part),
            hint="用原来的表单重新生成文档。",
        )
    )
