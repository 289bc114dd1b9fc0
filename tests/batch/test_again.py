"""What a second run sees: changed pictures, documents without a unit, kills on the way of a change."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from planwriter.batch.manifest import NAME
from planwriter.batch.whole import Summary, batch
from tests.batch.villages import PATTERN, documents, shared, village, write_lines

SEALED = """\
公文:
  发文机关: 甲县妇联
  发文字号: 甲妇联〔2027〕1号
  标题: 关于{{村}}工作的函
  主送机关: {{村}}
  正文: 请办理。
  印章: {{印章}}
  署名: 甲县妇联
  成文日期: 2027年1月12日
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shared(tmp_path)


def write(numbers: range | list[int], **columns: str) -> None:
    write_lines(Path("名册.jsonl"), [village(n, **columns) for n in numbers])


def make(**choices: object) -> Summary:
    settings = {"base": "共用.yaml", "name": PATTERN, "workers": 1, "resume": True, **choices}
    return batch(["名册.jsonl"], "出", **settings)  # type: ignore[arg-type]


def listed() -> list[dict[str, str]]:
    with Path("出/清单.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def seal(name: str, colour: str) -> None:
    Image.new("RGB", (400, 400), colour).save(name, dpi=(254, 254))


def test_a_changed_picture_of_a_seal_makes_its_documents_anew() -> None:
    seal("甲.png", "red")
    seal("乙.png", "red")
    shared(Path(), SEALED)
    rows = [{"村": "甲村", "印章": "甲.png"}, {"村": "乙村", "印章": "乙.png"}, {"村": "丙村", "印章": "盖章"}]
    write_lines(Path("名册.jsonl"), rows)
    first = make(name="{村}")
    assert (first.written, first.failed) == (3, 0), [one.diagnostics for one in first.failures]
    before = documents(Path("出"))
    assert make(name="{村}").kept == 3
    seal("乙.png", "blue")
    again = make(name="{村}")
    assert (again.written, again.kept) == (1, 2)
    after = documents(Path("出"))
    assert {name for name in after if after[name] != before[name]} == {"乙村.docx"}
    Path("乙.png").unlink()
    assert [one.diagnostics[0].code for one in make(name="{村}").failures] == ["form-no-seal"]


def test_documents_that_no_row_has_any_more_are_told_and_stay() -> None:
    write(range(4))
    assert make(listed=["csv"]).left == 0
    write([0, 1, 12])
    summary = make(listed=["csv", "json"])
    assert (summary.written, summary.kept, summary.left) == (1, 2, 2)
    [told] = [one for one in summary.told if one.code == "batch-left-over"]
    assert "第2镇/2号村2027年工作计划.docx" in told.message
    old = [(row["序号"], row["文件"]) for row in listed() if row["结果"] == "以前写成的，这次没有这个单位"]
    assert old == [("", "第0镇/3号村2027年工作计划.docx"), ("", "第2镇/2号村2027年工作计划.docx")]
    assert all(Path("出", name).exists() for _, name in old)
    Path("出", old[0][1]).unlink()
    assert make().left == 1


def test_a_row_that_fails_now_leaves_its_old_document_and_tells_it() -> None:
    write(range(2))
    make()
    write(range(2), 公里="1\x002")
    summary = make()
    assert (summary.failed, summary.left) == (2, 2)


def test_rows_that_get_their_old_names_back_may_replace_their_old_documents() -> None:
    write([0])
    make()
    write([1])
    make()
    write([0], 公里="88")
    summary = make()
    assert (summary.written, summary.failed, summary.left) == (1, 0, 1)


def test_a_manifest_of_the_first_version_is_gone_on_with() -> None:
    import sqlite3

    write(range(3))
    make()
    with sqlite3.connect(Path("出", NAME)) as base:
        base.executescript(
            "DROP TABLE former; DROP TRIGGER documents_stay; ALTER TABLE units DROP COLUMN refers;"
            "PRAGMA user_version=1;"
        )
    base.close()
    assert make().kept == 3


@pytest.mark.skipif(sys.platform == "win32", reason="process groups")
def test_a_kill_while_changed_rows_are_made_anew_loses_nothing() -> None:
    write(range(600))
    make()
    before = documents(Path("出"))
    write(range(600), 公里="77")
    command = [sys.executable, "-m", "planwriter", "batch", "名册.jsonl", "--base", "共用.yaml", "--name", PATTERN,
               "-o", "出", "--resume", "--jobs", "2"]  # fmt: skip
    last = Path("出", max(before, key=lambda name: int(name.split("镇/")[1].split("号")[0])))
    for number in (20, 150, 300):
        running = subprocess.Popen(command, start_new_session=True)
        watched = Path("出", f"第{number % 3}镇/{number}号村2027年工作计划.docx")
        while running.poll() is None and watched.read_bytes() == before[watched.relative_to("出").as_posix()]:
            time.sleep(0.002)
        os.killpg(running.pid, signal.SIGKILL) if running.poll() is None else None
        running.wait()
    assert last.read_bytes() == before[last.relative_to("出").as_posix()], "it was all done before it was killed"
    assert make().failed == 0
    found = documents(Path("出"))
    batch(["名册.jsonl"], "neu", base="共用.yaml", name=PATTERN, workers=1)
    assert found == documents(Path("neu"))
