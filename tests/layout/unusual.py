"""Papers that are unusual in one thing: many or long names, crowded heads, wide tables, as forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from planwriter.actions import write
from tests.layout.papers import SEAL, STAMP, TEXT, paper, png

ORGANS = [
    "云溪县水务局",
    "共青团云溪县委员会",
    "云溪县人力资源和社会保障局",
    "云溪县妇联",
    "云溪县农村公共文化服务体系建设协调小组",
    "县总工会",
]
PEOPLE = ["顾溪", "欧阳闻溪", "沈知秋", "白杨", "阿依古丽·买买提"]
MARKINGS = {"份号": "000012", "密级": "秘密★1年", "紧急程度": "特急"}
LONG_TITLE = (
    "云溪县水务局等六部门关于印发《云溪县农村公共文化服务设施GIS监测平台V2.0建设与运行管理办法"
    "（2026—2030年）》并开展IPv6改造试点工作的通知"
)
LONG_ORGAN = "云溪县农村公共文化服务体系建设暨全域旅游发展与乡土文化传承保护利用工作协调小组办公室"
LONG_ATTACHMENT = "云溪县公共文化服务设施布局优化和乡土文化传承保护利用工作成员单位职责分工一览表"
HEAD = [
    "序号", "场馆名称", "起点", "终点", "面积（平方米）", "结构形式", "建成年份", "管理单位", "责任人", "联系电话",
    "存在问题", "整改时限",
]  # fmt: skip
_PROBLEM = "屋面多处渗水，消防通道堆放杂物，应急照明不亮，需要尽快清理并更换老化线路"
_ROW = ["柳林场馆北区及附属用房", "1号门", "2号门", "350", "砖混", "2015", "县文化馆管理所", "欧阳闻溪", "0000-0000000",
        _PROBLEM, "2027年2月底前"]  # fmt: skip
_WIDE = {"标题": "场馆整改明细表", "表": [HEAD, *([str(number), *_ROW] for number in range(1, 13))]}
_JOINTLY = {"标题": "关于做好冬季群众文化活动的通知"}


def _report(count: int, number: str = "云文〔2026〕9号") -> dict[str, Any]:
    return paper(格式="报告", 标题="关于冬季群众文化活动的报告", 主送机关="云溪县人民政府", 发文字号=number,
                 签发人=PEOPLE[-count:] if count > 1 else PEOPLE[0])  # fmt: skip


def _joint(count: int, **changed: Any) -> dict[str, Any]:
    organs = ORGANS[:count]
    return paper(发文机关=organs, 署名=organs, **{**_JOINTLY, **changed})


def _attached(*attachments: Any, **changed: Any) -> dict[str, Any]:
    return {**paper(**changed), "附件": list(attachments)}


def marked(names: tuple[str, ...], **changed: Any) -> dict[str, Any]:
    """A paper with these markings."""
    return paper(**{name: MARKINGS[name] for name in names}, **changed)


_CROWDED = {**MARKINGS, "标题": LONG_TITLE, "主送机关": [f"云溪县第{word}片区文化站" for word in "一二三四五六七八"]}
_POSTS = [f"{organ}主任" for organ in ORGANS[:5]]
_NOTES = [LONG_ATTACHMENT if at % 3 == 0 else f"第{at}片区活动安排" for at in range(9)]

FORMS: dict[str, dict[str, Any]] = {
    **{f"signed_{count}": _report(count) for count in (1, 2, 3, 5)},
    "signed_long_number": _report(5, "云文旅体广电出版办〔2026〕109号"),
    **{f"sealed_{count}": _joint(count, 印章图片=[SEAL] * count) for count in (2, 3, 5, 6)},
    "posts": _joint(5, 印章="签名章", 签发人职务=_POSTS, 签发人=PEOPLE),
    "one_post": paper(印章="签名章", 签发人职务="馆长", 印章图片=STAMP),
    "crowded_head": _joint(6, **_CROWDED),
    **{f"mark_{size}": paper(发文机关=LONG_ORGAN[:size], 标题="关于管护的通知") for size in (4, 12, 25, 40)},
    "letter_mark": paper(格式="函", 发文机关=LONG_ORGAN),
    "nine_notes": _attached(*({"标题": name, "正文": TEXT} for name in _NOTES)),
    "wide": _attached(_WIDE, {"标题": "场馆明细表", "表": [["名称", "责任人"], ["柳林馆", "李䶮"]]}),
    "wide_letter": _attached(_WIDE, 格式="函"),
    "classified_order": marked(("密级",), 格式="命令", 发文字号="第7号", 标题=None, 主送机关=None, 签发人职务="县长"),
    "classified_letter": marked(("密级",), 格式="函"),
}  # fmt: skip
COMBINATIONS = [tuple(name for at, name in enumerate(MARKINGS) if bits >> at & 1) for bits in range(1, 8)]
FORMS |= {"+".join(names): marked(names) for names in COMBINATIONS}


def written(folder: Path) -> dict[str, bytes]:
    """Every paper, by its name."""
    (folder / SEAL).write_bytes(png(60, 60))
    (folder / STAMP).write_bytes(png(80, 40))
    made = {}
    for number, (name, form) in enumerate(FORMS.items()):
        path = folder / f"form{number}.yaml"
        path.write_text(json.dumps(form, ensure_ascii=False, indent=1), encoding="utf-8")
        made[name] = write(path)
    return made
