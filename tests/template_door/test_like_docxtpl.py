"""What docxtpl can fill comes out as docxtpl fills it, part by part in canonical XML."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from docx import Document
from docxtpl import DocxTemplate, Listing, RichText, RichTextParagraph
from lxml import etree

from planwriter.template.opening import compile_template
from tests.template_door.looking import canonical, parts
from tests.word_package.building import docx, p, table

ROWS = [{"名": "甲", "数": 1, "色": "FFF2CC"}, {"名": "乙 & 丙", "数": 2, "色": "auto"}]
CONTEXT: dict[str, object] = {
    "单位": "某县 <办公室>",
    "题注": "",
    "行": ROWS,
    "列": ["一", "二", "三", "四", "五"],
    "空": [],
    "数": 3,
    "多行": "一\n二\t三",
    "分段": "一\a二",
    "分页": "一\f二",
    "引号": '“a” "b"',
    "色": "FF0000",
    "嵌": {"名": {"称": "深"}},
}


def t(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


BOLD = "<w:rPr><w:b/></w:rPr>"
DRAWING = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="{}" name="图"/></wp:inline></w:drawing></w:r>'
)
BODIES: dict[str, str] = {
    "value": p("单位：{{ 单位 }}。"),
    "split_runs": p(t("{"), t("{ 单", BOLD), t("位 }}")),
    "paragraph_if": p("{%p if 题注 %}") + p("有") + p("{%p else %}") + p("无") + p("{%p endif %}"),
    "paragraph_for": p("{%p for 项 in 行 %}") + p("{{ loop.index }}. {{ 项.名 }}") + p("{%p endfor %}"),
    "inline_for": p("{% for 项 in 行 %}{{ 项.名 }}{% if not loop.last %}、{% endif %}{% endfor %}"),
    "row_for": table(
        ("头", "数"), ("{%tr for 项 in 行 %}", ""), ("{{ 项.名 }}", "{{ 项.数 }}"), ("{%tr endfor %}", "")
    ),
    "column_for": table(("{%tc for 字 in 列 %}", "{{ 字 }}", "{%tc endfor %}")),
    "column_for_fewer": table(("{%tc for 字 in 列[:1] %}", "{{ 字 }}", "{%tc endfor %}")),
    "colspan": table(("{% colspan 数 %}宽",), ("一", "二", "三")),
    "cellbg": table(("{% cellbg 色 %}底色", "二")),
    "vertical_merge": table(("{%tr for 项 in 行 %}", ""), ("{% vm %}合", "{{ 项.名 }}"), ("{%tr endfor %}", "")),
    "horizontal_merge": table(("{%tc for 字 in 列 %}", "{% hm %}横", "{%tc endfor %}")),
    "run_for": p(t("前"), t("{%r if 单位 %}"), t("中", BOLD), t("{%r endif %}"), t("后")),
    "rich_run": p("前{{r 富 }}后"),
    "rich_paragraph": p("{{p 富段 }}"),
    "listing": p("{{ 表 }}"),
    "line_breaks": p(t("{{ 多行 }}", BOLD)),
    "new_paragraph": p("{{ 分段 }}", look='<w:pPr><w:jc w:val="center"/></w:pPr>'),
    "new_page": p("{{ 分页 }}"),
    "merge_paragraphs": p("前") + p("{%- if 单位 %}中{% endif -%}") + p("后"),
    "comment": p("{# 说明 #}{{ 单位 }}") + p("{#p 整段说明 #}") + p("后"),
    "smart_quotes": p("{{ 没有|default(“无”) }}"),
    "greater": p("{% if 数 > 2 %}多{% endif %}"),
    "nested": p("{{ 嵌.名.称 }}{{ 嵌['名']['称'] }}"),
    "set": p("{% set 甲 = 单位 %}{{ 甲 }}"),
    "shown_braces": p("写 {_{ x }_}"),
    "filters": p("{{ 列|join('、') }}{{ 单位|upper }}{{ 列|length }}"),
    "drawings": p(DRAWING.format(7)) + p("{{ 单位 }}", DRAWING.format(9)),
    "text_box": p(
        f'<w:r><w:pict><v:shape id="s"><v:textbox><w:txbxContent>{p("{{ 单位 }}")}</w:txbxContent>'
        "</v:textbox></v:shape></w:pict></w:r>"
    ),
    "quotes": p("{{ 引号 }}"),
    "nested_table": table((table(("{{ 单位 }}",)) + p("x"), "二")),
    "if_over_paragraphs": p("甲{% if 单位 %}乙") + p("丙{% endif %}丁"),
    "nothing": p("没有标签"),
}
NOT_VALUES = {
    "富": RichText("粗 & 体", bold=True),
    "富段": RichTextParagraph(RichText("段")),
    "表": Listing("一\n二 & 三"),
}


def by_docxtpl(source: bytes, context: Mapping[str, object]) -> dict[str, bytes]:
    template = DocxTemplate(io.BytesIO(source))
    template.render(dict(context), autoescape=True)
    held = io.BytesIO()
    template.save(held)
    return parts(held.getvalue())


@pytest.mark.parametrize("kind", BODIES)
def test_the_body_is_what_docxtpl_makes_of_it(kind: str) -> None:
    source = docx(BODIES[kind])
    context = CONTEXT | NOT_VALUES
    ours = parts(compile_template(source).fill(context))["word/document.xml"]
    assert canonical(ours) == canonical(by_docxtpl(source, context)["word/document.xml"])


@pytest.mark.parametrize("kind", ["value", "split_runs", "paragraph_for", "line_breaks", "rich_run", "comment"])
def test_headers_footers_and_footnotes_are_what_docxtpl_makes_of_them(kind: str) -> None:
    body = BODIES[kind]
    source = docx(p("x"), header=body, footer=body, footnotes=f'<w:footnote w:id="1">{body}</w:footnote>')
    context = CONTEXT | NOT_VALUES
    ours, theirs = parts(compile_template(source).fill(context)), by_docxtpl(source, context)
    for name in ("word/header.xml", "word/footer.xml", "word/footnotes.xml"):
        assert canonical(ours[name]) == canonical(theirs[name])


def test_a_template_made_with_python_docx_comes_out_alike_in_every_part() -> None:
    document = Document()
    document.add_heading("{{ 单位 }}", 0)
    document.add_paragraph("{%p for 项 in 行 %}")
    document.add_paragraph("{{ 项.名 }}", style="List Number")
    document.add_paragraph("{%p endfor %}")
    document.sections[0].header.paragraphs[0].text = "{{ 数 }}"
    document.core_properties.title = "{{ 数 }}"
    held = io.BytesIO()
    document.save(held)
    ours, theirs = parts(compile_template(held.getvalue()).fill(CONTEXT)), by_docxtpl(held.getvalue(), CONTEXT)
    assert set(ours) == set(theirs)
    for name in ours:
        if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
            assert sorted_xml(ours[name]) == sorted_xml(theirs[name])


def sorted_xml(content: bytes) -> list[bytes]:
    """Top-level children that say something, in one order: python-docx reorders, docxtpl adds empty ones."""
    root = etree.fromstring(content)
    return sorted(canonical(etree.tostring(child)) for child in root if len(child) or child.text or child.attrib)
