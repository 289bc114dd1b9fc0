"""Invented papers of every format, as forms, with pictures of seals drawn here."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from typing import Any

from planwriter.actions import write

ORGAN = "云溪县文化馆"
DATE = "2026年12月8日"
TEXT = "为做好冬季群众文化活动，请各单位按照职责分工落实场地和人员，确保活动平稳有序，让群众满意。"
NAMES = [
    "云溪县文化馆",
    "云溪县图书馆",
    "共青团云溪县委员会",
    "云溪县文化和旅游局",
    "云溪县总工会",
    "云溪县科学技术协会",
]
SEAL, STAMP = "seal.png", "stamp.png"


def png(width: int, height: int, *, per_metre: int = 0) -> bytes:
    """A plain red picture, with its resolution if given."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    told = chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)) if per_metre else b""
    rows = zlib.compress((b"\0" + b"\xff\0\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + head + told + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def paper(**changed: Any) -> dict[str, Any]:
    """A short notice; ``None`` leaves an item out."""
    head = {
        "格式": "通知",
        "发文机关": ORGAN,
        "发文字号": "云文〔2026〕9号",
        "标题": "云溪县文化馆关于做好冬季群众文化活动的通知",
        "主送机关": "各乡镇综合文化站",
        "正文": [TEXT, TEXT],
        "成文日期": DATE,
        **changed,
    }
    return {"公文": {key: value for key, value in head.items() if value is not None}}


_ORDER = {"格式": "命令", "发文字号": "第7号", "标题": None, "主送机关": None, "签发人职务": "云溪县县长"}
_MINUTES = {
    "格式": "纪要", "发文机关标志": "云溪县文化馆馆务会议纪要", "发文字号": None, "标题": None, "主送机关": None,
    "成文日期": None, "出席": ["顾闻溪", "沈知秋"], "请假": "白杨",
    "列席": [f"{name}负责人陆云溪" for name in NAMES],
}  # fmt: skip
_MANY = [f"云溪县第{word}片区综合文化服务中心及所属各村文化活动室" for word in "一二三四五六七八九十"]

FORMS: dict[str, dict[str, Any]] = {
    "letter": paper(格式="函", 正文=[TEXT] * 12, 抄送机关=["县委宣传部", "县财政局"]),
    "marked_letter": paper(格式="函", 份号="000012", 密级="秘密★1年", 紧急程度="特急"),
    "urgent_letter": paper(格式="函", 紧急程度="加急", 发文机关="云溪县农村公共文化服务体系建设协调小组办公室"),
    "order": paper(**_ORDER, 抄送机关="县委办公室", 印发机关="云溪县人民政府办公室", 印发日期=DATE),
    "stamped_order": paper(**_ORDER, 印章图片=STAMP),
    "joint_order": paper(**{**_ORDER, "签发人职务": ["云溪县县长", "南屏县县长"]}, 印章图片=[STAMP, STAMP]),
    "minutes": paper(**_MINUTES),
    "numbered_minutes": paper(**{**_MINUTES, "发文字号": "第3期"}),
    **{f"joint_{count}": paper(发文机关=NAMES[:count], 署名=NAMES[:count]) for count in range(2, 7)},
    "joint_marked": paper(发文机关=NAMES[:2], 份号="000012", 密级="秘密★1年", 紧急程度="特急"),
    "sealed": paper(印章=SEAL),
    "sealed_jointly": paper(发文机关=NAMES[:3], 署名=NAMES[:3], 印章图片=[SEAL] * 3),
    **{
        f"sealed_by_{count}": paper(发文机关=NAMES[:count], 署名=NAMES[:count], 印章图片=[SEAL] * count)
        for count in (2, 4, 5, 6)
    },
    "unsealed_jointly": paper(发文机关=NAMES[:3], 署名=NAMES[:3], 印章="不盖章"),
    "crowded": paper(主送机关=_MANY, 抄送机关="县委宣传部", 印发机关=ORGAN, 印发日期=DATE),
    "apart": {**paper(附件方式="附件", 附件装订="另行装订"), "标题": "冬季群众文化活动安排", "引言": TEXT},
}  # fmt: skip


def written(folder: Path, layout: str) -> dict[str, bytes]:
    """Every paper in one layout, by its name."""
    (folder / SEAL).write_bytes(png(60, 60))
    (folder / STAMP).write_bytes(png(80, 40))
    made = {}
    for name, form in FORMS.items():
        path = folder / f"{name}.yaml"
        path.write_text(json.dumps(form, ensure_ascii=False, indent=1), encoding="utf-8")
        made[f"{name}-{layout}"] = write(path, profile=layout)
    return made
