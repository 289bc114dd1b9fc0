"""A table of a plan before it is drawn: what it holds, and how it is to stand on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from planwriter.model.items import Layout as Stand
from planwriter.standard import Layout
from planwriter.standard import numbers as n
from planwriter.template.drawing.column_widths import natural_widths
from planwriter.template.drawing.filled_columns import Filled, around
from planwriter.template.drawing.landscape import landscape_table
from planwriter.template.finished import drawn_table, with_text
from planwriter.template.values import Unwritten


@dataclass(frozen=True, slots=True, eq=False)
class PlanTable:
    """Columns with what stands in them, to be drawn when the page is known."""

    columns: Sequence[Filled]
    wished: Stand | None = None
    """横排表格 or 竖排表格 where the form says so; else the table is turned when it is too wide."""

    def drawn(self, layout: Layout, *, turnable: bool, last: bool) -> Markup | Unwritten:
        """The finished paragraphs of the table; ``last`` means that a sign-off follows."""
        turned = self.wished is Stand.LANDSCAPE or (not last and self.wished is not Stand.UPRIGHT and self.wide(layout))
        if turnable and turned:
            return Markup(landscape_table(self.columns, layout))  # noqa: S704 - every text is escaped
        return drawn_table(self.columns, layout)

    def wide(self, layout: Layout) -> bool:
        """Whether there are many columns, and even a few characters in each are more than a page is wide."""
        if len(self.columns) <= n.TABLE_UPRIGHT_COLUMNS.value:
            return False
        roomy = around(n.TABLE_ROOMY.value, layout.table_text)
        natural = natural_widths(self.columns, layout.table_text)
        return sum([min(width, roomy) for width in natural]) > layout.width.twips


def drawn_tables(context: dict[str, Any], layout: Layout, *, turnable: bool, text_too: bool = True) -> dict[str, Any]:
    """The context with every table among its blocks drawn for this layout, in place.

    ``turnable``: the template has landscape pages. Without ``text_too`` tables may be left unwritten: bytes that are
    Markup as soon as somebody asks (``values.Unwritten``). A sign-off never stands alone on a page (7.3.5.5): the
    table above it is turned only where the form wants it.
    """
    paper = context.get("公文") or {}
    texts = [context["正文"], paper.get("正文", ()), *(one["正文"] for one in context["附件"])]
    signed = [context.get("落款"), paper.get("落款")]
    for at, text in enumerate(texts):
        for block in [one for one in text if type(one["成品"]) is PlanTable]:
            last = block is text[-1] and at < len(signed) and bool(signed[at])
            drawn = block["成品"].drawn(layout, turnable=turnable, last=last)
            block["成品"] = with_text(drawn) if text_too else drawn
    return context
