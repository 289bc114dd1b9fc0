"""An organisation's deviations on the rendered page: what they ask for is what stands there."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import pytest

from planwriter.form.deviations import read_deviations
from planwriter.standard import Profile, profile
from tests.layout import samples
from tests.layout.filling import filled
from tests.layout.measuring import MM, Page, pages
from tests.rendering import needs_rendering, pdfs

pytestmark = needs_rendering

OFFICE = """\
县图书馆:
  行距: 28
  层次标题: 排满
  加粗: [二级标题]
  页码位置: 居中
  标志字号: 40
窄边:
  页边距: {上: 30, 下: 28, 左: 25, 右: 25}
  层次标题: 排满
二十九:
  行距: 29
  层次标题: 排满
"""


def look(name: str) -> Profile:
    """A deviation laid over the standard."""
    return profile(name, read_deviations(OFFICE))


@pytest.fixture(scope="module")
def deviating(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Page]]:
    """A plan in each deviation, and a paper with a red head."""
    made = {name: filled("plan", look(name), samples.plan(look(name))) for name in ("县图书馆", "窄边", "二十九")}
    made["红头"] = filled("notice", look("县图书馆"), samples.notice(look("县图书馆")))
    made["窄红头"] = filled("notice", look("窄边"), samples.notice(look("窄边")))
    return {name: pages(pdf) for name, pdf in pdfs(made, tmp_path_factory.mktemp("deviating")).items()}


def full(found: list[Page]) -> list[Page]:
    """Pages of nothing but running text."""
    return [page for page in found if len(page.lines) == len(page.body()) + 1 and len(page.body()) > 19][:-1]


@pytest.mark.parametrize(("name", "points"), [("县图书馆", 28), ("二十九", 29)])
def test_the_first_row_stands_at_the_top_of_the_type_area_whatever_the_line_spacing(
    deviating: Mapping[str, list[Page]], name: str, points: float
) -> None:
    for page in full(deviating[name]):
        assert page.body()[0].baseline - 0.8 * points * MM == pytest.approx(37, abs=0.5)


@pytest.mark.parametrize(("name", "rows", "points"), [("县图书馆", 22, 28), ("二十九", 21, 29)])
def test_a_line_spacing_of_its_own_gives_the_rows_that_fit(
    deviating: Mapping[str, list[Page]], name: str, rows: int, points: float
) -> None:
    found = full(deviating[name])
    assert {len(page.body()) for page in found} == {rows}
    baselines = [line.baseline for line in found[0].body()]
    assert [(b - a) / MM for a, b in itertools.pairwise(baselines)] == pytest.approx([points] * (rows - 1), abs=0.1)


def test_page_numbers_stand_in_the_middle_seven_millimetres_below(deviating: Mapping[str, list[Page]]) -> None:
    for page in deviating["县图书馆"][:4]:
        number = page.lines[-1]
        assert number.text.startswith("—")
        assert number.centre == pytest.approx(28 + 156 / 2, abs=0.5)
        assert sum(page.ink(number, 0, 1)) / 2 - 262 == pytest.approx(7, abs=0.4)


def test_margins_carry_the_type_area_mark_and_number_with_them(deviating: Mapping[str, list[Page]]) -> None:
    page = full(deviating["窄边"])[0]
    assert min(line.left for line in page.body()) == pytest.approx(25, abs=0.6)
    assert max(line.right for line in page.body()) == pytest.approx(185, abs=0.8)
    assert sum(page.ink(page.lines[-1], 0, 1)) / 2 - (297 - 28) == pytest.approx(7, abs=0.4)
    first = deviating["窄红头"][0]
    mark = first.line("云溪县图书馆")
    assert first.ink(mark)[0] - 30 == pytest.approx(35, abs=0.4)


def test_a_mark_is_not_larger_than_the_organisation_wants(deviating: Mapping[str, list[Page]]) -> None:
    assert deviating["红头"][0].line("云溪县图书馆").size == 40
