"""A batch from a roster to a folder beside docxtpl doing the same documents, both with the same number of processes.

    python benchmarks/batch.py [--rows N] [--processes P] [--peer N]

docxtpl is given contexts that are ready. The text of a document of both is compared. Only the ratio carries over to
another machine; the peak memory of a worker is in MB.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from lxml import etree

from planwriter.actions import read_form
from planwriter.batch.jobs import Job
from planwriter.batch.run import run
from planwriter.standard import profile
from planwriter.template.builtin import builtin_template
from planwriter.template.context import context
from planwriter.word.package import read_package

ROOT = Path(__file__).resolve().parent.parent
FORM = ROOT / "examples" / "village_plan.yaml"
TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
UNIT = "石磬镇柳下村村民委员会"


def shared() -> bytes:
    """The village's plan as a shared form."""
    return FORM.read_text(encoding="utf-8").replace(UNIT, "{{镇}}{{村}}村民委员会").encode()


def job(number: int) -> Job:
    """A row of the roster."""
    row = {"镇": f"第{number % 20}镇", "村": f"{number}号村", "工作目标[1].目标值": str(30 + number % 9)}
    return Job("名册", row, at=f"第{number}行", row=True, line=number)


def filled(number: int) -> dict[str, Any]:
    """The ready context of a row."""
    row = job(number).form
    text = FORM.read_text(encoding="utf-8").replace(UNIT, f"{row['镇']}{row['村']}村民委员会")
    text = text.replace("目标值: 36,", f"目标值: {row['工作目标[1].目标值']},")
    return context(read_form(text.encode()).accepted(), profile().layout)


def peer(folder: str, numbers: range) -> float:
    """docxtpl's usual way, a DocxTemplate for every document: seconds without making the contexts."""
    source, ready = builtin_template("plan"), [(number, filled(number)) for number in numbers]
    begun = time.perf_counter()
    for number, values in ready:
        template = DocxTemplate(io.BytesIO(source))
        template.render(values, autoescape=True)
        template.save(Path(folder, f"{number}.docx"))
    return time.perf_counter() - begun


def docxtpl_seconds(rows: int, processes: int, folder: str) -> float:
    """Seconds a document of docxtpl, all processes working at once."""
    shares = [range(at, rows, processes) for at in range(processes)]
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        return max(pool.map(peer, [folder] * processes, shares)) / rows


def words(document: Path) -> str:
    """All text of the main document."""
    root = etree.fromstring(read_package(document.read_bytes(), name=document.name).parts["word/document.xml"])
    return "".join(text.text or "" for text in root.iter(TEXT))


def main() -> int:
    """Run and print; exit 1 where texts differ or a unit failed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=20_000)
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--peer", type=int, default=100, help="documents of docxtpl")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out")
        units = run(
            map(job, range(options.rows)),
            out,
            base=("共用.yaml", shared()),
            name="{镇}/{村}",
            workers=options.processes,
        )
        warm = options.rows // 10
        failed, begun = 0, 0.0
        for number, unit in enumerate(units):
            failed += unit.failed
            begun = time.perf_counter() if number == warm else begun
        ours = (time.perf_counter() - begun) / (options.rows - warm)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        theirs = docxtpl_seconds(options.peer, options.processes, folder)
        same = words(out / "第1镇" / "1号村.docx") == words(Path(folder, "1.docx"))
    print(f"planwriter {ours * 1000:.2f} ms, docxtpl {theirs * 1000:.2f} ms a document: {theirs / ours:.1f} x faster;")
    print(f"{options.rows} rows, {options.processes} processes, {memory:.0f} MB a worker, {failed} failed, "
          f"text {'equal' if same else 'DIFFERS'}")  # fmt: skip
    return 0 if same and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
