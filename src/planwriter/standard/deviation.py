"""An organisation's own deviation: a named look laid over the standard, every departure with its clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planwriter.standard import numbers as n
from planwriter.standard.faces import FONT_SETS, Face, font_named, is_customary
from planwriter.standard.layout import LAYOUTS, Layout
from planwriter.standard.profile import Departure, Profile, profile
from planwriter.standard.roles import Align, Role, role
from planwriter.standard.rules import Strength
from planwriter.standard.units import Chars, Mm, Pt

_TABLE_ROLES = ("table_head", "table_text", "table_text_centred", "table")
_NUMBER_ROLES = ("page_number_odd", "page_number_even")
_SIDES = {"top": "上", "bottom": "下", "left": "左", "right": "右"}


class Deviation(NamedTuple):
    """What an organisation wants otherwise; what is ``None`` or empty stays as it is. Lengths in mm and points.

    ``margins`` are (side, length) with the sides top, bottom, left and right; ``faces`` (kind, font name);
    ``bold`` ids of roles.
    """

    name: str
    means: str = ""
    based_on: tuple[str, ...] = ()
    margins: tuple[tuple[str, Mm], ...] = ()
    row: Pt | None = None
    faces: tuple[tuple[Face, str], ...] = ()
    latin: str | None = None
    bold: tuple[str, ...] = ()
    centred_numbers: bool = False
    mark_size: Pt | None = None
    table_size: Pt | None = None
    table_line: Pt | None = None
    keep_headings: bool | None = None

    def applied(self, profile: Profile) -> Profile:
        """The profile with this deviation laid over it."""
        under = self._under(profile)
        layout = self._layout(under.layout)
        fonts = {**dict(under.faces), **{face: font_named(name, face) for face, name in self.faces}}
        made = under._replace(
            layout=layout,
            faces=tuple(fonts.items()),
            latin=font_named(self.latin, None) if self.latin else under.latin,
            keep_headings=under.keep_headings if self.keep_headings is None else self.keep_headings,
            departures=(*under.departures, *self.departures()),
        )
        return made.with_looks(*self._looks(made))

    def _under(self, over: Profile) -> Profile:
        """What the deviation builds on, unless the profile was already told otherwise."""
        base = profile(self.based_on)
        plain = profile()
        changed = {
            name: getattr(base, name)
            for name in ("layout", "font_set", "latin", "keep_headings")
            if getattr(over, name) == getattr(plain, name)
        }
        return over._replace(**changed)

    def _layout(self, layout: Layout) -> Layout:
        sides = dict(self.margins)
        top, bottom = sides.get("top", layout.top), sides.get("bottom", layout.bottom)
        return layout._replace(
            top=top,
            bottom=bottom,
            left=sides.get("left", layout.left),
            right=sides.get("right", layout.right),
            head=Mm(top + layout.lift),
            foot=Mm(bottom + layout.drop),
            row=self.row or layout.row,
            mark_limit=self.mark_size or layout.mark_limit,
            table_text=self._table_text(layout.table_text),
        )

    def _table_text(self, usual: Role) -> Role:
        """The text in tables; a size of its own brings the line in proportion."""
        size = self.table_size or usual.size
        line = (usual.line or size) if size == usual.size else Pt(round((usual.line or size) * size / usual.size))
        return usual._replace(size=size, line=self.table_line or line)

    def _looks(self, under: Profile) -> Iterator[Role]:
        for id_ in self.bold:
            yield under.role(id_)._replace(bold=True)
        if self.centred_numbers:
            for id_ in _NUMBER_ROLES:
                yield under.role(id_)._replace(align=Align.CENTRE, left=Chars(0), right=Chars(0))
        if self.table_size or self.table_line:
            text = under.layout.table_text
            for id_ in _TABLE_ROLES:
                look = under.role(id_)
                yield look._replace(size=text.size, line=text.line, bold=look.bold or id_ in self.bold)

    def departures(self) -> tuple[Departure, ...]:
        """Everything in which this deviation leaves the standard; what agrees with it is not told."""
        told = (*self._page(), *self._type(), *self._elements())
        return tuple(
            Departure(self.name, what, wanted, usual, clause, strength)
            for what, wanted, usual, clause, strength in told
            if wanted != usual
        )

    def _page(self) -> Iterator[tuple[str, str, str, str, Strength]]:
        usual = LAYOUTS["frame"]
        rule = n.HEAD_MARGIN
        for side, length in self.margins:
            yield f"{_SIDES[side]}页边距", _mm(length), _mm(getattr(usual, side)), rule.clause, rule.strength
        if self.row:
            changed = self._layout(profile(self.based_on).layout)
            rows = int(changed.height / changed.pitch + 1e-6)
            words = f"{self.row:g} 磅（每面 {rows} 行）"
            yield "行距", words, f"每面排满 {n.ROWS.value} 行", n.ROWS.clause, n.ROWS.strength
        if self.keep_headings:
            yield "层次标题", "随下文，不落在面末", "每面排满", n.ROWS.clause, n.ROWS.strength

    def _type(self) -> Iterator[tuple[str, str, str, str, Strength]]:
        for face, name in self.faces:
            usual = name if is_customary(name, face) else FONT_SETS["gb2312"][face].name
            yield face.value, name, usual, n.BODY_SIZE.clause, n.BODY_SIZE.strength
        if self.latin:
            yield "数字和字母", self.latin, "与汉字同一字体", n.BODY_SIZE.clause, n.BODY_SIZE.strength
        for one in (role(id_) for id_ in self.bold if not id_.startswith("lead_")):
            yield one.name, "加粗", "不加粗", one.clause, one.strength

    def _elements(self) -> Iterator[tuple[str, str, str, str, Strength]]:
        if self.centred_numbers:
            rule = n.PAGE_NUMBER_INSET
            yield "页码", "居中", "单页居右、双页居左，各空一字", rule.clause, rule.strength
        limit = n.MARK_SIZE_LIMIT
        if self.mark_size:
            yield (
                "发文机关标志",
                f"不超过 {self.mark_size:g} 磅",
                f"不超过 {limit.value:g} 磅",
                limit.clause,
                limit.strength,
            )
        text = role("table_text")
        if self.table_size:
            yield "表格文字", f"{self.table_size:g} 磅", f"{text.size:g} 磅", text.clause, text.strength
        if self.table_line:
            yield "表格行距", f"{self.table_line:g} 磅", f"{text.line:g} 磅", text.clause, text.strength


def _mm(length: Mm) -> str:
    return f"{length:g} mm"
