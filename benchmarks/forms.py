"""Reading a YAML form with places and slips, and validating it, against PyYAML's C loader alone, in one process.

    python benchmarks/forms.py [FORM.yaml] [--rounds N]

The loader gives plain data and says nothing; planwriter gives every scalar its place, looks for slips and tells all
mistakes. Prints the best milliseconds of each and the ratios, which alone carry over to another machine.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from planwriter.form.keys import known_keys
from planwriter.form.yaml_form import read_yaml
from planwriter.model.document import read_document

ROOT = Path(__file__).resolve().parent.parent


def best_ms(work: Callable[[], object], rounds: int) -> float:
    """The least milliseconds of several runs: what the work takes when nothing else runs."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return min(times)


def main() -> int:
    """Run and print the table; exit 1 where the form has errors or the ratio misses what must hold."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("form", nargs="?", type=Path, default=ROOT / "examples" / "women_annual_notice.yaml")
    asked.add_argument("--rounds", type=int, default=60)
    asked.add_argument("--must", type=float, default=4.0, help="the most that read + validate may take, as a ratio")
    options = asked.parse_args()
    data = options.form.read_bytes()
    text, known = data.decode("utf-8"), known_keys()

    def whole() -> object:
        return read_document(read_yaml(data, options.form.name, known)[0])

    loading = best_ms(lambda: yaml.load(text, Loader=yaml.CSafeLoader), options.rounds)
    reading = best_ms(lambda: read_yaml(data, options.form.name, known), options.rounds)
    both = best_ms(whole, options.rounds)
    lines = text.count("\n")
    print(f"{options.form.name}: {lines} lines")
    for what, taken in (("yaml.CSafeLoader", loading), ("read", reading), ("read + validate", both)):
        print(f"{what:18} {taken:7.2f} ms   {taken / loading:5.2f} ×")
    sound = not read_document(read_yaml(data, options.form.name, known)[0]).errors
    return 0 if sound and both / loading <= options.must else 1


if __name__ == "__main__":
    sys.exit(main())
