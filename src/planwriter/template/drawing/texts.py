"""What the bodies of the special formats share: the text below the title, and what follows the text."""

from __future__ import annotations

from planwriter.standard import numbers as n
from planwriter.template.drawing.paragraphs import blanks
from planwriter.template.drawing.tags import attachments, blocks, inserted, optional, printed, where


def markings(*, second_row: bool = True) -> str:
    """份号, 密级 and 紧急程度, each on a row of its own (7.2.1–7.2.3), 密级 on the second where the mark leaves one."""
    free_row = where("公文.密级 and not 公文.份号", blanks(n.SECURITY_ROW.value - 1)) if second_row else ""
    rows = (("security", "公文.密级"), ("urgency", "公文.紧急程度"))
    return optional("copy_number", "公文.份号") + free_row + "".join(optional(*row) for row in rows)


def from_addressees() -> str:
    """One blank row, the addressees, the text and the attachment note (7.3.2–7.3.4)."""
    return "".join(
        (
            blanks(n.ADDRESSEES_BLANK_ROWS.value),
            optional("addressees", "公文.主送机关"),
            blocks("公文.正文"),
            inserted("公文.附件说明"),
        )
    )


def optional_title() -> str:
    """A title with the blank row below it, where the format does without and the form gives one."""
    return where("公文.标题", printed("title", "公文.标题"), blanks(n.ADDRESSEES_BLANK_ROWS.value))


def tail() -> str:
    """Signature, remark, attachments, imprint."""
    return inserted("公文.落款") + optional("remark", "公文.附注") + attachments() + inserted("公文.版记")
