"""Further files of a batch, made of all its documents: zips, the list, the merged document, what is sent back."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from planwriter.batch.manifest import Manifest
from planwriter.diagnostic import Diagnostic, FileError, Place
from planwriter.files import TEMPORARY_SUFFIX, explained, move_unless_there, remove, sync_folder

_WHAT = "写不了这个文件"


class Extras:
    """Writes further files whole or not at all; only what a batch itself made is replaced, unless by ``force``."""

    def __init__(self, folder: Path, manifest: Manifest, *, force: bool = False) -> None:
        self.folder, self.force = folder, force
        self._manifest = manifest

    def document(self, name: str) -> bytes:
        """The bytes of a document of the batch."""
        return (self.folder / name).read_bytes()

    def write(self, name: str, fill: Callable[[BinaryIO], object]) -> Path | str:
        """Make a file of the folder from what ``fill`` writes; its path or address. Raises FileError."""
        target = self.folder / name
        draft = self._draft_of(target)
        with explained(target, _WHAT):
            draft.parent.mkdir(exist_ok=True)
            try:
                with draft.open("wb") as out:
                    fill(out)
                    out.flush()
                    os.fsync(out.fileno())
                self._publish(draft, target, name)
            finally:
                remove(draft)
            sync_folder(draft.parent)
        return target

    def _draft_of(self, target: Path) -> Path:
        return target.with_name(f".{os.getpid()}-extra{TEMPORARY_SUFFIX}")

    def _publish(self, draft: Path, target: Path, name: str) -> None:
        made = file_digest(draft)
        self._manifest.note_extra(name, made)
        try:
            move_unless_there(draft, target)
        except FileExistsError:
            if target.is_symlink() or not target.is_file() or not self._replaceable(target, name):
                raise FileError(_exists(target)) from None
            draft.replace(target)

    def _replaceable(self, target: Path, name: str) -> bool:
        return self.force or self._manifest.is_extra(name, file_digest(target))


def file_digest(path: Path) -> str:
    """The digest of a file of any size."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _exists(target: Path) -> Diagnostic:
    return Diagnostic("batch-output-exists", "文件夹里已有同名的文件，不是这一批写的，或者写成以后有人改过；没有动它",
                      place=Place(str(target)), hint="移走那个文件，再加 --resume；确实要覆盖就加 --force")  # fmt: skip
