"""Filling the built-in plan template: planwriter's door against docxtpl's usual way, side by side in one process.

    python benchmarks/fill.py [FORM.yaml] [--rounds N]

Both fill the same template with the same context, built afresh for every document; the text of every output is
compared. Prints median milliseconds a document and the ratios, which alone carry over to another machine.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from docxtpl import DocxTemplate
from lxml import etree

from planwriter.actions import read_form
from planwriter.standard import profile
from planwriter.template.builtin import builtin_template
from planwriter.template.context import context
from planwriter.template.opening import compile_template
from planwriter.word.package import read_package

ROOT = Path(__file__).resolve().parent.parent
TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def text_of(data: bytes) -> str:
    """All text of the main document."""
    root = etree.fromstring(read_package(data, name="文档").parts["word/document.xml"])
    return "".join(t.text or "" for t in root.iter(TEXT))


def median_ms(make: Callable[[], bytes], rounds: int) -> tuple[float, bytes]:
    """Median milliseconds of a document, and the last one made."""
    times, made = [], make()
    for _ in range(rounds):
        begun = time.perf_counter()
        made = make()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times), made


def main() -> int:
    """Run and print the table; exit 1 where texts differ or the ratio misses what must hold."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("form", nargs="?", type=Path, default=ROOT / "examples" / "women_annual_notice.yaml")
    asked.add_argument("--rounds", type=int, default=60)
    asked.add_argument("--must", type=float, default=20.0, help="the least ratio to docxtpl")
    options = asked.parse_args()
    document = read_form(options.form).accepted()
    plan = getattr(document, "plan", document)
    layout = profile().layout
    source = builtin_template("plan")
    compiled = compile_template(source)

    def usual() -> bytes:
        out, template = io.BytesIO(), DocxTemplate(io.BytesIO(source))
        template.render(filled(), autoescape=True)
        template.save(out)
        return out.getvalue()

    made_once = context(plan, layout)

    def filled() -> dict[str, object]:
        return dict(made_once)

    rows = {
        "docxtpl, one DocxTemplate a document": median_ms(usual, max(5, options.rounds // 4)),
        "planwriter, fill": median_ms(lambda: compiled.fill(filled()), options.rounds),
        "planwriter, model to bytes": median_ms(lambda: compiled.fill(context(plan, layout)), options.rounds),
    }
    base = rows["docxtpl, one DocxTemplate a document"]
    words = text_of(base[1])
    print(f"{len(made_once['正文'])} blocks, {len(words)} characters, {options.rounds} rounds")
    print(f"{'':44}{'ms':>8}{'x faster':>10}{'text':>8}")
    same = True
    for name, (ms, data) in rows.items():
        equal = text_of(data) == words
        same = same and equal
        print(f"{name:44}{ms:8.2f}{base[0] / ms:10.1f}{'equal' if equal else 'DIFFERS':>8}")
    return 0 if same and base[0] / rows["planwriter, fill"][0] >= options.must else 1


if __name__ == "__main__":
    sys.exit(main())
