"""The rows of an upward paper's number and signatories (7.2.6), with columns as wide as the longest name."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from planwriter.standard import Chars, Layout, cells
from planwriter.standard import numbers as n
from planwriter.template.drawing.paragraphs import paragraph, run, tab

_SIZE = n.BODY_SIZE.value
_CLEAR = 0.2
"""Characters between the label and the first name, so that the tab after the label does not skip a column."""


def signing_rows(number: str, signatories: Sequence[str], layout: Layout) -> str:
    """The number at the left of the last row; the names two to a row below one another, else one."""
    rows = rows_of(number, signatories, layout)
    if len(signatories) == 1:
        return _single(number, signatories[0])
    starts = _starts([*itertools.zip_longest(*rows, fillvalue="")], layout)
    return "".join(_row(run(number if row is rows[-1] else ""), row, starts, labelled=row is rows[0]) for row in rows)


def _row(number: str, names: Sequence[str], starts: Sequence[Chars], *, labelled: bool) -> str:
    """A stop for the label only where it stands: a long number would be pushed to it."""
    label = Chars(starts[0] - cells(n.SIGNATORY_LABEL.value) - _CLEAR)
    stops = "".join(
        f'<w:tab w:val="left" w:pos="{at.at(_SIZE).twips}"/>' for at in (*([label] if labelled else []), *starts)
    )
    before = tab() + run(n.SIGNATORY_LABEL.value) if labelled else ""
    return paragraph(
        "signatory_row", number, before, *(tab() + _name(name) for name in names), look=f"<w:tabs>{stops}</w:tabs>"
    )


def rows_of(number: str, signatories: Sequence[str], layout: Layout) -> list[Sequence[str]]:
    """Two names to a row where they leave room for the number and the label before them, else one."""
    usual = n.SIGNATORIES_PER_ROW.value
    rows = [signatories[at : at + usual] for at in range(0, len(signatories), usual)]
    first = _starts([*itertools.zip_longest(*rows, fillvalue="")], layout)[0]
    label = cells(n.SIGNATORY_LABEL.value)
    taken = n.DOCUMENT_NUMBER_INSET.value + cells(number) + n.SIGNATORY_GAP.value
    needed = taken + label if len(rows) == 1 else max(taken, n.DOCUMENT_NUMBER_INSET.value + label)
    return rows if first >= needed else [[name] for name in signatories]


def _starts(columns: Sequence[Sequence[str]], layout: Layout) -> list[Chars]:
    """Where the columns begin; the last ends one character before the edge of the type area."""
    edge = layout.width / _SIZE - n.SIGNATORY_INSET.value + n.SIGNATORY_GAP.value
    starts: list[Chars] = []
    for column in reversed(columns):
        edge -= max(map(cells, column)) + n.SIGNATORY_GAP.value
        starts.insert(0, Chars(edge))
    return starts


def _single(number: str, name: str) -> str:
    return paragraph("document_number_upward", run(number), tab(), run(n.SIGNATORY_LABEL.value), _name(name))


def _name(name: str) -> str:
    return run(name, style="signatory_name")
