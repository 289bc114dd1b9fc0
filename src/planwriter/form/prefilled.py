"""What a blank form holds before anybody fills it: the content every kind of file is written from.

The content is a form in the form language, Chinese keys and text, in which elements are always mappings
(no shorthand). It names what is known (文种, the unit's names, a proposed schedule) and, by a key of its own,
every section the form offers; an offered section that holds nothing yet is an empty mapping.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planwriter.diagnostic import Diagnostic, UsageError
from planwriter.model.element import label_of
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import HEAD_KEYS, Unit, WorkPlan
from planwriter.model.sections import KINDS
from planwriter.model.unit_file import UnitFile
from planwriter.nearest import nearest

FORM_KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "工作计划": ("工作计划", ("guiding_ideology", "goals", "main_tasks", "monthly_schedule", "safeguards")),
    "年度计划": ("工作计划", ("guiding_ideology", "goals", "main_tasks", "monthly_schedule", "safeguards")),
    "月度计划": ("工作计划", ("main_tasks", "monthly_schedule")),
    "总结": ("工作总结", ("review", "problems", "next_steps")),
    "要点": ("工作要点", ("guiding_ideology", "main_tasks")),
    "方案": ("方案", ("background", "goals", "main_tasks", "monthly_schedule", "safeguards")),
    "通知": ("工作计划", ("guiding_ideology", "goals", "main_tasks", "monthly_schedule", "safeguards")),
    "报告": ("工作总结", ("review", "problems", "next_steps")),
    "请示": ("工作计划", ("main_tasks",)),
}
"""Kind of blank form → the 文种 its plan is prefilled with, and its sections."""

ALSO_CALLED = {
    "工作总结": "总结", "工作要点": "要点", "工作方案": "方案", "实施方案": "方案", "年度工作计划": "年度计划",
    "月度工作计划": "月度计划", "通知+计划": "通知", "通知＋计划": "通知", "报告+总结": "报告", "报告＋总结": "报告",
}  # fmt: skip
"""Further names of the kinds."""

PAPERS: dict[str, str | None] = {"通知": None, "报告": "报告", "请示": "请示"}
"""Kinds with a 公文 part → the 格式 it is prefilled with, where it is not the usual one."""

_OF_PAPER = ("authority_mark", "addressees", "copy_to", "printing_office")


def prefilled(
    kind: str | None = None, *, unit: UnitFile | None = None, period: str | None = None,
    months: Mapping[str, Any] | None = None, full: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """The content of a blank form for a kind (年度计划, 总结, 通知 …; by default 工作计划).

    ``unit`` fills what a unit file knows, ``period`` the 期间, ``months`` (a mapping as 月度安排 takes it) the
    schedule; ``full`` offers every kind of section. Raises UsageError for an unknown kind.
    """
    named = kind_named(kind)
    title, sections = FORM_KINDS[named]
    content: dict[str, Any] = {}
    if named in PAPERS:
        content[HEAD_KEYS[0]] = _paper(PAPERS[named], unit)
    if unit is not None:
        content[label_of(WorkPlan, "unit")] = _unit(unit)
    if period is not None:
        content[label_of(WorkPlan, "period")] = period
    content[label_of(WorkPlan, "kind")] = title
    content |= {KINDS[one]: {} for one in (KINDS if full else _with_schedule(sections, months)) if one != "narrative"}
    if months is not None:
        content[KINDS["monthly_schedule"]] = dict(months)
    if unit is not None:
        content[label_of(WorkPlan, "signature")] = list(unit.known.get("signature") or [unit.name])
    return content


def _with_schedule(sections: tuple[str, ...], months: object) -> tuple[str, ...]:
    return sections if months is None or "monthly_schedule" in sections else (*sections, "monthly_schedule")


def kind_named(kind: str | None) -> str:
    """The kind of blank form that is meant. Raises UsageError for an unknown one."""
    wanted = kind or "工作计划"
    wanted = ALSO_CALLED.get(wanted, wanted)
    if wanted not in FORM_KINDS:
        raise UsageError(_unknown(wanted))
    return wanted


def _unknown(kind: str) -> Diagnostic:
    near = nearest(kind, FORM_KINDS, cutoff=0.3)
    return Diagnostic("form-unknown-blank", f"没有“{kind}”这种空白表单", found=kind, expected="、".join(FORM_KINDS),
                      hint=f"改成“{near}”" if near else f"可以写：{'、'.join(FORM_KINDS)}")  # fmt: skip


def _unit(unit: UnitFile) -> dict[str, Any]:
    return {label_of(Unit, name): value for name, value in unit.known.items() if name in Unit.model_fields}


def _paper(format_: str | None, unit: UnitFile | None) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if format_ is not None:  # both go to a superior, and must name who signs
        made = {label_of(OfficialDocument, "format"): format_, label_of(OfficialDocument, "signatories"): ["待填"]}
    if unit is None:
        return made
    known = unit.known
    made |= {label_of(OfficialDocument, name): known[name] for name in _OF_PAPER if name in known}
    if code := known.get("document_code"):
        made[label_of(OfficialDocument, "document_number")] = f"【待填：{code}〔年份〕几号】"
    return made
