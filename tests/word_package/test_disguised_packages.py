"""Templates that hide what they bring along: odd spellings, odd encodings, odd places, too many nodes."""

from __future__ import annotations

import io
import zipfile

import pytest

from planwriter.diagnostic import Diagnostic, TemplateError
from planwriter.word.package import read_package
from tests.word_package.building import NAMESPACES, WML, docx, p, parts_of, zipped

BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))


def findings(data: bytes) -> list[Diagnostic]:
    try:
        read_package(data, name="模板.docx")
    except TemplateError as fault:
        return list(fault.diagnostics)
    return []


def code(text: str) -> str:
    return (
        f'<w:r><w:instrText xml:space="preserve">{text.replace("&", "&amp;").replace("<", "&lt;")}</w:instrText></w:r>'
    )


def field(*pieces: str) -> str:
    return "".join([BEGIN, *(x if x.startswith("<") else code(x) for x in pieces), SEPARATE, END])


def part(content: str | bytes, name: str = "word/theme/x.xml", **options: object) -> bytes:
    return docx(p("x"), extra={name: content}, **options)


def settings(inner: str) -> bytes:
    library = 'xmlns:sl="http://schemas.openxmlformats.org/schemaLibrary/2006/main"'
    content = f"<w:settings {NAMESPACES} {library}>{inner}</w:settings>"
    return part(content, "word/settings.xml", types={"word/settings.xml": WML + "settings+xml"})


def shape(attributes: str) -> bytes:
    return docx(p(f"<w:r><w:pict><v:shape {attributes}/></w:pict></w:r>"))


def arrow(kind: str, target: str, *mode: str) -> bytes:
    return docx(p("x"), arrows=[("rIdX", kind, target, *mode)])


DISGUISED: dict[str, tuple[bytes, str]] = {
    "link_after_a_switch": (docx(p(field(r'HYPERLINK \t "_blank" "file:///c:/x"'))), "package-external"),
    "link_after_a_tip": (docx(p(field(r'HYPERLINK \o "说明" "\\\\server\\share"'))), "package-external"),
    "link_to_a_share_without_quotes": (docx(p(field(r"HYPERLINK \\server\share\a.exe"))), "package-external"),
    "link_with_spaces": (docx(p(field('HYPERLINK " file:///c:/a b"'))), "package-external"),
    "link_without_a_space": (docx(p(field('HYPERLINK"file:///x"'))), "package-external"),
    "field_name_in_quotes": (docx(p(field('"DDEAUTO" c:\\x'))), "package-field"),
    "field_name_after_a_direction_mark": (docx(p(field("\u200eDDEAUTO x"))), "package-field"),
    "field_name_partly_from_a_field": (
        docx(p(BEGIN, code(" D"), field("QUOTE 68"), code("EAUTO x"), SEPARATE, END)),
        "package-field",
    ),
    "printer_codes": (docx(p(field('PRINT 27"E"'))), "package-field"),
    "field_in_a_header_of_no_type": (
        docx(
            p("x"),
            arrows=[("rIdX", "header", "h.bin")],
            extra={"word/h.bin": f"<w:hdr {NAMESPACES}>{p(field('DDE x y'))}</w:hdr>"},
        ),
        "package-field",
    ),
    "mode_in_lower_case": (arrow("attachedTemplate", "http://example.org/x.dotm", "external"), "package-external"),
    "mode_with_a_space": (arrow("image", "http://example.org/x.png", "External "), "package-external"),
    "outside_said_to_be_inside": (arrow("image", "http://example.org/x.png"), "package-external"),
    "file_said_to_be_inside": (arrow("attachedTemplate", "file:///c:/x.dotm"), "package-external"),
    "share_said_to_be_inside": (arrow("image", "\\\\server\\x.png"), "package-external"),
    "office_add_in": (
        arrow("http://schemas.microsoft.com/office/2011/relationships/webextension", "w.xml"),
        "package-active-content",
    ),
    "ribbon_of_its_own": (
        arrow("http://schemas.microsoft.com/office/2006/relationships/ui/extensibility", "c.xml"),
        "package-active-content",
    ),
    "mail_merge_source": (
        settings('<w:mailMerge><w:connectString w:val="Data Source=\\\\server\\x"/></w:mailMerge>'),
        "package-external",
    ),
    "mail_merge_query": (settings('<w:mailMerge><w:query w:val="SELECT * FROM x"/></w:mailMerge>'), "package-external"),
    "schema_from_elsewhere": (
        settings('<sl:schemaLibrary><sl:schema sl:manifestLocation="http://example.org/m"/></sl:schemaLibrary>'),
        "package-external",
    ),
    "picture_in_a_drawing": (
        part(
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink">'
            '<image l:href="http://example.org/x.png"/></svg>',
            "word/media/a.svg",
        ),
        "package-external",
    ),
    "script_in_a_drawing": (
        part('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "word/media/a.svg"),
        "package-active-content",
    ),
    "shapes_of_a_part_of_their_own": (
        part('<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://example.org/x"/></xml>', "word/v.vml"),
        "package-external",
    ),
    "shape_that_links_to_a_program": (shape('href="file:///c:/x.exe"'), "package-external"),
    "object_called_a_picture": (
        part(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 ...", "word/media/image1.png"),
        "package-active-content",
    ),
    "encoding_after_many_spaces": (
        part('<?xml version="1.0"' + " " * 300 + 'encoding="utf-7"?><a/>'),
        "package-encoding",
    ),
    "declaration_in_utf_32": (part("<!DOCTYPE a><a/>".encode("utf-32")), "package-encoding"),
    "declaration_in_utf_32_unmarked": (part("<!DOCTYPE a><a/>".encode("utf-32-be")), "package-encoding"),
    "relationships_in_utf_32": (
        part("<!DOCTYPE a><a/>".encode("utf-32"), "word/_rels/x.xml.rels"),
        "package-encoding",
    ),
    "declaration_behind_spaces": (
        part(" " * 9000 + "<!DOCTYPE a><a/>", "word/x.bin"),
        "package-doctype",
    ),
    "a_million_elements": (part("<a>" + "<b/>" * 1_000_000 + "</a>"), "package-too-long"),
    "a_million_attributes": (part("<a>" + ("<b " + 'x="" y="" z=""' + "/>") * 300_000 + "</a>"), "package-too-long"),
    "a_million_comments": (part("<a>" + "<!---->" * 1_000_000 + "</a>"), "package-too-long"),
    "same_name_in_two_spellings": (zipped(dict(parts_of(p("x")), **{"word/documen%74.xml": "<a/>"})), "package-duplicate-entry"),
    "same_name_composed_and_not": (
        zipped(dict(parts_of(p("x")), **{"word/\xe9.xml": "<a/>", "word/e\u0301.xml": "<a/>"})),
        "package-duplicate-entry",
    ),
    "way_out_in_percent_signs": (zipped(dict(parts_of(p("x")), **{"word/%2e%2e/x.xml": "<a/>"})), "package-bad-name"),
    "header_that_is_a_picture": (
        docx(p("x"), arrows=[("rIdX", "header", "a.png")], extra={"word/a.png": b"\x89PNG"}),
        "package-damaged",
    ),
    "header_that_is_the_text": (docx(p("x"), arrows=[("rIdX", "header", "document.xml")]), "package-damaged"),
    "text_that_is_a_web_page": (
        zipped(dict(parts_of(p("x")), **{"word/document.xml": "<html><body/></html>"})),
        "package-damaged",
    ),
    "text_without_a_body": (
        zipped(dict(parts_of(p("x")), **{"word/document.xml": f"<w:document {NAMESPACES}/>"})),
        "package-damaged",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", DISGUISED)
def test_a_disguise_is_seen_through_and_named(kind: str) -> None:
    data, expected = DISGUISED[kind]
    found = findings(data)
    assert expected in [d.code for d in found], [str(d) for d in found]
    assert all(d.hint and d.place is not None and d.place.file == "模板.docx" for d in found)


HARMLESS = {
    "link_to_the_web": docx(p(field(r'HYPERLINK "https://example.org/" \o "说明"'))),
    "link_to_a_place_in_the_text": docx(p(field(r'HYPERLINK \l "书签"'))),
    "page_number": docx(p(field(" PAGE  \\* MERGEFORMAT "))),
    "field_in_a_field": docx(p(BEGIN, code(" IF "), field("PAGE"), code(' = 1 "" "续"'), SEPARATE, END)),
    "shape_that_links_to_the_web": shape('href="https://example.org/"'),
    "shape_that_links_to_a_place": shape('href="#书签"'),
    "drawing_that_refers_to_itself": part(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink"><use l:href="#a"/></svg>',
        "word/media/a.svg",
    ),
    "mail_merge_that_was_left": settings('<w:mailMerge><w:mainDocumentType w:val="formLetters"/></w:mailMerge>'),
    "picture_with_a_percent_sign": part(b"\x89PNG", "word/media/%E5%9B%BE.png"),
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_looks_like_it_and_is_harmless_passes(kind: str) -> None:
    assert [str(d) for d in findings(HARMLESS[kind])] == []


def test_a_part_that_is_no_xml_is_named() -> None:
    (found,) = findings(part("hello"))
    assert found.place is not None and found.place.part == "word/theme/x.xml"


def test_a_document_that_is_only_read_may_be_large() -> None:
    data = part("<a>" + "<b/>" * 1_000_000 + "</a>")
    assert "word/theme/x.xml" in read_package(data, name="a", reading=True).parts


def test_the_disguises_are_well_made_archives() -> None:
    for data, _ in DISGUISED.values():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
