"""Blank YAML forms, written from the model's own labels, sentences and examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from planwriter.diagnostic import Diagnostic, UsageError
from planwriter.model.element import Element
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import WorkPlan
from planwriter.model.sections import KINDS, SECTION_TYPES
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

PAPERS: dict[str, str | None] = {"通知": None, "报告": "报告", "请示": "请示"}
"""Kinds with a 公文 part → the 格式 it is prefilled with, where it is not the usual one."""

_HEAD = """\
# 空白表单：{kind}。在冒号后面填写，冒号用英文的，后面空一格；不用的行可以删去。
# 一项写几个值时，每个值另起一行，前面写“- ”。文字以英文引号、@、% 开头时，给整段加上英文引号。
# 填好以后运行：planwriter write 本文件 -o 文件名.docx
"""
_DEEPEST = 3
_SHORT: dict[str, frozenset[str]] = {
    "guiding_ideology": frozenset({"text"}), "principles": frozenset({"text"}), "goals": frozenset({"targets"}),
    "background": frozenset({"text"}), "monthly_schedule": frozenset({"entries"}),
    "safeguards": frozenset({"leading_group", "budget", "assessment"}),
}  # fmt: skip
"""What a short form offers of a section; of the others it offers the items."""


def blank_form(kind: str | None = None, *, full: bool = False) -> str:
    """A blank form for a kind; ``full`` names every key. Raises UsageError for an unknown kind."""
    wanted = kind or "工作计划"
    wanted = {"工作总结": "总结", "工作要点": "要点", "工作方案": "方案"}.get(wanted, wanted)
    if wanted not in FORM_KINDS:
        raise UsageError(_unknown(wanted))
    title, sections = FORM_KINDS[wanted]
    lines = [_HEAD.format(kind=wanted).rstrip("\n"), ""]
    if wanted in PAPERS:
        lines += ["公文:", *_paper(PAPERS[wanted], full), ""]
    lines += _top(title, sections, full)
    return "\n".join(lines) + "\n"


def _paper(kind: str | None, full: bool) -> Iterator[str]:
    fields, left = OfficialDocument.model_fields, {"plan", "sections"}
    if kind is not None:  # both go to a superior, and must name who signs
        for name, given in (("format", kind), ("signatories", "待填")):
            yield f"  {fields[name].alias}: {given}  # {fields[name].description}"
            left.add(name)
    yield from _fields(OfficialDocument, 1, full, frozenset(left))


def _unknown(kind: str) -> Diagnostic:
    near = nearest(kind, FORM_KINDS, cutoff=0.3)
    return Diagnostic("form-unknown-blank", f"没有“{kind}”这种空白表单", found=kind, expected="、".join(FORM_KINDS),
                      hint=f"改成“{near}”" if near else f"可以写：{'、'.join(FORM_KINDS)}")  # fmt: skip


def _top(kind: str, sections: tuple[str, ...], full: bool) -> Iterator[str]:
    wanted = tuple(k for k in KINDS if k != "narrative") if full else sections
    for name, field in WorkPlan.model_fields.items():
        if name == "sections":
            for section in wanted:
                yield from ("", f"{KINDS[section]}:", *_section(section, full))
            yield ""
        elif name == "kind":
            yield f"文种: {kind}  # {field.description}"
        elif full or _common(field):
            yield from _field(field, 0, full, frozenset())


def _section(kind: str, full: bool) -> Iterator[str]:
    cls = SECTION_TYPES[kind]
    kept = frozenset(cls.model_fields) - {"kind"} if full else _SHORT.get(kind, frozenset({"items"}))
    below = frozenset() if full or kind == "problems" else frozenset({"measures"})
    for name, field in cls.model_fields.items():
        if name in kept:
            yield from _field(field, 1, full, below)


def _common(field: Any) -> bool:
    extra = field.json_schema_extra
    return bool(isinstance(extra, dict) and extra.get("x-常用"))


def _fields(cls: type[Element], depth: int, full: bool, leave: frozenset[str]) -> Iterator[str]:
    for name, field in cls.model_fields.items():
        if name not in leave and (full or _common(field)) and not (depth > _DEEPEST and _nested(field)):
            yield from _field(field, depth, full, leave)


def _field(field: Any, depth: int, full: bool, leave: frozenset[str]) -> Iterator[str]:
    pad = "  " * depth
    said = f"# {field.description}例：{(field.examples or [''])[0]}"
    nested = _nested(field)
    if nested is None:
        yield f"{pad}{field.alias}:  {said}"
        return
    cls, listed = nested
    yield f"{pad}{field.alias}:  # {field.description}"
    below = list(_fields(cls, depth + (2 if listed else 1), full, leave))
    if listed and below:
        below[0] = f"{pad}  - {below[0].lstrip()}"
    yield from below


def _nested(field: Any) -> tuple[type[Element], bool] | None:
    """The element class a field holds and whether it holds a list of them."""
    return _element_in(field.annotation, listed=False)


def _element_in(annotation: Any, *, listed: bool) -> tuple[type[Element], bool] | None:
    if isinstance(annotation, type) and issubclass(annotation, Element):
        return annotation, listed
    within = listed or getattr(annotation, "__origin__", None) is list
    found = (_element_in(inner, listed=within) for inner in get_args(annotation))
    return next((f for f in found if f is not None and f[0].__name__ != "Points"), None)
