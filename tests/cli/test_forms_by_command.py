"""Forms through the command, as their users send them: exit status, places, no traceback, nothing left behind."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from planwriter.cli import main
from planwriter.diagnostic import MOST_ALIKE
from tests.cli.conftest import Run
from tests.documents import texts
from tests.form.broken import BROKEN, Broken

ROOT = Path(__file__).parent.parent.parent
SHARED = Path(os.environ.get("PLANWRITER_SHARED", ROOT.parent / "shared"))
GOOD = sorted((ROOT / "examples").glob("*.yaml")) + sorted((SHARED / "forms").glob("*.yaml"))


@pytest.mark.parametrize("form", GOOD, ids=lambda p: p.stem)
@pytest.mark.parametrize("profile", [None, "ink"])
def test_a_filled_form_is_written(form: Path, profile: str | None, tmp_path: Path) -> None:
    out = tmp_path / "O.docx"
    chosen = ["--profile", profile] if profile else []
    assert main(["write", str(form), "-o", str(out), "--no-finish", *chosen]) == 0
    assert texts(out.read_bytes())
    assert [p.name for p in tmp_path.iterdir()] == ["O.docx"]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: b.kind)
def test_a_broken_form_exits_1_with_every_mistake(
    broken: Broken, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "F.yaml"
    form.write_text(broken.text, "utf-8")
    assert main(["write", str(form), "-o", str(tmp_path / "O.docx")]) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    for line, column, code in broken.mistakes:
        assert f"F.yaml 第{line}行第{column}列" in said and f"[{code}]" in said
    assert [p.name for p in tmp_path.iterdir()] == ["F.yaml"]


def test_json_gives_every_mistake_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "F.yaml"
    form.write_text(BROKEN[-1].text, "utf-8")
    assert main(["write", str(form), "-o", str(tmp_path / "O.docx"), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)["diagnostics"]
    assert [(d["place"]["line"], d["place"]["column"], d["code"]) for d in told] == list(BROKEN[-1].mistakes)


def test_people_are_shown_some_and_told_how_many_more(run: Run, tmp_path: Path) -> None:
    form = tmp_path / "表单.json"
    form.write_text(
        json.dumps({f"键{number}": "甲" for number in range(300)}, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    ran = run("write", form, "-o", tmp_path / "计划.docx")
    assert ran.status == 1
    assert ran.said.count("不认识的键") == MOST_ALIKE
    assert f"从这里起还有{300 - MOST_ALIKE}处同样的问题" in ran.said
    assert run("write", form, "-o", tmp_path / "计划.docx", "--json").codes.count("form-unknown-key") == 300
