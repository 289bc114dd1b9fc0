"""A form as CSV: rows of a label (or a path of keys) and its values."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from planwriter.diagnostic import Diagnostic, FormError, Place, Severity
from planwriter.form.csv_table import Record, guarded, open_csv, refuse_doubtful_encoding
from planwriter.form.keys import known_keys
from planwriter.form.yaml_form import MAX_DEPTH, MAX_NODES, not_a_form
from planwriter.placed import PlacedDict, PlacedList, PlacedText

_LABELS = frozenset({"项目", "键", "字段", "路径", "名称", "key", "path", "field", "label", "item"})
_VALUES = frozenset({"内容", "填写内容", "值", "填写", "value", "content"})
_STEP = re.compile(r"(?P<key>[^.\[\]]+)|\[(?P<index>\d{1,5})\]")
_PATH = re.compile(r"\s*[^.\[\]]+(?:\[\d{1,5}\]|\.[^.\[\]]+)*\s*")
HEADER = ("项目", "内容")
"""Over the column of labels and that of values; other columns are left out on reading."""

Path = tuple[str | int, ...]


def read_csv_form(data: bytes | str, name: str) -> tuple[PlacedDict, list[Diagnostic]]:
    """The placed data of a CSV form and what was said about it.

    In each row stands a label or a path (``主要任务[1].标题``), then its values. Several values, in one row or in rows
    of the same label, are a list. Raises FormError where nothing can be read.
    """
    table = open_csv(data, name)
    rows = list(islice(table.records(), MAX_NODES + 1))
    if len(rows) > MAX_NODES:
        message, hint = f"一份计划的表单不会超过{MAX_NODES}行", "很多单位的名单用 planwriter batch 生成"
        more = Diagnostic("form-too-many-rows", message, place=Place(name, rows[-1].line), hint=hint)
        raise FormError([*table.told, more])
    columns = _columns(rows[0].cells) if rows else _Columns()
    if not columns.headed and len(rows) > 1 and _heads_a_roster(rows[0]):
        raise FormError([*table.told, _a_roster(Place(name, rows[0].line))])
    rows = rows[1:] if columns.headed else rows
    refuse_doubtful_encoding(table, any(_first_key(row, columns.labels) in known_keys() for row in rows))
    tree = _Tree(name)
    for row in rows:
        _take(row, columns, tree)
    told = [*table.told, *tree.told]
    if not tree.root:
        broken = any(one.severity is Severity.ERROR for one in told)
        raise FormError(told if broken else [*told, not_a_form(None, name, "单位,…")])
    return tree.placed(tree.root, Place(name, 1)), told


def write_csv_form(content: Mapping[str, Any]) -> bytes:
    """The content as a CSV form that spreadsheets open (UTF-8 with BOM): a path and a text in each row.

    No cell is taken for a formula: “'” stands before those that begin with ``= + - @`` and is left out on reading.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows((guarded(path), guarded(text)) for path, text in _flat(content, ""))
    return out.getvalue().encode("utf-8-sig")


def _heads_a_roster(row: Record) -> bool:
    """Whether the first line names several things to be filled in, as that of a roster does."""
    named = [steps[0] for cell in row.cells if (steps := _steps(cell))]
    return len(named) > 1 and all(one in known_keys() for one in named)


def _a_roster(place: Place) -> Diagnostic:
    return Diagnostic("form-is-roster", "这是多个单位的名单（第一行是列名），不是一份计划的表单", place=place,
                      hint="用 planwriter batch 名单.csv --base 共用表单.yaml 成批生成")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where labels and values stand; ``left_out`` are columns of hints. Without a header: label first, then values."""

    labels: int = 0
    first: int = 1
    left_out: frozenset[int] = frozenset()
    headed: bool = False

    def values(self, row: Record) -> list[PlacedText]:
        return [cell for at, cell in enumerate(row.cells) if at >= self.first and at not in self.left_out]


def _columns(cells: tuple[PlacedText, ...]) -> _Columns:
    words = [cell.strip().lower() for cell in cells]
    labels = next((at for at, word in enumerate(words) if word in _LABELS), None)
    first = next((at for at, word in enumerate(words) if word in _VALUES), None)
    if labels is None or first is None:
        return _Columns()
    other = (at for at, word in enumerate(words) if word and word not in _VALUES)
    return _Columns(labels, first, frozenset({labels, *other}), headed=True)


def _first_key(row: Record, labels: int) -> str:
    steps = _steps(row.cells[labels]) if labels < len(row.cells) else ()
    return str(steps[0]) if steps else ""


def _steps(path: str) -> Path:
    """The keys and indexes (from 0) of a path; one key where it is none."""
    if not _PATH.fullmatch(path):
        return (path.strip(),) if path.strip() else ()
    found = _STEP.finditer(path.strip())
    return tuple(one["key"].strip() if one["key"] else max(int(one["index"]) - 1, 0) for one in found)


def _take(row: Record, columns: _Columns, tree: _Tree) -> None:
    at_label = columns.labels < len(row.cells)
    label = row.cells[columns.labels] if at_label else PlacedText("", Place(tree.name, row.line))
    cells = columns.values(row)
    filled = [cell for cell in cells if cell.strip()]
    if not label.strip():
        if filled:
            tree.tell("form-no-label", "这一行没有项目名称，没有读", row.line, "在前面一格写上项目名称")
        return
    for cell in filled or ([cells[0]] if cells else []):
        tree.put(_steps(label), cell, row.line)


class _Tree:
    """Mappings, lists by index, and the texts at their ends, before they become placed data."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: dict[str | int, Any] = {}
        self.told: list[Diagnostic] = []

    def tell(self, code: str, message: str, line: int, hint: str, found: str | None = None) -> None:
        self.told.append(Diagnostic(code, message, Severity.ERROR, Place(self.name, line), found, None, hint))

    def put(self, path: Path, cell: PlacedText, line: int) -> None:
        """Add a text at a path; a second one at the same path makes a list."""
        if len(path) > MAX_DEPTH:
            self.tell("form-too-deep", "层次太深，不像一份表单", line, "检查路径")
            return
        below: Any = self.root
        for step in path[:-1]:
            below = below.setdefault(step, {})
            if not isinstance(below, dict):
                self.tell("form-duplicate-key", f"“{step}”前面已经写了文字，不能再分项", line, "文字和分项只写一种")
                return
        held = below.setdefault(path[-1], [])
        if isinstance(held, dict):
            self.tell("form-duplicate-key", f"“{path[-1]}”前面已经分了项，不能再写文字", line, "文字和分项只写一种")
        else:
            held.append(cell)

    def placed(self, found: Any, around: Place) -> Any:
        """The placed data of a part of the tree."""
        if isinstance(found, list):
            return found[0] if len(found) == 1 else PlacedList(found, found[0].place)
        place = _first_place(found) or around
        if found and all(isinstance(step, int) for step in found):
            return PlacedList((self.placed(found[step], place) for step in sorted(found)), place)
        made = PlacedDict(place=place)
        for step, below in found.items():
            key = str(step + 1) if isinstance(step, int) else step
            made[key] = self.placed(below, place)
            made.key_places[key] = _first_place(below) or place
        return made


def _first_place(found: Any) -> Place | None:
    while isinstance(found, dict) and found:
        found = next(iter(found.values()))
    return found[0].place if isinstance(found, list) and found else None


def _flat(content: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(content, Mapping):
        for key, value in content.items():
            yield from _flat(value, f"{path}.{key}" if path else str(key))
    elif isinstance(content, list | tuple):
        for number, value in enumerate(content, 1):
            yield from _flat(value, f"{path}[{number}]")
    else:
        yield path, "" if content is None else str(content)
