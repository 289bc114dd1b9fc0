"""Whether the first page still shows text, and what moves to the imprint when it would not (7.3.2, 7.3.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from planwriter.model.official import Format, OfficialDocument
from planwriter.standard import Layout, Pt, cells, role
from planwriter.standard import formats as f
from planwriter.standard import numbers as n
from planwriter.template.drawing.lettering import mark_lettering
from planwriter.template.drawing.signatories import rows_of
from planwriter.template.marks import joint_lettering


def addressees_in_imprint(
    paper: OfficialDocument, title: str, addressees: str, rows_above: int, layout: Layout
) -> bool:
    """Whether the addressees stand in the imprint: in orders and minutes, and where they leave no room for text.

    ``title`` comes with its line breaks, ``addressees`` with the colon, ``rows_above`` counts the markings.
    """
    if not addressees:
        return False
    if paper.format in (Format.ORDER, Format.MINUTES):
        return True
    needed = (address_rows(addressees) + f.FIRST_PAGE_TEXT_ROWS.value) * layout.pitch
    return needed > room_below_title(paper, title, rows_above, layout)


def address_rows(text: str) -> int:
    """Rows a list of names takes; a character less is reckoned for marks that may not begin a row."""
    return math.ceil(cells(text) / (n.CHARACTERS.value - 1))


def room_below_title(paper: OfficialDocument, title: str, rows_above: int, layout: Layout) -> Pt:
    """What is left of the first page below the blank row after the title."""
    rows = n.ADDRESSEES_BLANK_ROWS.value + rows_above
    head = _letter_head(layout) if paper.format is Format.LETTER else _head(paper, title, rows_above, layout)
    return Pt(layout.height - head - rows * layout.pitch - _title_height(title, layout))


def _head(paper: OfficialDocument, title: str, rows_above: int, layout: Layout) -> float:
    """From the top of the page to the title, less the rows of the markings."""
    names: Sequence[str] = paper.joint_names or [paper.mark]
    highest = mark_height(paper, title, layout)
    letters = joint_lettering(names, layout, highest) if paper.joint_names else mark_lettering(paper.mark, layout)
    size = letters.size
    line = Pt(n.MARK_LINE.value * size)
    mark = layout.mark_before(line, size, rows_above) + len(names) * line
    return mark + _rows_to_title(paper, layout) * layout.pitch + layout.red_rule_line


def _rows_to_title(paper: OfficialDocument, layout: Layout) -> int:
    signing = len(rows_of(paper.document_number or "", paper.signatories, layout)) if paper.upward else 1
    return n.DOCUMENT_NUMBER_BLANK_ROWS.value + max(1, signing) + n.TITLE_BLANK_ROWS.value


def mark_height(paper: OfficialDocument, title: str, layout: Layout) -> Pt:
    """How high the names of joint issue may stand together so that the first page still shows text (7.3.3)."""
    rows = _rows_to_title(paper, layout) + n.ADDRESSEES_BLANK_ROWS.value + f.FIRST_PAGE_TEXT_ROWS.value
    below = rows * layout.pitch + layout.red_rule_line + _title_height(title, layout)
    left = layout.height - layout.lift.pt - n.MARK_TOP.value.pt - below
    return Pt(max(f.JOINT_MARK_LEAST.value.pt, min(f.JOINT_MARK_HEIGHT.value.pt, left)))


def _title_height(title: str, layout: Layout) -> float:
    return (title.count("\n") + 1) * (role("title").line or layout.pitch)


def _letter_head(layout: Layout) -> float:
    """A mark of the largest size, the rule and the row of the number; nearer is not needed."""
    mark = n.MARK_LINE.value * n.MARK_SIZE_LIMIT.value
    rows = 1 + f.LETTER_TITLE_BLANK_ROWS.value
    return mark + f.LETTER_RULE_GAP.value.pt + rows * layout.pitch


__all__ = ["address_rows", "addressees_in_imprint", "mark_height", "room_below_title"]
