"""What a document says, read back: roles, faces and sizes in force, text in reading order."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO
from pathlib import Path

import docx as python_docx
import pytest

from planwriter.diagnostic import FileError
from planwriter.word.package import write_parts
from planwriter.word.show import Shown, ShownParagraph, show
from tests.word_show.documents import A, docx, field, paragraph, text

STYLES = """
<w:docDefaults>
  <w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:eastAsia="宋体"/><w:sz w:val="21"/></w:rPr></w:rPrDefault>
  <w:pPrDefault><w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="base"><w:name w:val="基础"/>
  <w:pPr><w:spacing w:line="579" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>
  <w:rPr><w:rFonts w:ascii="仿宋" w:eastAsia="仿宋"/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="head"><w:name w:val="一级标题"/><w:basedOn w:val="base"/>
  <w:pPr><w:outlineLvl w:val="1"/><w:ind w:firstLine="640" w:firstLineChars="200"/></w:pPr>
  <w:rPr><w:rFonts w:ascii="黑体" w:eastAsia="黑体"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="lead"><w:name w:val="引题"/>
  <w:rPr><w:rFonts w:eastAsia="楷体"/><w:b/></w:rPr></w:style>
<w:style w:type="table" w:styleId="grid"><w:name w:val="表格"/><w:rPr><w:sz w:val="24"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="ring1"><w:name w:val="圈一"/><w:basedOn w:val="ring2"/></w:style>
<w:style w:type="paragraph" w:styleId="ring2"><w:name w:val="圈二"/><w:basedOn w:val="ring1"/></w:style>
"""


def shown(body: str, **others: str) -> Shown:
    return show(docx(body, **{"styles": STYLES, **others}), "例.docx")


def only(body: str, **others: str) -> ShownParagraph:
    [found] = shown(body, **others).paragraphs
    return found


def texts(body: str, **others: str) -> list[tuple[str, str]]:
    return [(one.where, one.text) for one in shown(body, **others).paragraphs]


def style(id_: str) -> str:
    return f'<w:pStyle w:val="{id_}"/>'


def test_a_paragraph_is_shown_with_role_look_and_text() -> None:
    body = paragraph(text("一、抓学习"), style("head"))
    assert shown(body).to_text() == (
        "文件  例.docx\n"
        "页面  A4 210×297毫米  上37 下35 左28 右26毫米  页眉15 页脚17.5毫米  无网格\n"
        "1  一级标题  两端对齐  首行空2字  行距28.95磅  大纲2级\n"
        "    黑体 三号（16磅）｜一、抓学习\n"
    )


def test_direct_formatting_goes_over_character_style_over_paragraph_style_over_defaults() -> None:
    body = paragraph(
        text("默认")
        + text("引题", '<w:rStyle w:val="lead"/>')
        + text("直接", '<w:rStyle w:val="lead"/><w:rFonts w:eastAsia="隶书"/><w:b w:val="0"/><w:sz w:val="44"/>'),
        style("base"),
    )
    looks = [span.look for span in only(body).spans]
    assert looks == ["仿宋 三号（16磅）", "楷体/仿宋 三号（16磅） 加粗", "隶书/仿宋 二号（22磅）"]


def test_neighbouring_runs_in_one_look_are_joined() -> None:
    assert [span.text for span in only(paragraph(text("一") + text("二"))).spans] == ["一二"]


def test_an_empty_paragraph_shows_the_look_of_its_mark() -> None:
    [span] = only(paragraph("", style("base") + '<w:rPr><w:sz w:val="10"/></w:rPr>')).spans
    assert (span.text, span.look) == ("", "仿宋 八号（5磅）")


def test_an_unknown_style_is_shown_by_its_id_and_no_style_by_the_default() -> None:
    assert [one.role for one in shown(paragraph("", style("没有")) + paragraph()).paragraphs] == ["没有", "Normal"]


def test_a_document_without_styles_can_be_shown() -> None:
    [one] = show(docx(paragraph(text("字")))).paragraphs
    assert list(one.lines()) == ["1  （无样式）  居左", "    未指定字体 10磅｜字"]


def test_styles_that_go_in_a_ring_do_not_hang() -> None:
    assert only(paragraph(text("字"), style("ring1"))).role == "圈一"


def test_theme_faces_are_resolved_to_the_script_of_china() -> None:
    theme = (
        f'<a:theme xmlns:a="{A}"><a:themeElements><a:fontScheme><a:minorFont><a:latin typeface="Calibri"/>'
        '<a:ea typeface=""/><a:font script="Hant" typeface="新細明體"/><a:font script="Hans" typeface="等线"/>'
        "</a:minorFont></a:fontScheme></a:themeElements></a:theme>"
    )
    run = text("字", '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:eastAsia="仿宋"/>')
    [span] = only(paragraph(run), theme=theme).spans
    assert (span.face, span.latin) == ("等线", "Calibri")


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ('<w:ind w:left="320" w:firstLine="640"/>', ("左空16磅", "首行空32磅", "行距1倍")),
        ('<w:ind w:leftChars="500" w:left="1600" w:hangingChars="300"/>', ("左空5字", "悬挂3字", "行距1倍")),
        ('<w:ind w:end="200"/>', ("右空10磅", "行距1倍")),
        (
            '<w:pageBreakBefore/><w:keepNext/><w:numPr><w:numId w:val="3"/></w:numPr>',
            ("行距1倍", "另页", "与下段同页", "自动编号"),
        ),
        (
            '<w:pageBreakBefore w:val="0"/><w:spacing w:before="100" w:line="560" w:lineRule="atLeast"/>',
            ("段前5磅", "行距至少28磅"),
        ),
        ('<w:ind w:left="很多"/><w:spacing w:line="nan" w:before="1e999"/>', ()),
    ],
)
def test_the_layout_of_a_paragraph_is_told_in_chinese(properties: str, words: tuple[str, ...]) -> None:
    assert only(paragraph(text("字"), properties)).layout == words


def test_marks_of_a_run_are_told() -> None:
    run = text(
        "字",
        '<w:i/><w:strike/><w:vanish/><w:color w:val="FF0000"/><w:spacing w:val="-6"/><w:sz w:val="33"/>'
        '<w:highlight w:val="yellow"/><w:u w:val="single"/>',
    )
    assert only(paragraph(run)).spans[0].look == (
        "宋体/Arial 16.5磅 颜色FF0000 倾斜 删除线 隐藏 下划线 突出显示yellow 字距-0.3磅"
    )


def test_breaks_tabs_symbols_and_pictures_have_signs() -> None:
    run = (
        '<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:br w:type="page"/><w:cr/>'
        '<w:sym w:font="Wingdings" w:char="2605"/><w:noBreakHyphen/><w:footnoteReference w:id="2"/>'
        "<w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"
    )
    assert only(paragraph(run)).text == "甲⏎乙→丙␌⏎★\N{NON-BREAKING HYPHEN}〔注〕〔图〕"


def test_white_space_is_kept_only_where_word_keeps_it() -> None:
    assert only(paragraph("<w:r><w:t> 甲 </w:t></w:r>" + text(" 乙\n"))).text == "甲 乙 "


def test_inserted_text_is_shown_and_deleted_text_is_not() -> None:
    body = paragraph(
        f"<w:ins>{text('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        f"<w:moveFrom>{text('去')}</w:moveFrom><w:hyperlink>{text('链')}</w:hyperlink>"
        f"<w:sdt><w:sdtPr/><w:sdtContent>{text('控')}</w:sdtContent></w:sdt>"
    )
    assert only(body).text == "新链控"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (field(" PAGE  \\* MERGEFORMAT ", "7"), "{PAGE}"),
        (f'<w:fldSimple w:instr=" PAGE ">{text("7")}</w:fldSimple>', "{PAGE}"),
        (f'<w:fldSimple w:instr="REF a">{text("见下")}</w:fldSimple>', "见下"),
        (field(' HYPERLINK "https://example.org" ', "网址"), "网址"),
        (field("REF " + field("PAGE", "1"), "结果"), "结果"),
        (field("TOC", "第" + "</w:t></w:r>" + field("PAGE", "3") + "<w:r><w:t>页"), "第{PAGE}页"),
        ('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + text("多余的域尾"), "多余的域尾"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>', ""),
    ],
)
def test_fields_are_shown_by_name_where_their_result_says_nothing(content: str, words: str) -> None:
    assert only(paragraph(content)).text == words


def test_cells_and_nested_tables_say_where_they_stand() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph(text('里'))}</w:tc></w:tr></w:tbl>"
    controlled = f"<w:sdt><w:sdtContent><w:tc>{paragraph(text('控'))}</w:tc></w:sdtContent></w:sdt>"
    table = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="grid"/></w:tblPr><w:tr><w:tc>{paragraph(text("甲"))}</w:tc>'
        f"{controlled}</w:tr><w:tr><w:tc>{inner}{paragraph()}</w:tc></w:tr></w:tbl>"
    )
    assert texts(paragraph(text("前")) + table) == [
        ("", "前"),
        ("表1第1行第1格", "甲"),
        ("表1第1行第2格", "控"),
        ("表1第2行第1格表1第1行第1格", "里"),
        ("表1第2行第1格", ""),
    ]
    assert shown(table).paragraphs[0].spans[0].size == 12


BOX = "<w:txbxContent>{}</w:txbxContent>"


def test_a_text_box_is_read_once_and_only_its_first_alternative() -> None:
    first, other = BOX.format(paragraph(text("一"))), BOX.format(paragraph(text("二")))
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{first}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{other}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict>{BOX.format(paragraph(text('旧')))}</w:pict></w:r>"
    assert texts(paragraph(text("外") + box + old) + paragraph(text("后"))) == [
        ("", "外"),
        ("文本框1", "一"),
        ("文本框2", "旧"),
        ("", "后"),
    ]


def test_headers_and_footers_come_last_and_once() -> None:
    references = (
        '<w:footerReference r:id="footer1" w:type="default"/><w:footerReference r:id="footer2" '
        'w:type="even"/><w:headerReference r:id="header1" w:type="first"/>'
    )
    inner_section = paragraph("", f"<w:sectPr>{references}</w:sectPr>")
    found = show(
        docx(
            inner_section + paragraph(text("正文")),
            page=f"<w:sectPr>{references}</w:sectPr>",
            settings="<w:evenAndOddHeaders/>",
            header1=paragraph(text("头")),
            footer1=paragraph(field("PAGE", "1")),
            footer2=paragraph(text("双")),
        )
    )
    assert [(one.where, one.text) for one in found.paragraphs] == [
        ("", ""),
        ("", "正文"),
        ("页眉首页", "头"),
        ("页脚单页", "{PAGE}"),
        ("页脚双页", "双"),
    ]
    assert len(found.pages) == 2


def test_notes_are_shown_without_their_separators() -> None:
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{paragraph(text("线"))}</w:footnote>'
        f'<w:footnote w:id="1">{paragraph(text("注"))}</w:footnote>'
    )
    assert texts(paragraph(text("文")), footnotes=notes) == [("", "文"), ("脚注", "注")]


@pytest.mark.parametrize(
    ("grid", "words"),
    [
        ('<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-842"/>', "网格22行×28字"),
        ('<w:docGrid w:type="lines" w:linePitch="579"/>', "网格22行"),
        ('<w:docGrid w:linePitch="312"/>', "无网格"),
        ('<w:docGrid w:type="lines" w:linePitch="0"/>', "无网格"),
    ],
)
def test_the_grid_of_a_page_is_counted(grid: str, words: str) -> None:
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" '
        f'w:left="1587"/>{grid}</w:sectPr>'
    )
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
    [found] = show(docx(paragraph(), page=page, styles=styles)).pages
    assert str(found).endswith(words)


def test_a_landscape_page_of_another_size_says_so() -> None:
    page = '<w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr>'
    assert str(show(docx(paragraph(), page=page)).pages[0]).startswith("A4横向 297×210毫米")
    page = '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/></w:sectPr>'
    assert str(show(docx(paragraph(), page=page)).pages[0]).startswith("幅面 215.9×279.4毫米")


def test_no_character_breaks_a_line_or_turns_it_around() -> None:
    lines = shown(paragraph(text("甲\u2028乙\u202e丙\x85丁"))).to_text().split("\n")
    assert lines[3] == "    宋体/Arial 五号（10.5磅）｜甲\\u2028乙\\u202e丙\\u0085丁"
    assert all(line.isprintable() for line in lines)


def test_the_same_document_as_a_mapping_says_the_same() -> None:
    found = shown(paragraph(text("一、") + text("引题", '<w:rStyle w:val="lead"/>'), style("head")))
    told = found.to_dict()
    assert told["file"] == "例.docx"
    assert told["paragraphs"] == [
        {
            "number": 1,
            "where": "",
            "role": "一级标题",
            "outline": 2,
            "align": "both",
            "layout": ["首行空2字", "行距28.95磅"],
            "text": "一、引题",
            "spans": [
                {
                    "text": "一、",
                    "face": "黑体",
                    "latin": None,
                    "size": 16.0,
                    "size_name": "三号",
                    "colour": None,
                    "marks": [],
                },
                {
                    "text": "引题",
                    "face": "楷体",
                    "latin": "黑体",
                    "size": 16.0,
                    "size_name": "三号",
                    "colour": None,
                    "marks": ["加粗"],
                },
            ],
        }
    ]


def test_a_document_made_by_another_program_can_be_shown() -> None:
    made = python_docx.Document()
    made.add_heading("总标题", 1)
    made.add_paragraph("条目", style="List Bullet")
    made.add_table(1, 1).cell(0, 0).text = "格"
    packed = BytesIO()
    made.save(packed)
    found = show(packed.getvalue())
    assert [(one.where, one.role.lower(), one.text) for one in found.paragraphs] == [
        ("", "heading 1", "总标题"),
        ("", "list bullet", "条目"),
        ("表1第1行第1格", "normal", "格"),
    ]
    assert found.paragraphs[0].outline == 1


@pytest.mark.parametrize("data", [b"", b"text", b"PK\x03\x04", b"{\\rtf1}"])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(FileError) as caught:
        show(data, "坏.docx")
    assert caught.value.diagnostics[0].place is not None
    assert caught.value.diagnostics[0].place.file == "坏.docx"


def changed(data: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    return write_parts({**parts, name: content})


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/styles.xml", b"<w:styles"),
        ("word/document.xml", b"<w:document"),
        ("word/document.xml", b"<a/>"),
        ("word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        ("word/_rels/document.xml.rels", b"<x"),
    ],
)
def test_a_damaged_part_is_refused_in_one_sentence(part: str, content: bytes) -> None:
    with pytest.raises(FileError):
        show(changed(docx(paragraph(), styles=STYLES), part, content))


def test_documents_damaged_at_random_are_shown_or_refused() -> None:
    whole = docx(
        paragraph(text("字"), style("head")) + f"<w:tbl><w:tr><w:tc>{paragraph()}</w:tc></w:tr></w:tbl>", styles=STYLES
    )
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    dice = random.Random(9704)
    refused = 0
    for _ in range(300):
        name = dice.choice(sorted(parts))
        start = dice.randrange(len(parts[name]))
        hurt = parts[name][:start] + dice.choice([b"", b"<", b'"', b"\0", b"<w:p/>"]) + parts[name][start + 3 :]
        try:
            show(write_parts({**parts, name: hurt})).to_text()
        except FileError:
            refused += 1
    assert 0 < refused < 300


def test_the_built_in_templates_use_named_roles_only(tmp_path: Path) -> None:
    from planwriter.standard import ROLES
    from planwriter.template.builtin import builtin_names, builtin_template

    names = {role.name for role in ROLES}
    for name in builtin_names():
        roles = {one.role for one in show(builtin_template(name)).paragraphs}
        assert roles <= names
        assert len(roles) > 10
