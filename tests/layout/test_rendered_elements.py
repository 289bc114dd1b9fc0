"""The elements of an official document, where the standard puts them."""

from __future__ import annotations

import pytest

from planwriter.standard import profile
from tests.layout.conftest import Rendered
from tests.layout.measuring import MM, Page, Stroke
from tests.layout.test_rendered_pages import BOTTOM, LEFT, RIGHT, TOP, set_in
from tests.rendering import needs_rendering

pytestmark = needs_rendering

CHARACTER = 16 * MM
DATE = "2026年12月8日"
# LibreOffice adds a quarter em between Han characters and digits, whatever the document says, four
# times in such a date, and narrows the text by a fraction of a character on either side.
DATE_GAPS = 4 * 0.25 * CHARACTER
NARROWED = 0.5


def red_rule(page: Page) -> Stroke:
    """The only rule that is not black."""
    return next(s for s in page.strokes if s.colour == (1, 0, 0))


def page_with(pages: list[Page], beginning: str) -> Page:
    """The first page with a line that begins so."""
    return next(page for page in pages if any(line.text.startswith(beginning) for line in page.lines))


@pytest.mark.parametrize("paper", ["issued", "labelled"])
def test_the_mark_begins_thirty_five_millimetres_down(rendered: Rendered, layout_name: str, paper: str) -> None:
    page = rendered[f"{paper}-{layout_name}"][0]
    mark = page.line("云溪县图书馆")
    assert mark.colour == (1, 0, 0)
    assert set_in(mark, "小标宋")
    assert page.ink(mark)[0] - TOP == pytest.approx(35, abs=0.4)
    assert mark.centre == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)


@pytest.mark.parametrize("paper", ["issued", "labelled"])
def test_the_mark_stays_one_character_inside(rendered: Rendered, layout_name: str, paper: str) -> None:
    mark = rendered[f"{paper}-{layout_name}"][0].line("云溪县图书馆")
    assert mark.left >= LEFT + CHARACTER - 0.5
    assert mark.right <= RIGHT - CHARACTER + 0.5


def test_copy_number_security_and_urgency_take_the_first_rows(rendered: Rendered, layout_name: str) -> None:
    pitch = profile(layout_name).layout.pitch * MM
    rows = rendered[f"labelled-{layout_name}"][0].lines[:3]
    assert [row.text for row in rows] == ["000012", "秘密★1年", "特急"]
    assert all(row.left == pytest.approx(LEFT, abs=0.6) for row in rows)
    assert rows[2].baseline - rows[0].baseline == pytest.approx(2 * pitch, abs=0.2)
    assert set_in(rows[0], "仿宋")
    assert set_in(rows[2], "黑体")


@pytest.mark.parametrize("paper", ["issued", "labelled", "signed", "jointly"])
def test_the_red_rule_is_four_millimetres_below_the_number(rendered: Rendered, layout_name: str, paper: str) -> None:
    page = rendered[f"{paper}-{layout_name}"][0]
    rule = red_rule(page)
    assert rule.y - page.line("云图〔2026〕").bottom == pytest.approx(4, abs=0.3)
    assert rule.length == pytest.approx(156, abs=1)


def test_two_rows_are_empty_between_mark_and_number(rendered: Rendered, layout_name: str) -> None:
    page = rendered[f"issued-{layout_name}"][0]
    mark, number = page.line("云溪县图书馆"), page.line("云图〔2026〕")
    assert 20 <= number.top - page.ink(mark)[1] <= 28
    assert number.centre == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)


def test_two_rows_are_empty_between_red_rule_and_title(rendered: Rendered, layout_name: str) -> None:
    page = rendered[f"issued-{layout_name}"][0]
    title = page.line("云溪县图书馆关于印发")
    assert 20 <= title.top - red_rule(page).y <= 27


def test_the_first_page_shows_text(rendered: Rendered, layout_name: str) -> None:
    for paper in ("issued", "labelled", "signed", "jointly"):
        assert rendered[f"{paper}-{layout_name}"][0].line("现将本馆")


def test_the_addressees_stand_flush_one_row_below_the_title(rendered: Rendered, layout_name: str) -> None:
    page = rendered[f"issued-{layout_name}"][0]
    title, addressees = page.line("2027年度工作计划"), page.line("各科室")
    assert addressees.left == pytest.approx(LEFT, abs=0.5)
    assert 10 <= addressees.top - title.bottom <= 18


def test_one_signatory_ends_one_character_before_the_edge(rendered: Rendered, layout_name: str) -> None:
    page = rendered[f"signed-{layout_name}"][0]
    row = page.line("云图〔2026〕")
    assert row.text.endswith("签发人：陆云溪")
    assert row.left == pytest.approx(LEFT + CHARACTER, abs=0.5)
    assert row.right == pytest.approx(RIGHT - CHARACTER, abs=0.5)
    assert any(font.startswith("FandolKai") for font in row.fonts)


def test_several_signatories_stand_in_columns_the_number_beside_the_last(rendered: Rendered, layout_name: str) -> None:
    page = rendered[f"jointly-{layout_name}"][0]
    first, last = page.line("签发人"), page.line("云图〔2026〕")
    assert first.text == "签发人：陆云溪白杨"
    assert last.text.endswith("号沈知秋")
    assert last.glyphs[-3].left == pytest.approx(first.glyphs[4].left, abs=0.2)


def test_the_date_of_a_sealed_paper_ends_four_characters_in(rendered: Rendered, layout_name: str) -> None:
    page = page_with(rendered[f"issued-{layout_name}"], DATE)
    assert page.line(DATE).right == pytest.approx(RIGHT - 4 * CHARACTER, abs=0.5)


def test_the_organ_of_a_sealed_paper_is_centred_on_the_date(rendered: Rendered, layout_name: str) -> None:
    page = page_with(rendered[f"issued-{layout_name}"], DATE)
    date, organ = page.line(DATE), page.line("云溪县图书馆")
    assert organ.centre == pytest.approx(date.centre + DATE_GAPS / 2, abs=0.3)


def test_a_long_organ_stays_inside_and_the_date_moves_under_its_middle(rendered: Rendered, layout_name: str) -> None:
    page = page_with(rendered[f"long-{layout_name}"], DATE)
    date, organ = page.line(DATE), page.line("云溪县农村")
    assert organ.right == pytest.approx(RIGHT, abs=0.5)
    assert organ.left >= LEFT
    assert organ.centre == pytest.approx(date.centre + DATE_GAPS / 2, abs=0.3)


def test_joint_organs_stand_apart_and_the_last_above_the_date(rendered: Rendered, layout_name: str) -> None:
    page = page_with(rendered[f"joint_seals-{layout_name}"], DATE)
    first, last = page.line("云溪县图书馆"), page.line(DATE)
    names = [line.text for line in page.lines if line.text.startswith("云溪县") and line.baseline < last.top]
    assert "".join(names) == "云溪县图书馆云溪县文化馆云溪县档案馆"
    organ = next(line for line in page.lines if line.text.endswith("云溪县档案馆"))
    centre = (organ.glyphs[-6].left + organ.right) / 2
    assert centre == pytest.approx(last.centre + DATE_GAPS / 2, abs=NARROWED)
    assert first.left >= LEFT


def test_without_seal_the_date_begins_two_characters_after_the_organ(rendered: Rendered, layout_name: str) -> None:
    pages = rendered[f"plan-{layout_name}"]
    page = page_with(pages, DATE)
    date, organ = page.line(DATE), page.line("云溪县图书馆读者")
    assert organ.right == pytest.approx(RIGHT - 2 * CHARACTER, abs=0.5)
    assert date.left - organ.left == pytest.approx(2 * CHARACTER, abs=NARROWED)


def test_a_date_longer_than_the_organ_ends_two_characters_in(rendered: Rendered, layout_name: str) -> None:
    page = page_with(rendered[f"labelled-{layout_name}"], DATE)
    date, organ = page.line(DATE), page.line("云溪县图书馆")
    assert date.right == pytest.approx(RIGHT - 2 * CHARACTER, abs=0.5)
    assert date.left - organ.left == pytest.approx(2 * CHARACTER - DATE_GAPS, abs=0.2)


def test_attachment_names_wrap_under_their_first_character(rendered: Rendered, layout_name: str) -> None:
    page = page_with(rendered[f"plan-{layout_name}"], "附件：1.")
    lines = list(page.lines)
    at = lines.index(page.line("附件：1."))
    first, rest, second = lines[at : at + 3]
    assert first.left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.5)
    assert rest.left == pytest.approx(first.glyphs[5].left, abs=0.25 * CHARACTER + 0.2)
    assert second.left == pytest.approx(first.glyphs[3].left, abs=0.2)


def test_an_attachment_has_its_label_on_row_one_and_title_on_row_three(rendered: Rendered, layout_name: str) -> None:
    layout = profile(layout_name).layout
    page = page_with(rendered[f"labelled-{layout_name}"], "附件")
    page = next(p for p in rendered[f"labelled-{layout_name}"] if p.lines[0].text == "附件")
    label, title = page.lines[:2]
    assert set_in(label, "黑体")
    assert label.left == pytest.approx(LEFT, abs=0.5)
    assert label.baseline - layout.top == pytest.approx(0.8 * layout.pitch * MM, abs=0.3)
    assert title.centre == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)
    assert 2 <= (title.baseline - label.baseline) / (layout.pitch * MM) <= 2.3


def test_an_issued_text_begins_a_page_without_a_label(rendered: Rendered, layout_name: str) -> None:
    pages = rendered[f"issued-{layout_name}"]
    page = page_with(pages[1:], "云溪县图书馆2027年度")
    assert page.lines[0].text == "云溪县图书馆2027年度工作计划"
    assert not any(line.text.startswith("附件") for p in pages for line in p.lines)


@pytest.mark.parametrize("paper", ["issued", "labelled", "signed"])
def test_the_imprint_stands_on_the_bottom_of_the_type_area(rendered: Rendered, layout_name: str, paper: str) -> None:
    page = rendered[f"{paper}-{layout_name}"][-1]
    top, middle, bottom = sorted(page.strokes, key=lambda stroke: stroke.y)
    assert bottom.y == pytest.approx(BOTTOM, abs=0.6)
    assert top.y < middle.y
    assert [s.weight for s in (top, middle, bottom)] == pytest.approx([0.35, 0.25, 0.35], abs=0.03)
    assert all(s.length == pytest.approx(156, abs=0.3) for s in (top, middle, bottom))


def test_the_imprint_is_set_one_character_in(rendered: Rendered, layout_name: str) -> None:
    page = rendered[f"issued-{layout_name}"][-1]
    copy_to, printing = page.line("抄送："), page.line("云溪县图书馆办公室")
    inset = 14 * MM
    assert copy_to.size == printing.size == 14
    assert copy_to.left == pytest.approx(LEFT + inset, abs=0.3)
    assert printing.left == pytest.approx(LEFT + inset, abs=0.3)
    assert printing.text.endswith("日印发")
    assert printing.right == pytest.approx(RIGHT - inset, abs=0.3)


def test_names_that_wrap_align_after_the_colon_and_end_with_a_stop(rendered: Rendered, layout_name: str) -> None:
    page = rendered[f"labelled-{layout_name}"][-1]
    lines = [line for line in page.lines if line.size == 14][:-1]
    first = page.line("抄送：")
    wrapped = [line for line in lines if first.baseline < line.baseline < page.line("办公室").top]
    assert len(wrapped) > 1
    assert all(line.left == pytest.approx(first.glyphs[3].left, abs=0.3) for line in wrapped)
    assert wrapped[-1].text.endswith("。")
    assert page.line("主送：").baseline < first.baseline
