"""Every figure of speed in one table: planwriter beside docxtpl, other peers and the bare zip, in one run.

    python benchmarks/run.py [FORM.yaml] [--no-peers]

All fill the same template with the same content, built afresh for every document, ours in other words each time;
rounds take turns and the texts of all outputs are compared. Peers are installed into a folder that is deleted again.
All is measured in milliseconds of processor time; only the ratios carry over to another machine. Exit status 1 where a text differs or a figure misses what it must be.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

import peers_of_run
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from fresh_words import in_other_words
from measuring import Table, Task, medians, starts, text_of

import batch
import own_templates
from planwriter.actions import read_form, write
from planwriter.form.opening import open_form
from planwriter.model.document import read_document, to_form
from planwriter.standard import profile
from planwriter.template.builtin import builtin_template
from planwriter.template.context import context
from planwriter.template.opening import compile_template
from planwriter.template.pictures import Picture
from planwriter.word import packing
from planwriter.word.package import read_package, write_parts

ROOT = Path(__file__).resolve().parent.parent
LAYOUT = profile().layout
BODY = "word/document.xml"


def usual(source: bytes, given: Any) -> bytes:
    """docxtpl's usual way: one DocxTemplate per document."""
    out, template = io.BytesIO(), DocxTemplate(io.BytesIO(source))
    template.render(given, autoescape=True)
    template.save(out)
    return out.getvalue()


class Plan:
    """The plan, the template and what is made of them."""

    def __init__(self, form: Path) -> None:
        document = read_form(form).accepted()
        self.plan = getattr(document, "plan", None) or document
        self.source = builtin_template("plan")
        self.compiled = compile_template(self.source)
        self.data = to_form(self.plan)
        self._fresh = in_other_words(self.data)

    def context(self) -> dict[str, Any]:
        return context(self.plan, LAYOUT, facts=False)

    def fresh_data(self) -> dict[str, Any]:
        data: dict[str, Any] = next(self._fresh)
        return data

    def fresh_model(self) -> Any:
        return read_document(self.fresh_data()).accepted()

    def fresh_context(self) -> dict[str, Any]:
        return context(self.fresh_model(), LAYOUT, facts=False)

    def from_model(self, plan: Any) -> bytes:
        return self.compiled.fill(context(plan, LAYOUT, facts=False))

    def from_data(self, data: dict[str, Any]) -> bytes:
        return self.compiled.fill(context(read_document(data).accepted(), LAYOUT, facts=False))

    def from_yaml(self, text: bytes) -> bytes:
        placed, _ = open_form(text, "表单")
        return self.compiled.fill(context(read_document(placed).accepted(), LAYOUT, facts=False))


def _as_yaml(data: dict[str, Any]) -> bytes:
    import yaml

    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10**6).encode()


def fills(table: Table, plan: Plan, folder: Path, *, peers: bool) -> None:
    """A plan into bytes, in every way."""
    filled = plan.compiled.fill(plan.context())
    parts = read_package(filled, name="文档").parts
    floor = packing.PackageWriter(parts, [BODY, "docProps/core.xml"])
    dynamic = {name: parts[name] for name in (BODY, "docProps/core.xml")}
    tasks: dict[str, Any] = {
        "docxtpl": Task(lambda given: usual(plan.source, given), plan.fresh_context, 4),
        "fill": Task(plan.compiled.fill, plan.fresh_context, 60),
        "floor": Task(lambda _: floor.write(dynamic), times=60),
        "model": Task(plan.from_model, plan.fresh_model, 60),
        "write": Task(write, plan.fresh_model, 10),
        "data": Task(plan.from_data, plan.fresh_data, 60),
        "yaml": Task(plan.from_yaml, lambda: _as_yaml(plan.fresh_data()), 6),
    }
    running = _peers(folder, plan) if peers else {}
    tasks |= {name: peer.times for name, peer in running.items()}
    ms = medians(tasks)
    with mock.patch.object(packing, "_quick", lambda: packing._zlib_6):
        ms["zlib"] = medians({"zlib": tasks["fill"]})["zlib"]
        plain = plan.compiled.fill(plan.context())
    words = text_of(usual(plan.source, plan.context()))
    same = {name: text_of(data) == words for name, data in {
        "fill": filled, "zlib": plain, "data": plan.from_data(plan.data), "yaml": plan.from_yaml(_as_yaml(plan.data))}.items()}  # fmt: skip
    table.faster("context → bytes : docxtpl's usual way", ms["fill"], ms["docxtpl"], 50, 100, same["fill"])
    for name, peer in running.items():
        peer.stop()
        same[name] = text_of(peer.output.read_bytes()) == words
    if "docxtemplater" in running:
        table.faster("the same : docxtemplater (npm)", ms["fill"], ms["docxtemplater"], 25, 50, same["docxtemplater"])
    else:
        table.left_out("the same : docxtemplater (npm)", "not installed")
    quickest = min(running, key=lambda name: ms[name], default=None)
    if quickest is not None:
        table.faster(
            f"the same : fastest peer of the run ({quickest})", ms["fill"], ms[quickest], 18, 35, same[quickest]
        )
    table.within("the same : zip-only floor of the same parts", ms["fill"], ms["floor"], 4, 2.2)
    table.faster("the same without compiled extras (zlib 6) : docxtpl", ms["zlib"], ms["docxtpl"], 20, 27, same["zlib"])
    table.told("validated plan → context → bytes : docxtpl's fill alone", ms["model"], ms["docxtpl"])
    table.told("planwriter.write(plan), checks and the plan inside : docxtpl's fill alone", ms["write"], ms["docxtpl"])
    table.faster(
        "dict → validated model → bytes : docxtpl's fill alone", ms["data"], ms["docxtpl"], 30, 60, same["data"]
    )
    table.faster("YAML text → model → bytes : docxtpl's fill alone", ms["yaml"], ms["docxtpl"], 4, 8, same["yaml"])


def _peers(folder: Path, plan: Plan) -> dict[str, peers_of_run.Peer]:
    parts = read_package(plan.source, name="模板").parts
    found = {
        "docxtemplater": peers_of_run.docxtemplater(folder, parts, write_parts, plan.context()),
        "rust-docxtpl": peers_of_run.rust_docxtpl(folder, plan.source, plan.context()),
    }
    return {name: peer for name, peer in found.items() if peer is not None}


def long_plan(table: Table, plan: Plan) -> None:
    """A plan a hundred times as long, and how small ``small`` is."""

    def fresh() -> dict[str, Any]:
        made = plan.fresh_context()
        return made | {"正文": made["正文"] * 100}

    ours, theirs = Task(plan.compiled.fill, fresh, 3), Task(lambda given: usual(plan.source, given), fresh, 1)
    ms = medians({"ours": ours, "docxtpl": theirs}, rounds=3)
    given = fresh()
    same = text_of(plan.compiled.fill(given)) == text_of(usual(plan.source, given))
    table.faster("100 × longer plan : docxtpl", ms["ours"], ms["docxtpl"], 40, 65, same)
    small = plan.compiled.fill(plan.context(), small=True)
    with mock.patch.object(packing, "_dense", lambda: packing._zlib_6):
        table.within(
            "size of small=True : zlib 6 (bytes)",
            len(small),
            len(plan.compiled.fill(plan.context(), small=True)),
            1.1,
            1,
        )


def own(table: Table) -> None:
    """A user's own template in the sandbox; pictures and sub-documents."""
    source = own_templates.looping()
    compiled = compile_template(source)
    ms = medians({
        "ours": Task(compiled.fill, own_templates.looping_context, 20),
        "docxtpl": Task(lambda given: usual(source, given), own_templates.looping_context, 3),
    })  # fmt: skip
    same = text_of(compiled.fill(own_templates.looping_context())) == text_of(
        usual(source, own_templates.looping_context())
    )
    table.faster("own template, loops and conditions : docxtpl", ms["ours"], ms["docxtpl"], 10, 45, same)
    source, picture = own_templates.pictured(), own_templates.png()
    owner = DocxTemplate(io.BytesIO(source))
    with_owner = compile_template(owner)

    def ours(_: object) -> bytes:
        return with_owner.fill(
            {"title": "一", "picture": Picture(picture, width_mm=20), "below": own_templates.below(owner)}
        )

    def theirs(_: object) -> bytes:
        out, template = io.BytesIO(), DocxTemplate(io.BytesIO(source))
        image = InlineImage(template, io.BytesIO(picture), width=Mm(20))
        template.render({"title": "一", "picture": image, "below": own_templates.below(template)}, autoescape=True)
        template.save(out)
        return out.getvalue()

    same = text_of(ours(None)) == text_of(theirs(None))
    ms = medians({"ours": Task(ours, times=3), "docxtpl": Task(theirs, times=3)})
    table.faster("the same with a picture and a sub-document : docxtpl", ms["ours"], ms["docxtpl"], 1, 2, same)


def memory(table: Table, form: Path) -> None:
    """Peak memory of one process after 1,000 documents, and after ten times as many."""
    peaks = []
    for count in (1_000, 10_000):
        code = (
            "import sys\n"
            "from planwriter.actions import read_form\n"
            "from planwriter.actions.looks import template_of\n"
            "from planwriter.standard import profile\n"
            "from planwriter.template.context import context\n"
            "document = read_form(sys.argv[1]).accepted()\n"
            "plan = getattr(document, 'plan', None) or document\n"
            "compiled = template_of(None, plan, profile(), untrusted=False)\n"
            "made = context(plan, profile().layout, facts=False)\n"
            "for number in range(int(sys.argv[2])):\n"
            "    if number % 100 == 0:\n"
            "        made = context(plan, profile().layout, facts=False)\n"
            "    compiled.fill(made | {'标题': f'第{number}份'})\n"
            "lines = open('/proc/self/status').read().splitlines()\n"
            "print(next(line.split()[1] for line in lines if line.startswith('VmHWM')))\n"
        )
        told = subprocess.run([sys.executable, "-c", code, str(form), str(count)], check=True, capture_output=True)
        peaks.append(int(told.stdout) / 1024)
    table.within("peak memory of a process, MB : 1 MB", peaks[1], 1, 100, 64)
    table.within("memory after 10,000 documents, MB : after 1,000", peaks[1], peaks[0], 1.10, 1.03)


def first_moments(table: Table, folder: Path) -> None:
    """Starts of the program."""
    python, program = sys.executable, [sys.executable, "-m", "planwriter"]
    form, out = ROOT / "examples" / "village_plan.yaml", folder / "out.docx"
    ms = starts({
        "python": [python, "-c", "pass"],
        "libraries": [python, "-c", "import docxtpl, pydantic"],
        "write": [*program, "write", str(form), "-o", str(out), "--force"],
        "version": [*program, "--version"],
        "import": [python, "-c", "import planwriter"],
    })  # fmt: skip
    table.within("planwriter write, template cached : import docxtpl, pydantic", ms["write"], ms["libraries"], 1.3, 0.8)
    table.within("planwriter --version : bare Python", ms["version"], ms["python"], 6, 4)
    table.within("import planwriter : bare Python", ms["import"], ms["python"], 4, 2)


def main() -> int:
    """Run and print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("form", nargs="?", type=Path, default=ROOT / "examples" / "women_annual_notice.yaml")
    asked.add_argument("--no-peers", action="store_true", help="docxtpl alone, nothing is installed")
    asked.add_argument("--batch", type=int, default=20_000, help="rows of the batch; 0 leaves it out")
    options = asked.parse_args()
    table = Table()
    plan = Plan(options.form)
    with tempfile.TemporaryDirectory() as folder:
        fills(table, plan, Path(folder), peers=not options.no_peers)
        long_plan(table, plan)
        own(table)
        first_moments(table, Path(folder))
        if sys.platform == "linux":  # others do not tell the peak of one program alone
            memory(table, options.form)
        if options.batch:
            batch.figures(table, Path(folder), rows=options.batch, grown=5 * options.batch)
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
