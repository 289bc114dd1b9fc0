"""One compiled template, many fills: same bytes, no mixing, added parts, pictures."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from lxml import etree

from planwriter.diagnostic import TemplateError
from planwriter.template.compiled import CompiledTemplate
from planwriter.template.confinement import _surroundings
from planwriter.template.extra import ExtraPart
from planwriter.template.opening import compile_template
from planwriter.template.pictures import Picture
from tests.template_door.looking import filled, mistakes, paragraphs, parts, refusals, tree
from tests.word_package.building import NAMESPACES, REL, WML, docx, p, parts_of, relationships, table, zipped

SOURCE = docx(
    table(("{%tr for 项 in 列 %}",), ("{{ 项.文 }}",), ("{%tr endfor %}",))
    + p("{{ 名 }}")
    + p("{%p for 项 in 列 %}")
    + p("{{ 项.文 }}")
    + p("{%p endfor %}"),
    header=p("{{ 名 }}"),
    properties={"title": "{{ 名 }}"},
)


def canary(number: int) -> dict[str, object]:
    return {"名": f"〈{number}〉", "列": [{"文": f"〈{number}〉第{i}\n项"} for i in range(30)]}


def test_threads_share_one_template_without_mixing() -> None:
    template = compile_template(SOURCE)

    def fill(number: int) -> set[str]:
        document = template.fill(canary(number))
        texts = paragraphs(document) + paragraphs(document, "word/header.xml")
        return {t.split("〉")[0] for t in texts} | {
            parts(document)["docProps/core.xml"].decode().split("〈")[1].split("〉")[0]
        }

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(fill, range(200)))
    assert seen == [{f"〈{n}", str(n)} for n in range(200)]


def first_page(tag: str) -> bytes:
    """A document whose first page has a header and a footer of its own (titlePg)."""
    made = parts_of(
        p("正文"),
        header=p("页眉"),
        arrows=[("rId7", "header", "first.xml"), ("rId8", "footer", "last.xml")],
        extra={
            "word/first.xml": f"<w:hdr {NAMESPACES}>{p(f'首页 {tag}')}</w:hdr>",
            "word/last.xml": f"<w:ftr {NAMESPACES}>{p(f'首页脚 {tag}')}</w:ftr>",
        },
        types={"word/first.xml": f"{WML}header+xml", "word/last.xml": f"{WML}footer+xml"},
    )
    own = '<w:headerReference w:type="first" r:id="rId7"/><w:footerReference w:type="first" r:id="rId8"/>'
    body = (
        str(made["word/document.xml"])
        .replace("<w:pgSz", own + "<w:pgSz")
        .replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    )
    return zipped(made | {"word/document.xml": body})


def test_the_first_pages_own_header_and_footer_are_filled(sound: Callable[..., None]) -> None:
    document = compile_template(first_page("{{ 名 }}")).fill({"名": "A & B"})
    assert paragraphs(document, "word/first.xml") == ["首页 A & B"]
    assert paragraphs(document, "word/last.xml") == ["首页脚 A & B"]
    assert paragraphs(document, "word/header.xml") == ["页眉"]
    assert "titlePg" in parts(document)["word/document.xml"].decode()
    sound(document)


def test_a_mistake_in_the_first_pages_header_is_told_with_its_part() -> None:
    assert [(d.code, d.place.part) for d in mistakes(first_page("{{ 名")) if d.place][:1] == [
        ("template-half-tag", "word/first.xml")
    ]
    found = refusals(compile_template(first_page("{{ 明 }}")), {"名": "甲"})
    assert {(d.code, d.place.part) for d in found if d.place} == {
        ("template-unknown-name", "word/first.xml"),
        ("template-unknown-name", "word/last.xml"),
    }


def test_the_same_input_gives_the_same_bytes() -> None:
    template = compile_template(SOURCE)
    assert template.fill(canary(1)) == template.fill(canary(1)) == compile_template(SOURCE).fill(canary(1))
    template.fill(canary(2))
    assert template.fill(canary(1)) == compile_template(SOURCE).fill(canary(1))


@pytest.mark.parametrize("seed", ["0", "1", "42"])
def test_the_same_input_gives_the_same_bytes_in_another_process(seed: str, tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_bytes(SOURCE)
    act = (
        "import sys, hashlib; from planwriter.template.opening import compile_template\n"
        "t = compile_template(open(sys.argv[1], 'rb').read())\n"
        "c = {'列': [{'文': str(i)} for i in range(9)], '名': '甲'}\n"
        "print(hashlib.sha256(t.fill(c)).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", act, str(tmp_path / "t.docx")],
        check=True,
        capture_output=True,
        text=True,
        env=_surroundings() | {"PYTHONHASHSEED": seed, "TZ": f"Etc/GMT+{seed[:1]}"},
    )
    import hashlib

    mine = compile_template(SOURCE).fill({"名": "甲", "列": [{"文": str(i)} for i in range(9)]})
    assert done.stdout.strip() == hashlib.sha256(mine).hexdigest()


def test_the_file_has_fixed_times_and_the_order_of_the_template() -> None:
    with zipfile.ZipFile(io.BytesIO(compile_template(SOURCE).fill(canary(1)))) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = archive.namelist()
    assert names == list(parts(SOURCE))


def test_parts_without_tags_are_the_templates_own_bytes() -> None:
    source = docx(p("{{ 名 }}"), footer=p("静"), extra={"word/media/a.bin": bytes(range(256)) * 40})
    ours, theirs = parts(compile_template(source).fill({"名": "甲"})), parts(source)
    assert {n for n in ours if ours[n] != theirs[n]} <= {"word/document.xml", "[Content_Types].xml"}


def test_a_failed_fill_leaves_the_template_usable() -> None:
    template = compile_template(SOURCE)
    assert refusals(template, {"名": None, "列": []})
    assert paragraphs(template.fill({"名": "甲", "列": []})) == ["甲"]


PROPERTIES = ExtraPart(
    "customXml/itemProps1.xml",
    b"<p/>",
    "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    f"{REL}/customXmlProps",
)
ITEM = ExtraPart("customXml/item1.xml", "<数据/>".encode(), None, f"{REL}/customXml", (PROPERTIES,))


def arrows(document: bytes, part: str) -> dict[str, tuple[str, str]]:
    root = etree.fromstring(parts(document)[part])
    ids = [e.get("Id") for e in root]
    assert len(ids) == len(set(ids))
    return {e.get("Id", ""): (e.get("Type", "").rsplit("/", 1)[-1], e.get("Target", "")) for e in root}


def test_a_data_part_is_attached_with_its_properties(sound: Callable[..., None]) -> None:
    template = compile_template(SOURCE)
    document = template.fill(canary(1), attach=[ITEM])
    assert parts(document)["customXml/item1.xml"] == "<数据/>".encode()
    assert ("customXml", "../customXml/item1.xml") in arrows(document, "word/_rels/document.xml.rels").values()
    assert list(arrows(document, "customXml/_rels/item1.xml.rels").values()) == [("customXmlProps", "itemProps1.xml")]
    assert b'PartName="/customXml/itemProps1.xml"' in parts(document)["[Content_Types].xml"]
    other = ExtraPart(ITEM.name, b"<b/>", None, ITEM.relationship_type, ITEM.relationships)
    again = template.fill(canary(1), attach=[other])
    assert parts(again)["customXml/item1.xml"] == b"<b/>"
    assert template.fill(canary(1), attach=[ITEM]) == document
    assert "customXml/item1.xml" not in parts(template.fill(canary(1)))
    sound(document, again)


def test_attached_parts_step_aside_for_those_already_there(sound: Callable[..., None]) -> None:
    source = docx(
        p("x"),
        extra={
            "customXml/item1.xml": "<a/>",
            "customXml/itemProps1.xml": "<b/>",
            "customXml/_rels/item1.xml.rels": relationships(("rId1", "customXmlProps", "itemProps1.xml")),
        },
        arrows=[("rId7", "customXml", "../customXml/item1.xml")],
    )
    document = compile_template(source).fill({}, attach=[ITEM, ITEM])
    held = parts(document)
    assert (held["customXml/item1.xml"], held["customXml/item2.xml"]) == (b"<a/>", "<数据/>".encode())
    assert held["customXml/item3.xml"] == "<数据/>".encode()
    assert list(arrows(document, "customXml/_rels/item2.xml.rels").values()) == [("customXmlProps", "itemProps2.xml")]
    assert len(arrows(document, "word/_rels/document.xml.rels")) == 3
    sound(document)


def test_parts_can_be_attached_to_a_template_with_prefixed_index_parts(sound: Callable[..., None]) -> None:
    held = {n: c.decode() for n, c in parts(docx(p("x"))).items()}
    types = held["[Content_Types].xml"].replace("<Types xmlns=", "<t:Types xmlns:t=").replace("</Types>", "</t:Types>")
    types = types.replace("<Default ", "<t:Default ").replace("<Override ", "<t:Override ")
    empty = '<r:Relationships xmlns:r="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    from tests.word_package.building import zipped

    source = zipped(held | {"[Content_Types].xml": types, "word/_rels/document.xml.rels": empty})
    document = compile_template(source).fill({}, attach=[ITEM])
    assert len(arrows(document, "word/_rels/document.xml.rels")) == 1
    sound(document)


def png(width: int = 2, height: int = 1) -> bytes:
    import struct
    import zlib

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = b"".join(b"\0" + b"\xff\0\0" * width for _ in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


PICTURES = docx(
    p("前{{ 图 }}后") + table(("{{ 名 }}",)) + p("{%p for 项 in 列 %}") + p("{{ 项.图 }}") + p("{%p endfor %}"),
    header=p("{{ 图 }}"),
)


@pytest.fixture(scope="module")
def illustrated() -> CompiledTemplate:
    return compile_template(PICTURES)


def test_a_picture_is_placed_in_body_and_header(illustrated: CompiledTemplate, sound: Callable[..., None]) -> None:
    context = {
        "图": Picture(png(), width_mm=20),
        "名": "a\nb 【待填】",
        "列": [{"图": Picture(png(), height_mm=5)}] * 2,
    }
    document = illustrated.fill(context, attach=[ITEM])
    extents = [e.get("cx") for e in tree(document).iter() if e.tag.endswith("}extent")]
    assert extents[0] == str(20 * 36000) and len(extents) == 3
    assert len([n for n in parts(document) if n.startswith("word/media/")]) == 1
    assert "drawing" in parts(document)["word/header.xml"].decode()
    assert paragraphs(document)[:2] == ["前后", "a\nb 【待填】"]
    assert document == illustrated.fill(context, attach=[ITEM])
    sound(document)


def test_a_docxtpl_picture_made_for_another_template_is_bound_to_ours(illustrated: CompiledTemplate) -> None:
    own = InlineImage(None, io.BytesIO(png()), width=Mm(20))
    document = illustrated.fill({"图": own, "名": "x", "列": []})
    assert own.tpl is None
    same = illustrated.fill({"图": Picture(png(), width_mm=20), "名": "x", "列": []})
    assert document == same


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (Picture(b"no picture"), "picture-unknown-format"),
        (Picture("/no/such/file.png"), "picture-unreadable"),
        (Picture(png()[:20]), "picture-unknown-format"),
    ],
)
def test_a_bad_picture_is_refused(illustrated: CompiledTemplate, picture: Picture, code: str) -> None:
    assert [d.code for d in refusals(illustrated, {"图": picture, "名": "x", "列": []})] == [code]


def test_mistakes_beside_pictures_are_told(illustrated: CompiledTemplate) -> None:
    found = refusals(illustrated, {"图": Picture(png()), "名": None, "列": []})
    assert [(d.code, d.found) for d in found] == [("template-value-not-text", "{{ 名 }}")]
    assert [d.code for d in refusals(illustrated, {"图": Picture(png()), "名": "a\x01", "列": []})] == [
        "template-illegal-character"
    ]


def test_pictures_do_not_lower_the_guards_for_text(illustrated: CompiledTemplate) -> None:
    text = "<w:p> & {{ 图 }} {_{"
    document = illustrated.fill({"图": Picture(png()), "名": text, "列": []})
    assert text in paragraphs(document)


def test_a_docxtpl_template_can_be_the_source_and_its_environment_is_left_alone() -> None:
    original = DocxTemplate(io.BytesIO(docx(p("{{ 名 }}"))))
    assert paragraphs(compile_template(original).fill({"名": "A & B"})) == ["A & B"]
    assert original.docx is None


def test_an_error_names_the_file_it_was_given() -> None:
    with pytest.raises(TemplateError, match=r"我的模板\.docx"):
        compile_template(docx(p("{{ 名")), name="我的模板.docx")
    assert mistakes(docx(p("{{ 名 }}"))) == []


def test_small_files_on_request_say_the_same() -> None:
    template = compile_template(SOURCE)
    fast, small = template.fill(canary(1)), template.fill(canary(1), small=True)
    assert len(small) <= len(fast) and parts(small) == parts(fast)


def test_a_hundred_times_longer_plan_is_filled() -> None:
    items = [{"文": f"第{i}项工作，由责任单位负责落实"} for i in range(3000)]
    assert paragraphs(filled(p("{%p for 项 in 列 %}") + p("{{ 项.文 }}") + p("{%p endfor %}"), {"列": items})) == [
        i["文"] for i in items
    ]


def test_the_fast_road_does_not_load_docxtpl() -> None:
    act = "import sys, planwriter.template.compiled; print([m for m in ('docxtpl', 'docx', 'zlib_ng') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", act], capture_output=True, text=True, env=_surroundings(), check=True)
    assert done.stdout.strip() == "[]"
