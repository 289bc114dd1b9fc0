"""JSON, TOML and CSV forms: every mistake has its line, none is passed over in silence, nothing hostile costs much."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import planwriter
from planwriter.diagnostic import Diagnostic, FormError, PlanwriterError
from planwriter.form.csv_form import read_csv_form, write_csv_form
from planwriter.form.csv_roster import read_csv_roster
from planwriter.form.json_form import read_json
from planwriter.form.opening import open_form
from planwriter.form.toml_form import read_toml


def said(read: Any, text: str | bytes) -> tuple[Any, list[tuple[str, int | None, int | None]]]:
    """What is read (``None`` where nothing can be), and (code, line, column) of what is said."""
    try:
        placed, told = read(text, "表单")
    except FormError as refused:
        placed, told = None, list(refused.diagnostics)
    return placed, [(d.code, d.place.line, d.place.column) for d in told if d.place]


JSON: dict[str, tuple[str, list[tuple[str, int, int]]]] = {
    "a doubled key": ('{"单位": "甲",\n "单位": "乙"}', [("form-duplicate-key", 2, 2)]),
    "NaN": ('{"a": NaN}', [("form-not-a-number", 1, 7)]),
    "Infinity": ('{"a": [1,\n -Infinity]}', [("form-not-a-number", 2, 2)]),
    "an endless exponent": ('{"a": 1e400}', [("form-not-a-number", 1, 7)]),
    "a number of 5000 digits": ('{"a": ' + "1" * 5000 + "}", [("form-not-a-number", 1, 7)]),
    "a leading zero": ('{"份号": 000001}', [("form-not-a-number", 1, 8)]),
    "half a character": ('{"a": "\\ud800x"}', [("form-illegal-character", 1, 7)]),
    "a comma too many": ('{"a": 1,\n}', [("form-json-comma", 1, 8)]),
    "a comma too few": ('{"a": 1\n "b": 2}', [("form-json-comma", 2, 2)]),
    "a full-width comma": ('{"a": 1，"b": 2}', [("form-wide-comma", 1, 8)]),
    "a full-width colon": ('{"a"：1}', [("form-wide-colon", 1, 5)]),
    "a remark": ('{ // 说明\n"a": 1 /* 又 */}', [("form-json-remark", 1, 3), ("form-json-remark", 2, 8)]),
    "a raw line break": ('{"a": "甲\n乙"}', [("form-raw-break", 1, 9)]),
    "words without quotes": ('{"a": 县妇联}', [("form-open-quote", 1, 7)]),
    "two mistakes": ('{"a": NaN,\n"b": 县妇联}', [("form-not-a-number", 1, 7), ("form-open-quote", 2, 6)]),
}  # fmt: skip
JSON_ENDS: dict[str, tuple[str, tuple[str, int, int]]] = {
    "an open quote": ('{"a": "甲', ("form-open-quote", 1, 7)),
    "Chinese quotes": ('{“a”: 1}', ("form-open-quote", 1, 2)),
    "single quotes": ("{'a': 1}", ("form-open-quote", 1, 2)),
    "an open bracket": ('{"a": [1, 2}', ("form-open-bracket", 1, 7)),
    "an open brace": ('{"a": 1', ("form-open-bracket", 1, 1)),
    "no colon": ('{"a" 1}', ("form-missing-colon", 1, 6)),
    "no value": ('{"a": }', ("form-syntax", 1, 7)),
    "a bad escape": ('{"a": "C:\\q"}', ("form-bad-escape", 1, 10)),
    "words behind the end": ('{"a": 1}\n再见', ("form-after-bracket", 2, 1)),
    "depth": ('{"a":' * 100_000, ("form-too-deep", 1, 151)),
    "a list": ("[1]", ("form-empty", 1, 1)),
    "nothing": (" \n", ("form-empty", 1, 1)),
}  # fmt: skip


@pytest.mark.parametrize("case", JSON)
def test_a_slip_in_json_is_told_with_line_and_column_and_reading_goes_on(case: str) -> None:
    text, expected = JSON[case]
    placed, told = said(read_json, text)
    assert placed and told == expected


@pytest.mark.parametrize("case", JSON_ENDS)
def test_json_that_cannot_be_read_on_is_told_where_it_breaks(case: str) -> None:
    text, expected = JSON_ENDS[case]
    placed, told = said(read_json, text)
    assert placed is None and told[-1] == expected


def test_a_mistake_of_the_model_points_into_the_json_file() -> None:
    text = '{"单位": "甲",\n "期间": "2027年",\n "主要任务": [{"标题": "乙",\n   "完成时限": "2027年2月30日"}]}'
    (error,) = planwriter.read_form(text.encode(), name="表单.json").errors
    assert (error.code, error.place and error.place.line, error.place and error.place.column) == (
        "form-bad-date",
        4,
        12,
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize(
    "text", ['{"单位": "青江县妇女联合会"}', "单位,青江县妇女联合会\n", 'unit = "青江县妇女联合会"\n']
)
def test_texts_of_every_usual_encoding_are_read(text: str, encoding: str) -> None:
    name = {"{": "a.json", "单": "a.csv"}.get(text[0], "a.toml")
    placed, told = open_form(text.encode(encoding), name)
    assert "青江县妇女联合会" in placed.values()
    assert [d.code for d in told] == (["form-encoding"] if encoding == "gb18030" else [])


@pytest.mark.parametrize("name", ["a.json", "a.csv", "a.toml", "a.yaml"])
@pytest.mark.parametrize(
    "data",
    [
        "单位: 青江县妇联\n".encode() + "期间: 二〇二七年\n".encode("gb18030"),
        "青江県婦人会：Ελλάς".encode("latin-1", "ignore") + b"\xff\xfe\x81",
    ],
)
def test_mixed_encodings_are_refused(data: bytes, name: str) -> None:
    with pytest.raises(FormError) as refused:
        open_form(data, name)
    assert refused.value.diagnostics[-1].code == "form-encoding"


TOML: dict[str, tuple[str, list[tuple[str, int | None, int | None]]]] = {
    "a doubled key": ('a = "1"\na = "2"', [("form-duplicate-key", 2, 8)]),
    "nan": ("a = nan", [("form-not-a-number", 1, None)]),
    "an endless exponent": ("a = 1e400", [("form-not-a-number", 1, None)]),
    "a leading zero": ("a = 000001", [("form-after-quote", 1, 6)]),
    "an open quote": ('b = 1\na = "甲', [("form-open-quote", 2, 7)]),
    "no equals sign": ("a", [("form-missing-colon", 1, 1)]),
    "words without quotes": ("a = 县妇联", [("form-syntax", 1, 5)]),
    "nothing": ("", [("form-empty", 1, 1)]),
}  # fmt: skip


@pytest.mark.parametrize("case", TOML)
def test_a_mistake_in_toml_is_told_with_its_line(case: str) -> None:
    text, expected = TOML[case]
    assert [one[:2] for one in said(read_toml, text)[1]] == [one[:2] for one in expected]


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "1" * 5000, "a" + ".a" * 200 + " = 1"])
def test_toml_that_is_too_deep_or_too_long_is_refused(text: str) -> None:
    placed, told = said(read_toml, text)
    assert (placed is None and told == []) or told[-1][0] in ("form-too-deep",)


def test_chinese_keys_without_quotes_are_read_in_toml_with_a_note() -> None:
    placed, told = said(read_toml, '单位 = "甲"\n[[主要任务]]\n标题 = "乙"\n完成时限 = "3月底前"\n')
    assert placed == {"单位": "甲", "主要任务": [{"标题": "乙", "完成时限": "3月底前"}]}
    assert told == [("form-toml-key", 1, 1)]
    assert placed["主要任务"][0].key_places["完成时限"].line == 4


def test_numbers_dates_and_texts_over_several_lines_are_text_in_toml() -> None:
    placed, told = said(read_toml, 'n = 1_200\nr = 98.50\nd = 2026-12-20\nt = """\n甲\n乙"""\nb = [\n "x",\n]\nz = "1"')
    assert (
        placed == {"n": "1200", "r": "98.50", "d": "2026年12月20日", "t": "甲\n乙", "b": ["x"], "z": "1"} and told == []
    )
    assert placed.key_places["z"].line == 10


CSV: dict[str, tuple[str, Any, list[tuple[str, int]]]] = {
    "semicolons": ("项目;内容\n单位;甲\n", {"单位": "甲"}, []),
    "tabs": ("单位\t甲\n引言\t一\t二\n", {"单位": "甲", "引言": ["一", "二"]}, []),
    "a line that names the separator": ("sep=|\n单位|甲\n期间|2027年\n", {"单位": "甲", "期间": "2027年"}, []),
    "a quoted line break": ('单位,甲\n引言,"一\n二"\n期间,2027年\n', {"单位": "甲", "引言": "一\n二", "期间": "2027年"}, []),
    "bare carriage returns": ("单位,甲\r期间,2027年\r", {"单位": "甲", "期间": "2027年"}, []),
    "an open quote": ('单位,甲\n引言,"一\n期间,2027年\n', {"单位": "甲", "期间": "2027年"}, [("form-open-quote", 2)]),
    "words behind a quote": ('单位,"甲"乙\n期间,2027年\n', {"期间": "2027年"}, [("form-after-quote", 1)]),
    "NUL": ("单位,甲\n期间,2027\0年\n", {"单位": "甲", "期间": "2027年"}, [("form-illegal-character", 2)]),
    "no label": ("单位,甲\n,乙\n", {"单位": "甲"}, [("form-no-label", 2)]),
    "text and parts at once": ("单位,甲\n单位.简称,乙\n", {"单位": "甲"}, [("form-duplicate-key", 2)]),
    "paths": ("主要任务[1].标题,甲\n主要任务[2].标题,乙\n主要任务[1].正文,丙\n",
              {"主要任务": [{"标题": "甲", "正文": "丙"}, {"标题": "乙"}]}, []),
    "columns in another order": ("说明,内容,项目\n哪个单位,甲,单位\n", {"单位": "甲"}, []),
    "a cell that was kept from being a formula": ("引言,'=1+1\n", {"引言": "=1+1"}, []),
}  # fmt: skip


@pytest.mark.parametrize("case", CSV)
def test_csv_forms_are_read_as_spreadsheets_write_them(case: str) -> None:
    text, expected, told = CSV[case]
    placed, found = said(read_csv_form, text)
    assert placed == expected and [one[:2] for one in found] == told


@pytest.mark.parametrize(("text", "code"), [("单位，甲\n", "form-wide-comma"), (" \n", "form-empty")])
def test_csv_that_is_none_is_refused(text: str, code: str) -> None:
    placed, told = said(read_csv_form, text)
    assert placed is None and told[-1][0] == code


def test_a_text_in_another_encoding_with_no_known_word_is_not_taken_for_gbk() -> None:
    placed, told = said(read_csv_form, "国名,日本\n".encode("gb18030"))
    assert placed is None and told[-1][0] == "form-encoding"


def test_a_csv_form_holds_no_formula() -> None:
    written = write_csv_form({"引言": ["=HYPERLINK(1)", "+1", "-1", "@x", "\t=1"]}).decode("utf-8-sig")
    cells = [line.split(",", 1)[1].strip('"') for line in written.splitlines()[1:] if "," in line]
    assert len(cells) == 5 and all(cell.startswith("'") for cell in cells)


def test_a_roster_is_read_row_by_row_with_places() -> None:
    roster = read_csv_roster(
        '单位,期间,主要任务[1].标题\n甲,2027年,走访\n乙\n"丙","2027年","多\n行",余\n,,\n丁,2027年,x\n', "名册.csv"
    )
    assert roster.columns == ("单位", "期间", "主要任务[1].标题")
    found = list(roster)
    assert [(row.line, row.values["单位"], [d.code for d in row.told]) for row in found] == [
        (2, "甲", []), (3, "乙", ["form-missing-cells"]), (4, "丙", ["form-extra-cells"]), (7, "丁", []),
    ]  # fmt: skip


def test_a_row_of_a_roster_that_cannot_be_read_does_not_stop_the_others() -> None:
    roster = read_csv_roster('单位,期间\n甲,"2027"年\n乙,2027年\n', "名册.csv")
    assert [(row.line, row.values["单位"], [d.code for d in row.told]) for row in roster] == [
        (2, "", ["form-after-quote"]), (3, "乙", []),
    ]  # fmt: skip


def test_an_open_quote_swallows_no_other_row() -> None:
    lines = ["单位,期间", '"甲,2027年', *(f"{n}村,2027年" for n in range(20_000)), "丙,2027年"]
    rows = list(read_csv_roster("\n".join(lines), "名册.csv"))
    assert [(row.line, [d.code for d in row.told]) for row in rows if row.told] == [(2, ["form-open-quote"])]
    assert [row.line for row in rows] == list(range(2, 20_004))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_roster_in_a_file_is_read_like_its_text(tmp_path: Path, encoding: str, end: str) -> None:
    text = end.join(["单位,期间", "甲,2027年", '"乙', '二","2027年"', "丙", "丁,二〇二七年" * 2])
    file = tmp_path / "名册.csv"
    file.write_bytes(text.encode(encoding))
    assert list(read_csv_roster(file, "名册.csv")) == list(read_csv_roster(text, "名册.csv"))


def test_a_roster_that_no_encoding_fits_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "名册.csv"
    file.write_bytes("单位,期间\n甲,2027年\n".encode() * 100_000 + b"\xff\xff,\n")
    with pytest.raises(FormError) as refused:
        read_csv_roster(file, "名册.csv")
    [told] = refused.value.diagnostics
    assert (told.code, told.place and told.place.line) == ("form-encoding", 200_001)


def test_a_line_without_end_is_one_bad_row(tmp_path: Path) -> None:
    file = tmp_path / "名册.csv"
    file.write_text("单位,期间\n" + "长," * 3_000_000 + "\n乙,2027年\n", encoding="utf-8")
    rows = list(read_csv_roster(file, "名册.csv"))
    assert [(row.line, [d.code for d in row.told]) for row in rows] == [(2, ["form-open-quote"]), (3, [])]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("单位,期间,单位\n甲,乙,丙\n", "form-duplicate-key"),
        ("单位,,期间\n甲,乙,丙\n", "form-no-label"),
        ("", "form-empty"),
    ],
)
def test_a_roster_without_a_sound_header_is_refused(text: str, code: str) -> None:
    with pytest.raises(FormError) as refused:
        read_csv_roster(text, "名册.csv")
    assert refused.value.diagnostics[-1].code == code


def test_a_long_field_and_many_cells_are_told() -> None:
    _, told = said(read_csv_form, f'单位,甲\n引言,"{"长" * 200_000}"\n')
    assert told == [("form-open-quote", 2, None)]
    _, told = said(read_csv_form, "单位," + "甲," * 2000 + "\n")
    assert told == [("form-too-wide", 1, None)]


def told_of(**form: Any) -> list[Diagnostic]:
    return list(planwriter.read_form({"单位": "甲", "期间": "2027年", **form}).errors)


GOOD_NUMBERS = ["1200", "98.5", "1,200", "１２", "12％", "0"]
BAD_NUMBERS = ["1_000", "(12)", "1e999999", "一千二百零", "是", "1200户", "0x1f", "1:30", "nan", "--1"]


@pytest.mark.parametrize("number", BAD_NUMBERS)
@pytest.mark.parametrize("kind", ["a.yaml", "a.json", "a.toml", "a.csv"])
def test_a_number_that_is_none_is_refused_in_every_kind(number: str, kind: str) -> None:
    rows = {
        "a.yaml": f'单位: 甲\n期间: 2027年\n工作目标:\n  - 指标: 走访\n    目标值: "{number}"\n',
        "a.json": f'{{"单位": "甲", "期间": "2027年", "工作目标": [{{"指标": "走访", "目标值": "{number}"}}]}}',
        "a.toml": f'unit = "甲"\nperiod = "2027年"\n[[goals]]\nmetric = "走访"\nvalue = "{number}"\n',
        "a.csv": f"单位,甲\n期间,2027年\n工作目标[1].指标,走访\n工作目标[1].目标值,{number}\n",
    }
    errors = planwriter.read_form(rows[kind].encode(), name=kind).errors
    assert [d.code for d in errors] == ["form-not-a-number"] and errors[0].place and errors[0].place.line


@pytest.mark.parametrize("date", ["01/02/2024", "2027年2月29日", "2026-13-01", "1704067200", "12/31/26"])
def test_a_date_that_could_be_two_or_none_is_refused(date: str) -> None:
    assert [d.code for d in told_of(成文日期=date)] == ["form-bad-date"]


@pytest.mark.parametrize("word", ["是", "否", "no", "1.10", "12:30", "0o17", "1e3", "000001"])
@pytest.mark.parametrize("kind", ["a.yaml", "a.json", "a.toml", "a.csv"])
def test_words_stay_as_typed_whatever_a_format_makes_of_them(word: str, kind: str) -> None:
    rows = {
        "a.yaml": f"单位: 甲\n期间: 2027年\n引言: {word}\n", "a.json": f'{{"单位": "甲", "期间": "2027年", "引言": "{word}"}}',
        "a.toml": f'unit = "甲"\nperiod = "2027年"\nlead = "{word}"\n', "a.csv": f"单位,甲\n期间,2027年\n引言,{word}\n",
    }  # fmt: skip
    document = planwriter.read_form(rows[kind].encode(), name=kind).document
    assert document.lead == [word]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["a.json", "a.toml", "a.csv", "a.yaml"])
def test_a_text_of_many_megabytes_is_refused_at_once(name: str) -> None:
    with pytest.raises(PlanwriterError) as refused:
        planwriter.read_form(b"x" * (6 << 20), name=name)
    assert refused.value.diagnostics[0].code == "form-too-large"


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_files_of_other_programs_are_named(data: bytes) -> None:
    with pytest.raises(FormError) as refused:
        open_form(data, "表单.yaml")
    assert refused.value.diagnostics[0].code == "form-not-text-file"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("单位: &a 甲\n期间: *a\n", "form-bad-start"),
        ('"单位": &a 甲\n', "form-bad-start"),
        ("a: [&x 1, *x]\n", "form-anchor"),
        ("a: !!python/object:os.system [x]\n", "form-bad-start"),
        ("a: [!!python/none x]\n", "form-tag"),
        ("a: " + "[" * 40 + "]" * 40 + "\n", "form-too-deep"),
        ("单位: 甲\n---\n单位: 乙\n", "form-many-documents"),
    ],
)
def test_hostile_yaml_is_refused_before_it_costs_anything(text: str, code: str) -> None:
    try:
        _, told = open_form(text.encode(), "a.yaml")
    except FormError as refused:
        told = list(refused.diagnostics)
    assert code in [d.code for d in told]
