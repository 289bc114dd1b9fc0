"""Decides, unit by unit and in order, what there is to do: names, templates, what is done already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from planwriter import __version__
from planwriter.actions.looks import is_builtin
from planwriter.batch.destinations import ANY
from planwriter.batch.jobs import TEMPLATE_COLUMN, Job
from planwriter.batch.manifest import DONE, FAILED, PLANNED, Entry, Manifest, told_of
from planwriter.batch.names import alike, choices
from planwriter.batch.naming import Naming
from planwriter.batch.shared_form import BoundForm, SharedForm
from planwriter.batch.work import Chunk, Order, Task, anchored, of_template, pictures_digest
from planwriter.diagnostic import Diagnostic, FormError, PlanwriterError, UsageError
from planwriter.files import read_bytes
from planwriter.nearest import nearest
from planwriter.template.builtin import builtin_names

CHUNK = 256
"""Units that go to a worker together, once the first smaller chunks have given every worker something to do."""
_FIRST_CHUNK = 8
_ENCODER = json.JSONEncoder(ensure_ascii=True, default=str)
_NAMED = ("单位简称", "单位", "unit", "单位名称", "标题", "title")


@dataclass(slots=True)
class Planned:
    """A chunk with the entries of all its units in order; ``waiting`` tells which of them the tasks are."""

    entries: list[Entry] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    skipped: set[int] = field(default_factory=set)
    templates: dict[str, bytes] = field(default_factory=dict)

    def key_of(self, template: str | None, content: bytes | None) -> str | None:
        """The key of a template in this chunk; rosters of different folders may give one name to different ones."""
        if template is None or content is None:
            return template
        key = template
        while self.templates.setdefault(key, content) is not content:
            key += "#"
        return key

    @property
    def chunk(self) -> Chunk:
        """What goes to the worker."""
        return Chunk(tuple(self.tasks), self.templates)


class Templates:
    """Own templates, read once; ``asked`` may lie anywhere, those that rows name only near their roster or here."""

    def __init__(self, asked: Iterable[str | None]) -> None:
        self._asked = frozenset(asked)
        self._read: dict[tuple[str, str | None], bytes | PlanwriterError] = {}

    def content(self, name: str | None, job: Job) -> bytes | None:
        """The bytes of a template of one's own, ``None`` for built-in ones. Raises FileError, UsageError."""
        if name is None or is_builtin(name):
            return None
        key = (name, None if name in self._asked else job.folder)
        if key not in self._read:
            self._read[key] = self._found(*key)
        found = self._read[key]
        if isinstance(found, PlanwriterError):
            raise type(found)([of_template(job, name, one) for one in found.diagnostics])
        return found

    def _found(self, name: str, folder: str | None) -> bytes | PlanwriterError:
        try:
            if name in self._asked:
                return read_bytes(name)
            near = [Path(), *([Path(folder)] if folder is not None else [])]
            path = next((at / name for at in near if (at / name).is_file()), None)
            if path is None:
                return UsageError(_no_template(name))
            if not any(path.resolve().is_relative_to(at.resolve()) for at in near):
                return UsageError(_template_elsewhere(name))
            return read_bytes(path)
        except PlanwriterError as refusal:
            return refusal
        except (OSError, ValueError):
            return UsageError(_no_template(name))


def _no_template(name: str) -> Diagnostic:
    near = nearest(name, builtin_names())
    hint = f"是不是“{near}”？" if near else f"写 {'、'.join(builtin_names())} 中的一个，或名册旁边的 .docx 模板的文件名"
    return Diagnostic("batch-no-template", "没有这个模板", found=name, hint=hint)


def _template_elsewhere(name: str) -> Diagnostic:
    return Diagnostic("batch-template-elsewhere", "名册里写的模板不在名册所在的文件夹里，没有用它", found=name,
                      hint="把模板放到名册旁边，只写文件名；或改用 --template")  # fmt: skip


class Planner:
    """Plans jobs into chunks. Same jobs and manifest, same plan, whatever the workers do meanwhile."""

    def __init__(
        self, order: Order, manifest: Manifest, naming: Naming, templates: tuple[str, ...], base: SharedForm | None,
        *, resume: bool, force: bool,
    ) -> None:  # fmt: skip
        self.order, self.manifest, self.naming, self.base = order, manifest, naming, base
        self.asked = templates or (None,)
        self.own = Templates(self.asked)
        self.pictures: dict[str, bool] = {}
        self.resume, self.force = resume, force
        self.number = 0
        self._names: set[str] = set()
        shared = (__version__, order.base[1] if order.base else b"", repr(order.profile), order.strict, order.small)
        self._shared = hashlib.blake2b(repr(shared).encode(), digest_size=16).digest()

    def chunks(self, jobs: Iterable[Job], size: Callable[[], int]) -> Iterator[Planned]:
        """The chunks in order; the first ones are small, so that no worker waits long for its first work.

        ``size`` says how many units the next one may have.
        """
        made, limit = Planned(), min(_FIRST_CHUNK, size())
        for job in jobs:
            for template in self._templates_of(job):
                self._add(made, job, template)
            if len(made.tasks) >= limit or len(made.entries) >= 2 * CHUNK:
                yield self._noted(made)
                made, limit = Planned(), min(2 * limit, size())
        if made.entries:
            yield self._noted(made)

    def _noted(self, made: Planned) -> Planned:
        self.manifest.put(zip(made.entries, made.names, strict=True))
        self._names.clear()
        return made

    def _templates_of(self, job: Job) -> tuple[str | None, ...]:
        said = job.form.get(TEMPLATE_COLUMN) if job.row and isinstance(job.form, Mapping) else None
        if not said:
            return self.asked
        named = [one.strip() for one in str(said).replace("，", "、").replace(",", "、").split("、")]
        return tuple(dict.fromkeys(one for one in named if one)) or self.asked

    def _add(self, made: Planned, job: Job, template: str | None) -> None:
        self.number += 1
        unit = job.stem or job.source
        try:
            if job.refused:
                raise FormError(job.refused)
            bound = self._bound(job)
            unit = _unit(job, bound)
            content = self.own.content(template, job)
            name = self.naming.name(job, self.number, template, bound)
        except PlanwriterError as refusal:
            entry = Entry(self.number, job.source, job.at, template or "", unit, "", "", PLANNED)
            self._settle(made, refused(entry, *anchored(job, refusal.diagnostics)), "")
            return
        output, digest = self._free(name), self._digest(job, content, template)
        entry = Entry(self.number, job.source, job.at, template or "", unit, output, digest, PLANNED)
        self._decide(made, job, made.key_of(template, content), entry)

    def _decide(self, made: Planned, job: Job, template: str | None, entry: Entry) -> None:
        like = alike(entry.output)
        known = self.manifest.known(entry.source, entry.at, entry.template) if self.resume else None
        if known is not None and not self.force and self._as_before(known, entry):
            made.skipped.add(len(made.entries))
            self._settle(made, known._replace(number=entry.number, unit=entry.unit), like)
            return
        replaceable = ANY if self.force else self.manifest.written(like) if self.resume else ""
        made.waiting.append(len(made.entries))
        made.tasks.append(Task(job, template, entry.output, replaceable))
        self._settle(made, entry, like)

    def _as_before(self, known: Entry, entry: Entry) -> bool:
        same = (known.digest, known.output) == (entry.digest, entry.output) and known.status == DONE
        return same and self._same_pictures(known.refers) and self.order.destination.has(known.output, known.size)

    def _same_pictures(self, refers: str) -> bool:
        """Whether the files that a document was made of are as they were; each is read once in a run."""
        if refers and refers not in self.pictures:
            self.pictures[refers] = pictures_digest(json.loads(refers)) == refers
        return not refers or self.pictures[refers]

    def _settle(self, made: Planned, entry: Entry, like: str) -> None:
        made.entries.append(entry)
        made.names.append(like)

    def _free(self, name: str) -> str:
        """The name, or the first with (2), (3) … that no unit of this run has."""
        for output in choices(name):
            like = alike(output)
            if like not in self._names and not self.manifest.taken(like):
                self._names.add(like)
                return output
        raise AssertionError("names do not end")

    def _bound(self, job: Job) -> BoundForm | None:
        return self.base.bound(tuple(job.form)) if job.row and self.base is not None else None  # type: ignore[arg-type]

    def _digest(self, job: Job, template: bytes | None, name: str | None) -> str:
        form = job.form
        plain = form if isinstance(form, bytes) else _ENCODER.encode(form).encode()
        total = hashlib.blake2b(self._shared, digest_size=16)
        for part in (plain, template if template is not None else (name or "").encode()):
            total.update(len(part).to_bytes(8, "big") + part)
        return total.hexdigest()


def _unit(job: Job, bound: BoundForm | None) -> str:
    """What people call the unit: as a row or its form says it, else its file."""
    if isinstance(job.form, Mapping):
        for key in _NAMED:
            if isinstance(said := job.form.get(key), str) and said.strip():
                return said.strip()
    said = bound.text_at("单位", job) if bound is not None else None
    return said or job.stem or job.source


def refused(entry: Entry, *diagnostics: Diagnostic) -> Entry:
    """The entry of a unit of which nothing was made."""
    return entry._replace(status=FAILED, content="", size=0, gaps=0, told=told_of(diagnostics))
