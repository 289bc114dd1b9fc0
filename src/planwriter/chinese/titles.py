"""Breaking a title by sense: whole words, symmetric, 梯形 or 菱形 (GB/T 9704-2012 7.3.1)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, islice, pairwise
from typing import Any

from planwriter.chinese.title_words import KINDS, OPENING_VERBS, ORGAN_SUFFIXES, TRANSMITTING_VERBS, WORDS
from planwriter.width import cells

_Span = tuple[int, int]

_MOST_LINES = 4
_ORGAN_WIDTH = 19.0
_CLEARANCE = 0.5
"""A line closer to the edge than this fills the type area."""
_MOST_LAYOUTS = 20_000
_NOT_FIRST = re.compile(r"[\s的了和与及或等、，。；：！？）)》〉”’」』】〕…·%％]|以及")
_NOT_LAST = frozenset("（(《〈“‘「『【〔和与及或第·—-")
_WEAK_LAST = re.compile(r"(?:关于|的|对|为|在|向|把|将|从|以|并)$")
_NUMBER = re.compile(
    r"(?:20|19)\d\d(?:年?[—–-](?:20|19)?\d\d)?学年度?(?:第?[一二12上下]学期)?"
    r"|\d{4}(?:年?[—–至-]\d{4})?年度?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月份?(?:[至—–-]\d{1,2}月|\d{1,2}日)?)?"
    r"|第[一二三四五六七八九十百\d]+[届次季期批号学阶年个中小](?:度|期|段|次)?"
    r"|\d[\d.,，]*(?:[年月日个项次期户名人万亿元届级季周岁条支场公亩%％度]+)?"
    r"|[A-Za-z][A-Za-z0-9.+/&_-]*|——|……"
)
_DATED = re.compile(r"(?:20|19)\d\d(?:[—–-](?:20|19)?\d\d)?(?:学?年)")
_PAIRS = re.compile(r"《[^《》]*》|“[^“”]*”|（[^（）]*）|〔[^〔〕]*〕|〈[^〈〉]*〉")
_ALL_WORDS = {*KINDS, *ORGAN_SUFFIXES, *WORDS, *OPENING_VERBS, "关于", "的通知"}
_WORDS = re.compile("|".join(sorted(_ALL_WORDS, key=lambda word: (-len(word), word))))
_ORGAN_END = re.compile(rf"(?:{'|'.join(ORGAN_SUFFIXES)})$")
_ISSUE = re.compile(rf"关于(?:{'|'.join(OPENING_VERBS)})?")
_KIND = re.compile("|".join(KINDS))


def break_title(text: str, *, protected: Sequence[str] = (), width: float = 20.0) -> list[str]:
    """The title in lines of at most ``width`` full-width cells; joined they are the title again.

    One line where it fits, else two or three, four only where it cannot be otherwise (a title longer than
    four lines takes as many as it needs). Words, numbers with their units, names of organs, short 《》 and “”
    and the ``protected`` strings stay whole while they fit. A line break typed in the text wins.
    """
    if "\n" in text:
        return [line for line in map(str.strip, text.split("\n")) if line]
    if cells(text) <= width - _CLEARANCE:
        return [text] if text else []
    return list(_broken(str(text), tuple(map(str, protected)), width))


@lru_cache(maxsize=2048)
def _broken(text: str, protected: tuple[str, ...], width: float) -> tuple[str, ...]:
    organs = list(_organs(text))
    named = [m.span() for name in protected if name for m in re.finditer(re.escape(name), text)]
    kept, costs = _kept(text, organs, named, width), _break_costs(text, organs, named)
    breaks = [at for at in sorted((_segment_ends(text) | costs.keys()) - kept) if _may_break(text, at)]
    for places in (breaks, _emergency_breaks(text, kept)):
        layouts = _layouts(text, places, width)
        if best := min(layouts, key=lambda lines: _cost(lines, costs, width), default=None):
            return best
    return tuple(_filled(text, breaks, width))


def _segment_ends(text: str) -> set[int]:
    ends, at = set(), 0
    for segment in _parser().parse(text):
        at += len(segment)
        ends.add(at)
    return ends - {len(text)}


@cache
def _parser() -> Any:
    import budoux

    return budoux.load_default_simplified_chinese_parser()


def _kept(text: str, organs: Sequence[_Span], named: Sequence[_Span], width: float) -> set[int]:
    """Positions where no line may end: inside whatever stays whole, unless it is longer than a line."""
    whole = [*named, *(m.span() for pattern in (_NUMBER, _PAIRS, _WORDS) for m in pattern.finditer(text))]
    limits = [(span, width) for span in whole] + [(span, min(width, _ORGAN_WIDTH)) for span in organs]
    return {at for (a, b), most in limits if cells(text[a:b]) <= most for at in range(a + 1, b)}


def _break_costs(text: str, organs: Sequence[_Span], named: Sequence[_Span]) -> dict[int, float]:
    """Positions where a line may end whatever the segmenter says, with what that costs."""
    costs: dict[int, float] = {}
    for m in _NUMBER.finditer(text):
        costs |= {m.start(): 0.0, m.end(): 1.5}
    costs |= {at: 0.0 for span in named for at in span}
    costs |= {m.end(): 0.0 for m in _WORDS.finditer(text) if len(m[0]) > 1 and _ORGAN_END.search(m[0])}
    costs |= {m.start(): 0.0 for m in _KIND.finditer(text)}
    costs |= {at: 0.0 for m in _ISSUE.finditer(text) for at in m.span()}
    costs |= dict.fromkeys((text.find("关于"), *(end for _, end in organs)), -4.0)
    return {at: cost for at, cost in costs.items() if 0 < at < len(text)}


def _organs(text: str) -> Iterator[_Span]:
    """The name at the head of the title, and the one behind 转发, 批转 or 印发."""
    stop = re.search("关于", text)
    dated = _DATED.search(text)
    end = min((m.start() for m in (stop, dated) if m), default=len(text))
    start = 0
    for verb in re.finditer("|".join(TRANSMITTING_VERBS), text[:end]):
        yield from _organ(text, start, verb.start())
        start = verb.end()
    yield from _organ(text, start, end)


def _organ(text: str, start: int, end: int) -> Iterator[_Span]:
    if end - start >= 3 and _ORGAN_END.search(text, start, end):
        yield start, end


def _may_break(text: str, at: int) -> bool:
    return not (_NOT_FIRST.match(text, at) or text[at - 1] in _NOT_LAST or cells(text[at]) == 0)


def _emergency_breaks(text: str, kept: set[int]) -> list[int]:
    return [at for at in range(1, len(text)) if at not in kept and _may_break(text, at)]


def _layouts(text: str, breaks: Sequence[int], width: float) -> list[tuple[str, ...]]:
    """Every layout of the fewest lines, and of one line more, in at most four lines."""
    ahead = [0.0, *accumulate(map(cells, text))]
    found: list[tuple[str, ...]] = []
    fewest = 0
    for count in range(1, _MOST_LINES + 1):
        if fewest and (count > fewest + 1 or count == _MOST_LINES):
            break
        ends = islice(_line_ends(ahead, breaks, count, width), _MOST_LAYOUTS)
        made = [tuple(text[a:b] for a, b in pairwise((0, *at))) for at in ends]
        fewest = fewest or (count if made else 0)
        found += made
    return found


def _line_ends(
    ahead: Sequence[float], breaks: Sequence[int], count: int, width: float, start: int = 0
) -> Iterator[tuple[int, ...]]:
    """Where ``count`` lines from ``start`` may end; ``ahead`` holds the width before each position."""
    last = len(ahead) - 1
    if ahead[last] - ahead[start] > count * width:
        return
    if count == 1:
        yield (last,)
        return
    for at in breaks[bisect_right(breaks, start) :]:
        if ahead[at] - ahead[start] > width:
            return
        for following in _line_ends(ahead, breaks, count - 1, width, at):
            yield (at, *following)


def _cost(lines: Sequence[str], costs: Mapping[int, float], width: float) -> float:
    widths = [cells(line) for line in lines]
    at, cost = 0, 6.0 * len(lines)
    for line in lines[:-1]:
        at += len(line)
        cost += costs.get(at, 3.0) + (8.0 if _WEAK_LAST.search(line[-2:]) else 0.0)
    cost += sum(4.0 for w in widths if w < 4) + sum(4.0 for w in widths if w > width - _CLEARANCE)
    cost += sum(map(_step_cost, widths, widths[1:]))
    return cost + _shape_cost(widths)


def _step_cost(above: float, below: float) -> float:
    step = abs(above - below)
    if step < 1:
        return 3.0
    return 1.0 if step < 2 else max(0.0, step - 6) * 0.6


def _shape_cost(widths: Sequence[float]) -> float:
    if len(widths) == 2:
        return 0.5 if widths[0] < widths[1] else 0.0
    hollow = any(a > b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False))
    return 12.0 if hollow else 0.0


def _filled(text: str, breaks: Sequence[int], width: float) -> Iterator[str]:
    """Lines filled from the top, for titles of more than four lines or with a word longer than a line."""
    places, start = set(breaks), 0
    while start < len(text):
        full = start + 1
        while full < len(text) and cells(text[start : full + 1]) <= width:
            full += 1
        end = full
        if full < len(text):
            end = next((at for at in range(full, start + (full - start) // 2, -1) if at in places), full)
        yield text[start:end]
        start = end
