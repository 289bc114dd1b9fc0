"""Number formats of spreadsheets: sections of a number, and the parts that a format of dates and times names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_MONEY, _MONEY_2 = "¥#,##0;-¥#,##0", "¥#,##0.00;-¥#,##0.00"
_YEAR_MONTH, _MONTH_DAY, _CLOCK = 'yyyy"年"m"月"', 'm"月"d"日"', 'h"时"mm"分"'
BUILTIN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", **dict.fromkeys((5, 6), _MONEY), **dict.fromkeys((7, 8), _MONEY_2),
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH), **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY),
    30: "m/d/yy", 31: f'{_YEAR_MONTH}d"日"', 32: _CLOCK, 33: f'{_CLOCK}ss"秒"',
    **dict.fromkeys((34, 55), f"AM/PM{_CLOCK}"), **dict.fromkeys((35, 56), f'AM/PM{_CLOCK}ss"秒"'),
    **dict.fromkeys((37, 38), "#,##0;-#,##0"), **dict.fromkeys((39, 40), "#,##0.00;-#,##0.00"),
    41: "#,##0;-#,##0;-", 42: f"{_MONEY};¥-", 43: "#,##0.00;-#,##0.00;-", 44: f"{_MONEY_2};¥-",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""What the numbers below 164 mean where Chinese is the language; others mean General (ECMA-376 part 1, 18.8.30)."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|(?P<skipped>[_*].)|\[(?P<bracket>[^\]]*)\]|'
    r"(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<weekday>a{3,4}|d{3,4}(?![d]))|"
    r"(?P<date>y+|e+|m+|d{1,2}|h{1,2}|s{1,2}(?:\.0+)?)|(?P<digits>[0#?]+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"(?i)h+|m+|s+")
_COLOUR = re.compile(
    r"(?i)black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+|[黑蓝绿红白黄]色?|青色?|洋红|颜色\s*\d+"
)
_SYSTEM_DATE = re.compile(r"(?i)\[\$-[a-z0-9]*F800\]")
_CURRENCY = re.compile(r"\$([^-\]]*)(?:-.*)?")

Token = tuple[str, str]
"""Kind and text of one piece of a format."""


def _tokens(code: str) -> list[Token]:
    return [(str(found.lastgroup), found[found.lastgroup or 0]) for found in _TOKEN.finditer(code)]


@lru_cache(maxsize=1024)
def _split(code: str) -> tuple[tuple[Token, ...], ...]:
    """The sections of a format, which “;” parts."""
    sections: list[list[Token]] = [[]]
    for token in _tokens(code):
        sections.append([]) if token == ("other", ";") else sections[-1].append(token)
    return tuple(tuple(one) for one in sections)


@dataclass(frozen=True, slots=True)
class TimeFormat:
    """The parts that a format names: y m d, w for the weekday, h n s for hour, minute and second.

    ``words`` are the pieces of a format that spells a time (``h"时"mm"分"``), empty for others.
    """

    parts: frozenset[str]
    words: tuple[Token, ...]

    @property
    def usual(self) -> bool:
        """Whether a date without a time is seen whole."""
        return self.parts >= set("ymd") and "w" not in self.parts

    def spelt(self, hour: int, minute: int, second: int) -> str:
        """The time as the format spells it."""
        values = {"h": hour, "n": minute, "s": second}
        return "".join(f"{values[kind]:0{len(text)}d}" if kind in values else text for kind, text in self.words)


@lru_cache(maxsize=1024)
def time_format(code: str) -> TimeFormat | None:
    """What a format of dates or times names; ``None`` for a format of numbers."""
    if _SYSTEM_DATE.match(code):
        return TimeFormat(frozenset("ymd"), ())
    tokens = _named(_split(code)[0])
    parts = frozenset(kind for kind, _ in tokens if len(kind) == 1)
    if not parts:
        return None
    halves = any(kind == "half" for kind, _ in tokens)
    words = tuple((kind, text) for kind, text in tokens if kind not in ("skipped", "half"))
    return TimeFormat(parts, () if halves or parts & set("ymdw") else words)


def _named(tokens: tuple[Token, ...]) -> list[Token]:
    """Tokens with each part of a date by its letter; an m beside hours or seconds is a minute (n)."""
    found: list[Token] = []
    before = ""
    for at, (kind, text) in enumerate(tokens):
        letter = kind
        if kind == "weekday":
            letter = "w"
        elif kind == "date" and not _is_exponent(tokens, at):
            letter = {"e": "y"}.get(text[0].lower(), text[0].lower())
            if letter == "m" and (before in ("h", "n") or _next_part(tokens, at) == "s"):
                letter = "n"
        elif kind == "bracket" and _ELAPSED.fullmatch(text):
            letter = {"m": "n"}.get(text[0].lower(), text[0].lower())
        elif kind == "bracket":
            letter, text = "skipped", ""
        before = letter if len(letter) == 1 else before
        found.append((letter, text if len(letter) != 1 else text.partition(".")[0]))
    return found


def _is_exponent(tokens: tuple[Token, ...], at: int) -> bool:
    return tokens[at][1].lower() == "e" and at > 0 and tokens[at - 1][0] == "digits"


def _next_part(tokens: tuple[Token, ...], at: int) -> str:
    return next((text[0].lower() for kind, text in tokens[at + 1 :] if kind in ("date", "bracket") and text), "")


@dataclass(frozen=True, slots=True)
class NumberSection:
    """One section of a number's format: what stands before and after the digits, and how these are written."""

    before: str
    whole: str
    decimals: str
    after: str
    grouped: bool = False
    scale: int = 0
    """Powers of ten by which the value is multiplied: 2 for a percentage, -3 for a comma behind the digits."""
    general: bool = False
    picture: tuple[Token, ...] = ()
    """Digits with signs between them (000-0000), where a section has such."""

    @property
    def plain(self) -> bool:
        """Whether it shows a number as it would stand by itself."""
        return self.general and not self.before and not self.after

    @property
    def hides(self) -> bool:
        """Whether nothing at all is seen."""
        return not (self.general or self.whole or self.decimals or self.picture or (self.before + self.after).strip())

    def shown(self, value: Decimal, plain: str) -> tuple[str, bool]:
        """A value without its sign, and whether no digit of it was rounded away; ``plain`` is it without a format."""
        if self.general:
            return f"{self.before}{plain}{self.after}".strip(), True
        if not (self.whole or self.decimals or self.picture):
            return f"{self.before}{self.after}".strip(), True
        scaled = value.scaleb(self.scale)
        rounded = scaled.quantize(Decimal(1).scaleb(-len(self.decimals)), ROUND_HALF_UP)
        if self.picture:
            return f"{self.before}{self._pictured(int(rounded))}{self.after}".strip(), rounded == scaled
        return f"{self.before}{self._digits(rounded)}{self.after}".strip(), rounded == scaled

    def _digits(self, rounded: Decimal) -> str:
        whole, _, decimals = f"{rounded:f}".partition(".")
        whole = ("" if whole == "0" else whole).rjust(self.whole.count("0"), "0")
        if self.grouped:
            whole = _grouped(whole)
        kept = len(decimals)
        while kept and decimals[kept - 1] == "0" and self.decimals[kept - 1] != "0":
            kept -= 1
        return whole + (f".{decimals[:kept]}" if kept else "")

    def _pictured(self, whole: int) -> str:
        digits, out = list(str(whole) if whole else ""), list[str]()
        first = next(at for at, (kind, _) in enumerate(self.picture) if kind == "digits")
        for at in range(len(self.picture) - 1, -1, -1):
            kind, text = self.picture[at]
            if kind != "digits":
                out.append(text)
                continue
            taken = [digits.pop() if digits else "0" for sign in reversed(text) if digits or sign == "0"]
            if at == first:
                taken += reversed(digits)
            out.append("".join(reversed(taken)))
        return "".join(reversed(out))


def _grouped(digits: str) -> str:
    head = len(digits) % 3
    return ",".join(filter(None, [digits[:head], *(digits[at : at + 3] for at in range(head, len(digits), 3))]))


@lru_cache(maxsize=1024)
def sections_of(code: str) -> tuple[NumberSection | None, ...]:
    """The sections for numbers of a format; ``None`` for one that is beyond what is understood."""
    return tuple(_section(tokens) for tokens in _split(code)[:3])


def _section(tokens: tuple[Token, ...]) -> NumberSection | None:
    """Fractions, exponents, conditions and Han numerals are beyond it."""
    pieces = list(_pieces(tokens))
    if any(kind == "beyond" for kind, _ in pieces):
        return None
    at = [number for number, (kind, _) in enumerate(pieces) if kind in ("digits", "general")]
    if not at:
        return NumberSection("".join(text for _, text in pieces), "", "", "")
    before = "".join(text for _, text in pieces[: at[0]])
    inner, behind = pieces[at[0] : at[-1] + 1], pieces[at[-1] + 1 :]
    percents = sum(text.count("%") for kind, text in (*pieces[: at[0]], *behind) if kind == "sign")
    thousands = 0
    while behind and behind[0] == ("sign", ","):
        thousands, behind = thousands + 1, behind[1:]
    if behind and behind[0] == ("sign", "."):
        behind = behind[1:]
    after = "".join(text for _, text in behind)
    scale = 2 * percents - 3 * thousands
    if inner[0][0] == "general":
        return NumberSection(before, "", "", after, general=True) if len(inner) == 1 and not scale else None
    return _numbered(before, inner, after, scale)


def _numbered(before: str, inner: list[Token], after: str, scale: int) -> NumberSection | None:
    points = [n for n, piece in enumerate(inner) if piece == ("sign", ".")]
    whole, decimals = (inner[: points[0]], inner[points[0] + 1 :]) if points else (inner, [])
    if any(kind != "digits" for kind, _ in decimals):
        return None
    signs = [piece for piece in whole if piece[0] != "digits"]
    if any(piece != ("sign", ",") for piece in signs):
        pictured = not decimals and ("sign", ",") not in signs
        return NumberSection(before, "", "", after, scale=scale, picture=tuple(whole)) if pictured else None
    joined = "".join(text for kind, text in whole if kind == "digits")
    return NumberSection(before, joined, "".join(text for _, text in decimals), after, bool(signs), scale)


def _pieces(tokens: tuple[Token, ...]) -> Iterator[Token]:
    """Digits, signs that mean something (``. , %``), words that stand as they are, and what is beyond us."""
    for kind, text in tokens:
        if kind in ("digits", "general"):
            yield kind, text
        elif kind in ("quoted", "escaped"):
            yield "word", text
        elif kind == "bracket":
            if money := _CURRENCY.fullmatch(text):
                yield "word", money[1]
            elif not _COLOUR.fullmatch(text):
                yield "beyond", text
        elif kind == "other" and text == "@":
            yield "general", text
        elif kind == "other" and text in ".,%":
            yield "sign", text
        elif kind == "other" and text != "/":
            yield "word", text
        elif kind not in ("skipped",):
            yield "beyond", text
