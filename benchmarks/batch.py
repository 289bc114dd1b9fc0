"""A batch from a roster to a folder beside docxtpl doing the same documents, both with the same number of processes.

    python benchmarks/batch.py [--rows N] [--grown N] [--peer N] [--folder FOLDER]

docxtpl is given contexts that are ready. The text of a document of both is compared. Every run is a program of its own,
so that its memory is its own: the peak of a worker, and of the process that plans. On ext4, files are slow to create for
some minutes after thousands were deleted; nothing is deleted here before all is measured.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from measuring import Table, text_of

from planwriter.actions import read_form
from planwriter.batch.run import run
from planwriter.batch.sources import jobs_from
from planwriter.form.workbook.tables import write_table
from planwriter.standard import profile
from planwriter.template.builtin import builtin_template
from planwriter.template.context import context

ROOT = Path(__file__).resolve().parent.parent
FORM = ROOT / "examples" / "village_plan.yaml"
UNIT = "石磬镇柳下村村民委员会"
TARGET = "工作目标[1].目标值"


def shared() -> bytes:
    """The village's plan as a shared form."""
    return FORM.read_text(encoding="utf-8").replace(UNIT, "{{镇}}{{村}}村民委员会").encode()


def row(number: int) -> dict[str, str]:
    """A row of the roster."""
    return {"镇": f"第{number % 20}镇", "村": f"{number}号村", TARGET: str(30 + number % 9)}


def roster(folder: Path, rows: int, kind: str = ".csv") -> Path:
    """A roster in a file of this kind, ``.csv`` or ``.xlsx``."""
    path = folder / f"{rows}{kind}"
    if kind == ".xlsx":
        with path.open("wb") as out:
            write_table(out, "名册", list(row(0)), (list(row(number).values()) for number in range(rows)))
        return path
    with path.open("w", encoding="utf-8", newline="") as out:
        lines = csv.DictWriter(out, list(row(0)))
        lines.writeheader()
        lines.writerows(map(row, range(rows)))
    return path


@dataclass(frozen=True)
class Measured:
    """Seconds a document once all processes work; of all, start and end included, the processor time; peaks in MB."""

    seconds: float
    processor: float
    parent: float
    worker: float


def ours(folder: Path, rows: int, processes: int, kind: str = ".csv") -> Measured:
    """A batch in a program of its own; where it was done before, it is gone on with."""
    out = folder / f"{rows}-{processes}{kind}"
    told = subprocess.run(
        [sys.executable, __file__, "--run", str(roster(folder, rows, kind)), str(out), str(rows), str(processes)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return Measured(*json.loads(told.stdout))


def run_here(source: str, out: str, rows: int, processes: int) -> list[float]:
    """Make the documents of a roster; what is measured begins after the first tenth."""
    jobs = jobs_from([source], base=True)
    begun, warm = 0.0, rows // 10
    choices: dict[str, Any] = {"base": ("共用.yaml", shared()), "name": "{镇}/{村}", "workers": processes}
    for number, unit in enumerate(run(jobs, out, resume=Path(out).exists(), **choices), 1):
        if unit.failed:
            raise SystemExit(f"{unit.entry.unit}: {unit.diagnostics}")
        begun = time.perf_counter() if number == warm else begun
    seconds = (time.perf_counter() - begun) / (rows - warm)
    used = [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return [seconds, sum(one.ru_utime + one.ru_stime for one in used), *(one.ru_maxrss / 1024 for one in used)]


def filled(number: int) -> dict[str, Any]:
    """The ready context of a row."""
    said = row(number)
    text = FORM.read_text(encoding="utf-8").replace(UNIT, f"{said['镇']}{said['村']}村民委员会")
    text = text.replace("目标值: 36,", f"目标值: {said[TARGET]},")
    return context(read_form(text.encode()).accepted(), profile().layout)


def peer(folder: str, numbers: range) -> tuple[float, float]:
    """docxtpl's usual way, a DocxTemplate for every document: seconds, and those of the processor, without contexts."""
    source, ready = builtin_template("plan"), [(number, filled(number)) for number in numbers]
    begun, used = time.perf_counter(), time.process_time()
    for number, values in ready:
        template = DocxTemplate(io.BytesIO(source))
        template.render(values, autoescape=True)
        template.save(Path(folder, f"{number}.docx"))
    return time.perf_counter() - begun, time.process_time() - used


def docxtpl_seconds(rows: int, processes: int, folder: str) -> tuple[float, float]:
    """Seconds a document of docxtpl, all processes working at once, and those of the processor."""
    shares = [range(at, rows, processes) for at in range(processes)]
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        told = list(pool.map(peer, [folder] * processes, shares))
    return max(seconds for seconds, _ in told) / rows, sum(used for _, used in told) / rows


def figures(table: Table, folder: Path, *, rows: int = 20_000, grown: int = 100_000, documents: int = 400) -> None:
    """The rows of the table that batches have to hold."""
    before = docxtpl_seconds(documents, 2, str(folder))
    two = ours(folder, rows, 2)
    theirs, used = ((a + b) / 2 for a, b in zip(before, docxtpl_seconds(documents, 2, str(folder)), strict=True))
    one = ours(folder, rows, 1)
    few, many = ours(folder, 1_000, 2), ours(folder, grown, 2)
    workbook, again = ours(folder, rows, 2, ".xlsx"), ours(folder, grown, 2)
    made = folder / f"{rows}-2.csv" / "第1镇" / "1号村.docx"
    same = text_of(made.read_bytes()) == text_of((folder / "1.docx").read_bytes())
    alike = made.read_bytes() == (folder / f"{rows}-2.xlsx" / "第1镇" / "1号村.docx").read_bytes()
    ms = 1000
    table.faster(f"batch of {rows:,}, 2 processes : docxtpl, 2 processes", two.seconds * ms, theirs * ms, 40, 55, same)
    own = (many.processor - few.processor) / (grown - 1_000)
    table.faster("the same in processor time of all processes : docxtpl", own * ms, used * ms, 40, 55, same)
    table.faster("the same : one process", two.seconds * ms, one.seconds * ms, 1.6, 1.9, same)
    table.told("the same from .xlsx : from .csv", workbook.seconds * ms, two.seconds * ms, same=alike)
    table.told(f"going on with {grown:,} that are done, a row : making one", again.seconds * ms, many.seconds * ms)
    table.within("peak memory of a worker, MB : 1 MB", many.worker, 1, 100, 64)
    table.within(f"memory of a worker after {grown:,} : after 1,000", many.worker, few.worker, 1.10, 1.03)
    table.within(f"memory of the planning process after {grown:,} : after 1,000", many.parent, few.parent, 1.10, 1.03)


def main() -> int:
    """Run and print; exit 1 where texts differ or a figure misses what it must be."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=20_000)
    asked.add_argument("--grown", type=int, default=100_000, help="rows of the batch whose memory is compared")
    asked.add_argument("--peer", type=int, default=400, help="documents of docxtpl")
    asked.add_argument("--folder", help="where the documents go for the time of the measurement")
    asked.add_argument("--run", nargs=4, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.run:
        source, out, rows, processes = options.run
        print(json.dumps(run_here(source, out, int(rows), int(processes))))
        return 0
    table = Table()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        figures(table, Path(folder), rows=options.rows, grown=options.grown, documents=options.peer)
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
