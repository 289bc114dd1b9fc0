"""The body of ``notice.docx``: an official document with red head and imprint that issues a plan."""

from __future__ import annotations

from planwriter.standard import numbers as n
from planwriter.template.drawing.paragraphs import blanks, paragraph, run
from planwriter.template.drawing.tags import (
    attachments,
    blocks,
    command,
    each,
    inserted,
    optional,
    printed,
    tabbed,
    value,
    where,
)

_LABEL = "签发人："
_NUMBER = "公文.发文字号"
_SIGNATORIES = "公文.签发人"


def body() -> str:
    """Head, title, addressees, text, attachment note, signature, remark, attachments, imprint."""
    return "".join(
        (
            optional("copy_number", "公文.份号"),
            optional("security", "公文.密级"),
            optional("urgency", "公文.紧急程度"),
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
            command(f"if {_SIGNATORIES}"),
            _upward(),
            command("else"),
            printed("document_number", _NUMBER),
            command("endif"),
            paragraph("red_rule"),
            blanks(n.TITLE_BLANK_ROWS.value),
        )
    )


def _upward() -> str:
    """One signatory ends one character before the edge; several stand two to a row (7.2.6)."""
    single = tabbed("document_number_upward", (value(_NUMBER),), (run(_LABEL), _name(f"{_SIGNATORIES}[0]")))
    number = run("{% if loop.last %}") + value(_NUMBER) + run("{% endif %}")
    label = run("{% if loop.first %}") + run(_LABEL) + run("{% endif %}")
    row = tabbed("signatory_row", (number,), (label,), (_name("行[0]"),), (_name("行[1]"),))
    several = each("行", f'{_SIGNATORIES}|batch({n.SIGNATORIES_PER_ROW.value}, "")', row)
    return command(f"if {_SIGNATORIES}|length == 1") + single + command("else") + several + command("endif")


def _name(name: str) -> str:
    return value(name, "signatory_name")
