"""What is put down for a while and read again: in memory while it is little, then in a file that nobody else sees."""

from __future__ import annotations

import io
import marshal
import tempfile
import weakref
from typing import Any, BinaryIO

from planwriter.diagnostic import Diagnostic, FileError

Span = tuple[int, int]
"""Where something lies: its first byte, and how many there are."""

_HELD = 2**21
"""Bytes that are held in memory before there is a file."""

_UNLINKED = 2
"""The last version of the format that does not look for what is the same object, which takes as long as the rest."""


class Scratch:
    """Takes bytes, and gives them back; the file has no name and goes with the process, however that ends.

    Where there is no room for a file, or no folder that one may be made in, all stays in memory. Raises FileError
    where the file cannot be read again.
    """

    def __init__(self, held: int = _HELD) -> None:
        self._held = held
        self._file: BinaryIO = io.BytesIO()
        self._in_memory = True
        self._size = 0

    def put(self, content: bytes) -> Span:
        """Put bytes down behind what is there."""
        at = self._size
        if self._in_memory and at <= self._held < at + len(content):
            self._to_file()
        try:
            _written(self._file, at, content)
        except OSError:  # the disk is full
            self._to_memory()
            _written(self._file, at, content)
        self._size += len(content)
        return at, len(content)

    def get(self, span: Span) -> bytes:
        """The bytes that lie there."""
        at, size = span
        try:
            self._file.seek(at)
            content = self._file.read(size)
        except OSError as fault:
            raise FileError(_lost(fault.strerror or "")) from fault
        if len(content) != size:
            raise FileError(_lost(""))
        return content

    def _to_file(self) -> None:
        try:
            file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  lives as long as this does
            weakref.finalize(self, file.close)
            _written(file, 0, self.get((0, self._size)))
        except OSError:
            return
        self._file, self._in_memory = file, False

    def _to_memory(self) -> None:
        held = io.BytesIO()
        _written(held, 0, self.get((0, self._size)))
        self._file, self._in_memory = held, True


def put_down(value: Any) -> bytes:
    """Lists, tuples and mappings of texts, bytes, numbers and truths as bytes, for ``taken_up`` in this process."""
    return marshal.dumps(value, _UNLINKED)


def taken_up(content: bytes | memoryview) -> Any:
    """What ``put_down`` gave; of nobody else."""
    return marshal.loads(content)  # noqa: S302  never of foreign bytes


def _written(file: BinaryIO, at: int, content: bytes) -> None:
    file.seek(at)
    rest = memoryview(content)
    while rest:
        rest = rest[file.write(rest) :]


def _lost(found: str) -> Diagnostic:
    return Diagnostic("file-scratch-lost", "放在系统临时文件夹里的中间结果读不回来了", found=found or None,
                      hint="检查临时文件夹所在的磁盘，再运行一次")  # fmt: skip
