"""Word templates of one's own for tests: paragraphs with tags, as a person would type them in Word."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx


def template_of(paragraphs: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A template with these paragraphs and a table of these rows."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
