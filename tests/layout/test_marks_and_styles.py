"""What a document says to a word processor besides its pages: script hints, fonts, styles of roles."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest

from tests.documents import FALLBACK, W, paragraphs, root_of
from tests.layout.cases import ATTACHMENTS, CASES

SAMPLES = ("look-plan-frame", "look-plan-times", "look-paper-frame", "look-paper-windows", "attached-11", "joint_stamped",
           "format-letter", "format-order", "format-minutes", "issued", "proper")  # fmt: skip
DOCUMENTS = pytest.mark.parametrize("name", SAMPLES)
CHINESE_MARKS = set("“”‘’—…·")


def parts(data: bytes) -> dict[str, bytes]:
    """Every part of a document."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def element(style: ElementTree.Element, path: str, attribute: str = "val") -> str | None:
    """An attribute of a descendant, or ``None``."""
    found = style.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(W + attribute, "")


@DOCUMENTS
def test_every_run_with_a_chinese_mark_carries_the_east_asian_hint(name: str) -> None:
    data = CASES[name].written()
    for part, content in parts(data).items():
        if not part.startswith("word/") or not part.endswith(".xml"):
            continue
        for run in ElementTree.fromstring(content).iter(f"{W}r"):
            text = "".join(t.text or "" for t in run.findall(f"{W}t"))
            if CHINESE_MARKS & set(text):
                assert element(run, "rPr/rFonts", "hint") == "eastAsia", (part, text)


@DOCUMENTS
def test_no_font_comes_from_a_theme(name: str) -> None:
    for part, content in parts(CASES[name].written()).items():
        assert "theme" not in part
        assert b"Theme=" not in content


@DOCUMENTS
def test_no_style_of_text_leans_on_grid_or_automatic_spacing(name: str) -> None:
    """Exact rows, no widow control, no snapping: 22 rows in every program."""
    styles = root_of(CASES[name].written(), "word/styles.xml")
    ours = [style for style in styles.iter(f"{W}style") if style.get(f"{W}type") == "paragraph"]
    assert len(ours) > 40
    for style in ours:
        assert element(style, "pPr/spacing", "lineRule") == "exact"
        assert [element(style, f"pPr/{switch}") for switch in ("widowControl", "snapToGrid", "adjustRightInd")] == [
            "0"
        ] * 3
        assert element(style, "rPr/snapToGrid") == "0"
        assert (element(style, "pPr/spacing", "before"), element(style, "pPr/spacing", "after")) == ("0", "0")


@DOCUMENTS
def test_page_grid_and_settings_are_those_of_twenty_two_by_twenty_eight(name: str) -> None:
    data = CASES[name].written()
    for section in root_of(data).iter(f"{W}sectPr"):
        assert element(section, "docGrid", "type") == "linesAndChars"
        assert element(section, "docGrid", "linePitch") == "579"
        assert element(section, "pgMar", "gutter") == "0"
    settings = root_of(data, "word/settings.xml")
    assert settings.find(f"{W}evenAndOddHeaders") is not None
    assert settings.find(f"{W}mirrorMargins") is None
    assert element(settings, "characterSpacingControl") == "doNotCompress"
    assert element(settings, "compat/compatSetting") == "15"


def test_lines_of_an_attachment_note_are_never_headings() -> None:
    """“2.活动安全须知” below “附件：1.…” looks like a heading of the third level; it is not one."""
    data = CASES["attached-11"].written()
    note = [(style, text) for style, text in paragraphs(data) if text.endswith(tuple(ATTACHMENTS)) and "." in text]
    assert [text.removeprefix("附件：") for _, text in note] == [
        f"{n}.{title}" for n, title in enumerate(ATTACHMENTS, 1)
    ]
    assert {style for style, _ in note} == {"PWAttachmentNote"}
    styles = root_of(data, "word/styles.xml")
    note_style = next(s for s in styles.iter(f"{W}style") if s.get(f"{W}styleId") == "PWAttachmentNote")
    assert element(note_style, "pPr/outlineLvl") is None


@DOCUMENTS
def test_no_paragraph_is_laid_out_by_spaces_or_by_blank_rows_beyond_the_prescribed(name: str) -> None:
    """Indents are indents; two blank rows are the most the standard prescribes (four between rows of joint seals)."""
    document = root_of(CASES[name].written())
    run = 0
    for paragraph in document.iter(f"{W}p"):
        text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
        style = element(paragraph, "pPr/pStyle") or ""
        assert text == text.lstrip(" \u3000")
        run = run + 1 if style == "PWBlank" and not text else 0
        assert run <= 2
    assert document.find(f".//{FALLBACK}") is not None or not name.startswith("format-letter")


@DOCUMENTS
def test_blank_title_page_and_footers_are_as_the_format_asks(name: str) -> None:
    """Both sides of a leaf have their number; only a letter has a first page without (7.5, 10.1)."""
    data = CASES[name].written()
    for section in root_of(data).iter(f"{W}sectPr"):
        kinds = {footer.get(f"{W}type") for footer in section.iter(f"{W}footerReference")}
        own_first = name == "format-letter"
        assert kinds == {"even", "default", *(["first"] if own_first else [])}
        assert (section.find(f"{W}titlePg") is not None) == own_first
