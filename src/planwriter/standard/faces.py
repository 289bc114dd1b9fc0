"""The five kinds of type the standard names, and the fonts that stand for them in each font profile."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Face(StrEnum):
    """A kind of type; the standard names kinds, never products (5.2.2, 7.2–7.5)."""

    XIAOBIAOSONG = "小标宋"
    FANGSONG = "仿宋"
    KAITI = "楷体"
    HEITI = "黑体"
    SONGTI = "宋体"


class Font(NamedTuple):
    """A font by name, with what a word processor needs to find a stand-in where it is missing."""

    name: str
    alternative: str | None
    panose: str
    family: str
    signature: str
    """The six 32-bit words of ``w:sig``: usb0–usb3, csb0, csb1, separated by spaces."""
    charset: str = "86"
    pitch: str = "fixed"


_GB2312 = "00000001 080E0000 00000010 00000000 00040000 00000000"
_GBK = "800002BF 38CF7CFA 00000016 00000000 00040001 00000000"
_SONG = "00000203 288F0000 00000016 00000000 00040001 00000000"
_SINOTYPE = "00000287 080F0000 00000010 00000000 0004009F 00000000"
_OLD_SQUARE, _SQUARE = "02010609030101010101", "02010609060101010101"
_FOUNDER, _CHINESE_TYPE = "03000509000000000000", "02010600040101010101"


def _founder(name: str, alternative: str) -> Font:
    return Font(name, alternative, _FOUNDER, "script", _GB2312)


def _sinotype(name: str, alternative: str) -> Font:
    return Font(name, alternative, _CHINESE_TYPE, "auto", _SINOTYPE, pitch="variable")


_TITLE = _founder("方正小标宋简体", "方正小标宋_GBK")
_SIMHEI = Font("黑体", "SimHei", _SQUARE, "modern", _GBK)
_SIMSUN = Font("宋体", "SimSun", "02010600030101010101", "auto", _SONG, pitch="variable")

FONT_SETS: dict[str, dict[Face, Font]] = {
    "gb2312": {
        Face.XIAOBIAOSONG: _TITLE,
        Face.FANGSONG: Font("仿宋_GB2312", "仿宋", _OLD_SQUARE, "modern", _GB2312),
        Face.KAITI: Font("楷体_GB2312", "楷体", _OLD_SQUARE, "modern", _GB2312),
        Face.HEITI: _SIMHEI,
        Face.SONGTI: _SIMSUN,
    },
    "windows": {
        Face.XIAOBIAOSONG: _TITLE,
        Face.FANGSONG: Font("仿宋", "FangSong", _SQUARE, "modern", _GBK),
        Face.KAITI: Font("楷体", "KaiTi", _SQUARE, "modern", _GBK),
        Face.HEITI: _SIMHEI,
        Face.SONGTI: _SIMSUN,
    },
    "founder": {
        Face.XIAOBIAOSONG: _founder("方正小标宋_GBK", "方正小标宋简体"),
        Face.FANGSONG: _founder("方正仿宋_GBK", "仿宋"),
        Face.KAITI: _founder("方正楷体_GBK", "楷体"),
        Face.HEITI: _founder("方正黑体_GBK", "黑体"),
        Face.SONGTI: _SIMSUN,
    },
    "mac": {
        Face.XIAOBIAOSONG: _sinotype("STZhongsong", "华文中宋"),
        Face.FANGSONG: _sinotype("STFangsong", "华文仿宋"),
        Face.KAITI: _sinotype("STKaiti", "华文楷体"),
        Face.HEITI: _sinotype("STHeiti", "华文黑体"),
        Face.SONGTI: _sinotype("STSong", "华文宋体"),
    },
}

TIMES = Font(
    "Times New Roman",
    None,
    "02020603050405020304",
    "roman",
    "E0002EFF C000785B 00000009 00000000 000001FF 00000000",
    charset="00",
    pitch="variable",
)

WIDER: dict[str, Font] = {
    "仿宋_GB2312": FONT_SETS["windows"][Face.FANGSONG],
    "楷体_GB2312": FONT_SETS["windows"][Face.KAITI],
    "方正小标宋简体": FONT_SETS["founder"][Face.XIAOBIAOSONG],
}
"""Fonts that hold the characters of GB 2312 only, each with its twin that holds rare ones (镕、喆) too."""


def font_named(name: str, face: Face | None) -> Font:
    """The font of this name; an unknown one with what helps to stand in for that kind of type (``None``: Latin)."""
    if face is None:
        return TIMES._replace(name=name)
    usual = FONT_SETS["windows"][face]
    return _known(face).get(name) or usual._replace(name=name, alternative=usual.name)


def is_customary(name: str, face: Face) -> bool:
    """Whether a font of this name is one of those that customarily stand for the kind of type."""
    return name in _known(face)


def _known(face: Face) -> dict[str, Font]:
    """The fonts of a kind by either of their names."""
    fonts = [fonts[face] for fonts in FONT_SETS.values()]
    others = {f.alternative: f._replace(name=f.alternative, alternative=f.name) for f in fonts if f.alternative}
    return others | {font.name: font for font in fonts}
