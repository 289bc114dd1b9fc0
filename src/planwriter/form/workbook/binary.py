"""Looks through an .xls or .et (a compound file with a BIFF stream) before it is read."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from planwriter.diagnostic import Diagnostic, FormError, Place
from planwriter.form.workbook.binary_cells import Looks, SheetWalk
from planwriter.form.workbook.bounds import EMPTY, LIMITS, Asides
from planwriter.word.filekind import foreign_format

_FREE = 0xFFFFFFFA
"""Sector numbers from here on mean something else than a sector."""
_NAMES = ("Workbook", "Book")
_BOF, _SHEET, _PASSWORD = 0x809, 0x85, 0x2F
_REMEDY = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”再用"


def is_table(data: bytes) -> bool:
    """Whether a compound file holds a table of Excel or WPS."""
    return any(name.encode("utf-16-le") + b"\0\0" in data for name in _NAMES)


def inspect(data: bytes, name: str) -> Asides:
    """What the cells do not say themselves, sheet by sheet. Raises FormError for a file that may not be read."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise FormError(
            _refused(
                name, "form-package-encrypted", "文件加了打开密码", "在 Excel 或 WPS 中打开，取消密码后另存为 .xlsx"
            )
        )
    if not is_table(data):
        said = foreign_format(data)
        raise FormError(_refused(name, "form-not-a-workbook", _kind_of(said[0] if said else ""), "请换一个表格文件"))
    if len(data) > LIMITS.package:
        raise FormError(_refused(name, "form-package-damaged", "文件太大", "分成几个文件"))
    try:
        return _walked(_stream(data), name)
    except (struct.error, IndexError, ValueError):
        raise FormError(
            _refused(name, "form-package-damaged", "文件不完整或已损坏，可能没有下载完整", _REMEDY)
        ) from None


def _kind_of(said: str) -> str:
    return said.replace("，不是 .docx", "，不是表格").replace("，不是 Word 文档", "，不是表格") or "这不是表格文件"


def _refused(name: str, code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, message, place=Place(name), hint=hint)


def _stream(data: bytes) -> bytes:
    """The bytes of the workbook's stream in a compound file (MS-CFB)."""
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    (directory_start,) = struct.unpack_from("<I", data, 48)
    cutoff, mini_start = struct.unpack_from("<II", data, 56)
    if shift not in (9, 12) or mini_shift != 6:
        raise ValueError("sector size")
    size = 1 << shift
    table = _table(data, size)
    entries = _chain(data, directory_start, table, size)
    root = struct.unpack_from("<I", entries, 116)[0]
    for at in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        if entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace") in _NAMES:
            start, wanted = struct.unpack_from("<II", entries, at + 116)
            if wanted >= cutoff:
                content = _chain(data, start, table, size)
            else:
                small = struct.unpack(f"<{len(m) // 4}I", m) if (m := _chain(data, mini_start, table, size)) else ()
                content = _mini(_chain(data, root, table, size), start, small)
            if len(content) < wanted:
                raise ValueError("short stream")
            return content[:wanted]
    raise ValueError("no stream")


def _table(data: bytes, size: int) -> list[int]:
    """The allocation table: sector → the sector that follows it."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size + 1)):
        if following >= _FREE:
            break
        more = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        sectors += more[:-1]
        following = more[-1]
    used = [sector for sector in sectors if sector < _FREE]
    if len(used) > len(data) // size + 1:
        raise ValueError("table")
    return [entry for sector in used for entry in struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)]


def _chain(data: bytes, start: int, table: list[int], size: int) -> bytes:
    pieces, seen = [], 0
    while start < _FREE:
        seen += 1
        if seen > len(table):
            raise ValueError("circle")
        pieces.append(data[(start + 1) * size : (start + 2) * size])
        start = table[start]
    return b"".join(pieces)


def _mini(content: bytes, start: int, table: tuple[int, ...]) -> bytes:
    pieces: list[bytes] = []
    while start < _FREE:
        if len(pieces) > len(table):
            raise ValueError("circle")
        pieces.append(content[start * 64 : start * 64 + 64])
        start = table[start]
    return b"".join(pieces)


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(offset, kind, content) of every BIFF record; zeros at the end are padding."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == 0 and length == 0:
            return
        if at + 4 + length > len(stream):
            raise ValueError("short record")
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _walked(stream: bytes, name: str) -> Asides:
    names: dict[int, str] = {}
    asides: Asides = {}
    looks, sheet = Looks(), SheetWalk("", name, Looks())
    hollow: list[tuple[str, tuple[int, int]]] = []
    results = 0
    for at, kind, content in _records(stream):
        if kind == _PASSWORD:
            raise FormError(_refused(name, "form-package-encrypted", "文件加了打开密码", "取消密码后另存为 .xlsx"))
        if kind == _SHEET:
            names[struct.unpack_from("<I", content)[0]] = _sheet_name(content)
        elif kind == _BOF:
            looks.take(kind, content)
            sheet = SheetWalk(names.get(at, ""), name, looks)
        elif not looks.take(kind, content):
            sheet.take(kind, content)
            if sheet.asides and sheet.name not in asides:
                asides[sheet.name] = sheet.asides
        if sheet.hollow or sheet.results:
            hollow += [(sheet.name, one) for one in sheet.hollow]
            results, sheet.hollow, sheet.results = results + sheet.results, [], 0
    for where, cell in hollow if not results else ():
        asides.setdefault(where, {})[cell] = EMPTY
    return asides


def _sheet_name(content: bytes) -> str:
    length, wide = content[6], content[7] & 1
    return content[8 : 8 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")
