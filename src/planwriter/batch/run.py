"""A batch run: jobs in, entries out, in order, in constant memory; what is done lasts, whatever happens next."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass, replace
from pathlib import Path

from planwriter import __version__
from planwriter.actions.looks import is_builtin, profile_of
from planwriter.batch.base_form import BaseForm
from planwriter.batch.destinations import Folder
from planwriter.batch.executors import Workers
from planwriter.batch.jobs import Job
from planwriter.batch.manifest import DONE, FAILED, Entry, Manifest, told_of
from planwriter.batch.naming import Naming
from planwriter.batch.planning import CHUNK, Planned, Planner, refused
from planwriter.batch.work import Chunk, Made, Order, base_form
from planwriter.diagnostic import Diagnostic, FileError
from planwriter.files import read_bytes
from planwriter.standard import Profile

STOPPING = frozenset({"file-disk-full", "file-read-only"})
"""Faults after which nothing more can be written: the run ends there and can be resumed."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: units ``written``, ``kept`` from an earlier run, ``failed``; ``total`` where it is known."""

    written: int
    kept: int
    failed: int
    total: int | None
    seconds: float

    @property
    def finished(self) -> int:
        """Units that are settled."""
        return self.written + self.kept + self.failed


@dataclass(frozen=True, slots=True)
class Unit:
    """One settled unit: its entry in the manifest, what was said of it, whether it was kept from an earlier run."""

    entry: Entry
    diagnostics: tuple[Diagnostic, ...]
    kept: bool = False

    @property
    def failed(self) -> bool:
        """Whether there is no document for it."""
        return self.entry.status == FAILED


OnEvent = Callable[[Progress], None]


def run(
    jobs: Iterable[Job], output: str | Path, *, base: str | Path | tuple[str, bytes] | None = None,
    name: str | None = None, templates: Sequence[str] = (), profile: str | Profile | None = None,
    profile_file: str | Path | None = None, strict: bool = False, small: bool = False, untrusted: bool = False,
    resume: bool = False, force: bool = False, workers: int | None = None, executor: Executor | None = None,
    on_event: OnEvent | None = None, total: int | None = None, chunk: int = CHUNK,
) -> Generator[Unit, None, None]:  # fmt: skip
    """Write a document for every job into the folder ``output``; give the settled units in the order of the jobs.

    ``base`` is the shared form under the jobs that are rows, ``name`` the pattern of names, ``templates`` the
    templates of every unit. ``workers``: processes of our own (by default one a core; 1: this process); a program
    that uses more must be guarded by ``if __name__ == "__main__"``. ``executor``: any
    ``concurrent.futures.Executor`` in their place, ``workers`` then says how many chunks it takes at once.
    ``on_event`` is told the progress after every chunk. Nothing is begun before the first unit is asked for;
    closing the generator ends the run in good order. Raises FormError, UsageError, TemplateError, FileError before
    anything is written; FileError also when nothing more can be written: ``resume`` then goes on.
    """
    shared = _shared_form(base)
    form = base_form(*shared) if shared else None
    order = Order(Folder(str(output)), profile_of(profile, profile_file), shared, strict, small, untrusted)
    naming = Naming(name, several=len(templates) > 1)
    _check_templates(templates, untrusted)
    rows = _checked(iter(jobs), form, naming)
    folder = Folder(str(output)).prepared()
    with Manifest(folder, resume=resume or force, version=__version__) as manifest:
        Folder(str(output)).sweep()
        planner = Planner(order, manifest, naming, tuple(templates), form, resume=resume or force, force=force)
        yield from Run(order, manifest, Workers(workers, executor), on_event, total).units(planner.chunks(rows, chunk))


def _shared_form(base: str | Path | tuple[str, bytes] | None) -> tuple[str, bytes] | None:
    return base if base is None or isinstance(base, tuple) else (Path(base).name, read_bytes(base))


def _check_templates(templates: Sequence[str], untrusted: bool) -> None:
    """Own templates are compiled before anything is written, so that a bad one is told once."""
    from planwriter.actions import check_template
    from planwriter.diagnostic import Severity, TemplateError

    found = [one for path in templates if not is_builtin(path) for one in check_template(path, untrusted=untrusted)]
    if any(one.severity is Severity.ERROR for one in found):
        raise TemplateError(found)


def _checked(jobs: Iterator[Job], base: BaseForm | None, naming: Naming) -> Iterator[Job]:
    """The jobs; what their common columns show to be wrong is told before the first of them."""
    first = next(jobs, None)
    if first is None:
        return iter(())
    if first.row and not isinstance(first.form, bytes) and not first.refused:
        columns = list(first.form)
        naming.check(columns)
        if base is not None and first.letters is not None:
            base.bound(tuple(columns))

    def again() -> Iterator[Job]:
        yield first
        yield from jobs

    return again()


@dataclass(slots=True)
class _Pending:
    planned: Planned
    future: Future[list[Made]] | None


class Run:
    """One run under way."""

    def __init__(
        self, order: Order, manifest: Manifest, workers: Workers, on_event: OnEvent | None, total: int | None
    ) -> None:
        self.order, self.manifest, self.workers = order, manifest, workers
        self._pending: deque[_Pending] = deque()
        self._tell, self._total = on_event, total
        self._written = self._kept = self._failed = 0
        self._begun = time.perf_counter()

    def units(self, chunks: Iterator[Planned]) -> Iterator[Unit]:
        """Work off the chunks; a bounded number is under way, and they are settled in their order."""
        try:
            for planned in chunks:
                self._pending.append(_Pending(planned, self._submitted(planned)))
                while len(self._pending) > self.workers.pending:
                    yield from self._settled(self._pending.popleft())
            while self._pending:
                yield from self._settled(self._pending.popleft())
            self.manifest.finish()
        except BaseException:
            self._wind_up()
            raise
        finally:
            self.workers.close()

    def _submitted(self, planned: Planned) -> Future[list[Made]] | None:
        return self.workers.submit(self.order, planned.chunk) if planned.tasks else None

    def _settled(self, one: _Pending) -> list[Unit]:
        try:
            made = one.future.result() if one.future is not None else []
        except (BrokenExecutor, CancelledError):
            if not self.workers.own:
                raise FileError(_broken_executor()) from None
            made = self._after_a_death(one)
        except BaseException:
            self._pending.appendleft(one)
            raise
        return self._recorded(one.planned, made)

    def _after_a_death(self, one: _Pending) -> list[Made]:
        """A worker died and took the others along: what was under way is done again, first what was first."""
        self.workers.renew()
        made = self._again(one.planned.chunk)
        for other in self._pending:
            future = other.future
            if future is not None and (future.cancelled() or not future.done() or future.exception() is not None):
                other.future = self._submitted(other.planned)
        return made

    def _again(self, chunk: Chunk) -> list[Made]:
        """A chunk alone, then, if that ends a worker too, its tasks one by one: the culprit is named."""
        try:
            return self.workers.submit(self.order, chunk).result()
        except BrokenExecutor:
            self.workers.renew()
        if len(chunk.tasks) == 1:
            task = chunk.tasks[0]
            return [Made("", 0, 0, (_deadly(task.job),), 0.0)]
        return [made for task in chunk.tasks for made in self._again(Chunk((task,), chunk.templates))]

    def _recorded(self, planned: Planned, made: list[Made]) -> list[Unit]:
        units = [Unit(entry, entry.diagnostics, at in planned.skipped) for at, entry in enumerate(planned.entries)]
        for at, result in zip(planned.waiting, made, strict=True):
            units[at] = Unit(_entry(planned.entries[at], result), result.diagnostics)
        waited = set(planned.waiting)
        self.manifest.put((units[at].entry, planned.names[at]) for at in sorted(waited))
        self.manifest.commit()
        self._count(units)
        for one in units:
            if stopping := [d for d in one.diagnostics if one.failed and d.code in STOPPING]:
                raise FileError([*stopping, _stopped()])
        return units

    def _count(self, units: Sequence[Unit]) -> None:
        for one in units:
            self._kept += one.kept
            self._failed += one.failed
            self._written += not (one.kept or one.failed)
        if self._tell is not None:
            seconds = time.perf_counter() - self._begun
            self._tell(Progress(self._written, self._kept, self._failed, self._total, seconds))

    def _wind_up(self) -> None:
        """Nothing new is begun; what workers have done is noted, so that it is not done again."""
        for one in self._pending:
            if one.future is not None:
                one.future.cancel()
        for one in self._pending:
            if one.future is None or one.future.cancelled():
                continue
            try:
                made = one.future.result()
                self.manifest.put(
                    (_entry(one.planned.entries[at], result), one.planned.names[at])
                    for at, result in zip(one.planned.waiting, made, strict=True)
                )
            except Exception:  # noqa: S112  what stopped the run is being told already
                continue
        self._pending.clear()


def _entry(entry: Entry, made: Made) -> Entry:
    if made.failed:
        return replace(refused(entry, *made.diagnostics), seconds=made.seconds)
    return replace(entry, status=DONE, content=made.content, size=made.size, gaps=made.gaps,
                   told=told_of(made.diagnostics), seconds=made.seconds)  # fmt: skip


def _deadly(job: Job) -> Diagnostic:
    return Diagnostic("batch-worker-died", "写这一份时，工作进程被系统终止了（常见于内存不足）", place=job.place,
                      hint="看看这一份是不是特别大；单独用 planwriter write 试一试")  # fmt: skip


def _broken_executor() -> Diagnostic:
    return Diagnostic("batch-executor-broken", "交来的执行器不能用了，做到这里停下了", hint="换一个执行器，再加 resume=True 接着做")


def _stopped() -> Diagnostic:
    return Diagnostic("batch-stopped", "写不下去了，做到这里停下了；已经写好的都在清单里",
                      hint="排除上面的问题，再加 --resume 运行一次，做完的不会重做")  # fmt: skip
