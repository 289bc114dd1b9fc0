"""Contexts of invented papers, as the built-in templates see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planwriter.standard import Profile
from planwriter.template.finished import TableColumn, attachment_note, imprint, mark, signature, signing, table

Context = dict[str, Any]

LIBRARY = "云溪县图书馆"
NOTICE_TITLE = "云溪县图书馆关于印发\n2027年度工作计划的通知"
PLAN_TITLE = "云溪县图书馆2027年度工作计划"
NUMBER = "云图〔2026〕9号"
DATE = "2026年12月8日"
COPY_TO = "县文化和旅游局，县财政局，县档案馆，各乡镇综合文化站，县新华书店"


def block(kind: str, *, ordinal: str = "", lead: str = "", text: str = "", grid: object = "") -> Context:
    """A block with all five keys."""
    return {"类": kind, "序": ordinal, "引题": lead, "文": text, "成品": grid}


READING = (
    "读书是最平常也最长久的事。图书馆立足一座小城，把书送到田头、校园和车间，让每一位愿意坐下来的人"
    "都有一盏灯、一张桌子、一本合意的书。全馆上下要把读者的需要放在前面，办好书目推荐、流动书车、"
    "有声阅览、亲子共读等活动，认真听取意见，逐项改进服务，做到开门有书、借还有序、环境整洁、待人热忱。"
)
SHORT = "办好每周一次的读者见面会，收集意见并逐条答复。"


def blocks(paragraphs: int = 24) -> list[Context]:
    """Every kind of block, then enough plain text to fill whole pages."""
    found = [
        block("正文", text="为做好全年工作，根据县里的总体安排，结合本馆实际，制定本计划。"),
        block("一级标题", ordinal="一、", text="总体要求"),
        block("正文", text=READING),
        block("二级标题", ordinal="（一）", text="把握方向"),
        block("三级标题", ordinal="1.", text="服务读者"),
        block("四级标题", ordinal="（1）", text="延长开放时间"),
        block("一级接排", ordinal="二、", lead="馆藏建设。", text=SHORT),
        block("二级接排", ordinal="（一）", lead="采购新书。", text=SHORT),
        block("三级接排", ordinal="1.", lead="少儿读物。", text=SHORT),
        block("四级接排", ordinal="（1）", lead="绘本。", text=SHORT),
        block("一级条目", ordinal="三、", text=SHORT),
        block("二级条目", ordinal="（一）", text=SHORT),
        block("三级条目", ordinal="1.", text=SHORT),
        block("四级条目", ordinal="（1）", text=SHORT),
    ]
    return found + [block("正文", text=READING) for _ in range(paragraphs)]


def schedule() -> object:
    """A table of months, long enough to run over a page."""
    columns = [TableColumn("月份", 1, True), TableColumn("重点工作", 5), TableColumn("责任部门", 2, True)]
    works = ["盘点书库，修补破损图书，核对借阅台账，完成年度统计。", "组织志愿者培训。"]
    rows = [[[f"{month}月"], works[: 1 + month % 2], ["借阅部、采编部"]] for month in range(1, 13)]
    return table(columns, rows * 2)


def plan(profile: Profile) -> Context:
    """A plan that stands alone, with a table, two attachments and a signature without seal."""
    text = [*blocks(), block("一级标题", ordinal="四、", text="月度安排"), block("成品", grid=schedule())]
    names = ["流动书车全年行车路线和停靠时间一览表以及沿线各阅读点负责人通讯录", "阅读推广活动经费预算"]
    return {
        **_common(),
        "标题": PLAN_TITLE,
        "题注": "（2026年12月3日馆务会议通过）",
        "正文": [*text, block("正文", text=SHORT)],
        "附件说明": attachment_note(names, profile.layout),
        "落款": signature([LIBRARY + "读者服务工作领导小组"], DATE, "no_seal", profile.layout),
        "附件": [
            {"标签": f"附件{at}", "标题": name, "题注": "", "正文": blocks(2)} for at, name in enumerate(names, 1)
        ],
    }


def notice(profile: Profile, **changed: object) -> Context:
    """A notice that issues the plan as text without a label; ``changed`` replaces items of 公文."""
    layout = profile.layout
    paper = {
        "份号": "",
        "密级": "",
        "紧急程度": "",
        "标志": mark(f"{LIBRARY}文件", 0, layout),
        "发文字号": NUMBER,
        "签发人": [],
        "签发行": "",
        "标题": NOTICE_TITLE,
        "主送机关": "各科室、各乡镇分馆：",
        "正文": [block("正文", text="现将本馆新一年的工作计划印发给你们，请结合实际认真落实。" + READING)],
        "附件说明": "",
        "落款": signature([LIBRARY], DATE, "seal", layout),
        "附注": "（此件公开发布）",
        "版记": imprint(COPY_TO, "", f"{LIBRARY}办公室", "2026年12月9日", layout),
    }
    issued = {"标签": "", "标题": PLAN_TITLE, "题注": "", "正文": blocks(4)}
    return {**_common(), "公文": {**paper, **changed}, "附件": [issued]}


def labelled_notice(profile: Profile) -> Context:
    """A notice with all rows of the head, of which the plan is a true attachment."""
    layout = profile.layout
    context = notice(
        profile,
        份号="000012",
        密级="秘密★1年",
        紧急程度="特急",
        标志=mark("云溪县图书馆理事会办公室文件", 3, layout),
        附件说明=attachment_note([PLAN_TITLE], layout),
        落款=signature([LIBRARY], DATE, "no_seal", layout),
        版记=imprint("，".join([COPY_TO] * 3), "各乡镇人民政府", "办公室", "2026年12月9日", layout),
    )
    return {**context, "附件": [{**_attached(context), "标签": "附件"}]}


def report(profile: Profile, signatories: list[str]) -> Context:
    """A paper that goes up, with its signatories beside the document number."""
    signing_rows = signing(NUMBER, signatories, profile.layout)
    return {**notice(profile, 签发人=signatories, 签发行=signing_rows), "附件": []}


def long_signature(profile: Profile) -> Context:
    """A sealed paper whose organ has a name too long to be centred on a date four characters in."""
    name = "云溪县农村公共文化服务体系建设工作协调联席会议办公室"
    return {**notice(profile, 落款=signature([name], DATE, "seal", profile.layout)), "附件": []}


def joint_seals(profile: Profile) -> Context:
    """A paper of three organs, each with its seal."""
    names = [LIBRARY, "云溪县文化馆", "云溪县档案馆"]
    return {**notice(profile, 落款=signature(names, DATE, "seal", profile.layout)), "附件": []}


def _attached(context: Mapping[str, Any]) -> Context:
    first: Context = context["附件"][0]
    return first


def _common() -> Context:
    return {"文件标题": PLAN_TITLE, "单位": LIBRARY, "期间": "2027年度", "文种": "计划"}
