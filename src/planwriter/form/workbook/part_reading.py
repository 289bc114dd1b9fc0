"""One sheet of a form read back: by its hidden marks, and where they are gone by labels, the nearest counting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from planwriter.diagnostic import Diagnostic, Place, Severity
from planwriter.form.workbook import marks
from planwriter.form.workbook.cells import Sheet
from planwriter.form.workbook.columns import TABLES, Shape, Slot, branch, columns, slots
from planwriter.form.workbook.parts import NUMBER, PAIR, example_text
from planwriter.form.workbook.records import LEVEL, NEW, Gathering, at_path, pruned, put
from planwriter.model.element import Element, keys_of, label_of
from planwriter.model.unfilled import is_blank
from planwriter.nearest import nearest
from planwriter.placed import PlacedDict, PlacedList, PlacedText

Cells = Mapping[int, str]
_IS_HINT = re.compile(r"。例：")
"""What the words beside a field hold, in forms of other versions too."""
_LABELS = {LEVEL: ("层级", "级别", "层次"), NUMBER: ("序号",), PAIR[0]: ("时间", "月份"), PAIR[1]: ("原因",)}


def plain(label: str) -> str:
    """A label without its star, colon and spaces."""
    return "".join(label.replace("*", "").replace("＊", "").split()).strip("：:")


@cache
def labels_of(slot: Slot) -> frozenset[str]:
    """All that people call a field."""
    also = {key for key, name in keys_of(slot.owner).items() if name == slot.path[-1]}
    prefix = slot.label.removesuffix(str(slot.field.alias))
    return frozenset({plain(slot.label), *also, *(plain(prefix + key) for key in also)})


class PartReading:
    """Reads the rows of one sheet into the record of its part; ``told`` takes what is said about them."""

    def __init__(self, sheet: Sheet, cls: type[Element], told: list[Diagnostic]) -> None:
        self.sheet, self.cls, self.told = sheet, cls, told
        self.slots = {slot.key: slot for slot in slots(cls)}
        self.tables = {key: slot for key, slot in self.slots.items() if slot.shape in TABLES}
        self.record = PlacedDict(place=sheet.place(1, 1))
        self.table: _Table | None = None
        self.mark: int | None = None
        self.value: int | None = None

    def read(self, rows: Iterable[list[str]]) -> PlacedDict:
        """The record of the part; blank fields keep their places."""
        listed = [{c: text for c, text in enumerate(row) if text and text.strip()} for row in rows]
        self._find_marks(listed)
        for number, cells in enumerate(listed):
            if cells:
                self._row(number, cells)
        self._close()
        return pruned(self.record)

    def _find_marks(self, rows: list[dict[int, str]]) -> None:
        for cells in rows[:40]:
            for column, text in cells.items():
                if text.startswith((marks.SHEET, marks.FIELD, marks.TABLE, marks.GRID)) and self.mark is None:
                    self.mark = column
            if self.value is None and any(t.startswith(marks.SHEET) for t in cells.values()):
                self.value = next((c for c, text in cells.items() if text == marks.VALUE), None)

    def _row(self, number: int, cells: dict[int, str]) -> None:
        mark = cells.pop(self.mark, "") if self.mark is not None else ""
        if mark.startswith(marks.FIELD):
            self._close()
            self._marked_field(number, mark.removeprefix(marks.FIELD), cells)
        elif mark.startswith((marks.TABLE, marks.GRID)):
            self._open(mark[len(marks.TABLE) :], cells)
        elif mark.startswith((marks.SHEET, marks.TITLE)):
            self._close() if mark == marks.TITLE else None
        elif self.mark is None and self._by_labels(number, cells):
            return
        elif self.table is not None:
            self.table.row(number, mark, cells)
        elif cells and mark != marks.HEAD:
            self._unread(number, cells)

    def _marked_field(self, number: int, key: str, cells: Cells) -> None:
        assert self.mark is not None
        behind = next((c for c in sorted(cells) if c > self.mark + 1), self.mark + 2)
        at = self.value if self.value is not None else behind
        slot = self.slots.get(key) or self._named_by_label(cells)
        if slot is not None:
            self._field(slot, number, at, cells.get(at, ""))
            self._beside(slot, number, {c: text for c, text in cells.items() if c > at})
        elif at in cells:
            self.told.append(unread(self.sheet.place(number, at), cells[at], self._near(cells[min(cells)])))

    def _beside(self, slot: Slot, number: int, cells: Cells) -> None:
        """What stands to the right of a field: the form's own words, or something that is not read."""
        for column, text in cells.items():
            if text != slot.sentence and not _IS_HINT.search(text):
                self.told.append(unread(self.sheet.place(number, column), text))

    def _named_by_label(self, cells: Cells) -> Slot | None:
        """The field of a line whose key is of another version: its label says what it is now."""
        label = plain(cells[min(cells)]) if cells else ""
        return next((s for s in self.slots.values() if s.key not in self.tables and label in labels_of(s)), None)

    def _field(self, slot: Slot, number: int, column: int, text: str) -> None:
        put(self.record, self.cls, slot, PlacedText(text, self.sheet.place(number, column)))

    def _open(self, key: str, keys: Cells) -> None:
        self._close()
        slot = self.tables.get(key)
        if slot is not None:
            self.table = _Table(self, slot, dict(keys))

    def _close(self) -> None:
        if self.table is not None and (value := self.table.value()) is not None:
            slot, record = self.table.slot, self.record
            present = record.get(label_of(slot.owner, slot.path[-1]))
            record[label_of(slot.owner, slot.path[-1])] = (
                PlacedList([*present, *value], present.place) if isinstance(present, PlacedList) else value
            )
        self.table = None

    def _by_labels(self, number: int, cells: dict[int, str]) -> bool:
        """Where the hidden marks are gone: a row of keys or labels opens a table, a label names a field."""
        for key, slot in self.tables.items():
            known = _known_labels(slot)
            found = {c: known[plain(text)] for c, text in cells.items() if plain(text) in known}
            if len(found) >= min(2, len(known)) and slot.shape is not Shape.GRID:
                self._open(key, found)
                return True
        first = min(cells)
        slot_ = next(
            (s for s in self.slots.values() if s.key not in self.tables and plain(cells[first]) in labels_of(s)), None
        )
        if slot_ is not None:
            self._close()
            at = self.value if self.value is not None else first + 1
            self._field(slot_, number, at, cells.get(at, ""))
            beside = {c: text for c, text in cells.items() if c > at}
            if beside and not self._by_labels(number, beside):
                self._beside(slot_, number, beside)
            return True
        titles = {plain(self.sheet.name), "label", marks.VALUE, *(plain(slot.label) for slot in self.tables.values())}
        return plain(cells[first]) in titles

    def _unread(self, number: int, cells: Cells) -> None:
        if cells:
            at = min(cells)
            self.told.append(unread(self.sheet.place(number, at), cells[at], self._near(cells[at])))

    def _near(self, text: str) -> str | None:
        return nearest(plain(text), {label for slot in self.slots.values() for label in labels_of(slot)})


def unread(place: Place, text: str, near: str | None = None) -> Diagnostic:
    """What stands where the form has no field."""
    hint = f"是“{near}”就改成这个名称" if near else "不要的就删去；要写进文档，移到对应的格子里"
    return Diagnostic(
        "form-unread-cell",
        f"这里写的“{text.strip()[:20]}”不在表单的格子里，没有读",
        Severity.WARNING,
        place,
        found=text[:40],
        hint=hint,
    )


@cache
def _known_labels(table: Slot) -> dict[str, str]:
    """Label or key → key, for the columns of a table."""
    found = {label: key for key, names in _LABELS.items() for label in names if _fits(table, key)}
    if table.element is not None and table.shape is Shape.RECORDS:
        for slot in columns(table.element):
            for label in (*labels_of(slot), slot.key):
                found.setdefault(label, slot.key)
    return found | {key: key for key in _LABELS if _fits(table, key)}


def _fits(table: Slot, key: str) -> bool:
    if key in PAIR:
        return table.shape is Shape.PAIRS
    tree = table.shape is Shape.RECORDS and table.element is not None and branch(table.element) is not None
    return tree if key == LEVEL else not tree


class _Table:
    """Rows of one table, until the next one or the next field begins."""

    def __init__(self, part: PartReading, slot: Slot, keys: dict[int, str]) -> None:
        known = {*_known_labels(slot).values(), NUMBER}
        self.part, self.slot = part, slot
        self.keys = {c: key for c, key in keys.items() if slot.shape is Shape.GRID or key in known}
        """Column → key; those of another version are known by their labels."""
        self.gathering = Gathering(slot.element) if slot.shape is Shape.RECORDS and slot.element else None
        self.pairs = PlacedDict()
        self.grid: list[tuple[int, dict[int, str]]] = []
        self.first = True
        self.strange: set[int] = set()

    def row(self, number: int, mark: str, cells: dict[int, str]) -> None:
        """One row below the head."""
        if self.slot.shape is Shape.GRID:
            if cells or mark == NEW:
                self.grid.append((number, cells))
        elif mark == marks.HEAD:
            self._head(cells)
        elif cells:
            self._record(number, mark, cells)

    def _head(self, cells: Cells) -> None:
        """Columns that somebody added without a key are known by their labels."""
        known = _known_labels(self.slot)
        for column, text in cells.items():
            key = known.get(plain(text))
            if column not in self.keys and key is not None and key not in self.keys.values():
                self.keys[column] = key
            elif column not in self.keys and (near := nearest(plain(text), known, cutoff=0.75)) is not None:
                self._nearly(column, known[near])

    def _nearly(self, column: int, key: str) -> None:
        if key not in self.keys.values():
            self.keys[column] = key

    def _record(self, number: int, mark: str, cells: Cells) -> None:
        keyed = {self.keys[c]: text for c, text in cells.items() if c in self.keys and self.keys[c] != NUMBER}
        first, self.first = self.first, False
        if keyed and (mark == marks.EXAMPLE or (first and self.part.mark is None)):
            same = {key for key, text in keyed.items() if text == self._example(key)}
            if same == set(keyed):
                return
            if mark == marks.EXAMPLE and (left := same - {LEVEL}):
                self._half_example(number, left)
        self._strangers(number, cells)
        at = {key: self.part.sheet.place(number, column) for column, key in self.keys.items()}
        placed = {key: PlacedText(keyed.get(key, ""), at[key]) for key in at if key != NUMBER}
        if self.gathering is not None:
            problem = self.gathering.row(placed, new=mark == NEW)
            self.part.told += [problem] if problem is not None else []
        elif keyed:
            self._pair(placed)

    def _example(self, key: str) -> str:
        inner = {s.key: s for s in columns(self.slot.element)} if self.slot.element is not None else {}
        return example_text(self.slot, key, inner.get(key))

    def _half_example(self, number: int, keys: set[str]) -> None:
        column = min(c for c, key in self.keys.items() if key in keys)
        self.part.told.append(
            Diagnostic(
                "form-example-left",
                "示例这一行已经改过，这一格还是示例的文字，按填写的读",
                Severity.WARNING,
                self.part.sheet.place(number, column),
                hint="改成自己的内容，或清空这一格",
            )
        )

    def _strangers(self, number: int, cells: Cells) -> None:
        for column, text in cells.items():
            if column not in self.keys and column not in self.strange and column != self.part.mark:
                self.strange.add(column)
                self.part.told.append(unread(self.part.sheet.place(number, column), text))

    def _pair(self, placed: Mapping[str, PlacedText]) -> None:
        key, text = placed.get(PAIR[0], PlacedText("")), placed.get(PAIR[1], PlacedText(""))
        if str(key) in self.pairs:
            self.part.told.append(
                Diagnostic(
                    "form-duplicate-key",
                    f"“{key}”写了两次",
                    place=key.place,
                    found=str(key),
                    hint="删去一行，或把两行合成一行",
                )
            )
            return
        self.pairs[str(key)] = text
        if key.place is not None:
            self.pairs.key_places[str(key)] = key.place
            self.pairs.place = self.pairs.place or key.place

    def value(self) -> Any:
        """What the table says, or ``None``."""
        if self.gathering is not None:
            return self.gathering.found or None
        return (self.pairs or None) if self.slot.shape is Shape.PAIRS else self._grid()

    def _grid(self) -> PlacedDict | None:
        filled = [(number, cells) for number, cells in self.grid]
        if not filled or not any(cells for _, cells in filled):
            return None
        assert self.slot.element is not None
        start = min((c for c, key in self.keys.items() if key == "0"), default=min(min(c) for _, c in filled if c))
        wide = max(filled[0][1], default=start) + 1
        rows = PlacedList(self._grid_row(number, cells, start, wide) for number, cells in filled)
        made = PlacedDict(place=self.part.sheet.place(filled[0][0], start))
        head, below = (label_of(self.slot.element, name) for name in ("head", "rows"))
        made[head], made[below] = rows[0], PlacedList(rows[1:], rows[0].place)
        return made

    def _grid_row(self, number: int, cells: Cells, start: int, wide: int) -> PlacedList:
        end = max(wide, max(cells, default=0) + 1)
        place = self.part.sheet.place
        return PlacedList(
            (PlacedText(cells.get(c, ""), place(number, c)) for c in range(start, end)), place(number, start)
        )


def says_something(record: Mapping[str, Any]) -> bool:
    """Whether anything of a part is filled in."""
    return any(not is_blank(value) for value in record.values())


__all__ = ["PartReading", "at_path", "labels_of", "plain", "says_something", "unread"]
