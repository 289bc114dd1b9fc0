"""Names in tags are compared with the shape of the context before anything is filled."""

from __future__ import annotations

import pytest

from planwriter.template.opening import compile_template
from planwriter.template.shape import Anything, Listing, Record, Shape, Text, Trusted, merge, shape_of
from tests.template_door.looking import paragraphs, refusals
from tests.word_package.building import docx, p

SHAPE = Record(
    {
        "单位": (Text(), "单位名称"),
        "表": (Trusted(), "排好的表"),
        "任务": (Listing(Record({"标题": (Text(), ""), "措施": (Listing(Text()), "")})), "主要任务"),
        "落款": (Record({"署名": (Text(), ""), "日期": (Text(), "")}), ""),
        "其他": (Anything(), ""),
    }
)

FOR = "{%p for 项 in 任务 %}", "{%p endfor %}"


def inside(text: str) -> str:
    return p(FOR[0]) + p(text) + p(FOR[1])


WRONG: dict[str, tuple[str, str, str]] = {
    "misspelt": (p("{{ 单立 }}"), "template-unknown-name", "单位"),
    "misspelt_in_if": (p("{%p if 单立 %}") + p("{%p endif %}"), "template-unknown-name", "单位"),
    "misspelt_in_elif": (p("{% if 单位 %}{% elif 单立 %}{% endif %}"), "template-unknown-name", "单位"),
    "misspelt_in_for": (p("{%p for 项 in 任劳 %}") + p("{%p endfor %}"), "template-unknown-name", "任务"),
    "misspelt_in_branch_not_taken": (p("{% if 1 > 2 %}{{ 单立 }}{% endif %}"), "template-unknown-name", "单位"),
    "misspelt_in_loop": (inside("{{ 项.标提 }}"), "template-unknown-name", "标题"),
    "misspelt_by_subscript": (inside("{{ 项['标提'] }}"), "template-unknown-name", "标题"),
    "misspelt_in_inner_loop": (inside("{% for 条 in 项.措旅 %}{% endfor %}"), "template-unknown-name", "措施"),
    "misspelt_in_filter_argument": (p("{{ 单位|default(单立) }}"), "template-unknown-name", "单位"),
    "loop_variable_outside": (inside("{{ 项.标题 }}") + p("{{ 项.标题 }}"), "template-unknown-name", ""),
    "loop_outside": (p("{{ loop.index }}"), "template-unknown-name", ""),
    "loop_field": (inside("{{ loop.indx }}"), "template-unknown-name", "index"),
    "nested_record": (p("{{ 落款.署民 }}"), "template-unknown-name", "署名"),
    "hyphen": (p("{{ 单-位 }}"), "template-hyphen-name", "下划线"),
    "attribute_of_text": (p("{{ 单位.名称 }}"), "template-not-a-record", ""),
    "attribute_of_list": (p("{{ 任务.标题 }}"), "template-not-a-record", "for"),
    "prints_list": (p("{{ 任务 }}"), "template-prints-group", "for"),
    "prints_record": (p("{{ 落款 }}"), "template-prints-group", "字段"),
    "prints_item_record": (inside("{{ 项 }}"), "template-prints-group", "字段"),
    "prints_indexed_record": (p("{{ 任务[0] }}"), "template-prints-group", "字段"),
    "iterates_text": (p("{%p for 字 in 单位 %}") + p("{%p endfor %}"), "template-not-a-list", "列表"),
    "iterates_markup": (p("{%p for 字 in 表 %}") + p("{%p endfor %}"), "template-not-a-list", "列表"),
    "global": (p("{{ range(3) }}"), "template-unknown-name", ""),
    "lipsum": (p("{{ lipsum() }}"), "template-unknown-name", ""),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_name_is_found_with_place_and_nearest_neighbour(kind: str) -> None:
    body, code, hint = WRONG[kind]
    found = [d for d in compile_template(docx(p("头") + body)).check(SHAPE) if d.code == code]
    assert found
    assert hint in (found[0].hint or "")
    assert found[0].place is not None and (found[0].place.paragraph or 0) >= 2
    assert "标签 {" in found[0].message


RIGHT = {
    "plain": p("{{ 单位 }}"),
    "if": p("{% if 单位 and not 题 is defined %}x{% endif %}"),
    "loop": inside("{{ loop.index }}{{ 项.标题 }}{% for 条 in 项.措施 %}{{ 条 }}{{ loop.last }}{% endfor %}"),
    "index": p("{{ 任务[0].标题 }}{{ 任务|length }}{{ (任务|first).标题 }}"),
    "record": p("{{ 落款.署名 }}{{ 落款['日期'] }}"),
    "markup": p("{{p 表 }}"),
    "anything": p("{{ 其他.随便.什么 }}"),
    "default": p("{{ 可有|default('无') }}"),
    "sorted": p("{% for 项 in 任务|sort(attribute='标题') %}{{ 项.标题 }}{% endfor %}"),
    "set": p("{% set 甲 = 落款 %}{{ 甲.署名 }}"),
    "macro": p("{% macro 写(甲) %}{{ 甲.乙 }}{% endmacro %}{{ 写(落款) }}"),
    "items": p("{% for 键, 值 in 落款.items() %}{{ 键 }}{{ 值 }}{% endfor %}"),
    "keys": p("{% for 键 in 落款 %}{{ 键 }}{% endfor %}"),
    "slice": p("{% for 项 in 任务[1:] %}{{ 项.标题 }}{% endfor %}"),
    "method": p("{{ 单位.strip() }}"),
    "either": p("{{ 单位 if 任务 else 落款.署名 }}"),
    "with": p("{% with 甲 = 单位 %}{{ 甲 }}{% endwith %}"),
    "unused_record": p("x"),
}


@pytest.mark.parametrize("kind", RIGHT)
def test_what_the_shape_bears_is_accepted(kind: str) -> None:
    assert compile_template(docx(RIGHT[kind])).check(SHAPE) == []


def test_names_in_header_footer_footnote_and_title_are_compared_too() -> None:
    source = docx(
        p("x"),
        header=p("{{ 甲 }}"),
        footer=p("{{ 乙 }}"),
        properties={"title": "{{ 丁 }}"},
        footnotes=f'<w:footnote w:id="1">{p("{{ 丙 }}")}</w:footnote>',
    )
    found = compile_template(source).check(SHAPE)
    assert [(d.place.part, (d.found or "")[3]) for d in found if d.place] == [
        ("word/header.xml", "甲"),
        ("word/footer.xml", "乙"),
        ("word/footnotes.xml", "丙"),
        ("docProps/core.xml", "丁"),
    ]


def test_filling_compares_first_and_tells_all() -> None:
    template = compile_template(docx(p("{{ 单立 }}") + p("{% if 单位 %}{% else %}{{ 提注 }}{% endif %}")))
    assert [d.code for d in refusals(template, {"单位": "甲", "题注": ""})] == ["template-unknown-name"] * 2


def test_a_key_missing_in_a_later_record_is_still_found() -> None:
    template = compile_template(docx(p("{% for 项 in 任务 %}{{ 项.标题 }}{% endfor %}")))
    assert paragraphs(template.fill({"任务": [{"标题": "一"}]})) == ["一"]
    found = refusals(template, {"任务": [{"标题": "一"}, {"题目": "二"}]})
    assert [d.code for d in found] == ["template-unknown-name"]
    assert "{{ 项.标题 }}" in found[0].message


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("文", Text()),
        (3, Text()),
        (None, Anything()),
        ([], Listing(Anything())),
        (["a", "b"], Listing(Text())),
        ([{"a": "1"}, {"b": "2"}], Listing(Record({"a": (Text(), ""), "b": (Text(), "")}))),
        (["a", ["b"]], Listing(Anything())),
        ({"a": {"b": []}}, Record({"a": (Record({"b": (Listing(Anything()), "")}), "")})),
    ],
)
def test_shapes_are_inferred_from_plain_values(value: object, shape: Shape) -> None:
    assert shape_of(value) == shape


def test_merging_keeps_what_is_common_and_forgets_what_differs() -> None:
    one, other = Record({"a": (Text(), "甲"), "b": (Text(), "")}), Record({"a": (Trusted(), ""), "c": (Text(), "丙")})
    assert merge(one, other) == Record({"a": (Anything(), "甲"), "b": (Text(), ""), "c": (Text(), "丙")})
    assert merge(Listing(Text()), Listing(Trusted())) == Listing(Anything())


USES = docx(
    inside("{{ 项.标题 }}")
    + p("{% set 甲 = 落款 %}{{ 甲.署名 }}{% if 单位 is defined %}{{ 题|default('') }}{% endif %}"),
    header=p("{{ 期间 }}"),
    properties={"title": "{{ 文件标题 }}"},
)


def test_a_template_tells_which_names_it_takes_from_the_context() -> None:
    template = compile_template(USES)
    taken = {"任务", "落款", "单位", "题", "期间", "文件标题"}
    assert template.names == taken
    assert all(template.uses(name) for name in taken)
    assert not any(template.uses(name) for name in ("项", "甲", "标题", "署名", "loop", "附件"))


def test_a_strangers_template_tells_it_too() -> None:
    template = compile_template(docx(inside("{{ 项.标题 }}"), footer=p("{{ 单位 }}")), untrusted=True)
    assert template.uses("任务") and template.uses("单位") and not template.uses("项")
