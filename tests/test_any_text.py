"""Any text that a form accepts comes out of the document unchanged; none disappears, none becomes markup or a tag."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import planwriter
from planwriter.actions import compose
from tests.documents import root_of, texts

FRAGMENTS = st.sampled_from(
    ["{{ 标题 }}", "{%p if x %}", "{_{", "%_}", "{#", "<w:t>", "</w:t></w:r>", "&amp;", "&", "]]>", "<!--", "“", "”", "  ", "\u00a0", "　",
     "\u200b", "\ufeff", "\u2028", "👩‍👩‍👧", "𠮷", "é̂", "\x85", "'", '"', "\\", "$1", "一是", "【", "】", "（", "）", "1.", "a", "县"]
)  # fmt: skip
LEGAL = st.characters(
    codec="utf-8", exclude_categories=["Cs"], exclude_characters="\ufffe\uffff" + "".join(map(chr, range(32)))
)
TEXT = st.lists(st.one_of(FRAGMENTS, st.text(LEGAL, max_size=8)), min_size=1, max_size=6).map("".join)
KEPT = TEXT.filter(lambda t: bool(t.strip()) and t.strip() == t and "待填" not in t)


def core(text: str) -> str:
    """The text without the final marks that headings, names and points exchange for their own."""
    return text.rstrip("。；，、：;,:.…！？!?”’」』）)】〉》 \u3000\u00a0").strip()


def form_with(words: list[str]) -> dict[str, Any]:
    a, b, c, d, e, f = words
    return {
        "单位": "某校", "期间": "2027年", "引言": a, "题注": b,
        "主要任务": [{"标题": c, "正文": d, "条目": [e], "责任人": f}],
        "月度安排": {"形式": "表格", "安排": [{"活动": d, "主题": e}]},
        "公文": {"标题": a, "正文": [b, {"分述": [c, d]}], "附注": e, "抄送机关": f, "发文字号": "某〔2026〕1号"},
    }  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(KEPT, min_size=6, max_size=6))
def test_any_text_a_form_accepts_comes_out_unchanged(words: list[str]) -> None:
    document = planwriter.write(form_with(words))
    whole = "\n".join(texts(document))
    flat = whole.replace("\n", "")
    for word in words:
        assert core(word) in whole or core(word) in flat, word


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(KEPT, min_size=6, max_size=6))
def test_no_text_becomes_markup(words: list[str]) -> None:
    plain = {name: len(list(root_of(planwriter.write(form_with(["甲"] * 6))).iter(name))) for name in MARKUP}
    made = root_of(planwriter.write(form_with(words)))
    assert {name: len(list(made.iter(name))) for name in MARKUP} == plain


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARKUP = [f"{W}tbl", f"{W}tr", f"{W}sectPr", f"{W}hyperlink", f"{W}fldSimple"]


@pytest.mark.parametrize("text", ["甲\x07乙", "甲\x00", "\ud800", "甲\ufffe", "甲\x0c乙"])
def test_what_no_document_can_hold_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(planwriter.PlanwriterError) as refused:
        planwriter.write({"单位": "某校", "期间": "2027年", "主要任务": [{"标题": "甲", "正文": text}]})
    (told,) = refused.value.diagnostics
    assert told.code == "form-illegal-character"
    assert told.place is not None and told.place.field == "主要任务[1].正文"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("甲\r\n乙", ["甲", "乙"]), ("甲\x0b乙", ["甲", "乙"]), ("甲\r乙", ["甲", "乙"]), ("\ud83d\ude00", ["😀"])],
)
def test_line_breaks_and_surrogate_pairs_are_read_as_people_mean_them(typed: str, shown: list[str]) -> None:
    found = texts(planwriter.write({"单位": "某校", "期间": "2027年", "引言": typed}))
    at = found.index(shown[0])
    assert found[at : at + len(shown)] == shown


def test_the_same_form_gives_the_same_bytes() -> None:
    form = form_with(["甲", "乙", "丙", "丁", "戊", "己"])
    assert planwriter.write(form) == planwriter.write(form) == planwriter.write(planwriter.read_form(form).document)


def test_gaps_are_shown_listed_and_refused_by_strict() -> None:
    form = {"单位": "某校", "期间": "2027年", "主要任务": [{"标题": "甲", "责任人": "待填"}], "成文日期": "【待填】"}
    made = compose(form)
    assert made.placeholders == ("【待填：责任人】", "【待填：成文日期】")
    highlighted = [r for r in root_of(made.data).iter(f"{W}r") if r.find(f"{W}rPr/{W}highlight") is not None]
    assert ["".join(t.text or "" for t in r.iter(f"{W}t")) for r in highlighted] == list(made.placeholders)
    with pytest.raises(planwriter.PlanwriterError, match="还没有填"):
        planwriter.write(form, strict=True)
