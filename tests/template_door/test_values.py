"""What goes into a value comes out of the document, or is refused by name (row by row of the threats)."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from docxtpl import Listing, RichText
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup

from planwriter.diagnostic import TemplateError
from planwriter.standard import profile
from planwriter.template import finished, values
from planwriter.template.opening import compile_template
from planwriter.template.rich import rich
from tests.template_door.looking import filled, paragraphs, parts, refusals, tree
from tests.word_package.building import W, docx, p, table

EVERYWHERE = compile_template(
    docx(
        p("静态前") + p("{{ 文 }}") + table(("{{ 文 }}", "格")) + p("静态后"),
        header=p("{{ 文 }}"),
        footer=p("{{ 文 }}"),
        footnotes=f'<w:footnote w:id="1">{p("{{ 文 }}")}</w:footnote>',
        properties={"title": "{{ 文 }}"},
    ),
    name="模板.docx",
)
STORIES = ("word/document.xml", "word/header.xml", "word/footer.xml", "word/footnotes.xml")


def title(document: bytes) -> str:
    return (
        etree.fromstring(parts(document)["docProps/core.xml"]).findtext("{http://purl.org/dc/elements/1.1/}title") or ""
    )


def assert_kept(text: str) -> None:
    document = EVERYWHERE.fill({"文": text})
    assert paragraphs(document) == ["静态前", text, text, "格", "静态后"]
    for story in STORIES[1:]:
        assert paragraphs(document, story) == [text]
    assert title(document) == text


AWKWARD = {
    "amp": "AT&T & Co",
    "less": "a < b",
    "percent": "<5%",
    "number": "100<200",
    "tag": "x<select>y",
    "cdata_end": "a]]>b",
    "comment": "<!-- x -->",
    "cdata": "<![CDATA[x]]>",
    "entity": "&lt;b&gt; &#38; &nbsp;",
    "doctype": "<!DOCTYPE x>",
    "xml_inject": "</w:t></w:r></w:p><w:p><w:r><w:t>注入</w:t></w:r></w:p><w:p><w:r><w:t>",
    "quotes": "“a” \"b\" 'c'",
    "jinja_value": "{{ 文 }}",
    "jinja_block": "{% for x in y %}",
    "jinja_comment": "{# x #}",
    "docxtpl_unescape": "{_{ a }_} {_% b %_}",
    "p_tag": "{%p if x %}",
    "r_tag": "{{r x }}",
    "astral": "𠮷野家",
    "emoji": "👨‍👩‍👧 🇨🇳",
    "combining": "e\u0301\u0323" * 20,
    "nbsp": "a\u00a0b",
    "full_space": "\u3000缩进",
    "zwsp": "a\u200bb",
    "bom": "\ufeffa",
    "delete": "a\x7fb",
    "c1": "a\x85b",
    "separators": "a\u2028b\u2029c",
    "bidi": "\u202eabc\u202c\u2066x\u2069",
    "spaces": "  两端  空格  ",
    "nfd": "\u1100\u1161",
    "compat": "ﬁ①㈱",
    "placeholder_like": "【待定】",
    "percent_sign": "%s %(a)s {0}",
    "braces": "} { }} {{ %} {%",
    "plane16": "\U0010fffd",
}


@pytest.mark.parametrize("kind", AWKWARD)
def test_awkward_text_is_kept_in_every_place(kind: str) -> None:
    assert_kept(AWKWARD[kind])


LEGAL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=[*map(chr, range(0x20)), "\ufffe", "\uffff"]),
    max_size=60,
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(LEGAL.filter(lambda t: "【待填" not in t))
def test_any_legal_text_comes_out_unchanged(text: str) -> None:
    assert_kept(text)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            [
                "{{",
                "}}",
                "{%",
                "%}",
                "{#",
                "#}",
                "{_{",
                "<w:t>",
                "</w:t>",
                "&",
                "<",
                ">",
                "]]>",
                "\n",
                "\t",
                "文",
                " ",
                "】",
                "[",
                "]",
                "“",
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_text_made_of_syntax_is_never_read_as_syntax(text: str) -> None:
    assert paragraphs(filled(p("前{{ 文 }}后"), {"文": text})) == [f"前{text}后"]


@pytest.mark.parametrize(
    "sign", ["\x00", "\x01", "\x08", "\x0e", "\x1b", "\x1f", "\ufffe", "\uffff", "\ud800", "\udfff"]
)
@pytest.mark.parametrize(
    "body", [p("{{ 项目.名称 }}"), p("{%p for 项 in 列表 %}") + p("{{ 项.名称 }}") + p("{%p endfor %}")]
)
def test_a_character_no_document_can_hold_is_refused_with_path_position_and_code(sign: str, body: str) -> None:
    template = compile_template(docx(body))
    context = {"项目": {"名称": f"好{sign}的"}, "列表": [{"名称": "一"}, {"名称": f"好{sign}的"}]}
    found = refusals(template, context)
    assert {d.code for d in found} == {"template-illegal-character"}
    assert {d.place.field for d in found if d.place} == {"项目.名称", "列表[2].名称"}
    assert all(f"U+{ord(sign):04X}" in d.message and d.place and d.place.character == 2 for d in found)


def test_illegal_characters_in_header_footnote_and_title_are_refused_too() -> None:
    for options in (
        {"header": p("{{ 文 }}")},
        {"footer": p("{{ 文 }}")},
        {"properties": {"title": "{{ 文 }}"}},
        {"footnotes": f'<w:footnote w:id="1">{p("{{ 文 }}")}</w:footnote>'},
    ):
        template = compile_template(docx(p("x"), **options))
        assert [d.code for d in refusals(template, {"文": "a\x01b"})] == ["template-illegal-character"]


def test_surrogates_that_form_a_pair_are_joined() -> None:
    assert paragraphs(filled(p("{{ 文 }}"), {"文": "a\ud83d\ude00b"})) == ["a😀b"]


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("一\n二", "一\n二"),
        ("一\r\n二", "一\n二"),
        ("一\r二", "一\n二"),
        ("一\v二", "一\n二"),
        ("一\t二", "一\t二"),
        ("\n", "\n"),
        ("一\n\n二", "一\n\n二"),
    ],
)
def test_line_ends_and_tabs_become_what_word_understands(value: str, lines: str) -> None:
    assert paragraphs(filled(p("{{ 文 }}"), {"文": value})) == [lines]


def test_bell_and_form_feed_keep_docxtpls_meaning_of_paragraph_and_page() -> None:
    assert paragraphs(filled(p("{{ 文 }}"), {"文": "一\a二"})) == ["一", "二"]
    document = filled(p("{{ 文 }}"), {"文": "一\f二"})
    assert [t for t in paragraphs(document) if t.strip()] == ["一", "二"]
    assert tree(document).xpath("//w:br[@w:type='page']", namespaces={"w": W})


def test_a_break_beside_a_text_box_stays_in_its_own_paragraph() -> None:
    box = (
        '<w:r><w:pict><v:shape id="s"><v:textbox><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>'
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    document = filled(p(box, "{{ 文 }}"), {"文": "一\n二"})
    assert paragraphs(document)[0] == "框一\n二"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "template-value-not-text"),
        (True, "template-value-not-text"),
        (False, "template-value-not-text"),
        ([1], "template-prints-group"),
        ({"a": 1}, "template-prints-group"),
        (b"x", "template-prints-group"),
        (object(), "template-value-not-text"),
        (len, "template-value-not-text"),
        (datetime.date(2026, 1, 5), "template-value-not-text"),
        (float("nan"), "template-value-not-finite"),
        (float("inf"), "template-value-not-finite"),
        (Decimal("NaN"), "template-value-not-finite"),
        (0.1 + 0.2, "template-value-noisy"),
        (1e-7, "template-value-noisy"),
        (1e22, "template-value-noisy"),
        ("字" * (values.FIELD_LIMIT + 1), "template-text-too-long"),
    ],
)
def test_what_is_no_finished_text_is_refused_naming_tag_and_paragraph(value: object, code: str) -> None:
    found = refusals(compile_template(docx(p("头") + p("单位：{{ 值 }}")), name="模板.docx"), {"值": value})
    assert [d.code for d in found] == [code]
    assert "{{ 值 }}" in found[0].message and "单位：" in found[0].message
    assert found[0].place is not None and found[0].place.paragraph == 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7, "7"),
        (-3, "-3"),
        (10**30, "1" + "0" * 30),
        (Decimal("1.10"), "1.10"),
        (Decimal("1E+3"), "1000"),
        (2.5, "2.5"),
        (3.0, "3.0"),
        (0.1, "0.1"),
        ("", ""),
    ],
)
def test_numbers_are_printed_as_written_by_hand(value: object, text: str) -> None:
    assert paragraphs(filled(p("{{ 值 }}"), {"值": value})) == [text]


def test_all_refused_values_are_told_at_once() -> None:
    template = compile_template(docx(p("{{ 甲 }}") + p("{{ 乙 }}和{{ 丙 }}"), header=p("{{ 丁 }}")))
    found = refusals(template, {"甲": None, "乙": True, "丙": 1e-9, "丁": datetime.date(2026, 1, 1)})
    assert [next(n for n in "甲乙丙丁" if n in (d.found or "")) for d in found] == ["甲", "乙", "丙", "丁"]


def test_a_record_of_more_than_four_megabytes_is_refused() -> None:
    template = compile_template(docx(p("{%p for 文 in 列表 %}") + p("{{ 文 }}") + p("{%p endfor %}")))
    long = ["字" * 50_000] * (values.RECORD_LIMIT // 50_000 + 1)
    assert [d.code for d in refusals(template, {"列表": long})] == ["template-record-too-long"]


def test_rich_text_goes_where_r_is_written() -> None:
    document = filled(p("前{{r 富 }}后"), {"富": RichText("a & <b>", bold=True)})
    assert paragraphs(document) == ["前a & <b>后"]
    assert tree(document).xpath("count(//w:r[w:rPr/w:b])", namespaces={"w": W}) == 1


def test_a_docxtpl_listing_keeps_its_lines() -> None:
    assert paragraphs(filled(p("{{ 表 }}"), {"表": Listing("一 & 二\n三")})) == ["一 & 二\n三"]


@pytest.mark.parametrize(
    ("body", "value", "code"),
    [
        (p("{{ 值 }}"), RichText("x"), "template-markup-in-text"),
        (p("{{ 值 }}"), Markup("<w:p/>"), "template-markup-in-text"),
        (p("{{p 值 }}"), "文字", "template-text-as-markup"),
        (p("{{p 值 }}"), RichText("x"), "template-markup-misplaced"),
        (p("{{r 值 }}"), "文字", "template-text-as-markup"),
        (p("{{r 值 }}"), Markup("<w:p><w:r/></w:p>"), "template-markup-misplaced"),
        (p("{{p 值 }}"), Markup("<w:p><!-- x --></w:p>"), "template-markup-unsound"),
        (p("{{p 值 }}"), Markup("<w:p><zz:a/></w:p>"), "template-markup-unsound"),
        (p("{{p 值 }}"), Markup("<w:tbl><w:tr><w:tc></w:tc></w:tr></w:tbl>"), "template-markup-unsound"),
        (p("{{p 值 }}"), Markup("<w:p><w:r></w:p>"), "template-unsound-result"),
        (p("{{p 值 }}"), Markup("<w:p>"), "template-unsound-result"),
    ],
)
def test_markup_in_the_wrong_place_or_unsound_is_refused(body: str, value: object, code: str) -> None:
    assert [d.code for d in refusals(compile_template(docx(body)), {"值": value})] == [code]


def test_an_empty_text_where_paragraphs_are_wanted_leaves_nothing() -> None:
    assert paragraphs(filled(p("前") + p("{{p 值 }}") + p("后"), {"值": ""})) == ["前", "后"]


@pytest.mark.parametrize(
    ("tag", "value", "code"),
    [
        ("{% colspan 值 %}", 0, "template-bad-span"),
        ("{% colspan 值 %}", "abc", "template-bad-span"),
        ("{% colspan 值 %}", '1"/><w:x', "template-bad-span"),
        ("{% colspan 值 %}", True, "template-bad-span"),
        ("{% cellbg 值 %}", "red", "template-bad-colour"),
        ("{% cellbg 值 %}", 'FF0000"/>', "template-bad-colour"),
        ("{% cellbg 值 %}", "", "template-bad-colour"),
    ],
)
def test_spans_and_colours_are_checked(tag: str, value: object, code: str) -> None:
    found = refusals(compile_template(docx(table((tag + "格", "二")))), {"值": value})
    assert [d.code for d in found] == [code]


def test_a_value_in_an_alternative_text_cannot_leave_its_attribute() -> None:
    picture = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图" descr="{{ 文 }}"/></wp:inline></w:drawing></w:r>'
    document = filled(p(picture), {"文": '"/><w:x a="'})
    assert '"/><w:x a="' in [e.get("descr") for e in tree(document).iter() if e.get("descr")]


def test_own_rich_text_is_escaped_and_in_the_order_of_the_schema() -> None:
    made = rich("<b> & {{ x }}", bold=True, colour="FF0000", size_pt=10.5, style="PWLead1") + rich("二", underline=True)
    root = tree(filled(p("{{r 富 }}"), {"富": made}))
    assert paragraphs(filled(p("{{r 富 }}"), {"富": made})) == ["<b> & {{ x }}二"]
    assert [etree.QName(e).localname for e in root.iter(f"{{{W}}}rPr").__next__()] == [
        "rStyle",
        "b",
        "color",
        "sz",
        "szCs",
    ]
    assert root.xpath("//w:sz/@w:val", namespaces={"w": W}) == ["21"]


@pytest.mark.parametrize(
    "look",
    [{"colour": "red"}, {"colour": '"/><w:x'}, {"size_pt": 10.4}, {"size_pt": 0}, {"style": 'a"/>'}, {"style": ""}],
)
def test_own_rich_text_takes_no_looks_word_would_not_understand(look: dict[str, Any]) -> None:
    with pytest.raises(TemplateError, match="字的样子"):
        rich("x", **look)


def test_markup_drawn_by_the_library_uses_one_prefix_or_is_checked_like_any_other() -> None:
    layout = profile().layout
    plain = [
        finished.mark("某县妇联文件", 1, layout),
        finished.signature(["某县妇联"], "2026年12月20日", "seal", layout),
        finished.attachment_note(["甲", "乙"], layout),
        finished.table([finished.TableColumn("甲")], [[["一"]], [[]]]),
    ]
    for drawn in plain:
        values._check_fragment(drawn, frozenset())
        assert type(drawn) is values.Finished and "<wp:" not in drawn
    boxed = finished.imprint("甲", "", "乙", "", layout)
    assert "<wp:" in boxed
    refused = refusals(compile_template(docx(p("{{p 版记 }}"))), {"版记": boxed})
    assert refused == []


@pytest.mark.parametrize(
    "made",
    [
        values.Finished("<x:p/>"),
        values.Finished("<w:p/>", drawn_here=True) + Markup("<x:p/>"),
        Markup("<x:p/>") + values.Finished("<w:p/>", drawn_here=True),
        values.Finished("{}", drawn_here=True).format(Markup("<x:p/>")),
        values.Finished("%s", drawn_here=True) % Markup("<x:p/>"),
        values.Finished("", drawn_here=True).join([Markup("<w:p/>"), Markup("<x:p/>")]),
        values.Finished("a", drawn_here=True).replace("a", Markup("<x:p/>")),
    ],
)
def test_what_is_made_from_drawn_markup_is_checked_again(made: Markup) -> None:
    assert type(made) is Markup
    with pytest.raises(values.Refused, match="前缀"):
        values.placed(made, False)
