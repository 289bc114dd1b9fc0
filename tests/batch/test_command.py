"""``planwriter batch`` as its user meets it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

from planwriter.batch.running import Progress
from planwriter.cli.batch_command import ProgressLine, words
from tests.batch.villages import PATTERN, documents, shared, village, write_lines


def ran(folder: Path, *options: str, sources: tuple[str, ...] = ("名册.jsonl",)) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "planwriter", "batch", *sources, "-o", "out", *options]
    return subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", env=os.environ | {"LANGUAGE": "en"}, check=False
    )


def roster(folder: Path, *rows: dict[str, object]) -> tuple[str, ...]:
    write_lines(folder / "名册.jsonl", rows)
    return ("--base", shared(folder).name, "--name", PATTERN, "--jobs", "1")


def test_a_batch_with_a_bad_row_ends_with_status_4_and_names_it(tmp_path: Path) -> None:
    done = ran(tmp_path, *roster(tmp_path, village(0), village(1, 成文日期="2027年2月30日"), village(2, 责任人="")))
    assert done.returncode == 4
    assert done.stdout == ""
    assert "名册.jsonl 第2行 成文日期：错误" in done.stderr
    assert "已写成 2 份，在 out，1 份没有写成。\n1 份里还有待填的项目。" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(documents(tmp_path / "out")) == ["第0镇/0号村2027年工作计划.docx", "第2镇/2号村2027年工作计划.docx"]


def test_the_same_command_needs_resume_the_second_time(tmp_path: Path) -> None:
    options = roster(tmp_path, village(0), village(1))
    assert ran(tmp_path, *options).returncode == 0
    again = ran(tmp_path, *options)
    assert again.returncode == 2
    assert "[batch-resume]" in again.stderr
    resumed = ran(tmp_path, *options, "--resume")
    assert resumed.returncode == 0
    assert "已写成 0 份，在 out，2 份以前已写成。" in resumed.stderr


def test_json_gives_a_line_for_every_unit_and_one_for_the_whole(tmp_path: Path) -> None:
    done = ran(tmp_path, *roster(tmp_path, village(0), village(1, 公里="\x00")), "--json", "--list", "csv")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["status"] for line in lines] == ["done", "failed", 4]
    assert lines[0]["output"] == "第0镇/0号村2027年工作计划.docx"
    assert lines[1]["diagnostics"][0]["code"] == "form-illegal-character"
    assert (lines[2]["written"], lines[2]["failed"], lines[2]["files"]) == (1, 1, [str(Path("out/清单.csv"))])
    assert done.stderr == ""


def test_many_processes_give_what_one_gives(tmp_path: Path) -> None:
    options = roster(tmp_path, *(village(n) for n in range(30)))
    ran(tmp_path, *options)
    (tmp_path / "out").rename(tmp_path / "eins")
    assert ran(tmp_path, *options[:-1], "3").returncode == 0
    assert documents(tmp_path / "out") == documents(tmp_path / "eins")


def test_wrong_use_is_told_with_status_2_and_missing_sources_with_5(tmp_path: Path) -> None:
    options = roster(tmp_path, village(0))
    assert ran(tmp_path, "--jobs", "0").returncode == 2
    assert ran(tmp_path, *options, sources=()).returncode == 2
    assert ran(tmp_path, *options, sources=("fehlt.yaml",)).returncode == 5
    assert ran(tmp_path, *options, sources=("*.nichts",)).returncode == 2
    assert ran(tmp_path, "--name", "../{村}", sources=("名册.jsonl",)).returncode == 2
    (tmp_path / "名册.csv").write_text("镇,村\n甲,乙\n", encoding="utf-8")
    told = ran(tmp_path, sources=("名册.csv",))
    assert (told.returncode, "[batch-no-base]" in told.stderr) == (2, True)
    assert not (tmp_path / "out" / ".planwriter.sqlite").exists() or documents(tmp_path / "out") == {}


def test_a_shared_form_with_slips_is_refused_with_status_1(tmp_path: Path) -> None:
    options = roster(tmp_path, village(0))
    (tmp_path / "共用.yaml").write_text("单位：{{村}}\n引言: {{天气}}\n", encoding="utf-8")
    told = ran(tmp_path, *options)
    assert told.returncode == 1
    assert "[form-wide-colon]" in told.stderr
    assert not (tmp_path / "out").exists()


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_stands_on_one_line_of_a_terminal_and_nowhere_else() -> None:
    now = Progress(written=90, kept=20, failed=10, total=240, seconds=0.5)
    assert words(now) == "██████████░░░░░░░░░░ 120/240 份，每秒 200 份，还要 1 秒，10 份没有写成"
    assert words(Progress(5, 0, 0, None, 1.0)) == "5 份，每秒 5 份"
    screen, file = Terminal(), io.StringIO()
    for stream in (screen, file):
        line = ProgressLine(stream)
        line.show(now)
        line.clear()
    assert screen.getvalue() == f"\r\x1b[K{words(now)}\r\x1b[K"
    assert file.getvalue() == ""
