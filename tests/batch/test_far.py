"""Sources and outputs at addresses: the same documents as in a folder, each whole or not at all."""

from __future__ import annotations

import pickle
import zipfile
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, ClassVar

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from planwriter.batch import stores
from planwriter.batch.addresses import is_address, shown
from planwriter.batch.destinations import digest_of
from planwriter.batch.pacing import AIM, FIRST, Pace
from planwriter.batch.parcels import Carrier
from planwriter.batch.stores import ATTEMPTS, Store
from planwriter.batch.whole import Summary, batch
from planwriter.diagnostic import UsageError
from tests.batch.villages import PATTERN, documents, shared, village, write_lines

ROWS = 30


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryFileSystem]:
    """An empty memory, and no pauses between attempts."""
    monkeypatch.setattr(stores, "_FIRST_PAUSE", 0.0)
    MemoryFileSystem.store.clear()
    yield MemoryFileSystem()
    MemoryFileSystem.store.clear()


@pytest.fixture
def roster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shared(tmp_path)
    return write_lines(tmp_path / "名册.jsonl", (village(n) for n in range(ROWS)))


def make(output: str | Path, *sources: str | Path, **choices: Any) -> Summary:
    settings = {"base": "共用.yaml", "name": PATTERN, "workers": 1, **choices}
    return batch(sources or ("名册.jsonl",), output, **settings)


@pytest.fixture
def expected(roster: Path) -> dict[str, bytes]:
    make("这里", zipped=True, merged=True, report=True)
    return documents(Path("这里"))


def held(prefix: str = "/桶/2027/") -> dict[str, bytes]:
    store = MemoryFileSystem.store
    return {path.removeprefix(prefix): bytes(one.getvalue()) for path, one in store.items() if path.startswith(prefix)}


@pytest.mark.parametrize(
    ("named", "address"),
    [
        ("s3://b/p", True),
        ("zip://*.yaml::file:///a.zip", True),
        ("C:\\表", False),
        ("C://表", False),
        ("表.yaml", False),
    ],
)
def test_addresses_are_told_from_paths(named: str, address: bool) -> None:
    assert is_address(named) is address


def test_no_password_is_told() -> None:
    assert shown("sftp://用户:秘密@主机/表") == "sftp://用户@主机/表"


def test_a_store_gets_what_a_folder_gets_with_all_further_files(expected: dict[str, bytes]) -> None:
    summary = make("memory://桶/2027", zipped=True, merged=True, report=True)
    assert held() == expected
    assert "memory://桶/2027/第0镇.zip" in summary.files
    assert [one.code for one in summary.told] == ["batch-manifest-here"]
    assert sorted(path.name for path in Path("清单-memory-桶-2027").iterdir() if not path.is_dir()) == [
        ".planwriter.sqlite"
    ]
    again = make("memory://桶/2027", zipped=True, merged=True, report=True, resume=True)
    assert (again.written, again.kept, held()) == (0, ROWS, expected)


def test_a_file_address_is_a_folder_with_its_manifest(roster: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    make((tmp_path / "出").as_uri(), roster.as_uri(), zipped=True, merged=True, report=True)
    assert documents(tmp_path / "出") == expected
    assert (tmp_path / "出" / ".planwriter.sqlite").exists()


def test_resuming_makes_what_is_missing_there_and_keeps_what_others_put(
    roster: Path, memory: MemoryFileSystem, tmp_path: Path
) -> None:
    make("memory://桶/2027", manifest="账")
    before = held()
    gone, foreign = sorted(before)[:2]
    memory.rm_file(f"/桶/2027/{gone}")
    memory.pipe_file(f"/桶/2027/{foreign}", b"edited")
    summary = make("memory://桶/2027", manifest="账", resume=True)
    assert (summary.written, summary.kept, summary.failed) == (1, ROWS - 2, 1)
    assert summary.failures[0].diagnostics[0].code == "batch-output-exists"
    assert held() == before | {foreign: b"edited"}
    assert make("memory://桶/2027", manifest="账", force=True).failed == 0
    assert held() == before


def test_a_lost_manifest_loses_and_overwrites_nothing(roster: Path) -> None:
    make("memory://桶/2027", manifest="一")
    before = held()
    summary = make("memory://桶/2027", manifest="二")
    assert (summary.written, summary.failed) == (ROWS, 0)
    assert held() == before


def test_sources_and_the_shared_form_may_be_far_away(roster: Path, memory: MemoryFileSystem) -> None:
    make("这里")
    memory.pipe_file("/桶/名册.jsonl", roster.read_bytes())
    memory.pipe_file("/桶/共用.yaml", Path("共用.yaml").read_bytes())
    make("那里", "memory://桶/名册.jsonl", base="memory://桶/共用.yaml")
    assert documents(Path("那里")) == documents(Path("这里"))


def test_forms_of_a_folder_a_pattern_and_a_zip_far_away(tmp_path: Path, memory: MemoryFileSystem) -> None:
    form = "单位: 某县妇联\n期间: 2027年\n主要任务:\n  - 标题: {}\n    正文: 铺路。\n"
    names = ["甲镇/一.yaml", "甲镇/二.yaml", "乙.yaml"]
    with zipfile.ZipFile(tmp_path / "报送.zip", "w") as archive:
        for name in names:
            archive.writestr(name, form.format(name[-6]))
    for name in names:
        memory.pipe_file(f"/报送/{name}", form.format(name[-6]).encode())
    memory.pipe_file("/报送/说明.txt", b"x")
    zipped = f"zip://::file://{tmp_path / '报送.zip'}"
    for number, source in enumerate(["memory://报送", zipped]):
        assert make(tmp_path / str(number), source, base=None, name=None).written == 3
    assert sorted(documents(tmp_path / "0")) == ["乙.docx", "甲镇/一.docx", "甲镇/二.docx"]
    assert documents(tmp_path / "0") == documents(tmp_path / "1")
    assert make(tmp_path / "2", "memory://报送/甲镇/*.yaml", base=None, name=None).written == 2


UNLUCKY = digest_of("7号村2027年工作计划.docx".encode())


class Broken(MemoryFileSystem):
    """A store whose puts fail: the first so many of every name, those of one unlucky document always."""

    protocol = "broken"
    cachable = False
    faults = 0
    tried: ClassVar[dict[str, int]] = {}

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **kwargs: Any) -> None:
        path = self._strip_protocol(path)
        name = path.rpartition("/")[2]
        Broken.tried[name] = Broken.tried.get(name, 0) + 1
        if Broken.tried[name] <= Broken.faults or UNLUCKY in path:
            super().pipe_file(path, value[: len(value) // 2])
            raise ConnectionResetError("gone")
        super().pipe_file(path, value, mode=mode)

    @classmethod
    def _strip_protocol(cls, path: Any) -> Any:
        return MemoryFileSystem._strip_protocol(str(path).replace("broken://", "memory://"))


@pytest.fixture
def broken() -> type[Broken]:
    fsspec.register_implementation("broken", Broken, clobber=True)
    Broken.tried, Broken.faults = {}, 0
    return Broken


def test_where_files_grow_a_broken_put_leaves_nothing_half(roster: Path, broken: type[Broken]) -> None:
    """One document breaks off halfway whenever it is put: its draft is taken away again. It fails by name."""
    make("这里")
    whole = documents(Path("这里"))
    summary = make("broken://桶/2027")
    assert [(one.entry.unit, one.diagnostics[0].code) for one in summary.failures] == [
        ("第1镇7号村村民委员会", "batch-far-fault")
    ]
    assert held() == {name: data for name, data in whole.items() if "/7号村" not in name}


def test_a_put_is_tried_so_often_and_not_more(roster: Path, broken: type[Broken]) -> None:
    """An object store: the name itself is put again until it is whole."""
    outputs = [stores.Output(f"{n}.docx", b"whole" * 9) for n in (1, 2)]
    broken.faults = ATTEMPTS
    protected = pytest.MonkeyPatch()
    with protected.context() as patch:
        patch.setattr(stores, "WHOLE_PUTS", frozenset({"broken"}))
        patch.setattr(broken, "pipe_file", failing := _Failing())
        told = Store("broken://桶").write(outputs)
    assert [one[0].code for one in told] == ["batch-far-fault"] * 2
    assert ATTEMPTS < failing.calls <= 2 * ATTEMPTS


class _Failing:
    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, *args: Any, **named: Any) -> None:
        self.calls += 1
        raise TimeoutError


@pytest.mark.parametrize("address", ["zip://a::memory://b.zip", "nosuch://b", "http://127.0.0.1/x"])
def test_an_address_that_cannot_be_written_to_is_refused_in_words(roster: Path, address: str) -> None:
    with pytest.raises(UsageError) as refused:
        make(address)
    assert refused.value.diagnostics[0].hint


class Wire(Executor):
    """An executor of one worker beyond a wire: whatever goes over it is pickled and kept to be looked at."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def submit(self, call: Any, /, *args: Any, **named: Any) -> Future[Any]:
        self.sent.append(pickle.dumps((call, args, named)))
        done: Future[Any] = Future()
        back, arguments, _ = pickle.loads(self.sent[-1])
        try:
            done.set_result(back(*arguments))
        except Exception as fault:
            done.set_exception(fault)
        return done


def test_what_all_share_travels_once_and_again_to_a_worker_that_lacks_it(
    roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from planwriter.batch import parcels

    make("这里")
    wire, words = Wire(), "铺水泥路".encode()
    make("那里", executor=wire, chunk=3)
    heavy = [words in sent for sent in wire.sent]
    assert len(heavy) > 6
    assert heavy == [True] + [False] * (len(heavy) - 1) or sum(heavy) <= 4
    parcels._kept.clear()
    fresh = Wire()
    real = Carrier.__init__
    monkeypatch.setattr(Carrier, "__init__", lambda self, executor, number: real(self, executor, 0))
    make("再一处", executor=fresh, chunk=3)
    assert [words in sent for sent in fresh.sent][:3] == [False, True, False]
    assert sum(words in sent for sent in fresh.sent) == 1
    assert documents(Path("那里")) == documents(Path("再一处")) == documents(Path("这里"))


def test_a_worker_of_another_version_is_refused(roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from planwriter.batch import parcels
    from planwriter.diagnostic import FileError

    real = parcels.unpacked
    monkeypatch.setattr(parcels, "unpacked", lambda work, parcel: real(work, parcels.replace(parcel, version="0.0")))

    class Here(Executor):
        def submit(self, call: Any, /, *args: Any, **named: Any) -> Future[Any]:
            done: Future[Any] = Future()
            try:
                done.set_result(call(*args))
            except Exception as fault:
                done.set_exception(fault)
            return done

    with pytest.raises(FileError) as refused:
        make("那里", executor=Here())
    assert refused.value.diagnostics[0].code == "batch-worker-version"


def test_chunks_grow_with_the_link_and_stay_within_seconds_and_bytes() -> None:
    near, slow, heavy = Pace(), Pace(), Pace()
    assert near.size == FIRST
    near.note(away=0.081, worked=0.08, units=8, carried=800)
    slow.note(away=0.28, worked=0.08, units=8, carried=800)
    heavy.note(away=0.28, worked=0.08, units=8, carried=8 * 2**20)
    assert near.size == int(AIM / 2 / 0.01)
    assert slow.size == int(2 * AIM / 0.01)
    assert heavy.size == 4
