"""Tags and data that once ended in a fault of the program, a wrong name, or the value of another field."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from docxtpl import RichText

import planwriter
from planwriter.diagnostic import Diagnostic, PlanwriterError
from planwriter.template.mistakes import MAX_BLOCKS, MAX_EXPRESSION, MAX_LOOPS
from planwriter.template.opening import compile_template
from tests.template_door.looking import filled, paragraphs, parts, tree
from tests.word_package.building import W, docx, p, table

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
CHOICE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DATA: dict[str, Any] = {"名": "甲", "列": ["一", "二"], "Ａ": "全", "A": "半"}


def t(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def math(*texts: str) -> str:
    return f"<m:oMath {MATH}>{''.join(f'<m:r><m:t>{x}</m:t></m:r>' for x in texts)}</m:oMath>"


def picture(text: str, number: int = 1) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="{number}" name="图" descr="{text}"/></wp:inline></w:drawing></w:r>'
    )


def found(body: str, data: dict[str, Any] | None = None, **options: object) -> list[Diagnostic]:
    """What the public function says of a template and its data."""
    with pytest.raises(PlanwriterError) as refused:
        planwriter.fill(docx(body, **options), DATA if data is None else data)
    return list(refused.value.diagnostics)


def loops(depth: int) -> str:
    return "{% for x in 列 %}" * depth + "字" + "{% endfor %}" * depth


REFUSED: dict[str, tuple[str, str, str]] = {
    "loops_beyond_the_compiler": (p(loops(21)), "template-too-deep", "{% for x in 列 %}"),
    "conditions_beyond_the_compiler": (p("{% if 名 %}" * 101 + "{% endif %}" * 101), "template-too-deep", "{% if 名 %}"),
    "signs_beyond_the_compiler": (p("{{ " + "not " * 250 + "名 }}"), "template-too-deep", "not"),
    "filters_that_take_ten_seconds": (p("{{ 名" + "|upper" * 300 + " }}"), "template-too-deep", "upper"),
    "brackets_beyond_the_parser": (p("{{ " + "名~(" * 250 + "名" + ")" * 250 + " }}"), "template-too-deep", "名~("),
    "a_number_of_five_thousand_digits": (p("{{ " + "9" * 5000 + " }}"), "template-syntax", "999"),
    "two_blocks_of_one_name": (p("{% block a %}{% endblock %}{% block a %}{% endblock %}"), "template-syntax", "“a”"),
    "two_arguments_of_one_name": (p("{% macro m(a, a) %}{% endmacro %}"), "template-syntax", "“a”"),
    "names_of_two_widths": (p("{{ Ａ }}{{ A }}"), "template-lookalike-name", "“A”和“Ａ”"),
    "a_loop_name_of_another_width": (
        p("{% for Ａ in 列 %}{{ Ａ }}{{ A }}{% endfor %}"),
        "template-lookalike-name",
        "“A”和“Ａ”",
    ),
    "merge_outside_a_loop": (p("{{ 名 }}") + table(("{% vm %}a",)), "template-merge-outside-loop", "{% vm %}"),
    "join_outside_a_loop": (table(("{% hm %}a",)), "template-merge-outside-loop", "{% hm %}"),
    "row_tag_outside_a_table": (p("{%tr for x in 列 %}") + p("{%tr endfor %}"), "template-syntax", "一行里"),
    "span_outside_a_cell": (p("{% colspan 2 %}a"), "template-syntax", "一格里"),
    "misspelt_in_a_formula": (p(math("{{ 民 }}")), "template-unknown-name", "{{ 民 }}"),
    "split_in_a_formula": (p(math("{{ 名", " }}")), "template-tag-cut", "公式"),
    "half_in_a_formula": (p(math("{{ 名")), "template-half-tag", "{{"),
    "formula_inside": (p(t("{{ 名"), math("x"), t(" }}")), "template-tag-cut", "公式"),
    "shape_inside": (
        p(t("{{ 名"), f'<mc:AlternateContent xmlns:mc="{CHOICE}"/>', t(" }}")),
        "template-tag-cut",
        "图形",
    ),
    "page_break_inside": (p(t("{{ 名"), '<w:r><w:br w:type="page"/></w:r>', t(" }}")), "template-tag-cut", "分页符"),
    "phonetic_guide_inside": (p(t("{{ 名"), f"<w:ruby><w:rt>{t('a')}</w:rt></w:ruby>", t(" }}")), "template-tag-cut", "拼音"),
    "turned_text_inside": (p(t("{{ 名"), f"<w:bdo>{t(' }}')}</w:bdo>"), "template-tag-cut", "文字方向"),
    "position_of_a_picture": (
        p("<w:r><w:drawing><wp:anchor><wp:posOffset>{{ 名 }}</wp:posOffset></wp:anchor></w:drawing></w:r>"),
        "template-tag-in-attribute",
        "{{ 名 }}",
    ),
    "half_comment_in_a_picture": (p(picture("{# 图"), "{{ 名 }}"), "template-half-tag", "标签没有结尾"),
    "misspelt_in_a_picture": (p("前") + p(picture("{{ 民 }}")), "template-unknown-name", "{{ 民 }}"),
    "many_openings": (p("{{p " * 60_000), "template-half-tag", "{{"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_a_tag_no_template_can_have_is_named_with_place_and_remedy(kind: str) -> None:
    body, code, words = REFUSED[kind]
    first = next(d for d in found(p("前") + body) if d.code == code)
    assert words in f"{first.message}{first.found}"
    assert first.hint and first.place is not None and first.place.part == "word/document.xml"
    assert first.place.paragraph is None or first.place.paragraph >= 2
    assert len(first.message) < 250


def test_what_is_just_within_bounds_is_filled() -> None:
    conditions = "{% if 名 %}" * MAX_BLOCKS + "字" + "{% endif %}" * MAX_BLOCKS
    filters = "{{ 名" + "|upper" * (MAX_EXPRESSION - 1) + " }}"
    data = DATA | {"列": ["一"]}
    assert paragraphs(filled(p(loops(MAX_LOOPS)) + p(conditions) + p(filters), data)) == ["字", "字", "甲"]


WORKS = {
    "set_block": (p("{% set 句 %}［{{ 名 }}］{% endset %}{{ 句 }}"), "［甲］"),
    "set_block_with_a_filter": (p("{% set 句|upper %}a{{ 名 }}{% endset %}{{ 句 }}"), "A甲"),
    "one_width_only": (p("{{ Ａ }}{% if Ａ %}有{% endif %}"), "全有"),
    "many_odd_spaces": (p("{{ 名" + "\u00a0" * 100_000 + "}}"), "甲"),
    "odd_spaces_over_runs": (p(t("{{\u00a0"), t("名\u3000"), t("\u2003}}")), "甲"),
    "odd_space_in_quotes": (p("{{ 没有|default('一\u3000二') }}"), "一\u3000二"),
}


@pytest.mark.parametrize("kind", WORKS)
def test_a_tag_every_template_may_have_is_filled(kind: str) -> None:
    body, text = WORKS[kind]
    assert paragraphs(filled(body, DATA)) == [text]


def test_a_formula_is_filled() -> None:
    (text,) = tree(filled(p(math("{{ 名 }} < 1".replace("<", "&lt;"))), {"名": "a & b"})).iter("{*}t")
    assert text.text == "a & b < 1"


def test_the_words_of_a_picture_may_depend_on_the_data() -> None:
    document = filled(p(picture("{% if 名 %}{{ 名 }}的图{% else %}图{% endif %}")), {"名": 'A & "B"'})
    assert [e.get("descr") for e in tree(document).iter("{*}docPr")] == ['A & "B"的图']


def test_what_is_filled_into_a_bound_control_is_what_word_shows() -> None:
    bound = '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{{X}}"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    document = filled(
        bound.replace("{{X}}", "{X}").replace("{}", p("{{ 名 }}"))
        + bound.replace("{{X}}", "{X}").replace("{}", p("静")),
        DATA,
    )
    controls = list(tree(document).iter(f"{{{W}}}sdt"))
    assert [c.find(f".//{{{W}}}dataBinding") is not None for c in controls] == [False, True]


def endless() -> list[object]:
    made: list[object] = []
    made.append(made)
    return made


@pytest.mark.parametrize("body", [p("{{ x }}"), p("{{ 名 }}"), p("{% for i in x %}{{ i }}{% endfor %}")])
def test_data_without_end_is_refused_even_where_no_tag_names_it(body: str) -> None:
    deep: object = "字"
    for _ in range(5000):
        deep = [deep]
    for value in (endless(), deep, {"x": endless()}):
        (one,) = found(body, {"x": value, "名": "甲"})
        assert one.code == "template-data-too-deep"
        assert one.place is not None and str(one.place.field).startswith("x")


def test_data_without_end_is_refused_after_sound_data_too() -> None:
    template = compile_template(docx(p("{{ 名 }}")))
    template.fill({"名": "甲", "x": []})
    with pytest.raises(PlanwriterError, match="U\\+0001"):
        template.fill({"名": "\x01", "x": endless()})


@pytest.mark.parametrize("value", [{"乙", "甲"}, frozenset("甲乙"), [{"甲"}], {"组": {"甲"}}])
def test_data_without_an_order_is_refused(value: object) -> None:
    (one,) = found(p("{% for i in x %}{{ i }}{% endfor %}"), {"x": value})
    assert one.code == "template-data-unordered"
    assert one.place is not None and str(one.place.field).startswith("x")


PLACES = {"title": {"properties": {"title": "{{ x }}"}}, "picture": {}}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("sign", list("\a\f"))
def test_a_break_where_no_paragraph_is_is_refused_by_name(place: str, sign: str) -> None:
    body = p(picture("{{ x }}")) if place == "picture" else p("正文")
    (one,) = found(body, {"x": f"甲{sign}乙"}, **PLACES[place])
    assert one.code == "template-illegal-character" and f"U+{ord(sign):04X}" in one.message
    assert one.place is not None and (one.place.field, one.place.character) == ("x", 2)


@pytest.mark.parametrize("text", ["甲\x01", "甲\ud800"])
def test_what_no_document_can_hold_is_named_in_formatted_text_too(text: str) -> None:
    (one,) = found(p("{{r x }}"), {"x": RichText(text)})
    assert one.code == "template-illegal-character"
    assert one.place is not None and one.place.field == "x"


@pytest.mark.parametrize(
    "tag", ["{{ 1 / 0 }}", "{{ 名() }}", "{{ 名 + 1 }}", "{{ 名|round }}", "{{ 列|sum }}", "{{ 1e999 }}", "{{ 名|dictsort }}"]
)  # fmt: skip
def test_what_fails_while_filling_is_named_with_a_remedy(tag: str) -> None:
    (one,) = found(p("前") + p(tag))
    assert one.code == "template-tag-failed" and tag in one.message and one.hint
    assert one.place is not None and one.place.paragraph == 2


BOMBS = [
    "7 ** (10 ** 8)", "'a' * 3000000000", "3000000000 * 'a'", "列 * 10 ** 9", "99999 ** 99999", "'%9999999999s' % 名",
    "名|center(2 * 10 ** 9)", "名|center(width=10 ** 7)", "'%2000000000d'|format(1)", "'%*d'|format(10 ** 9, 1)",
    "名|indent(10 ** 9)", "列|batch(10 ** 9, 'x')|list", "列|slice(10 ** 9)|list", "'{:>2000000000}'.format(名)",
    "名.center(10 ** 9)", "名.ljust(10 ** 9)", "名.zfill(10 ** 9)", "名.expandtabs(10 ** 9)",
]  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_sum_that_would_fill_the_memory_is_refused_before_it_is_made(bomb: str) -> None:
    (one,) = found(p("前") + p("{{ " + bomb + " }}"))
    assert one.code == "template-result-too-large" and one.hint
    assert one.place is not None and one.place.paragraph == 2


SUMS = {
    "7 ** 2": "49", "'a' * 3": "aaa", "7 % 4": "3", "'%05.2f'|format(3.14159)": "03.14", "'%s号' % 名": "甲号",
    "名|center(3)": " 甲 ", "'{:>3}'.format(名)": "  甲", "名.center(3)": " 甲 ", "'5%*3'.upper()": "5%*3",
    "'%123456'|upper": "%123456", "1000000 + 1": "1000001", "名.replace('甲', '1000000')": "1000000",
}  # fmt: skip


@pytest.mark.parametrize("expression", SUMS)
def test_a_sum_that_people_write_is_made(expression: str) -> None:
    assert paragraphs(filled(p("{{ " + expression + " }}"), DATA)) == [SUMS[expression]]


SAME = """
import hashlib, planwriter
from tests.template_door.test_filling import SOURCE
data = {"名": "甲 & 乙", "列": [{"文": f"第{i}\\n项"} for i in range(9)]}
form = {"单位": "某县妇联", "期间": "2027年", "主要任务": [{"标题": "甲", "正文": "乙"}], "公文": {"发文字号": "某〔2026〕1号"}}
made = planwriter.fill(SOURCE, data), planwriter.fill(SOURCE, data, untrusted_template=True), planwriter.write(form)
print([hashlib.sha256(one).hexdigest() for one in made])
"""
SURROUNDINGS = [
    ({"TZ": "UTC", "LANG": "C", "PYTHONHASHSEED": "0"}, []),
    ({"TZ": "Asia/Shanghai", "LANG": "zh_CN.GB18030", "PYTHONHASHSEED": "1"}, ["-O"]),
    ({"TZ": "America/New_York", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4711"}, ["-OO"]),
]


def test_the_same_bytes_come_out_everywhere(tmp_path: Any) -> None:
    home = os.pathsep.join([str(Path(__file__).parents[2]), str(Path(planwriter.__file__).parents[1])])
    seen = set()
    for around, flags in SURROUNDINGS:
        done = subprocess.run(
            [sys.executable, *flags, "-c", SAME],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=os.environ | around | {"PYTHONPATH": home},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        seen.add(done.stdout)
    assert len(seen) == 1


def test_a_filled_title_has_no_odd_breaks() -> None:
    document = filled(p("x"), {"x": "甲\v乙\r\n丙"}, properties={"title": "{{ x }}"})
    assert "甲\n乙\n丙" in parts(document)["docProps/core.xml"].decode()
