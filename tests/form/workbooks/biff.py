"""Writes .xls files as Excel and WPS do (BIFF8 in a compound file), record by record, for tests."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


@dataclass(frozen=True)
class Formula:
    """A formula with the result that is stored: a number, a text, a truth, ``None`` for an empty text."""

    result: float | str | bool | None
    tokens: bytes = b"\x1e\x01\x00"


@dataclass(frozen=True)
class Styled:
    """A number under a format; ``small`` writes it in four bytes, as whole numbers mostly are."""

    value: float
    format: str | int
    small: bool = False


Cell = str | float | bool | Formula | Styled | None


def xls(*sheets: tuple[str, Sequence[Sequence[Cell]]], epoch_1904: bool = False) -> bytes:
    """A workbook with such sheets."""
    formats = _formats(cell for _, rows in sheets for row in rows for cell in row)
    globals_ = _record(0x809, struct.pack("<4HII", 0x600, 5, 0, 0, 0, 0)) + _record(0x42, struct.pack("<H", 1200))
    globals_ += _record(0x22, struct.pack("<H", epoch_1904))
    globals_ += b"".join(_record(0x41E, struct.pack("<H", n) + _text(code)) for code, n in formats.items() if n >= 164)
    globals_ += b"".join(_record(0xE0, struct.pack("<HH", 0, n) + b"\0" * 16) for n in (0, *formats.values()))
    styles = {code: at for at, code in enumerate(formats, 1)}
    bodies = [_sheet(rows, styles) for _, rows in sheets]
    names = [struct.pack("<HBB", 0, len(name), 1) + name.encode("utf-16-le") for name, _ in sheets]
    at = len(globals_) + sum(8 + len(name) for name in names) + 4
    for name, body in zip(names, bodies, strict=True):
        globals_ += _record(0x85, struct.pack("<I", at) + name)
        at += len(body)
    return _compound(globals_ + _record(0xA, b"") + b"".join(bodies))


def _formats(cells: object) -> dict[str | int, int]:
    """Format → its number: those of one's own begin at 164."""
    used = dict.fromkeys(cell.format for cell in cells if isinstance(cell, Styled))  # type: ignore[attr-defined]
    own = (code for code in used if isinstance(code, str))
    return {code: code for code in used if isinstance(code, int)} | {code: n for n, code in enumerate(own, 164)}


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _text(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _sheet(rows: Sequence[Sequence[Cell]], styles: dict[str | int, int]) -> bytes:
    wide = max((len(row) for row in rows), default=0)
    made = _record(0x809, struct.pack("<4HII", 0x600, 0x10, 0, 0, 0, 0))
    made += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, wide, 0))
    for number, row in enumerate(rows):
        made += b"".join(_cell(number, at, cell, styles) for at, cell in enumerate(row) if cell is not None)
    return made + _record(0xA, b"")


def _cell(row: int, column: int, cell: Cell, styles: dict[str | int, int]) -> bytes:
    at = struct.pack("<HHH", row, column, 0)
    if isinstance(cell, Formula):
        return _formula(at, cell)
    if isinstance(cell, Styled):
        at = struct.pack("<HHH", row, column, styles[cell.format])
        if cell.small:
            return _record(0x27E, at + struct.pack("<i", (round(cell.value * 100) << 2) | 3))
        return _record(0x203, at + struct.pack("<d", cell.value))
    if isinstance(cell, str):
        return _record(0x204, at + _text(cell))
    if isinstance(cell, bool):
        return _record(0x205, at + struct.pack("<BB", cell, 0))
    assert cell is not None
    return _record(0x203, at + struct.pack("<d", cell))


def _formula(at: bytes, formula: Formula) -> bytes:
    result = formula.result
    said = b""
    if isinstance(result, str):
        stored, said = b"\0\0\0\0\0\0\xff\xff", _record(0x207, _text(result[:2000]))
        if len(result) > 2000:
            said += _record(0x3C, b"\1" + result[2000:].encode("utf-16-le"))
            said = said.replace(struct.pack("<HB", 2000, 1), struct.pack("<HB", len(result), 1), 1)
    elif isinstance(result, bool):
        stored = bytes([1, 0, result, 0, 0, 0, 255, 255])
    else:
        stored = b"\3\0\0\0\0\0\xff\xff" if result is None else struct.pack("<d", result)
    tokens = struct.pack("<HIH", 0, 0, len(formula.tokens)) + formula.tokens
    return _record(0x6, at + stored + tokens) + said


def _compound(stream: bytes) -> bytes:
    """A compound file that holds the stream ([MS-CFB]): allocation table, directory, sectors of the stream."""
    stream += b"\0" * (max(4096, -(-len(stream) // _SECTOR) * _SECTOR) - len(stream))
    count = len(stream) // _SECTOR
    tables = -(-(count + 2) // 128)
    first = tables + 1
    chain = [*[_TABLE] * tables, _END, *range(first + 1, first + count), _END]
    chain += [_FREE] * (tables * 128 - len(chain))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += b"\0" * 6 + struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    entries = _entry("Root Entry", 5, _END, 0, 1) + _entry("Workbook", 2, first, len(stream), _FREE)
    directory = entries + _entry("", 0, 0, 0, _FREE) * 2
    return header + struct.pack(f"<{len(chain)}I", *chain) + directory + stream


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    said = (name + "\0").encode("utf-16-le") if name else b""
    head = said.ljust(64, b"\0") + struct.pack("<HBBIII", len(said), kind, 1, _FREE, _FREE, child)
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)
