"""A run: one bad row harms no other, the same bytes however it is run, resume does only what is left to do."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import planwriter
from planwriter.batch.jobs import Job
from planwriter.batch.manifest import NAME, Manifest
from planwriter.batch.run import Batch, run
from planwriter.batch.running import Progress, Unit
from planwriter.batch.sources import jobs_from
from planwriter.diagnostic import FileError, FormError, TemplateError, UsageError
from tests.batch.villages import PATTERN, documents, shared, village, write_lines


class Roster:
    """Villages in a file, their shared form, and a folder for their documents."""

    def __init__(self, folder: Path, rows: Sequence[dict[str, object]]) -> None:
        self.folder, self.out = folder, folder / "输出"
        self.base = shared(folder)
        self.lines = write_lines(folder / "名册.jsonl", rows)

    def run(self, out: Path | None = None, **choices: Any) -> list[Unit]:
        settings = {"base": self.base, "name": PATTERN, "workers": 1, **choices}
        return list(run(jobs_from([self.lines], base=True), out or self.out, **settings))


def outcome(units: list[Unit]) -> str:
    """A letter for every unit: written, kept, failed."""
    return "".join("f" if one.failed else "k" if one.kept else "w" for one in units)


def texts(document: bytes) -> str:
    return planwriter.show(document).to_text()


def test_one_bad_row_is_named_and_harms_no_other(tmp_path: Path) -> None:
    rows = [village(n) for n in range(20)]
    (tmp_path / "a").mkdir()
    clean = Roster(tmp_path / "a", rows)
    assert outcome(clean.run()) == "w" * 20
    rows[7] |= {"成文日期": "2027年2月30日"}
    rows[11] |= {"公里": "1\x002"}
    (tmp_path / "b").mkdir()
    spoilt = Roster(tmp_path / "b", rows)
    units = spoilt.run()
    assert outcome(units) == "wwwwwwwfwwwfwwwwwwww"
    told = units[7].diagnostics[0]
    assert told.code == "form-bad-date"
    assert told.place is not None
    assert (told.place.file, told.place.line, told.place.field) == (spoilt.lines.as_posix(), 8, "成文日期")
    assert units[11].diagnostics[0].place is not None
    assert units[11].diagnostics[0].place.field == "公里"
    expected = documents(clean.out)
    del expected["第1镇/7号村2027年工作计划.docx"], expected["第2镇/11号村2027年工作计划.docx"]
    assert documents(spoilt.out) == expected


def test_every_document_holds_its_own_row_alone(tmp_path: Path) -> None:
    roster = Roster(tmp_path, [village(n) for n in range(150)])
    with ThreadPoolExecutor(8) as executor:
        units = roster.run(executor=executor, workers=8, chunk=7)
    assert outcome(units) == "w" * 150
    for number, unit in enumerate(units):
        said = texts((roster.out / unit.entry.output).read_bytes())
        assert f"CANARY{number:06d}" in said
        assert said.count("CANARY") == 1


def test_the_same_bytes_names_and_order_however_many_work(tmp_path: Path) -> None:
    roster = Roster(tmp_path, [village(n // 2) for n in range(60)])
    alone = roster.run(tmp_path / "1")
    two = roster.run(tmp_path / "2", workers=2)
    with ThreadPoolExecutor(8) as executor:
        eight = roster.run(tmp_path / "8", executor=executor, workers=8, chunk=3)
    names = [unit.entry.output for unit in alone]
    assert len(set(names)) == 60
    assert names[0:2] == ["第0镇/0号村2027年工作计划.docx", "第0镇/0号村2027年工作计划 (2).docx"]
    assert [u.entry.output for u in two] == [u.entry.output for u in eight] == names
    assert documents(tmp_path / "1") == documents(tmp_path / "2") == documents(tmp_path / "8")


def test_a_document_of_a_batch_is_the_one_that_write_gives(tmp_path: Path) -> None:
    roster = Roster(tmp_path, [village(4)])
    [unit] = roster.run()
    text = roster.base.read_text(encoding="utf-8").replace("{{ 村 }}", "{{村}}")
    for column, value in village(4).items():
        text = text.replace("{{" + column + "}}", str(value))
    assert (roster.out / unit.entry.output).read_bytes() == planwriter.write(text.encode())


def test_a_folder_with_a_manifest_is_refused_without_resume(tmp_path: Path) -> None:
    roster = Roster(tmp_path, [village(0)])
    roster.run()
    with pytest.raises(UsageError) as refused:
        roster.run()
    assert refused.value.diagnostics[0].code == "batch-resume"
    assert outcome(roster.run(resume=True)) == "k"
    assert outcome(roster.run(tmp_path / "leer", resume=True)) == "w"


def test_resume_does_what_is_missing_changed_or_failed(tmp_path: Path) -> None:
    rows = [village(n) for n in range(6)]
    rows[2]["公里"] = "1\x002"
    roster = Roster(tmp_path, rows)
    assert outcome(roster.run()) == "wwfwww"
    (roster.out / "第0镇/3号村2027年工作计划.docx").unlink()
    rows[2]["公里"], rows[4]["公里"] = "12", "99"
    write_lines(roster.lines, rows)
    assert outcome(roster.run(resume=True)) == "kkwwwk"
    assert documents(roster.out) == documents_of(tmp_path, rows)
    roster.base.write_text(roster.base.read_text(encoding="utf-8").replace("植树", "造林"), encoding="utf-8")
    assert outcome(roster.run(resume=True)) == "wwwwww"
    assert "造林" in texts((roster.out / "第0镇/3号村2027年工作计划.docx").read_bytes())


def documents_of(folder: Path, rows: Sequence[dict[str, object]]) -> dict[str, bytes]:
    """What a batch from nothing gives."""
    (folder / "neu").mkdir()
    fresh = Roster(folder / "neu", rows)
    fresh.run()
    return documents(fresh.out)


def test_rows_that_move_take_their_names_along(tmp_path: Path) -> None:
    rows = [village(n) for n in range(5)]
    roster = Roster(tmp_path, rows)
    roster.run()
    moved = [village(9), *rows[1:]]
    write_lines(roster.lines, moved[::-1])
    assert outcome(roster.run(resume=True)).count("f") == 0
    found = documents(roster.out)
    fresh = documents_of(tmp_path, moved[::-1])
    assert {name: found[name] for name in fresh} == fresh


def test_a_document_that_somebody_edited_is_kept_until_force(tmp_path: Path) -> None:
    rows = [village(0)]
    roster = Roster(tmp_path, rows)
    [unit] = roster.run()
    document = roster.out / unit.entry.output
    document.write_bytes(b"edited")
    assert outcome(roster.run(resume=True)) == "k"
    rows[0]["公里"] = "77"
    write_lines(roster.lines, rows)
    [unit] = roster.run(resume=True)
    assert [one.code for one in unit.diagnostics] == ["batch-output-exists"]
    assert document.read_bytes() == b"edited"
    assert outcome(roster.run(force=True)) == "w"
    assert "77" in texts(document.read_bytes())


def test_a_file_that_was_there_before_is_never_overwritten(tmp_path: Path) -> None:
    roster = Roster(tmp_path, [village(0), village(1)])
    there = roster.out / "第0镇" / "0号村2027年工作计划.docx"
    there.parent.mkdir(parents=True)
    there.write_bytes(b"mine")
    assert outcome(roster.run()) == "fw"
    assert there.read_bytes() == b"mine"


def test_no_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    roster = Roster(tmp_path, [village(0), village(1)])
    outside = tmp_path / "fremd"
    outside.mkdir()
    roster.out.mkdir()
    (roster.out / "第0镇").symlink_to(outside)
    (roster.out / "第1镇").mkdir()
    (roster.out / "第1镇" / "1号村2027年工作计划.docx").symlink_to(outside / "x.docx")
    units = roster.run()
    assert [[one.code for one in unit.diagnostics] for unit in units] == [["batch-no-folder"], ["batch-output-exists"]]
    assert list(outside.iterdir()) == []


def test_two_runs_never_write_one_folder_at_once(tmp_path: Path) -> None:
    roster = Roster(tmp_path, [village(0)])
    roster.out.mkdir()
    with Manifest(roster.out, resume=True, version="1"), pytest.raises(FileError) as refused:
        roster.run(resume=True)
    assert refused.value.diagnostics[0].code == "batch-folder-busy"


@pytest.mark.parametrize(
    "damage", [b"no database at all, but long enough to look like one" * 40, b"SQLite format 3\0" + b"x" * 4096]
)
def test_a_damaged_manifest_is_told(tmp_path: Path, damage: bytes) -> None:
    roster = Roster(tmp_path, [village(0)])
    roster.out.mkdir()
    (roster.out / NAME).write_bytes(damage)
    with pytest.raises(FileError) as refused:
        roster.run(resume=True)
    assert refused.value.diagnostics[0].code.startswith("batch-manifest")


def test_the_manifest_holds_no_values_of_the_form(tmp_path: Path) -> None:
    roster = Roster(tmp_path, [village(0), village(1, 成文日期="2027年2月30日")])
    assert outcome(roster.run()) == "wf"
    kept = (roster.out / NAME).read_bytes()
    assert b"CANARY" not in kept
    assert "甲1".encode() not in kept


def test_several_templates_and_a_template_column(tmp_path: Path) -> None:
    rows = [village(0), village(1, 模板="plan")]
    roster = Roster(tmp_path, rows)
    own = tmp_path / "自己.docx"
    own.write_bytes(Path("templates/plan.docx").read_bytes())
    units = roster.run(templates=("plan", str(own)))
    assert [unit.entry.output for unit in units] == [
        "第0镇/0号村2027年工作计划-plan.docx", "第0镇/0号村2027年工作计划-自己.docx", "第1镇/1号村2027年工作计划-plan.docx"
    ]  # fmt: skip
    assert outcome(roster.run(templates=("plan", str(own)), resume=True)) == "kkk"
    with zipfile.ZipFile(roster.out / units[1].entry.output) as archive:
        assert archive.testzip() is None


def test_what_is_wrong_for_all_is_told_before_anything_is_written(tmp_path: Path) -> None:
    roster = Roster(tmp_path, [village(0)])
    with pytest.raises(UsageError) as misnamed:
        roster.run(name="{镇}/{单位简秤}.docx")
    assert misnamed.value.diagnostics[0].hint == "是不是“单位简称”？"
    roster.base.write_text("单位：县妇联\n期间: 2027年\n", encoding="utf-8")
    with pytest.raises(FormError):
        roster.run()
    (tmp_path / "坏.docx").write_bytes(b"PK")
    with pytest.raises(TemplateError):
        roster.run(base=shared(tmp_path), templates=[str(tmp_path / "坏.docx")])
    assert not roster.out.exists()


def test_results_stream_and_progress_is_told(tmp_path: Path) -> None:
    asked = []

    def jobs() -> Any:
        for number in range(100):
            asked.append(number)
            yield Job("r", village(number), at=f"第{number}行", row=True, line=number)

    seen: list[Progress] = []

    def started(**choices: Any) -> Any:
        return run(jobs(), tmp_path / "out", base=shared(tmp_path), name=PATTERN, workers=1, chunk=10,
                   on_event=seen.append, **choices)  # fmt: skip

    units = started(total=100)
    next(units)
    assert len(asked) <= 20
    units.close()
    assert 0 < seen[-1].finished < 100
    rest = started(resume=True)
    assert outcome(list(rest)).lstrip("k") == "w" * (100 - seen[0].finished if len(seen) else 0)
    assert seen[-1].finished == 100
    assert seen[-1].kept > 0


def test_form_files_keep_their_folders_and_names(tmp_path: Path) -> None:
    forms = tmp_path / "表单"
    (forms / "石磬镇").mkdir(parents=True)
    for name in ("甲.yaml", "石磬镇/甲.yaml", "石磬镇/乙.yaml", "~$甲.yaml", ".x.yaml"):
        (forms / name).write_text(f"单位: {Path(name).stem}村\n期间: 2027年\n引言: 话。\n", encoding="utf-8")
    (forms / "石磬镇" / "坏.yaml").write_text("单位：坏\n", encoding="utf-8")
    units = list(run(jobs_from([forms], base=False), tmp_path / "out", workers=1))
    assert {unit.entry.output: unit.failed for unit in units} == {
        "甲.docx": False, "石磬镇/甲.docx": False, "石磬镇/乙.docx": False, "石磬镇/坏.docx": True
    }  # fmt: skip
    with zipfile.ZipFile(tmp_path / "表单.zip", "w") as archive:
        for path in sorted(forms.rglob("*.yaml")):
            archive.write(path, path.relative_to(forms).as_posix())
    again = list(run(jobs_from([tmp_path / "表单.zip"], base=False), tmp_path / "zip", workers=1, name="{单位}{期间}"))
    assert sorted(unit.entry.output for unit in again if not unit.failed) == [
        "乙村2027年.docx",
        "甲村2027年 (2).docx",
        "甲村2027年.docx",
    ]


def test_whole_forms_as_json_lines(tmp_path: Path) -> None:
    lines = write_lines(
        tmp_path / "f.jsonl", [{"单位": "县妇联", "期间": "2027年", "主要任务": ["甲", "乙"]}, {"单位": "县妇联"}]
    )
    lines.write_text(lines.read_text(encoding="utf-8") + '{"单位": NaN}\n[]\n{"a": 1, "a": 2}\nx\n', encoding="utf-8")
    units = list(run(jobs_from([lines], base=False), tmp_path / "out", workers=1, name="{单位}{文种}{序号}"))
    assert outcome(units) == "wwffff"
    assert units[0].entry.output == "县妇联工作计划1.docx"
    assert [unit.diagnostics[0].code for unit in units[2:]] == [
        "batch-line-not-json", "batch-line-not-object", "batch-line-duplicate-key", "batch-line-not-json"
    ]  # fmt: skip


def test_the_list_of_units_can_be_read_while_the_batch_is_open(tmp_path: Path) -> None:
    roster = Roster(tmp_path, [village(0), village(1, 公里="\x00")])
    with Batch(jobs_from([roster.lines], base=True), roster.out, base=roster.base, name=PATTERN, workers=1) as batch:
        list(batch.units())
        entries = list(batch.manifest.entries())
    assert [(one.unit, one.status) for one in entries] == [
        ("第0镇0号村村民委员会", "done"),
        ("第1镇1号村村民委员会", "failed"),
    ]
    assert json.loads(entries[1].told)[0]["code"] == "form-illegal-character"
