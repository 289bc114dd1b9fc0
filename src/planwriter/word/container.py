"""The zip around a document: bounded, checked, and read into memory without touching a disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import unquote

MAX_PACKAGE = 50 * 2**20
"""Bytes of the file itself."""
MAX_TOTAL = 60 * 2**20
"""Unpacked bytes of all entries together."""
MAX_PART = 30 * 2**20
"""Unpacked bytes of one entry."""
MAX_ENTRIES = 1000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a package may hold: bytes of the file, of all entries unpacked, of one entry; entries."""

    package: int = MAX_PACKAGE
    total: int = MAX_TOTAL
    part: int = MAX_PART
    entries: int = MAX_ENTRIES


DOCUMENT = Limits()
"""What a Word document may hold."""

_DIRECTORY_RECORD = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_SYMLINK = 0o120000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Report = Callable[[str, str, str], None]
"""(code, message, found): what a guard calls when it refuses."""


def open_directory(data: bytes, report: Report, limits: Limits = DOCUMENT) -> zipfile.ZipFile | None:
    """The archive of ``data`` when its directory is sound and within bounds, else None after reporting."""
    if len(data) > limits.package:
        report("package-too-large", f"文件超过 {limits.package >> 20} MB", f"{len(data)} 字节")
        return None
    if data.count(_DIRECTORY_RECORD) > 20 * limits.entries:
        report("package-too-many-entries", f"压缩包里的条目超过 {limits.entries} 个", "目录过长")
        return None
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError, struct.error):
        report("package-damaged", "文件不完整或已损坏（压缩包目录读不出来）", "可能没有下载完整")
        return None
    return archive


def check_directory(archive: zipfile.ZipFile, data: bytes, report: Report, limits: Limits = DOCUMENT) -> bool:
    """Judge every entry by what the directory says of it; True when the entries may be read."""
    infos = archive.infolist()
    before = _Count(report)
    if len(infos) > limits.entries:
        before("package-too-many-entries", f"压缩包里的条目超过 {limits.entries} 个", str(len(infos)))
        return False
    _check_names(infos, before)
    for info in infos:
        _check_entry(info, before, limits)
    if (total := sum(i.file_size for i in infos)) > limits.total:
        before("package-bomb", f"解压后超过 {limits.total >> 20} MB", f"{total} 字节")
    if not before.number:
        _check_overlap(infos, data, before)
    return not before.number


class _Count:
    """Passes reports on and counts them."""

    def __init__(self, report: Report) -> None:
        self.number = 0
        self._report = report

    def __call__(self, code: str, message: str, found: str) -> None:
        self.number += 1
        self._report(code, message, found)


def _check_names(infos: list[zipfile.ZipInfo], report: Report) -> None:
    seen: dict[str, str] = {}
    for info in infos:
        name = info.orig_filename
        meant = normalize("NFC", unquote(name)).casefold()
        if (first := seen.get(meant)) is not None:
            kind = "同名" if first == name else "只有大小写或写法不同"
            report("package-duplicate-entry", f"压缩包里有两个{kind}的条目", name)
        seen.setdefault(meant, name)
        if _escapes(name) or _escapes(unquote(name)):
            report("package-bad-name", "压缩包里的条目名指向包外或含有非法字符", repr(name))


def _escapes(name: str) -> bool:
    pieces = name.split("/")
    return (
        name.startswith("/")
        or "\\" in name
        or ":" in name
        or "\0" in name
        or not name
        or ".." in pieces
        or "." in pieces
        or any(ord(c) < 32 for c in name)
    )


def _check_entry(info: zipfile.ZipInfo, report: Report, limits: Limits) -> None:
    name = info.filename
    if (info.external_attr >> 16) & 0o170000 == _SYMLINK:
        report("package-symlink", "压缩包里有符号链接", name)
    if info.flag_bits & 0x41:
        report("package-encrypted", "压缩包里的条目加了密码", name)
    if info.compress_type not in _METHODS:
        report("package-method", "压缩包用了 Word 文档不允许的压缩方法", f"{name}（方法 {info.compress_type}）")
    if info.file_size > limits.part:
        report("package-bomb", f"单个部件解压后超过 {limits.part >> 20} MB", f"{name}：{info.file_size} 字节")


def _check_overlap(infos: list[zipfile.ZipInfo], data: bytes, report: Report) -> None:
    """Two entries that share bytes are how a small file unpacks to a huge one; trust no length twice."""
    end = 0
    for info in sorted(infos, key=lambda i: i.header_offset):
        start = info.header_offset
        header = data[start : start + _LOCAL_HEADER.size]
        if start < end:
            report("package-overlap", "压缩包里的条目互相重叠", info.filename)
            return
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            report("package-damaged", "压缩包里的条目找不到了，文件已损坏", info.filename)
            return
        *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        end = start + _LOCAL_HEADER.size + name_length + extra_length + info.compress_size
    if end > len(data):
        report("package-damaged", "文件不完整，最后的条目缺了一截", infos[-1].filename if infos else "")


def read_entries(archive: zipfile.ZipFile, report: Report) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each file entry in order; lengths and checksums are verified while reading."""
    left = MAX_TOTAL
    for info in archive.infolist():
        if info.is_dir():
            continue
        content = read_one(archive, info, min(left, MAX_PART), report)
        if content is None:
            return
        left -= len(content)
        yield info.filename, content


def read_one(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int, report: Report) -> bytes | None:
    """The content of one entry, at most ``limit`` bytes; None after reporting what is wrong with it."""
    try:
        with archive.open(info) as stream:
            content = stream.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError):
        report("package-damaged", "部件校验不符，文件已损坏", info.filename)
        return None
    if len(content) > limit:
        report("package-bomb", "解压后的内容超出上限", info.filename)
        return None
    if len(content) != info.file_size:
        report("package-damaged", "部件的长度与目录所记不符", info.filename)
        return None
    return content
