"""The authority mark of every format (7.2.4, 10): place, size, and the names of joint issue beside 文件."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from planwriter.model.official import Format, OfficialDocument
from planwriter.standard import Layout, Mm, Pt, cells
from planwriter.standard import formats as f
from planwriter.standard import numbers as n
from planwriter.template import finished
from planwriter.template.drawing.joint import joint_table
from planwriter.template.drawing.letter import mark_box

_TOPS: dict[Format, Mm] = {
    Format.ORDER: f.ORDER_MARK_TOP.value,
    Format.MINUTES: f.MINUTES_MARK_TOP.value,
}


def head_mark(paper: OfficialDocument, rows_above: int, layout: Layout) -> Markup:
    """The finished mark of a paper, below ``rows_above`` full rows of markings."""
    if paper.format is Format.LETTER:
        return letter_mark(paper.mark, layout)
    names = paper.joint_names
    if names:
        return joint_mark(names, rows_above, layout)
    top = _TOPS.get(paper.format, n.MARK_TOP.value)
    return finished.mark(paper.mark, rows_above, layout, top=top)


def letter_mark(text: str, layout: Layout) -> Markup:
    """The mark of a letter 30 mm below the edge of the page with the double rule 4 mm below it (10.1)."""
    return _trusted(mark_box(text, finished.mark_size(text, layout), layout)) if text else Markup()


def joint_mark(names: Sequence[str], rows_above: int, layout: Layout) -> Markup:
    """The names of joint issue, host first, each spread over the same width, 文件 beside them (7.2.4)."""
    size = joint_size(names, layout)
    line = Pt(n.MARK_LINE.value * size)
    before = layout.mark_before(line, size, rows_above)
    return _trusted(joint_table(names, f.JOINT_MARK_WORD.value, size, before, layout))


def joint_size(names: Sequence[str], layout: Layout) -> Pt:
    """The largest size that fits the width of one line and leaves room for text on the first page."""
    free = layout.width - 2 * n.MARK_SIDE.value.at(n.BODY_SIZE.value)
    widest = max(map(cells, names)) + 2 * f.JOINT_MARK_GAP.value + cells(f.JOINT_MARK_WORD.value)
    high = f.JOINT_MARK_HEIGHT.value.pt / (len(names) * n.MARK_LINE.value)
    return Pt(int(2 * min(n.MARK_SIZE_LIMIT.value, free / widest, high)) / 2)


def _trusted(xml: str) -> Markup:
    return Markup(xml)  # noqa: S704 - every text in it went through run(), which escapes
