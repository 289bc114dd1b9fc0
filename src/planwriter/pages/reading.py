"""Read the pages of a PDF: what stands in which row. Lengths in points from the top left corner of the paper."""

from __future__ import annotations

import ctypes
import threading
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from struct import pack
from typing import Any

from planwriter.diagnostic import Diagnostic, FileError

_SAME_ROW = 1.5  # points between baselines of one row
_LOCK = threading.Lock()  # PDFium works in one thread at a time
_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character (in its compatibility form) with its origin."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Row:
    """The characters on one baseline, from left to right, without white space."""

    text: str
    baseline: float
    left: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page: its size and its characters in the order of the file. ``number`` counts from 1."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]

    @property
    def is_landscape(self) -> bool:
        """Whether the paper lies on its side."""
        return self.width > self.height

    def rows(self, top: float, bottom: float, left: float, right: float) -> tuple[Row, ...]:
        """The rows inside these edges, from the top; what stands outside is page number and the like."""
        inside = [g for g in self.glyphs if top <= g.y <= bottom and left <= g.x <= right]
        return tuple(_row(row) for row in _grouped(sorted(inside, key=lambda g: (g.y, g.x))))

    def outside(self, bottom: float) -> str:
        """The text below an edge, such as the page number."""
        return "".join(g.text for g in sorted((g for g in self.glyphs if g.y > bottom), key=lambda g: g.x))


def _grouped(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    for glyph in glyphs:
        if row and glyph.y - row[0].y > _SAME_ROW:
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _row(glyphs: list[Glyph]) -> Row:
    ordered = sorted(glyphs, key=lambda g: g.x)
    return Row("".join(g.text for g in ordered), ordered[0].y, ordered[0].x)


def folded(text: str) -> str:
    """Text as it is compared: compatibility forms, without white space and control characters."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c)[0] not in "CZ")


def unfolded(text: str, length: int) -> int:
    """How many characters of a text make so many folded ones."""
    return next((at for at in range(len(text) + 1) if len(folded(text[:at])) >= length), len(text))


def can_read() -> bool:
    """Whether the library that reads PDF is installed."""
    return find_spec("pypdfium2") is not None


def no_reader() -> Diagnostic:
    """What is said where it is not."""
    return Diagnostic(
        "pages-no-reader",
        "没有安装 pypdfium2，看不了页面",
        expected="pypdfium2",
        hint="pip install pypdfium2",
    )


def read_pages(pdf: bytes) -> tuple[PrintedPage, ...]:
    """Every page of a PDF. Raises ``FileError`` when it cannot be read."""
    with _LOCK, _Opened(pdf) as document:
        return tuple(_page(number, page) for number, page in enumerate(document, 1))


def pictures(pdf: bytes, *, dots_per_inch: int = 150) -> tuple[bytes, ...]:
    """A PNG picture of every page. Raises ``FileError`` when the PDF cannot be read."""
    with _LOCK, _Opened(pdf) as document:
        scale = dots_per_inch / _POINTS_PER_INCH
        return tuple(_png(page.render(scale=scale, rev_byteorder=True)) for page in document)


class _Opened:
    """A PDF, open; closed with everything taken from it."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf

    def __enter__(self) -> Any:
        if not can_read():
            raise FileError(no_reader())
        import pypdfium2

        try:
            self._document = pypdfium2.PdfDocument(self._pdf)
        except pypdfium2.PdfiumError as fault:
            raise FileError(Diagnostic("pages-bad-pdf", "转换得到的 PDF 读不出来", found=str(fault))) from fault
        return self._document

    def __exit__(self, *_: object) -> None:
        self._document.close()


def _page(number: int, page: Any) -> PrintedPage:
    width, height = page.get_size()
    text = page.get_textpage()
    try:
        return PrintedPage(number, width, height, tuple(_glyphs(text, height)))
    finally:
        text.close()
        page.close()


def _glyphs(text: Any, height: float) -> Iterator[Glyph]:
    import pypdfium2.raw as raw

    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(text.count_chars()):
        shown = folded(chr(raw.FPDFText_GetUnicode(text, at)))
        if shown and raw.FPDFText_GetCharOrigin(text, at, ctypes.byref(x), ctypes.byref(y)):
            yield Glyph(shown, x.value, height - y.value)


def _png(bitmap: Any) -> bytes:
    """Eight bits per colour, no alpha; the same picture gives the same bytes."""
    width, height, stride, channels = bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels
    pixels = bytes(bitmap.buffer)
    lines = (pixels[line * stride : line * stride + width * channels] for line in range(height))
    squeezed = zlib.compress(b"".join(b"\0" + line for line in lines), 6)
    head = pack(">IIBBBBB", width, height, 8, 2 if channels == 3 else 6, 0, 0, 0)
    bitmap.close()
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", squeezed) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))
