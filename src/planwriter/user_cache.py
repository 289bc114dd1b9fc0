"""A folder of the user's own for what can be made again: nobody else can have put anything into it.

Who can write there can make the program do anything, as with the interpreter's own ``.pyc`` files. So a file is
read only if it and its folder belong to the user the program runs as and nobody else may write to them; what cannot
be told, or is not so, is treated as absent. See docs/decisions/0017.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from pathlib import Path

_DIGEST = hashlib.sha256().digest_size
_MOST = 2**24
_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def kept(name: str) -> bytes | None:
    """What was kept under a name, whole as it was written; ``None`` where there is nothing that can be trusted."""
    folder = _folder()
    if folder is None:
        return None
    try:
        if not _is_own(folder.lstat(), stat.S_ISDIR):
            return None
        with os.fdopen(os.open(folder / name, _OPEN), "rb") as file:
            if not _is_own(os.fstat(file.fileno()), stat.S_ISREG):
                return None
            content = file.read(_MOST)
    except OSError:
        return None
    digest, body = content[:_DIGEST], content[_DIGEST:]
    return body if hashlib.sha256(body).digest() == digest else None


def keep(name: str, body: bytes) -> None:
    """Keep ``body`` under a name, whole or not at all; where that cannot be done, nothing happens."""
    folder = _folder()
    if folder is None or len(body) > _MOST - _DIGEST:
        return
    import tempfile

    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(folder.lstat(), stat.S_ISDIR):
            return
        handle, beside = tempfile.mkstemp(dir=folder)  # readable and writable for the user alone
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(body).digest() + body)
            Path(beside).replace(folder / name)
        except OSError:
            Path(beside).unlink()


def _folder() -> Path | None:
    """``~/.cache/planwriter`` or its like; none for a program that runs with another user's rights."""
    if sys.platform == "win32":  # a folder of the profile, which Windows keeps from other users
        root = Path(os.environ.get("LOCALAPPDATA", ""))
        return root / "planwriter" / "Cache" if root.is_absolute() else None
    if os.geteuid() != os.getuid() or os.getegid() != os.getgid():
        return None
    try:
        usual = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    except RuntimeError:  # a user without a home
        return None
    root = Path(os.environ.get("XDG_CACHE_HOME") or usual)
    return root / "planwriter" if root.is_absolute() else None


def _is_own(found: os.stat_result, kind: object) -> bool:
    if not kind(found.st_mode):  # type: ignore[operator]
        return False
    return sys.platform == "win32" or (found.st_uid == os.geteuid() and not found.st_mode & _OTHERS)
