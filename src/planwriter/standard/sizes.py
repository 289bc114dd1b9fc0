"""Type sizes: the Chinese 号 and what word processors set for them."""

from __future__ import annotations

from planwriter.standard.units import Pt

TYPE_SIZES: dict[str, Pt] = {
    "初号": Pt(42),
    "小初": Pt(36),
    "一号": Pt(26),
    "小一": Pt(24),
    "二号": Pt(22),
    "小二": Pt(18),
    "三号": Pt(16),
    "小三": Pt(15),
    "四号": Pt(14),
    "小四": Pt(12),
    "五号": Pt(10.5),
    "小五": Pt(9),
    "六号": Pt(7.5),
    "小六": Pt(6.5),
    "七号": Pt(5.5),
    "八号": Pt(5),
}


def size(name: str) -> Pt:
    """The points of a type size such as ``三号``."""
    return TYPE_SIZES[name]
