"""Every sentence of a form stands in its document, in order, with the right numbers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import planwriter
from tests.documents import paragraphs, texts

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("PLANWRITER_SHARED", ROOT.parent / "shared"))
FORMS = sorted((ROOT / "examples").glob("*.yaml")) + sorted((SHARED / "forms").glob("*.yaml"))
UNPRINTED = {"类型", "kind", "形式", "layout", "标题形式", "heading_form", "格式", "format", "附件方式", "attachment_mode", "印章", "seal", "简称", "short_name", "内设机构", "departments", "上级单位", "superiors", "机关代字", "document_code", "期间", "period", "文种"}  # fmt: skip
PROSE = {
    "引言",
    "lead",
    "章节",
    "sections",
    "指导思想",
    "基本原则",
    "主要任务",
    "存在问题",
    "下一步",
    "工作回顾",
    "背景",
    "结语",
}
ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.(?!\d)|（\d+）)")


def read(path: Path) -> dict[str, Any]:
    form: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    return form


def scalars(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, below in value.items():
            if name not in UNPRINTED and not (name in ("单位", "unit") and isinstance(below, dict)):
                yield from scalars(below, name)
    elif isinstance(value, list):
        for below in value:
            yield from scalars(below, key)
    elif value.strip() and "待填" not in value:
        yield value.strip()


def bare(text: str) -> str:
    return re.sub(r"[。；，、：\s]+$", "", re.sub(r"\s", "", text))


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_every_text_of_a_form_stands_in_its_document(path: Path) -> None:
    whole = re.sub(r"\s", "", "\n".join(texts(planwriter.write(path))))
    missing = [text for text in scalars(read(path)) if bare(text) not in whole]
    assert not missing


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_the_prose_of_a_form_stands_in_its_document_once_and_in_order(path: Path) -> None:
    form = read(path)
    whole = re.sub(r"\s", "", "\n".join(texts(planwriter.write(path))))
    last = -1
    for text in prose(form):
        at = whole.find(text, last + 1)
        assert at > last, text
        assert whole.count(text) == sum(other.count(text) for other in prose(form)), text
        last = at


def prose(form: dict[str, Any]) -> list[str]:
    """Sentences long enough to be told from words that may stand twice, outside tables."""
    found: list[str] = []
    for key, value in form.items():
        if key in PROSE:
            parts = value if isinstance(value, list) else [value]
            found += [
                bare(text)
                for part in parts
                if not (
                    isinstance(part, dict)
                    and (
                        part.get("形式") == "表格"
                        or part.get("layout") in ("表格", "table")
                        or "安排" in part
                        or "entries" in part
                    )
                )
                for text in scalars(part)
                if len(text) > 25
            ]
    return found


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_ordinals_count_from_one_without_gaps_at_every_level(path: Path) -> None:
    counts: dict[int, int] = {}
    for style, text in paragraphs(planwriter.write(path)):
        if style.startswith(("PWTitle", "PWAttachmentLabel")):
            counts = {}
        found = re.fullmatch(r"PW(?:Heading|RunIn|Item)([1-4])", style)
        if found is None:
            continue
        level = int(found[1])
        mark = ORDINAL.match(text)
        assert mark is not None, text
        assert counted(mark[0], level) == counts.get(level, 0) + 1, text
        counts = {k: v for k, v in counts.items() if k < level} | {level: counts.get(level, 0) + 1}


def counted(mark: str, level: int) -> int:
    digits = mark.strip("、（）.")
    assert (
        mark.endswith("、"),
        mark.startswith("（") and not digits.isdigit(),
        mark.endswith("."),
        mark.startswith("（") and digits.isdigit(),
    )[level - 1], mark
    if digits.isdigit():
        return int(digits)
    tens, _, ones = digits.rpartition("十") if "十" in digits else ("", "", digits)
    numbers = "零一二三四五六七八九"
    return (numbers.index(tens or "一") * 10 if "十" in digits else 0) + (numbers.index(ones) if ones else 0)
