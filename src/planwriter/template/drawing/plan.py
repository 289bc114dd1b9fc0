"""The body of ``plan.docx``: a plan that stands alone, without red head or imprint."""

from __future__ import annotations

from planwriter.template.drawing.paragraphs import blanks
from planwriter.template.drawing.tags import attachments, blocks, inserted, optional, printed


def body() -> str:
    """Title, remark under the title, text, attachment note, signature, attachments."""
    return "".join(
        (
            printed("title", "标题"),
            optional("subtitle", "题注"),
            blanks(1),
            blocks("正文"),
            inserted("附件说明"),
            inserted("落款"),
            attachments(),
        )
    )
