"""What is about to be written, noted before it has its name, so that what a killed run left is known as a run's own."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from planwriter.batch.destinations import Destination, Folder, digest_of, syncs_together
from planwriter.files import remove

REMEMBERED = ".planwriter.sqlite"
"""How the names of all files begin by which a batch remembers."""
_BEGINNING = f"{REMEMBERED}-announced-"


class Announced(NamedTuple):
    """A document that a worker has composed: its name, digest and bytes, and of which unit it is."""

    output: str
    content: str
    size: int
    source: str
    at: str
    template: str


def announce(folder: str, destination: Destination, group: Sequence[Announced]) -> None:
    """Note a group in a file of its own, before it is written; it lasts as soon as the documents do.

    Where that cannot be done the documents are written all the same: one that nobody noted is kept, and told.
    """
    path = announcement(folder, (one.output for one in group))
    lines = "".join(json.dumps(one) + "\n" for one in group)
    with contextlib.suppress(OSError), path.open("wb") as file:
        file.write(lines.encode())
        file.flush()
        if not (isinstance(destination, Folder) and syncs_together(len(group))):
            os.fsync(file.fileno())


def announcement(folder: str, outputs: Iterable[str]) -> Path:
    """The file that notes a group of these names."""
    return Path(folder, _BEGINNING + digest_of("\n".join(outputs).encode()))


def left_standing(folder: str, destination: Destination) -> Iterator[Announced]:
    """What was announced in a folder and stands there as it was announced."""
    for path in _announcements(folder):
        with contextlib.suppress(OSError, ValueError, TypeError):
            for line in path.read_text("utf-8").splitlines():
                one = Announced(*json.loads(line))
                if _stands(destination, one):
                    yield one


def forget_all(folder: str) -> None:
    """Remove every announcement: all that was announced is noted for good, or was never written."""
    for path in _announcements(folder):
        remove(path)


def _announcements(folder: str) -> list[Path]:
    return sorted(Path(folder).glob(f"{_BEGINNING}*"))


def _stands(destination: Destination, one: Announced) -> bool:
    if not isinstance(destination, Folder):
        return destination.has(one.output, one.size)
    path = Path(destination.path, one.output)
    try:
        as_large = not path.is_symlink() and path.is_file() and path.stat().st_size == one.size
        return as_large and digest_of(path.read_bytes()) == one.content
    except OSError:
        return False
