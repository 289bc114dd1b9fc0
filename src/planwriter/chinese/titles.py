"""Breaking a title by sense: whole words, symmetric, 梯形 or 菱形 (GB/T 9704-2012 7.3.1)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from math import ceil, inf
from typing import Any

from planwriter.chinese.title_words import (
    HEADS,
    KINDS,
    OPENING_VERBS,
    ORGAN_SUFFIXES,
    PAPERS,
    TRANSMITTING_VERBS,
    WORDS,
)
from planwriter.expression import expression
from planwriter.width import cells

_Span = tuple[int, int]

_USUAL_LINES, _MOST_LINES = 3, 4
_ORGAN_WIDTH = 19.0
_SHORT = 8.0
"""A quotation no wider than this is never taken apart while it fits a line."""
_SHORTEST_TAIL = 4
"""A last line of fewer characters looks lost."""
_CLEARANCE = 0.5
"""A line closer to the edge than this fills the type area."""
_BEST, _EDGE, _AFTER_NUMBER, _WORD, _SEGMENT, _CLINGING, _CHARACTER = 0.0, 4.0, 5.5, 6.0, 7.0, 10.0, 60.0
"""What a line end costs: behind the issuing organ, at an edge of sense, behind a number … inside a word."""
_NOT_FIRST = expression(r"[\s的了和与及或等、，。；：！？）)》〉”’」』】〕…·%％]|以及")
_NOT_LAST = expression(r"(?:关于|(?<![合兼吞归])并|[（(《〈“‘「『【〔和与及或第·—-])$")
_WEAK_LAST = frozenset("的对为在向把将从以并")
_NUMBER = expression(
    r"(?:20|19)\d\d(?:年?[—–-](?:20|19)?\d\d)?学年度?(?:第?[一二12上下]学期)?"
    r"|\d{4}(?:年?[—–至-]\d{4})?年度?(?:第?[一二三四1-4]季度|[上下]半年|[春秋]季学期"
    r"|\d{1,2}(?:[—–-]\d{1,2})?月份?(?:\d{1,2}日)?(?:[至—–-](?:\d{4}年)?\d{1,2}(?:月份?(?:\d{1,2}日)?|日))?)?"
    r"|[一二三四五六七八九〇零○]{4}年度?"
    r"|第[一二三四五六七八九十百\d]+[届次季期批号学阶年个中小](?:度|期|段|次)?"
    r"|\d[\d.,，]*(?:[年月日个项次期户名人万亿元届级季周岁条支场公亩%％度]+)?"
    r"|[A-Za-z][A-Za-z0-9.+/&_-]*|——|……"
)
_NOTES = expression(r"（[^（）]*）|〔[^〔〕]*〕")
_QUOTATIONS = (expression(r"《[^《》]*》"), expression(r"“[^“”]*”"), expression(r"〈[^〈〉]*〉"))
_ORGAN_END = expression(rf"(?:{'|'.join(ORGAN_SUFFIXES)})$")
_ONE_ORGAN = expression(r"[^\s、]+")
_MATTER = expression(r"关于|《|(?:20|19)\d\d")
_PLACE_END = expression("[省市县区镇乡村街]")
_PLACE = expression(r"[省市县区镇乡村](?![省市县区镇乡村级直属域]|委(?!员)|政府)")
_ISSUE = expression(rf"关于(?:{'|'.join(OPENING_VERBS)})")
_BESIDE_ORGANS = expression(
    rf"{_ISSUE.pattern}|关于|{'|'.join(TRANSMITTING_VERBS)}|[《》“”（）]"
    r"|(?:20|19)\d\d(?:年?[—–-](?:20|19)?\d\d)?学?年"
)


def _by_first_character(words: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        found.setdefault(word[0], []).append(word)
    return found


_VOCABULARY = _by_first_character({*KINDS, *ORGAN_SUFFIXES, *WORDS, *OPENING_VERBS, *PAPERS, "关于"})
_KINDS, _SUFFIXES, _HEADS = frozenset(KINDS), frozenset(ORGAN_SUFFIXES), frozenset(HEADS)


def break_title(text: str, *, protected: Sequence[str] = (), width: float = 20.0) -> list[str]:
    """The title in lines of at most ``width`` full-width cells; joined they are the title again.

    One line where it fits, else two or three, four only where it cannot be otherwise (a title longer than
    four lines takes as many as it needs). Words, and numbers with their units, stay whole while they fit a
    line; so do names of organs, 《》, “” and the ``protected`` strings, but a long organ or quotation gives
    way before a fourth line is opened. A line break typed in the text wins.
    """
    if "\n" in text:
        return [line for line in map(str.strip, text.split("\n")) if line]
    if cells(text) <= width - _CLEARANCE:
        return [text] if text else []
    return list(_broken(str(text), tuple(map(str, protected)), width))


@lru_cache(maxsize=128)
def _broken(text: str, protected: tuple[str, ...], width: float) -> tuple[str, ...]:
    words, organs, matter = list(_words(text)), list(_organs(text)), _matter(text)
    named = [m.span() for name in protected if name for m in re.finditer(re.escape(name), text)]
    costs = _break_costs(text, words, organs, named)
    solid, quoted, loose = _kept(text, words, organs, named, width)
    released = {at: cost for at, cost in costs.items() if at not in solid and _may_break(text, at)}
    for at in released.keys() & (quoted | loose):
        released[at] += 10.0 if at < matter else 1.0 if released[at] < _WORD else 3.0
    open_quotations = {at: cost for at, cost in released.items() if at not in loose}
    kept = {at: cost for at, cost in open_quotations.items() if at not in quoted}
    ahead = [0.0, *accumulate(map(cells, text))]
    ends = _shapely_ends(ahead, (kept, open_quotations), width) or _Search(ahead, released, width).best(_MOST_LINES)
    ends = ends or _forced_ends(text, ahead, released, solid, width)
    return tuple(text[a:b] for a, b in pairwise((0, *ends)))


def _shapely_ends(ahead: Sequence[float], tiers: Iterable[Mapping[int, float]], width: float) -> Sequence[int]:
    """Ends of at most three lines: of the first tier that gives no hollow shape, else of the first that gives any."""
    hollow: list[Sequence[int]] = []
    for costs in tiers:
        ends = _Search(ahead, costs, width).best(_USUAL_LINES)
        widths = [ahead[b] - ahead[a] for a, b in pairwise((0, *ends))]
        if ends and not (len(widths) == 3 and widths[0] > widths[1] < widths[2]):
            return ends
        hollow.append(ends)
    return next(filter(None, hollow), ())


def _segment_ends(text: str) -> Iterator[int]:
    return accumulate(map(len, _parser().parse(text)))


@cache
def _parser() -> Any:
    import budoux

    return budoux.load_default_simplified_chinese_parser()


def _words(text: str) -> Iterator[_Span]:
    """The longest word of the vocabulary at every position; words may overlap."""
    for at, char in enumerate(text):
        for word in _VOCABULARY.get(char, ()):
            if text.startswith(word, at):
                yield at, at + len(word)
                break


def _in_a_row(words: Iterable[_Span]) -> Iterator[_Span]:
    """The words as read from the left, without those that begin inside another."""
    last = 0
    for start, end in words:
        if start >= last:
            yield start, end
            last = end


def _kept(
    text: str, words: Sequence[_Span], organs: Sequence[_Span], named: Sequence[_Span], width: float
) -> tuple[set[int], set[int], set[int]]:
    """Positions inside what stays whole at any price, inside quotations, inside organs, if they fit a line."""
    solid = [*words, *(m.span() for pattern in (_NUMBER, _NOTES) for m in pattern.finditer(text))]
    solid += [span for span in named if not _ORGAN_END.search(text, *span)]
    quoted = [m.span() for pattern in _QUOTATIONS for m in pattern.finditer(text)]
    solid += [span for span in quoted if cells(text[slice(*span)]) <= _SHORT]
    loose = [span for span in organs if cells(text[slice(*span)]) <= _ORGAN_WIDTH]
    bare = {
        at for a, b in organs for m in _PLACE_END.finditer(text, a, b) for at in range(max(a, m.start() - 1), m.end())
    }
    return _inside(text, solid, width) | bare, _inside(text, quoted, width), _inside(text, [*loose, *named], width)


def _inside(text: str, spans: Iterable[_Span], width: float) -> set[int]:
    return {at for a, b in spans if cells(text[a:b]) <= width for at in range(a + 1, b)}


def _break_costs(
    text: str, words: Sequence[_Span], organs: Sequence[_Span], named: Sequence[_Span]
) -> dict[int, float]:
    """Positions where a line may end, with what that costs."""
    row = list(_in_a_row(words))
    costs = dict.fromkeys(_segment_ends(text), _SEGMENT)
    costs |= {end: _WORD for (_, end), (start, _) in pairwise(row) if end == start}
    costs |= {m.end(): _WORD for span in organs for m in _PLACE.finditer(text, *span)}
    costs |= {start: _CLINGING for start, end in row if text[start:end] in _HEADS}
    for m in _NUMBER.finditer(text):
        costs |= {m.start(): _EDGE, m.end(): _AFTER_NUMBER}
    edges = [*(at for span in (*named, *organs) for at in span), *(m.end() for m in _ISSUE.finditer(text))]
    edges += [m.start() for m in re.finditer("《|“|关于", text)]
    edges += [end for start, end in row if end - start > 1 and text[start:end] in _SUFFIXES]
    edges += [start for start, end in row if text[start:end] in _KINDS]
    costs |= dict.fromkeys(edges, _EDGE)
    costs |= dict.fromkeys((matter := _matter(text), *(end for _, end in organs if end <= matter)), _BEST)
    return {at: cost + 8.0 * (text[at - 1] in _WEAK_LAST) for at, cost in costs.items() if 0 < at < len(text)}


def _matter(text: str) -> int:
    """Where the issuing organ ends and the matter begins."""
    return m.start() if (m := _MATTER.search(text)) else len(text)


def _organs(text: str) -> Iterator[_Span]:
    """Names of organs between what may stand beside them; joint organs together and each for itself."""
    start = 0
    for end, following in [*(m.span() for m in _BESIDE_ORGANS.finditer(text)), (len(text), 0)]:
        if end - start >= 3 and _ORGAN_END.search(text, start, end):
            yield start, end
            yield from ((m.start(), m.end()) for m in _ONE_ORGAN.finditer(text, start, end) if m.end() - m.start() >= 3)
        start = following


def _may_break(text: str, at: int) -> bool:
    if len(text) - at < _SHORTEST_TAIL or _NOT_FIRST.match(text, at) or cells(text[at]) == 0:
        return False
    return not _NOT_LAST.search(text, max(0, at - 2), at)


class _Search:
    """The cheapest way to end lines at the given places, found by going through all that may still win."""

    def __init__(self, ahead: Sequence[float], costs: Mapping[int, float], width: float) -> None:
        self.ahead, self.costs, self.width = ahead, costs, width
        self.places = sorted(costs)
        self.last = len(ahead) - 1
        self.least, self.ends = inf, ()  # type: tuple[float, tuple[int, ...]]

    def best(self, most: int) -> tuple[int, ...]:
        """Ends in the fewest lines or one more, but in a fourth only where it must be; empty if there are none."""
        for count in range(max(1, ceil(self.ahead[-1] / self.width)), most + 1):
            known = bool(self.ends)
            if known and count > _USUAL_LINES:
                break
            self._extend(count, (0,), (), 0.0)
            if known:
                break
        return self.ends

    def _extend(self, count: int, ends: tuple[int, ...], widths: tuple[float, ...], cost: float) -> None:
        start = ends[-1]
        if count == 1:
            self._finish(ends, widths, cost)
            return
        first = bisect_left(self.ahead, self.ahead[-1] - (count - 1) * self.width)
        for at in self.places[bisect_left(self.places, max(first, start + 1)) :]:
            wide = self.ahead[at] - self.ahead[start]
            if wide > self.width:
                break
            spent = cost + self.costs[at] + 2.0 + self._line_cost(widths, wide)
            if spent < self.least:
                self._extend(count - 1, (*ends, at), (*widths, wide), spent)

    def _finish(self, ends: tuple[int, ...], widths: tuple[float, ...], cost: float) -> None:
        wide = self.ahead[-1] - self.ahead[ends[-1]]
        if wide > self.width:
            return
        cost += self._line_cost(widths, wide) + (0.5 if len(widths) == 1 and widths[0] < wide else 0.0)
        if cost < self.least:
            self.least, self.ends = cost, (*ends[1:], self.last)

    def _line_cost(self, above: tuple[float, ...], wide: float) -> float:
        cost = 4.0 * ((wide < 4) + (wide > self.width - _CLEARANCE))
        if above:
            step = abs(above[-1] - wide)
            cost += 3.0 if step < 1 else 1.0 if step < 2 else max(0.0, step - 6) * 0.6
        return cost + (12.0 if len(above) > 1 and above[-2] > above[-1] < wide else 0.0)


def _forced_ends(
    text: str, ahead: Sequence[float], costs: Mapping[int, float], solid: set[int], width: float
) -> Sequence[int]:
    """Ends for a title of more than four lines; where its words do not allow any, between characters, then in words."""
    numbers = _inside(text, (m.span() for pattern in (_NUMBER, _NOTES) for m in pattern.finditer(text)), width)
    anywhere = [at for at in range(1, len(text)) if at not in numbers and _may_break(text, at)]
    between = dict.fromkeys((at for at in anywhere if at not in solid), _CHARACTER)
    for places in (costs, between | {**costs}, dict.fromkeys(anywhere, 2 * _CHARACTER) | between | {**costs}):
        if all(ahead[b] - ahead[a] <= width for a, b in pairwise((0, *sorted(places), len(text)))):
            return _Search(ahead, places, width).best(_MOST_LINES) or _evenly_filled(ahead, sorted(places), width)
    return _filled(ahead, [at for at in range(1, len(text)) if cells(text[at])], width)


def _evenly_filled(ahead: Sequence[float], places: Sequence[int], width: float) -> Sequence[int]:
    """Filled lines as narrow as their number allows, so that the last is no scrap."""
    ends = _filled(ahead, places, width)
    for halves in range(1, int(2 * width)):
        narrower = _filled(ahead, places, width - halves / 2)
        if len(narrower) > len(ends):
            break
        ends = narrower
    return ends


def _filled(ahead: Sequence[float], places: Sequence[int], width: float) -> list[int]:
    """Ends of lines filled from the top; a line without any place to end within ``width`` runs to the next one."""
    ends, line, after = [], 0, [*places, len(ahead) - 1]
    for before, at in pairwise((0, *after)):
        if ahead[at] - ahead[line] > width and before > line:
            ends.append(before)
            line = before
    return [*ends, len(ahead) - 1]
