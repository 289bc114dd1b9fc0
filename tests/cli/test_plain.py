"""The plainest command means the same whether click reads it or not; whatever is not plain is left to click."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from planwriter.cli import commands, main
from planwriter.cli.outcome import Outcome
from planwriter.cli.plain import plain_command
from tests.cli.test_start import inside

PLAIN = (
    ["write", "计划.yaml", "-o", "计划.docx"],
    ["write", "-o", "计划.docx", "计划.yaml"],
    ["write", "--force", "计划.yaml", "--output", "计划.docx"],
    ["write", "计划.yaml", "--force", "-o", "计划.docx"],
    ["write", "计划.yaml", "-o", "计划.docx", "--force"],
    ["write", "-o", "a/计 划.docx", "--force", "b/计划"],
)
OTHER = (
    [], ["--version"], ["write"], ["write", "计划.yaml"], ["write", "-o", "计划.docx"], ["write", "--help"],
    ["write", "计划.yaml", "-o"], ["write", "-o", "计划.docx", "--force"], ["write", "计划.yaml", "-o", "--force", "x"],
    ["write", "-", "-o", "计划.docx"], ["write", "计划.yaml", "-o", "-"], ["write", "计划.yaml", "-o计划.docx", "x"],
    ["write", "计划.yaml", "-o", "计划.docx", "--json"], ["write", "计划.yaml", "-o", "计划.docx", "--strict"],
    ["write", "甲.yaml", "乙.yaml", "-o", "丙.docx"], ["write", "甲.yaml", "-o", "乙.docx", "-o"], ["write", "--", "甲", "-o", "乙"],
    ["write", "*.yaml", "-o", "丙.docx"], ["write", "~/甲.yaml", "-o", "丙.docx"], ["write", "", "-o", "丙.docx"],
    ["batch", "计划.yaml", "-o", "计划.docx"], ["write", "甲.yaml", "-o", "乙.docx", "--force", "--force"],
)  # fmt: skip


@pytest.mark.parametrize("arguments", PLAIN, ids=" ".join)
def test_both_read_the_same(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, Any, dict[str, Any]]] = []

    def noted(form: Any, output: Any, **choices: Any) -> Outcome:
        asked.append((form, output, {name: value for name, value in choices.items() if value}))
        return Outcome()

    plain = plain_command(arguments)
    assert isinstance(plain, partial)
    form, output = plain.args
    monkeypatch.setattr(commands, "write_document", noted)
    monkeypatch.setattr("planwriter.cli.program.plain_command", lambda _: None)
    assert main(arguments) == 0
    assert asked == [(form, output, {name: value for name, value in plain.keywords.items() if value})]
    assert isinstance(form, Path)
    assert isinstance(output, Path)


@pytest.mark.parametrize("arguments", OTHER, ids=" ".join)
def test_whatever_is_not_plain_is_left_to_click(arguments: list[str]) -> None:
    assert plain_command(arguments) is None


def test_completion_is_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_PLANWRITER_COMPLETE", "bash_source")
    assert plain_command(PLAIN[0]) is None


def test_a_plain_document_is_written_without_what_it_does_not_need(tmp_path: Path) -> None:
    form = Path(__file__).resolve().parents[2] / "examples" / "village_plan.yaml"
    code = (
        "import sys\nfrom planwriter.cli import main\n"
        f"for name in ('甲', '乙'):\n    assert main(['write', {str(form)!r}, '-o', {str(tmp_path)!r} + f'/{{name}}.docx']) == 0\n"
        "    print(*sorted({'click', 'docxtpl', 'docx', 'lxml.etree', 'jinja2', 'calendar', 'babel', 'importlib.metadata'} & set(sys.modules)))\n    sys.stdout.flush()"
    )
    first = inside(code).splitlines()
    again = inside(code.replace("('甲', '乙')", "('丙',)")).splitlines()
    assert "click" not in first[-1]
    assert again == [""]
