"""Honest mistakes of template authors: named with part, paragraph, tag and remedy, or repaired."""

from __future__ import annotations

import pytest

from planwriter.template.opening import compile_template
from tests.template_door.looking import filled, mistakes, paragraphs, refusals, tree
from tests.word_package.building import W, docx, p, table

BEGIN, END = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
MARK = '<w:bookmarkStart w:id="3" w:name="书签"/>'
MARK_END = '<w:bookmarkEnd w:id="3"/>'


def t(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


MISTAKES: dict[str, tuple[str, str, str]] = {
    "two_paragraphs": (p("{{ 名") + p("称 }}"), "template-tag-over-paragraphs", "{{ 名"),
    "half_tag": (p("单位 {{ 名称 }"), "template-half-tag", "单位"),
    "half_block": (p("{% if 名称"), "template-half-tag", "if 名称"),
    "tag_in_tag": (p("{{ 名 {{ 称 }}"), "template-half-tag", "名"),
    "stray_end": (p("名称 }}"), "template-stray-end", "名称"),
    "stray_block_end": (p("名称 %}"), "template-stray-end", "名称"),
    "full_width": (p("｛｛ 名称 ｝｝"), "template-full-width", "｛｛"),
    "full_width_percent": (p("{％ if 名称 ％}"), "template-full-width", "％"),
    "half_full_width": (p("｛% if 名称 %｝"), "template-full-width", "｛%"),
    "mixed_braces": (p("{{ 名称 ｝｝"), "template-half-tag", "名称"),
    "zero_width": (p("{{ 名\u200b称 }}"), "template-invisible-character", "U+200B"),
    "soft_hyphen": (p("{{ 名\u00ad称 }}"), "template-invisible-character", "U+00AD"),
    "byte_order_mark": (p("{{ \ufeff名称 }}"), "template-invisible-character", "U+FEFF"),
    "nbsp_in_name": (p("{{ 名\u00a0称 }}"), "template-syntax", "名"),
    "space_in_name": (p("{{ 名 称 }}"), "template-syntax", "名 称"),
    "full_width_dot": (p("{{ 单位．名称 }}"), "template-syntax", "单位"),
    "lone_smart_quote": (p("{{ x|default(“无) }}"), "template-syntax", "default"),
    "empty_tag": (p("{{ }}"), "template-syntax", "{{ }}"),
    "unknown_keyword": (p("{%p fro x in 列表 %}") + p("{%p endfor %}"), "template-syntax", "fro"),
    "bad_loop": (p("{%p for x of 列表 %}") + p("{%p endfor %}"), "template-syntax", "of"),
    "unclosed_loop": (p("{%p for x in 列表 %}") + p("{{ x }}"), "template-block-unclosed", "for"),
    "unopened_end": (p("{{ 名称 }}") + p("{%p endif %}"), "template-block-unopened", "endif"),
    "mismatched_end": (p("{%p for x in 列表 %}") + p("{%p endif %}"), "template-block-mismatch", "endif"),
    "crossing_table": (p("{% for x in 列表 %}") + table(("{% endfor %}",)), "template-block-crosses", "for"),
    "unknown_filter": (p("{{ 名称|uper }}"), "template-unknown-filter", "uper"),
    "unknown_test": (p("{%p if 名称 is emptyy %}") + p("{%p endif %}"), "template-unknown-test", "emptyy"),
    "prints_none": (p("{{ None }}"), "template-prints-constant", "None"),
    "prints_true": (p("{{ true }}"), "template-prints-constant", "True"),
    "safe": (p("{{ 名称|safe }}"), "template-forbidden-filter", "safe"),
    "random": (p("{{ 列表|random }}"), "template-forbidden-filter", "random"),
    "include": (p("{% include 'a' %}"), "template-forbidden-tag", "include"),
    "import": (p("{% import 'a' as b %}"), "template-forbidden-tag", "import"),
    "autoescape": (p("{% autoescape false %}{{ 名称 }}{% endautoescape %}"), "template-forbidden-tag", "autoescape"),
    "stray_else": (p("{%p else %}"), "template-block-unopened", "else"),
    "bookmark_inside": (p(t("{{ 名"), MARK, t("称 }}"), MARK_END), "template-tag-cut", "书签"),
    "content_control_inside": (
        p(t("{{ 名"), f"<w:sdt><w:sdtContent>{t('称 }}')}</w:sdtContent></w:sdt>"),
        "template-tag-cut",
        "内容控件",
    ),
    "insertion_inside": (
        p(t("{{ 名"), f'<w:ins w:id="1" w:author="a">{t("称")}</w:ins>', t(" }}")),
        "template-tag-cut",
        "修订",
    ),
    "deletion_inside": (
        p(t("{{ 名"), '<w:del w:id="1" w:author="a"><w:r><w:delText>x</w:delText></w:r></w:del>', t("称 }}")),
        "template-tag-cut",
        "修订",
    ),
    "link_inside": (
        p(t("{{ 名"), f'<w:hyperlink w:anchor="a">{t("称")}</w:hyperlink>', t(" }}")),
        "template-tag-cut",
        "超链接",
    ),
    "comment_inside": (p(t("{{ 名"), '<w:commentRangeStart w:id="1"/>', t("称 }}")), "template-tag-cut", "批注"),
    "field_inside": (p(t("{{ 名"), BEGIN, END, t("称 }}")), "template-tag-cut", "域"),
    "tag_in_field_code": (
        p(BEGIN, "<w:r><w:instrText>REF {{ 名称 }}</w:instrText></w:r>", END),
        "template-tag-in-field",
        "REF",
    ),
    "tag_in_simple_field": (
        p(f'<w:fldSimple w:instr="REF {{{{ 名称 }}}}">{t("x")}</w:fldSimple>'),
        "template-tag-in-field",
        "REF",
    ),
    "tag_in_deleted_text": (
        p('<w:del w:id="1" w:author="a"><w:r><w:delText>{{ 名称 }}</w:delText></w:r></w:del>'),
        "template-tag-in-revision",
        "名称",
    ),
    "swallowed_text": (p("共三项 {%p if 名称 %}") + p("{%p endif %}"), "template-text-swallowed", "共三项"),
    "swallowed_tag": (p("{%p if 名称 %}{%p endif %}"), "template-text-swallowed", "{%p if"),
    "swallowed_row": (
        table(("{%tr for 项 in 列 %}", "合计"), ("{{ 项 }}", "x"), ("{%tr endfor %}", "")),
        "template-text-swallowed",
        "合计",
    ),
    "swallowed_section": (
        p("{%p if 名称 %}", look="<w:pPr><w:sectPr/></w:pPr>") + p("{%p endif %}"),
        "template-text-swallowed",
        "分节符",
    ),
    "tag_in_setting": (
        p('<w:bookmarkStart w:id="1" w:name="{{ 名称 }}"/>', MARK_END),
        "template-tag-in-attribute",
        "名称",
    ),
}


@pytest.mark.parametrize("kind", MISTAKES)
@pytest.mark.parametrize("story", ["body", "header"])
def test_a_mistake_is_named_with_its_paragraph_and_a_remedy(kind: str, story: str) -> None:
    content, code, words = MISTAKES[kind]
    source = docx(p("前") + content) if story == "body" else docx(p("x"), header=p("前") + content)
    found = [d for d in mistakes(source) if d.code == code]
    assert found, [str(d) for d in mistakes(source)]
    place = found[0].place
    assert place is not None and place.part == ("word/document.xml" if story == "body" else "word/header.xml")
    assert place.paragraph is not None and place.paragraph >= 2
    assert words in f"{found[0].message}{found[0].found}"
    assert found[0].hint or code == "template-unknown-test"


def test_all_mistakes_of_all_parts_are_told_at_once() -> None:
    source = docx(
        p("{{ 名") + p("称 }}") + p("｛｛ 甲 ｝｝") + p("{{ a\u200bb }}"),
        header=p("{{ 乙|uper( }}"),
        footer=p("{{ 丙 }"),
        properties={"keywords": "{{ 丁 }}"},
    )
    assert {d.code for d in mistakes(source)} >= {
        "template-tag-over-paragraphs",
        "template-full-width",
        "template-invisible-character",
        "template-syntax",
        "template-half-tag",
        "template-tag-not-filled",
    }


def test_several_faulty_tags_of_one_part_are_each_named() -> None:
    found = mistakes(docx(p("{{ a b }}") + p("{{ c|( }}") + p("{% if %}{% endif %}") + p("{{ d e }}")))
    assert [d.place.paragraph for d in found if d.place] == [1, 2, 3, 4]


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
UNFILLED = {
    "comments": (
        "word/comments.xml",
        f'<w:comments xmlns:w="{W}"><w:comment w:id="1">{p("{{ 名", "称 }}")}</w:comment></w:comments>',
    ),
    "endnotes": (
        "word/endnotes.xml",
        f'<w:endnotes xmlns:w="{W}"><w:endnote w:id="1">{p("{% if x %}")}</w:endnote></w:endnotes>',
    ),
    "chart": ("word/charts/chart1.xml", '<c:chart xmlns:c="urn"><c:t>{{ 名称 }}</c:t></c:chart>'),
    "app": ("docProps/app.xml", '<Properties xmlns="urn"><Company>{{ 单位 }}</Company></Properties>'),
    "unused_header": ("word/header9.xml", f'<w:hdr xmlns:w="{W}">{p("{{ 名称 }}")}</w:hdr>'),
    "settings_attribute": ("word/settings.xml", f'<w:settings xmlns:w="{W}"><w:a w:val="{{{{ x }}}}"/></w:settings>'),
}


@pytest.mark.parametrize("kind", UNFILLED)
def test_tags_in_parts_that_are_not_filled_are_refused(kind: str) -> None:
    name, content = UNFILLED[kind]
    found = mistakes(docx(p("x"), extra={name: content}))
    assert [d.code for d in found][:1] == ["template-tag-not-filled"]
    assert found[0].place is not None and found[0].place.part == name


@pytest.mark.parametrize("name", ["keywords", "category", "lastModifiedBy", "contentStatus", "version"])
def test_tags_in_properties_that_docxtpl_does_not_fill_are_refused(name: str) -> None:
    assert [d.code for d in mistakes(docx(p("x"), properties={name: "{{ 单位 }}"}))] == ["template-tag-not-filled"]


@pytest.mark.parametrize("name", ["title", "subject", "creator", "description", "identifier", "language"])
def test_tags_in_the_other_properties_are_filled_once_escaped(name: str) -> None:
    document = filled(p("x"), {"单位": "A & B"}, properties={name: "年度 {{ 单位 }}"})
    assert "年度 A & B" in [e.text for e in tree(document, "docProps/core.xml").iter()]


def test_long_titles_are_no_trouble() -> None:
    document = filled(p("x"), {"单位": "长" * 400}, properties={"title": "{{ 单位 }}"})
    assert "长" * 400 in [e.text for e in tree(document, "docProps/core.xml").iter()]


SPELL = '<w:proofErr w:type="spellStart"/>'
WORKS = {
    "split_over_runs": p(t("{"), t("{ 名"), t("称"), t(" }"), t("}")),
    "spell_marks": p(t("{{ "), SPELL, t("名称"), SPELL, t(" }}")),
    "nbsp_around": p("{{\u00a0名称\u00a0}}"),
    "full_width_space_around": p("{{\u3000名称\u3000}}"),
    "smart_double_quotes": p("{{ 没有|default(“甲 & 乙”) }}"),
    "smart_single_quotes": p("{{ 没有|default(‘甲 & 乙’) }}"),
    "entity": p("{{ '甲 & 乙' }}"),
    "comparison": p("{% if 3 > 2 and 1 < 2 %}{{ 名称 }}{% endif %}"),
    "cursor_bookmark": p(
        t("{{ 名"), '<w:bookmarkStart w:id="9" w:name="_GoBack"/><w:bookmarkEnd w:id="9"/>', t("称 }}")
    ),
    "line_break_in_tag": p(t("{{ 名"), "<w:r><w:br/></w:r>", t("称 }}")),
    "inserted_whole": p(f'<w:ins w:id="1" w:author="a">{t("{{ 名称 }}")}</w:ins>'),
    "comment_tag": p("{# 说明 {} #}{{ 名称 }}"),
    "shown_braces": p("{{ 名称 }}"),
    "raw": p("{% raw %}{% endraw %}{{ 名称 }}"),
    "escape_filter": p("{{ 名称|e }}"),
}


@pytest.mark.parametrize("kind", WORKS)
def test_what_word_does_to_tags_keeps_working(kind: str) -> None:
    document = compile_template(docx(WORKS[kind])).fill({"名称": "甲 & 乙"})
    assert [line.replace("\n", "") for line in paragraphs(document)] == ["甲 & 乙"]


def test_braces_that_a_template_shows_on_purpose_are_shown() -> None:
    assert paragraphs(filled(p("写作 {_{ 名称 }_} 与 {_% if %_}"), {})) == ["写作 {{ 名称 }} 与 {% if %}"]


def test_raw_blocks_show_their_tags_as_written() -> None:
    assert paragraphs(filled(p("{% raw %}写作 {{ 名称 }}{% endraw %}"), {})) == ["写作 {{ 名称 }}"]


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ({}, "word/document.xml"),
        ({"header": p("{{ 单位 }}")}, "word/header.xml"),
        ({"footer": p("{{ 单位 }}")}, "word/footer.xml"),
        ({"footnotes": f'<w:footnote w:id="1">{p("{{ 单位 }}")}</w:footnote>'}, "word/footnotes.xml"),
    ],
)
def test_every_filled_story_is_filled(options: dict[str, str], part: str) -> None:
    document = filled(p("{{ 单位 }}"), {"单位": "A & B"}, **options)
    assert paragraphs(document, part) == ["A & B"]


def test_a_text_box_is_filled() -> None:
    box = f'<w:r><w:pict><v:shape id="s"><v:textbox><w:txbxContent>{p("{{ 单位 }}")}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>'
    assert paragraphs(filled(p(box, "后"), {"单位": "甲"})) == ["甲后", "甲"]


def test_a_name_that_is_a_method_is_the_field() -> None:
    assert paragraphs(filled(p("{{ 组.items }}{{ 组['keys'] }}"), {"组": {"items": "甲", "keys": "乙"}})) == ["甲乙"]


def test_a_method_is_never_printed() -> None:
    assert refusals(compile_template(docx(p("{{ 组.items }}"))), {"组": {"甲": "x"}})[0].code == "template-unknown-name"
