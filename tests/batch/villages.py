"""Small rosters as JSON lines over one shared form, and what a folder holds after a batch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from planwriter.batch.manifest import NAME

SHARED = """\
单位: {{镇}}{{村}}村民委员会
期间: 2027年
引言: 为做好{{ 村 }}2027年工作，制定本计划。
主要任务:
  - 标题: 修路
    正文: 铺水泥路{{公里}}公里，标记{{暗号}}。
    责任人: {{责任人}}
  - 标题: 清扫
    完成时限: 11月底前
月度安排:
  - 时间: 3月
    活动: 植树
  - 时间: 4月
    活动: 清淤
署名: {{镇}}{{村}}村民委员会
成文日期: 2027年1月12日
"""
PATTERN = "{镇}/{村}{期间}{文种}.docx"


def village(number: int, **columns: str) -> dict[str, object]:
    """A row whose every text is its own."""
    own = {"镇": f"第{number % 3}镇", "村": f"{number}号村", "公里": str(number % 9 + 1), "责任人": f"甲{number}",
           "暗号": f"CANARY{number:06d}"}  # fmt: skip
    return {**own, **columns}


def write_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """The rows as JSON lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def shared(folder: Path, text: str = SHARED) -> Path:
    """The shared form in a file."""
    path = folder / "共用.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def documents(folder: Path) -> dict[str, bytes]:
    """Every visible file of a folder with its bytes."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found if not path.name.startswith(NAME)}
