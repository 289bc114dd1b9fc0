"""Wide tables on landscape pages: size of the sheet, place and turn of the number, upright pages before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

import planwriter
from planwriter.actions import export_template
from tests.layout import wide
from tests.layout.measuring import MM
from tests.rendering import needs_rendering, pdfs

pytestmark = needs_rendering

DASH_AXIS = 28.0
"""From the left edge of the landscape sheet to the axis of the dashes: 35 mm of foot less 7 mm (7.5)."""
ONE_CHARACTER = 14 * MM


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Any]]:
    """The pages of every form with wide tables."""
    folder = tmp_path_factory.mktemp("landscape")
    exported = export_template("plan", folder / "模板.docx")
    made = {
        "frame": planwriter.write(wide.plan()),
        "ink": planwriter.write(wide.plan(), profile="ink"),
        "notice": planwriter.write(wide.notice()),
        "exported": planwriter.write(wide.plan(), template=exported),
        "twice": planwriter.write(wide.plan(章节=[wide.tasks(), wide.tasks(layout="横排表格")])),
    }
    with ExitStack() as opened:
        found = pdfs(made, folder).items()
        yield {name: opened.enter_context(pdfplumber.open(pdf)).pages for name, pdf in found}


def landscape(page: Any) -> bool:
    return bool(page.width > page.height)


def number(page: Any) -> list[Any]:
    """The characters of the page number: left of the table on a landscape page, below the text on an upright one."""
    if landscape(page):
        found = [c for c in page.chars if c["x0"] * MM < 32 and not c["upright"] and c["text"].strip()]
        return sorted(found, key=lambda c: c["top"])
    return sorted((c for c in page.chars if c["top"] * MM > 262 and c["text"].strip()), key=lambda c: c["x0"])


FORMS = pytest.mark.parametrize("name", ["frame", "ink", "notice", "exported", "twice"])


@FORMS
def test_numbers_run_on_through_upright_and_landscape_pages(sheets: Mapping[str, Any], name: str) -> None:
    said = ["".join(c["text"] for c in number(page)) for page in sheets[name]]
    assert said == [f"—{at}—" for at in range(1, len(said) + 1)]
    assert {landscape(page) for page in sheets[name]} == {True, False}


@FORMS
def test_a_landscape_number_stands_where_the_upright_sheet_has_it(sheets: Mapping[str, Any], name: str) -> None:
    for at, page in enumerate(sheets[name], 1):
        if not landscape(page):
            continue
        assert (page.width * MM, page.height * MM) == pytest.approx((297, 210), abs=0.1)
        first, *_, last = number(page)
        assert all(c["matrix"][:4] == pytest.approx((0, -1, 1, 0)) for c in number(page)), "read downwards"
        axis = first["matrix"][4] * MM + 0.38 * 14 * MM
        assert axis == pytest.approx(DASH_AXIS, abs=0.6)
        if at % 2:
            assert 184 - last["bottom"] * MM == pytest.approx(ONE_CHARACTER, abs=0.3)
        else:
            assert first["top"] * MM - 28 == pytest.approx(ONE_CHARACTER, abs=0.3)


@FORMS
def test_a_landscape_table_fills_the_turned_type_area(sheets: Mapping[str, Any], name: str) -> None:
    margin = 32.58 if name == "ink" else 35
    for page in filter(landscape, sheets[name]):
        edges = [edge * MM for rule in page.rects + page.lines for edge in (rule["x0"], rule["x1"])]
        assert (min(edges), max(edges)) == pytest.approx((margin, 297 - (34.58 if name == "ink" else 37)), abs=0.5)
        tops = [c["top"] * MM for c in page.chars if c["upright"]]
        assert min(tops) > 27
        assert max(c["bottom"] * MM for c in page.chars if c["upright"]) < 185


@pytest.mark.parametrize("name", ["frame", "ink"])
def test_upright_pages_after_it_hold_twenty_two_rows_of_twenty_eight(sheets: Mapping[str, Any], name: str) -> None:
    page = sheets[name][5]
    rows: dict[float, list[float]] = {}
    for c in page.chars:
        if abs(c["size"] - 16) < 0.3:
            rows.setdefault(round(c["matrix"][5], 1), []).append(c["x0"])
    assert len(rows) == 22
    assert max(map(len, rows.values())) == 28
    assert min(x for row in rows.values() for x in row) * MM == pytest.approx(28, abs=0.6)


def text_of(page: Any) -> str:
    return "".join(c["text"] for c in page.chars if c["upright"] and c["text"].strip())


def test_headings_and_labels_go_along_with_their_table(sheets: Mapping[str, Any]) -> None:
    turned = [text_of(page) for page in sheets["frame"] if landscape(page)]
    assert [one[:4] for one in turned] == ["二、主要", "附件1阅", "序号阅读", "附件3阅"]


def test_nothing_is_left_on_a_page_of_its_own(sheets: Mapping[str, Any]) -> None:
    for pages in sheets.values():
        assert all(text_of(page) for page in pages[:-1])
    assert landscape(sheets["frame"][-1])
    assert not landscape(sheets["notice"][-1]), "the imprint stands on an upright page"
    assert [landscape(page) for page in sheets["twice"][2:4]] == [True, True]


def test_the_shipped_pages_are_what_an_exported_template_gives(sheets: Mapping[str, Any], tmp_path: Path) -> None:
    assert [text_of(page) for page in sheets["exported"]] == [text_of(page) for page in sheets["frame"]]
