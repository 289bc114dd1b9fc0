"""What is put down is given back as it was, whatever the disk does meanwhile."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from planwriter.diagnostic import FileError
from planwriter.scratch import Scratch

PIECES = [bytes([number]) * (number * 37 % 300) for number in range(200)]


def put_and_read(held: int) -> list[bytes]:
    scratch = Scratch(held)
    spans = []
    for number, piece in enumerate(PIECES):
        spans.append(scratch.put(piece))
        assert scratch.get(spans[number // 2]) == PIECES[number // 2]
    return [scratch.get(span) for span in spans]


@pytest.mark.parametrize("held", [0, 1000, 2**22])
def test_it_comes_back_from_memory_and_from_a_file(held: int) -> None:
    assert put_and_read(held) == PIECES


def test_the_file_has_no_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    scratch = Scratch(10)
    span = scratch.put(b"x" * 100)
    assert os.name == "nt" or not list(tmp_path.iterdir())
    assert scratch.get(span) == b"x" * 100


def test_without_a_folder_for_files_all_stays_in_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "不在"))
    assert put_and_read(1000) == PIECES


class FullDisk:
    """A file that takes so many bytes, and the last of them in two goes."""

    def __init__(self, file: Any, room: int) -> None:
        self._file, self._room = file, room

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, content: bytes) -> int:
        if not self._room:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken = int(self._file.write(content[: self._room]))
        self._room -= taken
        return taken


@pytest.mark.parametrize("room", [1, 1500, 9000])
def test_on_a_full_disk_all_stays_in_memory(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    made = tempfile.TemporaryFile
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **choices: FullDisk(made(**choices), room))
    assert put_and_read(1000) == PIECES


def test_what_cannot_be_read_again_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    files: list[Any] = []
    made = tempfile.TemporaryFile
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **choices: files.append(made(**choices)) or files[-1])
    scratch = Scratch(10)
    span = scratch.put(b"x" * 100)
    files[0].truncate(50)
    with pytest.raises(FileError) as caught:
        scratch.get(span)
    assert [one.code for one in caught.value.diagnostics] == ["file-scratch-lost"]
