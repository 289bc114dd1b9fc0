"""The quick road and the careful one agree on every form: sound, doubtful or broken."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planwriter.diagnostic import FormError
from planwriter.form.opening import open_form
from planwriter.model import quick
from planwriter.model.document import _read_carefully, _read_quickly, read_document, to_form
from planwriter.model.element import Element
from planwriter.model.straight import written_out
from planwriter.model.unfilled import copied_words, sign_in_a_line, signs_in
from planwriter.placed import PlacedText
from tests.form.broken import BROKEN
from tests.form.models import PAPERS, PLANS

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("PLANWRITER_SHARED", ROOT.parent / "shared")) / "forms"
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
FILLED = EXAMPLES + sorted(SHARED.glob("*.yaml"))
MARKS = st.sampled_from(
    [
        "\n",
        "\t",
        "\r",
        "\u3000",
        "\u00a0",
        "\u200f",
        "\ufffe",
        "\ud800",
        "××",
        "“”",
        "（ ）",
        "有个",
        "达%",
        "待填",
        "....",
        "  ",
    ]
)
ODD: tuple[Any, ...] = (
    "", " ", "　首行", None, 7, 6.5, True, [], {}, [[]], [None], [""], ["甲", ""], ["甲", {}], {"甲": "乙"}, {"标题": ""},
    [{"标题": ""}, {"标题": "甲"}], ("甲", "乙"), "待填", "XX", "××年", "共有个村", "×\n月", "甲\n乙", "甲\r\n乙", "\x07", "\u202e甲", "\ud800",
    "2027年", "3月", "13月", "2028年2月30日", "表格", "横排", "1,200", "一、甲", "6%", "甲" * 60_001, {"类型": "其他"},
    {"类型": "主要任务", "条目": ["甲"]}, {"活动": "甲", "责任单位": "乙"}, [{"活动": ["甲", "乙"], "责任人": "丙"}], {"分述": ["甲"]},
    {"1月": "寒假"}, [["项目", "金额"], ["甲", ""]], [{"项目": "甲", "金额": 3}], {"表头": "甲"}, PlacedText("甲"),
)  # fmt: skip
KEYS = ("标题", "正文", "heading", "标 题", "备忘", "主要任务", "月度安排", "章节", "公文", "计划", "类型", 5)
many = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def laid_open(value: Any) -> Any:
    """A model as plain values that hide nothing: types, fields that were set, order, private parts."""
    if isinstance(value, Element):
        held = [(name, laid_open(one)) for name, one in vars(value).items()]
        private = repr(value.__pydantic_private__)
        return type(value), held, sorted(value.model_fields_set), private, value.__pydantic_extra__
    if isinstance(value, list):
        return [laid_open(one) for one in value]
    if isinstance(value, dict):
        return [(laid_open(key), laid_open(one)) for key, one in value.items()]
    return type(value), value


def agree(data: Any) -> bool:
    """Whether the quick road was gone; where it was, the careful one says nothing more and gives the same.

    The quick road is gone for the first time, and again with code for the keys that came.
    """
    quick._element.cache_clear()
    first = _read_quickly(copy.deepcopy(data))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(quick, "OFTEN", 1)
        _read_quickly(copy.deepcopy(data))
        straight = _read_quickly(copy.deepcopy(data))
    if first is None or straight is None:
        assert first is straight
        return False
    careful = _read_carefully(data)
    assert (first.diagnostics, straight.diagnostics, careful.diagnostics) == ((), (), ())
    assert laid_open(first.document) == laid_open(straight.document) == laid_open(careful.document)
    assert to_form(first.document) == to_form(straight.document) == to_form(careful.document)
    return True


def spots(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every container with each key or index in it."""
    steps = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    for step, below in steps:
        yield data, step
        yield from spots(below)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_they_agree_on_the_examples(path: Path) -> None:
    placed, _ = open_form(path.read_bytes(), path.name)
    said = read_document(placed).diagnostics
    wanted = not said and "待填" not in path.read_text("utf-8")
    assert agree(placed) is wanted
    assert agree(to_form(read_document(placed).document)) is wanted


@pytest.mark.skipif(not SHARED.is_dir(), reason="the filled forms are not here")
def test_they_agree_on_forms_that_people_filled() -> None:
    forms = [open_form(path.read_bytes(), path.name)[0] for path in sorted(SHARED.glob("*.yaml"))]
    assert sum(map(agree, forms)) > len(forms) // 4


@many
@given(PLANS | PAPERS)
def test_they_agree_on_drawn_forms(form: dict[str, Any]) -> None:
    agree(form)


@many
@given(st.sampled_from(EXAMPLES), st.data())
def test_they_agree_on_forms_with_something_odd_in_them(path: Path, draw: st.DataObject) -> None:
    form = open_form(path.read_bytes(), path.name)[0]
    for _ in range(draw.draw(st.integers(1, 3))):
        held, step = draw.draw(st.sampled_from(list(spots(form))))
        if draw.draw(st.booleans()) or not isinstance(held, dict):
            held[step] = copy.deepcopy(draw.draw(st.sampled_from(ODD)))
        else:
            held[draw.draw(st.sampled_from(KEYS))] = held.pop(step)
    try:
        agree(form)
    except FormError:
        assert _read_quickly(form) is None


@many
@given(st.sampled_from(FILLED), st.booleans(), st.data())
def test_they_agree_on_filled_forms_with_something_odd_in_them(path: Path, plain: bool, draw: st.DataObject) -> None:
    """Of any shape that people give a form, with places and without."""
    placed = open_form(path.read_bytes(), path.name)[0]
    form = to_form(read_document(placed).document) if plain else placed
    held, step = draw.draw(st.sampled_from(list(spots(form))))
    if isinstance(held[step], str) and draw.draw(st.booleans()):
        held[step] = held[step][: draw.draw(st.integers(0, 6))] + draw.draw(MARKS) + held[step][6:]
    else:
        held[step] = copy.deepcopy(draw.draw(st.sampled_from(ODD)))
    agree(form)


@pytest.mark.parametrize(
    "form",
    [
        {"公文": {"标题": "甲"}, "official_document": {"标题": "XX镇的通知"}},
        {"月度安排": [{"月份": "3月", "责任人": "\u202e丙", "活动": [{"活动": "甲", "责任人": "丙"}]}]},
        {"月度安排": [{"月份": "3月", "责任人": {"甲": "XX"}, "活动": [{"活动": "甲", "责任人": "丙"}]}]},
        {"附件": [{"标题": "甲", "表": [{"项目": "甲", "金额": "　"}]}]},
        {"附件": [{"标题": "甲", "表": {"表头": ["项目"], "行": [None]}}]},
        {"标题": "甲", "主要任务": "　"},
        {"标题": "甲", "主要任务": {"正文": "　"}},
        {"标题": "甲", "主要任务": {"正文": ["甲", "　"]}},
        {"标题": "甲", "引言": ["", "\n \n"]},
        {"标题": "甲", "单位": {"全称": " "}},
        {"标题": "甲", "成文日期": "２０２７年１３月１日"},
    ],
    ids=repr,
)
def test_a_text_that_the_model_drops_is_looked_at_all_the_same(form: dict[str, Any]) -> None:
    assert not agree(form)


@pytest.mark.parametrize("often", [1, 1000])
def test_what_is_kept_of_one_form_is_not_shared_with_the_next(often: int, monkeypatch: pytest.MonkeyPatch) -> None:
    quick._element.cache_clear()
    monkeypatch.setattr(quick, "OFTEN", often)
    form: dict[str, Any] = {"标题": "甲", "引言": ["乙"], "主要任务": {"条目": [{"标题": "丙", "牵头单位": ["丁"]}]}}
    for _ in range(3):
        read_document(form)
    first, second = read_document(form).document, read_document(form).document
    for one in (first, first.sections[0], first.sections[0].items[0]):
        one.model_fields_set.add("owner")
        for held in vars(one).values():
            if isinstance(held, list):
                held.append("戊")
    assert laid_open(second) == laid_open(_read_carefully(form).document)
    assert form["引言"] == ["乙"]


@pytest.mark.parametrize("often", [1, 10**6])
def test_an_element_that_is_changed_tells_its_fields_alone(often: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick, "OFTEN", often)
    quick._element.cache_clear()
    form = {"单位": "甲村", "期间": "2027年", "主要任务": [{"标题": f"第{n}件", "责任人": "甲"} for n in range(4)]}
    for _ in range(3):
        plan = read_document(form).accepted()
        first, copied, *others = plan.sections[0].items
        twin = copied.model_copy()
        twin.measures = ["乙"]
        first.heading_form = None
        assert (first.model_fields_set, twin.model_fields_set) == (
            {"heading", "owner", "heading_form"}, {"heading", "owner", "measures"},
        )  # fmt: skip
        assert {frozenset(one.model_fields_set) for one in (copied, *others)} == {frozenset({"heading", "owner"})}
    quick._element.cache_clear()


@many
@given(PLANS, st.data())
def test_they_agree_on_drawn_forms_with_something_odd_in_them(form: dict[str, Any], draw: st.DataObject) -> None:
    held, step = draw.draw(st.sampled_from(list(spots(form))))
    held[step] = copy.deepcopy(draw.draw(st.sampled_from(ODD)))
    agree(form)


def test_they_agree_on_each_odd_value_in_each_field() -> None:
    """Of all kinds of field, alone, so that nothing else keeps a form from the quick road."""
    frame = {
        "单位": "澄溪县总工会",
        "期间": "2027年",
        "章节": [{"类型": kind, "标题": "甲"} for kind in ("主要任务", "工作目标", "月度安排", "保障措施")],
    }
    gone = 0
    for odd in ODD:
        for field in (
            "标题",
            "引言",
            "署名",
            "单位",
            "期间",
            "文种",
            "成文日期",
            "附件",
            "主要任务",
            "月度安排",
            "章节",
        ):
            gone += agree({**frame, field: odd} if field != "主要任务" and field != "月度安排" else {field: odd})
        for at, fields in enumerate(
            (("条目", "形式", "正文"), ("目标", "条目", "形式"), ("安排", "跳过"), ("领导小组", "经费", "考核"))
        ):
            for field in fields:
                form = copy.deepcopy(frame)
                form["章节"][at][field] = odd  # type: ignore[index]
                gone += agree(form)
    assert gone > 150


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.kind)
def test_a_broken_form_never_takes_the_quick_road_in_silence(broken: Any) -> None:
    try:
        placed, told = open_form(broken.text.encode(), "form.yaml")
    except FormError:
        return
    assert told or not agree(placed)


def test_code_written_for_one_kind_of_values_leaves_others_to_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    quick._element.cache_clear()
    monkeypatch.setattr(quick, "OFTEN", 1)
    for lead in (["甲", "乙"], "甲", [], ["甲"], None, [""], PlacedText("甲"), 7, "", [7], [None, "甲"]):
        form = {"标题": "甲", "主要任务": {"条目": [{"标题": "丙", "牵头单位": lead}]}}
        found = _read_quickly(form)
        assert found is not None, lead
        assert laid_open(found.document) == laid_open(_read_carefully(form).document)


def test_code_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where keys of the form are not yet those of fields."""
    quick._element.cache_clear()
    monkeypatch.setattr(quick, "OFTEN", 1)
    written: list[object] = []

    def writing(*given: Any) -> Any:
        written.append(given)
        return written_out(*given)

    monkeypatch.setattr(quick, "written_out", writing)
    form = open_form((ROOT / "examples" / "women_annual_notice.yaml").read_bytes(), "form.yaml")[0]
    assert _read_quickly(form) is not None
    once = len(written)
    assert once > 10
    for _ in range(3):
        _read_quickly(form)
    assert len(written) == once


def test_data_that_holds_itself_is_refused() -> None:
    task: dict[str, Any] = {}
    task["条目"] = [task]
    with pytest.raises(FormError):
        read_document({"主要任务": [task]})


SIGNS = st.text(
    st.sampled_from("xX×20年月日号至—-○*_?□….某“”《》（） 　甲个有共达%词3[]()\t\u00a0"), min_size=1, max_size=8
)


@settings(max_examples=400, deadline=None)
@given(st.lists(SIGNS, min_size=1, max_size=5))
def test_one_look_at_all_texts_finds_what_a_look_at_each_finds(texts: list[str]) -> None:
    each = any(signs_in(text) or copied_words(text) is not None for text in texts)
    assert sign_in_a_line("\n".join(["", *texts, ""])) is each


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_text_of_a_form_is_looked_at(path: Path) -> None:
    form = open_form(path.read_bytes(), path.name)[0]
    for held, step in list(spots(form)):
        if isinstance(held[step], str):
            before, held[step] = held[step], held[step] + "\u202e"
            assert _read_quickly(form) is None, before
            held[step] = before
