"""Unusual papers on rendered pages: long names, crowded heads, long notes, wide tables (7.2, 7.3, 8, 10.1)."""

from __future__ import annotations

import itertools
import re

import pytest

from planwriter.standard import profile
from tests.layout.conftest import Rendered
from tests.layout.measuring import MM, Line, Page, pages
from tests.layout.papers import DATE
from tests.layout.test_rendered_elements import CHARACTER, DATE_GAPS
from tests.layout.test_rendered_pages import BOTTOM, LEFT, RIGHT, TOP, set_in
from tests.layout.unusual import COMBINATIONS, FORMS, MARKINGS, ORGANS, PEOPLE, written
from tests.rendering import needs_rendering, pdfs, soffice

pytestmark = needs_rendering

PITCH = profile().layout.pitch * MM
SPARE = 0.6


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """The pages of every unusual paper."""
    if soffice() is None:
        pytest.skip("soffice is not found")
    folder = tmp_path_factory.mktemp("unusual")
    return {name: pages(pdf) for name, pdf in pdfs(written(folder), folder).items()}


def signed_page(found: list[Page]) -> Page:
    """The page with the issue date of the paper."""
    return next(page for page in found if any(line.text == DATE for line in page.lines))


def red(page: Page) -> list[Line]:
    return [line for line in page.lines if line.colour == (1, 0, 0)]


def row_of(line: Line) -> int:
    """The row of the page, counted from 1, in which a line of text stands."""
    return round((line.baseline - TOP - 0.8 * PITCH) / PITCH) + 1


def is_turned(page: Page) -> bool:
    return bool(page._source.width > page._source.height)


@pytest.mark.parametrize("name", FORMS)
def test_nothing_stands_outside_the_type_area(papers: Rendered, name: str) -> None:
    for page in papers[name]:
        if not is_turned(page):
            assert min(line.left for line in page.lines) >= LEFT - SPARE
            assert max(line.right for line in page.lines) <= RIGHT + 16 / 2 * MM + SPARE  # a mark may hang


@pytest.mark.parametrize("names", COMBINATIONS, ids="+".join)
def test_markings_stand_in_their_order_and_security_on_the_second_row(papers: Rendered, names: tuple[str, ...]) -> None:
    page = papers["+".join(names)][0]
    rows = {line.text: row_of(line) for line in page.lines[: len(names)]}
    assert list(rows) == [MARKINGS[name] for name in names]
    first = 2 if names[0] == "密级" else 1
    assert list(rows.values()) == [*range(first, first + len(names))]
    assert page.ink(red(page)[0])[0] - TOP == pytest.approx(35, abs=0.5)


def test_security_stands_first_above_an_order_and_under_the_rule_of_a_letter(papers: Rendered) -> None:
    page = papers["classified_order"][0]
    assert row_of(page.line(MARKINGS["密级"])) == 1
    assert page.ink(red(page)[0])[0] - TOP == pytest.approx(20, abs=0.5)
    letter = papers["classified_letter"][0]
    assert letter.lines[1].text == MARKINGS["密级"] + "云文〔2026〕9号"


@pytest.mark.parametrize("size", [4, 12, 25, 40])
def test_a_mark_is_one_line_as_wide_as_a_character_free_on_either_side_allows(papers: Rendered, size: int) -> None:
    (mark,) = red(papers[f"mark_{size}"][0])
    assert mark.text == FORMS[f"mark_{size}"]["公文"]["发文机关"] + "文件"
    assert mark.left >= LEFT + CHARACTER - SPARE and mark.right <= RIGHT - CHARACTER + SPARE
    assert mark.size >= (26 if size <= 25 * 0.9 else 14)
    assert papers[f"mark_{size}"][0].ink(mark)[0] - TOP == pytest.approx(35, abs=0.5)


def test_the_mark_of_a_letter_is_narrowed_alike(papers: Rendered) -> None:
    (mark,) = red(papers["letter_mark"][0])
    assert mark.size >= 14
    assert papers["letter_mark"][0].ink(mark)[0] == pytest.approx(30, abs=0.6)


@pytest.mark.parametrize("count", [2, 3, 5])
def test_signatories_stand_in_columns_of_whole_names(papers: Rendered, count: int) -> None:
    page, people = papers[f"signed_{count}"][0], PEOPLE[-count:]
    number = page.line("云文〔2026〕9号")
    rows = [line for line in page.lines if any(name in line.text for name in people)]
    assert [
        line.text.removeprefix("签发人：").removeprefix("云文〔2026〕9号").removeprefix("签发人：") for line in rows
    ] == ["".join(people[at : at + 2]) for at in range(0, count, 2)]
    firsts = [line.glyphs[line.text.index(people[at * 2])].left for at, line in enumerate(rows)]
    assert firsts == pytest.approx([firsts[0]] * len(firsts), abs=0.1)
    assert rows[-1].baseline == pytest.approx(number.baseline, abs=0.1), "the number is level with the last name"
    assert max(line.right for line in rows) == pytest.approx(RIGHT - CHARACTER, abs=SPARE)
    assert number.left == pytest.approx(LEFT + CHARACTER, abs=SPARE)


def test_a_long_number_keeps_clear_of_the_signatories(papers: Rendered) -> None:
    page = papers["signed_long_number"][0]
    last = page.line("云文旅体广电出版办〔2026〕109号")
    assert [line.text for line in page.lines if "顾溪" in line.text] == ["签发人：顾溪"]
    assert last.text.endswith(PEOPLE[-1])
    gap = last.glyphs[last.text.index(PEOPLE[-1])].left - last.glyphs[last.text.index("号")].right
    assert gap >= CHARACTER / 2


@pytest.mark.parametrize("count", [2, 3, 5, 6])
def test_seals_of_organs_of_any_length_keep_apart_and_inside(papers: Rendered, count: int) -> None:
    (page,) = [one for one in papers[f"sealed_{count}"] if one.pictures]
    assert len(page.pictures) == count
    for one, other in itertools.combinations(page.pictures, 2):
        apart = [abs(a - b) for a, b in zip(one.centre, other.centre, strict=True)]
        assert (apart[0] ** 2 + apart[1] ** 2) ** 0.5 > 42
    rows = "".join(line.text for line in page.lines)
    assert all(name in rows for name in ORGANS[:count]), "a name is broken"
    assert min(seal.left for seal in page.pictures) >= LEFT - 0.2
    assert max(seal.right for seal in page.pictures) <= RIGHT + 0.2
    assert page.lines[0].text.startswith("为做好冬季"), "seals stand on a page with text (7.3.5.5)"


@pytest.mark.parametrize("count", [2, 3, 5, 6])
def test_the_last_seal_is_pressed_on_the_last_organ_and_the_date(papers: Rendered, count: int) -> None:
    page = signed_page(papers[f"sealed_{count}"])
    date = next(line for line in page.lines if line.text == DATE)
    row = page.lines[page.lines.index(date) - 1]
    name = row.glyphs[-len(ORGANS[count - 1]) :]
    middle = (name[0].left + name[-1].right) / 2
    last = max(page.pictures, key=lambda seal: (round(seal.top), seal.left))
    assert last.centre[0] == pytest.approx(middle, abs=SPARE)
    assert last.centre[0] == pytest.approx(date.centre + DATE_GAPS / 2, abs=0.8)


def test_names_beside_signature_seals_are_whole(papers: Rendered) -> None:
    page = signed_page(papers["posts"])
    rows = [line.text for line in page.lines]
    assert all(any(row.endswith(name) for row in rows) for name in PEOPLE)


def test_a_crowded_first_page_still_shows_text(papers: Rendered) -> None:
    first = papers["crowded_head"][0]
    assert [line.text for line in first.lines[:3]] == list(MARKINGS.values())
    assert any(line.text.startswith("为做好冬季") and line.size == 16 for line in first.lines)
    titles = [line.text for line in first.lines if line.size == 22]
    assert not any(re.search(r"(?:关于|并|和|的)$", line) for line in titles)


def test_a_long_note_ends_on_the_page_of_the_sign_off(papers: Rendered) -> None:
    page = signed_page(papers["nine_notes"])
    rows = [line.text for line in page.lines]
    at = rows.index(DATE)
    assert rows[at - 1] == "云溪县文化馆"
    assert rows[at - 2].startswith("9.")
    notes = [line for one in papers["nine_notes"][:3] for line in one.lines if re.match(r"(?:附件：)?\d\.", line.text)]
    starts = [line.glyphs[3 if line.text.startswith("附件") else 0].left for line in notes]
    assert starts == pytest.approx([starts[0]] * 9, abs=0.2)


def test_a_long_note_leaves_no_hole_in_the_page_before(papers: Rendered) -> None:
    first = papers["nine_notes"][0]
    assert max(line.bottom for line in first.body()) > BOTTOM - 4 * PITCH


@pytest.mark.parametrize("name", ["wide", "wide_letter"])
def test_a_wide_table_is_turned_and_its_rows_are_low(papers: Rendered, name: str) -> None:
    sheets = [page for page in papers[name] if is_turned(page)]
    assert 2 <= len(sheets) <= 4, "twelve rows, at least three to a sheet"
    text = "".join(line.text for page in sheets for line in page.lines)
    assert all(str(number) in text for number in range(1, 13))
    for page in sheets:
        assert all(word in "".join(line.text for line in page.lines) for word in ("序号", "0000-0000000", "2015"))
        assert not any(line.text == "" for line in page.lines)


def test_the_letter_around_a_turned_table_keeps_its_first_page(papers: Rendered) -> None:
    first, *rest = papers["wide_letter"]
    assert len([stroke for stroke in first.strokes if stroke.colour == (1, 0, 0)]) == 4
    assert not re.search("—1—", "".join(line.text for line in first.lines))
    assert not any(stroke.colour == (1, 0, 0) for page in rest for stroke in page.strokes)
    turned = [page for page in rest if is_turned(page)]
    for page in turned:
        digits = [c for c in page._source.chars if c["x0"] * MM < 32 and not c["upright"] and c["text"].isdigit()]
        assert "".join(c["text"] for c in sorted(digits, key=lambda c: c["top"])) == str(page.number)


def test_rare_characters_do_not_change_the_rows_of_a_table(papers: Rendered) -> None:
    page = papers["wide"][-1]
    row = next(line for line in page.lines if "李" in line.text)
    assert row.text == "柳林馆李䶮"
    assert set_in(page.line("名称"), "黑体")
