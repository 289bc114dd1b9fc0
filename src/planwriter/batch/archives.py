"""A zip for every group: the documents under one first folder together, those without a folder in one zip."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from planwriter.batch.extras import Extras
from planwriter.batch.manifest import DONE, Entry

UNGROUPED = "文档"
_DATE = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


def zip_groups(extras: Extras, entries: Iterable[Entry]) -> Iterator[Path | str]:
    """Write the zips of units in the order of their outputs; the paths. The same documents give the same bytes."""
    done = (one for one in entries if one.status == DONE)
    loose: list[str] = []
    for group, members in groupby(done, lambda one: one.output.rpartition("/")[0].split("/")[0]):
        names = [one.output for one in members]
        if group:
            yield _zip(extras, f"{group}.zip", names, inside=group + "/")
        else:  # names without a folder stand between those with one
            loose += names
    if loose:
        yield _zip(extras, f"{UNGROUPED}.zip", loose, inside="")


def _zip(extras: Extras, name: str, outputs: list[str], *, inside: str) -> Path | str:
    def fill(out: BinaryIO) -> None:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for output in outputs:
                _add(archive, extras.document(output), output.removeprefix(inside))

    return extras.write(name, fill)


def _add(archive: zipfile.ZipFile, document: bytes, name: str) -> None:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.external_attr = _READABLE
    entry.create_system = 3
    archive.writestr(entry, document)
