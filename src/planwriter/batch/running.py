"""A run under way: chunks to the workers, a bounded number at once, settled in their order and noted."""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from planwriter.batch.announced import announcement, forget_all
from planwriter.batch.executors import Workers
from planwriter.batch.jobs import Job
from planwriter.batch.manifest import DONE, FAILED, Entry, Manifest, told_of
from planwriter.batch.planning import Planned, refused
from planwriter.batch.work import Chunk, Made, Order
from planwriter.diagnostic import Diagnostic, FileError
from planwriter.files import remove

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


class Unit(NamedTuple):
    """One settled unit: its entry in the manifest, what was said of it, whether it was kept from an earlier run."""

    entry: Entry
    diagnostics: tuple[Diagnostic, ...]
    kept: bool = False

    @property
    def failed(self) -> bool:
        """Whether there is no document for it."""
        return self.entry.status == FAILED


OnEvent = Callable[[Progress], None]


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
        self._announced: deque[Path] = deque()
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
            self.order.destination.settle()
            self.manifest.finish()
            self._forget_all()
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
            if not self.workers.lasting:
                raise FileError(_broken_executor()) from None
            made = self._after_a_death(one)
        except FileError as fault:
            raise FileError([*fault.diagnostics, _stopped()]) from None
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
            if future is not None and self._is_lost(future):
                other.future = self._submitted(other.planned)
        return made

    def _is_lost(self, future: Future[list[Made]]) -> bool:
        """Whether a chunk went with the worker; what other machines are doing goes on."""
        return future.cancelled() or (future.exception() is not None if future.done() else self.workers.own)

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
        skipped = planned.skipped
        units = [Unit(entry, entry.diagnostics, at in skipped) for at, entry in enumerate(planned.entries)]
        for at, result in zip(planned.waiting, made, strict=True):
            units[at] = Unit(_entry(planned.entries[at], result), result.diagnostics)
        self.manifest.settle(units[at].entry for at in planned.waiting)
        self.manifest.commit()
        self._forget(planned)
        self._count(units)
        for one in units:
            if stopping := [d for d in one.diagnostics if one.failed and d.code in STOPPING]:
                raise FileError([*stopping, _stopped()])
        return units

    def _forget(self, planned: Planned) -> None:
        """Remove an announcement once a chunk is done that was begun after its own was noted: with that chunk's
        documents the note was synced, too."""
        self._announced += self._announcement(planned)
        if len(self._announced) > self.workers.pending + 1:
            remove(self._announced.popleft())

    def _announcement(self, planned: Planned) -> list[Path]:
        folder = self.order.announced
        return [announcement(folder, (task.output for task in planned.tasks))] if folder and planned.tasks else []

    def _forget_all(self) -> None:
        if self.order.announced:
            forget_all(self.order.announced)

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
                self.manifest.settle(
                    _entry(one.planned.entries[at], result)
                    for at, result in zip(one.planned.waiting, made, strict=True)
                )
            except Exception:  # noqa: S112  what stopped the run is being told already
                continue
            self._announced += self._announcement(one.planned)
        self._pending.clear()
        self.order.destination.settle()
        with contextlib.suppress(FileError):  # else the announcements stay, and tell the next run
            self.manifest.commit()
            for path in self._announced:
                remove(path)


def _entry(entry: Entry, made: Made) -> Entry:
    if made.failed:
        return refused(entry, *made.diagnostics)._replace(seconds=made.seconds)
    e = entry  # built anew, for replacing fields takes several times as long
    return Entry(e.number, e.source, e.at, e.template, e.unit, e.output, e.digest, DONE, made.content, made.size,
                 made.gaps, told_of(made.diagnostics), made.seconds, made.refers)  # fmt: skip


def _deadly(job: Job) -> Diagnostic:
    return Diagnostic("batch-worker-died", "写这一份时，工作进程被系统终止了（常见于内存不足）", place=job.place,
                      hint="看看这一份是不是特别大；单独用 planwriter write 试一试")  # fmt: skip


def _broken_executor() -> Diagnostic:
    return Diagnostic(
        "batch-executor-broken", "交来的执行器不能用了，做到这里停下了", hint="换一个执行器，再加 resume=True 接着做"
    )


def _stopped() -> Diagnostic:
    return Diagnostic("batch-stopped", "写不下去了，做到这里停下了；已经写好的都在清单里",
                      hint="排除上面的问题，再加 --resume 运行一次，做完的不会重做")  # fmt: skip
