"""Whatever loops repeat or leave out, the written document is one that Word opens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree
from markupsafe import Markup

from planwriter.template.opening import compile_template
from planwriter.template.placeholders import highlighted
from tests.template_door.looking import filled, paragraphs, parts, tree
from tests.word_package.building import W, cell, docx, p, table

NS = {
    "w": W,
    "v": "urn:schemas-microsoft-com:vml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
FOR, END = p("{%p for 项 in 列 %}"), p("{%p endfor %}")


HOLLOW = {
    "loop_fills_cell": table((cell(FOR + p("{{ 项 }}") + END), "二")),
    "if_fills_cell": table((cell(p("{%p if 列 %}") + p("{{ 列|length }}") + p("{%p endif %}")), "二")),
    "row_loop_fills_table": table(("{%tr for 项 in 列 %}",), ("{{ 项 }}",), ("{%tr endfor %}",)) + p("后"),
    "row_loop_after_head": table(("头",), ("{%tr for 项 in 列 %}",), ("{{ 项 }}",), ("{%tr endfor %}",)) + p("后"),
    "column_loop_fills_row": table(("{%tc for 项 in 列 %}", "{{ 项 }}", "{%tc endfor %}")) + p("后"),
    "column_loop_in_one_row": table(("{%tc for 项 in 列 %}", "{{ 项 }}", "{%tc endfor %}"), ("静",)) + p("后"),
    "row_if": table(("{%tr if 列 %}",), ("有",), ("{%tr endif %}",)) + p("后"),
    "nested_table": table((cell(table(("{%tr for 项 in 列 %}",), ("{{ 项 }}",), ("{%tr endfor %}",))), "二")),
    "table_last_in_cell": table((cell(p("{{p 表 }}")), "二")),
    "markup_in_cell": table((cell(p("{{p 空 }}")), "二")),
    "loop_over_whole_table": FOR + table(("{{ 项 }}",)) + END + p("后"),
    "content_control": f"<w:sdt><w:sdtContent>{FOR}{p('{{ 项 }}')}{END}</w:sdtContent></w:sdt>" + p("后"),
    "text_box": p(
        '<w:r><w:pict><v:shape id="s"><v:textbox><w:txbxContent>'
        + FOR
        + p("{{ 项 }}")
        + END
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    ),
    "whole_body": FOR + p("{{ 项 }}") + END,
}
TABLE = Markup(
    '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid><w:tr>'
    "<w:tc><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)


@pytest.mark.parametrize("items", [[], ["甲"], ["甲", "乙", "丙"]])
@pytest.mark.parametrize("kind", HOLLOW)
def test_no_cell_row_table_or_story_is_left_hollow(kind: str, items: list[str], sound: Callable[..., None]) -> None:
    document = filled(HOLLOW[kind], {"列": items, "表": TABLE, "空": ""})
    root = tree(document)
    for place in ("w:tc", "w:txbxContent"):
        assert not root.xpath(f"//{place}[not(*[last()][self::w:p or self::w:sdt])]", namespaces=NS)
    assert not root.xpath("//w:tr[not(w:tc)] | //w:tbl[not(w:tr)] | //w:sdtContent[not(*)]", namespaces=NS)
    if "{{ 项 }}" in HOLLOW[kind]:
        assert [e.text for e in root.iter(f"{{{W}}}t") if e.text in items] == items
    sound(document)


@pytest.mark.parametrize("items", [[], ["一"]])
def test_headers_footers_and_footnotes_keep_a_paragraph(items: list[str]) -> None:
    content = FOR + p("{{ 项 }}") + END
    document = filled(
        p("x"), {"列": items}, header=content, footer=content, footnotes=f'<w:footnote w:id="1">{content}</w:footnote>'
    )
    for part in ("word/header.xml", "word/footer.xml", "word/footnotes.xml"):
        assert paragraphs(document, part) == (items or [""])


def test_repeated_drawings_get_numbers_of_their_own() -> None:
    drawing = '<w:r><w:drawing><wp:inline><wp:docPr id="5" name="图"/></wp:inline></w:drawing></w:r>'
    for options, part in (({}, "word/document.xml"), ({"header": FOR + p(drawing) + END}, "word/header.xml")):
        body = FOR + p(drawing) + END if not options else p("x")
        root = tree(filled(body, {"列": ["一", "二", "三"]}, **options), part)
        ids = root.xpath("//wp:docPr/@id", namespaces=NS)
        assert len(ids) == len(set(ids)) == 3


def test_repeated_bookmarks_stay_pairs_and_the_first_keeps_its_name(sound: Callable[..., None]) -> None:
    marked = p('<w:bookmarkStart w:id="0" w:name="甲"/>', "{{ 项 }}", '<w:bookmarkEnd w:id="0"/>')
    other = p('<w:bookmarkStart w:id="1" w:name="甲_2"/>', "静", '<w:bookmarkEnd w:id="1"/>')
    document = filled(FOR + marked + END + other, {"列": ["一", "二", "三"]})
    starts = tree(document).xpath("//w:bookmarkStart/@w:id", namespaces=NS)
    assert starts == tree(document).xpath("//w:bookmarkEnd/@w:id", namespaces=NS)
    assert tree(document).xpath("//w:bookmarkStart/@w:name", namespaces=NS) == ["甲", "甲_3", "甲_4", "甲_2"]
    assert len(set(starts)) == 4
    sound(document)


def test_nested_bookmarks_repeated_together_stay_nested() -> None:
    marked = p(
        '<w:bookmarkStart w:id="0" w:name="外"/><w:bookmarkStart w:id="1" w:name="内"/>',
        "{{ 项 }}",
        '<w:bookmarkEnd w:id="1"/><w:bookmarkEnd w:id="0"/>',
    )
    root = tree(filled(FOR + marked + END, {"列": ["一", "二"]}))
    order = [e.get(f"{{{W}}}id") for e in root.iter(f"{{{W}}}bookmarkStart", f"{{{W}}}bookmarkEnd")]
    assert order == ["1", "2", "2", "1", "3", "4", "4", "3"]


def test_half_a_bookmark_that_a_tag_swallowed_is_taken_away(sound: Callable[..., None]) -> None:
    first = p('<w:bookmarkStart w:id="4" w:name="乙"/>', "{%p if 列 %}")
    document = filled(first + p("文", '<w:bookmarkEnd w:id="4"/>') + p("{%p endif %}"), {"列": ["一"]})
    assert not tree(document).xpath("//w:bookmarkStart | //w:bookmarkEnd", namespaces=NS)
    sound(document)


def test_repeated_shapes_get_names_of_their_own() -> None:
    shape = p(
        '<w:r><w:pict><v:shapetype id="_x0000_t202"/><v:shape id="_x0000_s1026" type="#_x0000_t202"/></w:pict></w:r>'
    )
    root = tree(filled(FOR + shape + END, {"列": ["一", "二"]}))
    assert root.xpath("//v:shape/@id", namespaces=NS) == ["_x0000_s1026", "_x0000_s1026_2"]
    assert set(root.xpath("//v:shape/@type", namespaces=NS)) == {"#_x0000_t202"}


def test_identities_word_gives_paragraphs_and_controls_are_not_repeated() -> None:
    once = '<w:p w14:paraId="0000000A" w14:textId="0000000B"><w:r><w:t>{{ 项 }}</w:t></w:r></w:p>'
    control = f'<w:sdt><w:sdtPr><w:id w:val="77"/></w:sdtPr><w:sdtContent>{once}</w:sdtContent></w:sdt>'
    root = tree(filled(FOR + control + END + once.replace("{{ 项 }}", "静"), {"列": ["一", "二"]}))
    assert root.xpath("//@w14:paraId", namespaces=NS) == ["0000000A"]
    assert not root.xpath("//w:sdtPr/w:id", namespaces=NS)


LOOK = '<w:rPr><w:rFonts w:ascii="A"/><w:b/><w:sz w:val="32"/><w:u w:val="single"/><w:lang w:val="zh-CN"/></w:rPr>'


def run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("【待填：责任部门】", ["【待填：责任部门】"]),
        ("由【待填：部门】负责", ["【待填：部门】"]),
        ("【待填：甲】、【待填：乙】。", ["【待填：甲】", "【待填：乙】"]),
        ("未关【待填", []),
        ("【待填】\n【待填：乙】", ["【待填】", "【待填：乙】"]),
    ],
)
def test_placeholders_are_highlighted_and_nothing_else(
    text: str, marked: list[str], sound: Callable[..., None]
) -> None:
    document = filled(p(run("前{{ 文 }}后", LOOK)), {"文": text})
    root = tree(document)
    yellow = root.xpath("//w:r[w:rPr/w:highlight/@w:val='yellow']", namespaces=NS)
    assert ["".join(r.itertext()) for r in yellow] == marked
    assert paragraphs(document) == [f"前{text}后"]
    order = ["rFonts", "b", "sz", "highlight", "u", "lang"]
    assert all([etree.QName(e).localname for e in r[0]] == order for r in yellow)
    assert not root.xpath("//w:r[not(*[not(self::w:rPr)])]", namespaces=NS)
    sound(document)


def test_an_older_highlight_gives_way_and_a_bare_run_gets_one() -> None:
    green = '<w:r><w:rPr><w:highlight w:val="green"/></w:rPr><w:t>【待填】</w:t></w:r>'
    assert highlighted(f"<w:p>{green}</w:p>").count("w:highlight") == 1
    assert '<w:rPr><w:highlight w:val="yellow"/></w:rPr>' in highlighted("<w:p><w:r><w:t>【待填】</w:t></w:r></w:p>")


def test_static_text_outside_loops_is_guarded() -> None:
    template = compile_template(
        docx(p("第一") + p("{%p if 文 %}") + p("条件") + p("{%p endif %}") + p("A & B {{ 文 }} 末尾"))
    )
    (part,) = template.parts
    assert part.finish.static_texts == (">第一</w:t>".encode(),)
    assert paragraphs(template.fill({"文": ""})) == ["第一", "A & B  末尾"]


def test_pretty_printed_templates_gain_no_text() -> None:
    source = docx("\n  <w:p>\n    <w:r>\n      <w:t>{{ 文 }}</w:t>\n    </w:r>\n  </w:p>\n")
    assert paragraphs(compile_template(source).fill({"文": "甲"})) == ["甲"]


def test_a_utf16_part_is_filled() -> None:
    body = f'<?xml version="1.0" encoding="UTF-16"?><w:hdr xmlns:w="{W}">{p("{{ 文 }}")}</w:hdr>'
    source = docx(p("x"), header="", extra={"word/header.xml": body.encode("utf-16")})
    assert paragraphs(compile_template(source).fill({"文": "甲"}), "word/header.xml") == ["甲"]


def test_the_result_of_a_word_template_file_is_a_document() -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}.main+xml"
    document = filled(p("x"), {}, main_type=kind.format("template"))
    assert kind.format("document").encode() in parts(document)["[Content_Types].xml"]
