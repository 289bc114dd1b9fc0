"""Threads that share one template and the library never see each other's forms."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import planwriter
from tests.documents import texts


def form_of(number: int) -> dict[str, Any]:
    mark = f"〈{number:05}〉"
    return {
        "单位": f"某{mark}校", "期间": "2027年", "引言": f"引{mark}言",
        "主要任务": [{"标题": f"题{mark}", "正文": f"文{mark}", "责任人": f"人{mark}"}] * 3,
        "月度安排": {"形式": "表格", "安排": [{"时间": "1月", "主题": f"主{mark}", "活动": [f"活{mark}"]}]},
        "公文": {"发文字号": f"某〔2026〕{number + 1}号", "附注": f"附{mark}注", "抄送机关": f"抄{mark}送"},
    }  # fmt: skip


def canaries(number: int) -> set[str]:
    return set(re.findall(r"〈(\d+)〉", "\n".join(texts(planwriter.write(form_of(number))))))


def test_eight_threads_write_papers_that_hold_their_own_words_alone() -> None:
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(canaries, range(160)))
    assert seen == [{f"{number:05}"} for number in range(160)]
