"""All documents of a batch as one (合订): each begins on a new page with its own page numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from planwriter.batch.extras import Extras
from planwriter.batch.manifest import DONE, Entry
from planwriter.diagnostic import Diagnostic, PlanwriterError, Severity
from planwriter.word.merging import Merged

NAME = "合订.docx"


def combine(extras: Extras, entries: Iterable[Entry]) -> tuple[Path | str | None, list[Diagnostic]]:
    """Merge the documents of units in their order; the path, if there was any, and what could not be taken in."""
    merged, told = Merged(), []
    for one in entries:
        if one.status == DONE:
            try:
                merged.add(extras.document(one.output), name=one.output)
            except PlanwriterError as refusal:
                told += [replace(why, severity=Severity.WARNING) for why in refusal.diagnostics]
    if not merged.number:
        return None, told
    content = merged.written()
    return extras.write(NAME, lambda out: out.write(content)), told
