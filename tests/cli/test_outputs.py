"""Where a document may go: never over its own form, never under a name that lies, never into a device."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import planwriter
from planwriter import actions
from tests.cli.conftest import Run

SOURCE = str(Path(planwriter.__file__).parents[1])
EXAMPLE = Path(__file__).resolve().parents[2] / "examples/village_plan.yaml"
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file system")
Patch = pytest.MonkeyPatch


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "计划.yaml"
    path.write_bytes(EXAMPLE.read_bytes())
    return path


@pytest.fixture
def composes_nothing(monkeypatch: Patch) -> None:
    def compose(*_: object, **__: object) -> None:
        raise AssertionError("composed before the output was looked at")

    monkeypatch.setattr(actions, "compose", compose)


@pytest.mark.usefixtures("composes_nothing")
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_form_is_never_overwritten_by_its_document(run: Run, form: Path, force: list[str]) -> None:
    ran = run("write", form, "-o", form.parent / "." / "计划.yaml", *force)
    assert (ran.status, form.read_bytes()) == (2, EXAMPLE.read_bytes())
    assert "[output-is-input]" in ran.said and "计划.docx" in ran.said


@posix_only
@pytest.mark.usefixtures("composes_nothing")
def test_a_form_under_another_name_is_the_same_form(run: Run, form: Path) -> None:
    (form.parent / "又.docx").symlink_to(form)
    (form.parent / "硬.docx").hardlink_to(form)
    for name in ("又.docx", "硬.docx"):
        assert run("write", form, "-o", form.parent / name, "--force", "--json").codes == ["output-is-input"]


@pytest.mark.usefixtures("composes_nothing")
def test_a_template_is_never_overwritten_by_a_document(run: Run, form: Path) -> None:
    own = form.parent / "模板.docx"
    own.write_bytes(b"template")
    ran = run("write", form, "--template", own, "-o", own, "--force")
    assert (ran.status, own.read_bytes()) == (2, b"template")
    assert "模板-新.docx" in ran.said


@pytest.mark.usefixtures("composes_nothing")
@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("x.pdf", "x.docx"),
        ("x.doc", "x.docx"),
        ("x.txt", "x.docx"),
        ("计划", "计划.docx"),
        ("2027.1月", "2027.1月.docx"),
    ],
)
def test_a_document_is_named_docx(run: Run, form: Path, name: str, right: str) -> None:
    ran = run("write", form, "-o", form.parent / name, "--force")
    assert ran.status == 2
    assert f"{form.parent / right}。" in ran.said and "[output-wrong-suffix]" in ran.said
    assert [path.name for path in form.parent.iterdir()] == ["计划.yaml"]


def test_suffixes_may_be_written_large(run: Run, form: Path) -> None:
    assert run("write", form, "-o", form.parent / "X.DOCX").status == 0
    assert run("new", "-o", form.parent / "X.YML").status == 0


@pytest.mark.parametrize("name", ["表单.doc", "表单.pdf", "表单"])
def test_a_blank_form_is_named_for_what_it_is(run: Run, tmp_path: Path, name: str) -> None:
    ran = run("new", "-o", tmp_path / name)
    assert ran.status == 2
    assert f"{tmp_path / '表单.yaml'}。" in ran.said
    assert list(tmp_path.iterdir()) == []


def test_an_exported_template_is_named_docx(run: Run, tmp_path: Path) -> None:
    assert run("template", "export", "plan", "-o", tmp_path / "x.dotx", "--json").codes == ["output-wrong-suffix"]


@pytest.mark.usefixtures("composes_nothing")
def test_an_existing_document_and_a_missing_folder_are_told_before_composing(run: Run, form: Path) -> None:
    (form.parent / "旧.docx").write_bytes(b"old")
    assert run("write", form, "-o", form.parent / "旧.docx", "--json").codes == ["file-exists"]
    assert run("write", form, "-o", form.parent / "没有/新.docx", "--json").codes == ["file-no-folder"]


@needs_full
@pytest.mark.usefixtures("composes_nothing")
@pytest.mark.parametrize("device", ["/dev/full", "/dev/null"])
def test_a_device_is_not_a_place_for_a_document(run: Run, form: Path, device: str) -> None:
    ran = run("write", form, "-o", device, "--force")
    assert ran.status == 5
    assert "这是设备或管道" in ran.said
    assert Path(device).is_char_device()


def spawned(*arguments: str, **streams: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "planwriter", *arguments]
    environment = {"PYTHONPATH": SOURCE, "PATH": os.environ.get("PATH", "")}
    return subprocess.run(command, env=environment, check=False, **streams)  # type: ignore[call-overload,no-any-return]


@needs_full
def test_standard_output_by_its_device_is_refused_even_when_it_is_a_file(form: Path) -> None:
    before = Path("/dev/stdout").readlink()
    with (form.parent / "out").open("wb") as out:
        ran = spawned("schema", "-o", "/dev/stdout", "--force", stdout=out, stderr=subprocess.PIPE)
    assert ran.returncode == 5
    assert Path("/dev/stdout").readlink() == before


@needs_full
@pytest.mark.parametrize(
    ("name", "status"), [("计划.yaml", 0), ("没有.yaml", 5), ("错.yaml", 1)], ids=["written", "missing", "with errors"]
)
def test_messages_nobody_can_hear_do_not_change_the_status(form: Path, name: str, status: int) -> None:
    (form.parent / "错.yaml").write_text("单位： 甲\n", "utf-8")
    out = form.parent / "x.docx"
    with Path("/dev/full").open("wb") as full:
        ran = spawned("write", str(form.parent / name), "-o", str(out), stdout=subprocess.PIPE, stderr=full)
    assert (ran.returncode, ran.stdout) == (status, b"")
    assert out.exists() == (status == 0)


@needs_full
def test_a_document_still_goes_out_when_its_messages_cannot(form: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = spawned("write", str(form), "-o", "-", stdout=subprocess.PIPE, stderr=full)
    assert (ran.returncode, ran.stdout) == (0, planwriter.write(form))


@needs_full
@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["write", "--help"], ["schema"]])
def test_help_that_cannot_be_written_is_status_5(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = spawned(*arguments, stdout=full, stderr=subprocess.PIPE)
    assert (ran.returncode, ran.stderr.decode()) == (5, "错误：结果写不到标准输出：磁盘空间不足。\n")


@posix_only
@pytest.mark.parametrize(("closed", "status"), [(">&-", 5), ("2>&-", 0), ("<&-", 0)])
def test_closed_streams_are_met(tmp_path: Path, closed: str, status: int) -> None:
    shell = f'"{sys.executable}" -m planwriter template list {closed}'
    ran = subprocess.run(["sh", "-c", shell], env={"PYTHONPATH": SOURCE}, capture_output=True, check=False)
    assert ran.returncode == status
    assert b"Traceback" not in ran.stderr


def test_a_form_may_come_from_standard_input(form: Path) -> None:
    ran = spawned("write", "-", "-o", "-", input=form.read_bytes(), capture_output=True)
    assert (ran.returncode, ran.stdout) == (0, planwriter.write(form))
    wrong = spawned("write", "-", "-o", str(form.parent / "x.docx"), input="单位： 甲\n".encode(), capture_output=True)
    assert wrong.returncode == 1
    assert "标准输入 第1行第3列：错误" in wrong.stderr.decode("utf-8")


def test_a_closed_standard_input_is_said(run: Run, monkeypatch: Patch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert run("write", "-", "-o", tmp_path / "x.docx", "--json").codes == ["file-no-input"]


def test_standard_input_without_an_end_is_not_read_to_the_end(run: Run, monkeypatch: Patch, tmp_path: Path) -> None:
    monkeypatch.setattr("planwriter.files.read_stream.__kwdefaults__", {"limit": 10})
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"x" * 11)))
    assert run("write", "-", "-o", tmp_path / "x.docx", "--json").codes == ["file-too-large"]
