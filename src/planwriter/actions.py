"""The verbs: read a form, write a document, make a blank form, show what a document says."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planwriter.diagnostic import Diagnostic, FormError, Place, Severity, TemplateError, UsageError
from planwriter.files import read_bytes, write_whole

if TYPE_CHECKING:  # each verb imports its rooms when it is called: the start must stay light
    from docxtpl import DocxTemplate

    from planwriter.model.document import Reading
    from planwriter.model.official import OfficialDocument
    from planwriter.model.plan import WorkPlan
    from planwriter.standard import Profile
    from planwriter.template.compiled import CompiledTemplate
    from planwriter.word.show import Shown

    Form = str | os.PathLike[str] | bytes | Mapping[str, Any] | WorkPlan | OfficialDocument
    """A path, the bytes of a YAML form, plain data with Chinese or English keys, or a model."""

PAPER_TEMPLATE, PLAN_TEMPLATE = "notice", "plan"


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing: where it went (``None``: bytes only), what was said, what is left to fill in."""

    data: bytes
    path: Path | None
    diagnostics: tuple[Diagnostic, ...]
    placeholders: tuple[str, ...]
    pages: tuple[Path, ...] = ()
    """The files beside it: the PDF, then the pictures of the pages."""


def read_form(form: Form, *, name: str | None = None) -> Reading:
    """The form as a model, with everything said about it. Raises FormError or FileError if unreadable.

    Errors inside the form do not raise here: see ``Reading.errors`` and ``Reading.accepted()``.
    """
    from planwriter.model.document import Reading, read_document
    from planwriter.model.official import OfficialDocument
    from planwriter.model.plan import WorkPlan

    if isinstance(form, WorkPlan | OfficialDocument):
        return Reading(form, ())
    if isinstance(form, Mapping):
        return read_document(form)
    return _read_file(form, name)


def _read_file(form: str | os.PathLike[str] | bytes, name: str | None) -> Reading:
    from planwriter.form.keys import known_keys
    from planwriter.form.yaml_form import read_yaml
    from planwriter.model.document import read_document

    data = form if isinstance(form, bytes) else read_bytes(Path(form))
    said = name or ("表单" if isinstance(form, bytes) else Path(form).name)
    placed, told = read_yaml(data, said, known_keys())
    reading = read_document(placed)
    return replace(reading, diagnostics=(*told, *reading.diagnostics))


def write(
    form: Form, *, template: str | os.PathLike[str] | bytes | None = None, profile: str | None = None,
    strict: bool = False, untrusted_template: bool = False,
) -> bytes:  # fmt: skip
    """The document as the bytes of a .docx.

    ``form``: path of a YAML form, its bytes, plain data, or a model. ``template``: ``plan``, ``notice``,
    a path or bytes; by default ``notice`` under a 公文, else ``plan``. ``profile``: names such as
    ``"ink,windows"``. ``strict`` refuses a form with gaps. Raises FormError, TemplateError, UsageError,
    FileError, each with all diagnostics. Same input, same bytes.
    """
    return compose(form, template=template, profile=profile, strict=strict, untrusted_template=untrusted_template).data


def compose(
    form: Form, *, template: str | os.PathLike[str] | bytes | None = None, profile: str | None = None,
    strict: bool = False, untrusted_template: bool = False, finish: bool = False,
) -> Written:  # fmt: skip
    """Like ``write``, with warnings and the gaps that the document shows.

    ``finish`` turns it into pages, where a converter is at hand, and mends what only pages show.
    """
    choices: dict[str, Any] = {
        "template": template, "profile": profile, "strict": strict, "untrusted_template": untrusted_template,
    }  # fmt: skip
    made = _composed(form, looked_at=finish, **choices)
    if not finish:
        return made
    from planwriter.pages.choosing import find_converter
    from planwriter.pages.publishing import finished

    data, _, notes = finished(made.data, find_converter())
    return replace(made, data=data, diagnostics=(*made.diagnostics, *notes))


def _composed(
    form: Form, *, template: Any, profile: str | None, strict: bool, untrusted_template: bool, looked_at: bool
) -> Written:
    from planwriter.model.document import to_form
    from planwriter.standard import profile as profile_named
    from planwriter.template.context import context, gaps
    from planwriter.word.plan_part import plan_parts

    reading = read_form(form)
    document = reading.accepted()
    chosen = profile_named(profile)
    filled = context(document, chosen.layout)
    left = gaps(filled)
    told = (*reading.diagnostics, *_limits(document))
    if strict and left:
        raise FormError([*told, *(_gap(words) for words in left)])
    compiled = _template(template, document, chosen, untrusted=untrusted_template)
    if not _is_builtin(template):
        _check_names(compiled, filled)
    data = compiled.fill(filled, attach=plan_parts(to_form(document)))
    return Written(data, None, (*told, *_unseen(filled, looked_at)), tuple(left))


def _unseen(filled: Mapping[str, Any], looked_at: bool) -> tuple[Diagnostic, ...]:
    """The page of an imprint is the one thing that styles cannot hold."""
    if looked_at or not filled.get("公文", {}).get("版记"):
        return ()
    from planwriter.pages.publishing import unchecked

    return (unchecked(),)


def write_file(
    form: Form, output: str | os.PathLike[str], *, template: str | os.PathLike[str] | bytes | None = None,
    profile: str | None = None, strict: bool = False, untrusted_template: bool = False, force: bool = False,
    pdf: bool = False, png: bool = False, finish: bool | None = None,
) -> Written:  # fmt: skip
    """Write the document to ``output``: beside it first, then renamed; an existing file only with ``force``.

    ``pdf`` and ``png`` give the pages beside it (``O.pdf``, ``O-1.png`` …) and raise FileError where no converter
    is at hand. ``finish`` mends what only pages show; by default when pages are asked for.
    """
    finishing = (pdf or png) if finish is None else finish
    choices: dict[str, Any] = {
        "template": template, "profile": profile, "strict": strict, "untrusted_template": untrusted_template,
    }  # fmt: skip
    made = _composed(form, looked_at=finishing, **choices)
    if not (pdf or png or finishing):
        write_whole(Path(output), made.data, force=force)
        return replace(made, path=Path(output))
    from planwriter.pages.publishing import publish

    done = publish(made.data, output, pdf=pdf, png=png, finishing=finishing, force=force)
    return Written(done.docx, Path(output), (*made.diagnostics, *done.notes), made.placeholders, done.files)


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


def _gap(words: str) -> Diagnostic:
    return Diagnostic("form-gap", f"还没有填：{words}", found=words, hint="补填后再生成；不加 --strict 可以先出草稿")


def _limits(document: WorkPlan | OfficialDocument) -> list[Diagnostic]:
    """What a paper asks for that this version lays out in the common way, said instead of passed over."""
    from planwriter.model.official import Format, OfficialDocument, Seal

    if not isinstance(document, OfficialDocument):
        return []
    told = []
    if document.format in (Format.LETTER, Format.ORDER, Format.MINUTES):
        told.append(f"“{document.format.value}”的专用格式还不支持，版式按通知排")
    if document.seal not in (Seal.SEAL.value, Seal.NO_SEAL.value):
        told.append(f"印章“{document.seal}”还不支持，落款按盖章留位")
    if len(document.issuing_authorities) > 1:
        told.append("联合行文的多机关标志还不支持，红头按一个机关排")
    return [Diagnostic("paper-not-yet", words, Severity.WARNING) for words in told]


def _template(
    template: str | os.PathLike[str] | bytes | None, document: WorkPlan | OfficialDocument,
    profile: Profile, *, untrusted: bool,
) -> CompiledTemplate:  # fmt: skip
    from planwriter.model.official import OfficialDocument
    from planwriter.template.builtin import builtin_template
    from planwriter.template.opening import compile_template

    paper = isinstance(document, OfficialDocument)
    named = template if template is not None else (PAPER_TEMPLATE if paper else PLAN_TEMPLATE)
    if isinstance(named, bytes):
        return compile_template(named, untrusted=untrusted)
    if _is_builtin(named):
        if named == PAPER_TEMPLATE and not paper:
            raise UsageError(_no_paper())
        return _compiled_builtin(str(named), profile)
    path = Path(named)
    if not path.suffix and not path.exists():
        builtin_template(str(named))
    return compile_template(read_bytes(path), name=path.name, untrusted=untrusted)


def _check_names(compiled: CompiledTemplate, filled: Mapping[str, Any]) -> None:
    """Names are held against the whole contract, so that those inside loops over nothing are seen too."""
    from planwriter.template.contract import CONTEXT_SHAPE
    from planwriter.template.shape import Record

    known = Record({name: told for name, told in CONTEXT_SHAPE.fields.items() if name in filled})
    if found := compiled.check(known):
        raise TemplateError(found)


def _is_builtin(template: str | os.PathLike[str] | bytes | None) -> bool:
    from planwriter.template.builtin import builtin_names

    return template is None or str(template) in builtin_names()


def _no_paper() -> Diagnostic:
    return Diagnostic("form-no-paper", "“notice”模板要用到“公文”，表单里没有写", expected="公文: …",
                      hint="在表单里加上“公文”一项，或者改用 plan 模板")  # fmt: skip


@lru_cache(maxsize=16)
def _compiled_builtin(name: str, profile: Profile) -> CompiledTemplate:
    from planwriter.template.builtin import builtin_template
    from planwriter.template.opening import compile_template

    return compile_template(builtin_template(name, profile), name=f"{name}.docx")


def show(source: str | os.PathLike[str] | bytes, *, name: str | None = None) -> Shown:
    """What a document says, paragraph by paragraph, with role, face and size. Raises FileError."""
    from planwriter.word.show import show as show_document

    data = source if isinstance(source, bytes) else read_bytes(Path(source))
    return show_document(data, name or ("文档" if isinstance(source, bytes) else Path(source).name))


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of forms: Chinese keys with label, explanation, example and clause."""
    from planwriter.form.json_schema import form_schema

    return form_schema()


def new_form(kind: str | None = None, *, full: bool = False) -> str:
    """A blank YAML form for a kind (工作计划, 要点, 总结, 通知 …), commented in Chinese; ``full`` names every key."""
    from planwriter.form.blank import blank_form

    return blank_form(kind, full=full)


def write_new(kind: str | None, output: str | os.PathLike[str], *, full: bool = False, force: bool = False) -> Path:
    """Write a blank form to a file; an existing one only with ``force``."""
    write_whole(Path(output), new_form(kind, full=full).encode("utf-8"), force=force)
    return Path(output)


def template_names() -> list[tuple[str, str]]:
    """The built-in templates and what each is for."""
    return [
        (PLAN_TEMPLATE, "工作计划、要点、总结等，不带红头"),
        (PAPER_TEMPLATE, "红头通知、报告等，计划随文印发或作附件"),
    ]


def export_template(
    name: str, output: str | os.PathLike[str], *, profile: str | None = None, force: bool = False
) -> Path:
    """Write a built-in template to a file, to be adapted in Word. Raises UsageError for an unknown name."""
    from planwriter.standard import profile as profile_named
    from planwriter.template.builtin import builtin_template

    write_whole(Path(output), builtin_template(name, profile_named(profile)), force=force)
    return Path(output)


def check_template(template: str | os.PathLike[str], *, untrusted: bool = False) -> list[Diagnostic]:
    """Everything wrong with a template of one's own: syntax, names, hostile parts."""
    from planwriter.template.contract import CONTEXT_SHAPE
    from planwriter.template.opening import compile_template

    path = Path(template)
    try:
        return compile_template(read_bytes(path), name=path.name, untrusted=untrusted).check(CONTEXT_SHAPE)
    except TemplateError as refused:
        return list(refused.diagnostics)


__all__ = ["Place", "Written", "check_template", "compose", "export_template", "fill", "new_form", "read_form",
           "schema", "show", "template_names", "write", "write_file", "write_new"]  # fmt: skip
