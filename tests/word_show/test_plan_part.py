"""The form's data inside a document comes out as it went in, also after Word has moved the part."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from planwriter.diagnostic import FileError
from planwriter.word.package import read_package, write_parts
from planwriter.word.plan_part import NAMESPACE, plan_parts, read_plan_part
from tests.word_show.documents import docx, paragraph

DATA = {
    "标题": "工作计划",
    "主要任务": [{"内容": "抓好<学习>&“落实”", "完成时限": "6月底前"}],
    "期间": "2027年",
    "附": None,
}


def document(content: bytes | None, name: str = "customXml/item1.xml") -> bytes:
    """A document with this custom XML part."""
    parts = dict(read_package(docx(paragraph()), name="例.docx").parts)
    if content is not None:
        types = parts["[Content_Types].xml"]
        parts["[Content_Types].xml"] = types.replace(
            b"<Default", b'<Default Extension="xml" ContentType="application/xml"/><Default', 1
        )
        parts[name] = content
    return write_parts(parts)


def item(data: dict[str, Any]) -> bytes:
    return plan_parts(data)[0].content


def test_data_comes_out_as_it_went_in_and_in_the_same_order() -> None:
    found = read_plan_part(document(item(DATA)))
    assert found == DATA
    assert list(found) == list(DATA)


def test_the_parts_are_a_custom_xml_item_with_its_properties() -> None:
    [part] = plan_parts(DATA)
    [properties] = part.relationships
    assert (part.name, properties.name) == ("customXml/item1.xml", "customXml/itemProps1.xml")
    assert part.relationship_type.endswith("/relationships/customXml")
    assert properties.relationship_type.endswith("/relationships/customXmlProps")
    assert etree.fromstring(part.content).get("version") == "1"
    assert NAMESPACE.encode() in properties.content


def test_the_same_data_gives_the_same_bytes() -> None:
    assert plan_parts(json.loads(json.dumps(DATA))) == plan_parts(DATA)


def test_a_part_that_word_has_renumbered_or_recoded_is_found() -> None:
    recoded = item(DATA).decode("utf-8").replace("UTF-8", "UTF-16").encode("utf-16")
    assert read_plan_part(document(item(DATA), "customXml/item7.xml")) == DATA
    assert read_plan_part(document(recoded)) == DATA


def test_a_document_without_the_part_has_no_data() -> None:
    assert read_plan_part(document(None)) is None
    assert read_plan_part(document(b'<b:Sources xmlns:b="urn:b"/>')) is None


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    texts | st.none() | st.booleans() | st.integers(-(10**6), 10**6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
)


@given(st.dictionaries(texts, values, max_size=5))
def test_any_text_survives_the_way_through_xml(data: dict[str, Any]) -> None:
    root = etree.fromstring(item(data))
    assert json.loads(root.text or "") == data


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (f'<plan xmlns="{NAMESPACE}" version="2">{{}}</plan>'.encode(), "plan-part-newer"),
        (f'<plan xmlns="{NAMESPACE}" version="1">{{"a":</plan>'.encode(), "plan-part-damaged"),
        (f'<plan xmlns="{NAMESPACE}" version="1">[1]</plan>'.encode(), "plan-part-damaged"),
        (f'<plan xmlns="{NAMESPACE}" version="1">{"[" * 100_000}</plan>'.encode(), "plan-part-damaged"),
        (f'<plan xmlns="{NAMESPACE}" version="1">'.encode(), "plan-part-damaged"),
    ],
)
def test_a_part_that_cannot_be_read_is_refused_by_name(content: bytes, code: str) -> None:
    with pytest.raises(FileError) as caught:
        read_plan_part(document(content), name="例.docx")
    [found] = caught.value.diagnostics
    assert found.code == code
    assert found.place is not None
    assert (found.place.file, found.place.part) == ("例.docx", "customXml/item1.xml")


def test_what_json_cannot_hold_is_not_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        plan_parts({"数": float("nan")})
