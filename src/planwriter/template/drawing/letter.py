"""The letter (信函, 10.1): mark and red double rules at fixed places of the first page, no page number there."""

from __future__ import annotations

from planwriter.standard import Layout, Mm, Pt, role
from planwriter.standard import formats as f
from planwriter.standard import numbers as n
from planwriter.template.drawing.anchored import Spot, page_box, red_bar
from planwriter.template.drawing.lettering import Lettering
from planwriter.template.drawing.paragraphs import blanks, paragraph, run
from planwriter.template.drawing.tags import command, inserted, optional, tabbed, value
from planwriter.template.drawing.texts import from_addressees, tail

_NUMBER = "公文.发文字号"
_MARKINGS = (("copy_number", "公文.份号"), ("security", "公文.密级"), ("urgency", "公文.紧急程度"))


def body() -> str:
    """Mark, markings with the number at the right, title two rows below, text, imprint."""
    title = blanks(f.LETTER_TITLE_BLANK_ROWS.value) + paragraph("title", value("公文.标题"))
    return "".join((inserted("公文.标志"), _markings(), title, from_addressees(), tail()))


def _markings() -> str:
    """The number shares the row of whichever marking stands first (10.1)."""
    words = ("if", "elif", "elif")
    drawn = ""
    for at, (word, (_, name)) in enumerate(zip(words, _MARKINGS, strict=True)):
        style = "letter_marking" if at else None
        first = tabbed("letter_row", (value(name, style),), (value(_NUMBER),))
        rest = "".join(optional(*later) for later in _MARKINGS[at + 1 :])
        drawn += command(f"{word} {name}") + first + rest
    return drawn + command("else") + tabbed("letter_row", (), (value(_NUMBER),)) + command("endif")


def first_footer() -> str:
    """The second double rule, thin over thick, 20 mm above the foot of the first page."""
    height = _double_height()
    top = Pt(n.PAPER_HEIGHT.value.pt - f.LETTER_RULE_FOOT.value.pt - height)
    return paragraph("imprint_carrier", _double(top, thick_first=False))


def mark_box(text: str, letters: Lettering, layout: Layout) -> str:
    """The paragraph that anchors the mark and the first double rule; the text goes on 7/8 of 三号 below it."""
    size = letters.size
    line = Pt(n.MARK_LINE.value * size)
    ink_foot = Pt(n.BASELINE_SHARE.value * line + f.INK_FOOT.value * size)
    ink_top = Pt(n.BASELINE_SHARE.value * line - (n.EM_ASCENT.value - n.INK_INSET.value) * size)
    top = Pt(f.LETTER_MARK_TOP.value.pt - ink_top)
    rule = Pt(top + ink_foot + f.LETTER_RULE_GAP.value.pt)
    foot = rule + _double_height() + _below_rule(layout)
    spot = Spot(Mm(layout.left).pt, top, layout.width, Pt(foot - top))
    place = f'<w:spacing w:line="{line.twips}" w:lineRule="exact"/>'
    mark = paragraph("authority_mark", run(text, look=letters.look()), look=place)
    box = page_box("发文机关标志", spot, mark)
    return paragraph("imprint_carrier", box, _double(rule, thick_first=True))


def _below_rule(layout: Layout) -> float:
    """From the rule to the first row of text, less what stands above the characters of that row."""
    size = n.BODY_SIZE.value
    above = n.BASELINE_SHARE.value * layout.pitch - n.EM_ASCENT.value * size
    carrier = role("imprint_carrier").line or 0
    return f.LETTER_RULE_TEXT_GAP.value * size - above - carrier


def _double_height() -> Pt:
    return Pt(f.LETTER_RULE_THICK.value + f.LETTER_RULE_BETWEEN.value + f.LETTER_RULE_THIN.value)


def _double(top: Pt, *, thick_first: bool) -> str:
    length = f.LETTER_RULE_LENGTH.value.pt
    left = Pt((n.PAPER_WIDTH.value.pt - length) / 2)
    thick, thin = f.LETTER_RULE_THICK.value, f.LETTER_RULE_THIN.value
    first, second = (thick, thin) if thick_first else (thin, thick)
    below = Pt(top + first + f.LETTER_RULE_BETWEEN.value)
    return red_bar("红色双线", Spot(left, top, length, first)) + red_bar("红色双线", Spot(left, below, length, second))
