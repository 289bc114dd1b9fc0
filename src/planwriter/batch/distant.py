"""Sources at addresses: forms, folders and zips far away, read one by one; rosters fetched once."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from glob import has_magic
from pathlib import Path, PurePosixPath
from typing import Any

from planwriter.batch.addresses import opened, reached, shown
from planwriter.batch.jobs import Job
from planwriter.diagnostic import Diagnostic, FileError, Place, UsageError
from planwriter.files import read_stream

Local = Callable[[str, Path, str], Iterator[Job]]
"""What reads a file of this machine: (name as people call it, path, usual name of its output) → jobs."""


def jobs_at(address: str, *, is_form: Callable[[PurePosixPath], bool], local: Local) -> Iterator[Job]:
    """The jobs of one address. Raises UsageError where nothing is of use there, FileError where it cannot be read.

    Each file is fetched into a temporary one when its turn comes and read as one of this machine. In a folder forms
    are taken, and one that cannot be fetched is a job that is refused. Pictures that a form names are not fetched.
    """
    file_system, path = opened(address)
    with reached(address):
        alone = not has_magic(path) and file_system.isfile(path)
    if alone:
        yield from _fetched(file_system, path, shown(address), PurePosixPath(path).stem, local)
        return
    found = _files(file_system, path, address)
    forms = found if has_magic(path) else [one for one in found if is_form(_below(one, path))]
    if not forms:
        raise (UsageError(_nothing(address)) if found else FileError(_missing(address)))
    for one in forms:
        stem = PurePosixPath(one).stem if has_magic(path) else _below(one, path).with_suffix("").as_posix()
        source = _told(address, one)
        try:
            yield from _fetched(file_system, one, source, stem, local)
        except FileError as refusal:
            yield Job(source, b"", stem=stem, refused=refusal.diagnostics)


def read_address(address: str) -> bytes:
    """The whole content of one file far away, bounded as files are. Raises FileError."""
    file_system, path = opened(address)
    return _read(file_system, path, shown(address))


def _files(file_system: Any, path: str, address: str) -> list[str]:
    with reached(address):
        found = file_system.glob(path) if has_magic(path) else file_system.find(path)
        return sorted(one for one in found if not has_magic(path) or file_system.isfile(one))


def _below(found: str, path: str) -> PurePosixPath:
    return PurePosixPath(found.strip("/").removeprefix(path.strip("/")).strip("/"))


def _told(address: str, found: str) -> str:
    """The address of one file of a folder or pattern, as people would write it."""
    head, chained, rest = shown(address).partition("::")
    return f"{head.partition('://')[0]}://{found.lstrip('/')}{chained}{rest}"


def _fetched(file_system: Any, path: str, source: str, stem: str, local: Local) -> Iterator[Job]:
    with tempfile.TemporaryDirectory(prefix="planwriter-") as folder:
        fetched = Path(folder, PurePosixPath(path).name)
        with reached(source):
            file_system.get_file(path, str(fetched))
        for job in local(source, fetched, stem):
            yield job._replace(folder=None)


def _read(file_system: Any, path: str, source: str) -> bytes:
    with reached(source), file_system.open(path, "rb") as stream:
        return read_stream(stream, source)


def _nothing(address: str) -> Diagnostic:
    return Diagnostic("batch-nothing", "没有可用的表单：这个地址下面没有表单", place=Place(shown(address)),
                      hint="检查地址；一个文件也可以直接写出来")  # fmt: skip


def _missing(address: str) -> Diagnostic:
    return Diagnostic("batch-source-missing", "没有这个文件或文件夹", place=Place(shown(address)), hint="检查地址")
