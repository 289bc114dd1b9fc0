"""How large an authority mark is set, and how narrow, so that it stands on one line (7.2.4)."""

from __future__ import annotations

import math
from typing import NamedTuple

from planwriter.standard import Layout, Pt, cells
from planwriter.standard import numbers as n


class Lettering(NamedTuple):
    """The size of a mark, and the width of its characters in percent of their natural one."""

    size: Pt
    percent: int = 100

    def width(self, chars: float) -> Pt:
        """The width of so many characters."""
        return Pt(chars * self.size * self.percent / 100)

    def look(self, spacing: Pt | None = None) -> str:
        """Raw run properties, with ``spacing`` after every character."""
        spread = f'<w:spacing w:val="{spacing.twips}"/>' if spacing else ""
        narrow = f'<w:w w:val="{self.percent}"/>' if self.percent < 100 else ""
        return f'{spread}{narrow}<w:sz w:val="{self.size.half_points}"/><w:szCs w:val="{self.size.half_points}"/>'


def lettering(chars: float, limit: Pt, layout: Layout) -> Lettering:
    """The largest size up to ``limit`` at which so many characters leave one free on either side of a line.

    Where that would be small, the characters are set narrower first, so that the mark stays 醒目.
    """
    room = layout.width - 2 * n.MARK_SIDE.value.at(n.BODY_SIZE.value)
    natural, wanted = room / chars, min(limit, n.MARK_SIZE_WANTED.value)
    share = 1.0 if natural >= wanted else max(n.MARK_NARROWEST.value, natural / wanted)
    percent = math.floor(share * 100)
    largest = limit if percent == 100 else wanted
    return Lettering(Pt(min(largest, int(2 * natural * 100 / percent) / 2)), percent)


def mark_lettering(text: str, layout: Layout) -> Lettering:
    """That of a mark of one line."""
    return lettering(cells(text), layout.mark_limit, layout)
