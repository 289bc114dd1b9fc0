"""What docxtpl can fill comes out as docxtpl fills it, part by part in canonical XML."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from docx import Document
from docxtpl import DocxTemplate
from lxml import etree

from planwriter.diagnostic import TemplateError
from planwriter.template.opening import compile_template
from tests.template_door.docxtpl_bodies import BODIES, CONTEXT, NOT_VALUES, t
from tests.template_door.looking import canonical, paragraphs, parts
from tests.word_package.building import W, docx, p, parts_of, table, zipped


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


def test_every_tag_of_docxtpl_is_among_them() -> None:
    said = "".join(BODIES.values())
    every = ["{{", "{{r ", "{{p ", "{%p ", "{%tr ", "{%tc ", "{%r ", "{% colspan", "{% cellbg", "{% hm", "{% vm", "{%-", "-%}",
             "{#", "{#p", "{#tr", "{_{"]  # fmt: skip
    assert [tag for tag in every if tag not in said] == []
    assert len(BODIES) >= 100


STORIES = [name for name, body in BODIES.items() if "docPr" not in body and "sectPr" not in body]


@pytest.mark.parametrize("kind", STORIES)
def test_other_stories_are_what_docxtpl_makes_of_them(kind: str) -> None:
    """The header of every page, of the first and of even pages, and the footer.

    Only the column list of tables may differ: docxtpl makes it agree with the cells in the body alone.
    """
    context = CONTEXT | NOT_VALUES
    body = BODIES[kind] + p("末")
    made = parts_of(p("x"), header=body, footer=body)
    for place in ("first", "even"):
        made[f"word/{place}.xml"] = made["word/header.xml"]
        made["word/_rels/document.xml.rels"] = str(made["word/_rels/document.xml.rels"]).replace(
            "</Relationships>",
            f'<Relationship Id="rId{place}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" '
            f'Target="{place}.xml"/></Relationships>',
        )
        made["[Content_Types].xml"] = str(made["[Content_Types].xml"]).replace(
            "</Types>",
            f'<Override PartName="/word/{place}.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>',
        )
    source = zipped(made)
    ours, theirs = parts(compile_template(source).fill(context)), by_docxtpl(source, context)
    for name in ("word/header.xml", "word/footer.xml", "word/first.xml", "word/even.xml"):
        assert without_columns(ours[name]) == without_columns(theirs[name])


def without_columns(content: bytes) -> bytes:
    root = etree.fromstring(content)
    etree.strip_elements(root, f"{{{W}}}tblGrid")
    return canonical(etree.tostring(root))


def test_all_of_them_in_one_document_are_what_docxtpl_makes_of_them() -> None:
    source = docx("".join(body.replace('id="s"', f'id="s{number}"') for number, body in enumerate(BODIES.values())))
    context = CONTEXT | NOT_VALUES
    ours = parts(compile_template(source).fill(context))["word/document.xml"]
    assert canonical(ours) == canonical(by_docxtpl(source, context)["word/document.xml"])


BOUND = (
    '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{X}"/></w:sdtPr>'
    f"<w:sdtContent>{p('{{ 单位 }}')}</w:sdtContent></w:sdt>"
)
MARKED = (
    p("{%p for 项 in 行 %}")
    + p('<w:bookmarkStart w:id="1" w:name="甲"/><w:bookmarkEnd w:id="1"/>')
    + p("{%p endfor %}")
)
EMPTY_CELL = table((p("{%p for 项 in 空 %}") + p("{{ 项 }}") + p("{%p endfor %}"),))
EMPTY_ROWS = table(("{%tr for 项 in 空 %}",), ("{{ 项 }}",), ("{%tr endfor %}",))
DIFFERENT: dict[str, tuple[str, bytes, bytes]] = {
    "a sign in a tag is escaped twice": (p("{{ '甲 & 乙' }}"), b"&amp; ", b"&amp;amp; "),
    "data that looks like braces for show are changed": (p("{{ 像 }}"), b"{_{", b"{{"),
    "a bound control shows its store": (BOUND, b"<w:sdtPr>", b"<w:dataBinding"),
    "an empty cell is corrupt for Word": (EMPTY_CELL, b"<w:p></w:p></w:tc>", b"</w:tcPr></w:tc>"),
    "a table without rows is corrupt for Word": (EMPTY_ROWS, b"<w:body><w:sectPr>", b"</w:tblGrid></w:tbl>"),
    "a bookmark stands twice under one number": (MARKED, b'w:id="2" w:name="\xe7\x94\xb2_2"', b'w:id="1" w:name="\xe7\x94\xb2"'),
}  # fmt: skip
"""Why docxtpl is not followed, a body, what stands here and what docxtpl leaves."""


@pytest.mark.parametrize("reason", DIFFERENT)
def test_where_docxtpl_is_wrong_it_is_not_followed(reason: str) -> None:
    body, here, there = DIFFERENT[reason]
    source, context = docx(body), CONTEXT | {"像": "{_{"}
    ours = canonical(parts(compile_template(source).fill(context))["word/document.xml"])
    theirs = canonical(by_docxtpl(source, context)["word/document.xml"])
    assert here in ours and there in theirs and ours != theirs


LOST = {
    "a misspelt name": (p("{{ 单立 }}"), {}),
    "a misspelt condition": (p("{%p if 单立 %}") + p("甲") + p("{%p endif %}"), {}),
    "a misspelt list": (p("{%p for 项 in 航 %}") + p("甲") + p("{%p endfor %}"), {}),
    "none": (p("{{ 空值 }}"), {"空值": None}),
    "a control character": (p("{{ 字 }}"), {"字": "甲\x01乙"}),
    "a lone surrogate": (p("{{ 字 }}"), {"字": "甲\ud800乙"}),
    "a method": (p("{{ 嵌.keys }}"), {}),
    "capital letters of an escaped sign": (p("{% filter upper %}{{ 单位 }}{% endfilter %}"), {}),
}


@pytest.mark.parametrize("reason", LOST)
def test_what_docxtpl_loses_without_a_word_is_refused(reason: str) -> None:
    body, more = LOST[reason]
    source, context = docx(p("头") + body + p("尾")), CONTEXT | more
    assert len(by_docxtpl(source, context)) == len(parts(source))
    with pytest.raises(TemplateError):
        compile_template(source).fill(context)


def test_a_template_typed_in_word_with_three_tags_works_and_a_misspelt_one_is_named() -> None:
    def typed(*tags: str) -> bytes:
        split = "".join(
            f'<w:r w:rsidR="00A{n}"><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{piece}</w:t></w:r><w:proofErr w:type="spellStart"/>'
            for n, piece in enumerate(x for tag in tags for x in (tag[:1], tag[1:4], tag[4:-1], tag[-1:], "，"))
        )
        return docx(f'<w:p w:rsidR="00B1" w:rsidRDefault="00B2">{split}</w:p>')

    data = {"单位": "某县妇联", "期间": "2027年", "负责人": "王某"}
    document = compile_template(typed("{{ 单位 }}", "{{ 期间 }}", "{{ 负责人 }}")).fill(data)
    assert paragraphs(document) == ["某县妇联，2027年，王某，"]
    with pytest.raises(TemplateError) as refused:
        compile_template(typed("{{ 单位 }}", "{{ 期问 }}", "{{ 负责人 }}"), name="模板.docx").fill(data)
    (one,) = refused.value.diagnostics
    assert (one.found, one.hint) == ("{{ 期问 }}", "是不是“期间”？")
    assert one.place is not None and (one.place.file, one.place.paragraph) == ("模板.docx", 1)


def test_the_style_of_what_is_not_filled_is_left_alone() -> None:
    source = docx(p(t("前"), t("{{ 单位 }}", "<w:rPr><w:b/></w:rPr>")))
    run = etree.fromstring(parts(compile_template(source).fill(CONTEXT))["word/document.xml"]).findall(f".//{{{W}}}r")[
        1
    ]
    assert run.find(f"{{{W}}}rPr/{{{W}}}b") is not None
