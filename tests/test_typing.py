"""The public names carry their types into a user's own program (py.typed)."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import planwriter

SCRIPT = """\
from pathlib import Path

import planwriter
from planwriter import Diagnostic, OfficialDocument, Picture, PlanwriterError, Reading, WorkPlan, Written

plan: WorkPlan = WorkPlan.model_validate({"单位": "青江县妇女联合会", "期间": "2027年"})
paper = OfficialDocument.model_validate({"发文机关": "青江县妇女联合会"})
document: bytes = planwriter.write(plan, profile="windows")
document = planwriter.write({"公文": {"发文机关": "青江县妇女联合会"}}, template="notice", strict=False)


def save(form: Path, output: Path) -> list[str]:
    try:
        written: Written = planwriter.write_file(form, output, force=True)
    except PlanwriterError as refused:
        found: tuple[Diagnostic, ...] = refused.diagnostics
        return [d.message for d in found if d.place is not None and d.place.line]
    return list(written.placeholders)


filled: bytes = planwriter.fill(Path("报价.docx"), {"章": Picture(b"", width_mm=40), "数": 3})
mistakes: list[Diagnostic] = planwriter.check_template("报价.docx")
blank: str = planwriter.new_form("总结", full=True)
reading: Reading = planwriter.read_form(document)
said: str = planwriter.show(document).to_text()
keys: dict[str, object] = planwriter.schema()
version: str = planwriter.__version__
"""

MISUSE = """\
import planwriter

size: int = planwriter.write({"单位": "县妇联"})
planwriter.write_file("计划.yaml")
planwriter.wirte("计划.yaml")
"""


def checked(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    (folder / "own.py").write_text(script, encoding="utf-8")
    (folder / "mypy.ini").write_text("[mypy]\n", encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--cache-dir", "cache", "own.py"]
    return subprocess.run(command, cwd=folder, env=os.environ | searched(), capture_output=True, text=True)


def searched() -> dict[str, str]:
    """Nothing where the package is installed: mypy then finds it, and py.typed, by itself."""
    try:
        metadata.version("planwriter")
    except metadata.PackageNotFoundError:
        return {"MYPYPATH": str(Path(planwriter.__file__).parents[1])}
    return {}


def test_a_program_of_ones_own_passes_the_strict_type_check(tmp_path: Path) -> None:
    done = checked(tmp_path, SCRIPT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_misuse_in_a_program_of_ones_own_is_seen_by_the_type_check(tmp_path: Path) -> None:
    done = checked(tmp_path, MISUSE)
    assert "[assignment]" in done.stdout
    assert "[call-arg]" in done.stdout
    assert 'Module has no attribute "wirte"' in done.stdout


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(planwriter.__file__).parent / "py.typed").is_file()
