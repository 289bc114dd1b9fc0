"""Keys that are known, but elsewhere in a form: those of the paper outside 公文, those of the plan inside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from planwriter.diagnostic import Diagnostic
from planwriter.model.element import keys_of
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import WorkPlan


def told_where(diagnostic: Diagnostic) -> Diagnostic:
    """What is said of an unknown key, with the place where it belongs if another part of the form has it."""
    home = _homes().get(diagnostic.found or "")
    if diagnostic.code != "form-unknown-key" or home is None:
        return diagnostic
    return replace(diagnostic, expected=None, hint=f"“{diagnostic.found}”{home}")


@cache
def _homes() -> Mapping[str, str]:
    paper, plan = set(keys_of(OfficialDocument)), {*keys_of(WorkPlan), *WorkPlan.further_keys()}
    return dict.fromkeys(paper - plan, "写在“公文”下面") | dict.fromkeys(plan - paper, "写在表单的最外层，不往里缩进")
