"""What is generated from code is as the code is now; `python docs/generate.py` makes it so."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATED: dict[Path, Callable[[], bytes]] = generator().GENERATED


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.name)
def test_a_generated_file_is_fresh(path: Path) -> None:
    assert path.read_bytes() == GENERATED[path](), "run: python docs/generate.py"


def test_every_command_and_every_parameter_stands_in_cli_md() -> None:
    page = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    for command in ("new", "write", "show", "schema", "template list", "template export", "template check"):
        assert f"## planwriter {command}\n" in page
    for parameter in ("`--profile 名称[,名称]`", "`-o, --output 文件`", "`--untrusted-template`", "`[种类]`"):
        assert parameter in page
