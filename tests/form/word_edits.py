"""Edits to a Word form as people and programs make them, on the XML, independently of the code that reads it."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable

from lxml import etree

from planwriter.form.word_form import read_word_form, write_word_form
from planwriter.placed import PlacedDict

NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = f"{{{NS['w']}}}"
BLANK = {"文种": "工作计划", "主要任务": None, "月度安排": None}


def edited(data: bytes, edit: Callable[[etree._Element], object]) -> bytes:
    """The document with its body changed by ``edit``."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    edit(root)
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def read(
    edit: Callable[[etree._Element], object], content: dict[str, object] | None = None
) -> tuple[PlacedDict, list[str]]:
    """What is read of a blank form after an edit, and the codes of what was said."""
    placed, told = read_word_form(edited(write_word_form(content or BLANK), edit), "表单.docx")
    return placed, [d.code for d in told]


def text_of(element: etree._Element) -> str:
    return "".join(element.itertext(f"{W}t"))


def rows(root: etree._Element) -> list[etree._Element]:
    return root.xpath("//w:body/w:tbl/w:tr", namespaces=NS)  # type: ignore[no-any-return]


def row(root: etree._Element, label: str, number: int = 1) -> etree._Element:
    """The row whose first cell begins with a label; of several the one with this number, from 1."""
    found = [one for one in rows(root) if text_of(one.find(f"{W}tc")).startswith(label)]
    return found[number - 1]


def cell(root: etree._Element, label: str, number: int = 1) -> etree._Element:
    return row(root, label, number).findall(f"{W}tc")[1]


def paragraph(inner: str) -> etree._Element:
    return etree.fromstring(f'<w:p xmlns:w="{NS["w"]}">{inner}</w:p>')


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def put(root: etree._Element, label: str, *paragraphs: str, number: int = 1) -> None:
    """Put paragraphs (the XML inside each) into the cell beside a label."""
    into = cell(root, label, number)
    for old in into.findall(f"{W}p"):
        into.remove(old)
    into.extend(paragraph(inner) for inner in paragraphs)


def write(root: etree._Element, label: str, *texts: str, number: int = 1) -> None:
    put(root, label, *map(run, texts), number=number)


def type_in_control(root: etree._Element, label: str, text: str, number: int = 1) -> None:
    """Type over the prompt of a content control, as Word does it."""
    control = cell(root, label, number).find(f".//{W}sdt")
    assert control is not None
    properties = control.find(f"{W}sdtPr")
    properties.remove(properties.find(f"{W}showingPlcHdr"))
    content = control.find(f"{W}sdtContent")
    for old in list(content):
        content.remove(old)
    content.append(etree.fromstring(f'<w:r xmlns:w="{NS["w"]}"><w:t>{text}</w:t></w:r>'))


def without_controls(root: etree._Element) -> None:
    """The table as someone would type it anew: the same words, no hidden tags."""
    for control in root.xpath("//w:sdt", namespaces=NS):
        parent, at = control.getparent(), control.getparent().index(control)
        for inner in reversed(list(control.find(f"{W}sdtContent"))):
            parent.insert(at, inner)
        parent.remove(control)


def copied(root: etree._Element, first: str, last: str) -> None:
    """Copy the rows from the title of a block to its end, and paste them below."""
    listed = rows(root)
    begin, end = listed.index(row(root, first)), listed.index(row(root, last))
    table = listed[0].getparent()
    for one in listed[begin:end]:
        table.insert(table.index(listed[end]), copy.deepcopy(one))
