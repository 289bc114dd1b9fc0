"""All sample papers rendered once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from planwriter.standard import profile
from tests.layout import samples
from tests.layout.cases import CASES
from tests.layout.filling import filled
from tests.layout.measuring import Page, pages
from tests.rendering import pdfs, soffice

Rendered = Mapping[str, list[Page]]
LAYOUTS = ("frame", "ink")


def documents() -> dict[str, bytes]:
    """Every sample in both layouts, by name and layout."""
    made: dict[str, bytes] = {}
    for name in LAYOUTS:
        look = profile(name)
        made[f"plan-{name}"] = filled("plan", look, samples.plan(look))
        papers = {
            "issued": samples.notice(look),
            "labelled": samples.labelled_notice(look),
            "signed": samples.report(look, ["陆云溪"]),
            "jointly": samples.report(look, ["陆云溪", "白杨", "沈知秋"]),
            "long": samples.long_signature(look),
            "joint_seals": samples.joint_seals(look),
        }
        made |= {f"{paper}-{name}": filled("notice", look, context) for paper, context in papers.items()}
    filling = profile("full_pages")
    made["plan-full_pages"] = filled("plan", filling, samples.plan(filling))
    return made


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """The pages of every sample; judged only if the stand-in faces have Han characters of one em."""
    if soffice() is None:
        pytest.skip("soffice is not found")
    found = pdfs(documents(), tmp_path_factory.mktemp("rendered"))
    measured = {name: pages(pdf) for name, pdf in found.items()}
    _judge_faces(measured)
    return measured


TITLE_SIZE = 22.1  # points; long marks, which are larger, are narrowed on purpose


def _judge_faces(measured: Rendered) -> None:
    lines = [line for each in measured.values() for page in each for line in page.lines if line.size <= TITLE_SIZE]
    widths = {round(g.advance, 2) for line in lines for g in line.glyphs if "\u4e00" <= g.text <= "\u9fff"}
    assert widths == {1.0}, f"Han characters of the stand-in faces are {widths} em wide"


@pytest.fixture(params=LAYOUTS)
def layout_name(request: pytest.FixtureRequest) -> str:
    """Each layout in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """The pages of every case, in one run of LibreOffice."""
    if soffice() is None:
        pytest.skip("soffice is not found")
    written = {name: case.written() for name, case in CASES.items()}
    found = {name: pages(pdf) for name, pdf in pdfs(written, tmp_path_factory.mktemp("cases")).items()}
    _judge_faces(found)
    return found
