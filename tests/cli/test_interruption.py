"""Ctrl-C at any moment: status 130, one Chinese line, no traceback, nothing half written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import planwriter

SOURCE = str(Path(planwriter.__file__).parents[1])
EXAMPLE = Path(__file__).resolve().parents[2] / "examples/village_plan.yaml"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")

WHILE_IMPORTING = """
import builtins, os, signal, sys
moment = sys.argv.pop(1)
real = builtins.__import__
def importing(name, *rest, **more):
    if name == moment or name.startswith(moment + "."):
        builtins.__import__ = real
        os.kill(os.getpid(), signal.SIGINT)
    return real(name, *rest, **more)
from planwriter.cli import main
builtins.__import__ = importing
sys.exit(main())
"""
TURNED = """
import sys
class Finder:
    def find_spec(self, name, *rest):
        if name == "pydantic":
            try:
                raise KeyboardInterrupt
            except KeyboardInterrupt as stop:
                raise SystemError("initialization failed") {how}
sys.meta_path.insert(0, Finder())
from planwriter.cli import main
sys.exit(main())
"""
LOST = """
import os, signal, sys
class Finder:
    def find_spec(self, name, *rest):
        if name == "pydantic":
            try:
                os.kill(os.getpid(), signal.SIGINT)
            except KeyboardInterrupt:
                pass
            raise TypeError("something else")
sys.meta_path.insert(0, Finder())
from planwriter.cli import main
sys.exit(main())
"""
AWAITED = """
import os, signal, sys
from types import SimpleNamespace
from planwriter.cli import main
sys.stdin = SimpleNamespace(buffer=SimpleNamespace(read=lambda _: os.kill(os.getpid(), signal.SIGINT)))
sys.exit(main())
"""
LATE = """
import os, signal, sys
from planwriter.cli import main
status = main()
os.kill(os.getpid(), signal.SIGINT)
sys.exit(status)
"""


def ran(code: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", code, *arguments]
    no_cache = {"XDG_CACHE_HOME": os.devnull, "LOCALAPPDATA": ""}  # a kept template would spare the program imports
    environment = {"PYTHONPATH": SOURCE, "PATH": os.environ.get("PATH", ""), **no_cache}
    return subprocess.run(command, env=environment, capture_output=True, check=False)


@pytest.mark.parametrize(
    "moment", ["planwriter.cli.program", "click", "planwriter.model", "pydantic", "lxml", "docx", "yaml", "jinja2"]
)
def test_an_interruption_while_importing_is_130(moment: str, tmp_path: Path) -> None:
    done = ran(WHILE_IMPORTING, moment, "write", str(EXAMPLE), "--no-finish", "-o", str(tmp_path / "x.docx"))
    assert (done.returncode, done.stderr.decode("utf-8").strip()) == (130, "已中断。")
    assert list(tmp_path.iterdir()) == []


def test_outside_the_guard_next_to_nothing_is_imported() -> None:
    loaded = ran(
        "import contextlib, os, sys; old = set(sys.modules); import planwriter.cli; print(*set(sys.modules) - old)"
    )
    ours = {"planwriter", "planwriter.cli", "planwriter.cli.entry", "planwriter.cli.interruption"}
    assert set(loaded.stdout.decode().split()) - {"__future__", "collections.abc", "gc"} == ours


@pytest.mark.parametrize("how", ["from stop", ""])
def test_an_interruption_that_a_library_turned_into_another_error_is_130(how: str, tmp_path: Path) -> None:
    done = ran(TURNED.replace("{how}", how), "write", str(EXAMPLE), "-o", str(tmp_path / "x.docx"))
    assert (done.returncode, done.stderr.decode("utf-8").strip()) == (130, "已中断。")


def test_an_interruption_that_a_library_lost_on_the_way_is_130(tmp_path: Path) -> None:
    done = ran(LOST, "write", str(EXAMPLE), "-o", str(tmp_path / "x.docx"))
    assert (done.returncode, done.stderr.decode("utf-8").strip()) == (130, "已中断。")


def test_an_interruption_that_is_to_be_ignored_is_ignored(tmp_path: Path) -> None:
    ignoring = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    done = ran(ignoring + LATE, "write", str(EXAMPLE), "-o", str(tmp_path / "x.docx"))
    assert done.returncode == 0
    assert (tmp_path / "x.docx").exists()


def test_an_interruption_after_the_result_is_quiet(tmp_path: Path) -> None:
    done = ran(LATE, "write", str(EXAMPLE), "-o", str(tmp_path / "x.docx"))
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr.decode("utf-8").startswith(f"已写成 {tmp_path / 'x.docx'}\n")
    assert b"Traceback" not in done.stderr
    assert (tmp_path / "x.docx").read_bytes() == planwriter.write(EXAMPLE)


def test_an_interruption_while_the_form_is_awaited_is_130(tmp_path: Path) -> None:
    done = ran(AWAITED, "write", "-", "-o", str(tmp_path / "x.docx"))
    assert (done.returncode, done.stderr.decode("utf-8").strip()) == (130, "已中断。")
    assert list(tmp_path.iterdir()) == []
