"""A model written as a workbook and read back is the same model; a new field finds its place by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import planwriter
from planwriter.form.workbook import read_roster, read_workbook, write_roster, write_workbook
from planwriter.form.workbook.columns import PARTS, columns, slots
from planwriter.form.workbook.roster import roster_columns
from planwriter.model.document import read_document, to_form
from planwriter.model.element import Element, item
from planwriter.model.items import Item
from planwriter.model.plan import WorkPlan
from planwriter.model.text import Text
from tests.form.workbooks.making import grid_of
from tests.test_every_sentence import FORMS


def again(form: dict[str, Any], full: bool = False) -> dict[str, Any]:
    """The form of what a workbook of ``form`` says."""
    placed, told = read_workbook(write_workbook(form, full=full), "表单.xlsx")
    assert told == []
    return to_form(read_document(placed).document)


def in_order(value: Any) -> Any:
    """Sections with the order of their keys, which is the order in which the document says them."""
    return [list(one) for one in value.get("章节", [])]


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_every_form_comes_back_as_it_went(path: Path, full: bool) -> None:
    form = to_form(planwriter.read_form(path).document)
    found = again(form, full)
    assert found == form
    assert in_order(found) == in_order(form)


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_the_document_of_a_workbook_is_the_document_of_its_form(path: Path) -> None:
    form = to_form(planwriter.read_form(path).document)
    if (
        not planwriter.read_form(form).document.__class__.__name__.startswith("Official")
        or "印章图片" not in form["公文"]
    ):
        assert planwriter.write(write_workbook(form)) == planwriter.write(form)


def test_the_same_content_gives_the_same_bytes() -> None:
    form = to_form(planwriter.read_form(FORMS[0]).document)
    assert write_workbook(form) == write_workbook(form)
    assert write_roster([form]) == write_roster([form])


@pytest.mark.parametrize("full", [False, True])
def test_a_blank_workbook_with_its_examples_says_nothing(full: bool) -> None:
    placed, told = read_workbook(write_workbook({}, full=full), "空白.xlsx")
    assert told == []
    assert to_form(read_document(placed).document) == {}


def test_a_full_workbook_has_a_place_for_every_field_of_the_model() -> None:
    keys = {str(value) for rows in grid_of(write_workbook({}, full=True)).values() for row in rows for value in row}
    found = {key.partition(":")[2] or key for key in keys}
    wanted = {slot.key for cls in PARTS.values() for slot in slots(cls)}
    wanted |= {
        c.key
        for cls in PARTS.values()
        for s in slots(cls)
        if s.shape == "records" and s.element
        for c in columns(s.element)
    }
    assert wanted - found == set()
    assert len(wanted) > 60


@pytest.mark.parametrize(("cls", "sheet"), [(WorkPlan, "基本信息"), (Item, "主要任务")], ids=["plan", "item"])
def test_a_field_added_to_the_model_appears_in_the_workbook_by_itself(
    cls: type[Element], sheet: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Wider(cls):  # type: ignore[valid-type, misc]
        new_field: Text | None = item("新加的项", "这一项是新加的。", "新例子")

    fields = {**cls.model_fields, "new_field": Wider.model_fields["new_field"]}
    monkeypatch.setattr(cls, "__pydantic_fields__", fields)
    rows = grid_of(write_workbook({}, full=True))[sheet]
    texts = [str(value) for row in rows for value in row]
    assert "新加的项" in texts
    assert any("新例子" in text for text in texts)


WORDS = st.text(
    st.sampled_from("县妇联甲乙丙 　\t分述：\\“=+-@'_x000D_1%<&>\u00a0👩\n\v"), min_size=1, max_size=12
).filter(lambda t: t.strip() == t and "待填" not in t)
LINES = WORDS.filter(lambda t: t.strip())
NAMES = st.lists(LINES, min_size=1, max_size=3)
POINTS = st.fixed_dictionaries({"分述": NAMES})
TEXTS = st.lists(st.one_of(LINES, POINTS), min_size=1, max_size=4)
TARGET = st.fixed_dictionaries({"指标": LINES}, optional={"目标值": st.sampled_from(["1200", "98.5"]), "单位": LINES})
LEAF = st.fixed_dictionaries(
    {"标题": LINES},
    optional={
        "正文": TEXTS,
        "分述": NAMES,
        "牵头单位": NAMES,
        "目标": st.lists(TARGET, min_size=1, max_size=3),
        "措施": NAMES,
    },
)
ITEM = st.recursive(
    LEAF,
    lambda below: st.builds(lambda one, more: {**one, "条目": more}, LEAF, st.lists(below, min_size=1, max_size=3)),
    max_leaves=6,
)
ITEMS = st.lists(ITEM, min_size=1, max_size=3)
ACTIVITY = st.fixed_dictionaries({"活动": LINES}, optional={"责任人": NAMES, "状态": LINES})
ENTRY = st.fixed_dictionaries(
    {"活动": st.lists(ACTIVITY, min_size=1, max_size=3)},
    optional={"时间": st.sampled_from(["3月", "4～5月"]), "主题": LINES},
)
SECTION = st.one_of(
    st.fixed_dictionaries({"类型": st.sampled_from(["主要任务", "存在问题", "下一步", "背景"]), "条目": ITEMS}, optional={"标题": LINES, "正文": TEXTS}),
    st.fixed_dictionaries({"类型": st.just("工作目标"), "目标": st.lists(TARGET, min_size=1, max_size=3)}, optional={"条目": ITEMS, "正文": TEXTS}),
    st.fixed_dictionaries({"类型": st.just("月度安排"), "安排": st.lists(ENTRY, min_size=1, max_size=3)}, optional={"正文": TEXTS}),
    st.fixed_dictionaries({"类型": st.just("保障措施"), "考核": TEXTS}, optional={"经费": st.lists(st.fixed_dictionaries({"项目": LINES}), min_size=1, max_size=2)}),
)  # fmt: skip
GRID = st.integers(1, 4).flatmap(
    lambda wide: st.lists(st.lists(LINES, min_size=wide, max_size=wide), min_size=2, max_size=4)
)
PLAN = st.fixed_dictionaries(
    {"单位": st.fixed_dictionaries({"全称": LINES}, optional={"内设机构": NAMES}), "章节": st.lists(SECTION, min_size=1, max_size=3)},
    optional={"引言": TEXTS, "标题": LINES, "署名": NAMES,
              "附件": st.lists(st.fixed_dictionaries({"标题": LINES, "表": GRID}), min_size=1, max_size=2)},
)  # fmt: skip


@settings(max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))
@given(PLAN)
def test_any_form_comes_back_from_a_workbook(form: dict[str, Any]) -> None:
    first = read_document(form).document
    known = to_form(first)
    placed, _ = read_workbook(write_workbook(known), "表单.xlsx")
    found = to_form(read_document(placed).document)
    assert found == known
    assert in_order(found) == in_order(known)


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_a_roster_says_what_takes_one_cell(path: Path) -> None:
    form = to_form(planwriter.read_form(path).document)
    data = write_roster([form, form])
    rows = list(read_roster(data, "名单.xlsx"))
    assert [row.number for row in rows] == [3, 4]
    assert len(rows) == 2
    one = to_form(read_document(rows[1].form).document)
    for column in roster_columns():
        assert dig(one, column.path) == dig(form, column.path)


def dig(form: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        form = form.get(key) if isinstance(form, dict) else None
    return form
