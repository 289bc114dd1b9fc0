"""Documents in a place far away (object stores, shares by fsspec): each is there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from planwriter.batch.addresses import opened, reached, refusal, scheme_of, shown
from planwriter.batch.destinations import ANY, Output, digest_of
from planwriter.diagnostic import Diagnostic, Place, UsageError
from planwriter.files import TEMPORARY_SUFFIX

WHOLE_PUTS = frozenset({"s3", "s3a", "oss", "obs", "cos", "cosn", "gs", "gcs", "az", "abfs", "abfss", "memory"})
"""Kinds of address where an object appears with its last byte; elsewhere a draft is written and renamed."""
ATTEMPTS = 5
"""How often a document is put before its unit fails."""
_AT_ONCE = 16
_FIRST_PAUSE = 0.1
_NO_CONDITION = frozenset({errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
_NOT_AGAIN = (FileExistsError, FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)


@dataclass(frozen=True, slots=True)
class Store:
    """A prefix of a store far away; may be sent to workers of any machine.

    What is there is looked up by listing each folder once, and compared by size with what the manifest knows.
    """

    address: str
    _listed: dict[str, dict[str, int]] = field(default_factory=dict, compare=False, repr=False)

    def __reduce__(self) -> tuple[type[Store], tuple[str]]:
        """Workers list nothing; what is listed stays with the process that plans."""
        return Store, (self.address,)

    @property
    def shared(self) -> bool:
        """Whether other processes see what is written."""
        return scheme_of(self.address) != "memory"

    def prepared(self) -> None:
        """Refuse what cannot be written to by many. Raises UsageError; FileError where it cannot be reached."""
        if "::" in self.address or scheme_of(self.address) in ("zip", "tar", "http", "https"):
            raise UsageError(_no_destination(self.address))
        self._in_folder("")

    def has(self, name: str, size: int) -> bool:
        """Whether there is a document of this name and size. Raises FileError."""
        folder, _, last = name.rpartition("/")
        return self._in_folder(folder).get(last) == size

    def write(self, outputs: Sequence[Output]) -> list[tuple[Diagnostic, ...]]:
        """Put a group, several at once; after one was given up the others are tried once only, so that a store that
        is gone is told soon."""
        file_system, root = opened(self.address)
        patience = [ATTEMPTS]

        def one(output: Output) -> tuple[Diagnostic, ...]:
            path = f"{root.rstrip('/')}/{output.name}"
            told = _put(file_system, path, self.address_of(output.name), output, patience)
            return (told,) if told is not None else ()

        with ThreadPoolExecutor(max(1, min(_AT_ONCE, len(outputs)))) as threads:
            return list(threads.map(one, outputs))

    def settle(self) -> None:
        """What was put lasts already."""

    def read(self, name: str) -> bytes:
        """The bytes of a document. Raises FileError."""
        file_system, root = opened(self.address)
        with reached(self.address_of(name)):
            return bytes(file_system.cat_file(f"{root.rstrip('/')}/{name}"))

    def address_of(self, name: str) -> str:
        """The address of a document as it may be told."""
        return f"{shown(self.address).rstrip('/')}/{name}"

    def _in_folder(self, folder: str) -> dict[str, int]:
        if folder not in self._listed:
            file_system, root = opened(self.address)
            path = f"{root.rstrip('/')}/{folder}".rstrip("/")
            with reached(self.address_of(folder)):
                self._listed[folder] = _sizes(file_system, path)
        return self._listed[folder]


def _sizes(file_system: Any, path: str) -> dict[str, int]:
    """Name and size of every file in one folder; a prefix without objects is no fault."""
    file_system.invalidate_cache()
    try:
        found = file_system.ls(path, detail=True)
    except FileNotFoundError:
        return {}
    return {one["name"].rpartition("/")[2]: int(one["size"] or 0) for one in found if one["type"] == "file"}


def _put(file_system: Any, path: str, address: str, output: Output, patience: list[int]) -> Diagnostic | None:
    """Put one document, again after a pause where it fails; what was wrong in the end."""
    create = _creator(file_system, path, output.content)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _put_once(file_system, path, output, create)
        except FileExistsError:
            return _exists(address)
        except Exception as fault:  # every library has exceptions of its own
            if attempt >= patience[0] or isinstance(fault, _NOT_AGAIN):
                patience[0] = 1 if attempt >= patience[0] else patience[0]
                return _failed(address, fault)
            time.sleep(_FIRST_PAUSE * 2 ** (attempt - 1) * (1 + random.random()))  # noqa: S311  so that many do not return at once
        else:
            return None
    raise AssertionError("attempts do not end")


def _put_once(file_system: Any, path: str, output: Output, create: Callable[[bool], None]) -> None:
    """One attempt; a name in use is kept unless its bytes are the same, or those of a run."""
    if output.replaceable == ANY:
        create(True)
        return
    try:
        create(False)
    except FileExistsError:
        found = bytes(file_system.cat_file(path))
        if found == output.content:
            return
        if digest_of(found) not in output.replaceable.split():
            raise
        create(True)


def _creator(file_system: Any, path: str, content: bytes) -> Callable[[bool], None]:
    return partial(_put_object if _puts_whole(file_system) else _put_beside, file_system, path, content)


def _puts_whole(file_system: Any) -> bool:
    said = file_system.protocol
    return not WHOLE_PUTS.isdisjoint((said,) if isinstance(said, str) else said)


def _put_object(file_system: Any, path: str, content: bytes, replace: bool) -> None:
    """One put, on condition that nothing is there; looked up before as well, for not every store keeps to it."""
    if replace:
        file_system.pipe_file(path, content)
        return
    if _is_there(file_system, path):
        raise FileExistsError(path)
    try:
        file_system.pipe_file(path, content, mode="create")
    except (NotImplementedError, TypeError):  # no such condition there
        file_system.pipe_file(path, content)
    except OSError as fault:
        if fault.errno not in _NO_CONDITION:
            raise
        file_system.pipe_file(path, content)


def _put_beside(file_system: Any, path: str, content: bytes, replace: bool) -> None:
    """Where files grow while they are written: a draft, which then gets its name."""
    if not replace and _is_there(file_system, path):
        raise FileExistsError(path)
    folder, _, name = path.rpartition("/")
    draft = f"{folder}/.{digest_of(name.encode())}-{random.getrandbits(48):012x}{TEMPORARY_SUFFIX}"
    file_system.makedirs(folder, exist_ok=True)
    try:
        file_system.pipe_file(draft, content)
        file_system.mv(draft, path)
    except BaseException:
        _removed(file_system, draft)
        raise


def _is_there(file_system: Any, path: str) -> bool:
    file_system.invalidate_cache()
    return bool(file_system.exists(path))


def _removed(file_system: Any, path: str) -> None:
    with contextlib.suppress(Exception):  # it was never there, or the place is gone
        file_system.rm_file(path)


def _failed(address: str, fault: Exception) -> Diagnostic:
    told = refusal(address, fault)
    return Diagnostic(told.code, f"写不到这个地址：{told.message}", place=told.place, found=told.found, hint=told.hint)


def _exists(address: str) -> Diagnostic:
    return Diagnostic("batch-output-exists", "那里已有同名的文件，不是这一批写的，或者写成以后有人改过；没有动它",
                      place=Place(address), hint="移走那个文件，再加 --resume；确实要覆盖就加 --force")  # fmt: skip


def _no_destination(address: str) -> Diagnostic:
    return Diagnostic("batch-address-read-only", "文档不能直接写到这种地址里", place=Place(shown(address)),
                      hint="写到文件夹或存储桶里；要压缩包就加 --zip")  # fmt: skip
