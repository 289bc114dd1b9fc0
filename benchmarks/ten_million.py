"""Ten million documents on paper: bytes, seconds, requests and what breaks first, from what a small run measures here.

    python benchmarks/ten_million.py [--rows N] [--documents N] [--cores N] [--trip MS] [--link MBIT]

A batch of N rows is done in one process into a folder, and what it took is multiplied. What cannot be measured here
(the trip to a store, the width of the link) is an assumption that the table names and an option changes.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import tempfile
import time
from pathlib import Path

from batch import row, shared
from planwriter.batch.jobs import Job
from planwriter.batch.manifest import NAME
from planwriter.batch.run import Batch
from planwriter.batch.stores import _AT_ONCE

REQUESTS = 3
"""What a store is asked for one new document: is it there (a look and a listing of its name), then the put."""


def job(number: int) -> Job:
    """A row of the roster that the benchmark of batches uses."""
    return Job("名册", row(number), at=f"第{number}行", row=True, line=number)


def measured(rows: int) -> dict[str, float]:
    """Seconds and bytes of one document, of its line in the manifest and of its row on the way."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out")
        made = Batch(map(job, range(rows)), out, base=("共用.yaml", shared()), name="{镇}/{村}", workers=1)
        with made as batch:
            begun, seconds, size = time.perf_counter(), [], 0
            for unit in batch.units():
                assert not unit.failed, unit.diagnostics
                seconds.append(unit.entry.seconds)
                size += unit.entry.size
            planned = max(time.perf_counter() - begun - sum(seconds), 0.0) / rows
        warm = seconds[rows // 5 :]
        manifest = sum(one.stat().st_size for one in out.glob(f"{NAME}*"))
    carried = len(pickle.dumps(tuple(map(job, range(100))), protocol=5)) / 100
    return {
        "planned": planned,
        "worked": sum(warm) / len(warm),
        "size": size / rows,
        "manifest": manifest / rows,
        "row": carried,
    }


def main() -> int:
    """Measure, multiply, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=1000)
    asked.add_argument("--documents", type=int, default=10_000_000)
    asked.add_argument("--cores", type=int, default=64, help="cores of all machines together")
    asked.add_argument("--trip", type=float, default=20.0, help="ms of one request to the store")
    asked.add_argument("--link", type=float, default=1000.0, help="Mbit/s into the store")
    asked.add_argument("--put-price", type=float, default=5.0, help="price of a million puts and listings")
    options = asked.parse_args()
    one, number = measured(options.rows), options.documents
    putting = REQUESTS * options.trip / 1000 / _AT_ONCE
    seconds = {
        "workers compose": number * one["worked"] / options.cores,
        "workers wait for the store": number * putting / options.cores,
        "one process plans and notes": number * one["planned"],
        "the link carries documents": number * one["size"] * 8 / (options.link * 1e6),
    }
    print(
        f"one document: {one['worked'] * 1000:.2f} ms of a worker, {one['planned'] * 1000:.2f} ms of the planning process,"
    )
    print(
        f"{one['size'] / 1024:.1f} KB; its row {one['row']:.0f} bytes on the way, its line {one['manifest']:.0f} bytes"
    )
    print(f"\n{number:,} documents, {options.cores} cores, {options.trip:g} ms a request, {options.link:g} Mbit/s:")
    for what, long in sorted(seconds.items(), key=lambda pair: -pair[1]):
        print(f"  {what:30} {long / 3600:8.2f} h")
    first = max(seconds, key=lambda name: seconds[name])
    print(f"  {'documents':30} {number * one['size'] / 1e9:8.0f} GB")
    print(f"  {'manifest':30} {number * one['manifest'] / 1e9:8.1f} GB")
    print(f"  {'rows to the workers':30} {number * one['row'] / 1e9:8.1f} GB")
    print(f"  {'listing kept for --resume':30} {number * 150 / 1e9:8.1f} GB of memory (150 bytes a name)")
    print(
        f"  {'requests':30} {number * REQUESTS / 1e6:8.0f} million, {number * 2 / 1e6 * options.put_price:.0f} in money"
    )
    print(f"\nbreaks first: {first}; with one batch for each of 100 counties, a hundredth of each at a time.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
