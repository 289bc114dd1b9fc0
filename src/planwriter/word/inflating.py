"""Unpack one part of a package piece by piece, as fast as what is installed allows, proving length and checksum."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

_PIECE, _FED = 2**18, 2**15
"""Bytes of a piece, and bytes of the package looked at for it."""
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")

_Tools = tuple[Callable[[int], Any], Callable[[bytes, int], int], type[Exception]]


@cache
def _tools() -> _Tools:
    """A raw inflater, CRC-32, and the error of both."""
    try:
        from isal import isal_zlib
    except ImportError:
        return zlib.decompressobj, zlib.crc32, zlib.error
    tools: Any = isal_zlib
    return tools.decompressobj, tools.crc32, tools.error


def pieces_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo, data: bytes) -> Iterator[bytes]:
    """The content of an entry of a package, about a quarter of a megabyte at a time; ``data`` is the package.

    Never more than the directory says is given. Raises zipfile.BadZipFile, with the last piece at the latest, where
    length or checksum are not what the directory says.
    """
    _, crc32, error = _tools()
    size = checksum = 0
    try:
        archive.open(info).close()  # compares the entry's own header with the directory
        for piece in _unpacked(_packed(data, info), info.compress_type):
            size, checksum = size + len(piece), crc32(piece, checksum)
            if size > info.file_size:
                break
            if size == info.file_size and checksum != info.CRC:
                break
            yield piece
    except (error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError, struct.error) as fault:
        raise zipfile.BadZipFile(info.filename) from fault
    if size != info.file_size or checksum != info.CRC:
        raise zipfile.BadZipFile(info.filename)


def _packed(data: bytes, info: zipfile.ZipInfo) -> memoryview:
    start = info.header_offset
    *_, name, extra = _LOCAL_HEADER.unpack(data[start : start + _LOCAL_HEADER.size])
    start += _LOCAL_HEADER.size + name + extra
    return memoryview(data)[start : start + info.compress_size]


def _unpacked(packed: memoryview, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + _PIECE]) for at in range(0, len(packed), _PIECE))
        return
    inflater = _tools()[0](-15)
    gathered, size = [], 0
    for at in range(0, len(packed), _FED):
        fed: Any = packed[at : at + _FED]
        while len(fed):
            piece = inflater.decompress(fed, _PIECE)
            gathered.append(piece)
            size, fed = size + len(piece), inflater.unconsumed_tail
            if size >= _PIECE:
                yield b"".join(gathered)
                gathered, size = [], 0
    gathered.append(inflater.flush())
    if any(gathered):
        yield b"".join(gathered)
