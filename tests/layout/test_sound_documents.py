"""Every document of every form is one that Word opens: by the project's own judge and by others."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest

from planwriter.standard import profile
from planwriter.template.builtin import builtin_names, builtin_template
from tests.documents import paragraphs, texts
from tests.layout.forms import EXAMPLE_FORMS, FORMS, LOOKS, SHARED, each_form, written
from tests.rendering import needs_rendering, saved_again
from tests.sound import W, faults

VALIDATOR = SHARED / "tools" / "validate_docx.py"


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("form", each_form())
def test_the_document_of_a_form_is_sound(form: str, look: str) -> None:
    assert faults(written(form, look)) == []


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", sorted(builtin_names()))
def test_a_built_in_template_is_sound_but_for_its_tags(name: str, look: str) -> None:
    template = builtin_template(name, profile(look))
    assert faults(template, leftovers=True) == []
    assert any("left over" in fault for fault in faults(template))


@pytest.mark.parametrize("form", each_form())
def test_python_docx_opens_a_document_and_gives_its_paragraphs(form: str) -> None:
    data = written(form, "frame")
    opened = docx.Document(io.BytesIO(data))
    body = [p.text for p in opened.element.body.iter(f"{W}p") if hasattr(p, "text")]
    outside = [p.text for p in opened.paragraphs if p.text]
    in_tables = [p.text for t in opened.tables for c in t._cells for p in c.paragraphs if p.text]
    assert len(outside) > 5
    assert set(outside) | set(in_tables) <= set(texts(data))
    boxed = {text for style, text in paragraphs(data) if style in ("PWCopyTo", "PWPrinting")}
    assert set(texts(data)) - boxed <= set(body)


@pytest.mark.skipif(not VALIDATOR.is_file(), reason=f"{VALIDATOR} is not found: set PLANWRITER_SHARED")
def test_the_validator_beside_the_checkout_finds_every_document_sound(tmp_path: Path) -> None:
    files = []
    for form in FORMS:
        for look in ("frame", "ink,windows,times"):
            files.append(tmp_path / f"{form.stem}-{look}.docx")
            files[-1].write_bytes(written(form.stem, look))
    done = subprocess.run(
        [sys.executable, str(VALIDATOR), *map(str, files)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("OK") >= len(files)


@pytest.fixture(scope="session")
def again(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Every example as LibreOffice saves it."""
    documents = {form.stem: written(form.stem, "frame") for form in EXAMPLE_FORMS}
    return saved_again(documents, tmp_path_factory.mktemp("again"))


ITS_HABITS = ("pPr holds sectPr before pStyle", "shape shape_")
"""What LibreOffice writes itself around sections and drawn shapes."""


@needs_rendering
@pytest.mark.parametrize("form", [form.stem for form in EXAMPLE_FORMS])
def test_a_document_saved_again_by_libreoffice_is_sound_and_says_the_same(
    form: str, again: Mapping[str, bytes]
) -> None:
    assert [fault for fault in faults(again[form]) if not any(habit in fault for habit in ITS_HABITS)] == []
    assert texts(again[form]) == texts(written(form, "frame"))
