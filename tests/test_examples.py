"""The examples: each is written without a mistake and says what its golden text says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from planwriter.actions import compose
from planwriter.diagnostic import Severity

EXAMPLES = Path(__file__).parent.parent / "examples"


def _golden_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("examples_golden", EXAMPLES / "golden.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


GOLDEN = _golden_module()


@pytest.mark.parametrize("form", GOLDEN.FORMS, ids=lambda p: p.stem)
def test_an_example_says_what_its_golden_text_says(form: Path) -> None:
    assert GOLDEN.golden(form) == GOLDEN.golden_path(form).read_text("utf-8"), "run: python examples/golden.py"


@pytest.mark.parametrize("form", GOLDEN.FORMS, ids=lambda p: p.stem)
def test_an_example_has_no_error_and_gaps_only_where_it_shows_gaps(form: Path) -> None:
    made = compose(form)
    assert not [d for d in made.diagnostics if d.severity is Severity.ERROR]
    assert bool(made.placeholders) == (form.stem == "draft_with_gaps")


def test_every_example_has_a_line_in_the_readme_of_the_folder_and_a_golden_text() -> None:
    readme = (EXAMPLES / "README.md").read_text("utf-8")
    assert len(GOLDEN.FORMS) >= 6
    assert all(form.name in readme for form in GOLDEN.FORMS)
    assert {p.stem for p in (EXAMPLES / "golden").glob("*.txt")} == {form.stem for form in GOLDEN.FORMS}
