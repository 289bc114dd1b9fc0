"""Signature and issue date, placed by the arithmetic of 7.3.5."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache

from planwriter.standard import Layout, Pt, role, text_width
from planwriter.standard import numbers as n
from planwriter.template.drawing.paragraphs import KEEP, blanks, paragraph, run, tab
from planwriter.template.drawing.seals import Stamp, pressed, seal_top

_ROUNDING = 0.1  # points


def seal_rows(names: Sequence[str], date: str, layout: Layout, stamps: Sequence[Stamp] = (), *, keep: str = "") -> str:
    """Names centred above the date, room for a seal before them (7.3.5.1), or the seals as pictures.

    ``keep`` is what holds the date on the page of a remark below it (7.3.6).
    """
    before = blanks(n.SEAL_BLANK_ROWS.value, KEEP)
    rows = _joint if names[1:] else _single
    return before + "".join(rows(names, date, layout, stamps, keep))


def _single(names: Sequence[str], date: str, layout: Layout, stamps: Sequence[Stamp], keep: str) -> Iterator[str]:
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
        yield paragraph("issue_date", run(date), look=keep + _right(date_right))


def _pressed(stamps: Sequence[Stamp], centres: Sequence[Pt], layout: Layout, *, first: bool, last: bool) -> str:
    tops = [seal_top(stamp, layout, first=first, last=last) for stamp in stamps]
    return "".join(pressed(*one) for one in zip(stamps, centres, tops, strict=False))


def _joint(names: Sequence[str], date: str, layout: Layout, stamps: Sequence[Stamp], keep: str) -> Iterator[str]:
    """Several names in rows of their seals, the last one above the date."""
    rows = _seal_rows_of(names, date, layout)
    gap = blanks(n.SEAL_ROW_GAP.value, KEEP)
    seals = iter(stamps)
    drawn = []
    for at, row in enumerate(rows):
        taken = [(seal, centre) for _, centre in row if (seal := next(seals, None))]
        over = _pressed(*_unzipped(taken), layout, first=at == 0, last=row is rows[-1])
        drawn.append(_centred_row(row, over, layout))
    yield gap.join(drawn)
    if date:
        inset = Pt(max(0.0, layout.width - rows[-1][-1][1] - _width(date) / 2))
        yield paragraph("issue_date", run(date), look=keep + _right(inset))


_Placed = tuple[str, Pt]
"""A name and the centre of its seal."""


def _seal_rows_of(names: Sequence[str], date: str, layout: Layout) -> list[list[_Placed]]:
    """The names in columns of equal distance where they fit, else each row by itself; the last ends at the date."""
    last = Pt(layout.width - n.SEAL_DATE_INSET.value.at(_size()) - _width(date or names[-1]) / 2)
    return _in_columns(names, last, layout) or [*_in_rows(names, last, layout)]


def _in_columns(names: Sequence[str], last: Pt, layout: Layout) -> list[list[_Placed]]:
    """Rows whose seals stand below one another; a short last row leaves its left columns empty."""
    for count in range(min(n.SEALS_PER_ROW.value, len(names)), 1, -1):
        full = len(names) // count * count
        rows = [names[at : at + count] for at in range(0, full, count)]
        rows += [names[full:]] if names[full:] else []
        step = max(map(_widest_step, rows))
        placed = [_placed(row, last, step) for row in rows]
        if all(_is_inside(row, layout) for row in placed):
            return placed
    return []


def _in_rows(names: Sequence[str], last: Pt, layout: Layout) -> Iterator[list[_Placed]]:
    """As many names to a row as fit; a row too wide to end at the date is moved to the right."""
    left = [*names]
    while left:
        for count in range(min(n.SEALS_PER_ROW.value, len(left)), 0, -1):
            row = left[:count]
            edge = Pt(layout.width - _half(row[-1]))
            end = min(last, edge) if count == 1 or row == left else edge
            placed = [_placed(row, at, _widest_step(row)) for at in (last, end)]
            fitting = next((one for one in placed if _is_inside(one, layout)), placed[-1] if count == 1 else None)
            if fitting:
                yield fitting
                del left[:count]
                break


def _placed(row: Sequence[str], last: Pt, step: Pt) -> list[_Placed]:
    return [(name, Pt(last - back * step)) for back, name in zip(reversed(range(len(row))), row, strict=False)]


def _is_inside(row: Sequence[_Placed], layout: Layout) -> bool:
    """Whether names and seals keep inside the type area."""
    starts = min(centre - _half(name) for name, centre in row)
    ends = max(centre + _half(name) for name, centre in row)
    return starts >= -_ROUNDING and ends <= layout.width + _ROUNDING


def _half(name: str) -> Pt:
    """Half the width of a name or of its seal, whichever is wider."""
    return Pt(max(_width(name), n.SEAL_PITCH.value.pt) / 2)


def _widest_step(row: Sequence[str]) -> Pt:
    """The least distance of centres at which neighbours of a row stay a character apart and seals do not touch."""
    pairs = itertools.pairwise(row)
    return Pt(max([n.SEAL_PITCH.value.pt, *((_width(a) + _width(b)) / 2 + _size() for a, b in pairs)]))


def _unzipped(pairs: Sequence[tuple[Stamp, Pt]]) -> tuple[list[Stamp], list[Pt]]:
    return [seal for seal, _ in pairs], [centre for _, centre in pairs]


def _centred_row(row: Sequence[_Placed], seals: str, layout: Layout) -> str:
    """A name alone ends where it ends, so that one as wide as the type area does not run out of its tab stop."""
    if len(row) == 1:
        name, centre = row[0]
        right = Pt(max(0.0, layout.width - centre - _width(name) / 2))
        return paragraph("signature", seals, run(name), look=_right(right))
    stops = "".join(f'<w:tab w:val="center" w:pos="{centre.twips}"/>' for _, centre in row)
    runs = "".join(tab() + run(name) for name, _ in row)
    return paragraph("signature", seals, runs, look=f'<w:tabs>{stops}</w:tabs><w:jc w:val="left"/>')


def no_seal_rows(names: Sequence[str], date: str, layout: Layout, *, keep: str = "") -> str:
    """Names two characters from the right, the date two characters right of their beginning (7.3.5.2)."""
    before = blanks(n.NO_SEAL_BLANK_ROWS.value, KEEP)
    name_look, date_look = _unsealed_looks(max(map(_width, names), default=Pt(0)), len(names), _width(date), layout)
    drawn = [paragraph("signature", run(name), look=name_look) for name in names]
    return before + "".join(drawn) + (paragraph("issue_date", run(date), look=keep + date_look) if date else "")


@lru_cache(maxsize=256)
def _unsealed_looks(name_width: Pt, names: int, date_width: Pt, layout: Layout) -> tuple[str, str]:
    """Where names, the widest of which is so wide, and the date stand; the same for many units of a batch."""
    size, page = _size(), layout.width
    inset, shift = n.NO_SEAL_INSET.value.at(size), n.NO_SEAL_DATE_SHIFT.value.at(size)
    longer_date = date_width > name_width
    reach = date_width + shift if longer_date else name_width
    # A long name keeps its row rather than its distance; half a character is what programs narrow a line by.
    if name_width <= page:
        inset = Pt(min(inset, max(0.0, page - reach - size / 2)))
    name_left = Pt(max(0.0, page - inset - reach))
    name_right = Pt(inset + reach - name_width)
    left = name_left + shift
    date_look = _right(inset) if longer_date else _left(Pt(left), _spare(page - left - date_width))
    return _left(name_left) if names > 1 else _right(name_right), date_look


def _spare(gap: float) -> Pt:
    """How far the row may reach over the edge: programs that widen the gaps at digits would break the date."""
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
