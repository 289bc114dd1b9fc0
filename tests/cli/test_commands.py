"""Each command: what goes to which stream, which exit status, and the same as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from planwriter import actions
from planwriter.cli.commands import planwriter
from planwriter.cli.pages import Explained
from planwriter.diagnostic import Diagnostic, FormError, Place, Severity
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
FORM = ROOT / "examples/village_plan.yaml"
NAMES = ["plan", "notice", "letter", "order", "minutes"]
SECRET = "张三13800000000"
Patch = pytest.MonkeyPatch


def every_command(command: click.Command = planwriter) -> Iterator[click.Command]:
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from every_command(below)
    else:
        yield command


@pytest.mark.parametrize("command", list(every_command()), ids=lambda command: str(command.name))
def test_every_command_and_parameter_has_a_chinese_sentence_and_json(command: click.Command) -> None:
    sentences = [command.help or ""]
    for parameter in command.params:
        if isinstance(parameter, Explained):
            sentences.append(parameter.explanation)
        elif isinstance(parameter, click.Option):
            sentences.append(parameter.help or "")
    assert all(re.search("[一-鿿]", one) and one.endswith("。") for one in sentences)
    assert "as_json" in [parameter.name for parameter in command.params]


def test_a_form_becomes_a_document(run: Run, tmp_path: Path) -> None:
    ran = run("write", FORM, "-o", tmp_path / "计划.docx")
    assert (ran.status, ran.output) == (0, b"")
    assert f"已写成 {tmp_path / '计划.docx'}" in ran.said
    assert (tmp_path / "计划.docx").read_bytes().startswith(b"PK")


def test_a_document_can_go_to_standard_output(run: Run, tmp_path: Path) -> None:
    run("write", FORM, "-o", tmp_path / "计划.docx")
    ran = run("write", FORM, "-o", "-")
    assert (ran.status, ran.output) == (0, (tmp_path / "计划.docx").read_bytes())


def test_a_document_and_json_do_not_share_standard_output(run: Run) -> None:
    ran = run("write", FORM, "-o", "-", "--json")
    assert (ran.status, ran.codes) == (2, ["cli-output-taken"])


def test_writing_as_json_lists_the_gaps(run: Run, tmp_path: Path) -> None:
    ran = run("write", ROOT / "examples/draft_with_gaps.yaml", "-o", tmp_path / "稿.docx", "--json")
    assert (ran.status, ran.said) == (0, "")
    assert ran.facts["output"] == str(tmp_path / "稿.docx")
    assert ran.facts["placeholders"]


def test_gaps_are_listed_for_people_and_refused_when_strict(run: Run, tmp_path: Path) -> None:
    draft = ROOT / "examples/draft_with_gaps.yaml"
    ran = run("write", draft, "-o", tmp_path / "稿.docx")
    assert re.search(r"文档里还有 \d+ 处待填：\n  \S", ran.said)
    strict = run("write", draft, "-o", tmp_path / "终.docx", "--strict")
    assert strict.status == 1
    assert re.search(r"共 \d+ 处问题，没有完成。", strict.said)
    assert not (tmp_path / "终.docx").exists()


def test_an_existing_file_is_kept_without_force(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "计划.docx"
    target.write_bytes(b"old")
    ran = run("write", FORM, "-o", target)
    assert ran.status == 2
    assert "--force" in ran.said
    assert target.read_bytes() == b"old"
    assert run("write", FORM, "-o", target, "--force").status == 0
    assert target.read_bytes() != b"old"


def test_choices_reach_the_verb(run: Run, monkeypatch: Patch, tmp_path: Path) -> None:
    seen: dict[str, object] = {}

    def write_file(form: Path, output: Path, **choices: object) -> actions.Written:
        seen.update(choices, form=form, output=output)
        told = Diagnostic("form-late", "期限已过", Severity.WARNING, Place(file="表.yaml", line=3))
        return actions.Written(b"", output, (told,), ("责任部门",))

    monkeypatch.setattr(actions, "write_file", write_file)
    ran = run(
        "write",
        "表.yaml",
        "-o",
        "出.docx",
        "--template",
        "notice",
        "--profile",
        "ink,times",
        "--profile-file",
        "单位版式.yaml",
        "--strict",
        "--comments",
        "--untrusted-template",
        "--force",
    )
    assert seen == {
        "form": Path("表.yaml"),
        "output": Path("出.docx"),
        "template": "notice",
        "profile": "ink,times",
        "profile_file": Path("单位版式.yaml"),
        "strict": True,
        "comments": True,
        "untrusted_template": True,
        "force": True,
        "pdf": False,
        "png": False,
        "finish": None,
    }
    assert ran.status == 0
    assert ran.said == (
        "表.yaml 第3行：提醒：期限已过  [form-late]\n已写成 出.docx\n文档里还有 1 处待填：\n  责任部门\n"
    )


def test_every_mistake_in_a_form_is_told_at_once(run: Run, monkeypatch: Patch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise FormError([Diagnostic("form-one", "第一处"), Diagnostic("form-two", "第二处", hint="改")])

    monkeypatch.setattr(actions, "write_file", refuse)
    ran = run("write", "表.yaml", "-o", "出.docx")
    assert (ran.status, ran.output) == (1, b"")
    assert "第一处" in ran.said
    assert "怎么改：改" in ran.said
    as_json = run("write", "表.yaml", "-o", "出.docx", "--json")
    assert (as_json.status, as_json.said, as_json.codes) == (1, "", ["form-one", "form-two"])
    assert as_json.facts["status"] == 1


def test_a_message_cannot_play_tricks_on_the_terminal(run: Run, monkeypatch: Patch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise FormError(Diagnostic("form-one", "\x1b[2J甲\u202e乙", place=Place(file="a\x9bb")))

    monkeypatch.setattr(actions, "write_file", refuse)
    assert run("write", "表.yaml", "-o", "出.docx").said == "a\\u009bb：错误：\\u001b[2J甲\\u202e乙  [form-one]\n"


def test_a_missing_file_is_status_5(run: Run, tmp_path: Path) -> None:
    for command in (
        ("show", tmp_path / "无.docx"),
        ("write", tmp_path / "无.yaml", "-o", tmp_path / "x.docx"),
        ("template", "check", tmp_path / "无.docx"),
    ):
        assert run(*command).status == 5
        assert run(*command, "--json").codes == ["file-missing"]


def test_a_document_is_shown_as_text_and_as_json(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "计划.docx"
    run("write", FORM, "-o", target)
    assert run("show", target).text == actions.show(target).to_text()
    facts = run("show", target, "--json").facts
    assert (facts["status"], facts["file"], facts["diagnostics"]) == (0, "计划.docx", [])
    assert facts["paragraphs"] == actions.show(target).to_dict()["paragraphs"]


def test_what_is_no_document_is_said_to_be_none(run: Run) -> None:
    ran = run("show", FORM)
    assert ran.status == 5
    assert "不是" in ran.said


def test_a_blank_form_goes_to_standard_output_or_a_file(run: Run, tmp_path: Path) -> None:
    shown = run("new", "工作计划")
    assert shown.status == 0
    assert "单位:" in shown.text
    assert run("new", "工作计划", "-o", tmp_path / "表.yaml").status == 0
    line, _, form = (tmp_path / "表.yaml").read_bytes().partition(b"\n")
    assert (line, form) == (b"# yaml-language-server: $schema=planwriter.schema.json", shown.output)
    assert run("new", "工作计划", "--no-schema", "-o", tmp_path / "无.yaml").status == 0
    assert (tmp_path / "无.yaml").read_bytes() == shown.output
    assert run("new", "工作计划", "-o", tmp_path / "表.yaml").status == 2
    assert len(run("new", "--full").output) > len(shown.output)
    assert run("new", "--json").facts["form"] == run("new").text


def test_an_unknown_kind_of_form_is_wrong_use(run: Run) -> None:
    assert run("new", "请柬").status == 2


def test_the_schema_is_json_and_can_be_saved(run: Run, tmp_path: Path) -> None:
    described = run("schema").facts
    assert described["$schema"].startswith("https://json-schema.org/")
    assert run("schema", "--json").facts["schema"] == described
    assert run("schema", "-o", tmp_path / "s.json").status == 0
    assert json.loads((tmp_path / "s.json").read_bytes()) == described


def test_templates_are_listed_exported_and_checked(run: Run, tmp_path: Path) -> None:
    listed = run("template", "list")
    assert [line.split("\t")[0] for line in listed.text.splitlines()] == NAMES
    assert {one["name"] for one in run("template", "list", "--json").facts["templates"]} == set(NAMES)
    assert run("template", "export", "plan", "-o", tmp_path / "模板.docx").status == 0
    checked = run("template", "check", tmp_path / "模板.docx")
    assert (checked.status, checked.said) == (0, "这个模板可以用。\n")
    assert run("template", "export", "没有", "-o", tmp_path / "x.docx").status == 2


def test_a_template_with_errors_is_status_3_and_one_with_warnings_is_not(run: Run, monkeypatch: Patch) -> None:
    for severity, status, usable in ((Severity.ERROR, 3, False), (Severity.WARNING, 0, True)):
        found = [Diagnostic("template-unknown-name", "没有“题目”", severity)]
        monkeypatch.setattr(actions, "check_template", lambda *_, found=found, **__: found)
        ran = run("template", "check", "t.docx", "--json")
        assert (ran.status, ran.facts["usable"], ran.codes) == (status, usable, ["template-unknown-name"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("write",), "没有写参数 '表单'。"),
        (("write", "表.yaml"), "没有写选项 '-o' / '--output'。"),
        (("show", "a.docx", "b.docx"), "多出了参数（b.docx）"),
        (("show", "a.docx", "--jsno"), "没有选项"),
        (("rite",), "没有命令"),
    ],
)
def test_wrong_use_is_explained_in_chinese(run: Run, arguments: tuple[str, ...], words: str) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.output) == (2, b"")
    assert words in ran.said
    assert "用法：planwriter" in ran.said


def test_wrong_use_as_json_is_json(run: Run) -> None:
    ran = run("show", "--json")
    assert (ran.status, ran.said, ran.codes) == (2, "", ["cli-usage"])


def test_an_interruption_is_status_130(run: Run, monkeypatch: Patch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "show", interrupt)
    ran = run("show", "a.docx")
    assert ran.status == 130
    assert ran.said.strip() == "已中断。"


@pytest.fixture
def faulty(monkeypatch: Patch, tmp_path: Path) -> Path:
    """Verbs that fail with a value of the form in the message; logs go to the returned folder."""

    def fail(source: object) -> None:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise RuntimeError(f"{SECRET} {source}") from cause

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(actions, "show", fail)
    return tmp_path


def test_an_unexpected_fault_names_a_log_without_values(run: Run, faulty: Path) -> None:
    ran = run("show", f"{SECRET}.docx")
    assert (ran.status, ran.output) == (70, b"")
    [log] = faulty.iterdir()
    assert str(log) in ran.said
    text = log.read_text(encoding="utf-8")
    assert "builtins.RuntimeError" in text
    assert "builtins.KeyError" in text
    assert re.search(r"tests\.cli\.test_commands:\d+ fail", text)
    assert SECRET not in text + ran.said
    assert "Traceback" not in ran.said


def test_an_unexpected_fault_as_json_is_json(run: Run, faulty: Path) -> None:
    ran = run("show", "a.docx", "--json")
    assert (ran.status, ran.said, ran.codes) == (70, "", ["unexpected-fault"])
    assert [str(log) for log in faulty.iterdir()] == [ran.facts["log"]]


def test_a_fault_is_told_even_when_no_log_can_be_written(run: Run, faulty: Path, monkeypatch: Patch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(faulty / "没有"))
    ran = run("show", "a.docx")
    assert ran.status == 70
    assert "日志也没能写成" in ran.said
