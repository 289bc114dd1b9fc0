"""The generated pages say what the code does: their forms are written, their template is filled, nothing is missing."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from docs.generating.diagnostics import all_spoken
from docs.generating.form_page import read_slip
from docs.generating.form_samples import SLIPS
from docs.generating.model_reading import TITLES, all_classes, keys
from docs.generating.template_samples import EXAMPLE, TAGS

import planwriter
from planwriter.model.element import Element
from planwriter.standard import ROLES
from planwriter.template.contract import CONTEXT_SHAPE
from tests.architecture import modules
from tests.documents import texts

DOCS = Path(__file__).resolve().parents[1] / "docs"


def text_of(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def block_of(name: str, language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", text_of(name), re.S | re.M)
    assert found is not None
    return found[1]


def test_the_form_of_form_md_gives_a_document_with_one_gap(tmp_path: Path) -> None:
    (tmp_path / "计划.yaml").write_text(block_of("form.md", "yaml"), encoding="utf-8")
    written = planwriter.write_file(tmp_path / "计划.yaml", tmp_path / "计划.docx")
    assert (written.diagnostics, written.placeholders) == ((), ("【待填：责任人】",))


def test_the_template_of_template_md_is_accepted_and_filled(tmp_path: Path) -> None:
    lines = block_of("template.md", "text").splitlines()
    assert lines == list(EXAMPLE)
    template, form = tmp_path / "模板.docx", block_of("form.md", "yaml").encode()
    template.write_bytes(document(lines))
    assert planwriter.check_template(template) == []
    said = texts(planwriter.write(form, template=template))
    assert said[:2] == ["青江县妇女联合会2027年工作计划", "1. 完善困难妇女台账，由权益部牵头，3月底前完成。"]
    assert said[-1] == "2026年12月20日"


def document(lines: list[str]) -> bytes:
    made, written = docx.Document(), io.BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(written)
    return written.getvalue()


@pytest.mark.parametrize("tag", [tag for tag, _ in TAGS])
def test_every_kind_of_tag_stands_in_template_md(tag: str) -> None:
    assert f"`{tag}`" in text_of("template.md")


def test_every_name_of_the_contract_stands_in_template_md() -> None:
    page = text_of("template.md")
    assert [name for name in CONTEXT_SHAPE.fields if f"| `{name}` |" not in page] == []


def test_every_style_stands_in_template_md_and_terms_md() -> None:
    for page in ("template.md", "terms.md"):
        assert [role.style_id for role in ROLES if f"`{role.style_id}`" not in text_of(page)] == []


def test_every_class_of_the_model_has_its_heading() -> None:
    assert all_classes() == set(TITLES)


@pytest.mark.parametrize("cls", TITLES, ids=lambda cls: cls.__name__)
def test_every_key_of_the_model_stands_in_terms_md(cls: type[Element]) -> None:
    page = text_of("terms.md")
    assert [key.label for key in keys(cls) if f"| {key.label} | `{key.name}` |" not in page] == []


@pytest.mark.parametrize("lines", SLIPS)
def test_every_slip_shown_in_form_md_is_told_with_a_remedy(lines: str) -> None:
    told = read_slip(lines)
    assert told.place is not None
    assert told.place.line is not None
    assert told.hint


def test_every_slip_that_is_looked_for_is_shown_in_form_md() -> None:
    looked_for = {one.code for one in all_spoken() if one.module == "planwriter.form.slips"}
    assert looked_for <= {read_slip(lines).code for lines in SLIPS}


def test_every_code_in_the_source_stands_in_errors_md() -> None:
    """Whatever looks like a code of a known room and is not said anywhere would be a code without a sentence."""
    page = text_of("errors.md")
    rooms = "|".join(sorted({one.code.split("-")[0] for one in all_spoken()}))
    for module in modules().values():
        for code in re.findall(rf"""["']((?:{rooms})(?:-[a-z]+)+)["']""", module.text):
            assert f"| `{code}` |" in page, (module.name, code)


def test_a_code_with_several_sentences_shows_them_all() -> None:
    row = next(line for line in text_of("errors.md").splitlines() if line.startswith("| `form-bad-indent` |"))
    assert row.count("<br>") >= 3


def test_every_module_stands_in_modules_md() -> None:
    page = text_of("modules.md")
    assert [name for name in modules() if f"| `{name}` |" not in page] == []
