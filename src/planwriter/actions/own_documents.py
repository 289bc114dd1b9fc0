"""A document that planwriter wrote, given as a form: its plan, where nobody changed a word since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planwriter.actions.looks import profile_of, template_of
from planwriter.diagnostic import Diagnostic, FormError, Place, Severity

_ZIP = b"PK\x03\x04"


def plan_inside(data: bytes, name: str) -> tuple[dict[str, Any], Diagnostic] | None:
    """The form inside a document written here, and what is said of it; ``None`` for any other file.

    The document must still say what its form says: it is written once more and compared word by word. Raises
    FormError where it says anything else, so that no edit is lost in silence; FileError for a damaged document.
    """
    if not data.startswith(_ZIP) or b"customXml/" not in data:
        return None
    from planwriter.word.plan_part import read_plan_part

    plan = read_plan_part(data, name=name)
    if plan is None:
        return None
    if list(_words(data)) != list(_words(_written_again(plan))):
        raise FormError(
            Diagnostic(
                "form-edited-document",
                "这是 planwriter 写成的文档，里面的文字与它的表单不一样（写成以后改过，或用了自己的模板），没有读",
                place=Place(name),
                hint="改原来的表单，再写一次；现在还不能把改过的文档读回表单",
            )
        )
    return plan, Diagnostic("form-from-document", "这是写成的文档，读的是它带着的表单", Severity.NOTE, Place(name),
                            hint="要改内容，改表单再写")  # fmt: skip


def _written_again(plan: dict[str, Any]) -> bytes:
    from planwriter.model.document import read_document
    from planwriter.template.context import context

    document = read_document(plan).document
    chosen = profile_of(None, None)
    compiled = template_of(None, document, chosen, untrusted=False)
    return compiled.fill(context(document, chosen.layout, [], turnable=compiled.turnable), laid_out=True)


def _words(data: bytes) -> Iterator[str]:
    """The texts of the body; pictures, notes and layout do not count."""
    from planwriter.word.show import show

    for paragraph in show(data).paragraphs:
        text = "".join(span.text for span in paragraph.spans).replace("〔图〕", "")
        if text.strip():
            yield text
