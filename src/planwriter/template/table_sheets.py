"""A table of a plan before it is drawn: what it holds, and how it is to stand on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from planwriter.standard import Layout
from planwriter.template.finished import TableColumn, table

Cell = Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class PlanTable:
    """Columns and rows, to be drawn when the page is known."""

    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[Cell]]

    def drawn(self, layout: Layout) -> object:
        """The finished paragraphs of the table on a page of this layout."""
        return table(self.columns, self.rows, layout)


def drawn_tables(context: dict[str, Any], layout: Layout) -> dict[str, Any]:
    """The context with every table among its blocks drawn for this layout, in place."""
    paper = context.get("公文") or {}
    texts = [context["正文"], paper.get("正文", ()), *(one["正文"] for one in context["附件"])]
    for text in texts:
        for block in text:
            if isinstance(block["成品"], PlanTable):
                block["成品"] = block["成品"].drawn(layout)
    return context
