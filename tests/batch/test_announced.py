"""A run that is killed between a document's name and its line in the manifest: the next run knows it as a run's own."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planwriter.batch import announced, work
from planwriter.batch.manifest import NAME, Manifest
from planwriter.batch.run import run
from planwriter.batch.sources import jobs_from
from planwriter.batch.whole import Summary, batch
from tests.batch.villages import PATTERN, documents, shared, village, write_lines

OUT = Path("出")
ROWS = 60
KILLED = """
import os, signal, sys
from planwriter.batch.manifest import Manifest
from planwriter.cli import main
Manifest.settle = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    main()
"""
"""The command, which kills itself when the first documents have their names and none of them is noted."""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shared(tmp_path)
    write(range(ROWS))
    Path("killed.py").write_text(KILLED, encoding="utf-8")


def write(numbers: range, **columns: str) -> None:
    write_lines(Path("名册.jsonl"), [village(n, **columns) for n in numbers])


def make(out: str | Path = OUT, **choices: object) -> Summary:
    settings = {"base": "共用.yaml", "name": PATTERN, "workers": 1, "resume": True, **choices}
    return batch(["名册.jsonl"], out, **settings)  # type: ignore[arg-type]


def announcements(folder: Path = OUT) -> list[Path]:
    return sorted(folder.glob(f"{NAME}-announced-*"))


def kill(*options: str) -> dict[str, bytes]:
    """A run that is killed; the documents that it leaves."""
    command = [sys.executable, "killed.py", "batch", "名册.jsonl", "--base", "共用.yaml", "--name", PATTERN]
    running = subprocess.Popen([*command, "-o", str(OUT), *options], start_new_session=True)
    assert running.wait() == -signal.SIGKILL
    with contextlib.suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)  # its workers would end by themselves, a little later
    left = {name: data for name, data in documents(OUT).items() if name.endswith(".docx")}
    assert left
    assert announcements()
    return left


needs_kills = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@needs_kills
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_rows_that_were_edited_after_a_kill_get_their_new_documents(jobs: str) -> None:
    left = kill("--jobs", jobs)
    write(range(ROWS), 公里="77")
    summary = make()
    assert (summary.failed, summary.written, summary.left) == (0, ROWS, 0)
    make("neu")
    found = documents(OUT)
    assert found == documents(Path("neu"))
    assert all(found[name] != data for name, data in left.items())
    assert not announcements()


@needs_kills
def test_a_second_kill_and_a_second_edit_lose_nothing_either() -> None:
    kill("--jobs", "2")
    write(range(ROWS), 公里="77")
    kill("--jobs", "2", "--resume")
    write(range(ROWS), 公里="78")
    assert make().failed == 0
    make("neu")
    assert documents(OUT) == documents(Path("neu"))


@needs_kills
def test_what_somebody_edited_meanwhile_is_kept_and_told() -> None:
    edited, taken, longer = list(kill())[:3]
    old = Path(OUT, edited).read_bytes()
    Path(OUT, edited).write_bytes(b"x" + old[1:])
    Path(OUT, longer).write_bytes(old + b"x")
    Path(OUT, taken).unlink()
    Path(OUT, taken).symlink_to(Path("名册.jsonl").absolute())
    write(range(ROWS), 公里="77")
    summary = make()
    assert {(one.entry.output, one.diagnostics[0].code) for one in summary.failures} == {
        (name, "batch-output-exists") for name in (edited, taken, longer)
    }
    assert Path(OUT, edited).read_bytes() == b"x" + old[1:]
    assert Path(OUT, longer).read_bytes() == old + b"x"
    assert Path("名册.jsonl").read_text(encoding="utf-8").count("\n") == ROWS


@needs_kills
def test_documents_whose_rows_are_gone_after_a_kill_are_told() -> None:
    left = kill()
    write(range(100, 100 + ROWS))
    summary = make()
    assert (summary.failed, summary.left) == (0, len(left))
    assert {name: data for name, data in documents(OUT).items() if name in left} == left


@needs_kills
def test_a_file_that_only_has_a_name_that_was_announced_is_nobodys() -> None:
    left = kill()
    for name in left:
        Path(OUT, name).write_bytes(b"mine")
    write(range(100, 100 + ROWS))
    assert make().left == 0


@needs_kills
def test_announcements_that_were_not_written_to_their_end_are_no_matter() -> None:
    left = kill()
    for number, path in enumerate(announcements()):
        path.write_bytes([path.read_bytes()[:-30], b"\xff\n[1]\n", b""][number % 3])
    Path(OUT, f"{NAME}-announced-x").write_bytes(b'["../x",1]\n{}\n7\n')
    summary = make()
    assert (summary.failed, summary.written) == (0, ROWS)
    assert {name: data for name, data in documents(OUT).items() if name in left} == left


def test_announcements_are_few_and_go_with_the_run() -> None:
    write(range(400))
    most = 0

    def count(_: Any) -> None:
        nonlocal most
        most = max(most, len(announcements()))

    units = list(run(jobs_from(["名册.jsonl"], base=True), OUT, base="共用.yaml", name=PATTERN, workers=2, chunk=10, on_event=count))  # fmt: skip
    assert len(units) == 400
    assert 0 < most <= 10
    assert not announcements()


def test_an_interrupted_run_leaves_no_announcement_of_what_it_noted() -> None:
    write(range(400))
    units = run(jobs_from(["名册.jsonl"], base=True), OUT, base="共用.yaml", name=PATTERN, workers=2, chunk=10)
    next(units)
    units.close()
    assert not announcements()
    assert make().failed == 0


def test_documents_are_written_where_nothing_can_be_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announced, "announcement", lambda *_: Path("不在", "x"))
    assert make().written == ROWS


class Killed(BaseException):
    """Ends a run in this process as a kill would."""


def killed_here(make: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    def settle(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Manifest, "settle", settle)
        with pytest.raises(Killed):
            make()


def test_documents_in_a_store_are_known_too(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fsspec")
    store = "memory://桶/announced"
    killed_here(lambda: make(store, manifest="清单"), monkeypatch)
    assert announcements(Path("清单"))
    write(range(ROWS), 公里="77")
    summary = make(store, manifest="清单")
    assert (summary.failed, summary.written) == (0, ROWS)
    assert not announcements(Path("清单"))


def test_workers_of_other_machines_announce_into_the_shared_folder_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures import ThreadPoolExecutor

    seen: list[str] = []
    monkeypatch.setattr(work, "announce", lambda folder, *_: seen.append(folder))
    with ThreadPoolExecutor(1) as machine:
        make(executor=machine)
        assert set(seen) == {str(OUT.absolute())}
        seen.clear()
        make("memory://桶/apart", manifest="清单2", executor=machine)
        assert not seen
