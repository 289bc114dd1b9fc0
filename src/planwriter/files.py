"""Files read with a bound and written whole or not at all; every fault is one Chinese sentence."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from planwriter.diagnostic import Diagnostic, FileError, Place, UsageError
from planwriter.expression import expression

MAX_BYTES = 50 * 1024 * 1024
"""The largest file that is read."""

TEMPORARY_SUFFIX = ".planwriter-tmp"
"""The end of the name a file has while it is being written."""

_NAME_BYTES = 255  # what ext4, NTFS and APFS allow at least
_ATTEMPTS = 100
_BINARY = getattr(os, "O_BINARY", 0)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NO_FOLLOW
"""How a file is opened that must not be there yet."""
_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EINVAL})

_Reason = tuple[str, str, str]
_DENIED: _Reason = ("file-denied", "没有权限", "检查文件和文件夹的权限；正在 Word、WPS 中打开的请先关闭。")
_FULL: _Reason = ("file-disk-full", "磁盘空间不足", "清理磁盘，或换一个位置。")
_NO_FOLDER: _Reason = ("file-no-folder", "文件夹不存在", "先建好文件夹，或改正路径。")
_REASONS: dict[int, _Reason] = {
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EBUSY: ("file-busy", "文件正被别的程序占用", "关闭正在使用它的程序再试。"),
    errno.ENOSPC: _FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: ("file-read-only", "磁盘是只读的", "换一个可以写入的位置。"),
    errno.ENOTDIR: _NO_FOLDER,
    errno.EISDIR: ("file-is-folder", "这是文件夹，不是文件", "写出文件夹里的文件名。"),
    errno.ENAMETOOLONG: ("file-name-too-long", "文件名太长", "换一个短一些的文件名。"),
    errno.ELOOP: ("file-link-loop", "链接绕成了圈", "换成真正的文件。"),
    errno.EIO: ("file-device-fault", "磁盘读写出错", "检查磁盘，或换一个位置。"),
}
_OTHER: _Reason = ("file-fault", "系统拒绝了这次读写", "换一个位置或文件名再试。")
_BAD_NAME: _Reason = ("file-bad-name", "文件名里有系统不能用的字符", "换一个文件名。")
_MISSING: _Reason = ("file-missing", "文件不存在", "检查文件名和路径。")
_DEVICE: _Reason = ("file-is-device", "这是设备或管道，不是普通文件", "换一个文件名；要送到标准输出，就写 -o -。")
_DEVICES = Path("/dev")
_SUFFIX = expression(r"\.[A-Za-z][A-Za-z0-9]{0,4}")


def read_bytes(path: str | os.PathLike[str], *, limit: int = MAX_BYTES) -> bytes:
    """The whole content of a file of at most ``limit`` bytes; raises ``FileError``."""
    where = path_of(path)
    with explained(where, "读不了这个文件", missing=_MISSING):
        _refuse_pipe(where)
        with where.open("rb") as source:
            return read_stream(source, str(where), limit=limit)


def _refuse_pipe(path: Path) -> None:
    """A pipe that lies in a folder would be waited for without end; those of the shell lie under /dev and /proc."""
    if path.is_fifo() and path.absolute().parts[1:2] not in (("dev",), ("proc",)):
        message, hint = "读不了这个文件：这是管道，不是普通文件", "换一个文件名；要从标准输入读，就写 -。"
        raise FileError(Diagnostic("file-is-device", message, place=Place(file=str(path)), hint=hint))


def read_stream(source: BinaryIO, name: str, *, limit: int = MAX_BYTES) -> bytes:
    """What is left in a stream, at most ``limit`` bytes; ``name`` is what people call it. Raises ``FileError``."""
    with explained(Path(name), "读不了这个文件", missing=_MISSING):
        content = source.read(limit + 1)
    if len(content) > limit:
        message = f"文件太大，超过 {limit // (1024 * 1024)} MB"
        hint = "确认选对了文件；图片多的文档请先压缩图片。"
        raise FileError(Diagnostic("file-too-large", message, place=Place(file=name), hint=hint))
    return content


def path_of(value: object) -> Path:
    """The path that is meant; raises ``UsageError`` for what is none, such as ``None`` or bytes."""
    named = os.fspath(value) if isinstance(value, os.PathLike) else value
    if isinstance(named, str):
        return Path(named)
    found = type(value).__name__
    raise UsageError(
        Diagnostic("file-no-path", "这里要写文件名", found=found, expected="str、os.PathLike", hint="例如 计划.docx。")
    )


def check_output(
    path: str | os.PathLike[str], suffixes: Sequence[str], *, inputs: Sequence[object] = (), force: bool = False
) -> Path:
    """The path of an output, refused before any work is done for it.

    ``suffixes``: how its name may end, the usual one first. ``inputs``: what is read for it; paths among them
    are never overwritten, whatever ``force`` says. Raises ``UsageError``; ``FileError`` for a folder or a device.
    """
    target = path_of(path)
    with explained(target, "写不了这个文件", missing=_NO_FOLDER):
        if os.path.lexists(target):
            _refuse_special(target)
        wanted = _with_suffix(target, suffixes)
        _refuse_inputs(target, inputs, wanted)
        if wanted != target:
            raise UsageError(_wrong_suffix(target, suffixes, wanted))
        if os.path.lexists(target):
            _refuse_or_allow(target, force)
        target.parent.stat()
    return target


def _with_suffix(target: Path, suffixes: Sequence[str]) -> Path:
    if target.suffix.lower() in suffixes:
        return target
    stem = target.stem if _SUFFIX.fullmatch(target.suffix) else target.name
    return target.with_name(stem + suffixes[0])


def _refuse_inputs(target: Path, inputs: Sequence[object], wanted: Path) -> None:
    for one in inputs:
        if isinstance(one, str | os.PathLike) and _same_file(target, path_of(one)):
            other = f"换一个文件名，例如 {wanted if wanted != target else target.with_stem(target.stem + '-新')}。"
            message = "输出和输入是同一个文件，没有改动它"
            raise UsageError(Diagnostic("output-is-input", message, place=Place(file=str(target)), hint=other))


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):  # one of them is not there
        return False


def _wrong_suffix(target: Path, suffixes: Sequence[str], wanted: Path) -> Diagnostic:
    return Diagnostic(
        "output-wrong-suffix", f"这里只能存成 {'、'.join(suffixes)} 文件", place=Place(file=str(target)),
        found=target.suffix, expected=suffixes[0], hint=f"文件名改成 {wanted}。",
    )  # fmt: skip


def write_whole(path: str | os.PathLike[str], content: bytes, *, force: bool = False) -> None:
    """Write ``content`` so that under ``path`` there is always a whole file: the old one or the new one.

    Written beside, synced, then moved into place. Without ``force`` nothing that exists is replaced
    (``UsageError``, also when it appears meanwhile). A symbolic link is never written through: with ``force``
    the link itself is replaced, if it points to a regular file or to nothing. Folders, devices and pipes, and
    links to them, are never replaced. Raises ``FileError`` for these and for what the disk or the system
    refuses; nothing half written is left then.
    """
    target = path_of(path)
    with explained(target, "写不了这个文件", missing=_NO_FOLDER):
        if os.path.lexists(target):
            _refuse_or_allow(target, force)
        draft = write_draft(target, content)
        try:
            _publish(draft, target, force)
        except BaseException:
            remove(draft)
            raise
        sync_folder(target.parent)


def check_free(paths: Iterable[str | os.PathLike[str]], *, force: bool = False) -> None:
    """Raise ``UsageError`` for the first of several outputs that exists, before any is made; ``force`` allows files."""
    for path in map(Path, paths):
        with explained(path, "写不了这个文件", missing=_NO_FOLDER):
            if os.path.lexists(path):
                _refuse_or_allow(path, force)


def _refuse_or_allow(target: Path, force: bool) -> None:
    _refuse_special(target)
    if not force:
        raise UsageError(
            Diagnostic(
                "file-exists",
                "文件已经存在，没有改动它",
                place=Place(file=str(target)),
                hint="换一个文件名；确实要覆盖时加上 --force。",
            )
        )


def _refuse_special(target: Path) -> None:
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:  # a link to nothing
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    stream = target.is_symlink() and _same_file(target.parent, _DEVICES)  # /dev/stdout sent to a file
    if stream or not stat.S_ISREG(mode):
        raise _file_error(target, "写不了这个文件", _DEVICE, stat.filemode(mode))


def write_draft(target: Path, content: bytes, *, synced: bool = True) -> Path:
    """A file beside ``target`` with the content, synced unless its group is later; removed when anything fails."""
    draft, descriptor = _create_beside(target)
    try:
        write_all(descriptor, content, like=target, synced=synced)
    except BaseException:
        remove(draft)
        raise
    return draft


def write_all(descriptor: int, content: bytes, *, like: Path | None = None, synced: bool = True) -> None:
    """Write a new file's content and close it; ``like`` is the file it will replace."""
    try:
        if like is not None:
            _keep_mode(descriptor, like)
        fill(descriptor, content)
        if synced:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fill(descriptor: int, content: bytes) -> None:
    """Write the content into an open file; the system may take it in pieces."""
    written = os.write(descriptor, content)
    while written < len(content):
        written += os.write(descriptor, memoryview(content)[written:])


def _create_beside(target: Path) -> tuple[Path, int]:
    for attempt in range(_ATTEMPTS):
        draft = target.with_name(draft_name(target.name, attempt))
        with contextlib.suppress(FileExistsError):
            return draft, os.open(draft, NEW_FILE, 0o666)
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


def draft_name(name: str, attempt: int = 0) -> str:
    """What a file of this name is called in this process while it is written."""
    tail = f".{os.getpid()}-{attempt}{TEMPORARY_SUFFIX}"
    room = _NAME_BYTES - len(tail) - 1
    return "." + os.fsencode(name)[:room].decode("utf-8", "ignore") + tail


def _keep_mode(descriptor: int, target: Path) -> None:
    """A file that replaces another stays as private as that one was."""
    with contextlib.suppress(OSError):
        old = target.lstat().st_mode
        if stat.S_ISREG(old) and sys.platform != "win32":
            os.fchmod(descriptor, stat.S_IMODE(old) & 0o777)


def _publish(draft: Path, target: Path, force: bool) -> None:
    if force:
        draft.replace(target)
        return
    try:
        move_unless_there(draft, target)
    except FileExistsError:
        _refuse_or_allow(target, force=False)


def move_unless_there(draft: str | Path, target: str | Path) -> None:
    """Give a draft its name; raises ``FileExistsError`` where something has it."""
    if sys.platform == "win32":
        os.rename(draft, target)  # noqa: PTH104  fails there when the target exists
        return
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError as fault:
        if fault.errno not in _NO_LINKS:
            raise
        _move_over_reservation(Path(draft), Path(target))
    else:
        remove(draft)


def _move_over_reservation(draft: Path, target: Path) -> None:
    """Where there are no hard links (FAT, some network drives): take the name first, then move over it."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW, 0o666))
    try:
        draft.replace(target)
    except BaseException:
        remove(target)
        raise


def remove(path: Path | str) -> None:
    """Remove a file if it can be removed."""
    try:
        os.unlink(path)  # noqa: PTH108  done for every document of a batch
    except OSError:
        return


def sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut where folders can be synced; the file itself already is."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def reason(fault: OSError) -> str:
    """Why the system refused, in a Chinese phrase such as ``磁盘空间不足``."""
    return _REASONS.get(fault.errno or 0, _OTHER)[1]


@contextlib.contextmanager
def explained(path: Path | str, what: str, *, missing: _Reason = _NO_FOLDER) -> Iterator[None]:
    """Turn what the system refuses within into a FileError that says ``what`` (写不了这个文件) failed, and why."""
    try:
        yield
    except OSError as fault:
        number = fault.errno or 0
        reason = missing if number == errno.ENOENT else _REASONS.get(number, _OTHER)
        raise _file_error(path, what, reason, errno.errorcode.get(number, type(fault).__name__)) from fault
    except ValueError as fault:  # a NUL or a lone surrogate in the name
        raise _file_error(path, what, _BAD_NAME, type(fault).__name__) from fault


def _file_error(path: Path | str, what: str, reason: _Reason, found: str) -> FileError:
    code, why, hint = reason
    return FileError(Diagnostic(code, f"{what}：{why}", place=Place(file=str(path)), found=found, hint=hint))
