"""Signature and issue date, placed by the arithmetic of 7.3.5."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from planwriter.standard import Layout, Pt, role, text_width
from planwriter.standard import numbers as n
from planwriter.template.drawing.paragraphs import KEEP, blanks, paragraph, run, tab
from planwriter.template.drawing.seals import Stamp, pressed, seal_top


def seal_rows(names: Sequence[str], date: str, layout: Layout, stamps: Sequence[Stamp] = ()) -> str:
    """Names centred above the date, room for a seal before them (7.3.5.1), or the seals as pictures."""
    before = blanks(n.SEAL_BLANK_ROWS.value, KEEP)
    rows = _joint(names, date, layout, stamps) if names[1:] else "".join(_single(names, date, layout, stamps))
    return before + rows


def _single(names: Sequence[str], date: str, layout: Layout, stamps: Sequence[Stamp]) -> Iterator[str]:
    """One name; a long one stays inside the type area and the date moves to keep the centring."""
    name_width, date_width = _width("".join(names)), _width(date)
    date_right = n.SEAL_DATE_INSET.value.at(_size())
    name_right = Pt(date_right + (date_width - name_width) / 2) if date else date_right
    if name_right < 0:
        name_right = Pt(0)
        date_right = Pt((min(name_width, layout.width) - date_width) / 2)
    centre = Pt(layout.width - name_right - min(name_width, layout.width) / 2)
    seal = _pressed(stamps[:1], [centre], layout, first=True, last=bool(date))
    for name in names:
        yield paragraph("signature", seal, run(name), look=_right(name_right))
    if date:
        yield paragraph("issue_date", run(date), look=_right(date_right))


def _pressed(stamps: Sequence[Stamp], centres: Sequence[Pt], layout: Layout, *, first: bool, last: bool) -> str:
    tops = [seal_top(stamp, layout, first=first, last=last) for stamp in stamps]
    return "".join(pressed(*one) for one in zip(stamps, centres, tops, strict=False))


def _joint(names: Sequence[str], date: str, layout: Layout, stamps: Sequence[Stamp]) -> str:
    """Several names in rows of their seals, the last one above the date."""
    centres = _seal_centres(names, date, layout)
    rows = _rows_of(names, len(centres))
    gap = blanks(n.SEAL_ROW_GAP.value, KEEP)
    seals = iter(stamps)
    drawn = []
    for at, row in enumerate(rows):
        taken = [
            (seal, centre) for name, centre in zip(row, centres, strict=False) if name and (seal := next(seals, None))
        ]
        over = _pressed(*_unzipped(taken), layout, first=at == 0, last=row is rows[-1])
        drawn.append(_centred_row(row, centres, over))
    written = gap.join(drawn)
    date_look = _right(n.SEAL_DATE_INSET.value.at(_size()))
    return written + (paragraph("issue_date", run(date), look=date_look) if date else "")


def _seal_centres(names: Sequence[str], date: str, layout: Layout) -> list[Pt]:
    """Centres of the seals of a row from left to right; the last is that of the date."""
    last = layout.width - n.SEAL_DATE_INSET.value.at(_size()) - _width(date or names[-1]) / 2
    for count in range(min(n.SEALS_PER_ROW.value, len(names)), 1, -1):
        rows = _rows_of(names, count)
        step = max(n.SEAL_PITCH.value.pt, max(map(_widest_step, rows)))
        centres = [Pt(last - back * step) for back in reversed(range(count))]
        starts = [at - _width(name) / 2 for row in rows for name, at in zip(row, centres, strict=True) if name]
        if min(starts) >= 0 and centres[0] >= n.SEAL_PITCH.value.pt / 2:
            return centres
    return [Pt(last)]


def _widest_step(row: Sequence[str]) -> Pt:
    """The least distance of centres at which neighbours of a row stay a character apart."""
    pairs = itertools.pairwise(row)
    return Pt(max((_width(a) + _width(b)) / 2 + _size() for a, b in pairs))


def _rows_of(names: Sequence[str], count: int) -> list[Sequence[str]]:
    """Rows filled in order; a short last row leaves its left columns empty so that it ends at the date."""
    full = len(names) // count * count
    rows = [names[at : at + count] for at in range(0, full, count)]
    rest = [*names[full:]]
    return [*rows, [*[""] * (count - len(rest)), *rest]] if rest else rows


def _unzipped(pairs: Sequence[tuple[Stamp, Pt]]) -> tuple[list[Stamp], list[Pt]]:
    return [seal for seal, _ in pairs], [centre for _, centre in pairs]


def _centred_row(names: Sequence[str], centres: Sequence[Pt], seals: str) -> str:
    stops = "".join(f'<w:tab w:val="center" w:pos="{centre.twips}"/>' for centre in centres)
    runs = "".join(tab() + (run(name) if name else "") for name in names)
    return paragraph("signature", seals, runs, look=f'<w:tabs>{stops}</w:tabs><w:jc w:val="left"/>')


def no_seal_rows(names: Sequence[str], date: str, layout: Layout) -> str:
    """Names two characters from the right, the date two characters right of their beginning (7.3.5.2)."""
    before = blanks(n.NO_SEAL_BLANK_ROWS.value, KEEP)
    return before + "".join(_unsealed(names, date, layout))


def _unsealed(names: Sequence[str], date: str, layout: Layout) -> Iterator[str]:
    inset, shift = n.NO_SEAL_INSET.value.at(_size()), n.NO_SEAL_DATE_SHIFT.value.at(_size())
    name_width, date_width = max(map(_width, names), default=Pt(0)), _width(date)
    longer_date = date_width > name_width
    reach = date_width + shift if longer_date else name_width
    name_left = Pt(max(0.0, layout.width - inset - reach))
    name_right = Pt(inset + reach - name_width)
    for name in names:
        yield paragraph("signature", run(name), look=_left(name_left) if names[1:] else _right(name_right))
    if date:
        look = _right(inset) if longer_date else _left(Pt(name_left + shift), _spare(name_left + shift, date, layout))
        yield paragraph("issue_date", run(date), look=look)


def _spare(left: float, date: str, layout: Layout) -> Pt:
    """How far the row may reach over the edge: programs that widen the gaps at digits would break the date."""
    gap = layout.width - left - _width(date)
    return Pt(max(0.0, n.DATE_SPARE.value.at(_size()) - gap))


def _right(indent: Pt) -> str:
    """An indent from the right; whole characters are also said in characters, which Word prefers."""
    chars = indent / _size()
    in_chars = f' w:rightChars="{chars * 100:.0f}"' if chars.is_integer() else ""
    return f'<w:ind{in_chars} w:right="{indent.twips}"/>'


def _left(indent: Pt, over: Pt | None = None) -> str:
    beyond = f' w:right="{-over.twips}"' if over else ""
    return f'<w:ind w:left="{indent.twips}"{beyond}/><w:jc w:val="left"/>'


def _width(text: str) -> Pt:
    return text_width(text, _size())


def _size() -> Pt:
    return role("signature").size
