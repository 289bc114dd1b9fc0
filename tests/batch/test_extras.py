"""What is made of all documents of a batch: zips, one merged document, the list, and what is sent back."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

import planwriter
from planwriter.batch.listing import COLUMNS, harmless
from planwriter.batch.whole import Summary, batch
from planwriter.diagnostic import FileError, UsageError
from planwriter.word.merging import Merged
from tests.batch.villages import PATTERN, documents, shared, village, write_lines
from tests.sound import faults


def make(folder: Path, rows: list[dict[str, object]], **choices: Any) -> Summary:
    lines, base = write_lines(folder / "名册.jsonl", rows), shared(folder)
    settings = {"base": base, "name": PATTERN, "workers": 1, **choices}
    return batch([lines], folder / "out", **settings)


def test_every_group_gets_a_zip_of_its_documents(tmp_path: Path) -> None:
    summary = make(tmp_path, [village(n) for n in range(9)], zipped=True)
    assert [path.name for path in summary.files] == ["第0镇.zip", "第1镇.zip", "第2镇.zip"]
    with zipfile.ZipFile(tmp_path / "out" / "第1镇.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [f"{n}号村2027年工作计划.docx" for n in (1, 4, 7)]
        assert (
            archive.read("4号村2027年工作计划.docx") == (tmp_path / "out/第1镇/4号村2027年工作计划.docx").read_bytes()
        )


def test_documents_without_a_folder_share_one_zip(tmp_path: Path) -> None:
    make(tmp_path, [village(n) for n in range(3)], zipped=True, name="{村}")
    with zipfile.ZipFile(tmp_path / "out" / "文档.zip") as archive:
        assert archive.namelist() == ["0号村.docx", "1号村.docx", "2号村.docx"]


def test_further_files_are_renewed_by_resume_with_the_same_bytes(tmp_path: Path) -> None:
    choices: dict[str, Any] = {"zipped": True, "merged": True, "report": True}
    rows = [village(n) for n in range(6)] + [village(7, 公里="\x00")]
    make(tmp_path, rows, **choices)
    before = documents(tmp_path / "out")
    make(tmp_path, rows, resume=True, **choices)
    assert documents(tmp_path / "out") == before
    rows[0]["公里"] = "55"
    make(tmp_path, rows, resume=True, **choices)
    after = documents(tmp_path / "out")
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"第0镇/0号村2027年工作计划.docx", "第0镇.zip", "合订.docx"}


def test_a_zip_that_somebody_else_made_is_kept(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "第0镇.zip").write_bytes(b"mine")
    with pytest.raises(FileError) as refused:
        make(tmp_path, [village(0)], zipped=True)
    assert refused.value.diagnostics[0].code == "batch-output-exists"
    assert (tmp_path / "out" / "第0镇.zip").read_bytes() == b"mine"


def test_the_merged_document_holds_every_document_on_pages_of_its_own(tmp_path: Path) -> None:
    make(tmp_path, [village(n) for n in range(5)], merged=True)
    merged = (tmp_path / "out" / "合订.docx").read_bytes()
    assert faults(merged) == []
    shown = planwriter.show(merged)
    said = shown.to_text()
    assert [f"CANARY{n:06d}" in said for n in range(5)] == [True] * 5
    with zipfile.ZipFile(io.BytesIO(merged)) as archive:
        body = archive.read("word/document.xml").decode()
        assert not any(name.startswith("customXml") for name in archive.namelist())
    assert body.count("<w:sectPr") == 5
    assert body.count('<w:pgNumType w:start="1"/>') == 5


@pytest.mark.parametrize("example", ["women_annual_notice", "school_union_months", "reading_letter", "report_upward"])
def test_papers_with_imprints_tables_and_letters_merge_into_sound_documents(example: str) -> None:
    document = planwriter.write(Path("examples") / f"{example}.yaml")
    merged = Merged()
    for number in range(3):
        merged.add(document, name=f"{number}.docx")
    written = merged.written()
    assert faults(written) == []
    assert body_of(written) == 3 * body_of(document)


def body_of(document: bytes) -> list[str]:
    """What stands in the text, without page numbers."""
    said = (one.text for one in planwriter.show(document).paragraphs)
    return [text for text in said if text.strip() and "{PAGE}" not in text]


def test_a_document_of_another_look_is_left_out_of_the_merged_one_and_told(tmp_path: Path) -> None:
    merged = Merged()
    merged.add(planwriter.write({"单位": "甲", "期间": "2027年", "引言": "话"}), name="一.docx")
    with pytest.raises(FileError) as refused:
        merged.add(planwriter.write({"单位": "甲", "期间": "2027年", "引言": "话"}, profile="windows"), name="二.docx")
    assert refused.value.diagnostics[0].code == "package-not-merged"
    assert merged.number == 1


def test_the_list_names_every_unit_in_columns_a_clerk_understands(tmp_path: Path) -> None:
    rows = [village(0), village(1, 公里="\x00"), village(2, 责任人=""), village(3, 镇="=1+1")]
    make(tmp_path, rows, listed=("csv", "json"))
    text = (tmp_path / "out" / "清单.csv").read_text(encoding="utf-8-sig")
    table = list(csv.reader(io.StringIO(text)))
    assert tuple(table[0]) == COLUMNS
    assert [row[5] for row in table[1:]] == ["已写成", "没有写成", "已写成，有待填的", "已写成"]
    assert "控制字符U+0000" in table[2][7]
    assert table[3][7] == "还没有填：责任人"
    assert table[4][1].startswith("'=1+1")
    plain = json.loads((tmp_path / "out" / "清单.json").read_text(encoding="utf-8"))
    assert [one["status"] for one in plain] == ["done", "failed", "done", "done"]
    assert plain[1]["diagnostics"][0]["code"] == "form-illegal-character"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_the_list_is_a_formula(start: str) -> None:
    assert harmless(start + "cmd|' /C calc'!A0").startswith("'")
    assert harmless("村" + start) == "村" + start


def test_units_with_mistakes_or_gaps_get_a_page_to_send_back(tmp_path: Path) -> None:
    rows = [village(0), village(1, 成文日期="2027年2月30日"), village(2, 责任人=""), village(4, 村="\x00坏")]
    summary = make(tmp_path, rows, report=True)
    names = [path.relative_to(tmp_path / "out").as_posix() for path in summary.files]
    assert names == ["退回/第1镇1号村村民委员会.docx", "退回/第2镇2号村村民委员会.docx", "退回/第1镇坏村民委员会.txt"]
    wrong = planwriter.show(summary.files[0]).to_text()
    assert "第1镇1号村村民委员会表单退回单" in wrong
    assert "没有2月30日" in wrong
    assert "应当在2月1日至2月28日之间" in wrong
    assert "还没有填：责任人" in planwriter.show(summary.files[1]).to_text()
    assert "U+0000" in summary.files[2].read_text(encoding="utf-8-sig")


def test_the_output_may_not_be_its_own_source(tmp_path: Path) -> None:
    (tmp_path / "甲.yaml").write_text("单位: 甲\n期间: 2027年\n", encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        batch([tmp_path], tmp_path)
    assert refused.value.diagnostics[0].code == "batch-output-is-source"
