"""Paragraphs and runs of WordprocessingML as text; looks live in styles, runs carry the script hint.

``w:hint="eastAsia"`` makes quotes, dashes and ellipses take the Chinese face also beside Latin text.
"""

from __future__ import annotations

from functools import lru_cache

from planwriter.standard import role
from planwriter.word.escaping import escape

KEEP = "<w:keepNext/>"
"""Raw paragraph property: stay on the page of the paragraph that follows."""


def run(text: str, *, style: str | None = None, look: str = "") -> str:
    """A run of plain text. ``style`` is the id of a character role, ``look`` raw run properties."""
    return f'<w:r>{_properties(style, look)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tab() -> str:
    """A run holding one tabulator."""
    return f"<w:r>{_properties(None, '')}<w:tab/></w:r>"


@lru_cache(maxsize=64)
def around_text(role_id: str, look: str = "") -> tuple[str, str]:
    """What stands before and after the escaped text of a paragraph of one plain run."""
    before, _, after = paragraph(role_id, run("\0"), look=look).partition("\0")
    return before, after


def paragraph(role_id: str, *runs: str, look: str = "") -> str:
    """A paragraph in the style of a role. ``look`` is raw paragraph properties after the style."""
    return f"<w:p>{paragraph_properties(role_id, look)}{''.join(runs)}</w:p>"


@lru_cache(maxsize=512)
def paragraph_properties(role_id: str, look: str = "") -> str:
    """The ``w:pPr`` naming the style of a role."""
    return f'<w:pPr><w:pStyle w:val="{role(role_id).style_id}"/>{look}</w:pPr>'


def blanks(rows: int, look: str = "") -> str:
    """So many blank rows."""
    return paragraph("blank", look=look) * rows


@lru_cache(maxsize=512)
def _properties(style: str | None, look: str) -> str:
    named = f'<w:rStyle w:val="{role(style).style_id}"/>' if style else ""
    return f'<w:rPr>{named}<w:rFonts w:hint="eastAsia"/>{look}</w:rPr>'
