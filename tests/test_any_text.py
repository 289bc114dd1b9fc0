"""Any text that a form accepts comes out of the document unchanged; none disappears, none becomes markup or a tag."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import planwriter
from planwriter.actions import compose
from planwriter.diagnostic import Severity
from planwriter.model.unfilled import copied_words
from tests.documents import paragraphs, root_of, texts

FRAGMENTS = st.sampled_from(
    ["{{ 标题 }}", "{%p if x %}", "{_{", "%_}", "{#", "<w:t>", "</w:t></w:r>", "&amp;", "&", "]]>", "<!--", "“", "”", "  ", "\u00a0", "　",
     "\u200b", "\ufeff", "\u2028", "👩‍👩‍👧", "𠮷", "é̂", "\x85", "'", '"', "\\", "$1", "一是", "【", "】", "（", "）", "1.", "a", "县"]
)  # fmt: skip
LEGAL = st.characters(
    codec="utf-8", exclude_categories=["Cs"], exclude_characters="\ufffe\uffff" + "".join(map(chr, range(32)))
)
TEXT = st.lists(st.one_of(FRAGMENTS, st.text(LEGAL, max_size=8)), min_size=1, max_size=6).map("".join)
KEPT = TEXT.filter(lambda t: bool(t.strip()) and t.strip() == t and "待填" not in t and copied_words(t) is None)


def core(text: str, *, point: bool = False) -> str:
    """The text without the final marks that headings, names and points exchange for their own, and a point's 一是."""
    return (
        (text.removeprefix("一是") if point else text)
        .rstrip("。；，、：;,:.…！？!?”’」』）)】〉》 \u3000\u00a0")
        .strip()
    )


FIELDS: dict[str, tuple[str, ...]] = {
    "标题": ("PWTitle", "PWAttachmentNote"), "题注": ("PWSubtitle",), "引言": ("PWBody",), "引言的第二段": ("PWBody",),
    "部分": ("PWHeading1",), "部分的正文": ("PWBody",), "任务": ("PWHeading2",), "任务的正文": ("PWBody",),
    "分述": ("PWBody",), "分述的第二点": ("PWBody",), "牵头单位": ("PWBody",), "责任人": ("PWBody",),
    "措施": ("PWBody",), "依据": ("PWBody",), "第三层": ("PWRunIn3",), "第三层的正文": ("PWRunIn3",),
    "第四层": ("PWRunIn4",), "第四层的正文": ("PWRunIn4",), "条目": ("PWItem3",), "独条": ("PWItem2",),
    "问题": ("PWHeading2",), "问题的措施": ("PWBody",), "主题": ("PWTableTextCentred",), "活动": ("PWTableText",),
    "责任单位": ("PWTableTextCentred",), "活动的责任人": ("PWTableTextCentred",), "参加对象": ("PWTableTextCentred",),
    "结语": ("PWBody",), "附件标题": ("PWTitle", "PWAttachmentNote"), "附件正文": ("PWBody",),
    "表头": ("PWTableHead",), "格": ("PWTableTextCentred",), "公文标题": ("PWTitle",), "主送机关": ("PWAddressees",),
    "公文正文": ("PWBody",), "公文分述": ("PWBody",), "公文分述的第二点": ("PWBody",), "附注": ("PWRemark",),
    "抄送机关": ("PWCopyTo",), "印发机关": ("PWPrinting",), "署名": ("PWSignature",), "签发人": ("PWDocNumberUp",),
    "发文机关": ("PWMark",),
}  # fmt: skip
"""What a paper says, and the styles of the paragraphs in which each must be read."""


def paper_with(w: dict[str, str]) -> dict[str, Any]:
    lower = [{"标题": w["第三层"], "正文": w["第三层的正文"],
              "条目": [{"标题": w["第四层"], "正文": w["第四层的正文"]}]}, w["条目"]]  # fmt: skip
    task = {"标题": w["任务"], "正文": w["任务的正文"], "分述": [w["分述"], w["分述的第二点"]], "责任人": w["责任人"],
            "牵头单位": w["牵头单位"], "措施": w["措施"], "依据": w["依据"], "条目": lower}  # fmt: skip
    activity = {"活动": w["活动"], "责任单位": w["责任单位"], "责任人": w["活动的责任人"], "参加对象": w["参加对象"]}
    return {
        "单位": "某校", "期间": "2027年", "标题": w["标题"], "题注": w["题注"], "引言": [w["引言"], w["引言的第二段"]],
        "主要任务": {"标题": w["部分"], "正文": w["部分的正文"], "条目": [task, {"正文": w["独条"]}]},
        "存在问题": [{"标题": w["问题"], "措施": w["问题的措施"]}],
        "月度安排": {"形式": "表格", "安排": [{"时间": "1月", "主题": w["主题"], "活动": [activity]}]},
        "结语": w["结语"],
        "附件": [{"标题": w["附件标题"], "正文": w["附件正文"], "表格": [[w["表头"], "二"], [w["格"], "1"]]}],
        "公文": {
            "格式": "报告", "附件方式": "附件", "发文机关": w["发文机关"], "标题": w["公文标题"], "主送机关": w["主送机关"],
            "正文": [w["公文正文"], {"分述": [w["公文分述"], w["公文分述的第二点"]]}], "附注": w["附注"],
            "抄送机关": w["抄送机关"], "印发机关": w["印发机关"], "署名": w["署名"], "签发人": w["签发人"],
            "发文字号": "某〔2026〕1号", "成文日期": "2026年12月20日", "印发日期": "2026年12月21日",
        },
    }  # fmt: skip


def marked(around: list[tuple[str, str]]) -> dict[str, str]:
    """Each field's own words around a mark that no other field bears."""
    numbered = enumerate(zip(FIELDS, around, strict=True), 10)
    return {field: f"{before}第{number}处{after}" for number, (field, (before, after)) in numbered}


def missing(words: dict[str, str], document: bytes) -> list[tuple[str, str, str]]:
    """(field, style, text) of what is not read in a paragraph of its style."""
    read: dict[str, list[str]] = {}
    for style, text in paragraphs(document):
        read.setdefault(style, []).append(text.replace("\n", ""))
    return [
        (field, style, words[field])
        for field, styles in FIELDS.items()
        for style in styles
        if not any(core(words[field], point="分述" in field) in text for text in read.get(style, ()))
    ]


POOL = 14


def spread(pool: list[str]) -> dict[str, str]:
    """A pool of words over all fields: no two fields have the same words before and after their mark."""
    return marked([(pool[n % POOL], pool[(n + n // POOL + 1) % POOL]) for n in range(len(FIELDS))])


EVERY_FIELD = st.lists(KEPT, min_size=POOL, max_size=POOL).map(spread)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EVERY_FIELD)
def test_any_text_in_any_field_of_a_paper_is_read_where_it_belongs(words: dict[str, str]) -> None:
    assert missing(words, planwriter.write(paper_with(words))) == []


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(FIELDS)), KEPT, KEPT)
def test_one_field_of_any_text_comes_out_unchanged_beside_plain_ones(field: str, before: str, after: str) -> None:
    words = marked([("甲", "乙") if name != field else (before, after) for name in FIELDS])
    assert missing(words, planwriter.write(paper_with(words))) == []


def form_with(words: list[str]) -> dict[str, Any]:
    """The words alone, without marks, so that one may be nothing but a sign."""
    a, b, c, d, e, f = words
    return {
        "单位": "某校", "期间": "2027年", "引言": a, "题注": b,
        "主要任务": [{"标题": c, "正文": d, "条目": [e], "责任人": f}],
        "月度安排": {"形式": "表格", "安排": [{"活动": d, "主题": e}]},
        "公文": {"标题": a, "正文": [b, {"分述": [c, d]}], "附注": e, "抄送机关": f, "发文字号": "某〔2026〕1号"},
    }  # fmt: skip


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


def test_a_text_longer_than_any_field_may_be_is_refused_with_its_place() -> None:
    form = {"单位": "某校", "期间": "2027年", "主要任务": [{"标题": "甲", "正文": "长" * 60_000}]}
    assert planwriter.read_form(form).errors == ()
    form["主要任务"] = [{"标题": "甲", "正文": "长" * 60_001}]
    (told,) = planwriter.read_form(form).errors
    assert told.code == "form-too-long" and "60001个字" in told.message and "60000个字" in told.message
    assert told.place is not None and told.place.field == "主要任务[1].正文"


@pytest.mark.parametrize("mark", list("\u202a\u202b\u202d\u202e\u2066\u2067\u2068"))
def test_marks_that_turn_the_text_round_are_told_and_kept(mark: str) -> None:
    form = f"单位: 某校\n期间: 2027年\n引言: 金额{mark}001元\n".encode()
    reading = planwriter.read_form(form, name="表单.yaml")
    (told,) = [d for d in reading.diagnostics if d.code == "form-turned-text"]
    assert f"U+{ord(mark):04X}" in told.message and "第3个字符" in told.message
    assert told.severity is Severity.WARNING
    assert told.place is not None and (told.place.file, told.place.line) == ("表单.yaml", 3)
    assert f"金额{mark}001元" in texts(planwriter.write(form))


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
