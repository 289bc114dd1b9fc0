"""Ctrl-C at any moment: status 130, one Chinese line, no traceback, nothing half written."""

from __future__ import annotations

import os
import signal
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
def importing(name, *rest):
    if name == moment or name.startswith(moment + "."):
        builtins.__import__ = real
        os.kill(os.getpid(), signal.SIGINT)
    return real(name, *rest)
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
LATE = """
import os, signal, sys
from planwriter.cli import main
status = main()
os.kill(os.getpid(), signal.SIGINT)
sys.exit(status)
"""


def ran(code: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", code, *arguments]
    environment = {"PYTHONPATH": SOURCE, "PATH": os.environ.get("PATH", "")}
    return subprocess.run(command, env=environment, capture_output=True, check=False)


@pytest.mark.parametrize(
    "moment", ["planwriter.cli.program", "click", "planwriter.actions", "pydantic", "lxml", "docx", "yaml", "jinja2"]
)
def test_an_interruption_while_importing_is_130(moment: str, tmp_path: Path) -> None:
    done = ran(WHILE_IMPORTING, moment, "write", str(EXAMPLE), "-o", str(tmp_path / "x.docx"))
    assert (done.returncode, done.stderr.decode("utf-8").strip()) == (130, "已中断。")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", ["from stop", ""])
def test_an_interruption_that_a_library_turned_into_another_error_is_130(how: str, tmp_path: Path) -> None:
    done = ran(TURNED.replace("{how}", how), "write", str(EXAMPLE), "-o", str(tmp_path / "x.docx"))
    assert (done.returncode, done.stderr.decode("utf-8").strip()) == (130, "已中断。")


def test_an_interruption_after_the_result_is_quiet(tmp_path: Path) -> None:
    done = ran(LATE, "write", str(EXAMPLE), "-o", str(tmp_path / "x.docx"))
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr.decode("utf-8").startswith(f"已写成 {tmp_path / 'x.docx'}\n")
    assert b"Traceback" not in done.stderr
    assert (tmp_path / "x.docx").read_bytes() == planwriter.write(EXAMPLE)


def test_an_interruption_while_the_form_is_awaited_is_130(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "planwriter", "write", "-", "-o", str(tmp_path / "x.docx")]
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    child = subprocess.Popen(
        command, env={"PYTHONPATH": SOURCE}, stdin=reading, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    os.write(writing, b"#" * 65536)
    while True:  # the pipe takes more once the child has begun to read
        try:
            os.write(writing, b"#")
            break
        except BlockingIOError:
            continue
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    os.close(reading)
    os.close(writing)
    assert (child.returncode, said.decode("utf-8").strip()) == (130, "已中断。")
    assert list(tmp_path.iterdir()) == []
