"""tests/sound.py sees what it is there to see: each wound to a sound document is named."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from tests.layout.forms import written
from tests.sound import faults

DOCUMENT, RELS, STYLES = "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml"
Parts = dict[str, bytes]


def replaced(part: str, old: str, new: str) -> Callable[[Parts], None]:
    """A wound: the first match of a pattern in a part becomes something else."""

    def wound(parts: Parts) -> None:
        changed, times = re.subn(old, new, parts[part].decode("utf-8"), count=1, flags=re.DOTALL)
        assert times == 1, f"{old} is not in {part}"
        parts[part] = changed.encode("utf-8")

    return wound


def without(part: str) -> Callable[[Parts], None]:
    """A wound: a part is taken away."""

    def wound(parts: Parts) -> None:
        del parts[part]

    return wound


def extra(part: str) -> Callable[[Parts], None]:
    """A wound: a part nobody asked for."""

    def wound(parts: Parts) -> None:
        parts[part] = b"a" if part.endswith(".bin") else b"<a/>"

    return wound


INTO_BODY = (DOCUMENT, "<w:body>")
WOUNDS: dict[str, tuple[Callable[[Parts], None], str]] = {
    "part missing": (without(STYLES), "word/styles.xml, which is missing"),
    "part without type": (extra("word/seal.bin"), "word/seal.bin has no content type"),
    "part unreached": (extra("word/lost.xml"), "word/lost.xml is reached by no relationship"),
    "relationships of nothing": (extra("word/_rels/lost.xml.rels"), "belongs to no part"),
    "unreadable markup": (replaced(DOCUMENT, "</w:body>", ""), "word/document.xml is not XML"),
    "document type": (replaced(DOCUMENT, "<w:document", "<!DOCTYPE a><w:document"), "has a document type"),
    "type of the main part": (replaced("[Content_Types].xml", r"document\.main", "template.main"), "is declared as"),
    "relationship undeclared": (replaced(RELS, 'Id="rId4"', 'Id="x"'), "is not declared"),
    "target outside": (
        replaced(RELS, 'Target="styles.xml"', 'Target="http://a" TargetMode="External"'),
        "points outside",
    ),
    "header for footer": (replaced(RELS, "relationships/footer", "relationships/header"), "is no footer"),
    "cell without paragraph": (replaced(DOCUMENT, r"(<w:tc>(?:(?!</w:tc>).)*?)<w:p>.*?</w:tc>", r"\1</w:tc>"), "a cell does"),
    "row without cell": (replaced(DOCUMENT, r"<w:tr(?: [^>]*)?>.*?</w:tr>", "<w:tr/>"), "a row has no cell"),
    "grid too narrow": (replaced(DOCUMENT, r"<w:gridCol [^>]*/>", ""), "stands in a grid of"),
    "sectPr not last": (replaced(DOCUMENT, "</w:sectPr></w:body>", "</w:sectPr><w:p/></w:body>"), "does not end in"),
    "stranger in the body": (replaced(*INTO_BODY, "<w:body><w:r/>"), "r stands in the body"),
    "paragraph in paragraph": (replaced(*INTO_BODY, "<w:body><w:p><w:p/></w:p>"), "a p stands in a p"),
    "properties out of order": (
        replaced(*INTO_BODY, '<w:body><w:p><w:pPr><w:jc w:val="left"/><w:keepNext/></w:pPr></w:p>'),
        "pPr holds jc before keepNext",
    ),
    "unknown property": (replaced(*INTO_BODY, "<w:body><w:p><w:pPr><w:sz/></w:pPr></w:p>"), "pPr holds sz"),
    "properties late": (replaced(*INTO_BODY, "<w:body><w:p><w:r/><w:pPr/></w:p>"), "pPr is not the first"),
    "spaces": (replaced(*INTO_BODY, "<w:body><w:p><w:r><w:t>a </w:t></w:r></w:p>"), "are not preserved"),
    "style missing": (replaced(*INTO_BODY, '<w:body><w:p><w:pPr><w:pStyle w:val="X"/></w:pPr></w:p>'), "X is no paragraph"),
    "base style missing": (replaced(STYLES, "(<w:name [^>]*/>)", r'\1<w:basedOn w:val="X"/>'), "basedOn names X"),
    "numbering missing": (
        replaced(*INTO_BODY, '<w:body><w:p><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:p>'),
        "numId 7 points at nothing",
    ),
    "field open": (
        replaced(*INTO_BODY, '<w:body><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>'),
        "a field does not end",
    ),
    "field closed twice": (
        replaced(*INTO_BODY, '<w:body><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'),
        "a field ends that did not begin",
    ),
    "bookmark alone": (replaced(*INTO_BODY, '<w:body><w:bookmarkStart w:id="9" w:name="a"/>'), "begin or end alone"),
    "bookmark twice": (replaced(*INTO_BODY, "<w:body>" + 2 * '<w:bookmarkStart w:id="9" w:name="a"/>'), "bookmark 9 stands"),
    "drawing twice": (replaced(DOCUMENT, r"(<wp:docPr [^>]*/>)", r"\1\1"), "docPr 1001 stands twice"),
    "unknown prefix": (replaced(DOCUMENT, 'Requires="', 'Requires="unknown '), "prefix unknown is unknown"),
    "leftover": (replaced(*INTO_BODY, "<w:body><w:p><w:r><w:t>{</w:t></w:r><w:r><w:t>{ a</w:t></w:r></w:p>"), "{{ is left over"),
}  # fmt: skip


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("kind", WOUNDS)
def test_a_wound_is_seen(kind: str) -> None:
    wound, named = WOUNDS[kind]
    parts = parts_of(written("women_annual_notice", "frame"))
    assert faults(packed(parts)) == []
    wound(parts)
    found = faults(packed(parts))
    assert any(named in fault for fault in found), found


def test_bytes_that_are_no_archive_or_a_torn_one_are_seen() -> None:
    data = written("women_annual_notice", "frame")
    assert "not a zip archive" in faults(data[: len(data) // 2])[0]
    torn = packed(parts_of(data)).replace("第".encode(), "弟".encode(), 1)
    assert any("damaged" in fault or "not a zip" in fault for fault in faults(torn))


def test_a_part_that_stands_twice_is_seen() -> None:
    out = io.BytesIO(packed(parts_of(written("women_annual_notice", "frame"))))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("WORD/document.xml", b"<a/>")
    assert faults(out.getvalue()) == ["word/document.xml stands twice"]
