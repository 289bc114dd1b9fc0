"""Documents that have no name yet: files without any where the system can give them one later, else files beside."""

from __future__ import annotations

import contextlib
import os
from functools import cache
from pathlib import Path

from planwriter.files import NEW_FILE, draft_name, fill, move_unless_there, remove, write_all, write_draft

Draft = str | int
"""The path of a file beside, or the descriptor of a file without a name, which goes with the process."""
_UNNAMED = os.O_WRONLY | getattr(os, "O_TMPFILE", 0)
_DESCRIPTORS = "/proc/self/fd"
_PLENTY = 4096
_unlinkable: set[str] = set()
"""Folders where a file without a name could not be given one."""


def unnamed_draft(folder: str, content: bytes) -> int | None:
    """A file in this folder that has no name and is not synced; ``None`` where there is none such, for any reason."""
    if not _most_open() or folder in _unlinkable:
        return None
    try:
        descriptor = os.open(folder, _UNNAMED, 0o666)
    except OSError:  # many file systems have none; of a real fault the file beside tells
        return None
    try:
        if descriptor < _most_open():
            fill(descriptor, content)
            return descriptor
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


@cache
def _most_open() -> int:
    """Descriptors below this may be kept open, half of what a process may have; 0 where none could be linked."""
    if _UNNAMED == os.O_WRONLY or not Path(_DESCRIPTORS).is_dir():
        return 0
    import resource

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return _PLENTY if most == resource.RLIM_INFINITY else most // 2


def named_draft(folder: str, name: str, content: bytes, *, synced: bool) -> str:
    """A file beside that of this name, which is not there yet."""
    draft = f"{folder}/{draft_name(name)}"
    try:
        descriptor = os.open(draft, NEW_FILE, 0o666)
    except FileExistsError:  # of a program that was stopped, and had the same number
        return str(write_draft(Path(folder, name), content, synced=synced))
    try:
        write_all(descriptor, content, synced=synced)
    except BaseException:
        remove(draft)
        raise
    return draft


def give_name(draft: Draft, name: str, content: bytes) -> None:
    """Afterwards there is no draft. Raises FileExistsError, and keeps it, where something has the name."""
    if isinstance(draft, str):
        move_unless_there(draft, name)
        return
    try:  # without src_dir_fd the link itself would be linked
        os.link(f"{_DESCRIPTORS}/{draft}", name, src_dir_fd=draft, follow_symlinks=True)
    except FileExistsError:
        raise
    except OSError:
        _name_anew(name, content)
    drop(draft)


def _name_anew(name: str, content: bytes) -> None:
    """Where a file without a name gets none (as a security module may have it): by a file beside, as elsewhere."""
    folder, _, last = name.rpartition("/")
    _unlinkable.add(folder)
    beside = named_draft(folder, last, content, synced=True)
    try:
        move_unless_there(beside, name)
    except BaseException:
        remove(beside)
        raise


def drop(draft: Draft) -> None:
    """Nothing is left of a draft, be it only its other name."""
    if isinstance(draft, str):
        remove(draft)
        return
    with contextlib.suppress(OSError):  # what it held is synced, or not wanted
        os.close(draft)
