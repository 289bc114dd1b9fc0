"""Every case of ``cases.py``, rendered once and measured: head, title, sign-off, attachments, imprint (7.2–7.4).

The sizes and distances are those of the clauses named; none is taken from the code that writes the documents.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

import pytest

from tests.layout.cases import ATTACHMENTS, CASES, CLASSES, LONG, MARKINGS, ORGAN, SHORT, SIGNATORIES, Case
from tests.layout.conftest import Rendered
from tests.layout.measuring import MM, Line, Page, Stroke
from tests.layout.papers import DATE, NAMES
from tests.layout.test_rendered_elements import CHARACTER, DATE_GAPS, red_rule
from tests.layout.test_rendered_pages import BOTTOM, LEFT, RIGHT, TOP, set_in
from tests.rendering import needs_rendering

pytestmark = needs_rendering

PITCHES = {"frame": 28.95 * MM, "ink": 29.6 * MM}
"""Line pitch in millimetres: the largest of which 22 rows fit (5.2.3)."""
MIDDLE = (LEFT + RIGHT) / 2
ROW = PITCHES["frame"]
FIRST_BASELINE = TOP + 0.8 * ROW
IN_SMALL = 14 * MM


def cases(beginning: str) -> list[str]:
    """The names of the cases that begin so."""
    return [name for name in CASES if name.startswith(beginning)]


def each(*beginnings: str) -> pytest.MarkDecorator:
    """All cases that begin so, in turn."""
    return pytest.mark.parametrize("name", [name for one in beginnings for name in cases(one)])


def page_of(pages: list[Page], text: str) -> Page:
    """The last page with a line that begins so."""
    return next(page for page in reversed(pages) if any(line.text.startswith(text) for line in page.lines))


def row_of(line: Line) -> float:
    """Which row of the type area a line stands in, from 1 (3.2)."""
    return 1 + (line.baseline - FIRST_BASELINE) / ROW


def mark_of(page: Page) -> Line:
    """The first red line."""
    return next(line for line in page.lines if line.colour == (1, 0, 0))


def text_of(page: Page) -> list[Line]:
    """The lines of 16 points that are neither number, label nor sign-off: running text."""
    return [line for line in page.body() if line.right > RIGHT - 8 or line.text.endswith("。")]


def test_at_least_sixty_documents_of_every_kind_are_measured(measured: Rendered) -> None:
    """Over elements, formats, lengths and looks; other modules of this folder measure more."""
    assert len(measured) == len(CASES) >= 60
    formats = {str(case.form.get("公文", {}).get("格式", "计划")) for case in CASES.values()}
    assert formats == {"计划", "通知", "报告", "请示", "函", "命令", "纪要"}
    looks = {name for case in CASES.values() for name in case.profile.split(",")}
    assert looks >= {"frame", "ink", "windows", "founder", "mac", "times", "full_pages", "keep_headings"}
    assert any(case.looks for case in CASES.values()), "an organisation's own look"
    lengths = {len(pages) for pages in measured.values()}
    assert lengths >= {1, 2, 3, 4, 6, 10} and max(lengths) == 30
    joint = {len(case.form.get("公文", {}).get("发文机关", "")) for name, case in CASES.items() if "unsealed" in name}
    assert joint == {2, 3, 4, 5, 6}


@each("head-")
def test_markings_take_the_first_rows_in_their_order(measured: Rendered, name: str) -> None:
    """份号 on row 1, 密级 on row 2, 紧急程度 below, flush left, whichever there are (7.2.1–7.2.3)."""
    given = [word for key, word in MARKINGS.items() if key in name]
    lines = measured[name][0].lines[: len(given)]
    first = 2 if given[0] == MARKINGS["密级"] else 1
    assert [line.text for line in lines] == given
    assert [row_of(line) for line in lines] == pytest.approx(range(first, first + len(given)), abs=0.02)
    assert all(line.left == pytest.approx(LEFT, abs=0.5) and line.size == 16 for line in lines)
    for line in lines:
        face = "仿宋" if line.text == MARKINGS["份号"] else "黑体"
        assert set_in(line, face)


@each("head-", "signatories-", "title-", "mark-", "look-paper-frame", "look-paper-windows", "look-paper-founder",
      "look-paper-mac", "look-paper-full_pages", "look-paper-keep_headings", "look-paper-own")  # fmt: skip
def test_mark_and_red_rule_have_their_distances_whatever_stands_around_them(measured: Rendered, name: str) -> None:
    """The mark 35 mm down (7.2.4), its number two rows below (7.2.5), the rule 4 mm below, 156 mm long (7.2.7)."""
    page = measured[name][0]
    mark, number = mark_of(page), next(line for line in page.lines if "〔2026〕" in line.text)
    assert page.ink(mark)[0] - TOP == pytest.approx(35, abs=0.5)
    assert mark.centre == pytest.approx(MIDDLE, abs=0.5)
    assert set_in(mark, "小标宋")
    assert mark.left >= LEFT and mark.right <= RIGHT
    above = next(line for line in page.lines if line.baseline > mark.baseline + 5)
    assert 20 <= above.top - page.ink(mark)[1] <= 28
    rule = red_rule(page)
    assert rule.y - number.bottom == pytest.approx(4, abs=0.3)
    assert (rule.length, rule.left) == pytest.approx((156, LEFT), abs=0.8)


@pytest.mark.parametrize("count", range(1, 6))
def test_signatories_stand_two_to_a_row_and_the_number_beside_the_last(measured: Rendered, count: int) -> None:
    """姓名右空一字; each row two names in order; the number level with the last name (7.2.6)."""
    page = measured[f"signatories-{count}"][0]
    rule = red_rule(page)
    rows = [line for line in page.lines if mark_of(page).baseline < line.baseline < rule.y]
    assert len(rows) == (count + 1) // 2
    names = "".join(line.text for line in rows).replace("签发人：", "").replace("云文〔2026〕9号", "")
    assert names == "".join(SIGNATORIES[:count])
    assert "云文〔2026〕9号" in rows[-1].text and "签发人：" in rows[0].text
    assert rows[-1].left == pytest.approx(LEFT + CHARACTER, abs=0.5)
    full = rows[0] if count > 1 else rows[-1]
    assert full.right == pytest.approx(RIGHT - CHARACTER, abs=0.5)
    for person in SIGNATORIES[:count]:
        row = next(line for line in rows if person in line.text)
        at = row.text.index(person)
        assert all(glyph.font.startswith("FandolKai") for glyph in row.glyphs[at : at + len(person)])
    starts = [
        row.glyphs[row.text.index(SIGNATORIES[at])].left for at, row in zip(range(0, count, 2), rows, strict=True)
    ]
    assert starts == pytest.approx([starts[0]] * len(rows), abs=0.2)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_title_of_several_lines_is_centred_two_rows_below_the_rule(measured: Rendered, count: int) -> None:
    """二号小标宋, centred; several lines in the shape of a trapezium or a diamond; text one row below (7.3.1, 7.3.2)."""
    page = measured[f"title-{count}"][0]
    lines = [line for line in page.lines if line.size == 22]
    assert len(lines) == count
    assert all(set_in(line, "小标宋") for line in lines)
    assert [line.centre for line in lines] == pytest.approx([MIDDLE] * count, abs=0.5)
    assert 20 <= lines[0].top - red_rule(page).y <= 27
    widths = [line.right - line.left for line in lines]
    assert len(set(map(round, widths))) == count, "no rectangle"
    assert count < 3 or not widths[0] > widths[1] < widths[2], "no hourglass"
    assert 10 <= page.line("各乡镇").top - lines[-1].bottom <= 18


def test_addressees_wrap_flush_and_end_with_a_full_width_colon(measured: Rendered) -> None:
    page = measured["addressees"][0]
    first = page.line("各乡镇人民政府")
    lines = page.lines[page.lines.index(first) :][:2]
    assert "".join(line.text for line in lines) == f"{CLASSES}："
    assert [line.left for line in lines] == pytest.approx([LEFT] * 2, abs=0.5)
    assert lines[0].right == pytest.approx(RIGHT, abs=0.8)
    assert lines[1].glyphs[-1].advance == pytest.approx(1, abs=0.05)


@each("head-", "signatories-", "title-", "mark-", "signed-", "unsealed-", "stamped", "joint_stamped", "issued",
      "proper", "imprint-", "look-paper", "long_paper")  # fmt: skip
def test_the_first_page_shows_text(measured: Rendered, name: str) -> None:
    """公文首页必须显示正文 (7.3.3)."""
    assert text_of(measured[name][0])


@pytest.mark.parametrize("organ", [SHORT, ORGAN])
def test_a_sealed_date_ends_four_characters_in_with_the_organ_above_its_middle(measured: Rendered, organ: str) -> None:
    """成文日期右空四字, 署名以成文日期为准居中 (7.3.5.1)."""
    page = page_of(measured[f"signed-盖章-{len(organ)}"], DATE)
    date = page.line(DATE)
    name = page.lines[page.lines.index(date) - 1]
    assert name.text == organ
    assert date.right == pytest.approx(RIGHT - 4 * CHARACTER, abs=0.5)
    assert name.centre == pytest.approx(date.centre + DATE_GAPS / 2, abs=0.4)
    assert date.baseline - name.baseline == pytest.approx(ROW, abs=0.2)


def test_a_long_sealed_organ_stays_inside_with_the_date_under_its_middle(measured: Rendered) -> None:
    page = page_of(measured[f"signed-盖章-{len(LONG)}"], DATE)
    date = page.line(DATE)
    name = page.lines[page.lines.index(date) - 1]
    assert name.text == LONG
    assert name.left >= LEFT - 0.5 and name.right <= RIGHT + 0.5
    assert name.centre == pytest.approx(date.centre + DATE_GAPS / 2, abs=0.6)


@pytest.mark.parametrize("organ", [SHORT, ORGAN, LONG])
def test_an_unsealed_signature_follows_the_text_after_one_row(measured: Rendered, organ: str) -> None:
    """One row below the text, 右空二字; the date two characters right of the organ's first (7.3.5.2)."""
    page = page_of(measured[f"signed-不盖章-{len(organ)}"], DATE)
    date = page.line(DATE)
    at = page.lines.index(date)
    text, name = page.lines[at - 2], page.lines[at - 1]
    assert name.text == organ
    assert name.baseline - text.baseline == pytest.approx(2 * ROW, abs=0.2)
    assert date.baseline - name.baseline == pytest.approx(ROW, abs=0.2)
    longest = date if len(organ) < 6.5 else name
    # A name as long as the row stands as far in as there is room.
    inset = 2 * CHARACTER if organ != LONG else 18.2 * MM
    assert longest.right == pytest.approx(RIGHT - inset, abs=0.5)
    gaps = DATE_GAPS if longest is date else 0
    assert date.left - name.left == pytest.approx(2 * CHARACTER - gaps, abs=0.5)


@each("unsealed-")
def test_joint_organs_without_seal_stand_one_below_the_other_host_first(measured: Rendered, name: str) -> None:
    """主办机关在前，其余依次向下 (7.3.5.2)."""
    count = int(name.removeprefix("unsealed-"))
    page = page_of(measured[name], DATE)
    date = page.line(DATE)
    rows = page.lines[page.lines.index(date) - count : page.lines.index(date)]
    assert [row.text for row in rows] == NAMES[:count]
    assert [row.left for row in rows] == pytest.approx([rows[0].left] * count, abs=0.2)
    longer_date = max(map(len, NAMES[:count])) < 6.5
    longest = [date] if longer_date else rows
    assert max(line.right for line in longest) == pytest.approx(RIGHT - 2 * CHARACTER, abs=0.6)
    assert date.left - rows[0].left == pytest.approx(2 * CHARACTER - longer_date * DATE_GAPS, abs=0.6)


@each("stamped_crossing-")
def test_post_and_date_of_a_signature_seal_stand_together_with_text(measured: Rendered, name: str) -> None:
    """Wherever the text ends: never a page with the date, or with post and date, alone (7.3.5.5)."""
    page = page_of(measured[name], DATE)
    texts = [line.text for line in page.lines]
    assert texts.index("云溪县文化馆馆长") == texts.index(DATE) - 1
    assert "各单位要落实场地。" in texts


def test_the_stamped_samples_cross_the_foot_of_a_page(measured: Rendered) -> None:
    assert {page_of(measured[name], DATE).number for name in cases("stamped_crossing-")} == {1, 2}


@each("stamped_crossing-", "joint_stamped")
def test_the_date_of_a_signature_seal_is_a_row_below_it_four_characters_in(measured: Rendered, name: str) -> None:
    """The seal takes two rows, its post stands in their middle; a blank row, then the date (7.3.5.3)."""
    page = page_of(measured[name], DATE)
    date = page.line(DATE)
    post = page.lines[page.lines.index(date) - 1]
    assert date.right == pytest.approx(RIGHT - 4 * CHARACTER, abs=0.5)
    assert date.baseline - post.baseline == pytest.approx(2.5 * ROW, abs=1.2)


@pytest.mark.parametrize("name", ["signed-盖章-26", "signed-不盖章-6", "stamped", "issued"])
def test_a_remark_stands_in_brackets_two_characters_in_below_the_date(measured: Rendered, name: str) -> None:
    """附注居左空二字加圆括号编排在成文日期下一行 (7.3.6)."""
    page = page_of(measured[name], DATE)
    date, remark = page.line(DATE), page.line("（此件公开发布）")
    assert remark.left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.6)
    assert remark.baseline - date.baseline == pytest.approx(ROW, abs=0.2)
    assert remark.size == 16 and set_in(remark, "仿宋")


@each("remarked_crossing-")
def test_a_remark_stands_below_the_date_wherever_the_page_ends(measured: Rendered, name: str) -> None:
    page = page_of(measured[name], DATE)
    texts = [line.text for line in page.lines]
    assert texts[texts.index(DATE) + 1] == "（此件公开发布）"
    assert "各单位要落实场地。" in texts


def test_the_remarked_samples_cross_the_foot_of_a_page(measured: Rendered) -> None:
    assert {page_of(measured[name], DATE).number for name in cases("remarked_crossing-")} == {1, 2}


def note_of(pages: Sequence[Page]) -> list[Line]:
    """The lines of the attachment note, which may run on over the foot of a page."""
    lines = [line for page in pages for line in page.lines if not re.fullmatch(r"—\d+—", line.text.replace(" ", ""))]
    return list(itertools.takewhile(lambda line: line.text != ORGAN, lines[index_of(lines, "附件：") :]))


def index_of(lines: Sequence[Line], beginning: str) -> int:
    """Where the first line with this beginning stands."""
    return next(at for at, line in enumerate(lines) if line.text.startswith(beginning))


@pytest.mark.parametrize("count", [1, 2, 11])
def test_the_attachment_note_is_aligned_and_its_names_end_without_a_mark(measured: Rendered, count: int) -> None:
    """One row below the text, 左空二字; names without a mark at the end wrap under their first character (7.3.4)."""
    page = page_of(measured[f"attached-{count}"], "附件：")
    first = page.line("附件：")
    at = page.lines.index(first)
    assert first.left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.5)
    assert first.baseline - page.lines[at - 1].baseline == pytest.approx(2 * ROW, abs=0.2)
    note = note_of(measured[f"attached-{count}"])
    said = "".join(line.text for line in note)
    numbered = [f"{n}.{title}" if count > 1 else title for n, title in enumerate(ATTACHMENTS[:count], 1)]
    assert said == "附件：" + "".join(numbered)
    # LibreOffice adds a quarter em after the full stop of a number and narrows the area by a fraction.
    name_starts = first.left + (3 if count == 1 else 4) * CHARACTER
    assert note[1].left == pytest.approx(name_starts, abs=0.5 * CHARACTER)
    numbers = [line for line in note[1:] if re.match(r"\d+\.", line.text)]
    assert len(numbers) == count - 1
    assert all(set_in(line, "仿宋") and line.size == 16 for line in note), "a second line is no heading"
    if numbers:
        assert [line.left for line in numbers] == pytest.approx([first.glyphs[3].left] * len(numbers), abs=0.3)


@pytest.mark.parametrize("name", ["attached-1", "attached-2", "attached-11", "proper"])
def test_each_attachment_has_its_label_on_row_one_and_its_title_on_row_three(measured: Rendered, name: str) -> None:
    """Label 三号黑体 flush on row 1, title centred on row 3, number and title those of the note (7.3.7)."""
    pages = measured[name]
    labelled = [page for page in pages if re.fullmatch(r"附件\d*", page.lines[0].text)]
    listed = "".join(line.text for line in note_of(pages))
    alone = len(labelled) == 1
    assert [page.lines[0].text for page in labelled] == [
        "附件" if alone else f"附件{n}" for n in range(1, len(labelled) + 1)
    ]
    assert len(labelled) == int(name.rpartition("-")[2]) if "-" in name else alone
    for number, page in enumerate(labelled, 1):
        label, title = page.lines[:2]
        assert set_in(label, "黑体") and label.size == 16
        assert label.left == pytest.approx(LEFT, abs=0.5)
        assert row_of(label) == pytest.approx(1, abs=0.03)
        # A line of 22 points stands a little lower in its row than one of 16.
        assert 3 <= row_of(title) <= 3.25
        assert title.centre == pytest.approx(MIDDLE, abs=0.5) and title.size == 22
        whole = "".join(line.text for line in page.lines if line.size == 22)
        assert f"{'' if alone else f'{number}.'}{whole}" in listed


@each("attached-", "issued", "proper", "long-", "long_paper-", "look-plan", "look-paper")
def test_numbers_run_on_through_attachments(measured: Rendered, name: str) -> None:
    """附件与正文一起装订，页码连续 (7.5)."""
    said = [page.lines[-1].text for page in measured[name]]
    assert said == [f"—{number}—" for number in range(1, len(said) + 1)]


def test_an_issued_plan_has_neither_note_nor_label(measured: Rendered) -> None:
    texts = [line.text for page in measured["issued"] for line in page.lines]
    assert not [text for text in texts if text.startswith("附件")]
    first = next(page for page in measured["issued"][1:] if page.lines[0].size == 22)
    assert first.lines[0].text == "冬季群众文化活动安排"


def imprint_rules(page: Page) -> list[Stroke]:
    """The black rules as long as the type area, from the top."""
    return sorted((s for s in page.strokes if s.colour != (1, 0, 0) and s.weight > 0.2), key=lambda s: s.y)


@each("imprint-", "issued", "proper", "format-order", "format-minutes")
def test_imprint_rules_have_their_weights_and_the_last_lies_on_the_foot(measured: Rendered, name: str) -> None:
    """Outer rules 0.35 mm, inner 0.25 mm, 156 mm; the last on the bottom of the last page's type area (7.4.1)."""
    page = measured[name][-1]
    rules = imprint_rules(page)
    inner = [] if "copied" in name or "printed" in name else [0.25]
    assert [rule.weight for rule in rules] == pytest.approx([0.35, *inner, 0.35], abs=0.03)
    assert all(
        rule.length == pytest.approx(156, abs=0.3) and rule.left == pytest.approx(LEFT, abs=0.3) for rule in rules
    )
    assert rules[-1].y == pytest.approx(BOTTOM, abs=0.6)
    assert not [s for earlier in measured[name][:-1] for s in imprint_rules(earlier)], "once"


@each("imprint-", "issued", "format-order", "format-minutes")
def test_imprint_rows_are_fourteen_points_one_character_in(measured: Rendered, name: str) -> None:
    """四号仿宋; 抄送 and 印发机关左空一字, the date with 印发 右空一字 (7.4.2, 7.4.3)."""
    page = measured[name][-1]
    rules = imprint_rules(page)
    rows = [line for line in page.lines if rules[0].y < line.baseline < rules[-1].y]
    assert all(line.size == 14 and set_in(line, "仿宋") for line in rows)
    copied = [line for line in rows if line.text.startswith("抄送：")]
    printed = [line for line in rows if line.text.endswith("印发")]
    assert bool(copied) == ("printed" not in name) and bool(printed) == ("copied" not in name)
    for line in [*copied, *printed]:
        assert line.left == pytest.approx(LEFT + IN_SMALL, abs=0.4)
    for line in printed:
        assert line.text.endswith("2026年12月9日印发")
        assert line.right == pytest.approx(RIGHT - IN_SMALL, abs=0.4)
    if copied:
        names = [line for line in rows if line not in printed]
        assert names[-1].text.endswith("。")
        assert all(line.left == pytest.approx(copied[0].glyphs[3].left, abs=0.4) for line in names[1:])
        assert all(line.right <= RIGHT - IN_SMALL + 0.5 for line in names)


@pytest.mark.parametrize("name", ["format-letter", "format-order", "format-minutes"])
def test_pages_of_special_formats_are_numbered_but_for_the_first_of_a_letter(measured: Rendered, name: str) -> None:
    """Like those of any paper (7.5), but 信函首页不显示页码 (10.1)."""
    first, *rest = measured[name]
    assert (first.lines[-1].text == "—1—") == (name != "format-letter")
    assert len(rest) > 1
    for page in rest:
        number = page.lines[-1]
        gap = RIGHT - number.right if page.number % 2 else number.left - LEFT
        assert (number.text, gap) == (f"—{page.number}—", pytest.approx(IN_SMALL, abs=0.5))


def test_cases_are_written_alike_twice(measured: Mapping[str, object]) -> None:
    """What was measured is what is written: same form, same bytes."""
    case: Case = CASES["proper"]
    assert "proper" in measured and case.written() == case.written()
