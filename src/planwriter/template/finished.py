"""Paragraphs whose place on the page has to be computed: mark, signature, attachment note, imprint, table.

Each function takes plain text and the page layout and gives trusted WordprocessingML, every text
escaped, made of plain runs; nothing to say gives an empty result. Widths follow the arithmetic of the
standard: one Han character is one em, a digit half of one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from markupsafe import Markup

from planwriter.standard import Chars, Layout, Mm, Pt, cells, profile, role
from planwriter.standard import numbers as n
from planwriter.template.drawing.filled_columns import MERGED, Cell, Filled, TableColumn, filled
from planwriter.template.drawing.paragraphs import KEEP, around_text, blanks, paragraph, run
from planwriter.template.drawing.signatures import no_seal_rows, seal_rows
from planwriter.template.drawing.tables import grid
from planwriter.template.signs import GAP
from planwriter.template.values import Finished, Unwritten
from planwriter.word.escaping import escape
from planwriter.word.markup import fault_of

__all__ = [
    "MERGED",
    "TableColumn",
    "attachment_note",
    "drawn_table",
    "imprint",
    "is_long_note",
    "kept",
    "mark",
    "signature",
    "signing",
    "table",
    "trusted",
    "with_text",
]


def trusted(xml: str, said: str | None = None) -> Markup:
    """As sound as every text in it, which went through ``escape``; a character no XML can hold is told when filling.

    ``said``: all its texts, where it holds nothing but them, in paragraphs and tables. Where each of their characters
    can be printed, nothing has to be parsed.
    """
    if said is not None and said.isprintable():
        return Finished(xml, drawn_here=True, quiet=GAP not in said)
    return Finished(xml, drawn_here=fault_of(f"<w>{xml}</w>".encode("utf-8", "replace")) is None)


def mark(text: str, rows_above: int, layout: Layout, *, top: Mm = n.MARK_TOP.value) -> Markup:
    """The authority mark (7.2.4): its ink begins ``top`` (35 mm) below the top of the type area.

    ``rows_above`` is the number of full rows before it (份号, 密级, 紧急程度). The size is the
    largest up to 22 mm that leaves one character free on either side of a single line; a long one is narrowed.
    """
    if not text:
        return Markup()
    from planwriter.template.drawing.lettering import mark_lettering

    letters = mark_lettering(text, layout)
    size = letters.size
    line = Pt(n.MARK_LINE.value * size)
    before = layout.mark_before(line, size, rows_above, top)
    place = f'<w:spacing w:before="{before.twips}" w:line="{line.twips}" w:lineRule="exact"/>'
    return trusted(paragraph("authority_mark", run(text, look=letters.look()), look=place))


def signing(number: str, signatories: Sequence[str], layout: Layout) -> Markup:
    """The rows of the number and the signatories of an upward paper (7.2.6); nothing without signatories."""
    if not signatories:
        return Markup()
    from planwriter.template.drawing.signatories import signing_rows

    return trusted(signing_rows(number, signatories, layout))


def signature(names: Sequence[str], date: str, mode: str, layout: Layout) -> Markup:
    """Signature and issue date with the blank rows before them.

    ``mode`` is ``seal`` (7.3.5.1: date four characters from the right, each name centred on it) or
    ``no_seal`` (7.3.5.2: name two characters from the right, date two to the right of its beginning).
    Raises ``ValueError`` for another mode.
    """
    if mode not in _SIGNATURE_ROWS:
        raise ValueError(f"signature mode {mode!r}")
    present = tuple([name for name in names if name])
    return _signature(present, date, mode, layout) if present or date else Markup()


_SIGNATURE_ROWS = {"seal": seal_rows, "no_seal": no_seal_rows}


@lru_cache(maxsize=256)
def _signature(names: tuple[str, ...], date: str, mode: str, layout: Layout) -> Markup:
    """Drawn once for all documents of a batch that are signed alike."""
    return trusted(_SIGNATURE_ROWS[mode](names, date, layout), "".join([*names, date]))


def kept(role_id: str, ordinal: str, lead: str, text: str) -> Markup:
    """A paragraph that stays on the page of what follows: the last one before a sign-off (7.3.5.5)."""
    if not lead:
        before, after = around_text(role_id, KEEP)
        return trusted(before + escape(ordinal + text) + after, ordinal + text)
    level = role_id.removeprefix("run_in_")
    runs = [run(ordinal + lead, style=f"lead_{level}"), run(text)]
    return trusted(paragraph(role_id, *runs, look=KEEP), ordinal + lead + text)


def attachment_note(names: Sequence[str], layout: Layout, *, keep: bool = False) -> Markup:
    """The attachment note after one blank row (7.3.4); names that wrap align with their first character.

    ``keep`` holds it on the page of the sign-off that follows; of a long one only the last rows, because a
    chain longer than a page holds nothing together.
    """
    if not names:
        return Markup()
    rows = [*_attachment_rows(names, layout)]
    held = [keep and sum(wide for wide, *_ in rows[at:]) <= n.KEPT_ROWS.value for at in range(len(rows))]
    together = [KEEP if one else "" for one in held]
    drawn = "".join(
        paragraph("attachment_note", run(text), look=look + place)
        for look, (_, text, place) in zip(together, rows, strict=True)
    )
    return trusted(blanks(n.ATTACHMENT_NOTE_BLANK_ROWS.value, together[0]) + drawn, "".join(names))


def is_long_note(names: Sequence[str], layout: Layout) -> bool:
    """Whether an attachment note is too long to be held on one page with the text before it and the sign-off."""
    return sum(rows for rows, *_ in _attachment_rows(names, layout)) > n.KEPT_ROWS.value


def _attachment_rows(names: Sequence[str], layout: Layout) -> Iterator[tuple[int, str, str]]:
    """Of each name the rows it takes, its text, and its place."""
    label = n.ATTACHMENT_NOTE_LABEL.value
    start = n.ATTACHMENT_NOTE_INSET.value
    for number, name in enumerate(names, 1):
        ordinal = f"{number}." if len(names) > 1 else ""
        opening = (label if number == 1 else "") + ordinal
        left = Chars(start + cells(label) + cells(ordinal))
        room = layout.width / role("attachment_note").size - left - 1
        yield math.ceil(cells(name) / room), opening + name, _hanging(left, cells(opening))


def _hanging(left: Chars, hanging: Chars) -> str:
    size = role("attachment_note").size
    return (
        f'<w:ind w:leftChars="{left.hundredths}" w:left="{left.at(size).twips}"'
        f' w:hangingChars="{hanging.hundredths}" w:hanging="{hanging.at(size).twips}"/>'
    )


def imprint(copy_to: str, addressees: str, office: str, date: str, layout: Layout, *, ruled: bool = True) -> Markup:
    """The imprint (7.4): a text box on the bottom of the type area, rules 0.35, 0.25 and 0.35 mm.

    ``copy_to`` and ``addressees`` come without label and full stop, ``date`` without 印发.
    ``ruled`` is false in a letter (10.1).
    """
    lines = [
        (label.value, text)
        for label, text in ((n.IMPRINT_ADDRESSEES, addressees), (n.IMPRINT_COPY_TO, copy_to))
        if text
    ]
    printing = (office, f"{date}{n.IMPRINT_PRINTED.value}" if date else "")
    if not lines and not any(printing):
        return Markup()
    from planwriter.template.drawing.imprint import imprint_box

    return trusted(imprint_box(lines, printing, layout, ruled=ruled))


def table(columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]], layout: Layout | None = None) -> Markup:
    """A table as wide as the type area; a cell is a list of paragraphs.

    A cell that *is* ``MERGED`` belongs to the cell above it. The header row repeats on every page, rows
    stay whole, columns share the width by ``share`` (or by what they hold) but short entries do not
    wrap. Narrow spacing paragraphs surround it, so that two tables do not merge. ``layout`` is the default
    one where none is given.
    """
    return with_text(drawn_table(filled(columns, rows), layout or profile().layout))


def with_text(drawn: Markup | Unwritten) -> Markup:
    """A finished table with its text."""
    return drawn.__html__() if isinstance(drawn, Unwritten) else drawn


def drawn_table(columns: Sequence[Filled], layout: Layout) -> Markup | Unwritten:
    """The table of :func:`table` from its columns, as bytes alone where they are known before its text is."""
    drawing = grid(columns, layout, layout.width)
    quiet = GAP not in drawing.said
    if not drawing.said.isprintable():
        return trusted(drawing.xml(*_gaps()))
    encoded = drawing.utf_8(*_encoded_gaps())
    if encoded is not None and quiet:
        return Unwritten(lambda: drawing.xml(*_gaps()), encoded)
    return Finished(drawing.xml(*_gaps()), drawn_here=True, quiet=quiet, utf_8=encoded)


@cache
def _gaps() -> tuple[str, str]:
    """The paragraphs that keep a table apart from what stands above and below it."""
    return paragraph("table_gap", look=KEEP), paragraph("table_gap")


@cache
def _encoded_gaps() -> tuple[bytes, bytes]:
    above, below = _gaps()
    return above.encode(), below.encode()
