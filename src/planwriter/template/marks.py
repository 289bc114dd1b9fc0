"""The authority mark of every format (7.2.4, 10): place, size, and the names of joint issue beside 文件."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from planwriter.model.official import Format, OfficialDocument
from planwriter.model.unfilled import placeholder
from planwriter.standard import Layout, Mm, Pt, cells
from planwriter.standard import formats as f
from planwriter.standard import numbers as n
from planwriter.template import finished
from planwriter.template.drawing.joint import joint_table
from planwriter.template.drawing.letter import mark_box
from planwriter.template.drawing.lettering import Lettering, lettering, mark_lettering

_TOPS: dict[Format, Mm] = {
    Format.ORDER: f.ORDER_MARK_TOP.value,
    Format.MINUTES: f.MINUTES_MARK_TOP.value,
}


def head_mark(paper: OfficialDocument, rows_above: int, layout: Layout, highest: Pt) -> Markup:
    """The finished mark of a paper, below ``rows_above`` full rows of markings; names of joint issue ``highest``."""
    if paper.format is Format.LETTER:
        return letter_mark(paper.mark, layout)
    names = paper.joint_names
    if names:
        return joint_mark(names, rows_above, layout, highest)
    top = _TOPS.get(paper.format, n.MARK_TOP.value)
    return finished.mark(paper.mark, rows_above, layout, top=top)


def head_signing(paper: OfficialDocument, layout: Layout) -> Markup:
    """The finished rows of the number and the signatories of an upward paper (7.2.6); nothing for any other."""
    signatories = paper.signatories if paper.upward else []
    return finished.signing(paper.document_number or placeholder("发文字号"), signatories, layout)


def letter_mark(text: str, layout: Layout) -> Markup:
    """The mark of a letter 30 mm below the edge of the page with the double rule 4 mm below it (10.1)."""
    return finished.trusted(mark_box(text, mark_lettering(text, layout), layout)) if text else Markup()


def joint_mark(names: Sequence[str], rows_above: int, layout: Layout, highest: Pt) -> Markup:
    """The names of joint issue, host first, each spread over the same width, 文件 beside them (7.2.4)."""
    letters = joint_lettering(names, layout, highest)
    line = Pt(n.MARK_LINE.value * letters.size)
    before = layout.mark_before(line, letters.size, rows_above)
    return finished.trusted(joint_table(names, f.JOINT_MARK_WORD.value, letters, before, layout))


def joint_lettering(names: Sequence[str], layout: Layout, highest: Pt) -> Lettering:
    """The largest letters that fit the width of one line, all lines together not higher than ``highest``."""
    widest = max(map(cells, names)) + 2 * f.JOINT_MARK_GAP.value + cells(f.JOINT_MARK_WORD.value)
    high = Pt(int(2 * highest / (len(names) * n.MARK_LINE.value)) / 2)
    return lettering(widest, min(layout.mark_limit, high), layout)


def marking_rows(paper: OfficialDocument) -> int:
    """The rows that 份号, 密级 and 紧急程度 take above a mark (7.2.1–7.2.3).

    密级 stands on the second, but not under the rule of a letter (10.1), nor above the mark of an order, which
    begins 20 mm down (10.2).
    """
    security = paper.security_classification
    used = sum(1 for row in (paper.copy_number, security, paper.urgency) if row)
    free = bool(security) and not paper.copy_number and paper.format not in (Format.LETTER, Format.ORDER)
    return used + (n.SECURITY_ROW.value - 1 if free else 0)
