"""The verb behind ``planwriter batch``: sources in, documents out, then what is made of all of them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from planwriter.batch.addresses import plain, shown
from planwriter.batch.distant import read_address
from planwriter.batch.run import Batch
from planwriter.batch.running import Unit
from planwriter.batch.sources import count, jobs_from
from planwriter.diagnostic import Diagnostic, Place, Severity, UsageError

_FEW = 5
MOST_SHOWN = 20
"""Units with mistakes that a summary tells in full; the list has all."""


@dataclass(slots=True)
class Summary:
    """What came of a batch: how many units, the first that failed, how many documents of earlier runs are ``left``
    without a unit, the further files, what was said of all."""

    written: int = 0
    kept: int = 0
    failed: int = 0
    gaps: int = 0
    doubtful: int = 0
    left: int = 0
    failures: list[Unit] = field(default_factory=list)
    files: list[Path | str] = field(default_factory=list)
    told: list[Diagnostic] = field(default_factory=list)

    def count(self, unit: Unit) -> None:
        """Take a settled unit in."""
        self.kept += unit.kept
        self.failed += unit.failed
        self.written += not (unit.kept or unit.failed)
        self.gaps += unit.entry.gaps > 0
        self.doubtful += not unit.failed and bool(unit.entry.told)
        if unit.failed and len(self.failures) < MOST_SHOWN:
            self.failures.append(unit)


def batch(
    sources: Sequence[str | os.PathLike[str]], output: str | os.PathLike[str], *,
    base: str | os.PathLike[str] | None = None, zipped: bool = False, merged: bool = False, report: bool = False,
    listed: Sequence[str] = (), dask: str | None = None, on_unit: Callable[[Unit], None] | None = None, **choices: Any,
) -> Summary:  # fmt: skip
    """Make a batch of sources (see ``jobs_from``); further ``choices`` are those of :class:`Batch`.

    ``zipped``: a zip for every first folder of the names; ``merged``: all documents in one; ``report``: a page for
    every unit with a mistake or a gap; ``listed``: the list as ``csv``, ``xlsx`` or ``json``. ``dask``: the scheduler
    of a cluster that does the work. Sources, ``base`` and ``output`` may be addresses (``s3://桶/前缀``).
    """
    _check(sources, output, base)
    summary = Summary()
    choices.setdefault("total", count(sources))
    jobs = jobs_from(sources, base=base is not None)
    with _on_cluster(dask, choices) as ready, Batch(jobs, plain(output), base=_given(base), **ready) as made:
        for unit in made.units():
            summary.count(unit)
            if on_unit is not None:
                on_unit(unit)
        summary.told += made.told
        _tell_left_over(made, summary)
        _further(made, summary, zipped=zipped, merged=merged, report=report, listed=listed)
    return summary


@contextlib.contextmanager
def _on_cluster(address: str | None, choices: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The choices, with the executor of the cluster if there is one."""
    if address is None:
        yield choices
        return
    from planwriter.batch.clusters import dask_cluster

    with dask_cluster(address) as (executor, number):
        yield choices | {"executor": executor, "workers": choices.get("workers") or number}


def _given(base: str | os.PathLike[str] | None) -> Path | tuple[str, bytes] | None:
    if base is None:
        return None
    place = plain(base)
    return place if isinstance(place, Path) else (shown(place), read_address(place))


def _check(
    sources: Sequence[str | os.PathLike[str]], output: str | os.PathLike[str], base: str | os.PathLike[str] | None
) -> None:
    """The output folder may not be one of the sources: its documents would be sources of the next run."""
    out = plain(output)
    for one in map(plain, (*sources, *([] if base is None else [base]))):
        if one == out or (isinstance(one, Path) and isinstance(out, Path) and _is_same(one, out)):
            raise UsageError(Diagnostic("batch-output-is-source", "输出文件夹和来源是同一个", place=Place(str(output)),
                                        hint="换一个输出文件夹"))  # fmt: skip


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _tell_left_over(made: Batch, summary: Summary) -> None:
    names = []
    for one in made.left_over():
        summary.left += 1
        if summary.left <= _FEW:
            names.append(one.output)
    if names:
        some = "、".join(names) + ("等" if summary.left > _FEW else "")
        message = f"文件夹里还有 {summary.left} 份以前写的文档，这一次的来源里没有对应的单位，没有动它们：{some}"
        hint = "单位改了名、换了行、删去了，或这次只做一部分来源，都会这样；核对以后自己删，加 --list csv 可以得到全部"
        summary.told.append(Diagnostic("batch-left-over", message, Severity.WARNING, hint=hint))


def _further(made: Batch, summary: Summary, *, zipped: bool, merged: bool, report: bool, listed: Sequence[str]) -> None:
    from planwriter.batch.archives import zip_groups
    from planwriter.batch.combining import combine
    from planwriter.batch.listing import write_list
    from planwriter.batch.returning import return_pages, return_workbooks

    manifest = made.manifest
    extras = made.extras()
    if merged:
        path, told = combine(extras, manifest.entries())
        summary.files += [path] if path is not None else []
        summary.told += told
    if zipped:
        summary.files += zip_groups(extras, manifest.entries(by_output=True))
    if report:
        summary.files += return_pages(extras, manifest.entries(), made.profile)
        summary.files += return_workbooks(extras, manifest.entries())
    summary.files += [write_list(extras, kind, chain(manifest.entries(), made.left_over())) for kind in listed]
