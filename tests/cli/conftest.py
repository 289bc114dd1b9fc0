"""Run the command line inside the test, with its streams caught."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from planwriter.cli import main


@dataclass(frozen=True)
class Ran:
    """What a run came to: exit status, standard output as bytes, messages."""

    status: int
    output: bytes
    said: str

    @property
    def text(self) -> str:
        return self.output.decode("utf-8")

    @property
    def facts(self) -> dict[str, Any]:
        found = json.loads(self.output)
        assert isinstance(found, dict)
        return found

    @property
    def codes(self) -> list[str]:
        return [one["code"] for one in self.facts["diagnostics"]]


Run = Callable[..., Ran]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LANGUAGE", "en")

    def running(*arguments: object) -> Ran:
        capsysbinary.readouterr()
        status = main([str(one) for one in arguments])
        output, said = capsysbinary.readouterr()
        return Ran(status, output, said.decode("utf-8"))

    return running
