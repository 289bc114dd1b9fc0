"""Pages from one to thirty and in every look, character by character: rows, faces, numbers (5.2, 7.3.3, 7.5)."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable

import pytest

from tests.layout.cases import CASES, MARKS_OF_SCRIPT, PROFILES
from tests.layout.conftest import Rendered
from tests.layout.measuring import MM, Glyph, Line, Page
from tests.layout.test_rendered_cases import PITCHES, each
from tests.layout.test_rendered_pages import BOTTOM, FACES, LEFT, RIGHT, TOP
from tests.rendering import needs_rendering

pytestmark = needs_rendering

LATIN = FACES["小标宋"]
"""What stands in for Times New Roman."""
LOOKS = (*PROFILES, "own")
IN_LOOK = pytest.mark.parametrize("look", LOOKS)
WITH_TIMES = {"times", "ink,windows,times", "own"}
NO_ROW_BEGINS_WITH = "，。、；：？！”’）》"
FIRST_ROW_DROP = {"frame": TOP, "ink": 34.58}
"""Where the first line box begins: the type area, or as far above it as the leading is (GB/T 33476.2)."""


def layout_of(name: str) -> str:
    """``frame`` or ``ink``."""
    return "ink" if "ink" in CASES[name].profile else "frame"


def full_pages(pages: list[Page]) -> list[Page]:
    """Pages of nothing but running text that runs on."""
    return [
        page for page in pages[:-1] if len(page.body()) == len(page.lines) - 1 and page.body()[-1].right > RIGHT - 8
    ]


def faces(glyphs: Iterable[Glyph]) -> set[str]:
    """The stand-ins in use, without their weights."""
    return {glyph.font.partition("-")[0].removesuffix("jp") for glyph in glyphs}


def own_face(glyphs: Iterable[Glyph], look: str) -> set[str]:
    """The faces of characters that the look does not set in a Latin face."""
    return faces(glyph for glyph in glyphs if look not in WITH_TIMES or not glyph.text.isascii())


@each("long-")
def test_every_full_page_has_twenty_two_rows_on_the_same_places(measured: Rendered, name: str) -> None:
    """22 rows that fill the type area (5.2.3), on every page alike, so that both sides of a leaf register (6.2)."""
    pitch = PITCHES[layout_of(name)]
    for page in full_pages(measured[name]):
        baselines = [line.baseline for line in page.body()]
        top = FIRST_ROW_DROP[layout_of(name)]
        assert baselines == pytest.approx([top + (0.8 + row) * pitch for row in range(22)], abs=0.25)


def test_the_long_plans_have_pages_enough_to_judge(measured: Rendered) -> None:
    full = {name: len(full_pages(measured[name])) for name in CASES if name.startswith("long-")}
    assert full["long-128-frame"] >= 20 and full["long-80-ink"] >= 12 and sum(full.values()) >= 60


@each("long-")
def test_every_full_row_has_twenty_eight_characters(measured: Rendered, name: str) -> None:
    """28 characters that fill the type area (5.2.3); one less where a mark would begin the next row (GB/T 15834)."""
    text = [line for page in measured[name] for line in page.body()]
    rows = [(one, after) for one, after in itertools.pairwise(text) if one.left < LEFT + 1 and one.right > RIGHT - 1]
    assert len(rows) > 2
    assert {len(one.text) for one, after in rows if after.text[1] not in NO_ROW_BEGINS_WITH} == {28}
    assert {len(one.text) for one, _ in rows} <= {27, 28}
    assert all(one.left >= LEFT - 0.5 and one.right <= RIGHT + 0.5 for one, _ in rows)


@each("long-", "long_paper-")
def test_every_page_has_its_number_outside_and_seven_millimetres_below(measured: Rendered, name: str) -> None:
    """四号半角宋体, a dash on either side, odd right and even left, one character in, 7 mm below (7.5)."""
    for page in measured[name]:
        number = page.lines[-1]
        assert number.text == f"—{page.number}—" and number.size == 14
        assert faces(number.glyphs) == {FACES["宋体"]}
        assert all(glyph.advance == pytest.approx(0.5, abs=0.05) for glyph in number.glyphs[1:-1])
        gap = RIGHT - number.right if page.number % 2 else number.left - LEFT
        assert gap == pytest.approx(14 * MM, abs=0.5)
    first = measured[name][0]
    assert sum(first.ink(first.lines[-1], 0, 1)) / 2 - BOTTOM == pytest.approx(7, abs=0.4)
    assert len({round(page.lines[-1].baseline, 1) for page in measured[name]}) == 1


@IN_LOOK
def test_a_look_keeps_the_page(measured: Rendered, look: str) -> None:
    """Type area, rows and characters are those of the standard whatever fonts are named (5.2.1, 5.2.3)."""
    name = f"look-plan-{look}"
    pitch = 28 * MM if look == "own" else PITCHES[layout_of(name)]
    text = [line for page in measured[name] for line in page.body()]
    assert min(line.left for line in text) == pytest.approx(LEFT, abs=0.5)
    assert max(line.right for line in text) == pytest.approx(RIGHT, abs=0.8)
    han = [
        line
        for line in text
        if line.left < LEFT + 1 and line.right > RIGHT - 1 and faces(line.glyphs) == {"FandolFang"}
    ]
    assert Counter(len(line.text) for line in han).most_common(1)[0][0] == 28
    assert max(len(line.text) for line in han) == 28
    steps = [(b.baseline - a.baseline) for page in measured[name] for a, b in itertools.pairwise(page.body()[:-1])]
    assert min(steps) == pytest.approx(pitch, abs=0.15)
    assert Counter(round(step, 1) for step in steps).most_common(1)[0][0] == pytest.approx(pitch, abs=0.15)


LEVELS = [
    ("一、主要任务", "黑体", "一、主要任务"),
    ("（一）办好县城活动", "楷体", "（一）办好县城活动"),
    ("1.场地", "仿宋", "1.场地"),
    ("（1）器材。", "仿宋", "（1）器材。"),
    ("2.人员。", "仿宋", "2.人员。"),
    ("（二）办好乡镇活动。", "楷体", "（二）办好乡镇活动。"),
    ("二、工作要求", "黑体", "二、工作要求"),
]


@IN_LOOK
@pytest.mark.parametrize(("beginning", "face", "heading"), LEVELS)
def test_each_level_has_its_face_and_what_runs_on_is_fangsong(
    measured: Rendered, look: str, beginning: str, face: str, heading: str
) -> None:
    """一、黑体，（一）楷体，1. and（1）仿宋, all 三号; the text after a run-in heading stays 仿宋 (7.3.3, 5.2.2)."""
    pages = measured[f"look-plan-{look}"]
    page = next(page for page in pages if any(line.text.startswith(beginning) for line in page.lines))
    line = page.line(beginning)
    lead, rest = line.glyphs[: len(heading)], line.glyphs[len(heading) :]
    assert line.size == 16
    assert own_face(lead, look) == {FACES[face]}
    assert own_face(rest, look) <= {FACES["仿宋"]}
    following = page.lines[page.lines.index(line) + 1]
    if rest:
        assert own_face(following.glyphs, look) == {FACES["仿宋"]}
    assert line.left == pytest.approx(LEFT + 32 * MM, abs=0.7)


@IN_LOOK
def test_title_and_labels_have_their_faces(measured: Rendered, look: str) -> None:
    """标题二号小标宋, 附件标签三号黑体, everything in 四号 of the imprint 仿宋 (7.3.1, 7.3.7, 7.4)."""
    plan, paper = measured[f"look-plan-{look}"], measured[f"look-paper-{look}"]
    titles = [line for page in (*plan, *paper) for line in page.lines if line.size == 22]
    assert len(titles) >= 4
    assert all(own_face(line.glyphs, look) == {FACES["小标宋"]} for line in titles)
    assert faces(plan[-1].line("附件").glyphs) == {FACES["黑体"]}
    imprint = [line for line in paper[-1].lines[:-1] if line.size == 14]
    assert len(imprint) == 2
    assert all(own_face(line.glyphs, look) == {FACES["仿宋"]} for line in imprint)
    assert all(faces(page.lines[-1].glyphs) == {FACES["宋体"]} for page in (*plan, *paper)), "page numbers"


def characters(pages: list[Page], wanted: str) -> list[Glyph]:
    """Every character of some kinds in the size of the text."""
    return [glyph for page in pages for line in page.body() for glyph in line.glyphs if glyph.text in wanted]


@IN_LOOK
def test_quotes_dashes_and_ellipses_are_chinese_and_a_character_wide(measured: Rendered, look: str) -> None:
    """Also beside Latin letters, also where digits have a Latin face: GB/T 15834, one character each."""
    found = characters(measured[f"look-plan-{look}"], "“”‘’—…")
    assert {glyph.text for glyph in found} == set("“”‘’—…")
    assert len(found) == 2 * sum(mark in "“”‘’—…" for mark in MARKS_OF_SCRIPT)
    assert faces(found) == {FACES["仿宋"]}
    assert {round(glyph.advance, 2) for glyph in found} == {1.0}


@IN_LOOK
def test_digits_and_letters_have_the_face_that_the_look_names(measured: Rendered, look: str) -> None:
    found = characters(measured[f"look-plan-{look}"], "0123456789ALED")
    assert len(found) > 10
    assert faces(found) == ({LATIN} if look in WITH_TIMES else {FACES["仿宋"]})


@IN_LOOK
def test_all_but_mark_and_red_rule_is_black(measured: Rendered, look: str) -> None:
    """文字的颜色均为黑色 (5.2.4)."""
    for page in (*measured[f"look-plan-{look}"], *measured[f"look-paper-{look}"]):
        coloured = [line for line in page.lines if any(line.colour)]
        assert all(line.text.endswith("文件") for line in coloured)


def _ends_in_heading(page: Page) -> bool:
    rows: list[Line] = [line for line in page.lines[:-1] if abs(line.size - 16) < 0.3]
    return bool(rows) and faces(rows[-1].glyphs) == {FACES["黑体"]}


@pytest.mark.parametrize("look", ["frame", "windows", "founder", "mac", "times", "keep_headings"])
def test_no_page_ends_in_a_heading(measured: Rendered, look: str) -> None:
    assert not any(_ends_in_heading(page) for page in measured[f"look-plan-{look}"])
