"""Invented papers and plans that put each element, format, length and look to the test: one form each, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import planwriter
from tests.layout.papers import DATE, NAMES, ORGAN, TEXT, paper

TITLE = "云溪县文化馆关于冬季开放时间的通知"
ROW = "各单位要落实场地。"
PROSE = (
    "群众文化活动贵在经常，各单位要把场地排好，把人员定好，把安全责任落到每一个岗位，做到有人管、有人看、有人问，"
    "让来的人都能坐得下、看得见、听得清。遇有雨雪天气及时调整时间并提前告知，活动结束后清点器材、打扫场地，"
    "把好的做法记下来，下一次办得更好。"
)
"""A paragraph of Chinese characters alone, so that its full rows hold the same number of characters everywhere."""

MARKINGS = {"份号": "000012", "密级": "机密★1年", "紧急程度": "加急"}
SIGNATORIES = ["陆云溪", "白杨树", "沈知秋", "顾闻溪", "许砚秋"]
CLASSES = "各乡镇人民政府、各街道办事处，县人民政府各部门、各直属机构，各人民团体，各普通中小学和幼儿园"
SHORT, LONG = "云溪县文联", "云溪县农村公共文化服务体系建设工作协调联席会议办公室"
ATTACHMENTS = [
    "冬季群众文化活动场地、器材和责任人员一览表以及各乡镇综合文化站值班联系电话汇编",
    "活动安全须知",
    *(f"第{number}场活动流程" for number in range(3, 12)),
]
MARKS_OF_SCRIPT = "要办好“村晚”和‘百姓舞台’——这是群众的节日……各站都要“早准备、早排练”，做到A4纸和LED屏一样不少。"
PROFILES = ("frame", "windows", "founder", "mac", "times", "full_pages", "keep_headings", "ink,windows,times")
PARAGRAPHS = {"frame": (1, 6, 14, 24, 40, 60, 96, 128), "ink": (1, 10, 32, 80)}
"""How many paragraphs make a plan of one page, two, and so on up to thirty."""


@dataclass(frozen=True)
class Case:
    """A form, the look it is written in, and the file of the organisation's own looks, if any."""

    form: dict[str, Any]
    profile: str = "frame"
    looks: Path | None = None

    def written(self) -> bytes:
        """The document."""
        return planwriter.write(self.form, profile=self.profile, profile_file=self.looks)


def plan(paragraphs: int, **changed: Any) -> dict[str, Any]:
    """A plan that stands alone, of so many paragraphs of prose."""
    return {
        "单位": ORGAN, "期间": "2027年", "引言": [PROSE] * paragraphs, "署名": ORGAN, "成文日期": DATE, **changed,
    }  # fmt: skip


def every_level() -> dict[str, Any]:
    """A plan with headings and run-in headings of all four levels, and every mark of script."""
    fourth = [{"标题": "器材", "正文": MARKS_OF_SCRIPT}]
    third = [{"标题": "场地", "条目": fourth, "标题形式": "独行"}, {"标题": "人员", "正文": PROSE}]
    task = {"标题": "办好县城活动", "正文": PROSE, "条目": third}
    return plan(
        1,
        章节=[
            {"类型": "主要任务", "条目": [task, {"标题": "办好乡镇活动", "标题形式": "接排", "正文": MARKS_OF_SCRIPT}]},
            {"类型": "其他", "标题": "工作要求", "正文": [PROSE] * 4},
        ],
        附件=[{"标题": title, "正文": PROSE} for title in ATTACHMENTS[:1]],
    )


def whole(**changed: Any) -> dict[str, Any]:
    """A notice with every element of the head and of the imprint."""
    return paper(
        **MARKINGS, 正文=[PROSE] * 5, 附注="此件公开发布", 抄送机关=["县委宣传部", "县财政局"],
        印发机关=f"{ORGAN}办公室", 印发日期="2026年12月9日", **changed,
    )  # fmt: skip


def _short(**changed: Any) -> dict[str, Any]:
    return paper(**{"正文": [TEXT], **changed})


def _head() -> Mapping[str, Case]:
    """Every combination of markings, one to five signatories, titles of one to three lines, short and long marks."""
    made = {
        "head-" + "".join(chosen): Case(_short(**{key: MARKINGS[key] for key in chosen}))
        for count in range(1, 4)
        for chosen in combinations(MARKINGS, count)
    }
    upward = {"主送机关": "县文化和旅游局", "附注": "联系人：白杨；联系电话：0300—5551208"}
    for count in range(1, 6):
        form = _short(格式="请示", 签发人=SIGNATORIES[:count], **upward)
        made[f"signatories-{count}"] = Case(form)
    made["signatories-report"] = Case(_short(格式="报告", 签发人=SIGNATORIES[:2], **MARKINGS, **upward))
    titles = {
        1: TITLE,
        2: "云溪县文化馆关于做好冬季群众文化活动安全工作的通知",
        3: "云溪县文化馆关于转发县文化和旅游局关于进一步做好冬季群众文化活动场所消防安全检查工作的通知",
    }
    made |= {f"title-{lines}": Case(_short(标题=title)) for lines, title in titles.items()}
    made |= {f"mark-{len(name)}": Case(_short(发文机关=name)) for name in (SHORT, ORGAN, LONG)}
    made["addressees"] = Case(_short(主送机关=CLASSES))
    return made


def _signing() -> Mapping[str, Case]:
    """The sign-off in every mode for short and long names, joint issue of two to six without seal, remark."""
    made = {
        f"signed-{seal}-{len(name)}": Case(_short(发文机关=name, 署名=name, 印章=seal, 附注="此件公开发布"))
        for seal in ("盖章", "不盖章")
        for name in (SHORT, ORGAN, LONG)
    }
    made |= {
        f"unsealed-{count}": Case(_short(发文机关=NAMES[:count], 署名=NAMES[:count], 印章="不盖章"))
        for count in range(2, 7)
    }
    # The text ends a row lower each time, so that the sign-off crosses the foot of the first page.
    for rows in range(1, 6):
        stamped = _short(标题=TITLE, 正文=[ROW] * rows, 印章="签名章", 签发人职务="云溪县文化馆馆长")
        made[f"stamped_crossing-{rows}"] = Case(stamped)
    for rows in range(2, 7):
        remarked = _short(标题=TITLE, 正文=[ROW] * rows, 附注="此件公开发布")
        made[f"remarked_crossing-{rows}"] = Case(remarked)
    made["stamped"] = Case(_short(印章="签名章", 签发人职务="云溪县文化馆馆长", 附注="此件公开发布"))
    made["joint_stamped"] = Case(
        _short(发文机关=NAMES[:3], 印章="签名章", 签发人职务=[f"{name}负责人" for name in NAMES[:3]])
    )
    return made


def _attached() -> Mapping[str, Case]:
    """One, two and eleven attachments of a notice, and of a plan, with the names that wrap."""
    made = {}
    for count in (1, 2, 11):
        files = [{"标题": title, "正文": SHORT} for title in ATTACHMENTS[:count]]
        made[f"attached-{count}"] = Case(plan(2, 附件=files))
    issued = {"标题": "冬季群众文化活动安排", "引言": [PROSE] * 3}
    made["issued"] = Case({**whole(附件方式="随文印发"), **issued})
    made["proper"] = Case({**whole(附件方式="附件"), **issued})
    return made


def _imprinted() -> Mapping[str, Case]:
    """The imprint with each of its elements alone and with all, in both layouts."""
    copied, printed = {"抄送机关": "县委宣传部"}, {"印发机关": ORGAN, "印发日期": "2026年12月9日"}
    many = {"抄送机关": [f"县第{word}片区文化服务中心" for word in "一二三四五六七八九"]}
    forms = {"copied": copied, "printed": printed, "both": copied | printed, "many": many | printed}
    return {
        f"imprint-{name}-{look}": Case(_short(**elements), look)
        for name, elements in forms.items()
        for look in ("frame", "ink")
    }


def _long() -> Mapping[str, Case]:
    """Plans from one page to thirty, and papers with imprint of some pages."""
    made = {f"long-{count}-{look}": Case(plan(count), look) for look, each in PARAGRAPHS.items() for count in each}
    made |= {f"long_paper-{count}": Case({**whole(), "引言": [PROSE] * count}) for count in (8, 16)}
    return made


def _looks() -> Mapping[str, Case]:
    """A plan with every level and a paper with every element in each look, and in an organisation's own."""
    forms: dict[str, Callable[[], dict[str, Any]]] = {"plan": every_level, "paper": whole}
    own = Path(__file__).parents[2] / "examples" / "profiles" / "单位版式.yaml"
    made = {f"look-{kind}-{look}": Case(form(), look) for kind, form in forms.items() for look in PROFILES}
    made |= {f"look-{kind}-own": Case(form(), "青江县妇联", own) for kind, form in forms.items()}
    return made


def _formats() -> Mapping[str, Case]:
    """The special formats with imprint and of more than a page."""
    order = {"格式": "命令", "发文字号": "第7号", "标题": None, "主送机关": None, "签发人职务": "云溪县县长"}
    minutes = {
        "格式": "纪要", "发文机关标志": "云溪县文化馆馆务会议纪要", "发文字号": "〔2026〕3号", "标题": None,
        "主送机关": None, "成文日期": None, "出席": SIGNATORIES,
    }  # fmt: skip
    imprint = {"抄送机关": "县委宣传部", "印发机关": ORGAN, "印发日期": "2026年12月9日"}
    return {
        "format-letter": Case(paper(格式="函", 正文=[PROSE] * 12, 抄送机关="县委宣传部")),
        "format-order": Case(paper(正文=[PROSE] * 8, **order, **imprint)),
        "format-minutes": Case(paper(正文=[PROSE] * 8, **minutes, **imprint)),
    }


CASES: Mapping[str, Case] = {
    **_head(), **_signing(), **_attached(), **_imprinted(), **_long(), **_looks(), **_formats(),
}  # fmt: skip
