"""Same form, same bytes, whatever the surroundings; documents made side by side share nothing."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import planwriter
from tests.layout.forms import EXAMPLE_FORMS

THREADS, EACH = 8, 250
CANARY = re.compile(r"雀(\d{5})号")
SURROUNDINGS: dict[str, Mapping[str, str]] = {
    "seed 0": {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
    "far east": {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8"},
    "far west": {"PYTHONHASHSEED": "4294967295", "TZ": "Etc/GMT+12", "LANG": "tr_TR.UTF-8"},
    "gbk": {"PYTHONHASHSEED": "random", "LANG": "zh_CN.GBK", "LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0"},
}


def test_neither_hash_seed_time_zone_locale_nor_folder_changes_a_byte(tmp_path: Path) -> None:
    form = next(form for form in EXAMPLE_FORMS if form.stem == "women_annual_notice")
    made = {kind: by_command(form, tmp_path / kind, variables) for kind, variables in SURROUNDINGS.items()}
    assert {*made.values()} == {hashlib.sha256(planwriter.write(form)).hexdigest()}, made


def by_command(form: Path, folder: Path, variables: Mapping[str, str]) -> str:
    """The hash of a document written by a process of its own in a folder of its own."""
    folder.mkdir()
    inherited = {k: v for k, v in os.environ.items() if k not in ("LANG", "LC_ALL", "LC_CTYPE", "TZ")}
    path = str(Path(planwriter.__file__).parent.parent)
    command = [sys.executable, "-m", "planwriter", "write", str(form), "-o", "out.docx", "--no-finish"]
    environment = {**inherited, "PYTHONPATH": path, **variables}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return hashlib.sha256((folder / "out.docx").read_bytes()).hexdigest()


def canaried(number: int) -> dict[str, Any]:
    """A form that names its number wherever a form can say something; every third goes out under a notice."""
    bird = f"雀{number:05}号"
    form: dict[str, Any] = {
        "单位": f"{bird}镇妇联",
        "期间": "2027年",
        "引言": f"为{bird}作计划。",
        "主要任务": [
            {"标题": f"办{bird}", "正文": f"{bird}要办。", "责任人": bird},
            {"标题": f"再办{bird}", "责任人": "待填"},
        ],
        "月度安排": [{"时间": "3月", "活动": f"{bird}座谈会"}],
        "署名": f"{bird}镇妇联",
        "成文日期": "2026年12月1日",
    }
    if number % 3 == 0:
        form["公文"] = {
            "发文字号": "雀〔2026〕8号",
            "主送机关": f"各{bird}",
            "正文": f"请办{bird}。",
            "抄送机关": f"{bird}局",
        }
    if number % 10 == 0:
        form["成文日期"] = f"{bird}日"
    return form


def birds(number: int) -> set[str]:
    """The canaries that a document, or the refusal of a wrong form, names anywhere."""
    try:
        data = planwriter.write(canaried(number), profile=("frame", "ink", "windows")[number % 3])
    except planwriter.PlanwriterError as refused:
        assert number % 10 == 0
        return set(CANARY.findall("".join(map(repr, refused.diagnostics))))
    return {bird for text in _texts(data) for bird in CANARY.findall(text)}


def _texts(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith(("word/document", "word/header", "word/footer", "docProps/", "customXml/")):
                yield archive.read(name).decode("utf-8")


@pytest.mark.parametrize("number", [1, 3, 10])
def test_a_canary_is_found_where_there_is_one(number: int) -> None:
    assert birds(number) == {f"{number:05}"}


def test_no_document_of_two_thousand_made_by_eight_threads_holds_a_word_of_another() -> None:
    numbers = range(THREADS * EACH)
    with ThreadPoolExecutor(THREADS) as pool:
        foreign = {n: found for n, found in zip(numbers, pool.map(birds, numbers), strict=True) if found != {f"{n:05}"}}
    assert not foreign
