"""Numbers and names that must occur once in a document, also when a loop repeats their owner."""

from __future__ import annotations

import re
from itertools import count

from planwriter.expression import expression

_PICTURE = expression(r'(<wp:docPr\b[^<>]*?\sid=")[^"]*(")')
_PICTURE_IDS = expression(r'<wp:docPr\b[^<>]*?\sid="([^"]*)"')
_BOOKMARK = expression(r"<w:bookmark(Start|End)\b[^<>]*>")
_BOOKMARK_ID = expression(r'(\sw:id=")([^"]*)(")')
_BOOKMARK_NAME = expression(r'(\sw:name=")([^"]*)(")')
_SHAPE = expression(r'(<v:(?!shapetype)\w+\b[^<>]*?\sid=")([^"]*)(")')
_SPID = expression(r'(<v:(?!shapetype)\w+\b[^<>]*?\so:spid=")([^"]*)(")')
_NAME_LENGTH = 40
FIRST_PICTURE = 1001
"""Where docxtpl begins to count the pictures of the body."""


def renumber_pictures(xml: str) -> str:
    """Number the drawings of the body anew, as docxtpl does."""
    at = xml.find("<wp:docPr")
    if at < 0:
        return xml
    numbers = count(FIRST_PICTURE)
    return xml[:at] + _PICTURE.sub(lambda m: f"{m[1]}{next(numbers)}{m[2]}", xml[at:])


def unique_pictures(xml: str) -> str:
    """Number drawings anew only when two share a number (headers, footers, footnotes)."""
    ids = _PICTURE_IDS.findall(xml)
    return xml if len(set(ids)) == len(ids) else renumber_pictures(xml)


def unique_bookmarks(xml: str) -> str:
    """Renumber and rename bookmarks that a loop repeated (the first keeps its name), drop lone halves."""
    at = xml.find("<w:bookmark")
    if at < 0:
        return xml
    found = [(m[1], m[0]) for m in _BOOKMARK.finditer(xml, at)]
    starts = [_value(_BOOKMARK_ID, tag) for kind, tag in found if kind == "Start"]
    ends = [_value(_BOOKMARK_ID, tag) for kind, tag in found if kind == "End"]
    names = [_value(_BOOKMARK_NAME, tag).casefold() for kind, tag in found if kind == "Start"]
    if len(set(starts)) == len(starts) and len(set(names)) == len(names) and sorted(starts) == sorted(ends):
        return xml
    counter = _BookmarkCounter(set(names))
    return counter.without_halves(_BOOKMARK.sub(counter.replace, xml))


def _value(pattern: re.Pattern[str], tag: str) -> str:
    found = pattern.search(tag)
    return found[2] if found else ""


class _BookmarkCounter:
    """Gives each start the next number, and each end the number of the latest start with its old one."""

    def __init__(self, taken: set[str]) -> None:
        self._numbers = count(1)
        self._open: dict[str, list[int]] = {}
        self._seen: set[str] = set()
        self._taken = taken

    def replace(self, match: re.Match[str]) -> str:
        """The bookmark tag with its new number, and for a repeated start its new name."""
        old = _value(_BOOKMARK_ID, match[0])
        if match[1] == "End":
            waiting = self._open.get(old)
            return self._numbered(match[0], waiting.pop()) if waiting else ""
        number = next(self._numbers)
        self._open.setdefault(old, []).append(number)
        renamed = _BOOKMARK_NAME.sub(lambda m: m[1] + self._fresh(m[2]) + m[3], match[0], count=1)
        return self._numbered(renamed, number)

    def without_halves(self, xml: str) -> str:
        """The XML without starts that found no end."""
        lone = {str(number) for numbers in self._open.values() for number in numbers}
        return _BOOKMARK.sub(lambda m: "" if m[1] == "Start" and _value(_BOOKMARK_ID, m[0]) in lone else m[0], xml)

    def _numbered(self, tag: str, number: int) -> str:
        return _BOOKMARK_ID.sub(lambda m: f"{m[1]}{number}{m[3]}", tag, count=1)

    def _fresh(self, name: str) -> str:
        if name.casefold() not in self._seen:
            self._seen.add(name.casefold())
            return name
        for number in count(2):
            fresh = name[: _NAME_LENGTH - len(str(number)) - 1] + f"_{number}"
            if fresh.casefold() not in self._taken:
                self._taken.add(fresh.casefold())
                return fresh
        return name


def unique_shapes(xml: str) -> str:
    """Rename drawn shapes (VML) that a loop repeated; shape types may stand twice."""
    at = xml.find("<v:")
    if at < 0:
        return xml
    for pattern in (_SHAPE, _SPID):
        ids = [m[2] for m in pattern.finditer(xml, at)]
        if len(set(ids)) != len(ids):
            xml = pattern.sub(_ShapeCounter(set(ids)).replace, xml)
    return xml


class _ShapeCounter:
    """The first owner of a name keeps it, the others get a number behind it."""

    def __init__(self, taken: set[str]) -> None:
        self._seen: set[str] = set()
        self._taken = taken

    def replace(self, match: re.Match[str]) -> str:
        """The tag with a name nobody else has."""
        name = match[2]
        if name in self._seen:
            name = next(n for k in count(2) if (n := f"{match[2]}_{k}") not in self._taken)
            self._taken.add(name)
        self._seen.add(name)
        return match[1] + name + match[3]
