"""The READMEs tell the truth: their forms, commands, outputs and programs are run as they stand."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest

import planwriter
from planwriter.standard import profile_names
from tests.documents import texts

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(planwriter.__file__).parents[1])}
"""For programs that run in another folder: the package under test, wherever it is."""
BOTH = ("README.md", "README.zh.md")
FIRST = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/planwriter write examples/women_annual_notice.yaml -o plan.docx --force"
SECOND = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/python -m pytest"
_BLOCK = re.compile(
    r"(?:<!-- (?P<what>\w+): (?P<name>.+?) -->\n)?^```(?P<language>\w*)\n(?P<content>.*?)^```$", re.S | re.M
)

each_readme = pytest.mark.parametrize("readme", BOTH)


@dataclass(frozen=True)
class Block:
    """A fenced block with the comment before it: a ``file`` or ``template`` to make, a command to ``run``."""

    what: str
    name: str
    language: str
    content: str


def text_of(readme: str) -> str:
    return (ROOT / readme).read_text(encoding="utf-8")


def blocks(readme: str) -> list[Block]:
    found = _BLOCK.finditer(text_of(readme))
    return [Block(m["what"] or "", m["name"] or "", m["language"], m["content"]) for m in found]


def commands(readme: str) -> list[str]:
    return [block.content for block in blocks(readme) if block.language in ("sh", "bat")]


@each_readme
def test_the_first_two_blocks_are_the_two_commands(readme: str) -> None:
    assert [block.content for block in blocks(readme)[:2]] == [FIRST + "\n", SECOND + "\n"]


def test_both_readmes_have_the_same_commands_forms_and_programs() -> None:
    english, chinese = ([b for b in blocks(readme) if b.language != "python"] for readme in BOTH)
    assert english == chinese
    programs = [[re.sub(r"  # .*", "", b.content) for b in blocks(readme) if b.language == "python"] for readme in BOTH]
    assert programs[0] == programs[1]


def test_both_readmes_have_the_same_sections_and_links() -> None:
    english, chinese = (text_of(readme) for readme in BOTH)
    assert english.count("\n## ") == chinese.count("\n## ")
    assert links(english) - {"README.zh.md"} == links(chinese) - {"README.md"}


@pytest.mark.parametrize(
    "page", [*BOTH, "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "docs/form.md", "docs/template.md"]
)
def test_links_lead_somewhere(page: str) -> None:
    folder = (ROOT / page).parent
    assert {link for link in links(text_of(page)) if not (folder / link).exists()} == set()


def links(text: str) -> set[str]:
    return {link for link in re.findall(r"\]\(([^)#\s]+)\)", text) if "://" not in link}


def test_continuous_integration_runs_the_second_command_as_written() -> None:
    assert SECOND in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()


@each_readme
def test_every_block_does_what_the_readme_says(readme: str, tmp_path: Path) -> None:
    told = [block for block in blocks(readme) if block.what or block.language == "python"]
    assert {block.what for block in told} == {"file", "run", "template", ""}
    for block in told:
        happen(block, tmp_path)


def happen(block: Block, folder: Path) -> None:
    if block.what == "file":
        (folder / block.name).write_text(block.content, encoding="utf-8")
    elif block.what == "template":
        (folder / block.name).write_bytes(template(block.content.splitlines()))
    elif block.what == "run":
        assert said(block.name.split()[1:], folder) == block.content
    else:
        program = [sys.executable, "-X", "utf8", "-W", "error", "-c", block.content]
        subprocess.run(program, cwd=folder, env=ENVIRONMENT, check=True, capture_output=True)


def said(arguments: list[str], folder: Path) -> str:
    """Everything a command prints, in the order in which a person sees it."""
    command = [sys.executable, "-X", "utf8", "-m", "planwriter", *arguments]
    out, errors = subprocess.PIPE, subprocess.STDOUT
    return subprocess.run(command, cwd=folder, env=ENVIRONMENT, stdout=out, stderr=errors, encoding="utf-8").stdout


def template(lines: list[str]) -> bytes:
    made, written = docx.Document(), io.BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(written)
    return written.getvalue()


def test_the_letter_of_the_readme_says_what_was_filled_in(tmp_path: Path) -> None:
    for block in blocks("README.zh.md"):
        if block.what == "template" or "planwriter.fill(" in block.content:
            happen(block, tmp_path)
    filled = texts((tmp_path / "给各村的信.docx").read_bytes())
    assert filled == ["致各村妇联：", "1. 报送困难妇女台账", "2. 误差控制在<5%以内"]


@each_readme
def test_every_example_is_named(readme: str) -> None:
    named = set(re.findall(r"\(examples/(\w+\.yaml)\)", text_of(readme)))
    assert named == {path.name for path in (ROOT / "examples").glob("*.yaml")}


@each_readme
def test_every_profile_is_named(readme: str) -> None:
    assert [name for name, _ in rows(readme, r"`(\w+)`")] == list(profile_names())


def test_the_chinese_readme_says_of_a_profile_what_the_program_says() -> None:
    assert dict(rows("README.zh.md", r"`(\w+)`")) == profile_names()


@each_readme
def test_every_exit_status_is_told_as_in_cli_md(readme: str) -> None:
    told = [status for status, _ in rows(readme, r"(\d+)")]
    assert told == [status for status, _ in rows("docs/cli.md", r"(\d+)")]


def test_the_chinese_readme_says_of_an_exit_status_what_cli_md_says() -> None:
    assert list(rows("README.zh.md", r"(\d+)")) == list(rows("docs/cli.md", r"(\d+)"))


def rows(readme: str, first: str) -> Iterator[tuple[str, str]]:
    """The rows of two-column tables whose first cell has this shape."""
    for row in re.finditer(rf"^\| {first} \| (.+) \|$", text_of(readme), re.M):
        yield row[1], row[2]
