"""What stands where on a rendered page. Lengths in millimetres from the top left corner of the paper."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber

MM = 25.4 / 72
EM_ASCENT = 0.88
RASTER = 300


@dataclass(frozen=True)
class Glyph:
    """One character: where it begins and ends, its advance in ems, and its font."""

    text: str
    left: float
    right: float
    advance: float
    font: str = ""


@dataclass(frozen=True)
class Line:
    """A row of text of one size on one baseline."""

    text: str
    glyphs: tuple[Glyph, ...]
    baseline: float
    size: float
    fonts: frozenset[str]
    colour: tuple[float, ...]

    @property
    def left(self) -> float:
        """Where the first character begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where the last character ends."""
        return self.glyphs[-1].right

    @property
    def centre(self) -> float:
        """The middle between both ends."""
        return (self.left + self.right) / 2

    @property
    def top(self) -> float:
        """Upper edge of the em box."""
        return self.baseline - EM_ASCENT * self.size * MM

    @property
    def bottom(self) -> float:
        """Lower edge of the em box."""
        return self.baseline + (1 - EM_ASCENT) * self.size * MM

    @property
    def pitch(self) -> float:
        """Distance from one character to the next, in points."""
        starts = [glyph.left for glyph in self.glyphs]
        return statistics.median(b - a for a, b in itertools.pairwise(starts)) / MM


@dataclass(frozen=True)
class Stroke:
    """A horizontal rule."""

    y: float
    left: float
    right: float
    weight: float
    colour: tuple[float, ...]

    @property
    def length(self) -> float:
        """From end to end."""
        return self.right - self.left


@dataclass(frozen=True)
class Picture:
    """Where a picture stands."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle, across and down."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Page:
    """The lines of text and the rules of one page."""

    def __init__(self, source: Any) -> None:
        self.number: int = source.page_number
        self.lines = tuple(_lines(source))
        self.strokes = tuple(_strokes(source))
        self.pictures = tuple(
            Picture(*(image[edge] * MM for edge in ("x0", "top", "x1", "bottom"))) for image in source.images
        )
        self._source = source

    def line(self, beginning: str) -> Line:
        """The only line, or the first, that begins so."""
        return next(line for line in self.lines if line.text.startswith(beginning))

    def ink(self, line: Line, first: int = 0, last: int | None = None) -> tuple[float, float]:
        """Upper and lower edge of the ink of some characters of a line."""
        glyphs = line.glyphs[first:last]
        box = (glyphs[0].left, line.top - 2, glyphs[-1].right, line.bottom + 2)
        crop = self._source.crop(tuple(edge / MM for edge in box))
        grey = crop.to_image(resolution=RASTER).original.convert("L")
        found = grey.point(lambda value: 255 if value < 160 else 0).getbbox()
        return box[1] + found[1] * 25.4 / RASTER, box[1] + found[3] * 25.4 / RASTER

    def body(self, size: float = 16) -> tuple[Line, ...]:
        """The lines in the size of the text."""
        return tuple(line for line in self.lines if abs(line.size - size) < 0.3)


def pages(pdf: Path) -> list[Page]:
    """Every page of a PDF."""
    with pdfplumber.open(pdf) as document:
        return [Page(page) for page in document.pages]


def _lines(source: Any) -> Iterator[Line]:
    drawn = [char for char in source.chars if char["text"].strip()]
    drawn.sort(key=_baseline)
    rows: list[list[Any]] = []
    for char in drawn:
        if rows and _baseline(char) - _baseline(rows[-1][0]) < 0.4:
            rows[-1].append(char)
        else:
            rows.append([char])
    for row in rows:
        row.sort(key=lambda char: char["x0"])
        yield _line(row)


def _baseline(char: Any) -> float:
    page_height = char["bottom"] + char["y0"]
    return float(page_height - char["matrix"][5]) * MM


def _line(row: list[Any]) -> Line:
    return Line(
        text="".join(char["text"] for char in row),
        glyphs=tuple(map(_glyph, row)),
        baseline=statistics.median(map(_baseline, row)),
        size=statistics.mode(round(char["size"], 1) for char in row),
        fonts=frozenset(map(_font, row)),
        colour=_colour(row[0]["non_stroking_color"]),
    )


def _glyph(char: Any) -> Glyph:
    advance = (char["x1"] - char["x0"]) / char["size"]
    return Glyph(char["text"], char["x0"] * MM, char["x1"] * MM, advance, _font(char))


def _font(char: Any) -> str:
    return str(char["fontname"]).partition("+")[2]


def _strokes(source: Any) -> Iterator[Stroke]:
    for shape in [*source.lines, *source.rects, *source.curves]:
        width, height = (shape["x1"] - shape["x0"]) * MM, (shape["bottom"] - shape["top"]) * MM
        if width < 100 or height > 1:
            continue
        weight = height if height > 0.05 else shape["linewidth"] * MM
        stroked = shape["stroke"] and not shape["fill"]
        yield Stroke(
            y=(shape["top"] + shape["bottom"]) / 2 * MM,
            left=shape["x0"] * MM,
            right=shape["x1"] * MM,
            weight=weight,
            colour=_colour(shape["stroking_color" if stroked else "non_stroking_color"]),
        )


def _colour(value: Any) -> tuple[float, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)
