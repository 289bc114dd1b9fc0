"""Damaged, hostile and merely odd table files: one sentence each, never a traceback, never a hang."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from planwriter.diagnostic import FormError
from planwriter.form.opening import open_form
from planwriter.form.workbook import read_roster, read_workbook, write_workbook
from planwriter.form.workbook.guards import inspect
from tests.form.workbooks.making import repacked, table

SHEET = "xl/worksheets/sheet1.xml"
PLAIN = table(("名单", [["单位全称", "期间"], ["甲县妇联", "2027年"]]))


def sheet(change: Callable[[bytes], bytes]) -> bytes:
    return repacked(PLAIN, {SHEET: change})


def cells(xml: bytes) -> bytes:
    return sheet(lambda c: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData>" + xml + b"</sheetData>", c, flags=re.S))


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def ods(body: bytes, head: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        package.writestr("content.xml", head + b'<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>'
                         b'<table:table table:name="a">' + body + b"</table:table></office:spreadsheet></office:body></office:document-content>")  # fmt: skip
    return out.getvalue()


def duplicated(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning):
        package.writestr(SHEET, b"<x/>")
    return out.getvalue()


def lying(data: bytes, size: int) -> bytes:
    """The directory declares another unpacked size for the first sheet."""
    at = data.rindex(SHEET.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    return data[: at + 24] + size.to_bytes(4, "little") + data[at + 28 :]


def encrypted(data: bytes) -> bytes:
    at = data.rindex(SHEET.encode()) - 46
    return data[: at + 8] + (1).to_bytes(2, "little") + data[at + 10 :]


def ole(*streams: str, body: bytes = b"") -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 504
        + b"".join(s.encode("utf-16-le") + b"\0\0" for s in streams)
        + body
    )


DTD = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "空的"),
    "html": (b"<html><table><tr><td>1</td></tr></table></html>", "HTML"),
    "html with a doctype": (b"<!DOCTYPE html><html></html>", "HTML"),
    "html of excel": (b'\xef\xbb\xbf<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body/></html>', "HTML"),
    "xml table of 2003": (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "2003"),
    "pdf": (b"%PDF-1.7 ...", "PDF"),
    "rtf": (b"{\\rtf1 }", "RTF"),
    "rar": (b"Rar!\x1a\x07\x00", "压缩包"),
    "text": ("单位,期间\n甲,2027年\n".encode(), "文本"),
    "noise": (bytes(range(256)) * 4, "不是表格"),
    "noise_without_zeros": (bytes(range(1, 256)) * 2, "不是表格"),
    "old excel": (b"\x09\x00\x04\x00\x00\x00\x10\x00" + b"\0" * 40, "很早以前"),
    "half a file": (PLAIN[: len(PLAIN) // 2], "损坏"),
    "a few bytes less": (PLAIN[:-30], "损坏"),
    "only the magic": (b"PK\x03\x04", "损坏"),
    "plain zip": (zipped(a_txt=b"1"), "压缩包"),
    "word": (zipped(word__document_xml=b"<x/>"), "Word"),
    "slides": (zipped(ppt__presentation_xml=b"<x/>"), "演示文稿"),
    "binary workbook": (repacked(zipped(x=b"1"), add={"xl/workbook.bin": b"1"}), "xlsb"),
    "odt": (repacked(ods(b""), {"mimetype": lambda _: b"application/vnd.oasis.opendocument.text"}), "不是表格"),
    "no relations": (zipped(xl__workbook_xml=b"<workbook/>"), "缺少工作表"),
    "sheet gone": (repacked(PLAIN, {"xl/_rels/workbook.xml.rels": lambda c: c.replace(b"sheet1.xml", b"sheet9.xml")}), "缺少工作表"),
    "doctype in a sheet": (sheet(lambda c: c.replace(b"<worksheet", DTD + b"<worksheet", 1)), "文档类型"),
    "doctype in the strings": (repacked(PLAIN, {"xl/sharedStrings.xml": lambda c: c.replace(b"<sst", DTD + b"<sst", 1)}), "文档类型"),
    "doctype in the workbook": (repacked(PLAIN, {"xl/workbook.xml": lambda c: c.replace(b"<workbook", DTD + b"<workbook", 1)}), "文档类型"),
    "sheet in utf-16": (sheet(lambda c: c.decode().replace("UTF-8", "UTF-16").encode("utf-16")), "编码"),
    "sheet that says utf-7": (sheet(lambda c: c.replace(b"UTF-8", b"UTF-7")), "编码"),
    "far cell": (cells(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "XFD1048576"),
    "far row": (cells(b'<row r="900000"><c r="A900000"><v>1</v></c></row>'), "900000"),
    "far cell in single quotes": (cells(b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"), "XFD1048576"),
    "far cell with spaces": (cells(b'<row r = "1048576"><c r = "XFD1048576"><v>1</v></c></row>'), "XFD1048576"),
    "far cell in small letters": (cells(b'<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>'), "XFD1048576"),
    "wide area": (cells(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="199999"><c r="ZZ199999"><v>1</v></c></row>'), "大得"),
    "row beyond any": (cells(b'<row r="9999999999"><c r="A9999999999"><v>1</v></c></row>'), "大得"),
    "broken xml": (sheet(lambda c: c.replace(b"</sheetData>", b"")), "损坏"),
    "broken workbook": (repacked(PLAIN, {"xl/workbook.xml": lambda c: c[:-20]}), "损坏"),
    "a declared gigabyte": (lying(PLAIN, 2**30), "大得"),
    "a lying size": (lying(PLAIN, 17), "损坏"),
    "a zip bomb": (repacked(PLAIN, add={"xl/worksheets/sheet2.xml": b" " * (130 * 2**20)}), "大得"),
    "many bombs": (repacked(PLAIN, add={f"xl/media/{n}.xml": b" " * (61 * 2**20) for n in range(4)}), "大得"),
    "entries without end": (repacked(PLAIN, add={f"xl/x{n}.xml": b"" for n in range(2001)}), "部件太多"),
    "sheets without end": (table(*((f"s{n}", []) for n in range(301))), "工作表超过"),
    "the same part twice": (duplicated(PLAIN), "同名"),
    "a part outside": (repacked(PLAIN, add={"../../x": b"1"}), "名称非法"),
    "an odd compression": (repacked(PLAIN, method=zipfile.ZIP_BZIP2), "压缩方法"),
    "a password on a part": (encrypted(PLAIN), "密码"),
    "a password of office": (ole("EncryptedPackage", "Workbook"), "密码"),
    "old word": (ole("WordDocument"), "Word"),
    "old slides": (ole("PowerPoint Document"), "PowerPoint"),
    "a compound file cut short": (ole("Workbook"), "损坏"),
    "a compound file of noise": (ole("Workbook", body=bytes(range(256)) * 20), "损坏"),
    "repeated cells": (ods(b'<table:table-row><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/></table:table-row>'), "大得"),
    "repeated rows": (ods(b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'), "大得"),
    "repeated spaces": (ods(b'<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="2000000000"/></text:p></table:table-cell></table:table-row>'), "大得"),
    "doctype in an ods": (ods(b"", DTD), "文档类型"),
    "broken ods": (ods(b"<table:table-row>"), "损坏"),
    "a deep ods": (ods(b"<text:p>" * 200 + b"</text:p>" * 200), "层次太深"),
    "an encrypted ods": (repacked(ods(b""), {"META-INF/manifest.xml": lambda _: b"<m:encryption-data/>"}), "密码"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_cannot_be_read_is_said_in_one_sentence(kind: str) -> None:
    data, words = HOSTILE[kind]
    for read in (read_workbook, read_roster, open_form):
        with pytest.raises(FormError) as caught:
            read(data, "表单.xlsx")
        (first, *_) = caught.value.diagnostics
        assert words in first.message + str(first.found), str(first)
        assert first.hint
        assert first.place is not None
        assert "表单.xlsx" in str(first.place)


@pytest.mark.parametrize("cut", range(0, len(PLAIN), len(PLAIN) // 60))
def test_a_file_cut_anywhere_is_refused(cut: int) -> None:
    with pytest.raises(FormError):
        list(read_roster(PLAIN[:cut], "名单.xlsx"))


@pytest.mark.parametrize("seed", range(60))
def test_a_file_with_one_byte_changed_is_read_or_refused(seed: int) -> None:
    at = (seed * 7919) % len(PLAIN)
    data = PLAIN[:at] + bytes([PLAIN[at] ^ (1 + seed)]) + PLAIN[at + 1 :]
    try:
        assert list(read_roster(data, "名单.xlsx")) is not None
    except FormError as refused:
        assert refused.diagnostics


@pytest.mark.parametrize("name", ["表单.xls", "表单.et", "表单.ods", "表单", "表单.yaml"])
def test_the_content_says_what_a_file_is_not_its_name(name: str) -> None:
    placed, told = open_form(write_workbook({"单位": {"全称": "甲县妇联"}}), name)
    assert placed["单位"]["全称"] == "甲县妇联"
    assert [one.code for one in told] == (["form-wrong-suffix"] if name.endswith(".yaml") else [])


def test_a_workbook_of_ours_is_inspected_without_findings() -> None:
    assert inspect(write_workbook({}, full=True), "表单.xlsx").asides == {}


def test_an_ods_is_read_like_a_workbook() -> None:
    def row(*texts: str) -> bytes:
        inner = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>' for t in texts
        )
        return f"<table:table-row>{inner}</table:table-row>".encode()

    (one,) = read_roster(ods(row("单位全称", "期间") + row("甲县妇联", "2027年")), "名单.ods")
    found: Any = one.form
    assert (found["单位"]["全称"], found["期间"]) == ("甲县妇联", "2027年")
    assert str(found["期间"].place) == "名单.ods a!B2"


def test_what_stands_beside_a_field_is_read_or_told() -> None:
    """Without the hidden marks a row may hold two fields; what is no field is told where it stands."""
    rows = [["单位全称", "甲校", "期间", "2027年"], ["文种", "工作要点", "记得改"]]
    form, told = read_workbook(table(("基本信息", rows)), "表单.xlsx")
    assert (form["单位"]["全称"], form["期间"], form["文种"]) == ("甲校", "2027年", "工作要点")
    assert [(d.code, str(d.place)) for d in told] == [("form-unread-cell", "表单.xlsx 基本信息!C2")]
    assert read_workbook(write_workbook({"单位": "甲校"}), "表单.xlsx")[1] == []


def test_formulas_without_a_result_and_error_cells_are_found_however_they_are_written() -> None:
    xml = (
        b'<row r="1"><c r="A1"><f>1+1</f></c><c r="B1" t="str"><f>A1</f><v></v></c><x:c r="C1"> <x:f>1</x:f></x:c>'
        b'<c r=\'D1\' t=\'e\'><v>#N/A</v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="F1"><f>1</f><v>1</v></c>'
        b'<c r="G1"><f t="shared" si="0"/></c><c r="H1"/></row>'
    )
    told = inspect(cells(xml.replace(b"x:", b"")), "a.xlsx").asides["名单"]
    assert {cell[1]: fault for cell, fault in told.items()} == {
        0: "form-uncalculated", 2: "form-uncalculated", 3: "form-error-cell", 4: "form-error-cell",
        6: "form-uncalculated",
    }  # fmt: skip
