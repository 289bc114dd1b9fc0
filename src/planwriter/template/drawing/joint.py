"""The mark of joint issue: a table without borders, names spread at the left, 文件 in the middle of the right."""

from __future__ import annotations

from collections.abc import Sequence

from planwriter.model.unfilled import is_placeholder
from planwriter.standard import Layout, Pt, cells
from planwriter.standard import formats as f
from planwriter.standard import numbers as n
from planwriter.template.drawing.lettering import Lettering
from planwriter.template.drawing.paragraphs import paragraph, run


def joint_table(names: Sequence[str], word: str, letters: Lettering, before: Pt, layout: Layout) -> str:
    """A row of ``before`` points, then the table; all names are as wide as the longest."""
    widest = max(map(cells, names))
    left = letters.width(widest + f.JOINT_MARK_GAP.value)
    # Half the gap again, so that no program breaks the word.
    right = letters.width(cells(word) + f.JOINT_MARK_GAP.value / 2)
    rows = "".join(_row(_spread(name, widest, letters), letters.size) for name in names)
    word_row = _row(run(word, look=letters.look()), letters.size)
    drawn = _cell(left, rows) + _cell(right, word_row)
    properties = (
        f'<w:tblPr><w:tblW w:w="{left.twips + right.twips}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
    listed = "".join(f'<w:gridCol w:w="{width.twips}"/>' for width in (left, right))
    table = (
        f"<w:tbl>{properties}<w:tblGrid>{listed}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{drawn}</w:tr></w:tbl>"
    )
    return _room(before) + table


def _room(before: Pt) -> str:
    look = f'<w:spacing w:line="{max(1, before.twips)}" w:lineRule="exact"/>'
    return paragraph("blank", look=look)


def _row(runs: str, size: Pt) -> str:
    line = Pt(n.MARK_LINE.value * size)
    look = f'<w:spacing w:line="{line.twips}" w:lineRule="exact"/><w:jc w:val="left"/>'
    return paragraph("authority_mark", runs, look=look)


def _spread(name: str, widest: float, letters: Lettering) -> str:
    """Equal gaps between the characters, none after the last, so that all names end at one edge.

    A gap stays in one run, so that it is highlighted.
    """
    gaps = len(name) - 1
    spare = Pt(letters.width(widest - cells(name)) / gaps) if gaps else Pt(0)
    if spare.twips <= 0 or is_placeholder(name):
        return run(name, look=letters.look())
    return run(name[:-1], look=letters.look(spare)) + run(name[-1], look=letters.look())


def _cell(width: Pt, content: str) -> str:
    look = f'<w:tcW w:w="{width.twips}" w:type="dxa"/><w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{content}</w:tc>"
