"""Hostile and broken forms of text: each is answered with its codes at its places, in Chinese, with a remedy."""

from __future__ import annotations

import re

import pytest

from planwriter.actions import read_form
from planwriter.diagnostic import Diagnostic, FormError

HEAD = "单位: 甲校\n期间: 2027年\n"
TEXT = HEAD + "主要任务:\n  - 标题: 建台账\n    完成时限: 3月底前\n"
REFUSED: list[tuple[str, str | bytes, list[tuple[str, int | None]]]] = [
    ("utf-16 without a mark.yaml", TEXT.encode("utf-16-be"), [("form-encoding", 2)]),
    ("mixed.yaml", TEXT.encode() + "署名: 甲校\n".encode("gb18030"), [("form-encoding", 6)]),
    ("big5.yaml", "單位: 學校\n期間: 2027年\n".encode("big5"), [("form-encoding", 1)]),
    ("mixed.csv", "项目,内容\n单位,甲校\n".encode() + "期间,2027年\n".encode("gbk"), [("form-encoding", 3)]),
    ("nul.yaml", TEXT.replace("建", "建\0"), [("form-illegal-character", 4)]),
    ("half a character.json", '{"单位":"甲\\ud800"}', [("form-illegal-character", 1)]),
    ("half a character.yaml", '单位: "甲\\ud800"\n', [("form-illegal-character", 1)]),
    ("no-break spaces.yaml", TEXT.replace("    ", "\u00a0" * 4), [("form-wide-space", 5)]),
    ("a key with no width in it.yaml", TEXT.replace("期间", "期\u200b间"), [("form-unknown-key", 2)]),
    ("python.yaml", HEAD + "引言: !!python/object/apply:os.system ['id']\n", [("form-bad-start", 3)]),
    ("deep.json", "[" * 100_000, [("form-too-deep", 1)]),
    ("deep.yaml", "".join("  " * n + f"a{n}:\n" for n in range(300)), [("form-too-deep", 31)]),
    ("merge.yaml", HEAD + "主要任务:\n  - <<: {标题: 甲}\n", [("form-unknown-key", 4)]),
    ("american date.yaml", HEAD + "成文日期: 01/02/2024\n", [("form-bad-date", 3)]),
    ("no such day.yaml", HEAD + "成文日期: 2027-2-30\n", [("form-bad-date", 3)]),
    ("not a number.json", '{"单位":"甲","引言":[NaN,1e400,-Infinity]}', [("form-not-a-number", 1)] * 3),
    ("too many digits.json", '{"单位":"甲","引言":' + "9" * 5000 + "}", [("form-not-a-number", 1)]),
    ("truths.json", '{"单位":true,"期间":false}', [("form-not-a-mapping", 1), ("form-not-text", 1)]),
    ("truth.toml", '"期间" = "2027年"\n"单位" = true\n', [("form-not-a-mapping", 2)]),
    ("two.json", '{"单位":"甲"}{"单位":"乙"}', [("form-after-bracket", 1)]),
    ("a time of day.toml", '"单位"="甲校"\n"成文日期"=2027-01-08T07:32:00Z\n', [("form-bad-date", 2)]),
    ("unclosed.toml", '"单位"="甲\n', [("form-open-quote", 1)]),
    ("unclosed.csv", '项目,内容\n单位,"甲校\n期间,2027年\n', [("form-open-quote", 2)]),
    ("after the quote.csv", '项目,内容\n单位,"甲"校\n', [("form-after-quote", 2)]),
    ("wide commas.csv", "项目，内容\n单位，甲校\n", [("form-wide-comma", 1)]),
    ("a roster.csv", "单位,期间\n甲,2027年\n乙,2027年\n", [("form-is-roster", 1)]),
    ("text and parts.csv", "项目,内容\n单位,甲\n主要任务[1].标题,甲\n主要任务[1].标题.x,乙\n", [("form-duplicate-key", 4)]),
    ("a picture.yaml", b"\x89PNG\r\n\x1a\n" + bytes(200), [("form-not-text-file", None)]),
    ("a zip.json", b"\x1f\x8b\x08" + bytes(30), [("form-not-text-file", None)]),
    ("rich text.doc", "{\\rtf1 x}", [("form-not-text-file", None)]),
    ("a page.docx", "%PDF-1.4\n", [("form-not-text-file", None)]),
    ("empty.yaml", "", [("form-empty", 1)]),
    ("blanks and tabs.yaml", "  \n\n\t\n", [("form-empty", 1)]),
]  # fmt: skip
READ: list[tuple[str, str | bytes]] = [
    ("utf-16.yaml", TEXT.encode("utf-16")), ("utf-32.yaml", TEXT.encode("utf-32")), ("mark.yaml", "\ufeff" + TEXT),
    ("mac.yaml", TEXT.replace("\n", "\r")), ("windows.yaml", TEXT.replace("\n", "\r\n")),
    ("a tab on an empty line.yaml", TEXT.replace("主要", "\t\n  \t\n主要")), ("by hand", TEXT),
]  # fmt: skip


def told_of(name: str, content: str | bytes) -> tuple[Diagnostic, ...]:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    try:
        return read_form(data, name=name).errors
    except FormError as refusal:
        return refusal.diagnostics


@pytest.mark.parametrize(("name", "content", "expected"), REFUSED, ids=[one[0] for one in REFUSED])
def test_a_hostile_form_is_answered_at_the_place(
    name: str, content: str | bytes, expected: list[tuple[str, int | None]]
) -> None:
    told = told_of(name, content)
    assert [(d.code, d.place.line if d.place else "nowhere") for d in told] == expected
    for one in told:
        said = re.sub("“.*?”", "", one.message)
        assert one.hint and re.search("[\u4e00-\u9fff]{4}", said)
        assert not re.search(r"[a-z]{4,} [a-z]{2,}", said), "words of a library"


@pytest.mark.parametrize(("name", "content"), READ, ids=[one[0] for one in READ])
def test_what_means_the_same_is_read_the_same(name: str, content: str | bytes) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    reading = read_form(data, name=name)
    assert reading.diagnostics == () and reading.document == read_form(TEXT.encode(), name="表单.yaml").document


def test_what_yaml_would_guess_stays_as_it_is_typed() -> None:
    form = HEAD + "引言: [no, 12:30:00, 010020, '1_000', 1e400, .nan, 0x1F, 2027-01-08]\n"
    reading = read_form(form.encode(), name="表单.yaml")
    assert reading.document.lead == ["no", "12:30:00", "010020", "1_000", "1e400", ".nan", "0x1F", "2027-01-08"]  # type: ignore[union-attr]
