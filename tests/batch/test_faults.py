"""Whatever happens, documents are whole or not there, and resuming gives the set of an undisturbed run."""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from planwriter.batch import destinations, drafts, executors
from planwriter.batch.destinations import Folder, Output, digest_of
from planwriter.batch.run import Batch, run
from planwriter.batch.running import Unit
from planwriter.batch.sources import jobs_from
from planwriter.batch.work import Chunk, Made, Order, do
from planwriter.diagnostic import FileError, PlanwriterError, Severity
from planwriter.files import TEMPORARY_SUFFIX
from tests.batch.villages import PATTERN, documents, shared, village, write_lines

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and file systems")
ROWS = 40


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    shared(tmp_path)
    write_lines(tmp_path / "名册.jsonl", (village(n // 2) for n in range(ROWS)))
    return tmp_path


def make(roster: Path, out: Path, **choices: Any) -> list[Unit]:
    settings = {"base": roster / "共用.yaml", "name": PATTERN, "workers": 1, "chunk": 9, **choices}
    return list(run(jobs_from([roster / "名册.jsonl"], base=True), out, **settings))


@pytest.fixture
def expected(roster: Path) -> dict[str, bytes]:
    make(roster, roster / "erwartet")
    return documents(roster / "erwartet")


def command(roster: Path, out: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "planwriter", "batch", str(roster / "名册.jsonl"), "--base", str(roster / "共用.yaml"),
            "--name", PATTERN, "-o", str(out), *options]  # fmt: skip


def visible(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in documents(folder).items() if not name.rpartition("/")[2].startswith(".")}


def assert_whole(out: Path, expected: dict[str, bytes]) -> None:
    found = visible(out) if out.exists() else {}
    assert {name: expected.get(name) for name in found} == found


@posix_only
@pytest.mark.parametrize("seed", range(4))
def test_kills_at_any_moment_lose_nothing(roster: Path, expected: dict[str, bytes], seed: int) -> None:
    """Processes are killed at random moments of their work: after so many documents, not after so much time."""
    luck, out = random.Random(seed), roster / "out"
    for _ in range(3):
        running = subprocess.Popen(command(roster, out, "--resume", "--jobs", "2"), start_new_session=True)
        wanted = luck.randrange(ROWS)
        while running.poll() is None and sum(1 for _ in out.rglob("*.docx")) <= wanted:
            time.sleep(0.002)
        os.killpg(running.pid, signal.SIGKILL) if running.poll() is None else None
        running.wait()
        assert_whole(out, expected)
    subprocess.run(command(roster, out, "--resume", "--jobs", "2"), check=True)
    assert documents(out) == expected


@posix_only
def test_workers_do_not_outlive_a_killed_run(roster: Path) -> None:
    out = roster / "out"
    write_lines(roster / "名册.jsonl", (village(n) for n in range(3000)))
    running = subprocess.Popen(command(roster, out, "--jobs", "2"), start_new_session=True)
    while not any(out.rglob("*.docx")):
        time.sleep(0.01)
    running.kill()
    running.wait()
    for _ in range(500):
        try:
            os.killpg(running.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGKILL)
    pytest.fail("workers are still there")


@posix_only
def test_ctrl_c_stops_cleanly(roster: Path) -> None:
    out = roster / "out"
    write_lines(roster / "名册.jsonl", (village(n) for n in range(3000)))
    running = subprocess.Popen(command(roster, out, "--jobs", "2"), start_new_session=True, stderr=subprocess.PIPE)
    while not any(out.rglob("*.docx")):
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    said = running.communicate()[1].decode()
    assert running.returncode == 130, said
    assert said.strip() == "已中断。"
    assert not [name for name in documents(out) if name.endswith(TEMPORARY_SUFFIX)]
    before = len(documents(out))
    assert 0 < before < 3000
    kept = sum(one.kept for one in make(roster, out, resume=True, workers=2))
    assert kept == before
    assert len(documents(out)) == 3000


FAILING = {"open": "open", "write": "write", "fsync": "fsync", "link": "link", "close": "close", "mkdir": "mkdir"}


def every_nth(call: str, stop: int, number: int, monkeypatch: pytest.MonkeyPatch, folder: Path) -> list[int]:
    """Let the ``stop``-th call of a system function on behalf of a document fail."""
    real: Callable[..., Any] = getattr(os, call)
    calls = [0]

    def failing(first: Any, *rest: Any, **named: Any) -> Any:
        paths = [str(one) for one in (first, *rest) if isinstance(one, str | os.PathLike)]
        if paths and not any(one.startswith(str(folder)) for one in paths):
            return real(first, *rest, **named)
        calls[0] += 1
        if calls[0] == stop:
            if call == "close":
                real(first)
            raise OSError(number, os.strerror(number))
        return real(first, *rest, **named)

    monkeypatch.setattr(os, call, failing)
    return calls


@posix_only
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=["full", "fault", "denied"])
@pytest.mark.parametrize("call", FAILING)
@pytest.mark.parametrize("unnamed", [True, False], ids=["unnamed", "named"])
def test_any_failing_system_call_is_survived(
    roster: Path, expected: dict[str, bytes], call: str, number: int, unnamed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not unnamed:
        monkeypatch.setattr(drafts, "_most_open", lambda: 0)
    for stop in (1, 2, 3, 8, 20, 41):
        out = roster / f"out-{stop}"
        with monkeypatch.context() as patch:
            every_nth(call, stop, number, patch, out)
            try:
                failed = sum(one.failed for one in make(roster, out))
            except PlanwriterError as refused:
                failed = len(refused.diagnostics)
        assert_whole(out, expected)
        if not failed:
            assert visible(out) == expected
        make(roster, out, resume=True)
        assert documents(out) == expected


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="Linux")
def test_documents_have_no_name_at_all_before_they_are_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is killed leaves nothing, and one that has few descriptors does its work with names beside."""
    seen: list[int] = []
    monkeypatch.setattr(destinations, "_syncfs", lambda: lambda _: seen.append(len(list(tmp_path.rglob("*.*")))))
    for at, most in enumerate((1000, 0, len([*Path("/proc/self/fd").iterdir()]) + 5)):
        monkeypatch.setattr(drafts, "_most_open", lambda most=most: most)
        names = [f"{at}/{n}.docx" for n in range(20)]
        assert not any(Folder(str(tmp_path)).write([Output(name, name.encode()) for name in names]))
        assert all((tmp_path / name).read_bytes() == name.encode() for name in names)
    assert (seen[0], seen[1]) == (0, 20 + 20)
    assert 40 < seen[2] < 60
    assert len(list(tmp_path.rglob("*.*"))) == 60


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="Linux")
def test_a_name_that_is_refused_to_a_file_without_one_is_given_to_one_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As security modules may have it; what stands there is kept all the same, and nothing else is left."""
    real = os.link

    def refusing(source: str, *rest: Any, **named: Any) -> None:
        if str(source).startswith("/proc/"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        real(source, *rest, **named)

    monkeypatch.setattr(os, "link", refusing)
    (tmp_path / "3.docx").write_bytes(b"older")
    for text in (b"new", b"new", b"newer"):
        told = Folder(str(tmp_path)).write([Output(f"{n}.docx", text) for n in range(10)])
        kept = {3} if text == b"new" else set(range(10))
        assert {n for n, said in enumerate(told) if [one.code for one in said] == ["batch-output-exists"]} == kept
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        f"{n}.docx": b"older" if n == 3 else b"new" for n in range(10)
    }


def test_a_full_disk_stops_the_run_and_says_how_to_go_on(roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = roster / "out"
    with monkeypatch.context() as patch, pytest.raises(FileError) as refused:
        every_nth("write", 12, errno.ENOSPC, patch, out)
        make(roster, out)
    assert [one.code for one in refused.value.diagnostics] == ["file-disk-full", "batch-stopped"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 200 kB, where this user may make one."""
    point = tmp_path / "klein"
    point.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(point)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("no file systems may be mounted here")
    yield point
    subprocess.run(["umount", str(point)], check=True)


@pytest.mark.skipif(not Path("/proc/mounts").exists(), reason="Linux")
def test_a_file_system_that_is_full_holds_whole_documents_only(
    roster: Path, expected: dict[str, bytes], small_disk: Path
) -> None:
    with pytest.raises(FileError):
        make(roster, small_disk / "out")
    assert 0 < len(visible(small_disk / "out")) < len(expected)
    assert_whole(small_disk / "out", expected)
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    make(roster, small_disk / "out", resume=True)
    assert documents(small_disk / "out") == expected


@pytest.mark.skipif(not Path("/proc/mounts").exists(), reason="Linux")
def test_a_disk_that_becomes_read_only_stops_the_run(
    roster: Path, expected: dict[str, bytes], small_disk: Path
) -> None:
    out, manifest = small_disk / "out", roster / "账"
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    jobs = jobs_from([roster / "名册.jsonl"], base=True)
    units = run(jobs, out, base=roster / "共用.yaml", name=PATTERN, workers=1, chunk=9, manifest=manifest)
    next(units)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(FileError) as refused:
        list(units)
    assert [one.code for one in refused.value.diagnostics] == ["file-read-only", "batch-stopped"]
    assert_whole(out, expected)
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    make(roster, out, resume=True, manifest=manifest)
    assert documents(out) == expected


@posix_only
def test_a_folder_that_cannot_be_written_is_told(roster: Path) -> None:
    for output in (Path("/proc/nichts/out"), roster / "名册.jsonl", roster / "fehlt" / "out"):
        with pytest.raises(FileError):
            make(roster, output)


DEADLY = "CANARY000007"


def deadly(order: Order, chunk: Chunk) -> list[Made]:
    """The work, except that one village kills its worker."""
    if any(DEADLY in str(task.job.form) for task in chunk.tasks):
        os._exit(9)
    return do(order, chunk)


def test_a_row_that_kills_its_worker_is_named_and_harms_no_other(
    roster: Path, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = executors.Workers.__init__
    monkeypatch.setattr(executors.Workers, "__init__", lambda self, n, e: real(self, n, e, deadly))
    units = make(roster, roster / "out", workers=2)
    assert [one.entry.number for one in units] == list(range(1, ROWS + 1))
    assert {one.entry.at: [d.code for d in one.diagnostics] for one in units if one.failed} == {
        "第15行": ["batch-worker-died"], "第16行": ["batch-worker-died"]
    }  # fmt: skip
    monkeypatch.undo()
    assert sum(not one.kept for one in make(roster, roster / "out", resume=True)) == 2
    assert documents(roster / "out") == expected


class Broken(ThreadPoolExecutor):
    """Somebody's executor that breaks with its third chunk."""

    taken = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.taken += 1
        if self.taken > 2:
            raise BrokenProcessPool("gone")
        return super().submit(fn, *args, **kwargs)


def test_an_executor_that_breaks_stops_the_run_and_resume_goes_on(roster: Path, expected: dict[str, bytes]) -> None:
    with Broken(2) as executor, pytest.raises(FileError) as refused:
        make(roster, roster / "out", executor=executor)
    assert refused.value.diagnostics[0].code == "batch-executor-broken"
    assert any(one.kept for one in make(roster, roster / "out", resume=True))
    assert documents(roster / "out") == expected


def test_bytes_are_synced_before_names_and_names_at_once_only_where_something_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    monkeypatch.setattr(destinations, "_syncfs", lambda: lambda _: seen.append(len(list(tmp_path.rglob("*.docx")))))
    folder, names = Folder(str(tmp_path)), [f"{n % 2}镇/{n}.docx" for n in range(10)]
    folder.write([Output(name, b"old") for name in names])
    assert seen == [0]
    folder.settle()
    assert seen == [0, 10]
    folder.write([Output(name, b"new", f"x {digest_of(b'old')}") for name in names])
    assert seen == [0, 10, 10, 10]
    assert {path.read_bytes() for path in tmp_path.rglob("*.docx")} == {b"new"}
    Folder(str(tmp_path), apart=True).write([Output(f"{n % 2}镇/新{n}.docx", b"new") for n in range(10)])
    assert seen[4:] == [10, 20]


def test_a_clock_that_jumps_changes_nothing(
    roster: Path, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    luck = random.Random(1)
    monkeypatch.setattr(time, "time", lambda: luck.uniform(-1e9, 4e9))
    units = make(roster, roster / "out")
    assert documents(roster / "out") == expected
    assert all(0 <= one.entry.seconds < 1000 for one in units)


def test_an_output_folder_that_vanishes_meanwhile_is_told(roster: Path) -> None:
    out = roster / "out"
    with Batch(jobs_from([roster / "名册.jsonl"], base=True), out, base=roster / "共用.yaml", name=PATTERN, workers=1,
               chunk=9) as batch:  # fmt: skip
        units = batch.units()
        assert not next(units).failed
        out.rename(roster / "weg")
        with pytest.raises(FileError) as refused:
            list(units)
    assert [one.code for one in refused.value.diagnostics] == ["file-no-folder", "batch-stopped"]
    (roster / "weg").rename(out)
    assert sum(one.kept for one in make(roster, out, resume=True)) >= 8


@pytest.mark.parametrize(
    ("rows", "lost", "code"),
    [
        ('甲村,2027年\n"乙村,2027年\n丙村,2027年\n', 3, "form-open-quote"),
        ('甲村,2027年\n"乙村"x,2027年\n丙村,2027年\n', 3, "form-after-quote"),
    ],
)
def test_rows_of_a_roster_that_cannot_be_read_stand_in_the_list(
    tmp_path: Path, rows: str, lost: int, code: str
) -> None:
    base = shared(tmp_path, "单位: {{单位}}\n期间: 2027年\n主要任务: 修路\n")
    (tmp_path / "名册.csv").write_text("单位,期间\n" + rows, encoding="utf-8")
    units = list(run(jobs_from([tmp_path / "名册.csv"], base=True), tmp_path / "out", base=base, workers=1))
    (told,) = [one for unit in units for one in unit.diagnostics if one.severity is Severity.ERROR]
    assert (told.code, told.place and told.place.line) == (code, lost)
    assert len(documents(tmp_path / "out")) == len(units) - 1


def slow(_order: object, _chunk: object) -> list[Made]:
    """What keeps a worker busy, so that the next chunk begins another."""
    time.sleep(1)
    return []


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interruption_while_a_process_begins_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that began unknown to the executor would wait for work for ever, and this process for it."""
    order: Any = None
    workers = executors.Workers(2, work=slow)
    workers.submit(order, order)
    begin = BaseProcess.start

    def begin_and_interrupt(process: BaseProcess) -> None:
        begin(process)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(BaseProcess, "start", begin_and_interrupt)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            workers.submit(order, order)
    finally:
        signal.signal(signal.SIGINT, before)
    assert workers._executor is not None
    known = getattr(workers._executor, "_processes")  # noqa: B009  the library tells it nowhere else
    strays = [one for one in multiprocessing.active_children() if one.pid not in known]
    for one in strays:
        one.kill()
    workers.close()
    assert strays == []
