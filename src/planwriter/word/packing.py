"""Write a package fast and always alike: static parts deflated once, fixed times, a defined order."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Container, Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

CONTENT_TYPES = "[Content_Types].xml"
_OFTEN_ALIKE = 8_192
"""Parts up to this many bytes are compared with the last document's before they are deflated."""

_LOCAL = struct.Struct("<4s5H3I2H")
_LISTED = struct.Struct("<4s6H3I5HI")
_END = struct.Struct("<4s4H2IH")
_DOS_DATE = 0x0021  # 1980-01-01, the first day a zip can name
_VERSION = 20
_UTF8_NAME = 0x0800
_DEFLATED = 8
_STORED = 0
_READY_COMPRESSED = (".png", ".jpg", ".jpeg", ".gif", ".emz", ".wmz", ".zip", ".docx", ".xlsx")

Deflate = Callable[[bytes], bytes]


def _zlib(level: int) -> Deflate:
    def deflate(content: bytes) -> bytes:
        squeeze = zlib.compressobj(level, zlib.DEFLATED, -15)
        return squeeze.compress(content) + squeeze.flush()

    return deflate


_zlib_1, _zlib_6 = _zlib(1), _zlib(6)


@cache
def _quick() -> Deflate:
    """The fastest raw deflate that is installed."""
    try:
        from isal import isal_zlib
    except ImportError:
        return _quick_ng()
    return lambda content: bytes(isal_zlib.compress(content, 1, wbits=-15))


def _quick_ng() -> Deflate:
    try:
        from zlib_ng import zlib_ng
    except ImportError:
        return _zlib_1
    return lambda content: bytes(zlib_ng.compress(content, 1, wbits=-15))


def _checksum() -> Callable[[bytes], int]:
    """The fastest CRC-32 that is installed."""
    try:
        from isal import isal_zlib
    except ImportError:
        return zlib.crc32
    crc32: Callable[[bytes], int] = isal_zlib.crc32
    return crc32


_crc32 = _checksum()


@cache
def _dense() -> Deflate:
    """Level 6 raw deflate, by the faster implementation where it is installed."""
    try:
        from zlib_ng import zlib_ng
    except ImportError:
        return _zlib_6
    return lambda content: bytes(zlib_ng.compress(content, 6, wbits=-15))


class _Entry(NamedTuple):
    """One part ready to be written: everything but its offset, which stands between ``listed`` and ``name``."""

    local: bytes
    packed: bytes
    listed: bytes
    name: bytes


def _entry(name: str, content: bytes, deflate: Deflate) -> _Entry:
    packed, method = deflate(content), _DEFLATED
    if len(packed) >= len(content):
        packed, method = content, _STORED
    raw = name.encode("utf-8")
    flags = 0 if name.isascii() else _UTF8_NAME
    shared = (flags, method, 0, _DOS_DATE, _crc32(content), len(packed), len(content), len(raw), 0)
    local = _LOCAL.pack(b"PK\x03\x04", _VERSION, *shared) + raw
    listed = _LISTED.pack(b"PK\x01\x02", _VERSION, _VERSION, *shared, 0, 0, 0, 0)
    return _Entry(local, packed, listed, raw)


def _assemble(entries: Iterable[_Entry]) -> bytes:
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = number = 0
    for entry in entries:
        local, packed, listed, name = entry
        pieces += (local, packed)
        directory += (listed, offset.to_bytes(4, "little"), name)
        offset += len(local) + len(packed)
        number += 1
    listing = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, number, number, len(listing), offset, 0)
    return b"".join((*pieces, listing, end))


class PackageWriter:
    """Built once from a template's parts; writes any number of documents that differ in a few of them.

    Parts named in ``dynamic`` are given anew on each call. ``[Content_Types].xml`` and ``_rels/.rels``
    come first, the rest in the template's order, new parts last. ``packed`` are static parts as another writer of
    the same parts deflated them. Safe to share between threads.
    """

    def __init__(
        self, parts: Mapping[str, bytes], dynamic: Iterable[str] = (), *, packed: Mapping[str, bytes] | None = None
    ) -> None:
        changing = frozenset(dynamic)
        first = [n for n in (CONTENT_TYPES, "_rels/.rels") if n in parts]
        self._order = (*first, *(n for n in parts if n not in first))
        self._known = frozenset(self._order)
        self._static = MappingProxyType(
            {n: _entry(n, parts[n], _static_deflate(n, packed)) for n in self._order if n not in changing}
        )
        self._last: dict[tuple[str, bool], tuple[bytes, _Entry]] = {}

    @property
    def packed(self) -> dict[str, bytes]:
        """The static parts as they are written, to be handed to another writer of the same parts."""
        return {name: entry.packed for name, entry in self._static.items()}

    def write(self, contents: Mapping[str, bytes], *, small: bool = False) -> bytes:
        """The package as bytes. ``contents`` gives every dynamic part, and may replace or add others;
        ``small`` deflates at level 6 whatever the size."""
        static, known = self._static, self._known
        fresh = self._fresh
        entries = [fresh(name, contents[name], small) if name in contents else static[name] for name in self._order]
        entries += [fresh(name, content, small) for name, content in contents.items() if name not in known]
        return _assemble(entries)

    def _fresh(self, name: str, content: bytes, small: bool) -> _Entry:
        """A part deflated now, unless the last document had the same: what every document is given alike."""
        if len(content) > _OFTEN_ALIKE:
            return _fresh(name, content, small)
        last = self._last.get((name, small))
        if last is None or last[0] != content:
            last = self._last[name, small] = content, _fresh(name, content, small)
        return last[1]


class Packer:
    """Packs documents whose parts are mostly those of the last one: the same bytes are not deflated again."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[bytes, _Entry]] = {}

    def pack(self, parts: Mapping[str, bytes], fresh: Container[str], *, small: bool = False) -> bytes:
        """A package of these parts in this order; ``fresh`` are deflated fast unless it is to be ``small``."""
        return _assemble([
            _fresh(name, content, small) if name in fresh else self._entry(name, content)
            for name, content in parts.items()
        ])  # fmt: skip

    def _entry(self, name: str, content: bytes) -> _Entry:
        last = self._last.get(name)
        if last is None or last[0] != content:
            last = self._last[name] = content, _entry(name, content, _static_deflate(name, None))
        return last[1]


def _fresh(name: str, content: bytes, small: bool) -> _Entry:
    return _entry(name, content, _dense() if small else _quick())


def _static_deflate(name: str, packed: Mapping[str, bytes] | None) -> Deflate:
    if packed is not None and name in packed:
        return lambda _: packed[name]
    return bytes if name.lower().endswith(_READY_COMPRESSED) else _zlib_6


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts, written once, at level 6."""
    return PackageWriter(parts).write({})
