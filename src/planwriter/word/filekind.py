"""What a file is when it is not a Word document: one plain sentence a clerk can act on."""

from __future__ import annotations

import re

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_SHEET_STREAM = "Workbook".encode("utf-16-le")
_SLIDE_STREAM = "PowerPoint Document".encode("utf-16-le")

_SAVE_AS = "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”再用。"


def foreign_format(data: bytes) -> tuple[str, str] | None:
    """Name what ``data`` is when it does not begin like a zip package: (sentence, remedy), else None."""
    if not data:
        return "文件是空的（0 字节）", "请换一个完整的 .docx 文件。"
    if data.startswith(OLE_MAGIC):
        return _ole_kind(data)
    if data.startswith(ZIP_MAGIC):
        return None
    return _text_kind(data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower())


def _ole_kind(data: bytes) -> tuple[str, str]:
    if _ENCRYPTED in data:
        return "文件加了打开密码，无法读取", "在 Word 中打开，取消密码后另存为 .docx。"
    if _SHEET_STREAM in data and _WORD_STREAM not in data:
        return "这是旧版 Excel 表格（.xls），不是 Word 文档", "请改用 .docx 文件。"
    if _SLIDE_STREAM in data:
        return "这是旧版 PowerPoint 演示文稿（.ppt），不是 Word 文档", "请改用 .docx 文件。"
    return "这是旧版 Word 或 WPS 文档（.doc/.wps），不是 .docx", _SAVE_AS


def _text_kind(head: bytes) -> tuple[str, str]:
    if head.startswith(b"{\\rtf"):
        return "这是 RTF 文档，只是改了扩展名", _SAVE_AS
    if head.startswith(b"%pdf"):
        return "这是 PDF 文件，不是 Word 文档", "请找到原来的 .docx 文件。"
    if b"<pkg:package" in head or b'mso-application progid="word.document"' in head:
        return "这是 Word 的单文件 XML，不是 .docx", _SAVE_AS
    if head.startswith(b"mime-version") or re.match(rb"<(!doctype html|html|head|body|\?xml[^>]*>\s*<html)", head):
        return "这是网页（HTML），只是改了扩展名", _SAVE_AS
    if head.startswith((b"rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        return "这是压缩包，不是 Word 文档", "先解压，再选里面的 .docx 文件。"
    return "这不是 Word 文档（.docx）", "请换一个 .docx 文件；如果它本来能打开，可能已经损坏。"


def foreign_package(names: frozenset[str], content_types: bytes, main_head: bytes) -> tuple[str, str] | None:
    """Name a zip package that is not a macro-free transitional .docx: (sentence, remedy), else None."""
    if "[Content_Types].xml" not in names:
        return _zip_without_types(names)
    types = content_types.lower()
    if b"macroenabled" in types:
        return "这是带宏的 Word 文档（.docm/.dotm）", "在 Word 中另存为“Word 文档（*.docx）”，宏会去掉。"
    if b"spreadsheetml" in types and b"wordprocessingml" not in types:
        return "这是 Excel 表格（.xlsx），不是 Word 文档", "请改用 .docx 文件。"
    if b"presentationml" in types and b"wordprocessingml" not in types:
        return "这是 PowerPoint 演示文稿（.pptx），不是 Word 文档", "请改用 .docx 文件。"
    if b"purl.oclc.org/ooxml" in main_head:
        return (
            "这是“Strict Open XML”格式的文档，不能使用",
            "在 Word 中另存为普通的“Word 文档（*.docx）”，不要选“Strict Open XML 文档”。",
        )
    return None


def _zip_without_types(names: frozenset[str]) -> tuple[str, str]:
    if "mimetype" in names or "content.xml" in names:
        return "这是 OpenDocument 文档（.odt），不是 .docx", "用 WPS 或 LibreOffice 另存为 .docx。"
    return "这是普通的 zip 压缩包，不是 Word 文档", "请换一个 .docx 文件。"
