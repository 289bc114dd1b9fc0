"""What templates may name, with a Chinese sentence for each: the written contract of the context.

Templates are checked against it before they are filled; docs/template.md is generated from it, and a
test holds that the context gives exactly these names.
"""

from __future__ import annotations

from planwriter.template.shape import Listing, Record, Shape, Text, Trusted


def _record(**fields: tuple[Shape, str]) -> Record:
    return Record(fields)


_T, _X = Text(), Trusted()

BLOCK = _record(
    类=(_T, "这一段是什么：正文、一级标题…四级标题、一级接排…四级接排、一级条目…四级条目、成品"),
    序=(_T, "层次序数，如 一、（一）1.（1）；正文没有"),
    引题=(_T, "接排的小标题，已带句号；只有接排才有"),
    文=(_T, "文字"),
    成品=(_X, "排好的表格或段落，用 {{p 块.成品 }} 放进去；只有成品才有"),
)
_BLOCKS = Listing(BLOCK)
_ATTACHMENT = _record(
    标签=(_T, "附件、附件1…；随文印发的计划没有标签"),
    标题=(_T, "附件的标题，已按词意分行"),
    题注=(_T, "标题下的日期或会议"),
    正文=(_BLOCKS, "附件的各段"),
)
_PAPER = _record(
    份号=(_T, "六位数字"),
    密级=(_T, "如 秘密★1年"),
    紧急程度=(_T, "特急或加急"),
    标志=(_X, "排好的发文机关标志，用 {{p 公文.标志 }}"),
    发文字号=(_T, "如 青妇〔2026〕18号"),
    签发人=(Listing(_T), "上行文的签发人；下行文没有"),
    签发行=(_X, "上行文排好的发文字号和签发人，用 {{p 公文.签发行 }}；下行文没有"),
    标题=(_T, "公文标题，已按词意分行"),
    主送机关=(_T, "主送机关，已带冒号"),
    正文=(_BLOCKS, "公文自己的各段"),
    附件说明=(_X, "排好的附件说明，用 {{p 公文.附件说明 }}"),
    出席=(_T, "纪要的出席人员，之间用顿号"),
    请假=(_T, "纪要的请假人员，之间用顿号"),
    列席=(_T, "纪要的列席人员，之间用顿号"),
    落款=(_X, "排好的署名和成文日期，用 {{p 公文.落款 }}"),
    附注=(_T, "附注，已带括号"),
    版记=(_X, "排好的版记，用 {{p 公文.版记 }}"),
)
_TASK = _record(
    序号=(_T, "从1数起"), 标题=(_T, "任务的小标题"), 内容=(_T, "任务的正文"), 牵头单位=(_T, "牵头单位"),
    责任单位=(_T, "责任单位"), 配合单位=(_T, "配合单位"), 责任人=(_T, "责任人"), 完成时限=(_T, "如 3月底前"),
    目标=(_T, "数量目标"),
)  # fmt: skip
_ACTIVITY = _record(
    活动=(_T, "做什么"), 责任单位=(_T, "责任单位"), 责任人=(_T, "责任人"), 参加对象=(_T, "参加对象"),
    日期=(_T, "日期"), 完成时限=(_T, "完成时限"), 状态=(_T, "状态"),
)  # fmt: skip
_ENTRY = _record(
    时间=(_T, "如 3月、第四季度"), 主题=(_T, "主题"), 内容=(_T, "各项活动连成的一句话"),
    活动=(Listing(_ACTIVITY), "各项活动"),
)  # fmt: skip
_TARGET = _record(
    指标=(_T, "指标"), 要求=(_T, "如 不低于"), 目标值=(_T, "数字"), 单位=(_T, "计量单位"),
    全句=(_T, "如 走访困难妇女1200户"),
)  # fmt: skip
_BUDGET = _record(项目=(_T, "项目"), 金额=(_T, "金额"), 单位=(_T, "金额单位"), 来源=(_T, "来源"))
_PROBLEM = _record(标题=(_T, "问题"), 内容=(_T, "说明"), 措施=(_T, "措施"))

CONTEXT_SHAPE = _record(
    文件标题=(_T, "全文标题，不分行"),
    标题=(_T, "标题，已按词意分行"),
    题注=(_T, "标题下的日期或会议"),
    正文=(_BLOCKS, "全文各段，已编好层次序数"),
    附件说明=(_X, "排好的附件说明，用 {{p 附件说明 }}"),
    落款=(_X, "排好的署名和成文日期，用 {{p 落款 }}"),
    附件=(Listing(_ATTACHMENT), "各个附件；在公文里，随文印发的计划排在最前"),
    单位=(_T, "单位全称"),
    单位简称=(_T, "单位简称"),
    期间=(_T, "如 2027年"),
    文种=(_T, "如 工作计划"),
    署名=(_T, "署名，几个之间用顿号"),
    成文日期=(_T, "如 2026年12月20日"),
    引言=(Listing(_T), "引言各段"),
    任务=(Listing(_TASK), "主要任务里最下一层的各条"),
    安排=(Listing(_ENTRY), "月度安排的各行"),
    目标=(Listing(_TARGET), "工作目标里的数量目标"),
    经费=(Listing(_BUDGET), "经费各项"),
    问题=(Listing(_PROBLEM), "存在问题各条"),
    公文=(_PAPER, "公文要素；表单里没写“公文”时不能用"),
)
"""Every name a template may use, and what stands behind it."""
