"""The finishing pass: turn a document into pages, look at them, mend what is wrong, and look again."""

from __future__ import annotations

from dataclasses import dataclass

from planwriter.diagnostic import Diagnostic, Severity
from planwriter.pages.converter import Converter
from planwriter.pages.faults import Fault, FirstPage, Headings, ImprintPage
from planwriter.pages.locating import Located
from planwriter.pages.reading import read_pages
from planwriter.pages.sign_off import SignOff
from planwriter.word.edit import DocumentEdit

ROUNDS = 4
"""How often a document is turned into pages at most."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The finished document, its pages as a PDF, and in Chinese what was done and what is left."""

    docx: bytes
    pdf: bytes
    notes: tuple[Diagnostic, ...]
    pages: int


def finish(docx: bytes, converter: Converter) -> Finished:
    """Imprint on an even page, no heading at a foot, no sign-off alone; said where the first page shows no text.

    The same document and the same pages give the same bytes; a document that is right is handed back as it is.
    Raises ``ConverterFailed``, and ``FileError`` for a document or PDF that cannot be read.
    """
    document = DocumentEdit(docx)
    text = (FirstPage(document), Headings(document), SignOff(document))
    imprint = ImprintPage(document)
    done: dict[str, Diagnostic] = {}
    for still in reversed(range(ROUNDS)):
        current = document.to_bytes()
        pdf = converter.to_pdf(current)
        seen = Located(document, read_pages(pdf))
        faults = [fault for one in text for fault in one.faults(seen)]
        if not any(fault.mend for fault in faults):
            faults += imprint.faults(seen)
        if not still or not _mended(faults, done):
            break
    left = {fault.key: fault.left for fault in faults}
    said = [note for key, note in done.items() if key not in left]
    return Finished(current, pdf, (*said, *left.values(), _judged(converter, len(seen.pages))), len(seen.pages))


def _mended(faults: list[Fault], done: dict[str, Diagnostic]) -> bool:
    """Whether anything was changed; what was done is kept under the key of the fault."""
    changed = False
    for fault in faults:
        if fault.mend:
            fault.mend()
            done[fault.key] = fault.done
            changed = True
    return changed


def _judged(converter: Converter, pages: int) -> Diagnostic:
    return Diagnostic(
        "pages-judged",
        f"页面按 {converter.name} 的排版检查，共 {pages} 面；别的软件断行不同时，面数可能不同",
        Severity.NOTE,
        found=converter.name,
    )
