"""Parts are unpacked piece by piece; what the directory says of them is proved, and no more than it says is given."""

from __future__ import annotations

import io
import random
import zipfile
import zlib

import pytest

from planwriter.word import inflating
from planwriter.word.inflating import pieces_of

CONTENTS = {
    "nothing": b"", "little": b"<row/>", "alike": b"a" * 3_000_000, "anything": random.Random(7).randbytes(700_001),
    "text": "".join(f"<c r='A{n}'>第{n}村</c>" for n in range(60_000)).encode(),
}  # fmt: skip


def packed(content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        package.writestr("before", b"x" * 99)
        package.writestr("part", content)
    return out.getvalue()


def unpacked(data: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return list(pieces_of(package, package.getinfo("part"), data))


def changed(data: bytes, at: int, value: int) -> bytes:
    """The directory says something else in one of its numbers: 16 for the checksum, 24 for the length."""
    start = data.rindex(b"PK\x01\x02") + at
    return data[:start] + value.to_bytes(4, "little") + data[start + 4 :]


@pytest.fixture(params=["installed", "zlib"], autouse=True)
def tools(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "zlib":
        monkeypatch.setattr(inflating, "_tools", lambda: (zlib.decompressobj, zlib.crc32, zlib.error))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("kind", CONTENTS)
def test_a_part_is_given_whole_and_in_small_pieces(kind: str, method: int) -> None:
    pieces = unpacked(packed(CONTENTS[kind], method))
    assert b"".join(pieces) == CONTENTS[kind]
    assert all(len(piece) < 2**20 for piece in pieces)


@pytest.mark.parametrize("size", [0, 5, 2_999_999, 3_000_001, 2**31])
def test_a_length_that_is_not_so_is_refused_and_not_exceeded(size: int) -> None:
    data, given = changed(packed(CONTENTS["alike"]), 24, size), 0
    with zipfile.ZipFile(io.BytesIO(data)) as package, pytest.raises(zipfile.BadZipFile):
        for piece in pieces_of(package, package.getinfo("part"), data):
            given += len(piece)
    assert given <= size


def test_a_checksum_that_is_not_so_is_refused() -> None:
    with pytest.raises(zipfile.BadZipFile):
        unpacked(changed(packed(CONTENTS["text"]), 16, 1))


@pytest.mark.parametrize("step", range(20))
def test_a_damaged_part_is_refused(step: int) -> None:
    data = packed(CONTENTS["text"])
    start = data.index(b"PK\x03\x04", 10) + 34
    at = start + (data.index(b"PK\x01\x02") - start) * step // 20
    broken = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
    with pytest.raises(zipfile.BadZipFile):
        unpacked(broken)
