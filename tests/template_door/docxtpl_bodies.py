"""Bodies of templates that use every tag of docxtpl, alone and together, as Word writes them."""

from __future__ import annotations

from docxtpl import Listing, RichText, RichTextParagraph

from tests.word_package.building import p, table

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
    "对": [["甲", "1"], ["乙", "2"]],
}


CHOICE = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


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
    "runs_of_several_revisions": p(
        '<w:r w:rsidR="00AB12CD" w:rsidRPr="00EF34AB"><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{{</w:t></w:r>',
        '<w:proofErr w:type="gramStart"/>',
        t(" 单位", BOLD),
        '<w:proofErr w:type="gramEnd"/>',
        t(" }}"),
    ),
    "odd_spaces": p("{{\u00a0单位\u00a0}}"),
    "elif": p("{%p if 空 %}") + p("a") + p("{%p elif 单位 %}") + p("b") + p("{%p else %}") + p("c") + p("{%p endif %}"),
    "if_in_for": p("{%p for 项 in 行 %}")
    + p("{%p if 项.数 > 1 %}")
    + p("{{ 项.名 }}")
    + p("{%p endif %}")
    + p("{%p endfor %}"),
    "for_in_for": p("{%p for 项 in 行 %}")
    + p("{{ 项.名 }}：")
    + p("{%p for 字 in 列 %}")
    + p("{{ loop.index }}{{ 字 }}")
    + p("{%p endfor %}")
    + p("{%p endfor %}"),
    "for_else": p("{%p for 项 in 空 %}") + p("x") + p("{%p else %}") + p("无") + p("{%p endfor %}"),
    "for_with_a_condition": p("{% for 项 in 行 if 项.数 > 1 %}{{ 项.名 }}{% endfor %}"),
    "row_if": table(
        ("{%tr if 单位 %}", ""), ("{{ 单位 }}", "a"), ("{%tr else %}", ""), ("b", "c"), ("{%tr endif %}", "")
    ),
    "row_if_in_row_for": table(
        ("{%tr for 项 in 行 %}", ""),
        ("{%tr if 项.数 == 1 %}", ""),
        ("{{ 项.名 }}", "a"),
        ("{%tr endif %}", ""),
        ("{%tr endfor %}", ""),
    ),
    "paragraph_for_in_a_cell": table((p("{%p for 字 in 列 %}") + p("{{ 字 }}") + p("{%p endfor %}") + p(""), "b")),
    "column_if": table(("{%tc if 单位 %}", "a", "{%tc endif %}", "b")),
    "column_for_in_row_for": table(
        ("{%tr for 项 in 行 %}", "", ""),
        ("{{ 项.名 }}", "{%tc for 字 in 列 %}", "{{ 字 }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    ),
    "colspan_with_cellbg": table(("{% colspan 2 %}{% cellbg 色 %}{{ 单位 }}", "x")),
    "cellbg_in_row_for": table(("{%tr for 项 in 行 %}",), ("{% cellbg 项.色 %}{{ 项.名 }}",), ("{%tr endfor %}",)),
    "colspan_in_row_for": table(
        ("{%tr for 项 in 行 %}", "", ""), ("{% colspan 项.数 %}{{ 项.名 }}", "x", "y"), ("{%tr endfor %}", "", "")
    ),
    "both_merges": table(
        ("{%tr for 项 in 行 %}", "", ""),
        ("{%tc for 字 in 列 %}", "{% hm %}横", "{%tc endfor %}"),
        ("{% vm %}纵", "{{ 项.名 }}", "x"),
        ("{%tr endfor %}", "", ""),
    ),
    "run_loop": p(t("{%r for 字 in 列 %}"), t("{{ 字 }}", BOLD), t("{%r endfor %}")),
    "run_if_else": p(t("{%r if 空 %}"), t("a", BOLD), t("{%r else %}"), t("b"), t("{%r endif %}")),
    "rich_run_in_a_loop": p("{%p for 字 in 列 %}") + p("{{ 字 }}{{r 富 }}") + p("{%p endfor %}"),
    "rich_run_in_a_cell": table(("{{r 富 }}", "{{ 单位 }}")),
    "rich_paragraph_in_a_cell": table((p("{{p 富段 }}") + p(""),)),
    "listing_in_a_cell": table(("{{ 表 }}",)),
    "macro": p('{% macro 甲(乙) %}[{{ 乙 }}]{% endmacro %}{{ 甲(单位) }}{{ 甲("x") }}'),
    "call": p("{% macro 甲() %}[{{ caller() }}]{% endmacro %}{% call 甲() %}{{ 单位 }}{% endcall %}"),
    "with": p("{% with 甲 = 单位 %}{{ 甲 }}{% endwith %}"),
    "filter_block": p("{% filter upper %}a{{ 数 }}b{% endfilter %}"),
    "block": p("{% block a %}x{{ 单位 }}{% endblock %}"),
    "set_block": p("{% set 甲 %}[{{ 单位 }}]{% endset %}{{ 甲 }}"),
    "set_in_a_loop": p("{% for 项 in 行 %}{% set 甲 = 项.名 %}{{ 甲 }}{% endfor %}"),
    "raw": p("{% raw %}{{ 单位 }}{% endraw %}"),
    "conditional_expression": p("{{ '多' if 数 > 2 else '少' }}"),
    "concatenation": p("{{ 单位 ~ '、' ~ 数 }}"),
    "arithmetic": p("{{ 数 * 2 + 1 }} {{ 7 // 2 }} {{ 7 % 4 }} {{ 2 ** 3 }} {{ 7 / 2 }}"),
    "loop_variables": p(
        '{% for 字 in 列 %}{{ loop.index0 }}{{ loop.revindex }}{% if loop.first %}头{% endif %}{% if loop.last %}尾{% endif %}{{ loop.cycle("a","b") }}{% endfor %}'
    ),
    "loop_length": p("{% for 字 in 列 %}{{ loop.length }}{% endfor %}"),
    "recursive_for": p("{% for 项 in 行 recursive %}{{ 项.名 }}{% endfor %}"),
    "tests": p('{% if 空 is not defined %}a{% elif 数 is odd %}奇{% endif %}{% if "一" in 列 %}有{% endif %}'),
    "more_filters": p(
        "{{ 列|first }}{{ 列|last }}{{ 列|reverse|join }}{{ 单位|replace('县','市') }}{{ 单位|truncate(3) }}{{ '%03d'|format(数) }}{{ 列|batch(2)|list|length }}{{ 行|map(attribute='名')|join('/') }}{{ 行|sum('数') }}{{ 单位|title }}"
    ),
    "slices": p("{% for 字 in 列[1:3] %}{{ 字 }}{% endfor %}{{ 单位[0] }}"),
    "methods": p('{{ 单位.upper() }}{{ "、".join(列) }}'),
    "items_of_a_record": p("{% for k, v in 嵌.名.items() %}{{ k }}{{ v }}{% endfor %}"),
    "unpacking": p("{% for a, b in 对 %}{{ a }}{{ b }}{% endfor %}"),
    "trimming": p("a {%- if 单位 -%} b {%- endif -%} c"),
    "merge_over_three_paragraphs": p("前{%- if 单位 -%}") + p("中") + p("{%- endif -%}后"),
    "line_break_in_a_tag": p(t("{{ 单"), "<w:r><w:br/></w:r>", t("位 }}")),
    "tab_in_a_tag": p(t("{{ 单位"), "<w:r><w:tab/></w:r>", t(" }}")),
    "in_a_link": p(f'<w:hyperlink w:anchor="x">{t("{{ 单位 }}")}</w:hyperlink>'),
    "in_an_insertion": p(f'<w:ins w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z">{t("{{ 单位 }}")}</w:ins>'),
    "control_in_a_line": p(
        f'<w:sdt><w:sdtPr><w:alias w:val="名"/></w:sdtPr><w:sdtContent>{t("{{ 单位 }}")}</w:sdtContent></w:sdt>'
    ),
    "control_around_paragraphs": f"<w:sdt><w:sdtContent>{p('{%p for 字 in 列 %}')}{p('{{ 字 }}')}{p('{%p endfor %}')}</w:sdtContent></w:sdt>",
    "alternative_text": p(
        '<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="图" descr="{{ 单位 }}"/></wp:inline></w:drawing></w:r>'
    ),
    "drawing_in_a_loop": p("{%p for 字 in 列 %}") + p(DRAWING.format(3), "{{ 字 }}") + p("{%p endfor %}"),
    "text_box_in_both_spellings": p(
        f'<w:r><mc:AlternateContent {CHOICE}><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:docPr id="4" name="a"/><w:txbxContent>{p("{{ 单位 }}")}</w:txbxContent></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape id="s"><v:textbox><w:txbxContent>{p("{{ 单位 }}")}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
    ),
    "in_the_result_of_a_field": p(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        t("{{ 数 }}"),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ),
    "beside_tabs": p(t("{{ 单位 }}"), "<w:r><w:tab/></w:r>", t("{{ 数 }}")),
    "numbered_paragraphs": p(
        "{%p for 字 in 列 %}", look='<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    )
    + p("{{ 字 }}", look='<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>')
    + p("{%p endfor %}"),
    "two_sections": p(
        "{{ 单位 }}", look='<w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr></w:pPr>'
    )
    + p("{{ 数 }}"),
    "row_for_in_a_nested_table": table(
        (table(("{%tr for 字 in 列 %}",), ("{{ 字 }}",), ("{%tr endfor %}",)) + p(""), "x")
    ),
    "comparisons": p("{% if 1 < 2 and 数 >= 3 %}是{% endif %}"),
    "quotes_in_a_tag": p("{{ 'it\\'s' }}{{ \"a\" }}"),
    "defaults": p("{{ 没有|default('无') }}{{ 题注|default('空', true) }}"),
    "comments": p("{# 甲 #}") + p("乙{# 丙 #}丁"),
    "comment_in_place_of_a_row": table(("{#tr 说明 #}", "a"), ("b", "c")),
    "new_page_in_a_cell": table(("{{ 分页 }}",)),
    "new_paragraph_amid_text": p(t("甲{{ 分段 }}乙", BOLD)),
    "line_breaks_before_a_run": p(t("{{ 多行 }}", BOLD), t("尾")),
    "spaces_around": p(t("  {{ 单位 }}  ")),
    "space_not_preserved": p("<w:r><w:t>{{ 单位 }} a</w:t></w:r>"),
    "empty_value": p("甲{{ 题注 }}乙"),
    "numbers": p("{{ 数 }}{{ 3.5 }}"),
    "smart_single_quotes": p("{{ 没有|default(‘无’) }}"),
    "merging_loop": p("{%- for 字 in 列 %}") + p("{{ 字 }}") + p("{%- endfor %}"),
    "spaces_in_a_paragraph_tag": p("{%p   if 单位   %}") + p("x") + p("{%p   endif %}"),
    "no_spaces": p("{{单位}}{%if 单位%}a{%endif%}"),
    "rich_run_in_a_bold_one": p(t("{{r 富 }}", BOLD)),
}
NOT_VALUES = {
    "富": RichText("粗 & 体", bold=True),
    "富段": RichTextParagraph(RichText("段")),
    "表": Listing("一\n二 & 三"),
}
