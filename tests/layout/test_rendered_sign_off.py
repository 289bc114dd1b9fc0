"""Wherever on a page the text ends, the sign-off stands whole and never without text (7.3.5.5)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

import planwriter
from tests.layout.measuring import Page, pages
from tests.rendering import needs_rendering, pdfs

pytestmark = needs_rendering

ORGAN, DATE = "澄溪县总工会", "2026年12月1日"
WIDE_ORGAN, WIDE_DATE = "澄溪县妇女联合会", "2026年12月20日"
"""Together they leave the date a character to spare, less than some programs add at its digits."""
ROW = "做好第{}项。"
PLAN_ROWS, PAPER_ROWS = range(14, 21), range(2, 10)
SAMPLES = [
    *(f"plan-{rows}" for rows in PLAN_ROWS), *(f"paper-{rows}" for rows in PAPER_ROWS),
    *(f"items-{rows}" for rows in PLAN_ROWS),
]  # fmt: skip


def form(kind: str, rows: int) -> dict[str, object]:
    """A plan, a plan that ends with items, or a paper that issues one, whose own text takes so many rows."""
    text = [ROW.format(number) for number in range(1, rows + 1)]
    if kind == "items":
        listed = [{"标题": one, "标题形式": "接排"} for one in text]
        signed = {"署名": WIDE_ORGAN, "成文日期": WIDE_DATE}
        return {"单位": WIDE_ORGAN, "期间": "2027年", "主要任务": listed, **signed}
    plan: dict[str, object] = {"单位": ORGAN, "期间": "2027年", "署名": ORGAN, "成文日期": DATE}
    if kind == "plan":
        return {**plan, "引言": text}
    head = {"发文字号": "澄工〔2026〕8号", "主送机关": "各工会", "正文": text}
    return {**plan, "引言": "制定本计划。", "公文": head}


@pytest.fixture(scope="session")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Page]]:
    """The pages of every sample."""
    documents = {name: planwriter.write(form(name.split("-")[0], int(name.split("-")[1]))) for name in SAMPLES}
    return {name: pages(pdf) for name, pdf in pdfs(documents, tmp_path_factory.mktemp("signed")).items()}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sign_off_stands_whole_on_a_page_with_text(name: str, signed: Mapping[str, list[Page]]) -> None:
    organ, date = (WIDE_ORGAN, WIDE_DATE) if name.startswith("items") else (ORGAN, DATE)
    (page,) = [page for page in signed[name] if any(line.text == date for line in page.lines)]
    rows = [line.text for line in page.lines]
    assert rows[rows.index(date) - 1] == organ
    assert [text for text in rows[: rows.index(date)] if "做好第" in text]


@pytest.mark.parametrize("kind", ["plan", "paper", "items"])
def test_the_samples_cross_the_foot_of_a_page(kind: str, signed: Mapping[str, list[Page]]) -> None:
    ends = [
        next(page.number for page in found if any(line.text in (DATE, WIDE_DATE) for line in page.lines))
        for name, found in signed.items()
        if name.startswith(kind)
    ]
    assert ends[0] == 1 and ends[-1] == 2
