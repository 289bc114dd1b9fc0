"""The programs behind the figures still start: what they import is there, also after the rooms have changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
PROGRAMS = sorted(path for path in BENCHMARKS.glob("*.py") if "ArgumentParser" in path.read_text("utf-8"))


def test_there_are_programs() -> None:
    assert {"run.py", "batch.py", "forms.py", "ten_million.py"} <= {path.name for path in PROGRAMS}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_a_benchmark_starts(program: Path) -> None:
    done = subprocess.run([sys.executable, str(program), "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "usage" in done.stdout
