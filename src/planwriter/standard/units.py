"""Lengths with their unit in the type, and the width of text in characters (字, clause 3.1)."""

from __future__ import annotations

from planwriter import width

_POINTS_PER_MM = 72 / 25.4


class Pt(float):
    """A length in points."""

    @property
    def mm(self) -> Mm:
        """The same length in millimetres."""
        return Mm(self / _POINTS_PER_MM)

    @property
    def twips(self) -> int:
        """Twentieths of a point, the unit of WordprocessingML, rounded."""
        return round(self * 20)

    @property
    def half_points(self) -> int:
        """Half points, the unit of ``w:sz`` for type, rounded."""
        return round(self * 2)

    @property
    def eighths(self) -> int:
        """Eighths of a point, the unit of ``w:sz`` for borders, rounded."""
        return round(self * 8)

    @property
    def emu(self) -> int:
        """English metric units, the unit of DrawingML."""
        return round(self * 12700)


class Mm(float):
    """A length in millimetres."""

    @property
    def pt(self) -> Pt:
        """The same length in points."""
        return Pt(self * _POINTS_PER_MM)

    @property
    def twips(self) -> int:
        """Twentieths of a point, rounded."""
        return self.pt.twips


class Chars(float):
    """A length in characters (字, clause 3.1: the width of one Han character)."""

    @property
    def hundredths(self) -> int:
        """Hundredths of a character, the unit of ``w:firstLineChars`` and its like."""
        return round(self * 100)

    def at(self, size: Pt) -> Pt:
        """This many characters of the given type size, in points."""
        return Pt(self * size)


def cells(text: str) -> Chars:
    """The width of ``text``: Han characters and their punctuation one, digits and Latin a half."""
    return Chars(width.cells(text))


def text_width(text: str, size: Pt) -> Pt:
    """The width of ``text`` set in ``size``, in points."""
    return cells(text).at(size)
