"""Files are read with a bound, and written whole or not at all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from planwriter import files
from planwriter.diagnostic import FileError, UsageError
from planwriter.files import check_output, read_bytes, write_whole

Patch = pytest.MonkeyPatch
NEW, OLD = b"new " * 1000, b"old"
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file system")


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def refuse(number: int) -> object:
    def refusing(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refusing


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    target = tmp_path / "计划.docx"
    write_whole(target, NEW)
    assert read_bytes(target) == NEW
    assert names(tmp_path) == ["计划.docx"]


def test_an_empty_file_can_be_written(tmp_path: Path) -> None:
    write_whole(tmp_path / "空", b"")
    assert read_bytes(tmp_path / "空") == b""


def test_a_missing_file_is_named_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        read_bytes(tmp_path / "没有.yaml")
    [found] = caught.value.diagnostics
    assert (found.code, found.message) == ("file-missing", "读不了这个文件：文件不存在")
    assert found.place is not None and found.place.file == str(tmp_path / "没有.yaml")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        read_bytes(tmp_path)
    assert caught.value.diagnostics[0].code in ("file-is-folder", "file-denied")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
def test_a_file_one_may_not_read_says_so(tmp_path: Path, monkeypatch: Patch, number: int) -> None:
    monkeypatch.setattr(Path, "open", refuse(number))
    with pytest.raises(FileError) as caught:
        read_bytes(tmp_path / "密.yaml")
    assert caught.value.diagnostics[0].message == "读不了这个文件：没有权限"


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "大").write_bytes(b"x" * 11)
    assert len(read_bytes(tmp_path / "大", limit=11)) == 11
    with pytest.raises(FileError) as caught:
        read_bytes(tmp_path / "大", limit=10)
    assert caught.value.diagnostics[0].code == "file-too-large"


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_a_name_the_system_cannot_hold_is_refused(tmp_path: Path, name: str) -> None:
    for attempt in (lambda: read_bytes(tmp_path / name), lambda: write_whole(tmp_path / name, NEW)):
        with pytest.raises(FileError) as caught:
            attempt()
        assert caught.value.diagnostics[0].code == "file-bad-name"


def test_nothing_existing_is_overwritten_without_force(tmp_path: Path) -> None:
    target = tmp_path / "旧.docx"
    target.write_bytes(OLD)
    with pytest.raises(UsageError) as caught:
        write_whole(target, NEW)
    assert caught.value.exit_status == 2
    assert "--force" in (caught.value.diagnostics[0].hint or "")
    assert target.read_bytes() == OLD
    assert names(tmp_path) == ["旧.docx"]


def test_force_overwrites(tmp_path: Path) -> None:
    target = tmp_path / "旧.docx"
    target.write_bytes(OLD)
    write_whole(target, NEW, force=True)
    assert target.read_bytes() == NEW
    assert names(tmp_path) == ["旧.docx"]


@posix_only
def test_a_replaced_file_stays_as_private_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "旧.docx"
    target.write_bytes(OLD)
    target.chmod(0o600)
    write_whole(target, NEW, force=True)
    assert target.stat().st_mode & 0o777 == 0o600


@posix_only
def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_whole(tmp_path / "新", NEW)
    finally:
        os.umask(old)
    assert (tmp_path / "新").stat().st_mode & 0o777 == 0o640


def test_a_file_that_appears_while_writing_is_not_overwritten(tmp_path: Path, monkeypatch: Patch) -> None:
    target = tmp_path / "计划.docx"
    sync = os.fsync

    def someone_else_writes(descriptor: int) -> None:
        sync(descriptor)
        target.write_bytes(OLD)

    monkeypatch.setattr(os, "fsync", someone_else_writes)
    with pytest.raises(UsageError):
        write_whole(target, NEW)
    assert target.read_bytes() == OLD
    assert names(tmp_path) == ["计划.docx"]


@posix_only
@pytest.mark.parametrize("force", [False, True])
def test_a_symbolic_link_is_never_written_through(tmp_path: Path, force: bool) -> None:
    behind, link = tmp_path / "别处", tmp_path / "链接"
    behind.write_bytes(OLD)
    link.symlink_to(behind)
    if force:
        write_whole(link, NEW, force=True)
        assert not link.is_symlink()
        assert link.read_bytes() == NEW
    else:
        with pytest.raises(UsageError):
            write_whole(link, NEW)
    assert behind.read_bytes() == OLD


@posix_only
@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("linked", [False, True])
def test_a_pipe_or_device_is_never_replaced(tmp_path: Path, force: bool, linked: bool) -> None:
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    for special in (pipe, Path("/dev/null")):
        target = tmp_path / "链接" if linked else special
        if linked:
            target.unlink(missing_ok=True)
            target.symlink_to(special)
        with pytest.raises(FileError) as caught:
            write_whole(target, NEW, force=force)
        assert caught.value.diagnostics[0].message == "写不了这个文件：这是设备或管道，不是普通文件"
        assert special.is_fifo() or special.is_char_device()
        assert target.is_symlink() == linked


@posix_only
def test_a_link_to_a_folder_is_not_replaced_and_one_to_nothing_is(tmp_path: Path) -> None:
    link = tmp_path / "链接"
    link.symlink_to(tmp_path)
    with pytest.raises(FileError) as caught:
        write_whole(link, NEW, force=True)
    assert (caught.value.diagnostics[0].code, link.is_symlink()) == ("file-is-folder", True)
    link.unlink()
    link.symlink_to(tmp_path / "没有")
    write_whole(link, NEW, force=True)
    assert (link.is_symlink(), names(tmp_path)) == (False, ["链接"])


@pytest.mark.parametrize("wrong", [None, 3, b"x.docx", ["x.docx"]])
def test_what_is_no_path_is_said_in_chinese(wrong: object) -> None:
    for attempt in (read_bytes, lambda path: write_whole(path, NEW), lambda path: check_output(path, (".docx",))):
        with pytest.raises(UsageError, match="这里要写文件名"):
            attempt(wrong)


def test_an_output_is_looked_at_before_it_is_made(tmp_path: Path) -> None:
    form = tmp_path / "计划.yaml"
    form.write_bytes(OLD)
    for name, inputs, code in [
        ("计划.yaml", [str(form)], "output-is-input"),
        ("计划.yaml", [b"", None, {}], "output-wrong-suffix"),
        ("计划.txt", [form], "output-wrong-suffix"),
    ]:
        with pytest.raises(UsageError) as caught:
            check_output(tmp_path / name, (".docx",), inputs=inputs, force=True)
        assert caught.value.diagnostics[0].code == code
        assert str(tmp_path / "计划.docx") in (caught.value.diagnostics[0].hint or "")
    assert check_output(tmp_path / "计划.docx", (".docx",), inputs=[form]) == tmp_path / "计划.docx"
    assert names(tmp_path) == ["计划.yaml"]


@posix_only
def test_a_dangling_link_counts_as_existing(tmp_path: Path) -> None:
    link = tmp_path / "链接"
    link.symlink_to(tmp_path / "没有")
    with pytest.raises(UsageError):
        write_whole(link, NEW)
    assert names(tmp_path) == ["链接"]


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_is_not_replaced_by_a_file(tmp_path: Path, force: bool) -> None:
    (tmp_path / "夹").mkdir()
    with pytest.raises(FileError) as caught:
        write_whole(tmp_path / "夹", NEW, force=force)
    assert caught.value.diagnostics[0].code == "file-is-folder"
    assert names(tmp_path) == ["夹"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        write_whole(tmp_path / "没有" / "计划.docx", NEW)
    assert caught.value.diagnostics[0].message == "写不了这个文件：文件夹不存在"
    assert caught.value.exit_status == 5


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "file-disk-full"),
        (errno.EIO, "file-device-fault"),
        (errno.EROFS, "file-read-only"),
        (errno.EXDEV, "file-fault"),
    ],
)
@pytest.mark.parametrize("call", ["open", "write", "fsync", "link"])
def test_a_failing_call_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: Patch, call: str, number: int, code: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse(number))
        with pytest.raises(FileError) as caught:
            write_whole(tmp_path / "计划.docx", NEW)
    assert caught.value.diagnostics[0].code == code
    assert names(tmp_path) == []


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_failing_call_leaves_the_existing_file_untouched(tmp_path: Path, monkeypatch: Patch, call: str) -> None:
    target = tmp_path / "计划.docx"
    target.write_bytes(OLD)
    with monkeypatch.context() as patch:
        patch.setattr(Path if call == "replace" else os, call, refuse(errno.ENOSPC))
        with pytest.raises(FileError):
            write_whole(target, NEW, force=True)
    assert target.read_bytes() == OLD
    assert names(tmp_path) == ["计划.docx"]


def test_an_interruption_leaves_nothing_behind(tmp_path: Path, monkeypatch: Patch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "计划.docx", NEW)
    assert names(tmp_path) == []


def test_short_writes_are_continued(tmp_path: Path, monkeypatch: Patch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, content[:7]))
    write_whole(tmp_path / "计划.docx", NEW)
    assert (tmp_path / "计划.docx").read_bytes() == NEW


@posix_only
@pytest.mark.parametrize("exists", [False, True])
def test_a_disk_without_hard_links_is_served_too(tmp_path: Path, monkeypatch: Patch, exists: bool) -> None:
    target = tmp_path / "计划.docx"

    def no_links(*_: object) -> None:
        if exists:
            target.write_bytes(OLD)
        raise PermissionError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", no_links)
    if exists:
        with pytest.raises(UsageError):
            write_whole(target, NEW)
    else:
        write_whole(target, NEW)
    assert target.read_bytes() == (OLD if exists else NEW)
    assert names(tmp_path) == ["计划.docx"]


@posix_only
def test_a_taken_name_is_given_back_when_the_move_over_it_fails(tmp_path: Path, monkeypatch: Patch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", refuse(errno.EOPNOTSUPP))
        patch.setattr(Path, "replace", refuse(errno.EIO))
        with pytest.raises(FileError):
            write_whole(tmp_path / "计划.docx", NEW)
    assert names(tmp_path) == []


def test_a_stray_draft_of_a_dead_process_is_no_obstacle(tmp_path: Path) -> None:
    stray = tmp_path / f".计划.docx.{os.getpid()}-0{files.TEMPORARY_SUFFIX}"
    stray.write_bytes(b"stray")
    write_whole(tmp_path / "计划.docx", NEW)
    assert (tmp_path / "计划.docx").read_bytes() == NEW
    assert stray.read_bytes() == b"stray"


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    name = "字" * 83 + ".docx"
    write_whole(tmp_path / name, NEW)
    assert names(tmp_path) == [name]


KILLED = """
import os, pathlib, signal, sys
from planwriter.files import write_whole
call, after, force, target = sys.argv[1], sys.argv[2] == "after", sys.argv[3] == "force", sys.argv[4]
owner = pathlib.Path if call == "replace" else os
real = getattr(owner, call)
def dying(*args, **kwargs):
    if after:
        if call == "write":
            real(args[0], args[1][:100])
        else:
            real(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, call, dying)
write_whole(target, b"new " * 1000, force=force)
"""


@posix_only
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(
    ("call", "force"),
    [
        ("write", False),
        ("fsync", False),
        ("link", False),
        ("unlink", False),
        ("write", True),
        ("fsync", True),
        ("replace", True),
    ],
)
def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, call: str, force: bool, moment: str
) -> None:
    target = tmp_path / "计划.docx"
    if force:
        target.write_bytes(OLD)
    source = str(Path(files.__file__).parents[1])
    command = [sys.executable, "-c", KILLED, call, moment, "force" if force else "", str(target)]
    ended = subprocess.run(command, env={**os.environ, "PYTHONPATH": source}, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    visible = [name for name in names(tmp_path) if not name.endswith(files.TEMPORARY_SUFFIX)]
    if force:
        assert target.read_bytes() in (OLD, NEW)
    else:
        assert visible == [] or target.read_bytes() == NEW


@posix_only
def test_a_pipe_in_a_folder_is_not_waited_for_but_that_of_a_shell_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "管道.yaml"
    os.mkfifo(pipe)
    with pytest.raises(FileError, match="这是管道") as refused:
        read_bytes(pipe)
    assert refused.value.diagnostics[0].hint
    reading, writing = os.pipe()
    os.write(writing, OLD)
    os.close(writing)
    try:
        assert read_bytes(f"/dev/fd/{reading}") == OLD
    finally:
        os.close(reading)
