"""The page itself: grid, type area, page numbers, faces. Tolerances are those of the printed page."""

from __future__ import annotations

import itertools
import statistics

import pytest

from planwriter.standard import numbers as n
from planwriter.standard import profile
from tests.layout.conftest import Rendered
from tests.layout.measuring import MM, Line, Page
from tests.rendering import needs_rendering

pytestmark = needs_rendering

LEFT, TOP, RIGHT, BOTTOM = 28, 37, 184, 262
FACES = {
    "小标宋": "NotoSerifCJK",
    "仿宋": "FandolFang",
    "楷体": "FandolKai",
    "黑体": "FandolHei",
    "宋体": "BousungEG",
}


def full_pages(rendered: Rendered, layout_name: str) -> list[Page]:
    """Pages of the plan filled with nothing but running text."""
    found = [page for page in rendered[f"plan-{layout_name}"] if len(page.lines) == len(page.body()) + 1]
    return [page for page in found[:-1] if page.body()[-1].right > RIGHT - 8 and len(page.body()) > 20]


def set_in(line: Line, face: str) -> bool:
    """Whether all characters of a line are in the stand-in of a face."""
    return all(font.startswith(FACES[face]) for font in line.fonts)


def test_a_full_page_holds_twenty_two_rows(rendered: Rendered, layout_name: str) -> None:
    counts = {len(page.body()) for page in full_pages(rendered, layout_name)}
    assert counts == {22}


def test_a_full_row_holds_twenty_eight_characters(rendered: Rendered, layout_name: str) -> None:
    lines = [line for page in full_pages(rendered, layout_name) for line in page.body()]
    flush = [len(line.text) for line in lines if line.left < LEFT + 1 and line.right > RIGHT - 1]
    assert len(flush) > 20
    assert set(flush) == {28}


def test_rows_are_evenly_spaced_by_the_pitch(rendered: Rendered, layout_name: str) -> None:
    pitch = profile(layout_name).layout.pitch
    for page in full_pages(rendered, layout_name):
        baselines = [line.baseline for line in page.body()]
        steps = [(b - a) / MM for a, b in itertools.pairwise(baselines)]
        assert steps == pytest.approx([pitch] * 21, abs=0.1)


def test_text_fills_the_type_area_from_side_to_side(rendered: Rendered, layout_name: str) -> None:
    for page in full_pages(rendered, layout_name):
        assert min(line.left for line in page.body()) == pytest.approx(LEFT, abs=0.5)
        assert max(line.right for line in page.body()) == pytest.approx(RIGHT, abs=0.7)


def test_rows_of_the_frame_layout_fill_the_type_area(rendered: Rendered) -> None:
    for page in full_pages(rendered, "frame"):
        pitch = profile("frame").layout.pitch * MM
        first, last = page.body()[0].baseline, page.body()[-1].baseline
        assert first - n.BASELINE_SHARE.value * pitch == pytest.approx(TOP, abs=0.5)
        assert last + (1 - n.BASELINE_SHARE.value) * pitch == pytest.approx(BOTTOM, abs=0.5)


def test_characters_of_the_ink_layout_fill_the_type_area(rendered: Rendered) -> None:
    for page in full_pages(rendered, "ink"):
        assert page.body()[0].top == pytest.approx(TOP, abs=1.1)
        assert page.body()[-1].bottom == pytest.approx(BOTTOM, abs=1.1)


def test_every_page_has_its_number_between_dashes(rendered: Rendered) -> None:
    for each in rendered.values():
        for page in each:
            assert page.lines[-1].text == f"—{page.number}—"


def test_page_numbers_stand_one_character_in_odd_right_even_left(rendered: Rendered) -> None:
    character = 14 * MM
    for page in itertools.chain.from_iterable(rendered.values()):
        number = page.lines[-1]
        gap = RIGHT - number.right if page.number % 2 else number.left - LEFT
        assert gap == pytest.approx(character, abs=0.5)


def test_the_dash_of_the_page_number_is_seven_millimetres_below(rendered: Rendered, layout_name: str) -> None:
    for page in rendered[f"issued-{layout_name}"]:
        top, bottom = page.ink(page.lines[-1], 0, 1)
        assert (top + bottom) / 2 - BOTTOM == pytest.approx(7, abs=0.3)


def test_page_numbers_are_fourteen_points_in_song(rendered: Rendered, layout_name: str) -> None:
    for page in rendered[f"plan-{layout_name}"]:
        assert page.lines[-1].size == 14
        assert set_in(page.lines[-1], "宋体")


def test_the_title_is_twenty_two_points_and_centred(rendered: Rendered, layout_name: str) -> None:
    title = rendered[f"plan-{layout_name}"][0].lines[0]
    assert title.size == 22
    assert set_in(title, "小标宋")
    assert title.centre == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)


@pytest.mark.parametrize(
    ("beginning", "face"),
    [
        ("（2026年", "楷体"),
        ("为做好", "仿宋"),
        ("一、总体", "黑体"),
        ("（一）把握", "楷体"),
        ("1.服务", "仿宋"),
        ("（1）延长", "仿宋"),
    ],
)
def test_each_level_has_its_face(rendered: Rendered, layout_name: str, beginning: str, face: str) -> None:
    line = rendered[f"plan-{layout_name}"][0].line(beginning)
    assert line.size == 16
    assert set_in(line, face)


def test_the_lead_of_a_run_in_heading_differs_from_its_text(rendered: Rendered, layout_name: str) -> None:
    line = rendered[f"plan-{layout_name}"][0].line("二、馆藏建设")
    assert {font.partition("-")[0] for font in line.fonts} == {FACES["黑体"], FACES["仿宋"]}


def test_a_paragraph_begins_two_characters_in_and_wraps_flush(rendered: Rendered, layout_name: str) -> None:
    lines = rendered[f"plan-{layout_name}"][0].lines
    first = next(at for at, line in enumerate(lines) if line.text.startswith("为做好"))
    assert (lines[first].left - LEFT) / MM == pytest.approx(32, abs=1.2)
    assert lines[first + 1].left == pytest.approx(LEFT, abs=0.5)


def test_all_text_but_the_mark_is_black(rendered: Rendered) -> None:
    for page in itertools.chain.from_iterable(rendered.values()):
        coloured = {line.text for line in page.lines if any(line.colour)}
        assert all(text.endswith("文件") for text in coloured)


def ends_in_heading(page: Page) -> bool:
    return set_in(page.lines[-2], "黑体")


def test_a_heading_is_not_the_last_row_of_a_page_where_the_profile_keeps_headings(rendered: Rendered) -> None:
    assert any(ends_in_heading(page) for page in rendered["plan-full_pages"]), "the sample must put it to the test"
    assert not any(ends_in_heading(page) for page in rendered["plan-frame"])


def test_tables_stay_inside_the_type_area(rendered: Rendered, layout_name: str) -> None:
    strokes = [s for page in rendered[f"plan-{layout_name}"] for s in page.strokes]
    assert len(strokes) > 20
    assert min(s.left for s in strokes) == pytest.approx(LEFT, abs=0.2)
    assert max(s.right for s in strokes) == pytest.approx(RIGHT, abs=0.2)


def test_the_head_of_a_table_is_repeated_on_every_page(rendered: Rendered, layout_name: str) -> None:
    with_table = [page for page in rendered[f"plan-{layout_name}"] if page.strokes]
    assert len(with_table) > 1
    for page in with_table:
        head = page.line("月份重点工作责任部门")
        assert set_in(head, "黑体")
        assert head.size == 12


def test_short_entries_of_a_table_do_not_wrap(rendered: Rendered, layout_name: str) -> None:
    texts = [line.text for page in rendered[f"plan-{layout_name}"] for line in page.lines]
    assert sum("10月" in text for text in texts) == 2


def test_text_stands_in_the_middle_of_its_row(rendered: Rendered, layout_name: str) -> None:
    page = next(page for page in rendered[f"plan-{layout_name}"] if page.strokes)
    head = page.line("月份重点工作")
    above = max(s.y for s in page.strokes if s.y < head.top)
    below = min(s.y for s in page.strokes if s.y > head.bottom)
    assert statistics.mean((head.top, head.bottom)) == pytest.approx((above + below) / 2, abs=0.3)
