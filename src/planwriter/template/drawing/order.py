"""The order (命令、令, 10.2): mark 20 mm below the top of the type area, number, text; no title, no red rule."""

from __future__ import annotations

from planwriter.standard import formats as f
from planwriter.template.drawing.paragraphs import blanks
from planwriter.template.drawing.tags import blocks, inserted, printed
from planwriter.template.drawing.texts import markings, optional_title, tail


def body() -> str:
    """Mark, number two rows below, text two rows below that, signature."""
    return "".join(
        (
            markings(second_row=False),
            inserted("公文.标志"),
            blanks(f.ORDER_NUMBER_BLANK_ROWS.value),
            printed("document_number", "公文.发文字号"),
            blanks(f.ORDER_TEXT_BLANK_ROWS.value),
            optional_title(),
            blocks("公文.正文"),
            inserted("公文.附件说明"),
            tail(),
        )
    )
