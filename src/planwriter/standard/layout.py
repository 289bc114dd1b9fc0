"""The page as a word processor has to be told: margins, pitch, grid and what follows from them."""

from __future__ import annotations

import math
from functools import cached_property
from typing import NamedTuple

from planwriter.standard import numbers as n
from planwriter.standard.roles import Role, role
from planwriter.standard.units import Mm, Pt

_FOOT_MARGIN = Mm(n.PAPER_HEIGHT.value - n.HEAD_MARGIN.value - n.TYPE_AREA_HEIGHT.value)
_FORE_EDGE_MARGIN = Mm(n.PAPER_WIDTH.value - n.BINDING_MARGIN.value - n.TYPE_AREA_WIDTH.value)
_TABLE_TEXT, _NUMBER = role("table_text"), role("page_number_odd")


class _Measures(NamedTuple):
    name: str
    top: Mm
    bottom: Mm
    left: Mm = n.BINDING_MARGIN.value
    right: Mm = _FORE_EDGE_MARGIN
    head: Mm = n.HEAD_MARGIN.value
    """White above the type area: the upper margin but for ``lift``."""
    foot: Mm = _FOOT_MARGIN
    """White below the type area: the lower margin but for ``drop``."""
    row: Pt | None = None
    """Exact line spacing where an organisation wants its own; ``None`` for the one that gives 22 rows."""
    mark_limit: Pt = n.MARK_SIZE_LIMIT.value
    """The largest size of an authority mark (7.2.4)."""
    table_text: Role = _TABLE_TEXT
    number: Role = _NUMBER


class Layout(_Measures):
    """Margins and what they give. ``lift`` is how far the text frame begins above the type area."""

    @cached_property
    def width(self) -> Pt:
        """Width of the type area as the rounded margins give it (5.2.1)."""
        return Pt((n.PAPER_WIDTH.value.twips - self.left.twips - self.right.twips) / 20)

    @cached_property
    def height(self) -> Pt:
        """Height of the text frame as the rounded margins give it."""
        return Pt((n.PAPER_HEIGHT.value.twips - self.top.twips - self.bottom.twips) / 20)

    @property
    def lift(self) -> Mm:
        """Distance from the top of the text frame down to the top of the type area (0 for ``frame``)."""
        return Mm(self.head - self.top)

    @property
    def drop(self) -> Mm:
        """Distance from the bottom of the type area down to the bottom of the text frame."""
        return Mm(self.foot - self.bottom)

    @property
    def header(self) -> Mm:
        """Distance of the (empty) header from the paper's edge."""
        return n.HEADER_DISTANCE.value

    @property
    def pitch(self) -> Pt:
        """Exact line spacing: the largest whole twip of which 22 rows fit (5.2.3), or the one that is wanted."""
        return self.row or Pt(self.height.twips // n.ROWS.value / 20)

    @property
    def grid_pitch(self) -> Pt:
        """``w:docGrid/@w:linePitch``: that many rows fill the height, whatever their exact spacing.

        LibreOffice puts what a grid leaves over half above and half below the text (5.2.1).
        """
        rows = math.floor(self.height / self.pitch + 1e-6)
        return Pt(self.height.twips // rows / 20)

    @property
    def character_space(self) -> int:
        """``w:docGrid/@w:charSpace``: 1/4096 pt added to each character so that 28 fill the width (5.2.3)."""
        return math.floor((self.width / n.CHARACTERS.value - n.BODY_SIZE.value) * 4096)

    @property
    def footer(self) -> Pt:
        """Distance of the footer from the paper's edge that puts the dash 7 mm below the type area (7.5)."""
        number = self.number
        from_edge = Mm(self.foot - n.PAGE_NUMBER_GAP.value).pt
        line = number.line or self.pitch
        middle = n.EM_ASCENT.value - 0.5
        return Pt(from_edge - (1 - n.BASELINE_SHARE.value) * line - middle * number.size)

    @property
    def red_rule_line(self) -> Pt:
        """Height of the row that carries the red rule: with the leading above it, 4 mm in all (7.2.7)."""
        below = (1 - n.BASELINE_SHARE.value) * self.pitch - (1 - n.EM_ASCENT.value) * n.BODY_SIZE.value
        return Pt(n.RED_RULE_GAP.value.pt - below)

    def mark_before(self, line: Pt, size: Pt, rows_above: int, top: Mm = n.MARK_TOP.value) -> Pt:
        """Space before a mark of ``size`` on an exact ``line`` so that its ink begins ``top`` (35 mm) down (7.2.4)."""
        ink = n.BASELINE_SHARE.value * line - (n.EM_ASCENT.value - n.INK_INSET.value) * size
        wanted = top.pt + self.lift.pt - ink - rows_above * self.pitch
        return Pt(max(0.0, wanted))


LAYOUTS: dict[str, Layout] = {
    "frame": Layout("frame", n.HEAD_MARGIN.value, _FOOT_MARGIN),
    "ink": Layout("ink", n.INK_HEAD_MARGIN.value, n.INK_FOOT_MARGIN.value),
}
