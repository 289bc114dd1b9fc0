"""Straight-line code gives what Jinja gives, where nothing is out of the ordinary; everything else it leaves to Jinja."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup

from planwriter.actions import read_form
from planwriter.actions.looks import template_of
from planwriter.standard import profile
from planwriter.template import straight, values
from planwriter.template.breaks import with_breaks
from planwriter.template.builtin import builtin_names, builtin_template
from planwriter.template.compiled import CompiledTemplate, compile_here
from planwriter.template.context import context
from planwriter.template.fill import PartTemplate
from planwriter.template.lowering import lowered
from planwriter.template.opening import compile_template
from planwriter.template.output import DECLARATION
from planwriter.template.sandbox import TagEnvironment
from planwriter.template.values import Finished
from planwriter.word.markup import fault_of
from tests.template_door.looking import paragraphs, refusals
from tests.word_package.building import W, docx, p, table

EXAMPLES = sorted(Path(__file__).parents[2].glob("examples/*.yaml"))
RECORDS = p("{{ 题 }}") + p("{%p for 项 in 列 %}") + p("{{ 项.名 }}，{% if 项.注 == '甲' %}甲{% elif 项.注 %}乙{% endif %}") + p("{%p endfor %}") + p("{{p 成品 }}")  # fmt: skip
USUAL = {"题": "一<二&\"三'", "列": [{"名": "“甲”", "注": "甲"}, {"名": 12, "注": ""}], "成品": ""}
ASKING = ("【待填".encode(), b"w:orient=")
DRAWN = Finished("<w:p><w:r><w:t>排好的</w:t></w:r></w:p>", drawn_here=True)


def body(template: CompiledTemplate) -> PartTemplate:
    return next(part for part in template.parts if part.name == "word/document.xml")


def by_line(part: PartTemplate, given: dict[str, Any]) -> bytes | None:
    assert part.straight is not None
    found = part.straight.filled(given, b"")
    return None if found is None else found[0]


def in_jinja(part: PartTemplate, given: dict[str, Any]) -> bytes:
    return part.rendered(given).encode()


@pytest.mark.parametrize("form", EXAMPLES, ids=lambda path: path.stem)
def test_examples_come_out_alike_by_both_roads(form: Path) -> None:
    document = read_form(form).accepted()
    template = template_of(None, document, profile(), untrusted=False)
    made = context(document, profile().layout, turnable=template.turnable, facts=False)
    for part in template.parts:
        found, printed = part.straight and part.straight.filled(made, b""), with_breaks(part.rendered(made)).encode()
        if any(sign in printed for sign in ASKING):
            assert found is None
        else:
            assert found == (printed, b"<wp:" in printed)


@pytest.mark.parametrize("name", builtin_names())
def test_every_part_of_a_built_in_template_has_straight_line_code(name: str) -> None:
    assert all(part.straight is not None for part in compile_template(builtin_template(name)).parts)


@pytest.mark.parametrize("finished", ["", Markup(""), DRAWN], ids=["text", "markup", "drawn"])
def test_texts_numbers_loops_choices_and_drawn_markup(finished: object) -> None:
    part = body(compile_template(docx(RECORDS)))
    made = USUAL | {"成品": finished}
    assert by_line(part, made) == in_jinja(part, made)
    assert part.filled(made) == DECLARATION + in_jinja(part, made)


@pytest.mark.parametrize("around", ["{{ 题 }}", "前{{ 题 }}后{{ 题 }}"])
def test_line_feeds_become_line_breaks(around: str) -> None:
    template, made = compile_template(docx(p(around))), {"题": "一\n二<\n\n"}
    assert by_line(body(template), made) == with_breaks(body(template).rendered(made)).encode()
    assert paragraphs(template.fill(made)) == [around.replace("{{ 题 }}", made["题"])]


@pytest.mark.parametrize("source", ["{% if 题 %}{{ 题 }}{% endif %}", "{{ 题 }}{% if 题 %}：{{ 题 }}{% endif %}"])
def test_line_feeds_in_texts_between_tags_are_left_to_jinja(source: str) -> None:
    template = compile_template(docx(p(source)))
    assert by_line(body(template), {"题": "一"}) is not None and by_line(body(template), {"题": "一\n二"}) is None
    assert "\n" in paragraphs(template.fill({"题": "一\n二"}))[0]


UNUSUAL: dict[str, dict[str, Any]] = {
    "no name": {"成品": "", "列": []},
    "none": USUAL | {"题": None},
    "yes or no": USUAL | {"题": True},
    "float": USUAL | {"题": 0.5},
    "markup": USUAL | {"题": Markup("甲")},
    "text of another kind": USUAL | {"题": type("T", (str,), {})("甲")},
    "no list": USUAL | {"列": "甲乙"},
    "no record": USUAL | {"列": ["甲"]},
    "object": USUAL | {"列": [SimpleNamespace(名="甲", 注="乙")]},
    "no field": USUAL | {"列": [{"名": "甲"}]},
    "text as markup": USUAL | {"成品": "甲"},
    "markup from elsewhere": USUAL | {"成品": Markup("<w:p/>")},
    "markup out of place": USUAL | {"成品": Finished("<w:r><w:t/></w:r>", drawn_here=True)},
    "markup with a gap": USUAL | {"成品": Finished("<w:p><w:r><w:t>【待填】</w:t></w:r></w:p>", drawn_here=True)},
    "markup with a tab": USUAL | {"成品": Finished("<w:p><w:r><w:t>\t</w:t></w:r></w:p>", drawn_here=True)},
    "gap": USUAL | {"题": "【待填：标题】"},
    **{f"U+{ord(sign):04X}": USUAL | {"题": f"甲{sign}乙"} for sign in "\0\t\r\a\v\f\x1b\ud800\udfff\ufffe\uffff"},
    "long": USUAL | {"题": "甲" * (values.FIELD_LIMIT + 1)},
}  # fmt: skip


@pytest.mark.parametrize("made", UNUSUAL.values(), ids=UNUSUAL)
def test_what_is_out_of_the_ordinary_is_left_to_jinja(made: dict[str, Any]) -> None:
    assert by_line(body(compile_template(docx(RECORDS))), made) is None


@pytest.mark.parametrize("value", [None, 0.1 + 0.2, "甲\x01", "甲" * (values.FIELD_LIMIT + 1)])
def test_a_refused_value_is_told_as_ever(value: object) -> None:
    found = refusals(compile_template(docx(RECORDS)), USUAL | {"题": value})
    plain = refusals(compile_template(docx(RECORDS + p("{{ 题|trim }}")), name="模板"), USUAL | {"题": value})
    assert found and {d.code for d in found} <= {d.code for d in plain}


@settings(max_examples=60)
@given(st.lists(st.text(max_size=30), max_size=6), st.text(max_size=80))
def test_whatever_is_printed_comes_out_well_formed_and_whole(names: list[str], title: str) -> None:
    made = USUAL | {"题": title, "列": [{"名": name, "注": name} for name in names]}
    content = by_line(PRINTING, made)
    if content is not None:
        told = etree.fromstring(content).iter(f"{{{W}}}t", f"{{{W}}}br")
        texts = "".join("\n" if e.tag == f"{{{W}}}br" else e.text or "" for e in told)
        assert title in texts and all(name in texts for name in names)


PRINTING = body(compile_template(docx(RECORDS)))


def test_drawings_and_bookmarks_that_are_put_in_get_numbers_of_their_own() -> None:
    mark = Finished('<w:p><w:bookmarkStart w:id="7" w:name="甲"/><w:bookmarkEnd w:id="7"/></w:p>', drawn_here=True)
    part = body(compile_template(docx(p("{{p 上 }}") + p("{{p 下 }}"))))
    assert part.straight is not None and part.straight.filled({"上": mark, "下": mark}, b"") is not None
    root = etree.fromstring(part.filled({"上": mark, "下": mark}))
    assert [e.get(f"{{{W}}}id") for e in root.iter(f"{{{W}}}bookmarkStart")] == ["1", "2"]
    assert [e.get(f"{{{W}}}name") for e in root.iter(f"{{{W}}}bookmarkStart")] == ["甲", "甲_2"]


NOT_STRAIGHT = {
    "filter": "<a>{{ x|upper }}</a>",
    "call": "<a>{{ x.strip() }}</a>",
    "product": "<a>{{ x * 3 }}</a>",
    "part of a list": "<a>{{ x[0] }}</a>",
    "loop": "<a>{% for i in x %}{{ loop.index }}{% endfor %}</a>",
    "filtered loop": "<a>{% for i in x if i %}<b/>{% endfor %}</a>",
    "loop with another end": "<a>{% for i in x %}<b/>{% else %}<c/>{% endfor %}</a>",
    "loop over all in a loop": "<a>{% for i in x %}{% for j in y %}<b/>{% endfor %}{% endfor %}</a>",
    "set": "<a>{% set y = x %}{{ y }}</a>",
    "macro": "<a>{% macro m() %}{% endmacro %}{{ x }}</a>",
    "order": "<a>{% if x > 3 %}<b/>{% endif %}</a>",
    "half an element": "<a>{% if x %}<b>{% endif %}</b></a>",
    "crossing": "<a>{% for i in x %}</a><a>{% endfor %}</a>",
    "in a tag": "<a{% if x %} b='c'{% endif %}/>",
    "as a name": "<{{ x }}/>",
    "as an attribute": "<a {{ x }}/>",
    "in a comment": "<a><!-- {{ x }} --></a>",
    "in an instruction": "<a><?b {{ x }}?></a>",
    "behind the end": "<a/>{{ x }}",
    "elements behind the end": "<a/>{% if x %}<b/>{% endif %}",
    "half a character": "<a>\ud800{{ x }}</a>",
}


@pytest.mark.parametrize("source", NOT_STRAIGHT.values(), ids=NOT_STRAIGHT)
def test_there_is_no_code_for_what_is_not_proven(source: str) -> None:
    assert lowered(TagEnvironment().parse(source)) is None


@pytest.mark.parametrize(
    "source",
    [
        "<a>{{ x }}</a>",
        "<a b='{{ x }}' c=\"{{ x }}\"/>",
        "<a>{% if x and not y or z.a != 'b' %}<b/>{% elif x == z %}{{ x }}{% else %}<c>{{ '甲' }}</c>{% endif %}</a>",
        "<a>{% for i in x %}{% for j in i.y %}<b>{{ j }}{{ i.z.z }}</b>{% endfor %}{% endfor %}{{ i }}</a>",
        "<a>{% for i in x %}{% for i in i.y %}{{ i }}{% endfor %}{{ i.n }}{% endfor %}</a>",
    ],
)
def test_code_that_is_proven_prints_what_jinja_prints(source: str) -> None:
    environment = TagEnvironment()
    code = lowered(environment.parse(source))
    assert code is not None
    rows = [{"y": ["丙<", "丁"], "z": {"z": "戊"}, "n": 3}, {"y": [], "z": {"z": ""}, "n": "'"}]
    for x in ("甲&", ""):
        made: dict[str, Any] = {"x": rows if "for" in source else x, "y": x, "z": {"a": x or "b"}, "i": "己"}
        printed = environment.from_string(source).render(made)
        assert straight.Straight(code).filled(made, b"") == (printed.encode(), False)
        assert fault_of(printed.encode()) is None


def test_hollow_cells_and_untrusted_templates_are_always_parsed() -> None:
    hollow = docx(table((p("{%p for 项 in 列 %}") + p("{{ 项 }}") + p("{%p endfor %}"),)))
    assert body(compile_template(hollow)).straight is None
    assert all(part.straight is None for part in compile_here(docx(RECORDS), name="模板").parts)


def test_limits_of_size_are_left_to_jinja(monkeypatch: pytest.MonkeyPatch) -> None:
    part = body(compile_template(docx(RECORDS)))
    assert by_line(part, USUAL) is not None
    monkeypatch.setattr(values, "RESULT_LIMIT", 100)
    assert by_line(part, USUAL) is None
    monkeypatch.undo()
    monkeypatch.setattr(values, "FIELD_LIMIT", 8)
    monkeypatch.setattr(values, "RECORD_LIMIT", 10)
    assert by_line(part, USUAL) is None
