"""Where documents go: a folder, in which a group of them appears whole, synced together, and nothing is overwritten."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from planwriter.batch.drafts import Draft, drop, give_name, named_draft, unnamed_draft
from planwriter.diagnostic import Diagnostic, FileError, Place
from planwriter.files import TEMPORARY_SUFFIX, explained, remove, sync_folder, write_draft

ANY = "*"
"""As ``replaceable``: whatever stands there may be replaced."""
_WHAT = "写不了这个文件"
_FAULTS = (FileError, OSError, ValueError)
_GROUP = 8
"""From how many files on one sync of the file system is cheaper than one for each of them."""


class Output(NamedTuple):
    """A document to be written: its path below the destination with ``/``, its bytes, and what it may replace.

    ``replaceable`` are the digests of earlier documents under that name that may be replaced (``""``: none).
    """

    name: str
    content: bytes
    replaceable: str = ""


class Destination(Protocol):
    """A place for documents that can travel to a worker."""

    def has(self, name: str, size: int) -> bool:
        """Whether a document of this name is there; ``size`` is what it should have where that is cheap to know."""

    def write(self, outputs: Sequence[Output]) -> list[tuple[Diagnostic, ...]]:
        """Write a group, each whole or not at all; what was wrong with each. A name that appears has its bytes for
        good, and what was replaced stays replaced; that a new name itself lasts is only sure once it is settled."""

    def settle(self) -> None:
        """Make everything last that was written so far."""


def digest_of(content: bytes) -> str:
    """By which the manifest knows a document."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine; may be sent to workers of it. ``apart``: they may be on other machines, so that
    nothing is left for this one to settle."""

    path: str
    apart: bool = False

    def prepared(self) -> Path:
        """The folder, made if it is not there (its parent must be). Raises FileError."""
        folder = Path(self.path)
        with explained(folder, "写不了这个文件夹"):
            with contextlib.suppress(FileExistsError):
                folder.mkdir()
            if not folder.is_dir():
                raise NotADirectoryError(20, os.strerror(20))
        return folder

    def has(self, name: str, size: int) -> bool:
        """Whether something has this name, be it a link to nothing."""
        return os.path.lexists(os.path.join(self.path, name))  # noqa: PTH118  asked for every document

    def write(self, outputs: Sequence[Output]) -> list[tuple[Diagnostic, ...]]:
        """Drafts beside, one sync, then each gets its name; a name in use is kept, unless its bytes are the same.

        A new name that is lost in a power cut is missed by the next run and made again, so it may wait to be settled;
        a document that was replaced would not be missed.
        Raises FileError where the folder itself is gone, as when a share has vanished.
        """
        with explained(Path(self.path), "写不了这个文件夹"):
            Path(self.path).stat()
        told: list[tuple[Diagnostic, ...]] = [()] * len(outputs)
        drafts: list[Draft | None] = [None] * len(outputs)
        known: set[str] = set()
        try:
            with self._syncing(len(outputs)) as sync:
                for at, output in enumerate(outputs):
                    try:
                        drafts[at] = self._draft(output, known, synced=sync is None)
                    except _FAULTS as fault:
                        told[at] = self._refused(output, fault)
                if sync is not None:
                    _sync_all(self.path, sync, drafts, told)
                for at, output in enumerate(outputs):
                    if (draft := drafts[at]) is not None:
                        try:
                            _publish(draft, f"{self.path}/{output.name}", output)
                            drafts[at] = None
                        except _FAULTS as fault:
                            told[at] = self._refused(output, fault)
                if sync is None or self.apart or any(output.replaceable for output in outputs):
                    self._sync_names(known, sync)
        finally:
            for draft in drafts:
                if draft is not None:
                    drop(draft)
        return told

    def settle(self) -> None:
        """Make the names last where groups do not (see ``write``)."""
        if (sync := _syncfs()) is None:
            return
        with contextlib.suppress(OSError):
            descriptor = os.open(self.path, os.O_RDONLY)
            try:
                sync(descriptor)
            finally:
                os.close(descriptor)

    def sweep(self) -> None:
        """Remove drafts that a run left which was killed; only the one run that holds the manifest may do so."""
        for folder, _, names in os.walk(self.path):
            for name in names:
                if name.startswith(".") and name.endswith(TEMPORARY_SUFFIX):
                    remove(Path(folder, name))

    def _refused(self, output: Output, fault: Exception) -> tuple[Diagnostic, ...]:
        try:
            with explained(f"{self.path}/{output.name}", _WHAT):
                raise fault
        except FileError as refusal:
            return refusal.diagnostics

    def _draft(self, output: Output, known: set[str], *, synced: bool) -> Draft:
        """The draft of a document; ``known`` are the folders that are there."""
        folder, _, name = output.name.rpartition("/")
        if folder not in known:
            self._make_folders(output.name)
            known.add(folder)
        if output.replaceable:  # keeps the mode of what it replaces
            return str(write_draft(Path(self.path, output.name), output.content, synced=synced))
        place = f"{self.path}/{folder}" if folder else self.path
        unnamed = None if synced else unnamed_draft(place, output.content)
        return named_draft(place, name, output.content, synced=synced) if unnamed is None else unnamed

    def _make_folders(self, name: str) -> None:
        """Folders below the destination; one that is a link would lead out of it."""
        at = Path(self.path)
        for piece in name.split("/")[:-1]:
            at = at / piece
            with contextlib.suppress(FileExistsError):
                at.mkdir()
            if not stat.S_ISDIR(at.lstat().st_mode):
                raise FileError(_no_folder(at))

    def _sync_names(self, folders: set[str], sync: int | None) -> None:
        """New names survive a power cut: folder by folder, or, where there are several, with the whole file system."""
        if sync is not None and len(folders) > 1 and (call := _syncfs()) is not None:
            with contextlib.suppress(OSError):
                call(sync)
                return
        for folder in folders:
            sync_folder(Path(self.path, folder))

    @contextlib.contextmanager
    def _syncing(self, number: int) -> Iterator[int | None]:
        """A descriptor of the file system for a group, opened before it is written so that its faults are seen."""
        if not syncs_together(number):
            yield None
            return
        with explained(Path(self.path), _WHAT):
            descriptor = os.open(self.path, os.O_RDONLY)
        try:
            yield descriptor
        finally:
            with contextlib.suppress(OSError):
                os.close(descriptor)


def _sync_all(path: str, descriptor: int, drafts: list[Draft | None], told: list[tuple[Diagnostic, ...]]) -> None:
    """One sync for all drafts; where it fails none of them may get its name."""
    try:
        with explained(Path(path), _WHAT):
            sync = _syncfs()
            if sync is not None:
                sync(descriptor)
    except FileError as refusal:
        for at, draft in enumerate(drafts):
            if draft is not None:
                drop(draft)
                drafts[at], told[at] = None, refusal.diagnostics


def _publish(draft: Draft, name: str, output: Output) -> None:
    """Give a draft its name; afterwards there is no draft."""
    try:
        give_name(draft, name, output.content)
    except FileExistsError:
        target = Path(name)
        mode = target.lstat().st_mode
        found = target.read_bytes() if stat.S_ISREG(mode) and not _differs(target, output) else None
        if found == output.content:
            drop(draft)
            return
        if isinstance(draft, str) and stat.S_ISREG(mode) and _may_replace(target, output.replaceable):
            Path(draft).replace(target)
            return
        raise FileError(_exists(target)) from None


def _differs(target: Path, output: Output) -> bool:
    return target.lstat().st_size != len(output.content)


def _may_replace(target: Path, replaceable: str) -> bool:
    return replaceable == ANY or (bool(replaceable) and digest_of(target.read_bytes()) in replaceable.split())


def _exists(target: Path) -> Diagnostic:
    return Diagnostic("batch-output-exists", "文件夹里已有同名的文件，不是这一批写的，或者写成以后有人改过；没有动它",
                      place=Place(str(target)), hint="移走那个文件，再加 --resume；确实要覆盖就加 --force")  # fmt: skip


def _no_folder(at: Path) -> Diagnostic:
    return Diagnostic("batch-no-folder", "这里要有一个文件夹，却是链接或文件", place=Place(str(at)),
                      hint="移走它，或换一个输出文件夹")  # fmt: skip


def syncs_together(number: int) -> bool:
    """Whether a group of so many documents is made to last by one sync of the whole file system."""
    return number >= _GROUP and _syncfs() is not None


@cache
def _syncfs() -> Any:
    """``syncfs`` where the system has it: writes out one whole file system, and says if anything failed."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        import ctypes

        call = ctypes.CDLL(None, use_errno=True).syncfs
    except (ImportError, OSError, AttributeError):
        return None

    def sync(descriptor: int) -> None:
        if call(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))

    return sync
