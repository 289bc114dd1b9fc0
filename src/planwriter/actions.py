"""The verbs: read a form, write a document, make a blank form, show what a document says."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planwriter.diagnostic import Diagnostic, FormError, Place, Severity, TemplateError, UsageError
from planwriter.files import check_output, read_bytes, write_whole

if TYPE_CHECKING:  # each verb imports its rooms when it is called: the start must stay light
    from docxtpl import DocxTemplate

    from planwriter.machine.checkup import Checkup
    from planwriter.model.document import Reading
    from planwriter.model.official import OfficialDocument
    from planwriter.model.plan import WorkPlan
    from planwriter.standard import Profile
    from planwriter.template.compiled import CompiledTemplate
    from planwriter.template.seal_pictures import SealPicture
    from planwriter.word.show import Shown

    Form = str | os.PathLike[str] | bytes | Mapping[str, Any] | WorkPlan | OfficialDocument
    """A path, the bytes of a YAML form, plain data with Chinese or English keys, or a model."""

PAPER_TEMPLATE, PLAN_TEMPLATE = "notice", "plan"
FORMAT_TEMPLATES = {"函": "letter", "命令": "order", "纪要": "minutes"}
"""The templates of the special formats (GB/T 9704-2012, 10); every other paper takes ``notice``."""


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
    from planwriter.model.document import check_model, read_document
    from planwriter.model.official import OfficialDocument
    from planwriter.model.plan import WorkPlan

    if isinstance(form, WorkPlan | OfficialDocument):
        return check_model(form)
    if isinstance(form, Mapping):
        return read_document(form)
    if not isinstance(form, str | os.PathLike | bytes):
        raise UsageError(_no_form(form))
    return _read_file(form, name)


def _no_form(given: object) -> Diagnostic:
    return Diagnostic("form-no-form", "这不是表单", found=type(given).__name__, expected="文件名、字节、字典或模型",
                      hint="给出表单的文件名、YAML 的字节、字典，或者 WorkPlan、OfficialDocument")  # fmt: skip


def _read_file(form: str | os.PathLike[str] | bytes, name: str | None) -> Reading:
    from planwriter.form.keys import known_keys
    from planwriter.form.yaml_form import read_yaml
    from planwriter.model.document import in_reading_order, read_document

    data = form if isinstance(form, bytes) else read_bytes(Path(form))
    said = name or ("表单" if isinstance(form, bytes) else Path(form).name)
    placed, told = read_yaml(data, said, known_keys())
    reading = read_document(placed)
    return replace(reading, diagnostics=tuple(in_reading_order([*told, *reading.diagnostics])))


def write(
    form: Form, *, template: str | os.PathLike[str] | bytes | None = None, profile: str | None = None,
    profile_file: str | os.PathLike[str] | None = None, strict: bool = False, untrusted_template: bool = False,
) -> bytes:  # fmt: skip
    """The document as the bytes of a .docx.

    ``form``: path of a YAML form, its bytes, plain data, or a model. ``template``: a name of
    ``template_names()``, a path or bytes; by default what the 格式 of a 公文 asks for, else ``plan``. ``profile``:
    names such as ``"ink,windows"``, or of deviations in ``profile_file``. ``strict`` refuses a form with gaps.
    Raises FormError, TemplateError, UsageError, FileError, each with all diagnostics. Same input, same bytes.
    """
    return compose(form, template=template, profile=profile, profile_file=profile_file, strict=strict,
                   untrusted_template=untrusted_template).data  # fmt: skip


def compose(
    form: Form, *, template: str | os.PathLike[str] | bytes | None = None, profile: str | None = None,
    profile_file: str | os.PathLike[str] | None = None, strict: bool = False, untrusted_template: bool = False,
    name: str | None = None, finish: bool = False,
) -> Written:  # fmt: skip
    """Like ``write``, with warnings and the gaps that the document shows; ``name`` is what messages call the form.

    ``finish`` turns it into pages, where a converter is at hand, and mends what only pages show.
    """
    choices: dict[str, Any] = {
        "template": template, "profile": profile, "profile_file": profile_file, "strict": strict,
        "untrusted_template": untrusted_template, "name": name,
    }  # fmt: skip
    made = _composed(form, looked_at=finish, **choices)
    if not finish:
        return made
    from planwriter.pages.choosing import find_converter
    from planwriter.pages.publishing import finished

    data, _, notes = finished(made.data, find_converter())
    return replace(made, data=data, diagnostics=(*made.diagnostics, *notes))


def _composed(
    form: Form, *, template: Any, profile: str | None, profile_file: Any, strict: bool, untrusted_template: bool,
    name: str | None, looked_at: bool,
) -> Written:  # fmt: skip
    from planwriter.model.document import GAP, to_form
    from planwriter.template.context import context, gaps
    from planwriter.word.plan_part import plan_parts

    reading = read_form(form, name=name)
    document = reading.accepted()
    chosen = _profile(profile, profile_file)
    compiled = _template(template, document, chosen, untrusted=untrusted_template)
    printed, dropped = _printed(document, compiled)
    seals = _seals(form, printed)
    filled = context(printed, chosen.layout, [seal.stamp for seal in seals], turnable=compiled.turnable)
    left = gaps(filled)
    told = (*reading.diagnostics, *dropped, *_departures(chosen))
    if strict and (left or any(d.code == GAP for d in told)):
        raise FormError([*told, *(_gap(words) for words in left)])
    if not _is_builtin(template):
        _check_names(compiled, filled)
    parts = (*plan_parts(to_form(document)), *(seal.part for seal in seals))
    data = compiled.fill(filled, attach=parts, laid_out=True)
    return Written(data, None, (*told, *_unseen(filled, looked_at)), tuple(left))


def _unseen(filled: Mapping[str, Any], looked_at: bool) -> tuple[Diagnostic, ...]:
    """The page of an imprint is the one thing that styles cannot hold."""
    if looked_at or not filled.get("公文", {}).get("版记"):
        return ()
    from planwriter.pages.publishing import unchecked

    return (unchecked(),)


def write_file(
    form: Form, output: str | os.PathLike[str], *, template: str | os.PathLike[str] | bytes | None = None,
    profile: str | None = None, profile_file: str | os.PathLike[str] | None = None, strict: bool = False,
    untrusted_template: bool = False, force: bool = False, name: str | None = None,
    pdf: bool = False, png: bool = False, finish: bool | None = None,
) -> Written:  # fmt: skip
    """Write the document to ``output``, a .docx: beside it first, then renamed; an existing file only with ``force``.

    The form and the template are never overwritten (``UsageError``), nor a folder or a device (``FileError``);
    this is told before the document is composed. ``name`` is what messages call the form. ``pdf`` and ``png``
    give the pages beside it (``O.pdf``, ``O-1.png`` …) and raise FileError where no converter is at hand;
    ``finish`` mends what only pages show, by default when pages are asked for.
    """
    read = (form, None if _is_builtin(template) else template)
    target = check_output(output, (".docx",), inputs=read, force=force)
    finishing = (pdf or png) if finish is None else finish
    choices: dict[str, Any] = {
        "template": template, "profile": profile, "profile_file": profile_file, "strict": strict,
        "untrusted_template": untrusted_template, "name": name,
    }  # fmt: skip
    made = _composed(form, looked_at=finishing, **choices)
    if not (pdf or png or finishing):
        write_whole(target, made.data, force=force)
        return replace(made, path=target)
    from planwriter.pages.publishing import publish

    done = publish(made.data, target, pdf=pdf, png=png, finishing=finishing, force=force)
    return Written(done.docx, target, (*made.diagnostics, *done.notes), made.placeholders, done.files)


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


def _profile(names: str | None, file: str | os.PathLike[str] | None) -> Profile:
    """Names of the standard's own profiles need no file to be read."""
    from planwriter.standard import profile

    if file is None and ".y" not in (names or "").lower():
        return profile(names)
    from planwriter.form.deviations import profile_from

    return profile_from(names, file)


def _departures(chosen: Profile) -> list[Diagnostic]:
    return [
        Diagnostic("profile-departure",
                   f"版式“{one.deviation}”的{one.what}：{one.wanted}，本应{one.standard}（{one.strength.value}）",
                   Severity.NOTE, found=one.wanted, expected=one.standard, source=f"GB/T 9704 {one.clause}")
        for one in chosen.departures
    ]  # fmt: skip


def _seals(form: Form, document: WorkPlan | OfficialDocument) -> list[SealPicture]:
    if not (names := getattr(document, "seal_files", [])):
        return []
    from planwriter.template.seal_pictures import seals_beside

    return seals_beside(Path(form).parent if isinstance(form, str | os.PathLike) else Path(), names)


def _template(
    template: str | os.PathLike[str] | bytes | None, document: WorkPlan | OfficialDocument,
    profile: Profile, *, untrusted: bool,
) -> CompiledTemplate:  # fmt: skip
    from planwriter.model.official import OfficialDocument
    from planwriter.template.builtin import builtin_template
    from planwriter.template.opening import compile_template

    paper = isinstance(document, OfficialDocument)
    named = template if template is not None else _usual_template(document)
    if isinstance(named, bytes):
        return compile_template(named, untrusted=untrusted)
    if _is_builtin(named):
        if named != PLAN_TEMPLATE and not paper:
            raise UsageError(_no_paper(str(named)))
        return _compiled_builtin(str(named), profile)
    path = Path(named)
    if not path.suffix and not path.exists():
        builtin_template(str(named))
    return compile_template(read_bytes(path), name=path.name, untrusted=untrusted)


def _printed(
    document: WorkPlan | OfficialDocument, compiled: CompiledTemplate
) -> tuple[WorkPlan | OfficialDocument, list[Diagnostic]]:
    """What the template prints: a paper only if it takes 公文; else the plan alone, signed, and that is said."""
    from planwriter.model.official import OfficialDocument

    if not isinstance(document, OfficialDocument) or compiled.uses("公文"):
        return document, []
    told = f"模板“{compiled.name}”里没有“公文”标签，只写出计划，红头、公文的正文和版记都没有写"
    hint = "要写红头，改用 notice 模板"
    return document.as_plan, [Diagnostic("paper-not-printed", told, Severity.WARNING, hint=hint)]


def _usual_template(document: WorkPlan | OfficialDocument) -> str:
    """The built-in template that the kind of document asks for."""
    format_ = getattr(document, "format", None)
    return PLAN_TEMPLATE if format_ is None else FORMAT_TEMPLATES.get(format_.value, PAPER_TEMPLATE)


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


def _no_paper(name: str) -> Diagnostic:
    hint = "在表单里加上“公文”一项，或者改用 plan 模板"
    return Diagnostic("form-no-paper", f"“{name}”模板要用到“公文”，表单里没有写", expected="公文: …", hint=hint)


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


def doctor(
    source: str | os.PathLike[str] | None = None, *, profile: str | None = None,
    profile_file: str | os.PathLike[str] | None = None,
) -> Checkup:  # fmt: skip
    """What this machine lacks for the fonts of a profile; of a form or .docx also the characters outside GB 2312."""
    from planwriter.machine.checkup import check_up

    return check_up(_profile(profile, profile_file), _all_text(Path(source)) if source is not None else "")


def _all_text(path: Path) -> str:
    """The words of a Word document, or those that a form puts into one."""
    from planwriter.model.document import to_form

    if path.suffix.lower() in (".docx", ".dotx"):
        return "".join(span.text for one in show(path).paragraphs for span in one.spans)
    return "\n".join(_words(to_form(read_form(path).document)))


def _words(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [word for inner in value.values() for word in _words(inner)]
    return [word for inner in value for word in _words(inner)] if isinstance(value, list) else [str(value)]


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of forms: Chinese keys with label, explanation, example and clause."""
    from planwriter.form.json_schema import form_schema

    return form_schema()


def new_form(kind: str | None = None, *, full: bool = False) -> str:
    """A blank YAML form for a kind (工作计划, 要点, 总结, 通知 …), commented in Chinese; ``full`` names every key."""
    from planwriter.form.blank import blank_form

    return blank_form(kind, full=full)


def write_new(kind: str | None, output: str | os.PathLike[str], *, full: bool = False, force: bool = False) -> Path:
    """Write a blank form to a .yaml or .yml file; an existing one only with ``force``."""
    target = check_output(output, (".yaml", ".yml"), force=force)
    write_whole(target, new_form(kind, full=full).encode("utf-8"), force=force)
    return target


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
    write_whole(target, builtin_template(name, _profile(profile, profile_file)), force=force)
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


__all__ = ["Place", "Written", "check_template", "compose", "doctor", "export_template", "fill", "new_form",
           "read_form", "schema", "show", "template_names", "write", "write_file", "write_new"]  # fmt: skip
