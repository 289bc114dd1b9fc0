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


def best_ms(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The least milliseconds of processor time of each work over several rounds, in which they take turns."""
    times: dict[str, list[float]] = {what: [] for what in works}
    for _ in range(rounds):
        for what, work in works.items():
            begun = time.process_time()
            work()
            times[what].append((time.process_time() - begun) * 1000)
    return {what: min(taken) for what, taken in times.items()}


def main() -> int:
    """Run and print the table; exit 1 where the form has errors or the ratio misses what must hold."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("form", nargs="?", type=Path, default=ROOT / "examples" / "women_annual_notice.yaml")
    asked.add_argument("--rounds", type=int, default=100)
    asked.add_argument("--must", type=float, default=4.0, help="the most that read + validate may take, as a ratio")
    options = asked.parse_args()
    data = options.form.read_bytes()
    text, known = data.decode("utf-8"), known_keys()

    def read() -> object:
        return read_yaml(data, options.form.name, known)

    def whole() -> object:
        return read_document(read_yaml(data, options.form.name, known)[0])

    works = {
        "yaml.CSafeLoader": lambda: yaml.load(text, Loader=yaml.CSafeLoader),
        "read": read,
        "read + validate": whole,
    }
    taken = best_ms(works, options.rounds)
    loading = taken["yaml.CSafeLoader"]
    lines = text.count("\n")
    print(f"{options.form.name}: {lines} lines")
    for what, ms in taken.items():
        print(f"{what:18} {ms:7.2f} ms   {ms / loading:5.2f} ×")
    sound = not read_document(read_yaml(data, options.form.name, known)[0]).errors
    return 0 if sound and taken["read + validate"] / loading <= options.must else 1


if __name__ == "__main__":
    sys.exit(main())
