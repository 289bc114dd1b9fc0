"""Letters, orders, minutes, joint issue and seals, where the standard puts them (7.2.4, 7.3.5, 10)."""

from __future__ import annotations

import itertools

import pytest

from planwriter.standard import profile
from tests.layout.conftest import LAYOUTS, Rendered
from tests.layout.measuring import MM, Line, Page, pages
from tests.layout.papers import DATE, NAMES, ORGAN, written
from tests.layout.test_rendered_elements import CHARACTER, DATE_GAPS, red_rule
from tests.layout.test_rendered_pages import BOTTOM, LEFT, RIGHT, TOP, set_in
from tests.rendering import needs_rendering, pdfs, soffice

pytestmark = needs_rendering

PAPER_HEIGHT, MIDDLE_OF_PAPER, MIDDLE = 297, 105, (LEFT + RIGHT) / 2
LETTERS = pytest.mark.parametrize("letter", ["letter", "marked_letter", "urgent_letter"])
JOINT = pytest.mark.parametrize("count", range(2, 7))


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """The pages of every paper in every layout."""
    if soffice() is None:
        pytest.skip("soffice is not found")
    folder = tmp_path_factory.mktemp("papers")
    documents = {name: data for layout in LAYOUTS for name, data in written(folder, layout).items()}
    return {name: pages(pdf) for name, pdf in pdfs(documents, folder).items()}


def pitch_of(layout_name: str) -> float:
    return profile(layout_name).layout.pitch * MM


def mark_of(page: Page) -> Line:
    """The first red line."""
    return next(line for line in page.lines if line.colour == (1, 0, 0))


def numbered(page: Page) -> bool:
    return page.lines[-1].text == f"—{page.number}—"


@LETTERS
def test_the_mark_of_a_letter_begins_thirty_millimetres_below_the_edge(
    papers: Rendered, layout_name: str, letter: str
) -> None:
    page = papers[f"{letter}-{layout_name}"][0]
    mark = mark_of(page)
    assert not mark.text.endswith("文件")
    assert page.ink(mark)[0] == pytest.approx(30, abs=0.6)
    assert mark.centre == pytest.approx(MIDDLE, abs=0.5)
    assert set_in(mark, "小标宋")


@LETTERS
def test_a_letter_has_double_rules_of_a_hundred_and_seventy_millimetres(
    papers: Rendered, layout_name: str, letter: str
) -> None:
    page = papers[f"{letter}-{layout_name}"][0]
    rules = sorted((s for s in page.strokes if s.colour == (1, 0, 0)), key=lambda s: s.y)
    assert [s.length for s in rules] == pytest.approx([170] * 4, abs=0.3)
    assert [(s.left + s.right) / 2 for s in rules] == pytest.approx([MIDDLE_OF_PAPER] * 4, abs=0.3)
    thick, thin, thin_below, thick_below = (s.weight for s in rules)
    assert thick > 2 * thin and thick_below > 2 * thin_below
    assert rules[0].y - thick / 2 - page.ink(mark_of(page))[1] == pytest.approx(4, abs=0.6)
    assert PAPER_HEIGHT - rules[3].y - thick_below / 2 == pytest.approx(20, abs=0.3)


@LETTERS
def test_a_letter_has_no_number_on_its_first_page_only(papers: Rendered, layout_name: str, letter: str) -> None:
    first, *rest = papers[f"{letter}-{layout_name}"]
    assert not numbered(first)
    assert all(numbered(page) for page in rest)
    assert max(line.bottom for line in first.lines) < BOTTOM + 1
    assert bool(rest) == (letter == "letter"), "the samples must put it to the test"


@LETTERS
def test_the_first_row_of_a_letter_is_seven_eighths_of_a_character_below_the_rule(
    papers: Rendered, layout_name: str, letter: str
) -> None:
    page = papers[f"{letter}-{layout_name}"][0]
    rule = sorted(page.strokes, key=lambda s: s.y)[1]
    number = next(line for line in page.lines if line.text.endswith("〔2026〕9号"))
    assert number.top - rule.y - rule.weight / 2 == pytest.approx(4.84, abs=0.5)
    assert number.right == pytest.approx(RIGHT, abs=0.6)


def test_markings_of_a_letter_stand_flush_left_under_the_rule(papers: Rendered, layout_name: str) -> None:
    lines = papers[f"marked_letter-{layout_name}"][0].lines[1:4]
    assert [line.text.removesuffix("云文〔2026〕9号") for line in lines] == ["000012", "秘密★1年", "特急"]
    assert all(line.left == pytest.approx(LEFT, abs=0.6) for line in lines)
    assert set_in(lines[2], "黑体") and set_in(lines[0], "仿宋")
    urgent = papers[f"urgent_letter-{layout_name}"][0].line("加急")
    assert any(font.startswith("FandolHei") for font in urgent.fonts)


@LETTERS
def test_the_title_of_a_letter_is_two_rows_below_the_last_marking(
    papers: Rendered, layout_name: str, letter: str
) -> None:
    page = papers[f"{letter}-{layout_name}"][0]
    at = next(n for n, line in enumerate(page.lines) if line.size == 22)
    assert 3 <= (page.lines[at].baseline - page.lines[at - 1].baseline) / pitch_of(layout_name) <= 3.3


def test_the_imprint_of_a_letter_has_neither_rules_nor_printing_row(papers: Rendered, layout_name: str) -> None:
    page = papers[f"letter-{layout_name}"][-1]
    copied = page.line("抄送：县委宣传部")
    assert page.strokes == ()
    assert copied.size == 14
    assert copied.left == pytest.approx(LEFT + 14 * MM, abs=0.3)
    assert BOTTOM - 4 < copied.bottom < BOTTOM + 0.5


@pytest.mark.parametrize(("paper", "distance"), [("order", 20), ("minutes", 35), ("numbered_minutes", 35)])
def test_the_mark_of_orders_and_minutes_has_its_distance(
    papers: Rendered, layout_name: str, paper: str, distance: int
) -> None:
    page = papers[f"{paper}-{layout_name}"][0]
    assert page.ink(mark_of(page))[0] - TOP == pytest.approx(distance, abs=0.4)
    assert mark_of(page).centre == pytest.approx(MIDDLE, abs=0.5)


def test_the_number_of_an_order_is_centred_with_two_rows_above_and_below(papers: Rendered, layout_name: str) -> None:
    page = papers[f"order-{layout_name}"][0]
    mark, number, text = page.lines[:3]
    assert (mark.text, number.text, text.text[:3]) == (f"{ORGAN}令", "第7号", "为做好")
    assert number.centre == pytest.approx(MIDDLE, abs=0.6)
    assert text.baseline - number.baseline == pytest.approx(3 * pitch_of(layout_name), abs=0.3)
    assert 20 <= number.top - mark.bottom <= 27
    assert all(stroke.y > 200 for stroke in page.strokes), "an order has no red rule"


def test_the_signature_seal_has_its_room_and_its_post(papers: Rendered, layout_name: str) -> None:
    """Two rows above it, four characters at the right, the post two characters left; the date a row below (7.3.5.3)."""
    page, pitch = papers[f"stamped_order-{layout_name}"][0], pitch_of(layout_name)
    text, post, date = page.lines[-4:-1]
    seal = page.pictures[0]
    assert (post.text, date.text) == ("云溪县县长", DATE)
    assert seal.right == pytest.approx(RIGHT - 4 * CHARACTER, abs=0.6)
    assert (seal.right - seal.left) / (seal.bottom - seal.top) == pytest.approx(2, abs=0.02)
    assert post.right == pytest.approx(seal.left - 2 * CHARACTER, abs=0.8)
    assert (post.top + post.bottom) / 2 == pytest.approx(seal.centre[1], abs=1.2)
    assert post.baseline - text.baseline == pytest.approx(3.5 * pitch, abs=1.2)
    assert date.baseline - post.baseline == pytest.approx(2.5 * pitch, abs=1.2)
    assert date.right == pytest.approx(RIGHT - 4 * CHARACTER, abs=0.6)


def test_joint_signature_seals_stand_one_organ_a_row_and_aligned(papers: Rendered, layout_name: str) -> None:
    page = papers[f"joint_order-{layout_name}"][0]
    first, second = page.line("云溪县县长"), page.line("南屏县县长")
    assert first.right == pytest.approx(second.right, abs=0.1)
    upper, lower = sorted(page.pictures, key=lambda p: p.top)
    assert upper.left == pytest.approx(lower.left, abs=0.1)
    assert upper.bottom < lower.top


def test_an_order_without_picture_leaves_the_room_empty(papers: Rendered, layout_name: str) -> None:
    page = papers[f"order-{layout_name}"][0]
    post = page.line("云溪县县长")
    assert page.pictures == ()
    assert post.right == pytest.approx(RIGHT - 4 * CHARACTER - 36 - 2 * CHARACTER, abs=0.8)


def test_attendance_is_labelled_in_black_and_wraps_after_the_colon(papers: Rendered, layout_name: str) -> None:
    page, pitch = papers[f"minutes-{layout_name}"][0], pitch_of(layout_name)
    lines = list(page.lines)
    rows = [page.line(f"{label}：") for label in ("出席", "请假", "列席")]
    for row in rows:
        assert row.left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.6)
        assert {font.partition("-")[0] for font in row.fonts} == {"FandolHei", "FandolFang"}
    last = lines.index(rows[2])
    wrapped = lines[last + 1 : -1]
    assert len(wrapped) >= 2
    assert all(line.left == pytest.approx(rows[2].glyphs[3].left, abs=0.4) for line in wrapped)
    before = lines[lines.index(rows[0]) - 1]
    assert rows[0].baseline - before.baseline == pytest.approx(2 * pitch, abs=0.3)


def test_minutes_have_a_red_rule_only_below_a_number(papers: Rendered, layout_name: str) -> None:
    assert papers[f"minutes-{layout_name}"][0].strokes == ()
    page = papers[f"numbered_minutes-{layout_name}"][0]
    assert red_rule(page).y - page.line("第3期").bottom == pytest.approx(4, abs=0.5)


def test_minutes_are_not_signed(papers: Rendered, layout_name: str) -> None:
    texts = [line.text for page in papers[f"minutes-{layout_name}"] for line in page.lines]
    assert ORGAN not in texts and not any("待填" in text for text in texts)


@JOINT
def test_names_of_a_joint_mark_are_spread_alike_and_the_host_stands_first(
    papers: Rendered, layout_name: str, count: int
) -> None:
    page = papers[f"joint_{count}-{layout_name}"][0]
    red = [line for line in page.lines if line.colour == (1, 0, 0)]
    names = [line.text.removesuffix("文件") for line in red if line.text != "文件"]
    ends = [[g for g in line.glyphs if g.text not in "文件" or g.left < MIDDLE] for line in red if line.text != "文件"]
    assert names == NAMES[:count]
    assert page.ink(red[0])[0] - TOP == pytest.approx(35, abs=0.5)
    assert [row[0].left for row in ends] == pytest.approx([ends[0][0].left] * count, abs=0.3)
    assert [row[-1].right for row in ends] == pytest.approx([ends[0][-1].right] * count, abs=0.5)


@JOINT
def test_the_word_of_a_joint_mark_stands_right_of_the_names_in_their_middle(
    papers: Rendered, layout_name: str, count: int
) -> None:
    page = papers[f"joint_{count}-{layout_name}"][0]
    red = [line for line in page.lines if line.colour == (1, 0, 0)]
    glyphs = [(g, line) for line in red for g in line.glyphs]
    right = sorted(glyphs, key=lambda pair: pair[0].right)[-2:]
    assert [g.text for g, _ in right] == ["文", "件"]
    names = [line for line in red if line.text != "文件"]
    middle = (names[0].baseline + names[-1].baseline) / 2
    assert right[0][1].baseline == pytest.approx(middle, abs=0.6)
    assert right[1][0].right <= RIGHT - CHARACTER + 0.5
    assert min(g.left for g, _ in glyphs) >= LEFT + CHARACTER - 0.5
    assert any(line.size == 16 and line.left > LEFT + 5 for line in page.lines[count + 1 :])


def test_rows_above_a_joint_mark_do_not_move_it(papers: Rendered, layout_name: str) -> None:
    page = papers[f"joint_marked-{layout_name}"][0]
    assert [line.text for line in page.lines[:3]] == ["000012", "秘密★1年", "特急"]
    assert page.ink(mark_of(page))[0] - TOP == pytest.approx(35, abs=0.5)


def test_a_seal_is_pressed_on_the_middle_of_organ_and_date(papers: Rendered, layout_name: str) -> None:
    page = next(page for page in papers[f"sealed-{layout_name}"] if page.pictures)
    seal, organ, date = page.pictures[0], page.line(ORGAN), page.line(DATE)
    across, down = seal.centre
    assert across == pytest.approx(organ.centre, abs=0.6)
    assert across == pytest.approx(date.centre + DATE_GAPS / 2, abs=0.6)
    assert down == pytest.approx((organ.top + date.bottom) / 2, abs=2.5)
    assert seal.right - seal.left == pytest.approx(42, abs=0.1)
    assert seal.bottom - seal.top == pytest.approx(42, abs=0.1)
    text = page.lines[page.lines.index(organ) - 1]
    assert 0 < seal.top - text.bottom <= 10.39 + 0.3


@pytest.mark.parametrize(("paper", "count"), [("sealed_jointly", 3), *((f"sealed_by_{n}", n) for n in (2, 4, 5, 6))])
def test_joint_seals_do_not_touch_and_stay_inside_the_type_area(
    papers: Rendered, layout_name: str, paper: str, count: int
) -> None:
    page = next(page for page in papers[f"{paper}-{layout_name}"] if page.pictures)
    assert len(page.pictures) == count
    for one, other in itertools.combinations(page.pictures, 2):
        apart = [abs(a - b) for a, b in zip(one.centre, other.centre, strict=True)]
        assert (apart[0] ** 2 + apart[1] ** 2) ** 0.5 > 42
    assert min(seal.left for seal in page.pictures) >= LEFT - 0.2
    assert max(seal.right for seal in page.pictures) <= RIGHT + 0.2
    last = max(page.pictures, key=lambda seal: (round(seal.top), seal.left))
    assert last.centre[0] == pytest.approx(page.line(DATE).centre + DATE_GAPS / 2, abs=0.8)


def test_organs_without_seal_stand_below_the_host(papers: Rendered, layout_name: str) -> None:
    page = next(p for p in papers[f"unsealed_jointly-{layout_name}"] if any(line.text == DATE for line in p.lines))
    at = [line.text for line in page.lines].index(DATE)
    rows, date = page.lines[at - 3 : at], page.lines[at]
    assert [row.text for row in rows] == NAMES[:3]
    assert date.left - rows[0].left == pytest.approx(2 * CHARACTER, abs=0.6)
    widest = max(rows, key=lambda row: row.right)
    assert widest.right == pytest.approx(RIGHT - 2 * CHARACTER, abs=0.6)


def test_addressees_that_leave_no_room_for_text_move_to_the_imprint(papers: Rendered, layout_name: str) -> None:
    first, *_ = crowded = papers[f"crowded-{layout_name}"]
    assert any(line.text.startswith("为做好冬季") for line in first.lines)
    last = crowded[-1]
    addressees, copied = last.line("主送：云溪县第一片区"), last.line("抄送：")
    assert addressees.size == 14
    assert addressees.baseline < copied.baseline
    between = [s for s in last.strokes if addressees.baseline < s.y < copied.baseline]
    assert between == [], "no rule between 主送 and 抄送 (7.4.2)"
    assert max(s.y for s in last.strokes) == pytest.approx(BOTTOM, abs=0.6)


def test_attachments_bound_apart_carry_the_number_of_the_paper(papers: Rendered, layout_name: str) -> None:
    page = papers[f"apart-{layout_name}"][-1]
    label = page.lines[0]
    assert label.text == "云文〔2026〕9号附件"
    assert label.left == pytest.approx(LEFT, abs=0.5)
