"""What ``planwriter.write`` makes of every form, rendered and judged page by page."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from planwriter.standard import profile
from tests.documents import paragraphs
from tests.layout.forms import FORMS, PROFILES, each_common_form, each_paper, written
from tests.layout.measuring import MM, Line, Page, Stroke, pages
from tests.layout.test_rendered_elements import red_rule
from tests.layout.test_rendered_pages import BOTTOM, LEFT, RIGHT, TOP
from tests.rendering import needs_rendering, pdfs

pytestmark = needs_rendering

AT_ONCE = 20
ROWS, CHARACTERS = 22, 28
ACROSS, DOWN = 0.5, 1.1
TABLE_RULE = 0.2
HEADINGS = tuple(f"PWHeading{level}" for level in (1, 2, 3, 4))
SIGN_OFF = ("PWSignature", "PWIssueDate", "PWRemark")


@dataclass(frozen=True)
class Paper:
    """A document: its pages, the texts of its paragraphs by style without spaces, and its layout."""

    pages: list[Page]
    texts: Mapping[str, list[str]]
    layout: str

    def of(self, *styles: str) -> list[str]:
        """The texts of some styles."""
        return [text for style in styles for text in self.texts.get(style, [])]

    def running(self) -> Iterator[tuple[Page, Page]]:
        """Pages of nothing but running text without a gap, each with the page its text runs on to."""
        for page, after in itertools.pairwise(self.pages):
            rows = page.lines[:-1]
            steps = [(b.baseline - a.baseline) / MM for a, b in itertools.pairwise(rows)]
            even = all(abs(step - profile(self.layout).layout.pitch) < 0.3 for step in steps)
            if len(rows) > 1 and even and all(map(_is_text, rows)) and not page.strokes and self._runs_on(after):
                yield page, after

    def _runs_on(self, page: Page) -> bool:
        """Whether a page begins with text, under headings or not, not with a table or a text of its own."""
        first = page.lines[self.headings_at(page)]
        return _is_text(first) and first.text not in self.of("PWTitleNewPage", "PWAttachmentLabel")

    def headings_at(self, page: Page) -> int:
        """How many rows at the top of a page are headings on a line of their own."""
        headings = self.of(*HEADINGS)
        return len(list(itertools.takewhile(lambda line: line.text in headings, page.lines)))


Papers = Mapping[tuple[str, str], Paper]


def _is_text(line: Line) -> bool:
    return abs(line.size - 16) < 0.3


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """Every form in both layouts."""
    names = [(form.stem, layout) for layout in PROFILES for form in FORMS]
    made: dict[tuple[str, str], Paper] = {}
    for start in range(0, len(names), AT_ONCE):
        documents = {"-".join(name): written(*name) for name in names[start : start + AT_ONCE]}
        found = pdfs(documents, tmp_path_factory.mktemp("forms"))
        for name in names[start : start + AT_ONCE]:
            joined = "-".join(name)
            made[name] = Paper(pages(found[joined]), _by_style(documents[joined]), name[1])
    return made


def _by_style(data: bytes) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for style, text in paragraphs(data):
        texts.setdefault(style, []).append(re.sub(r"\s", "", text))
    return texts


@pytest.fixture(params=PROFILES)
def layout(request: pytest.FixtureRequest) -> str:
    """Both layouts."""
    return str(request.param)


@pytest.fixture(params=each_common_form())
def paper(request: pytest.FixtureRequest, layout: str, papers: Papers) -> Paper:
    """Each document in turn."""
    return papers[request.param, layout]


@pytest.fixture(params=each_paper())
def headed(request: pytest.FixtureRequest, layout: str, papers: Papers) -> Paper:
    """Each document with a red head in turn."""
    return papers[request.param, layout]


def test_a_full_page_of_running_text_holds_twenty_two_rows(paper: Paper) -> None:
    for page, after in paper.running():
        kept = paper.headings_at(after) if paper.layout == "frame" else 0
        assert ROWS - kept <= len(page.lines) - 1 <= ROWS, f"page {page.number}"
        assert kept or len(page.lines) - 1 == ROWS, f"page {page.number}"


def test_the_forms_have_full_pages_to_judge(layout: str, papers: Papers) -> None:
    full = [page for paper in papers.values() if paper.layout == layout for page, _ in paper.running()]
    assert len(full) >= 8


def test_a_row_holds_at_most_twenty_eight_characters_and_room_for_them(paper: Paper) -> None:
    rows = [line for page in paper.pages for line in page.body() if len(line.text) > 10]
    assert rows
    assert max(sum(glyph.advance for glyph in line.glyphs) for line in rows) <= CHARACTERS + 0.1
    tightest = min(line.pitch for line in rows if all(glyph.advance > 0.95 for glyph in line.glyphs))
    assert int((RIGHT - LEFT) / MM / tightest) == CHARACTERS


def test_all_text_stands_in_the_type_area(paper: Paper) -> None:
    for page in paper.pages:
        for line in page.lines[:-1]:
            assert line.left >= LEFT - ACROSS and line.right <= RIGHT + ACROSS, line.text
            assert line.top >= TOP - DOWN and line.bottom <= BOTTOM + DOWN, line.text


def test_rules_stand_in_the_type_area_from_side_to_side(paper: Paper) -> None:
    for page in paper.pages:
        for stroke in page.strokes:
            assert stroke.left >= LEFT - ACROSS and stroke.right <= RIGHT + ACROSS, page.number


def test_running_text_fills_the_type_area(paper: Paper) -> None:
    drop = {"frame": 3.4, "ink": 1.1}[paper.layout]
    for page, after in paper.running():
        assert min(line.left for line in page.lines[:-1]) == pytest.approx(LEFT, abs=ACROSS)
        assert max(line.right for line in page.lines[:-1]) == pytest.approx(RIGHT, abs=0.7)
        assert 0 <= page.lines[0].top - TOP <= drop + 0.1
        assert paper.headings_at(after) or abs(page.lines[-2].bottom - BOTTOM) <= 1.6


def test_every_page_has_its_number_between_dashes_one_character_in(paper: Paper) -> None:
    character = 14 * MM
    for page in paper.pages:
        number = page.lines[-1]
        assert number.text == f"—{page.number}—"
        assert number.size == 14
        gap = RIGHT - number.right if page.number % 2 else number.left - LEFT
        assert gap == pytest.approx(character, abs=0.5)


def test_the_dash_of_every_page_number_is_seven_millimetres_below_the_type_area(paper: Paper) -> None:
    top, bottom = paper.pages[0].ink(paper.pages[0].lines[-1], 0, 1)
    assert (top + bottom) / 2 - BOTTOM == pytest.approx(7, abs=0.3)
    for page in paper.pages:
        assert page.lines[-1].baseline == pytest.approx(paper.pages[0].lines[-1].baseline, abs=0.05)


def test_the_sign_off_never_stands_alone_on_a_page(paper: Paper) -> None:
    ends = paper.of(*SIGN_OFF)
    dated = [page for page in paper.pages if any(line.text in paper.of("PWIssueDate") for line in page.lines)]
    assert len(dated) == 1
    before = itertools.takewhile(lambda line: line.text not in ends, dated[0].lines)
    assert [line for line in before if _is_text(line) and not line.text.startswith("附件：")]


def test_the_first_page_shows_text(paper: Paper) -> None:
    assert [line for line in paper.pages[0].body() if line.right > RIGHT - 8 and len(line.text) > 20]


def test_the_mark_begins_thirty_five_millimetres_down(headed: Paper) -> None:
    (name,) = headed.of("PWMark")
    mark = headed.pages[0].line(name)
    assert mark.colour == (1, 0, 0)
    assert headed.pages[0].ink(mark)[0] - TOP == pytest.approx(35, abs=0.4)
    assert mark.centre == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)


def test_the_red_rule_is_as_wide_as_the_type_area_four_millimetres_below_the_number(headed: Paper) -> None:
    page, rule = headed.pages[0], red_rule(headed.pages[0])
    number = page.line(headed.of("PWDocNumber", "PWDocNumberUp")[-1])
    assert rule.y - number.bottom == pytest.approx(4, abs=0.3)
    assert rule.length == pytest.approx(156, abs=1)
    assert rule.left == pytest.approx(LEFT, abs=ACROSS)


def imprint_rules(page: Page) -> list[Stroke]:
    """The rules of a page that are heavier than those of a table."""
    return sorted((s for s in page.strokes if s.weight > TABLE_RULE), key=lambda stroke: stroke.y)


def test_the_imprint_stands_at_the_foot_of_the_last_page(headed: Paper) -> None:
    printing = headed.of("PWPrinting")
    rules = imprint_rules(headed.pages[-1])
    inner = [0.25] if headed.of("PWCopyTo") and printing else []
    assert [rule.weight for rule in rules] == pytest.approx([0.35, *inner, 0.35], abs=0.03)
    assert all(rule.length == pytest.approx(156, abs=0.5) for rule in rules)
    assert rules[-1].y == pytest.approx(BOTTOM, abs=0.6)
    assert all(headed.pages[-1].line(text).bottom < BOTTOM for text in printing)
    text = [line for line in headed.pages[-1].lines[:-1] if _is_text(line)]
    assert all(line.bottom < rules[0].y for line in text)
