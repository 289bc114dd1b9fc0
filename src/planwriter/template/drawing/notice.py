"""The body of ``notice.docx``: an official document with red head and imprint that issues a plan."""

from __future__ import annotations

from planwriter.standard import numbers as n
from planwriter.template.drawing.paragraphs import blanks, paragraph
from planwriter.template.drawing.tags import (
    attachments,
    blocks,
    command,
    inserted,
    optional,
    printed,
    where,
)
from planwriter.template.drawing.texts import markings

_NUMBER = "公文.发文字号"
_SIGNING = "公文.签发行"


def body() -> str:
    """Head, title, addressees, text, attachment note, signature, remark, attachments, imprint."""
    return "".join(
        (
            markings(),
            where("公文.标志", _head()),
            printed("title", "公文.标题"),
            blanks(n.ADDRESSEES_BLANK_ROWS.value),
            optional("addressees", "公文.主送机关"),
            blocks("公文.正文"),
            inserted("公文.附件说明"),
            inserted("公文.落款"),
            optional("remark", "公文.附注"),
            attachments(),
            inserted("公文.版记"),
        )
    )


def _head() -> str:
    return "".join(
        (
            inserted("公文.标志"),
            blanks(n.DOCUMENT_NUMBER_BLANK_ROWS.value),
            command(f"if {_SIGNING}"),
            inserted(_SIGNING),
            command("else"),
            printed("document_number", _NUMBER),
            command("endif"),
            paragraph("red_rule"),
            blanks(n.TITLE_BLANK_ROWS.value),
        )
    )
