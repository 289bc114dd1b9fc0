"""The doctor by command: what is said, and how it ends."""

from __future__ import annotations

import json

import pytest

from planwriter import actions
from planwriter.machine.checkup import check_up
from planwriter.machine.fonts import FontShelf
from planwriter.standard import profile
from tests.cli.conftest import Run


def test_the_command_ends_with_one_where_a_font_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = check_up(profile(), shelf=FontShelf("win32", registry=lambda: ["SimHei (TrueType)"]))
    monkeypatch.setattr(actions, "doctor", lambda *_, **__: missing)
    ran = run("doctor", "--json")
    assert ran.status == 1
    assert json.loads(ran.output)["sound"] is False
    sound = check_up(profile(), shelf=FontShelf("linux", run=lambda _: ""))
    monkeypatch.setattr(actions, "doctor", lambda *_, **__: sound)
    assert run("doctor").status == 0
