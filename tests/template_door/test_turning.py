"""Which tables are turned, and what the sections of the document hold then."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import planwriter
from planwriter.actions import export_template
from tests.layout import wide
from tests.own_templates import template_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

OWN = ("{%p for 块 in 正文 %}", "{{p 块.成品 }}", "{%p endfor %}")


def parts(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(document)) as package:
        return {name: package.read(name) for name in package.namelist()}


def sections(document: bytes) -> list[Any]:
    return [*etree.fromstring(parts(document)["word/document.xml"]).iter(W + "sectPr")]


def turned(document: bytes) -> list[bool]:
    return [section.find(W + "pgSz").get(W + "orient") == "landscape" for section in sections(document)]


def one(layout: str | None, **changed: Any) -> bytes:
    section = wide.tasks(layout=layout or "表格")
    return planwriter.write(
        wide.plan(章节=[section, {"类型": "其他", "标题": "其余", "正文": "完。"}], 附件=[], **changed)
    )


@pytest.mark.parametrize(
    ("layout", "turns"), [("表格", True), ("横排表格", True), ("竖排表格", False), ("条目", False)]
)
def test_a_wide_table_is_turned_unless_the_form_wants_it_upright(layout: str, turns: bool) -> None:
    assert turned(one(layout)) == ([False, True, False] if turns else [False])


def test_a_narrow_table_is_turned_only_where_the_form_wants_it() -> None:
    def written(layout: str | None) -> bytes:
        attachment = {"标题": "表", "形式": layout, "表": [["项目", "金额"], ["培训", "6"]]}
        return planwriter.write({"单位": "图书馆", "期间": "2027年", "引言": "完。", "附件": [attachment]})

    assert turned(written(None)) == turned(written("竖排表格")) == [False]
    assert turned(written("横排表格")) == [False, True]


def test_a_sign_off_is_not_left_alone_behind_a_turned_table() -> None:
    def last(layout: str) -> bytes:
        return planwriter.write(wide.plan(章节=[wide.tasks(layout=layout)], 附件=[]))

    assert turned(last("表格")) == [False]
    assert turned(last("横排表格")) == [False, True, False]


def test_every_section_names_footers_that_are_there(tmp_path: Path) -> None:
    exported = export_template("plan", tmp_path / "模板.docx", profile="ink,times")
    for document in (one(None), planwriter.write(wide.notice()), planwriter.write(wide.plan(), template=exported)):
        held = parts(document)
        arrows = {e.get("Id"): e.get("Target") for e in etree.fromstring(held["word/_rels/document.xml.rels"])}
        assert len(arrows) == len(etree.fromstring(held["word/_rels/document.xml.rels"]))
        for section, is_turned in zip(sections(document), turned(document), strict=True):
            named = {e.get(W + "type"): arrows[e.get(R + "id")] for e in section.iter(W + "footerReference")}
            assert named == (
                {"even": "footer3.xml", "default": "footer4.xml"}
                if is_turned
                else {"even": "footer2.xml", "default": "footer1.xml"}
            )
            assert all(f"word/{name}" in held for name in named.values())


def test_a_template_of_ones_own_without_such_footers_keeps_tables_upright() -> None:
    document = planwriter.write(wide.plan(), template=template_of(["{{ 标题 }}", *OWN]))
    assert turned(document) == [False]
    assert b"\xe5\x8a\x9e\xe5\xa5\xbd" in parts(document)["word/document.xml"]


def test_what_strangers_made_keeps_tables_upright(tmp_path: Path) -> None:
    exported = export_template("plan", tmp_path / "模板.docx")
    assert turned(planwriter.write(wide.plan(), template=exported, untrusted_template=True)) == [False]


def test_the_same_form_gives_the_same_bytes() -> None:
    assert planwriter.write(wide.plan()) == planwriter.write(wide.plan())
