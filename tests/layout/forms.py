"""The forms of examples/ and, where the checkout has it beside it, of shared/, with their documents."""

from __future__ import annotations

import functools
import os
import re
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

import planwriter

ROOT = Path(__file__).parent.parent.parent
SHARED = Path(os.environ.get("PLANWRITER_SHARED", ROOT.parent / "shared"))
EXAMPLE_FORMS = sorted((ROOT / "examples").glob("*.yaml"))
SHARED_FORMS = sorted((SHARED / "forms").glob("*.yaml"))
FORMS = [*EXAMPLE_FORMS, *SHARED_FORMS]
HEADED = re.compile(r"^(公文|official_document)\s*:", re.MULTILINE)
PROFILES = ("frame", "ink")
LOOKS = (*PROFILES, "windows", "founder", "mac", "times", "full_pages", "ink,windows,times")
NO_SHARED = pytest.param("shared forms", marks=pytest.mark.skip(reason=f"{SHARED} has no forms: set PLANWRITER_SHARED"))


OWN_PLACES = ("函", "命令", "纪要", "order", "letter", "minutes")
"""Formats whose marks, rules and page numbers stand elsewhere: measured in test_rendered_formats.py."""
TURNED = ("hospital_nursing_plan",)
"""Forms with a landscape page: measured in the tests of landscape pages."""


def _common(form: Path) -> bool:
    format_ = re.search(r"^\s+(?:格式|format)\s*:\s*(\S+)", form.read_text("utf-8"), re.MULTILINE)
    return form.stem not in TURNED and not (format_ and format_[1] in OWN_PLACES)


def each_common_form() -> list[str | ParameterSet]:
    """Like ``each_form``, of the forms whose pages are all upright and laid out in the common way."""
    common = {form.stem for form in FORMS if _common(form)}
    return [name for name in each_form() if not isinstance(name, str) or name in common]


def each_form() -> list[str | ParameterSet]:
    """The name of every form; a visibly skipped one stands for the forms of shared/ where they are missing."""
    return [form.stem for form in FORMS] + ([] if SHARED_FORMS else [NO_SHARED])


def each_paper() -> list[str | ParameterSet]:
    """Like ``each_form``, of the forms that go out under a red head."""
    headed = [form.stem for form in FORMS if _common(form) and HEADED.search(form.read_text("utf-8"))]
    return [name for name in each_form() if not isinstance(name, str) or name in headed]


@functools.cache
def written(name: str, profile: str) -> bytes:
    """The document of a form."""
    return planwriter.write(next(form for form in FORMS if form.stem == name), profile=profile)
