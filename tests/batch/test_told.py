"""What is said of rows: each mistake at its own cell, with what else is missing, and no row passed over."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
import xlsxwriter

import planwriter
from planwriter.batch.running import Unit
from planwriter.batch.whole import Summary, batch
from planwriter.diagnostic import Diagnostic
from tests.batch.villages import PATTERN, shared, write_lines

PLAN = Path(__file__).resolve().parents[2] / "templates" / "plan.docx"
HEAD = "镇,村,公里,责任人,暗号"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shared(tmp_path)


def make(*lines: str, head: str = HEAD, **choices: object) -> tuple[Summary, list[Unit]]:
    Path("名册.csv").write_bytes("\r\n".join([head, *lines, ""]).encode("utf-8-sig"))
    units: list[Unit] = []
    settings = {"base": "共用.yaml", "name": PATTERN, "workers": 1, "on_unit": units.append, **choices}
    return batch(["名册.csv"], "出", **settings), units  # type: ignore[arg-type]


def told(unit: Unit) -> list[tuple[str, int | None, str | None]]:
    return [(one.code, one.place and one.place.line, one.place and one.place.field) for one in unit.diagnostics]


def page(unit: str) -> str:
    return planwriter.show(Path("出/退回", f"{unit}.docx")).to_text()


def test_rows_of_a_csv_that_cannot_be_read_are_units_that_failed() -> None:
    summary, units = make(
        '甲镇,"一村,1,甲,x', "甲镇,二村,2,乙,y", "甲镇,三村,3", '甲镇,"四"村,4,丁,z', "甲镇,五\0村,5,戊,w"
    )
    assert (summary.written, summary.failed) == (1, 4)
    assert [told(unit) for unit in units] == [
        [("form-open-quote", 2, None)], [], [("form-missing-cells", 4, None)], [("form-after-quote", 5, None)],
        [("form-illegal-character", 6, "村")],
    ]  # fmt: skip


def test_a_bad_character_is_told_at_its_own_cell_among_many_in_a_sentence() -> None:
    _, [unit] = make("甲镇,一村,1,甲,x\1y")
    assert told(unit) == [("form-illegal-character", 2, "暗号")]


def test_an_empty_cell_that_the_file_name_needs_is_told_at_itself() -> None:
    _, [unit, other] = make("甲镇,,1,甲,x", "甲镇,二村,2,乙,y")
    assert (told(unit), told(other)) == ([("batch-name-empty", 2, "村")], [])


def test_with_strict_a_gap_names_its_row_and_stands_in_the_report() -> None:
    _, [unit, other] = make("甲镇,一村,1,,x", "乙镇,二村,,乙,y", strict=True, report=True)
    assert told(unit) == [("form-gap", 2, None)]
    assert unit.diagnostics[0].message == "还没有填：责任人"
    assert told(other) == [("form-gap", 3, None)]
    said = page("甲镇一村村民委员会")
    assert said.index("要改正的") < said.index("还没有填：责任人")


@pytest.mark.parametrize("strict", [False, True])
def test_a_row_with_a_mistake_is_sent_back_with_its_gaps_too(strict: bool) -> None:
    head = HEAD + ",成文日期"
    _, [unit] = make("甲镇,一村,1,,x,2027年2月30日", head=head, strict=strict, report=True)
    assert told(unit) == [("form-bad-date", 2, "成文日期"), ("batch-gap", None, None)]
    said = page("甲镇一村村民委员会")
    assert said.index("没有2月30日") < said.index("还没有填的") < said.index("还没有填：责任人")


def test_a_mistake_of_a_whole_form_names_its_line_or_its_entry() -> None:
    good, bad = {"单位": "甲", "期间": "2027年"}, {"单位": "乙", "期间": "2027年", "成文日期": "2027年2月30日"}
    write_lines(Path("表单.jsonl"), [good, bad])
    with zipfile.ZipFile("表单.zip", "w") as archive:
        archive.writestr("甲.yaml", "单位: 甲\n期间: 2027年\n")
        archive.writestr("乙.yaml", "单位: 乙\n期间: 2027年\n成文日期: 2027年2月30日\n")
    summary = batch(["表单.jsonl", "表单.zip"], "出", workers=1, strict=True)
    assert [str(one.diagnostics[0].place) for one in summary.failures] == [
        "表单.jsonl 第1行", "表单.jsonl 第2行 成文日期", "表单.zip/甲.yaml", "表单.zip/乙.yaml 第3行第7列",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_names_in_a_zip_are_read_whoever_packed_it(encoding: str) -> None:
    name = "联通公司.yaml"
    with zipfile.ZipFile("表单.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("x" * len(name.encode(encoding))), "单位: 甲\n期间: 2027年\n")
    packed = Path("表单.zip").read_bytes()
    Path("表单.zip").write_bytes(packed.replace(b"x" * len(name.encode(encoding)), name.encode(encoding)))
    batch(["表单.zip"], "出", workers=1)
    assert [path.name for path in Path("出").glob("*.docx")] == ["联通公司.docx"]


def row_with_template(name: str, number: int) -> str:
    return f"甲镇,{number}村,1,甲,x,{name}"


def test_a_template_that_a_row_names_wrongly_is_told_at_its_cell_and_harms_no_other(tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04garbage")
    outside = tmp_path.parent / f"{tmp_path.name}-外.docx"
    outside.write_bytes(PLAN.read_bytes())
    names = ["plan", "plna", "坏.docx", "没有.docx", f"../{outside.name}", str(outside), "", "a\0b", "坏.docx"]
    summary, units = make(*(row_with_template(name, n) for n, name in enumerate(names)), head=HEAD + ",模板")
    assert (summary.written, summary.failed) == (2, 7)
    failed: list[tuple[int, Diagnostic]] = [(n, one) for n, unit in enumerate(units) for one in unit.diagnostics]
    assert [(n, one.code) for n, one in failed] == [
        (1, "batch-no-template"), (2, "package-damaged"), (3, "batch-no-template"), (4, "batch-template-elsewhere"),
        (5, "batch-template-elsewhere"), (7, "batch-no-template"), (8, "package-damaged"),
    ]  # fmt: skip
    assert all(one.place and (one.place.line, one.place.field) == (n + 2, "模板") for n, one in failed)
    assert all(names[n] in one.message for n, one in failed)
    assert failed[0][1].hint == "是不是“plan”？"


def test_templates_of_one_name_beside_two_rosters_are_two_templates(tmp_path: Path) -> None:
    for place in ("甲", "乙"):
        (tmp_path / place).mkdir()
        own = docx.Document()
        own.add_paragraph(place + "的模板：{{ 文件标题 }}")
        own.save(str(tmp_path / place / "我的.docx"))
        roster = f"镇,村,公里,责任人,暗号,模板\n{place}镇,一村,1,甲,x,我的.docx\n"
        (tmp_path / place / "名册.csv").write_text(roster, encoding="utf-8")
    batch(["甲/名册.csv", "乙/名册.csv"], "出", base="共用.yaml", name="{镇}", workers=1)
    assert "甲的模板：甲镇一村" in planwriter.show(Path("出/甲镇.docx")).to_text()
    assert "乙的模板：乙镇一村" in planwriter.show(Path("出/乙镇.docx")).to_text()


def test_what_is_said_of_a_roster_as_a_whole_is_told_once() -> None:
    """A file that is no UTF-8, and vertically merged cells of a sheet."""
    rows = [
        HEAD.split(","),
        ["甲镇", "一村", "1", "甲", "x"],
        ["", "二村", "2", "乙", "y"],
        ["乙镇", "三村", "3", "丙", "z"],
    ]
    Path("名册.csv").write_bytes("\r\n".join([HEAD, *map(",".join, rows[1:2]), ""]).encode("gb18030"))
    book = xlsxwriter.Workbook("总表.xlsx")
    sheet = book.add_worksheet("名单")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    sheet.merge_range("A2:A3", "甲镇")
    book.close()
    for source, code in (("名册.csv", "form-encoding"), ("总表.xlsx", "form-merged-cells")):
        summary = batch([source], f"出-{source}", base="共用.yaml", name=PATTERN, workers=1)
        assert [one.code for one in summary.told] == [code]
        assert (summary.written, summary.failed) == ({"名册.csv": 1, "总表.xlsx": 3}[source], 0)
