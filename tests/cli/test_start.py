"""The program as a process of its own: light start, Chinese in any locale, streams that fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import planwriter

SOURCE = str(Path(planwriter.__file__).parents[1])
HEAVY = ("pydantic", "lxml", "jinja2", "docx", "docxtpl", "yaml")
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX streams")


def started(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    bare = {"PYTHONPATH": SOURCE, "PATH": os.environ.get("PATH", ""), **environment}
    return subprocess.run([sys.executable, "-m", "planwriter", *arguments], env=bare, capture_output=True, check=False)


def inside(code: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": SOURCE},
        capture_output=True,
        check=True,
        text=True,
    )
    return ran.stdout


def test_the_version_is_printed_without_loading_anything_heavy() -> None:
    loaded = inside(
        "import sys\nfrom planwriter.cli import main\nmain(['--version'])\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    assert loaded == f"planwriter {planwriter.__version__}\n[]\n"


def test_importing_changes_nothing_of_the_process() -> None:
    changed = inside(
        "import gettext, os\nbefore = dict(os.environ)\nimport planwriter.cli.commands\n"
        "print(before == dict(os.environ), gettext.bindtextdomain('messages') == "
        "gettext.bindtextdomain('another'))"
    )
    assert changed == "True True\n"


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"},
        {"LANGUAGE": "de", "LANG": "de_DE.UTF-8"},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=str,
)
def test_messages_are_chinese_in_any_locale(environment: dict[str, str]) -> None:
    ran = started("wrtie", **environment)
    assert ran.returncode == 2
    assert "没有命令 'wrtie'。" in ran.stderr.decode("utf-8")
    page = started("write", "--help", **environment)
    assert page.returncode == 0
    assert "选项：" in page.stdout.decode("utf-8")
    assert "显示这份说明后退出。" in page.stdout.decode("utf-8")


def test_messages_keep_an_encoding_that_holds_chinese_and_output_is_utf_8() -> None:
    ran = started("wrtie", PYTHONIOENCODING="gb18030")
    assert "没有命令" in ran.stderr.decode("gb18030")
    assert "列出内置模板" in started("template", "--help", PYTHONIOENCODING="gb18030").stdout.decode("utf-8")


@posix_only
def test_a_name_that_is_no_text_does_not_stop_the_message(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "planwriter", "show", os.fsdecode(os.fsencode(tmp_path) + b"/\xff.docx")]
    ran = subprocess.run(command, env={"PYTHONPATH": SOURCE}, capture_output=True, check=False)
    assert ran.returncode == 5
    assert "文件不存在" in ran.stderr.decode("utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_standard_output_is_said_in_chinese() -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "planwriter", "template", "list"],
            env={"PYTHONPATH": SOURCE},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ran.returncode == 5
    assert ran.stderr.decode("utf-8") == "错误：结果写不到标准输出：磁盘空间不足。\n"


@posix_only
def test_a_reader_that_has_gone_is_no_fault() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [sys.executable, "-m", "planwriter", "template", "list"],
        env={"PYTHONPATH": SOURCE},
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (5, b"")


@posix_only
def test_bash_gets_its_completion() -> None:
    ran = started(_PLANWRITER_COMPLETE="zsh_source")
    assert ran.returncode == 0
    assert b"#compdef planwriter" in ran.stdout
