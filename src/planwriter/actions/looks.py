"""The look of a document: its profile, what that departs from, and the template it is filled into."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planwriter.diagnostic import Diagnostic, Severity, TemplateError, UsageError
from planwriter.files import read_bytes

if TYPE_CHECKING:  # each verb imports its rooms when it is called: the start must stay light
    from planwriter.model.official import OfficialDocument
    from planwriter.model.plan import WorkPlan
    from planwriter.standard import Profile
    from planwriter.template.compiled import CompiledTemplate

PAPER_TEMPLATE, PLAN_TEMPLATE = "notice", "plan"
PLAN_NAMES = frozenset({"文件标题", "标题", "题注", "正文", "附件说明", "落款", "附件"})
PAPER_NAMES = PLAN_NAMES | {"公文"}
"""The names of the contexts that built-in templates are filled with; tests hold their tags against the contract."""
FORMAT_TEMPLATES = {"函": "letter", "命令": "order", "纪要": "minutes"}
"""The templates of the special formats (GB/T 9704-2012, 10); every other paper takes ``notice``."""


def profile_of(names: str | Profile | None, file: str | os.PathLike[str] | None) -> Profile:
    """Names of the standard's own profiles need no file to be read; a profile is taken as it is."""
    from planwriter.standard import Profile, profile

    if isinstance(names, Profile):
        return names
    if file is None and ".y" not in (names or "").lower():
        return profile(names)
    from planwriter.form.deviations import profile_from

    return profile_from(names, file)


def departures(chosen: Profile) -> list[Diagnostic]:
    """A note for every number of the standard that a deviation leaves, with its clause."""
    return [
        Diagnostic("profile-departure",
                   f"版式“{one.deviation}”的{one.what}：{one.wanted}，本应{one.standard}（{one.strength.value}）",
                   Severity.NOTE, found=one.wanted, expected=one.standard, source=f"GB/T 9704 {one.clause}")
        for one in chosen.departures
    ]  # fmt: skip


def template_of(
    template: str | os.PathLike[str] | bytes | None, document: WorkPlan | OfficialDocument,
    profile: Profile, *, untrusted: bool,
) -> CompiledTemplate:  # fmt: skip
    """The compiled template for a document: named, a path, bytes, or the usual one for its kind."""
    from planwriter.model.official import OfficialDocument
    from planwriter.template.builtin import builtin_template
    from planwriter.template.opening import compile_template

    paper = isinstance(document, OfficialDocument)
    named = template if template is not None else _usual_template(document)
    if isinstance(named, bytes):
        return _compiled_bytes(named, untrusted)
    if is_builtin(named):
        if named != PLAN_TEMPLATE and not paper:
            raise UsageError(_no_paper(str(named)))
        return _compiled_builtin(str(named), profile)
    path = Path(named)
    if not path.suffix and not path.exists():
        builtin_template(str(named))
    return compile_template(read_bytes(path), name=path.name, untrusted=untrusted)


def _usual_template(document: WorkPlan | OfficialDocument) -> str:
    """The built-in template that the kind of document asks for."""
    format_ = getattr(document, "format", None)
    return PLAN_TEMPLATE if format_ is None else FORMAT_TEMPLATES.get(format_.value, PAPER_TEMPLATE)


def check_names(compiled: CompiledTemplate, filled: Mapping[str, Any]) -> None:
    """Names are held against the whole contract, so that those inside loops over nothing are seen too."""
    from planwriter.template.contract import CONTEXT_SHAPE
    from planwriter.template.shape import Record

    known = Record({name: told for name, told in CONTEXT_SHAPE.fields.items() if name in filled})
    if found := compiled.check(known):
        raise TemplateError(found)


def is_builtin(template: str | os.PathLike[str] | bytes | None) -> bool:
    """Whether a template is one of ``template_names()``, or left to the form."""
    from planwriter.template.builtin import builtin_names

    return template is None or str(template) in builtin_names()


def _no_paper(name: str) -> Diagnostic:
    hint = "在表单里加上“公文”一项，或者改用 plan 模板"
    return Diagnostic("form-no-paper", f"“{name}”模板要用到“公文”，表单里没有写", expected="公文: …", hint=hint)


@lru_cache(maxsize=16)
def _compiled_builtin(name: str, profile: Profile) -> CompiledTemplate:
    from planwriter.template.builtin import builtin_template
    from planwriter.template.kept import compile_kept

    compiled = compile_kept(builtin_template(name, profile), name=f"{name}.docx")
    compiled.vouch(PLAN_NAMES, PAPER_NAMES)
    return compiled


@lru_cache(maxsize=16)
def _compiled_bytes(template: bytes, untrusted: bool) -> CompiledTemplate:
    from planwriter.template.opening import compile_template

    return compile_template(template, untrusted=untrusted)
