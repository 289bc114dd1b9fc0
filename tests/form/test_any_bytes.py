"""Whatever bytes are given as a form: a model with its mistakes, or a refusal with a sentence; never a traceback."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import planwriter
from planwriter.diagnostic import PlanwriterError
from planwriter.form.csv_roster import read_csv_roster
from planwriter.model.document import to_form
from tests.form.test_every_kind import WRITERS
from tests.form.word_edits import W, read, rows

ROOT = Path(__file__).resolve().parents[2]
CONTENT = to_form(planwriter.read_form(ROOT / "examples" / "village_plan.yaml").document)
SOUND = {name: write(CONTENT) for name, write in WRITERS.items() if name != "form.docx"}
DOCUMENT = WRITERS["form.docx"](CONTENT)
PIECES = st.binary(max_size=6) | st.sampled_from(
    [b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'''", b"[[", b"{", b"}", b"\\u", b"\r", b"=", b",", b"- ", b": ", b"&a", b"*a", b"!!x", "，".encode("gb18030")]
)  # fmt: skip
CUTS = st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 9), PIECES), min_size=1, max_size=4)


def cut(data: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    for at, gone, put in cuts:
        at %= len(data) + 1
        data = data[:at] + put + data[at + gone :]
    return data


def told(data: bytes, name: str) -> bool:
    """Whether reading ends with a model, or with diagnostics that each have a code and a sentence."""
    try:
        said = planwriter.read_form(data, name=name).diagnostics
    except PlanwriterError as refused:
        said = refused.diagnostics
        assert said
    return all(d.code and d.message and d.place for d in said)


@pytest.mark.parametrize("name", SOUND)
@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(cuts=CUTS)
def test_a_damaged_text_form_is_read_or_refused(name: str, cuts: list[tuple[int, int, bytes]]) -> None:
    assert told(cut(SOUND[name], cuts), name)


@pytest.mark.parametrize("name", [*SOUND, "form.docx", "form"])
@settings(max_examples=40, deadline=None, derandomize=True)
@given(data=st.binary(max_size=60) | st.text(max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    assert told(data, name)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.text(st.sampled_from("甲,;\"\n\r\t'= "), max_size=40))
def test_any_table_of_text_is_a_roster_or_refused(data: str) -> None:
    try:
        roster = read_csv_roster(data, "名册.csv")
    except PlanwriterError as refused:
        assert refused.diagnostics
        return
    assert all(set(found.values) <= set(roster.columns) for found in roster)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(cuts=CUTS)
def test_a_word_form_damaged_inside_is_read_or_refused(cuts: list[tuple[int, int, bytes]]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DOCUMENT)) as package, zipfile.ZipFile(out, "w") as made:
        for part in package.namelist():
            content = package.read(part)
            made.writestr(part, cut(content, cuts) if part == "word/document.xml" else content)
    assert told(out.getvalue(), "form.docx")


@pytest.mark.parametrize("container", ["sdt", "tbl", "ins"])
def test_deep_nesting_in_a_word_form_ends_with_a_sentence(container: str) -> None:
    opener, closer = {
        "sdt": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"), "ins": ("<w:ins>", "</w:ins>"),
        "tbl": ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    }[container]  # fmt: skip
    for depth in (40, 80, 2000):
        deep = (opener * depth + "<w:p><w:r><w:t>深</w:t></w:r></w:p>" + closer * depth).encode()
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(DOCUMENT)) as package, zipfile.ZipFile(out, "w") as made:
            for part in package.namelist():
                made.writestr(part, package.read(part).replace(b"<w:tbl>", deep + b"<w:tbl>", 1))
        assert told(out.getvalue(), "form.docx")


def test_rows_may_stand_in_any_order_or_be_missing() -> None:
    def shuffled(root: etree._Element) -> None:
        listed = rows(root)
        table = listed[0].getparent()
        for one in listed[::3]:
            table.append(one)
        for one in listed[1::3]:
            table.remove(one)

    placed, _ = read(shuffled)
    assert placed["文种"] == "工作计划"


def test_a_tag_that_is_none_of_ours_counts_for_nothing() -> None:
    def retagged(root: etree._Element) -> None:
        for tag, word in zip(root.iter(f"{W}tag"), ("pw:t:x:y", "pw:e", "pw:e:999999999999:全称", "x"), strict=False):
            tag.set(f"{W}val", word)

    assert read(retagged)[0] == {"文种": "工作计划"}
