"""Links, pictures and sub-documents made with a docxtpl template object, in one thread or in many."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from docx import Document
from docxtpl import DocxTemplate, RichText

from planwriter.template.opening import compile_template
from planwriter.template.pictures import Picture
from tests.template_door.looking import paragraphs, parts, refusals
from tests.template_door.test_filling import arrows, png
from tests.word_package.building import docx, p


@pytest.mark.skipif(importlib.util.find_spec("docxcompose") is None, reason="docxtpl's subdoc extra is not installed")
def test_a_sub_document_is_placed_through_the_docxtpl_template_it_was_made_for(sound: Callable[..., None]) -> None:
    original = DocxTemplate(io.BytesIO(docx(p("前") + p("{{p 附 }}") + p("{{ 名 }}"))))
    inner = original.new_subdoc()
    inner.add_paragraph("附文 & 图")
    document = compile_template(original).fill({"附": inner, "名": "A & B"})
    assert paragraphs(document) == ["前", "附文 & 图", "A & B"]
    sound(document)


def test_a_link_made_with_docxtpl_leads_where_it_should(sound: Callable[..., None]) -> None:
    original = DocxTemplate(io.BytesIO(docx(p("见{{r 网 }}{{ 名 }}"))))
    link = RichText("网站", url_id=original.build_url_id("https://example.org/"))
    document = compile_template(original).fill({"网": link, "名": "A & B"})
    assert paragraphs(document) == ["见网站A & B"]
    assert ("hyperlink", "https://example.org/") in arrows(document, "word/_rels/document.xml.rels").values()
    sound(document)


def test_threads_share_a_docxtpl_template_without_mixing() -> None:
    original = DocxTemplate(io.BytesIO(docx(p("见{{r 网 }}{{ 名 }}") + p("{{ 图 }}"))))
    template = compile_template(original)

    def fill(number: int) -> tuple[list[str], list[str]]:
        link = RichText("网站", url_id=original.build_url_id(f"https://example.org/{number}"))
        document = template.fill({"网": link, "名": f"〈{number}〉", "图": Picture(png(), width_mm=number + 1)})
        outward = [t for kind, t in arrows(document, "word/_rels/document.xml.rels").values() if kind == "hyperlink"]
        return paragraphs(document)[:1], outward

    for _ in range(8):
        with ThreadPoolExecutor(8) as pool:
            seen = list(pool.map(fill, range(8)))
        assert seen == [([f"见网站〈{n}〉"], [f"https://example.org/{n}"]) for n in range(8)]


def test_a_second_fill_sees_nothing_of_the_first_and_its_links_still_lead() -> None:
    original = DocxTemplate(io.BytesIO(docx(p("{{r 网 }}") + p("{{ 图 }}"))))
    template = compile_template(original)
    link = RichText("网站", url_id=original.build_url_id("https://example.org/"))
    first = template.fill({"网": link, "图": Picture(png(), width_mm=5)})
    second = template.fill({"网": link, "图": ""})
    assert [n for n in parts(first) if n.startswith("word/media/")]
    assert not [n for n in parts(second) if n.startswith("word/media/")]
    assert ("hyperlink", "https://example.org/") in arrows(second, "word/_rels/document.xml.rels").values()
    assert template.fill({"网": link, "图": Picture(png(), width_mm=5)}) == first


@pytest.mark.skipif(importlib.util.find_spec("docxcompose") is None, reason="docxtpl's subdoc extra is not installed")
def test_a_sub_document_of_one_fill_leaves_nothing_in_another(sound: Callable[..., None]) -> None:
    note = '<w:footnote w:id="1">{}</w:footnote>'
    inner = {
        n: docx(p(f"附文{n}", '<w:r><w:footnoteReference w:id="1"/></w:r>'), footnotes=note.format(p(f"脚注{n}")))
        for n in "甲乙"
    }
    original = DocxTemplate(io.BytesIO(docx(p("{{p 附 }}"), footnotes=note.format(p("自己的脚注")))))
    template = compile_template(original)
    attached = {n: original.new_subdoc(io.BytesIO(data)) for n, data in inner.items()}
    documents = {n: template.fill({"附": sub}) for n, sub in attached.items()}
    for name, document in documents.items():
        assert paragraphs(document) == [f"附文{name}"]
        assert paragraphs(document, "word/footnotes.xml") == ["自己的脚注", f"脚注{name}"]
    sound(*documents.values())


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "\\\\server\\share", "javascript:alert(1)", "JavaScript:x", "ms-msdt:/id", "c:\\a.exe"],
)
def test_a_link_value_that_leads_into_the_computer_is_refused(target: str) -> None:
    original = DocxTemplate(io.BytesIO(docx(p("{{r 网 }}"))))
    link = RichText("网站", url_id=original.build_url_id(target))
    (found,) = refusals(compile_template(original), {"网": link})
    assert (found.code, found.message) == ("package-external", "超链接不是 http、https 或 mailto")
    assert target in str(found.found) and "http、https、mailto" in str(found.hint)


@pytest.mark.parametrize("target", ["https://www.example.org/", "http://example.org", "mailto:a@example.org"])
def test_a_link_value_that_leads_to_the_web_or_to_mail_is_kept(target: str) -> None:
    original = DocxTemplate(io.BytesIO(docx(p("{{r 网 }}"))))
    document = compile_template(original).fill({"网": RichText("网站", url_id=original.build_url_id(target))})
    assert ("hyperlink", target) in arrows(document, "word/_rels/document.xml.rels").values()


def test_a_link_of_another_document_is_refused() -> None:
    link = RichText("网站", url_id="rId99")
    assert [d.code for d in refusals(compile_template(docx(p("{{r 网 }}"))), {"网": link})] == [
        "template-missing-relationship"
    ]


@pytest.mark.skipif(importlib.util.find_spec("docxcompose") is None, reason="docxtpl's subdoc extra is not installed")
def test_pictures_of_a_sub_document_and_of_the_context_keep_apart(sound: Callable[..., None]) -> None:
    inner = Document()
    inner.add_paragraph("附文")
    inner.add_picture(io.BytesIO(png(3, 5)))
    held = io.BytesIO()
    inner.save(held)
    original = DocxTemplate(io.BytesIO(docx(p("{{ 图 }}") + p("{{p 附 }}"))))
    template = compile_template(original)
    attached = original.new_subdoc(io.BytesIO(held.getvalue()))
    first = template.fill({"图": Picture(png(7, 2)), "附": attached})
    media = {name: content for name, content in parts(first).items() if name.startswith("word/media/")}
    assert sorted(media.values()) == sorted([png(3, 5), png(7, 2)])
    sound(first)
    template.fill({"图": Picture(png(9, 9)), "附": attached})
    assert template.fill({"图": Picture(png(7, 2)), "附": attached}) == first
    assert compile_template(original).fill({"图": Picture(png(7, 2)), "附": attached}) == first
