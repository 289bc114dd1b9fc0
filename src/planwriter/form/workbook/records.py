"""Form data as rows of cells, and rows of cells as form data: two functions each, one the other's inverse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic_core import PydanticCustomError

from planwriter.diagnostic import Diagnostic, FormError, Place
from planwriter.form.workbook.columns import Shape, Slot, branch, columns, elements_in, slots
from planwriter.model.element import Element, keys_of, label_of
from planwriter.model.items import Points
from planwriter.model.text import as_list
from planwriter.model.unfilled import is_blank
from planwriter.placed import PlacedDict, PlacedList, PlacedText, place_of

Row = dict[str, str]
"""Key of a column → the text of its cell."""
LEVEL = "level"
"""The key of the column that says how deep an element of a tree stands."""
NEW = "+"
"""Stands beside a row that begins an element although only cells of its list are filled."""

_POINT = f"{label_of(Points, 'points')}："
_END = _POINT.rstrip("：")
"""Stands between two groups of points that follow each other."""
_POINT_LINE = re.compile(rf"\\*{_POINT}")
_LEVELS = "一二三四五六七八九"
_LEVEL_WORD = re.compile(r"第?\s*[（(]?\s*([一二三四五六七八九1-9１-９])\s*[)）.、]?\s*(?:级|层|级标题)?")


def named(cls: type[Element], value: Any) -> dict[str, Any]:
    """The fields of one element by name. Raises FormError for keys that the model does not know."""
    if is_blank(value):
        return {}
    try:
        record = cls.opened(value)
    except PydanticCustomError as error:
        raise FormError(Diagnostic(error.type, error.message(), place=place_of(value))) from None
    known = keys_of(cls)
    unknown = [str(key) for key in record if key not in known]
    if unknown:
        raise FormError([Diagnostic("form-unknown-key", f"不认识的键“{key}”", found=key) for key in unknown])
    return {known[key]: below for key, below in record.items()}


def at_path(cls: type[Element], fields: Mapping[str, Any], path: Sequence[str]) -> Any:
    """The value of a field, or of a field of a nested element."""
    value = fields.get(path[0])
    for name in path[1:]:
        cls, path = elements_in(cls.model_fields[path[0]].annotation)[0], path[1:]
        value = named(cls, value).get(name)
    return value


def cell_text(shape: Shape, value: Any) -> str:
    """What stands in the cell: lists one a line, a line break inside a text as a vertical tab."""
    if is_blank(value):
        return ""
    if shape is Shape.TEXT:
        return "\n".join(str(one) for one in as_list(value))
    return "\n".join(_lines(shape, [one for one in as_list(value) if not is_blank(one)]))


def _lines(shape: Shape, values: list[Any]) -> Iterator[str]:
    for before, value in zip([None, *values], values, strict=False):
        if isinstance(value, Mapping):
            if isinstance(before, Mapping):
                yield _END
            points = named(Points, value).get("points")
            yield from (f"{_POINT}{_one_line(point)}" for point in as_list(points) if not is_blank(point))
        else:
            line = _one_line(value)
            yield f"\\{line}" if shape is Shape.PARAGRAPHS and (_POINT_LINE.match(line) or _ends_points(line)) else line


def _ends_points(line: str) -> bool:
    return line.lstrip("\\") == _END


def _one_line(value: Any) -> str:
    return re.sub("\r\n|\r|\n", "\v", str(value))


def is_one_paragraph(text: str) -> bool:
    """Whether the text of a cell is a paragraph as it stands: no lines, no points, nothing escaped."""
    return "\n" not in text and "\r" not in text and not text.startswith((_POINT, _END, "\\"))


def cell_value(shape: Shape, text: str, place: Place | None) -> Any:
    """The data of a cell, the inverse of ``cell_text``; an empty cell keeps its place."""
    if shape is Shape.TEXT or not text.strip():
        return PlacedText(text if text.strip() else "", place)
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    if shape is Shape.NAMES:
        return PlacedList((PlacedText(line, place) for line in lines), place)
    return PlacedList(_paragraphs(lines, place), place)


def _paragraphs(lines: Iterable[str], place: Place | None) -> Iterator[Any]:
    points: PlacedList | None = None
    for line in lines:
        if line.startswith(_POINT):
            if points is None:
                points = PlacedList(place=place)
                yield PlacedDict({label_of(Points, "points"): points}, place)
            points.append(PlacedText(line.removeprefix(_POINT), place))
            continue
        points = None
        if line == _END:
            continue
        escaped = line.startswith("\\") and (_POINT_LINE.match(line) or _ends_points(line))
        yield PlacedText(line[1:] if escaped else line, place)


def table_rows(cls: type[Element], values: Any, level: int = 1) -> Iterator[Row]:
    """The rows of a table of such elements; a tree's rows say their level."""
    tree = branch(cls)
    for value in as_list(values) if not is_blank(values) else ():
        fields = named(cls, value)
        own = list(_record_rows(cls, fields)) or [{}]
        if tree is not None:
            own[0][LEVEL] = level_word(level)
        yield from own
        if tree is not None:
            yield from table_rows(cls, fields.get(tree), level + 1)


def _record_rows(cls: type[Element], fields: Mapping[str, Any]) -> Iterator[Row]:
    """The first row with the element's own cells, then a row for each further element of its lists."""
    slots_ = columns(cls)
    single = {s.key: t for s in slots_ if s.group is None and (t := cell_text(s.shape, at_path(cls, fields, s.path)))}
    groups = [list(_group_rows(s, fields)) for s in _group_heads(slots_)]
    for number in range(max((len(g) for g in groups), default=0) or 1):
        row: Row = dict(single) if number == 0 else {}
        for group in groups:
            row |= group[number] if number < len(group) else {}
        if number == 0 and not single and branch(cls) is None:
            row[NEW] = NEW
        yield row


def _group_heads(slots_: Iterable[Slot]) -> list[Slot]:
    return list({s.group: s for s in slots_ if s.group is not None}.values())


def _group_rows(slot: Slot, fields: Mapping[str, Any]) -> Iterator[Row]:
    assert slot.group is not None
    values = fields.get(slot.group)
    for value in as_list(values) if not is_blank(values) else ():
        inner = named(slot.owner, value)
        yield {
            f"{slot.group}.{s.key}": t for s in slots(slot.owner) if (t := cell_text(s.shape, inner.get(s.path[-1])))
        }


def level_word(level: int) -> str:
    """一级, 二级 …"""
    return f"{_LEVELS[level - 1]}级" if level <= len(_LEVELS) else f"{level}级"


def read_level(text: str) -> int | None:
    """1 for 一级, 1, （一）, 第一层; ``None`` for anything else."""
    found = _LEVEL_WORD.fullmatch(text.strip())
    if found is None:
        return None
    return _LEVELS.index(found[1]) + 1 if found[1] in _LEVELS else int(found[1])


class Gathering:
    """Rows of a table become elements; rows that fill only cells of a list go on with the element above."""

    def __init__(self, cls: type[Element]) -> None:
        self.cls = cls
        self.columns = {slot.key: slot for slot in columns(cls)}
        self.tree = branch(cls)
        self.found = PlacedList()
        self._open: list[PlacedDict] = []
        self._waiting: list[tuple[int, PlacedDict]] = []

    def row(self, cells: Mapping[str, PlacedText], *, new: bool = False) -> Diagnostic | None:
        """Take one row: key → text of the cell. Returns what is wrong with its level."""
        filled = {key for key, text in cells.items() if text.strip()} & (set(self.columns) | {LEVEL})
        if not filled:
            return None
        said = cells.get(LEVEL)
        level = read_level(said) if said is not None and said.strip() else None
        own = {key for key in filled if key in self.columns and self.columns[key].group is None}
        if level is None and not own and self._open and not new:
            self._lists(self._open[-1], cells)
            return _bad_level(said)
        record = self._record(cells)
        if filled == {LEVEL}:
            self._waiting = [*(w for w in self._waiting if w[0] < (level or 1)), (level or 1, record)]
            return _bad_level(said) if level is None else None
        deepest = len(self._open) + len(self._waiting) + 1
        wanted = (level or len(self._open) or 1) if self.tree else 1
        self._release(wanted)
        if wanted > len(self._open) + 1:
            problem: Diagnostic | None = _too_deep(said, wanted, deepest)
            wanted = len(self._open) + 1
        else:
            problem = _bad_level(said) if said is not None and said.strip() and level is None else None
        self._place(record, wanted)
        return problem

    def _release(self, wanted: int) -> None:
        """An element that says nothing itself stands where elements below it follow."""
        for level, record in self._waiting:
            if level < wanted and level <= len(self._open) + 1:
                self._place(record, level)
        self._waiting = []

    def _place(self, record: PlacedDict, level: int) -> None:
        del self._open[level - 1 :]
        if level == 1:
            siblings = self.found
        else:
            assert self.tree is not None
            siblings = self._open[-1].setdefault(label_of(self.cls, self.tree), PlacedList(place=record.place))
        if siblings.place is None:
            siblings.place = record.place
        siblings.append(record)
        self._open.append(record)

    def _record(self, cells: Mapping[str, PlacedText]) -> PlacedDict:
        place = next((p for text in cells.values() if text.strip() and (p := place_of(text))), None)
        made = PlacedDict(place=place)
        for key, slot in self.columns.items():
            if slot.group is None and key in cells:
                put(made, self.cls, slot, cells[key])
        self._lists(made, cells)
        return pruned(made)

    def _lists(self, record: PlacedDict, cells: Mapping[str, PlacedText]) -> None:
        for head in _group_heads(self.columns.values()):
            assert head.group is not None
            inside = {k: s for k, s in self.columns.items() if s.group == head.group and k in cells}
            if not any(cells[key].strip() for key in inside):
                continue
            first = next(place_of(cells[key]) for key in inside if cells[key].strip())
            made = PlacedDict(place=first)
            for key, slot in inside.items():
                put(made, head.owner, Slot(slot.path[1:], slot.owner, slot.label, slot.shape), cells[key])
            record.setdefault(label_of(self.cls, head.group), PlacedList(place=first)).append(made)


def put(record: PlacedDict, cls: type[Element], slot: Slot, text: PlacedText) -> None:
    """Write the value of a cell at its field; ``pruned`` takes away nested elements that stayed blank."""
    place = place_of(text)
    for name in slot.path[:-1]:
        label = label_of(cls, name)
        if label not in record:
            record[label] = PlacedDict(place=place)
            _remember(record, label, place)
        record, cls = record[label], elements_in(cls.model_fields[name].annotation)[0]
    label = label_of(cls, slot.path[-1])
    present, value = record.get(label), cell_value(slot.shape, text, place)
    if is_blank(present):
        record[label] = value
        _remember(record, label, place)
    elif text.strip():
        record[label] = _joined(present, value)


def _remember(record: PlacedDict, label: str, place: Place | None) -> None:
    if place is not None:
        record.key_places[label] = place


def _joined(present: Any, more: Any) -> Any:
    """A field that is filled in two places says both, one after the other."""
    if isinstance(present, list) and isinstance(more, list):
        return PlacedList([*present, *more], place_of(present))
    return PlacedText(f"{present}\n{more}", place_of(present))


def pruned(record: PlacedDict) -> PlacedDict:
    """The record with blanks in place of nested elements of which nothing is filled."""
    for key, value in record.items():
        if isinstance(value, PlacedDict) and all(is_blank(below) for below in value.values()):
            record[key] = PlacedText("", value.place)
    return record


def _bad_level(said: PlacedText | None) -> Diagnostic | None:
    if said is None or not said.strip():
        return None
    return Diagnostic(
        "form-bad-level",
        f"层级写的“{said.strip()[:20]}”看不懂",
        place=place_of(said),
        found=str(said)[:20],
        expected="一级",
        hint="从下拉框里选一级、二级、三级",
    )


def _too_deep(said: PlacedText | None, wanted: int, deepest: int) -> Diagnostic:
    message = f"上面一条不到{level_word(wanted - 1)}，这里不能是{level_word(wanted)}"
    return Diagnostic(
        "form-level-skipped",
        message,
        place=place_of(said),
        found=str(said),
        expected=level_word(deepest),
        hint=f"改成“{level_word(deepest)}”，或在上面补一条{level_word(wanted - 1)}",
    )
