"""Any executor will do that takes a function and gives back a future, such as that of MPI: only bytes go to it."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from planwriter.batch.run import run
from planwriter.batch.running import Unit
from planwriter.batch.sources import jobs_from
from planwriter.diagnostic import FileError
from tests.batch.villages import PATTERN, documents, shared, village, write_lines

ROWS = 60


def serve(wire: Connection) -> None:
    """A rank that works: pickled calls in, pickled results out, until there is nothing more."""
    while packed := wire.recv_bytes():
        call, args, named = pickle.loads(packed)
        try:
            answer = (True, call(*args, **named))
        except Exception as fault:
            answer = (False, fault)
        wire.send_bytes(pickle.dumps(answer))


class Rank:
    """A process started anew that shares nothing with this one but a wire."""

    def __init__(self) -> None:
        self.wire, other = multiprocessing.get_context("spawn").Pipe()
        self.process = multiprocessing.get_context("spawn").Process(target=serve, args=(other,), daemon=True)
        self.process.start()
        other.close()

    def ask(self, packed: bytes) -> Any:
        self.wire.send_bytes(packed)
        good, answer = pickle.loads(self.wire.recv_bytes())
        if not good:
            raise answer
        return answer

    def close(self) -> None:
        self.wire.send_bytes(b"")
        self.process.join()
        self.wire.close()


class Ranks(Executor):
    """Somebody's executor, as MPIPoolExecutor is one: nothing of ``concurrent.futures`` but ``submit``."""

    def __init__(self, number: int) -> None:
        self._ranks = [Rank() for _ in range(number)]
        self._threads = [ThreadPoolExecutor(1) for _ in range(number)]
        self.asked = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        at = self.asked % len(self._ranks)
        self.asked += 1
        return self._threads[at].submit(self._ranks[at].ask, pickle.dumps((fn, args, kwargs)))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        for threads, rank in zip(self._threads, self._ranks, strict=True):
            threads.shutdown(wait=True, cancel_futures=cancel_futures)
            rank.close()


@pytest.fixture
def ranks() -> Iterator[Ranks]:
    with Ranks(2) as made:
        yield made


@pytest.fixture
def roster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shared(tmp_path)
    rows = [village(n, 成文日期="2027年2月30日" if n == 17 else "") for n in range(ROWS)]
    return write_lines(tmp_path / "名册.jsonl", rows)


def make(roster: Path, out: str, **choices: Any) -> list[Unit]:
    settings = {"base": "共用.yaml", "name": PATTERN, **choices}
    return list(run(jobs_from([roster], base=True), out, **settings))


def test_ranks_in_other_processes_give_the_same_units_and_bytes(roster: Path, ranks: Ranks) -> None:
    here = make(roster, "这里", workers=1)
    there = make(roster, "那里", executor=ranks, workers=2, chunk=7)
    assert [(u.entry.output, u.entry.content, u.diagnostics) for u in there] == [
        (u.entry.output, u.entry.content, u.diagnostics) for u in here
    ]
    assert [u.entry.number for u in there if u.failed] == [18]
    assert documents(Path("那里")) == documents(Path("这里"))
    assert ranks.asked > 6


def test_a_fault_on_a_rank_is_told_here_in_words(roster: Path, ranks: Ranks) -> None:
    units = run(jobs_from([roster], base=True), "那里", base="共用.yaml", name=PATTERN, executor=ranks, chunk=7)
    next(units)
    Path("那里").rename("别处")
    with pytest.raises(FileError) as refused:
        list(units)
    assert [one.code for one in refused.value.diagnostics] == ["file-no-folder", "batch-stopped"]
