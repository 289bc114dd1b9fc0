"""The finishing pass on real pages: what it mends, and that it changes nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import planwriter
from planwriter.pages.finishing import ROUNDS, Finished, finish
from planwriter.pages.reading import read_pages
from tests.documents import texts
from tests.pages.papers import ROW, Remembering, grown, looked_at, loose, notice, parts_of, plan
from tests.rendering import needs_rendering, saved_again
from tests.sound import faults

pytestmark = needs_rendering

IMPRINT_ABOVE = 690  # points from the top of the page; below it stands the imprint, where there is one
CHANGED = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "word/footerBeforeImprint.xml"}


def codes(finished: Finished) -> list[str]:
    """What was said, without the sentence about the converter."""
    assert finished.notes[-1].code == "pages-judged"
    return [note.code for note in finished.notes[:-1]]


@pytest.mark.parametrize(
    ("rows", "before", "unnumbered", "done"),
    [
        (1, 1, set(), ["pages-imprint-moved"]),
        (20, 2, set(), []),
        (30, 3, set(), ["pages-imprint-moved"]),
        (50, 4, set(), []),
        (70, 5, {5, 6}, ["pages-imprint-moved"]),
        (92, 6, set(), []),
    ],
)
def test_the_imprint_stands_on_an_even_last_page(rows: int, before: int, unnumbered: set[int], done: list[str]) -> None:
    document, converter = planwriter.write(notice(rows)), Remembering()
    finished = finish(document, converter)
    assert len(read_pages(converter.made[0])) == before
    assert codes(finished) == done
    located, pages = looked_at(finished.docx, finished.pdf)
    assert located.imprint is not None
    assert located.imprint.first.page == len(pages) == finished.pages == before + before % 2
    numbers = [page.outside(located.margins.bottom) for page in pages]
    assert numbers == ["" if page.number in unnumbered else f"—{page.number}—" for page in pages]
    assert texts(finished.docx) == texts(document)
    assert_the_rest_is_unchanged(document, converter, finished)


def assert_the_rest_is_unchanged(document: bytes, converter: Remembering, finished: Finished) -> None:
    """Every row of the text where it stood, every part of the package but those that carry the section."""
    first, _ = looked_at(document, converter.made[0])
    last, _ = looked_at(finished.docx, finished.pdf)
    for was, is_now in zip(first.rows, last.rows, strict=False):
        text = [row for row in was if row.baseline < IMPRINT_ABOVE]
        assert text == [row for row in is_now if row.baseline < IMPRINT_ABOVE]
    old, new = parts_of(document), parts_of(finished.docx)
    assert {name for name in new if old.get(name) != new[name]} <= CHANGED
    assert set(old) <= set(new)


def test_a_finished_document_is_handed_back_as_it_is() -> None:
    once = finish(planwriter.write(notice(70)), Remembering())
    again = finish(once.docx, Remembering())
    assert again.docx == once.docx
    assert codes(again) == []


def test_the_blank_page_goes_when_the_text_has_grown_over_it() -> None:
    """A finished paper to which somebody adds text: the page put before the imprint is no longer wanted."""
    once = finish(planwriter.write(notice(70)), Remembering())
    again = finish(grown(once.docx, 6), Remembering())
    located, pages = looked_at(again.docx, again.pdf)
    assert located.imprint is not None
    assert located.imprint.first.page == len(pages) == 6
    assert codes(again) == ["pages-imprint-moved"]
    assert [page.outside(located.margins.bottom) for page in pages] == [f"—{page.number}—" for page in pages]
    assert parts_of(again.docx)["word/document.xml"].count(b"<w:sectPr") == 1


def test_the_imprint_follows_the_text_again_when_it_has_grown_to_the_even_page() -> None:
    once = finish(planwriter.write(notice(30)), Remembering())
    again = finish(grown(once.docx, 22), Remembering())
    located, pages = looked_at(again.docx, again.pdf)
    assert located.imprint is not None
    assert located.imprint.first.page == len(pages) == 4
    assert codes(again) == ["pages-imprint-moved"]
    assert located.rows[3][0].text.startswith("读书是最平常")


def test_a_finished_paper_saved_again_by_libreoffice_is_sound(tmp_path: Path) -> None:
    """Its imprint page begins by a page break, not by a section."""
    finished = finish(planwriter.write(notice(30)), Remembering())
    again = saved_again({"notice": finished.docx}, tmp_path)["notice"]
    assert [fault for fault in faults(again) if "shape shape_" not in fault] == []
    assert [text.strip() for text in texts(again)] == texts(finished.docx)


def test_a_sign_off_that_would_stand_alone_takes_text_with_it() -> None:
    document = loose(planwriter.write(notice(6)))
    finished = finish(document, Remembering())
    assert codes(finished) == ["pages-sign-off-moved"]
    located, _ = looked_at(finished.docx, finished.pdf)
    assert located.rows[1][0].text.startswith("读书是最平常")
    assert texts(finished.docx) == texts(document)


def upward(rows: int, signatories: int) -> dict[str, Any]:
    """A request with one paragraph of such many rows, that many signatories and a remark."""
    form = notice(1)
    paper = form["公文"]
    paper["正文"] = [(ROW * rows)[: 28 * rows - 6] + "。"]
    paper["标题"] = "云溪县图书馆关于做好冬季读者服务和场馆安全工作的请示"
    paper |= {"格式": "请示", "主送机关": "县文化和旅游局", "附注": "联系人：白杨；联系电话：0300—5551208"}
    paper["签发人"] = ["陆云溪", "白杨树", "沈知秋", "顾闻溪", "许砚秋", "苏晚棠", "程远山"][:signatories]
    return form


@pytest.mark.parametrize(
    ("rows", "signatories", "words"),
    [(2, 2, "附注原来独自落在第2面"), (3, 2, "行距收紧到 25."), (4, 2, "末几行"), (2, 7, "末几行")],
)
def test_the_only_paragraph_stays_on_the_first_page_and_the_sign_off_with_text(
    rows: int, signatories: int, words: str
) -> None:
    """公文首页必须显示正文 (7.3.3); the sign-off comes back, or the last rows of the paragraph go to it (7.3.5.5)."""
    document = planwriter.write(upward(rows, signatories))
    finished = finish(document, Remembering())
    assert codes(finished) == ["pages-sign-off-moved"]
    assert words in finished.notes[0].message
    located, pages = looked_at(finished.docx, finished.pdf)
    assert any(row.text.startswith("读书是最平常") for row in located.rows[0])
    assert len(pages) == 2
    on_second = "".join(row.text for row in located.rows[1])
    assert ("每周一次" in on_second) == ("云溪县图书馆2026年" in on_second) == ("联系人" in on_second)
    assert "".join(texts(finished.docx)).replace("\n", "") == "".join(texts(document)).replace("\n", "")


def test_a_sign_off_that_cannot_be_mended_is_told() -> None:
    """One row of text at the foot of the first page: it stays there (7.3.3), and closer than 24 points no row is set."""
    finished = finish(planwriter.write(upward(1, 7)), Remembering())
    assert codes(finished) == ["pages-sign-off-alone"]
    located, _ = looked_at(finished.docx, finished.pdf)
    assert located.rows[0][-1].text.startswith("读书是最平常")


def test_the_last_rows_of_a_long_paragraph_go_with_the_sign_off() -> None:
    """The page before is short of two rows, not of the whole paragraph."""
    form = notice(22)
    form["公文"]["正文"].append(ROW * 7)
    finished = finish(loose(planwriter.write(form)), Remembering())
    assert codes(finished) == ["pages-sign-off-moved", "pages-imprint-moved"]
    located, _ = looked_at(finished.docx, finished.pdf)
    assert [row.text for row in located.rows[2]][2:] == ["云溪县图书馆", "2026年12月8日"]
    assert len(located.rows[1]) == 19


def test_rows_are_set_closer_where_a_sign_off_is_a_row_or_two_too_long() -> None:
    document, converter = loose(planwriter.write(plan(36))), Remembering()
    finished = finish(document, converter)
    assert (len(read_pages(converter.made[0])), finished.pages) == (3, 2)
    assert codes(finished) == ["pages-sign-off-moved"]
    assert "收紧" in finished.notes[0].message
    located, _ = looked_at(finished.docx, finished.pdf)
    second = [row.baseline for row in located.rows[1]]
    assert second[1] - second[0] == pytest.approx(27.6, abs=1)
    assert located.rows[0] == looked_at(document, converter.made[0])[0].rows[0]


def test_rows_are_not_set_closer_only_to_leave_a_blank_page_before_the_imprint() -> None:
    form = notice(20)
    form["公文"]["正文"].append(ROW * 7)
    finished = finish(loose(planwriter.write(form)), Remembering())
    assert codes(finished) == ["pages-sign-off-moved", "pages-imprint-moved"]
    located, pages = looked_at(finished.docx, finished.pdf)
    assert [page.number for page in pages if not located.rows[page.number - 1]] == []
    assert len(pages) == 4


@pytest.mark.parametrize(("rows", "heading"), [(17, "(一)办好阅读推广活动"), (18, "一、主要任务")])
def test_a_heading_at_the_foot_goes_to_the_next_page(rows: int, heading: str) -> None:
    document, converter = planwriter.write(plan(rows), profile="full_pages"), Remembering()
    finished = finish(document, converter)
    assert looked_at(document, converter.made[0])[0].rows[0][-1].text == heading
    assert codes(finished) == ["pages-heading-moved"]
    located, _ = looked_at(finished.docx, finished.pdf)
    assert located.rows[0][-1].text.startswith("读书是最平常")
    assert located.rows[1][0].text == "一、主要任务"
    assert texts(finished.docx) == texts(document)


def test_no_more_than_four_rounds_are_needed_for_a_long_paper() -> None:
    converter = Remembering()
    finished = finish(planwriter.write(plan(7, 60), profile="full_pages"), converter)
    assert len(converter.made) <= ROUNDS
    located, pages = looked_at(finished.docx, finished.pdf)
    assert len(pages) > 6
    assert not [rows[-1].text for rows in located.rows if rows[-1].text.startswith(("(", "一、"))]
    assert set(codes(finished)) == {"pages-heading-moved"}
