"""What counts as “not filled” in a form, and how a gap is shown in a draft: 【待填：…】.

People leave gaps in many ways: 待填, XX, ××, 20xx年, ____, 某某, “”, or a number that was stripped from a published
sample (“共有个村”). A value that is nothing but such a sign counts as not filled; inside a sentence it is told, and the
sentence stays as it is.
"""

from __future__ import annotations

from typing import Any

from planwriter.expression import expression

_MARK = expression(r"^\s*(?:【\s*待填\s*(?:[：:]\s*(?P<words>[^【】]*?)\s*)?】|\[\s*待填\s*\]|待填)\s*$")
PLACEHOLDER = expression(r"【待填(?:：[^【】]*)?】")

_CROSS = "xXｘＸ×✕╳"
_YEAR = rf"20(?:[{_CROSS}○〇]{{1,2}}|[*＊_＿]{{1,4}})"
_SIGNS = (
    rf"(?:{_YEAR}|[{_CROSS}]{{2,}}|[○〇◯]{{2,}}|[*＊]{{2,}}|[_＿]{{2,}}|[?？]{{2,}}|[□△]{{2,}}"
    r"|…{2,}|\.{4,}|某{2,})"
)
_DATED = rf"(?:{_SIGNS}|[{_CROSS}](?=[年月日号]))"
_PURE = expression(rf"(?:[“‘《「（(\[]?(?:{_DATED}[年月日号]?)+[”’》」）)\]]?|[“‘《「（(]{{1}}[”’》」）)]{{1}}|某)")
_MAY_BE_LEFT = expression(rf"[{_CROSS}○〇◯*＊_＿?？□△…某“‘《「（(]|\.{{4}}|20")
"""A sign, or a bracket that may stand empty: whatever has none of them is passed over fast."""
_PARTLY = expression(rf"(?=.*{_DATED})(?:{_DATED}|[\d年月日号至—\-])+[\u4e00-\u9fff]?")
_SPACES = (
    "\t\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What ``str.isspace`` takes for blanks, but for the line feed."""
_BESIDE = rf"”’》」）)\]\d年月日号至—\-{_SPACES}"
_OF_SIGNS = rf"{_CROSS}○〇◯*＊_＿?？□△….某“‘《「（(\["
_MAY_BE_A_SIGN = expression(rf"\n([{_BESIDE}]*[{_OF_SIGNS}][{_OF_SIGNS}{_BESIDE}]*[\u4e00-\u9fff]?[{_SPACES}]*)(?=\n)")
"""A line of nothing but what signs are made of, and the one character that may follow them."""
_SURELY_OF_SIGNS = f"{_CROSS}○〇◯*＊_＿?？□△…某"
_BESIDE_NOTHING = {
    **{bracket: expression(rf"\{bracket}[\s”’》」）)\]]") for bracket in "“‘《「（(["},
    **{sign: expression(f"{sign}(?<=[达到为占升降]{sign})") for sign in "%％"},
    "个": expression("个(?<=[有计辖设]个)"),
    ".": expression(r"\.\.\.\."),
}
"""What every sign is made of that has none of those characters, by the character that it begins with: one character is
found much faster than one of several."""
_ALONE = r"(?<![A-Za-z0-9.@/_\-]){}(?![A-Za-z0-9.@/_\-])"
_COUNTED = "乡镇|街道|社区|行政村|自然村|村民小组|居民小组|党支部|支部|科室|班级|部门|单位"
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏"
    "卢蒋蔡贾丁魏薛叶余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟"
)
"""李某某 hides a name on purpose."""
_BOLD = "**"
_WORTH_A_LOOK = expression(
    "[×✕╳ｘＸ○◯＿%％xX2_*某有计辖设“‘《「（](?:(?<=[×✕╳ｘＸ○◯＿])|(?<=[达到为占升降][%％])|(?<=[xX])[xX年月]"
    r"|(?<=2)0[xX○〇_*]|(?<=_)_|(?<=\*)\*|(?<=某)某|(?<=[有计辖设])个"
    r"|(?<=“)[\s”]|(?<=‘)[\s’]|(?<=《)[\s》]|(?<=「)[\s」]|(?<=（)[ 　])"
)
"""Begins with one set of characters, so that most texts are passed over fast."""
_INSIDE = expression(
    "|".join((
        _ALONE.format(_YEAR + "年?"),
        _ALONE.format(r"[xXｘＸ×✕╳]{2,}"),
        rf"(?<!\d)[{_CROSS}]{{1,2}}年[{_CROSS}]{{1,2}}月(?:[{_CROSS}]{{1,2}}日)?",
        rf"[{_CROSS}]{{1,2}}月[{_CROSS}]{{1,2}}日",
        r"\*{2,}",
        _ALONE.format("[_＿]{2,}"),
        r"(?<![一二三四五六七八九十零])[○◯]{2,}(?=[\u4e00-\u9fff])",
        f"(?<![{_SURNAMES}])某{{2,}}",
        r"“\s*”|‘\s*’|《\s*》|「\s*」|（[ 　]+）",
        rf"(?:现有|共有|辖有|下辖|设有|共计|总计)个|(?<![还没只具所拥])有个(?={_COUNTED})",
        "(?<=[达到为占升降])[%％]",
    ))
)  # fmt: skip


def is_blank(value: Any) -> bool:
    """Nothing was written: no value, only blanks, an empty list or mapping, blocks of a form that nobody touched."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, dict):
        return all(map(is_blank, value.values()))
    return isinstance(value, list | tuple) and all(isinstance(one, dict) and is_blank(one) for one in value)


def is_surely_filled(text: str) -> bool:
    """Whether a text is neither blank nor could be the sign of a gap: the quick answer for most texts."""
    return not text.isspace() and text != "" and "待填" not in text and _MAY_BE_LEFT.search(text) is None


def placeholder_words(value: Any) -> str | None:
    """``None`` for a filled value; for 待填, 【待填】, 【待填：责任部门】, XX … what is to be filled ("" if unsaid)."""
    if not isinstance(value, str):
        return None
    mark = _MARK.match(value) if "待填" in value else None
    return (mark.group("words") or "") if mark is not None else copied_words(value)


def window(text: str, start: int, end: int) -> tuple[str, int, int]:
    """A sign with a few characters around it, on its line, and where it stands in that window."""
    first = max(start - _AROUND, text.rfind("\n", 0, start) + 1)
    stop = text.find("\n", end)
    last = min(end + _AROUND, len(text) if stop < 0 else stop)
    return text[first:last], start - first, end - first


_AROUND = 6  # characters: enough to find the place again


def copied_words(value: Any) -> str | None:
    """``None`` unless the whole value is a sign left from a sample: "" for XX, the text itself for 2026年×月×日."""
    if not isinstance(value, str) or len(value) > _LONGEST or _MAY_BE_LEFT.search(value) is None:
        return None
    plain = "".join(value.split())
    if _PURE.fullmatch(plain):
        return ""
    return value.strip() if _PARTLY.fullmatch(plain) else None


_LONGEST = 40  # characters: nothing longer is a sign alone


def signs_in(text: str) -> list[tuple[int, int]]:
    """Where signs of something not filled stand inside a text, as spans of characters from 0."""
    if _WORTH_A_LOOK.search(text) is None:
        return []
    paired = text.count(_BOLD) % 2 == 0  # **words** are bold in Markdown
    plain = PLACEHOLDER.sub(lambda gap: " " * len(gap[0]), text)
    return [found.span() for found in _INSIDE.finditer(plain) if not (paired and found[0] == _BOLD)]


def may_hold_a_sign(text: str) -> bool:
    """A quick look at any amount of text, without which the slow ones need not be taken."""
    if any(sign in text for sign in _SURELY_OF_SIGNS):
        return True
    return any(first in text and nothing.search(text) is not None for first, nothing in _BESIDE_NOTHING.items())


def sign_in_a_line(lines: str) -> bool:
    """Whether any line between two line feeds is, or holds, a sign of something not filled: all texts in one look."""
    if not may_hold_a_sign(lines):
        return False
    for found in _MAY_BE_A_SIGN.finditer(lines):
        if copied_words(found[1]) is not None:
            return True
    for found in _WORTH_A_LOOK.finditer(lines):
        first, end = lines.rfind("\n", 0, found.start()) + 1, lines.find("\n", found.start())
        if signs_in(lines[first:end]):
            return True
    return False


def placeholder(label: str) -> str:
    """The visible gap in a draft."""
    return f"【待填：{label}】"


def is_placeholder(text: str) -> bool:
    """Whether the whole text is one gap."""
    return PLACEHOLDER.fullmatch(text.strip()) is not None


def placeholders_in(text: str) -> list[str]:
    """All gaps inside a text, in order."""
    return PLACEHOLDER.findall(text)
