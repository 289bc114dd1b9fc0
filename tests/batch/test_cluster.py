"""Many machines, for real: a cluster of two worker processes, and an S3 server, both on loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planwriter.batch.whole import Summary, batch
from planwriter.diagnostic import FileError
from tests.batch.villages import PATTERN, documents, shared, village, write_lines

ROWS = 80


@pytest.fixture
def roster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shared(tmp_path)
    return write_lines(tmp_path / "名册.jsonl", (village(n) for n in range(ROWS)))


def make(output: str | Path, **choices: Any) -> Summary:
    settings = {"base": "共用.yaml", "name": PATTERN, **choices}
    return batch(["名册.jsonl"], output, **settings)


@pytest.fixture
def expected(roster: Path) -> dict[str, bytes]:
    make("这里", workers=1)
    return documents(Path("这里"))


@pytest.fixture
def cluster() -> Iterator[Any]:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as made:
        yield made


def worker_pids(cluster: Any) -> list[int]:
    return [nanny.process.pid for nanny in cluster.workers.values()]


def test_a_cluster_gives_the_same_documents_though_a_worker_is_killed(expected: dict[str, bytes], cluster: Any) -> None:
    pids, killed = worker_pids(cluster), threading.Event()
    assert len(pids) == 2

    def kill(progress: Any) -> None:
        if progress.written and not killed.is_set():
            killed.set()
            os.kill(pids[0], signal.SIGKILL)

    summary = make("那里", dask=cluster.scheduler_address, on_event=kill, chunk=5)
    assert killed.is_set()
    assert (summary.written, summary.failed) == (ROWS, 0)
    found = documents(Path("那里"))
    assert {name: data for name, data in found.items() if not name.rpartition("/")[2].startswith(".")} == expected


def test_a_scheduler_that_does_not_answer_is_told(roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from planwriter.batch import clusters

    monkeypatch.setattr(clusters, "_PATIENCE", 1)
    with pytest.raises(FileError) as refused:
        make("那里", dask="tcp://127.0.0.1:9")
    assert refused.value.diagnostics[0].code == "batch-no-cluster"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket of an S3 server of our own on loopback; the address of a prefix in it."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    s3fs.S3FileSystem().mkdir(name := f"bucket-{port}")
    yield f"s3://{name}/2027"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


def held(address: str) -> dict[str, bytes]:
    import s3fs

    far, prefix = s3fs.S3FileSystem(), address.removeprefix("s3://") + "/"
    far.invalidate_cache()
    return {path.removeprefix(prefix): far.cat_file(path) for path in far.find(prefix)}


def command(output: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "planwriter", "batch", "名册.jsonl", "--base", "共用.yaml", "--name", PATTERN,
            "-o", output, "--manifest", "账", *options]  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="process groups")
def test_an_s3_server_gets_the_same_bytes_also_after_a_kill(expected: dict[str, bytes], bucket: str) -> None:
    """Two processes put into the bucket, all are killed on the way; resuming makes what is missing and no more."""
    import s3fs

    running = subprocess.Popen(command(bucket, "--jobs", "2"), start_new_session=True)
    far = s3fs.S3FileSystem()
    while running.poll() is None and not _any(far, bucket):
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    broken = held(bucket)
    assert 0 < len(broken) < ROWS
    assert broken == {name: expected[name] for name in broken}
    done = subprocess.run(command(bucket, "--resume", "--jobs", "1"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert held(bucket) == expected
    far.rm_file(f"{bucket}/{min(expected)}")
    again = make(bucket, manifest="账", resume=True, workers=1)
    assert (again.written, again.kept) == (1, ROWS - 1)
    assert held(bucket) == expected


def test_machines_of_a_cluster_put_into_a_bucket_themselves(
    expected: dict[str, bytes], bucket: str, cluster: Any
) -> None:
    """The bucket is there before the workers are, so they have its keys in their environment."""
    first = make(bucket, dask=cluster.scheduler_address, manifest="账", chunk=9)
    assert (first.written, first.failed) == (ROWS, 0)
    assert held(bucket) == expected
    again = make(bucket, dask=cluster.scheduler_address, manifest="账", resume=True)
    assert (again.written, again.kept) == (0, ROWS)


def _any(far: Any, address: str) -> bool:
    far.invalidate_cache()
    try:
        return bool(far.find(address))
    except FileNotFoundError:
        return False


def test_a_bucket_that_is_not_there_is_told_unit_by_unit(roster: Path, bucket: str) -> None:
    write_lines(roster, (village(n) for n in range(3)))
    summary = make("s3://nowhere/2027", workers=1)
    assert (summary.written, summary.failed) == (0, 3)
    assert {one.diagnostics[0].code for one in summary.failures} == {"batch-far-missing"}
