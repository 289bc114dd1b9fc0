"""A converter that another distribution brings, found through its entry point by a command of its own process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import planwriter
from tests.pages.blank_pdf import blank_pdf
from tests.pages.papers import notice

_MODULE = """
from pathlib import Path

class Paper:
    name = "纸面"
    def available(self):
        return True
    def to_pdf(self, docx):
        assert docx.startswith(b"PK")
        return Path(__file__).with_name("two.pdf").read_bytes()
"""
_BESIDE_POINT = {
    "paper_pages.py": _MODULE,
    "paper_pages-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: paper-pages\nVersion: 1.0\n",
    "paper_pages-1.0.dist-info/entry_points.txt": "[planwriter.converters]\npaper = paper_pages:Paper\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a form, an empty folder for programs, and one for modules."""
    for name in ("programs", "modules"):
        (tmp_path / name).mkdir()
    (tmp_path / "form.yaml").write_text(json.dumps(notice(2), ensure_ascii=False, indent=1), encoding="utf-8")
    return tmp_path


def write(folder: Path, *options: str) -> tuple[int, dict[str, Any]]:
    """Status and facts of ``planwriter write`` where no program is on the path."""
    command = [sys.executable, "-m", "planwriter", "write", "form.yaml", "-o", "out.docx", "--json", *options]
    environment = {**os.environ, "PATH": str(folder / "programs"), "PYTHONPATH": str(folder / "modules")}
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    return ran.returncode, json.loads(ran.stdout)


def codes(facts: dict[str, Any]) -> set[str]:
    return {one["code"] for one in facts["diagnostics"]}


def install(folder: Path) -> None:
    """Put a distribution with an entry point where Python looks for modules."""
    for name, text in _BESIDE_POINT.items():
        path = folder / "modules" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "modules" / "two.pdf").write_bytes(blank_pdf(2))


def test_an_installed_converter_gives_the_pages(folder: Path) -> None:
    install(folder)
    status, facts = write(folder, "--pdf")
    assert status == 0
    assert (folder / "out.pdf").read_bytes() == blank_pdf(2)
    judged = next(one for one in facts["diagnostics"] if one["code"] == "pages-judged")
    assert judged["found"] == "纸面"


def test_without_any_program_the_document_is_written_and_says_what_was_not_checked(folder: Path) -> None:
    status, facts = write(folder)
    assert status == 0
    assert "云溪县图书馆文件" in str(planwriter.show((folder / "out.docx").read_bytes()))
    assert {"pages-no-converter", "pages-unchecked"} <= codes(facts)
    assert not [one for one in facts["diagnostics"] if one["severity"] == "error"]


def test_without_any_program_no_pages_are_promised(folder: Path) -> None:
    status, facts = write(folder, "--pdf")
    assert status == 5
    assert "pages-no-converter" in codes(facts)
    assert not (folder / "out.docx").exists()
