"""Templates: filled with data of one's own, listed, exported, checked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planwriter.actions.looks import PAPER_TEMPLATE, PLAN_TEMPLATE, profile_of
from planwriter.diagnostic import Diagnostic, TemplateError
from planwriter.files import check_output, read_bytes, write_whole

if TYPE_CHECKING:  # each verb imports its rooms when it is called: the start must stay light
    from docxtpl import DocxTemplate


def fill(
    template: str | os.PathLike[str] | bytes | DocxTemplate,
    context: Mapping[str, Any],
    *,
    untrusted_template: bool = False,
) -> bytes:
    """Fill any docxtpl template with a context of one's own, behind the strict door.

    ``template``: a path, bytes, or a docxtpl ``DocxTemplate`` (for sub-documents made from it). Values are
    text, numbers, lists, mappings, ``RichText``, ``Picture``, ``InlineImage``. Raises TemplateError with
    every misspelt name, undefined or empty value at once; text is escaped, never rendered twice.
    """
    from planwriter.template.opening import compile_template

    if isinstance(template, str | os.PathLike):
        path = Path(template)
        compiled = compile_template(read_bytes(path), name=path.name, untrusted=untrusted_template)
    else:
        compiled = compile_template(template, untrusted=untrusted_template)
    return compiled.fill(context)


def template_names() -> list[tuple[str, str]]:
    """The built-in templates and what each is for."""
    return [
        (PLAN_TEMPLATE, "工作计划、要点、总结等，不带红头"),
        (PAPER_TEMPLATE, "红头通知、报告等，计划随文印发或作附件"),
        ("letter", "信函格式：红色双线，首页不编页码"),
        ("order", "命令（令）格式：令号居中，签发人签名章"),
        ("minutes", "纪要格式：出席、请假、列席人员名单，不盖章"),
    ]


def export_template(
    name: str, output: str | os.PathLike[str], *, profile: str | None = None,
    profile_file: str | os.PathLike[str] | None = None, force: bool = False,
) -> Path:  # fmt: skip
    """Write a built-in template to a .docx, to be adapted in Word. Raises UsageError for an unknown name."""
    from planwriter.template.builtin import builtin_template

    target = check_output(output, (".docx",), force=force)
    write_whole(target, builtin_template(name, profile_of(profile, profile_file)), force=force)
    return target


def check_template(template: str | os.PathLike[str], *, untrusted: bool = False) -> list[Diagnostic]:
    """Everything wrong with a template of one's own: syntax, names, hostile parts."""
    from planwriter.template.contract import CONTEXT_SHAPE
    from planwriter.template.opening import compile_template

    path = Path(template)
    try:
        return compile_template(read_bytes(path), name=path.name, untrusted=untrusted).check(CONTEXT_SHAPE)
    except TemplateError as refused:
        return list(refused.diagnostics)
