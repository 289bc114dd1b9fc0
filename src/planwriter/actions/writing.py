"""From a form to a document: as bytes, or as a file with its pages beside it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planwriter.actions.forms import read_form
from planwriter.actions.looks import check_names, departures, is_builtin, profile_of, template_of
from planwriter.actions.open_places import signs_of, with_marks
from planwriter.actions.seals import folder_of, seals_of
from planwriter.diagnostic import Diagnostic, FormError, Severity
from planwriter.files import check_output, write_whole

if TYPE_CHECKING:  # each verb imports its rooms when it is called: the start must stay light
    from planwriter.actions.forms import Form
    from planwriter.model.official import OfficialDocument
    from planwriter.model.plan import WorkPlan
    from planwriter.standard import Profile
    from planwriter.template.compiled import CompiledTemplate


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing: where it went (``None``: bytes only), what was said, what is left to fill in."""

    data: bytes
    path: Path | None
    diagnostics: tuple[Diagnostic, ...]
    placeholders: tuple[str, ...]
    pages: tuple[Path, ...] = ()
    """The files beside it: the PDF, then the pictures of the pages."""
    pictures: tuple[Path, ...] = ()
    """The files whose pictures were put into it."""


def write(
    form: Form, *, template: str | os.PathLike[str] | bytes | None = None, profile: str | None = None,
    profile_file: str | os.PathLike[str] | None = None, strict: bool = False, untrusted_template: bool = False,
    comments: bool = False,
) -> bytes:  # fmt: skip
    """The document as the bytes of a .docx.

    ``form``: path of a YAML form, its bytes, plain data, or a model. ``template``: a name of
    ``template_names()``, a path or bytes; by default what the 格式 of a 公文 asks for, else ``plan``. ``profile``:
    names such as ``"ink,windows"``, or of deviations in ``profile_file``. ``strict`` refuses a form with gaps;
    ``comments`` puts a comment at each of them. Same input, same bytes.
    Raises FormError, TemplateError, UsageError, FileError, each with all diagnostics.
    """
    return compose(form, template=template, profile=profile, profile_file=profile_file, strict=strict,
                   untrusted_template=untrusted_template, comments=comments).data  # fmt: skip


def compose(
    form: Form, *, template: str | os.PathLike[str] | bytes | None = None, profile: str | Profile | None = None,
    profile_file: str | os.PathLike[str] | None = None, strict: bool = False, untrusted_template: bool = False,
    name: str | None = None, finish: bool = False, comments: bool = False, small: bool = False,
    folder: str | os.PathLike[str] | None = None,
) -> Written:  # fmt: skip
    """Like ``write``, with warnings and the gaps that the document shows; ``name`` is what messages call the form.

    ``finish`` turns it into pages, where a converter is at hand, and mends what only pages show. ``small`` trades
    speed for size; ``folder`` is where pictures lie that a form names which is no file.
    """
    made, imprint = _composed(form, template=template, profile=profile, profile_file=profile_file, strict=strict,
                              untrusted_template=untrusted_template, name=name, comments=comments, small=small,
                              folder=folder)  # fmt: skip
    if not finish:
        return _unseen(made) if imprint else made
    from planwriter.pages.choosing import find_converter
    from planwriter.pages.publishing import finished

    data, _, notes = finished(made.data, find_converter())
    return replace(made, data=data, diagnostics=(*made.diagnostics, *notes))


def _composed(
    form: Form, *, template: Any, profile: str | Profile | None, profile_file: Any, strict: bool,
    untrusted_template: bool, name: str | None, comments: bool, small: bool = False, folder: Any = None,
) -> tuple[Written, bool]:  # fmt: skip
    """The document, and whether it has an imprint."""
    from planwriter.model.document import GAP, to_form
    from planwriter.template.context import context, gaps
    from planwriter.word.plan_part import plan_parts

    reading = read_form(form, name=name)
    document = reading.accepted()
    chosen = profile_of(profile, profile_file)
    compiled = template_of(template, document, chosen, untrusted=untrusted_template)
    printed, dropped = _printed(document, compiled)
    names, beside = getattr(printed, "seal_files", []), folder_of(form, folder)
    seals = seals_of(form, names, beside, name=name)
    stamps = [seal.stamp for seal in seals]
    filled = context(printed, chosen.layout, stamps, turnable=compiled.turnable, facts=not is_builtin(template))
    left, whole = gaps(filled), to_form(document)
    signs = signs_of(whole)
    told = (*reading.diagnostics, *dropped, *departures(chosen))
    if strict and (left or signs or any(d.code == GAP for d in told)):
        raise FormError([*told, *(_gap(words) for words in (*left, *(sign.text for sign in signs)))])
    if not is_builtin(template):
        check_names(compiled, filled)
    parts = (*plan_parts(whole), *(seal.part for seal in seals))
    filled_in = compiled.fill(filled, attach=parts, laid_out=True, small=small)
    data = with_marks(filled_in, signs, left, comments=comments)
    made = Written(data, None, tuple(told), (*left, *(sign.text for sign in signs)),
                   pictures=tuple(beside / name for name in names))  # fmt: skip
    return made, bool(filled.get("公文", {}).get("版记"))


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


def _unseen(made: Written) -> Written:
    """The page of an imprint is the one thing that styles cannot hold: it is told that nobody looked."""
    from planwriter.pages.publishing import unchecked

    return replace(made, diagnostics=(*made.diagnostics, unchecked()))


def write_file(
    form: Form, output: str | os.PathLike[str], *, template: str | os.PathLike[str] | bytes | None = None,
    profile: str | None = None, profile_file: str | os.PathLike[str] | None = None, strict: bool = False,
    untrusted_template: bool = False, force: bool = False, name: str | None = None,
    pdf: bool = False, png: bool = False, finish: bool | None = None, comments: bool = False,
) -> Written:  # fmt: skip
    """Write the document to ``output``, a .docx: beside it first, then renamed; an existing file only with ``force``.

    The form and the template are never overwritten (``UsageError``), nor a folder or a device (``FileError``);
    this is told before the document is composed. ``name`` is what messages call the form. ``comments`` puts
    a comment at every gap. ``pdf`` and ``png`` give the pages beside it (``O.pdf``, ``O-1.png`` …) and raise
    FileError where no converter is at hand;
    ``finish`` mends what only pages show, by default when pages are asked for or the document has an imprint
    (whose page must be even); where no converter is at hand, or it fails, the document is written and that is told.
    """
    read = (form, None if is_builtin(template) else template)
    target = check_output(output, (".docx",), inputs=read, force=force)
    made, imprint = _composed(form, template=template, profile=profile, profile_file=profile_file, strict=strict,
                              untrusted_template=untrusted_template, name=name, comments=comments)  # fmt: skip
    finishing = (pdf or png or imprint) if finish is None else finish
    if imprint and not finishing:
        made = _unseen(made)
    if not (pdf or png or finishing):
        write_whole(target, made.data, force=force)
        return replace(made, path=target)
    from planwriter.pages.publishing import publish

    done = publish(made.data, target, pdf=pdf, png=png, finishing=finishing, force=force)
    return Written(done.docx, target, (*made.diagnostics, *done.notes), made.placeholders, done.files)


def _gap(words: str) -> Diagnostic:
    said = words.removeprefix("【待填：").removesuffix("】")
    return Diagnostic("form-gap", f"还没有填：{said}", found=words, hint="补填后再生成；不加 --strict 可以先出草稿")
