"""Interleaved rounds, medians, texts, and the table of figures."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from planwriter.word.package import read_package

TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


@dataclass(frozen=True)
class Task:
    """``prepare`` gives what a document is made of, for all of a round before the clock starts, ``make`` makes it."""

    make: Callable[..., bytes]
    prepare: Callable[[], object] = dict
    times: int = 20
    """Documents a round."""


def text_of(data: bytes) -> str:
    """All text of the main document."""
    root = etree.fromstring(read_package(data, name="文档", reading=True).parts["word/document.xml"])
    return "".join(t.text or "" for t in root.iter(TEXT))


def medians(tasks: Mapping[str, Task | Callable[[int], list[float]]], rounds: int = 5) -> dict[str, float]:
    """Median milliseconds of a document of each task, in rounds that take turns."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            times[name] += timed(task) if isinstance(task, Task) else task(8)
    return {name: statistics.median(found) for name, found in times.items()}


def timed(task: Task) -> list[float]:
    """Milliseconds of processor time of each document of one round: on a busy machine others do not count."""
    found = []
    for given in [task.prepare() for _ in range(task.times)]:
        begun = time.process_time()
        task.make(given)
        found.append((time.process_time() - begun) * 1000)
    return found


def starts(commands: Mapping[str, list[str]], rounds: int = 15) -> dict[str, float]:
    """Median milliseconds of processor time of whole processes, in turns (by the clock where a system does not tell).

    ``.pyc`` files are kept as in any installation.
    """
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            begun = _spent()
            subprocess.run(command, env=kept, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if number:  # the first round writes .pyc files and the cache
                times[name].append((_spent() - begun) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def _spent() -> float:
    """Seconds of processor time of all processes that have ended here."""
    if sys.platform == "win32":
        return time.perf_counter()
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Table:
    """The figures as they come; ``missed`` counts those below what they must be."""

    def __init__(self) -> None:
        self.missed = 0
        print(f"{'figure':66}{'ours':>10}{'other':>10}{'ratio':>9}{'must':>9}{'aim':>9}  verdict   text")

    def faster(self, name: str, ours: float, other: float, must: float, aim: float, same: bool | None = None) -> None:
        """A row that asks for so many times the speed of another."""
        ratio = other / ours
        self._row(name, ours, other, ratio, (f"≥ {must:g}", f"≥ {aim:g}"), ratio >= must, ratio >= aim, same)

    def within(self, name: str, ours: float, other: float, must: float, aim: float, same: bool | None = None) -> None:
        """A row that allows at most so many times of another."""
        ratio = ours / other
        self._row(name, ours, other, ratio, (f"≤ {must:g}", f"≤ {aim:g}"), ratio <= must, ratio <= aim, same)

    def told(self, name: str, ours: float, other: float) -> None:
        """A row nothing is asked of."""
        self._row(name, ours, other, other / ours, ("", ""), True, False, None)

    def left_out(self, name: str, why: str) -> None:
        """A row that could not be measured."""
        print(f"{name:66}not measured: {why}")

    def _row(
        self, name: str, ours: float, other: float, ratio: float, asked: tuple[str, str], met: bool, aim: bool,
        same: bool | None,
    ) -> None:  # fmt: skip
        text = "" if same is None else "equal" if same else "DIFFERS"
        self.missed += not (met and same is not False)
        verdict = ("aim met" if aim else "met" if met else "NOT MET") if asked[0] else ""
        print(f"{name:66}{ours:10.3f}{other:10.3f}{ratio:9.2f}{asked[0]:>9}{asked[1]:>9}  {verdict:9} {text}")
        sys.stdout.flush()
