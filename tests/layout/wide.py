"""Forms with wide tables: in the text, before a sign-off, in attachments, one after the other, last of all."""

from __future__ import annotations

from typing import Any

PROSE = "读书是最平常也最长久的事，图书馆立足一座小城，把书送到田头、校园和车间，认真听取意见，逐项改进服务。"
HEAD = ["序号", "阅读点名称", "所在乡镇", "负责人姓名", "联系电话号码", "开放时间安排", "藏书数量", "备注说明"]
POINTS = [
    [str(n), f"第{n}阅读点", "白云乡", "陆云溪", "0571-8800", "每周一至周五全天", "1200册", "需补书"]
    for n in range(1, 24)
]


def tasks(*, layout: str = "表格", count: int = 5) -> dict[str, Any]:
    """A section of tasks with so many particulars that its table is wide."""
    one = {
        "标题": "办好流动书车", "正文": "每月出车四次，沿线各点停靠一小时。", "牵头单位": "读者服务部", "责任人": "陆云溪",
        "完成时限": "12月底前", "目标": "出车48次", "依据": "《公共图书馆法》",
    }  # fmt: skip
    return {
        "类型": "主要任务",
        "形式": layout,
        "条目": [{**one, "标题": f"办好流动书车{n}号线"} for n in range(1, count + 1)],
    }


def plan(**changed: Any) -> dict[str, Any]:
    """A plan whose tasks stand in a wide table between running text."""
    return {
        "单位": "云溪县图书馆",
        "期间": "2027年",
        "引言": [PROSE * 3] * 6,
        "章节": [
            {"类型": "指导思想", "正文": [PROSE * 3] * 4},
            tasks(),
            {"类型": "其他", "标题": "工作要求", "正文": [PROSE * 3] * 12},
        ],
        "署名": "云溪县图书馆",
        "成文日期": "2026年12月8日",
        "附件": [
            {"标题": "阅读点一览表", "表": [HEAD, *POINTS]},
            {"标题": "有关要求", "正文": [PROSE * 2]},
            {"标题": "阅读点补充表", "表": [HEAD, *POINTS[:3]]},
        ],
        **changed,
    }


def notice() -> dict[str, Any]:
    """The plan issued under a red head, with an imprint behind its landscape pages."""
    head = {
        "发文机关": "云溪县图书馆", "发文字号": "云图〔2026〕9号", "主送机关": ["各分馆"], "正文": [PROSE],
        "抄送机关": ["县文化和旅游局"], "印发机关": "云溪县图书馆办公室", "印发日期": "2026年12月9日",
    }  # fmt: skip
    return {"公文": head, **plan()}
