"""Where chunks are worked off: in this process, in processes of our own, or in any executor that is handed in."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from planwriter.batch.work import Chunk, Made, Order, do

FEW = 4
"""Chunks that an executor is taken to do at once where nobody says how many."""
Work = Callable[[Order, Chunk], list[Made]]


def usual_number() -> int:
    """How many processes are used where nothing is said: as many as there are cores to run on."""
    try:
        return len(os.sched_getaffinity(0)) or 1
    except AttributeError:
        return os.cpu_count() or 1


class Workers:
    """Takes chunks; ``pending`` is how many may be under way. Processes of our own start with the first chunk.

    They are started anew ("spawn"), the way that every system has, and renewed when one of them died. ``lasting``:
    whether more chunks can be given after a worker died, as to processes of our own and to a cluster.
    """

    def __init__(self, number: int | None = None, executor: Executor | None = None, work: Work = do) -> None:
        self.number = max(1, number or (FEW if executor is not None else usual_number()))
        self.own = executor is None
        self.lasting = self.own or getattr(executor, "lasting", False)
        self._executor = executor
        self._work = work

    @property
    def pending(self) -> int:
        """Chunks that may be under way: one for every worker and one waiting for it."""
        return 2 * self.number if self.parallel else 0

    @property
    def parallel(self) -> bool:
        """Whether chunks are worked off beside this process."""
        return not self.own or self.number > 1

    def submit(self, order: Order, chunk: Chunk, *, beside: bool = True) -> Future[list[Made]]:
        """Start a chunk; not ``beside``: in this process, at once."""
        if not (beside and self.parallel):
            done: Future[list[Made]] = Future()
            try:
                done.set_result(self._work(order, chunk))
            except Exception as fault:
                done.set_exception(fault)
            return done
        try:
            if not self.own and self._executor is not None:
                return self._executor.submit(self._work, order, chunk)
            if self._executor is None:
                self._executor = self._pool()
            with _interruptions_held_back():  # any chunk may begin a process, which nobody would know of and end
                return self._executor.submit(self._work, order, chunk)
        except BrokenExecutor as fault:
            broken: Future[list[Made]] = Future()
            broken.set_exception(fault)
            return broken

    def renew(self) -> None:
        """After a worker died: processes of our own are started anew, others are left to who owns them."""
        if self.own and self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def close(self) -> None:
        """End processes of our own, after what they are doing."""
        if self.own and self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def _pool(self) -> ProcessPoolExecutor:
        import multiprocessing

        return ProcessPoolExecutor(self.number, multiprocessing.get_context("spawn"), initializer=_begin)


@contextmanager
def _interruptions_held_back() -> Iterator[None]:
    """Processes begun within never see Ctrl-C, not even while they start; this one sees it afterwards."""
    if sys.platform == "win32":
        yield
        return
    import signal
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # would otherwise be begun within, and let interruptions through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """A worker leaves Ctrl-C to the process that gives it work, and does not outlive it."""
    import multiprocessing
    import signal
    import threading
    from multiprocessing.connection import wait

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent: Any = multiprocessing.parent_process()

    def follow() -> None:
        wait([parent.sentinel])
        os._exit(1)

    if parent is not None:
        threading.Thread(target=follow, daemon=True).start()
