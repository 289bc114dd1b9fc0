"""What kind of table a file is, and whether it may be read: bounded and looked through before a library parses it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from enum import StrEnum

from planwriter.diagnostic import Diagnostic, FormError, Place
from planwriter.form.workbook import binary, open_format, packed
from planwriter.form.workbook.bounds import LIMITS, Asides
from planwriter.form.workbook.versions import version_in
from planwriter.word.container import Report, check_directory, open_directory, read_one
from planwriter.word.filekind import OLE_MAGIC, ZIP_MAGIC

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ett", ".ods", ".xltx", ".xlsb")
_REMEDY = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”再用"
_SENTENCES = {
    "package-too-large": "文件太大",
    "package-too-many-entries": "文件里的部件太多，不像一份表格",
    "package-damaged": "文件不完整或已损坏，可能没有下载完整",
    "package-bomb": "文件解开以后大得不像一份表格",
    "package-duplicate-entry": "文件里有两个同名的部件",
    "package-bad-name": "文件里有名称非法的部件",
    "package-symlink": "文件里有符号链接",
    "package-encrypted": "文件加了密码",
    "package-method": "文件用了表格不允许的压缩方法",
    "package-overlap": "文件里的部件互相重叠",
}
_MIME = b"application/vnd.oasis.opendocument.spreadsheet"


class Kind(StrEnum):
    """The kinds of file that are read."""

    XLSX = "xlsx"
    ODS = "ods"
    XLS = "xls"


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that may be read, with what its cells would not say for themselves."""

    kind: Kind
    asides: Asides = field(default_factory=dict)
    version: str | None = None
    """The version of our layout that the file names."""


def is_workbook(data: bytes, name: str) -> bool:
    """Whether the content is a table of Excel, WPS or LibreOffice, or something that only bears its suffix."""
    if data.startswith(ZIP_MAGIC):
        if b"xl/workbook" in data or _MIME in data[:200]:
            return True
        return name.lower().endswith(SUFFIXES)
    if data.startswith(OLE_MAGIC):
        return binary.is_table(data) or name.lower().endswith(SUFFIXES)
    return name.lower().endswith(SUFFIXES)


def inspect(data: bytes, name: str) -> Inspected:
    """The kind of the file and what its cells do not say themselves. Raises FormError for what is not read."""
    if data.startswith(OLE_MAGIC):
        return Inspected(Kind.XLS, binary.inspect(data, name))
    if not data.startswith(ZIP_MAGIC):
        raise FormError(_refused(name, "form-not-a-workbook", *_text_kind(data)))
    told: list[Diagnostic] = []

    def report(code: str, message: str, found: str) -> None:
        said = _SENTENCES.get(code, message)
        told.append(Diagnostic(f"form-{code}", said, place=Place(name), found=found, hint=_REMEDY))

    archive = open_directory(data, report, LIMITS)
    if archive is None or not check_directory(archive, data, report, LIMITS):
        raise FormError(list({one.message: one for one in told}.values())[:3])
    with archive:
        kind = _kind(archive, name)
        look = packed.inspect if kind is Kind.XLSX else open_format.inspect
        parts = _Reader(archive, report, told)
        return Inspected(kind, look(parts, name), version_in(parts))


class _Reader:
    """Gives the parts of a package, each bounded; raises FormError for what cannot be read."""

    def __init__(self, archive: zipfile.ZipFile, report: Report, told: list[Diagnostic]) -> None:
        self._archive, self._report, self._told = archive, report, told
        self.names = frozenset(info.filename for info in archive.infolist() if not info.is_dir())

    def __call__(self, part: str) -> bytes:
        content = read_one(self._archive, self._archive.getinfo(part), LIMITS.part, self._report)
        if content is None:
            raise FormError(self._told)
        return content


def _kind(archive: zipfile.ZipFile, name: str) -> Kind:
    names = {info.filename for info in archive.infolist()}
    if "xl/workbook.xml" in names or any(re.fullmatch(r"xl/workbook\d*\.xml", one) for one in names):
        return Kind.XLSX
    if "xl/workbook.bin" in names:
        raise FormError(_refused(name, "form-not-a-workbook", "这是二进制工作簿（.xlsb），不能读", _REMEDY))
    if "content.xml" in names and "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        if archive.read("mimetype").startswith(_MIME):
            return Kind.ODS
        raise FormError(_refused(name, "form-not-a-workbook", "这是 OpenDocument 文档，但不是表格", "请换一个表格文件"))
    if "word/document.xml" in names:
        raise FormError(_refused(name, "form-not-a-workbook", "这是 Word 文档，只是改了扩展名", "把扩展名改回 .docx"))
    if "ppt/presentation.xml" in names:
        raise FormError(_refused(name, "form-not-a-workbook", "这是演示文稿，不是表格", "请换一个表格文件"))
    raise FormError(_refused(name, "form-not-a-workbook", "这是普通的压缩包，不是表格", "先解压，再选里面的表格文件"))


_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\r\f")
"""Bytes that stand in no text, whatever its encoding."""


def _text_kind(data: bytes) -> tuple[str, str]:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data:
        return "文件是空的（0 字节）", "请换一个完整的文件"
    if b'progid="excel.sheet"' in head or b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return "这是 XML 表格（2003），只是改了扩展名", _REMEDY
    if (
        head.startswith((b"<html", b"<!doctype html", b"<head", b"<body", b"<table", b"<meta", b"mime-version"))
        or b"<html" in head
    ):
        return "这是网页（HTML），只是改了扩展名", _REMEDY
    if head.startswith(b"{\\rtf"):
        return "这是 RTF 文档，只是改了扩展名", "请换一个表格文件"
    if head.startswith(b"%pdf"):
        return "这是 PDF 文件，不是表格", "请找到原来的表格文件"
    if head.startswith((b"rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        return "这是压缩包，不是表格", "先解压，再选里面的表格文件"
    if data[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08"):
        return "这是很早以前的 Excel 文件，不能读", _REMEDY
    if not _CONTROLS & set(head) and any(mark in head for mark in (b",", b"\t", b":")):
        return "这是文本文件，只是用了表格的扩展名", "把扩展名改成 .csv 或 .yaml，或在 Excel 中另存为 .xlsx"
    return "这不是表格文件，或者已经损坏", _REMEDY


def _refused(name: str, code: str, message: str, remedy: str) -> Diagnostic:
    return Diagnostic(code, message, place=Place(name), hint=remedy)
