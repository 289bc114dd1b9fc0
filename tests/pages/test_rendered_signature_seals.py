"""The row of a signature seal and its date are kept together with text by the finishing pass (7.3.5.3, 7.3.5.5)."""

from __future__ import annotations

from typing import Any

import pytest

import planwriter
from planwriter.diagnostic import Severity
from planwriter.pages.finishing import finish
from planwriter.pages.reading import folded
from tests.pages.papers import ROW, Remembering, looked_at
from tests.rendering import needs_rendering

pytestmark = needs_rendering


def order(rows: int) -> dict[str, Any]:
    """An order of so many one-row paragraphs, signed beside its post title."""
    return {
        "公文": {
            "格式": "命令", "发文机关": "云溪县人民政府", "发文字号": "第7号", "正文": [ROW] * rows,
            "签发人": "陆云溪", "签发人职务": "云溪县县长", "成文日期": "2026年12月8日",
        }
    }  # fmt: skip


@pytest.mark.parametrize("rows", [8, 9])
def test_the_date_of_a_signature_seal_does_not_stand_alone(rows: int) -> None:
    converter = Remembering()
    finished = finish(planwriter.write(order(rows)), converter)
    assert not [note for note in finished.notes if note.severity is Severity.WARNING]
    last = ["".join(row.text for row in page) for page in looked_at(finished.docx, finished.pdf)[0].rows][-1]
    assert folded(ROW) in last and "云溪县县长陆云溪" in last and last.endswith("2026年12月8日")
    assert finished.pages == 2
