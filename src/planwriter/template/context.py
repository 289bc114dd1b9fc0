"""The model seen by its Chinese names, counted and formatted: all that a template can name.

Templates compute nothing; counting (一、（一）1.（1）), dates, joining and breaking are done here, once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planwriter.model.official import OfficialDocument
from planwriter.model.plan import WorkPlan
from planwriter.model.unfilled import placeholders_in
from planwriter.standard import Layout
from planwriter.template.plan_context import Context, plan_context
from planwriter.template.signs import GAP
from planwriter.template.table_sheets import drawn_tables
from planwriter.template.values import Finished

if TYPE_CHECKING:  # a plan has no seals
    from planwriter.template.drawing.seals import Stamp


def context(
    document: WorkPlan | OfficialDocument, layout: Layout, stamps: Sequence[Stamp] = (), *, turnable: bool = False,
    facts: bool = True,
) -> Context:  # fmt: skip
    """Everything the built-in templates and templates of one's own may name; see docs/template.md.

    ``stamps`` are the pictures of the seals, in the order of the organs; ``turnable``: the template has
    landscape pages for wide tables (``CompiledTemplate.turnable``). Without ``facts`` the plain
    lists for templates of one's own are left out: no built-in template takes them.
    """
    if isinstance(document, OfficialDocument):
        from planwriter.template.paper_context import paper_context

        made = paper_context(document, layout, stamps)
    else:
        made = plan_context(document, layout, signed=True)
    if facts:
        from planwriter.template.plain_facts import plain_facts

        made |= plain_facts(document if isinstance(document, WorkPlan) else document.plan or WorkPlan())
    return drawn_tables(made, layout, turnable=turnable, text_too=facts)


def gaps(context: Mapping[str, Any]) -> list[str]:
    """The placeholders 【待填：…】 that the document will show, in order, each once."""
    shown = ("公文", "附件") if "公文" in context else ("标题", "题注", "正文", "附件说明", "落款", "附件")
    found: dict[str, None] = {}
    left = [context[key] for key in reversed(shown)]
    while left:
        value = left.pop()
        if type(value) is Finished and value.quiet:
            continue  # it holds none, which was seen when it was drawn
        if isinstance(value, str):
            if GAP in value:
                found.update(dict.fromkeys(placeholders_in(value)))
        elif isinstance(value, dict):
            left += filter(None, reversed(value.values()))
        elif isinstance(value, list):
            left += reversed(value)
    return list(found)
