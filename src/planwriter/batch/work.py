"""What a worker does: a chunk of units composed, written as one group, and told about."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from planwriter.actions import Written, compose
from planwriter.batch.announced import Announced, announce
from planwriter.batch.destinations import Destination, Output, digest_of
from planwriter.batch.jobs import TEMPLATE_COLUMN, Job
from planwriter.batch.setting import RowSetting
from planwriter.batch.shared_form import BoundForm, SharedForm
from planwriter.diagnostic import Diagnostic, FileError, FormError, PlanwriterError, Severity, TemplateError
from planwriter.files import read_bytes
from planwriter.model.unfilled import placeholders_in
from planwriter.placed import texts_in
from planwriter.standard import Profile

GAP = "batch-gap"
"""The code of a gap that is left in a document."""


@dataclass(frozen=True, slots=True)
class Order:
    """What all units of a batch share; travels to the workers. ``base`` is name and bytes of the shared form."""

    destination: Destination
    profile: Profile
    base: tuple[str, bytes] | None = None
    strict: bool = False
    small: bool = False
    untrusted: bool = False
    announced: str = ""
    """The folder in which workers note what they are about to write, if they can reach one."""


class Task(NamedTuple):
    """One document to be made: its job, template (a built-in name, or a key of the chunk's), and its name."""

    job: Job
    template: str | None
    output: str
    replaceable: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tasks that go to a worker together, with the bytes of the templates that are no built-in ones."""

    tasks: tuple[Task, ...]
    templates: Mapping[str, bytes] = field(default_factory=dict)


class Made(NamedTuple):
    """What came of a task: digest and size of the document, gaps left in it, what was said, how long it took, and
    the digests of further files that it was made of, as JSON."""

    content: str
    size: int
    gaps: int
    diagnostics: tuple[Diagnostic, ...]
    seconds: float
    refers: str = ""

    @property
    def failed(self) -> bool:
        """Whether there is no document."""
        return not self.content


def do(order: Order, chunk: Chunk) -> list[Made]:
    """Make and write every document of a chunk; one that cannot be made stops no other."""
    composed = [_composed(order, chunk, task) for task in chunk.tasks]
    whole = [(at, data) for at, (_, data) in enumerate(composed) if data is not None]
    begun = time.perf_counter()
    contents = [digest_of(data) for _, data in whole]
    if order.announced and whole:
        named = [(chunk.tasks[at], content, len(data)) for (at, data), content in zip(whole, contents, strict=True)]
        announce(order.announced, order.destination, [_announced(*one) for one in named])
    refused = order.destination.write(
        [Output(chunk.tasks[at].output, data, chunk.tasks[at].replaceable) for at, data in whole]
    )
    share = (time.perf_counter() - begun) / max(len(whole), 1)
    made = [one for one, _ in composed]
    for (at, data), content, said in zip(whole, contents, refused, strict=True):
        one, seconds = made[at], made[at].seconds + share
        if said:
            made[at] = Made("", 0, 0, (*said, *one.diagnostics), seconds)
        else:
            made[at] = Made(content, len(data), one.gaps, one.diagnostics, seconds, one.refers)
    return made


def _announced(task: Task, content: str, size: int) -> Announced:
    return Announced(task.output, content, size, task.job.source, task.job.at, task.template or "")


def _composed(order: Order, chunk: Chunk, task: Task) -> tuple[Made, bytes | None]:
    begun = time.perf_counter()
    try:
        written = _write(order, chunk, task)
    except PlanwriterError as refusal:
        known = {one.message for one in refusal.diagnostics}
        said = (*refusal.diagnostics, *(one for one in _left_open(order, task.job) if one.message not in known))
        if isinstance(refusal, TemplateError):
            said = tuple(of_template(task.job, str(task.template), one) for one in said)
        return Made("", 0, 0, anchored(task.job, said), time.perf_counter() - begun), None
    except Exception as fault:  # one unit's accident is not the batch's
        return Made("", 0, 0, (_accident(task, fault),), time.perf_counter() - begun), None
    told = [one for one in (*task.job.told, *written.diagnostics) if one.severity is not Severity.NOTE]
    told += [_gap(words) for words in written.placeholders]
    told_at, refers = anchored(task.job, told), pictures_digest(written.pictures) if written.pictures else ""
    return Made("", 0, len(written.placeholders), told_at, time.perf_counter() - begun, refers), written.data


def pictures_digest(paths: Iterable[str | Path]) -> str:
    """The digests of files as they are now, as JSON; empty ones for those that cannot be read."""
    found = {}
    for path in sorted(map(str, paths)):
        try:
            found[path] = digest_of(read_bytes(path))
        except FileError:
            found[path] = ""
    return json.dumps(found, ensure_ascii=False)


def _left_open(order: Order, job: Job) -> Iterator[Diagnostic]:
    """The empty cells that a row of which no document was made would leave open in the shared form."""
    if not job.row or order.base is None:
        return
    with contextlib.suppress(PlanwriterError):
        form = shared_form(*order.base).bound(tuple(job.form)).filled(job)  # type: ignore[arg-type]
        yield from map(_gap, dict.fromkeys(found for text in texts_in(form) for found in placeholders_in(text)))


def of_template(job: Job, template: str, one: Diagnostic) -> Diagnostic:
    """What is said of a template that a row names, at the cell where it is named."""
    said = str(job.form.get(TEMPLATE_COLUMN) or "") if job.row and isinstance(job.form, Mapping) else ""
    if template not in said:
        return one
    where = f"（{one.place}）" if one.place is not None and one.place.file not in (None, template, "模板") else ""
    return replace(one, place=job.place_of(TEMPLATE_COLUMN), message=f"模板“{template}”：{one.message}{where}")


def anchored(job: Job, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What is said of a row names its row, also where the words stand in the shared form; every mistake has a place."""
    return tuple(_anchored(job, one) for one in diagnostics)


def _anchored(job: Job, one: Diagnostic) -> Diagnostic:
    if one.place is None:
        return replace(one, place=job.place) if one.severity is Severity.ERROR else one
    if not job.row:
        return one if one.place.file else replace(one, place=one.place._replace(file=job.called, line=job.line))
    if one.place.file == job.source:
        return one
    return replace(one, place=job.place, message=f"{one.message}（{one.place}）")


def _gap(words: str) -> Diagnostic:
    return Diagnostic("batch-gap", f"还没有填：{words.removeprefix('【待填：').removesuffix('】')}", Severity.WARNING)


def _write(order: Order, chunk: Chunk, task: Task) -> Written:
    job = task.job
    bound = None
    if job.row and order.base is not None:
        bound = shared_form(*order.base).bound(tuple(job.form))  # type: ignore[arg-type]
        own = task.template in chunk.templates
        quick = None if own else _setting(bound, order.profile, task.template, order.small).sheet(job)
        if quick is not None and not (order.strict and quick.gaps):
            return Written(quick.data, None, (), quick.gaps)
    template = None if task.template is None else chunk.templates.get(task.template, task.template)
    choices: dict[str, Any] = {
        "template": template, "profile": order.profile, "strict": order.strict, "small": order.small,
        "untrusted_template": order.untrusted, "name": job.called, "folder": job.folder,
    }  # fmt: skip
    if bound is None:
        return compose(job.form, **choices)
    return _quickly(bound, job, choices) or compose(bound.filled(job), **choices)


def _quickly(bound: BoundForm, job: Job, choices: dict[str, Any]) -> Written | None:
    """The document from parts read once; ``None`` where something is to be said, for they know no places."""
    if not bound.shortcut.worth_trying():
        return None
    written: Written | None = None
    if (form := bound.quick(job)) is not None:
        with contextlib.suppress(FormError):
            written = compose(form, **choices)
    helped = written is not None and all(one.severity is Severity.NOTE for one in written.diagnostics)
    bound.shortcut.tried(helped=helped)
    return written if helped else None


@lru_cache(maxsize=32)
def _setting(bound: BoundForm, profile: Profile, template: str | None, small: bool) -> RowSetting:
    return RowSetting(bound, profile, template, small=small)


@lru_cache(maxsize=4)
def shared_form(name: str, data: bytes) -> SharedForm:
    """The shared form, read and compiled once in each process."""
    return SharedForm(data, name)


def _accident(task: Task, fault: Exception) -> Diagnostic:
    return Diagnostic("batch-unexpected", f"写这一份时程序出了意外（{type(fault).__name__}）", place=task.job.place,
                      hint="单独用 planwriter write 写这一份，把日志发给维护者")  # fmt: skip
