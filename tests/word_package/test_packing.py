"""A written package is a plain zip that never changes for the same parts."""

from __future__ import annotations

import io
import sys
import zipfile

import pytest

from planwriter.word import packing
from planwriter.word.package import PackageWriter, read_package, write_parts
from planwriter.word.packing import Packer
from tests.word_package.building import p, parts_of

PARTS = {n: c if isinstance(c, bytes) else c.encode() for n, c in parts_of(p("正文"), header=p("页眉")).items()}


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {n: archive.read(n) for n in archive.namelist()}


def test_what_is_written_is_read_back() -> None:
    assert opened(write_parts(PARTS)) == PARTS
    assert read_package(write_parts(PARTS), name="a").parts == PARTS


def test_content_types_come_first_whatever_the_order_of_the_parts() -> None:
    names = list(opened(write_parts(dict(reversed(PARTS.items())))))
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]


def test_no_clock_reaches_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(write_parts(PARTS))) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_dynamic_parts_are_given_anew_and_new_parts_come_last() -> None:
    writer = PackageWriter(PARTS, ["word/document.xml"])
    one = opened(writer.write({"word/document.xml": b"<a/>", "customXml/item1.xml": b"<b/>"}))
    assert one["word/document.xml"] == b"<a/>"
    assert list(one)[-1] == "customXml/item1.xml"
    assert opened(writer.write({"word/document.xml": b"<c/>"})) == PARTS | {"word/document.xml": b"<c/>"}


def test_static_parts_can_be_replaced() -> None:
    writer = PackageWriter(PARTS, ["word/document.xml"])
    changed = {"word/document.xml": b"<a/>", "word/header.xml": b"<h/>"}
    assert opened(writer.write(changed)) == PARTS | changed


def test_names_outside_ascii_survive() -> None:
    assert opened(write_parts(PARTS | {"word/media/图.png": b"x" * 100}))["word/media/图.png"] == b"x" * 100


@pytest.mark.parametrize("missing", [(), ("isal",), ("isal", "zlib_ng")])
@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("size", [0, 10, 5_000, 600_000])
def test_the_contents_are_the_same_with_any_compressor(
    missing: tuple[str, ...], small: bool, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)
    choices = (packing._quick, packing._dense)
    for choice in choices:
        choice.cache_clear()
    content = b"<w:p>plan</w:p>" * (size // 15) + b"." * (size % 15)
    try:
        data = PackageWriter(PARTS, ["word/document.xml"]).write({"word/document.xml": content}, small=small)
    finally:
        for choice in choices:
            choice.cache_clear()
    assert opened(data)["word/document.xml"] == content


def test_a_packer_gives_the_same_bytes_whatever_it_packed_before() -> None:
    used, other = Packer(), PARTS | {"word/styles.xml": b"<w/>" * 50, "word/document.xml": b"<x/>"}
    fresh = {"word/document.xml"}
    first = used.pack(PARTS, fresh)
    used.pack(other, fresh)
    assert used.pack(PARTS, fresh) == first == Packer().pack(PARTS, fresh)
    assert opened(first) == PARTS
    assert used.pack(other, fresh, small=True) == Packer().pack(other, fresh, small=True)


def test_a_writer_takes_over_what_another_has_deflated() -> None:
    fresh = {"word/document.xml": b"<x/>" * 90}
    first = PackageWriter(PARTS, fresh)
    assert PackageWriter(PARTS, fresh, packed=first.packed).write(fresh) == first.write(fresh)
