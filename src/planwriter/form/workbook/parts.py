"""One sheet of a form: fields as lines, lists as tables, in the order in which the document says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planwriter.form.workbook import choices, marks
from planwriter.form.workbook.columns import PARTS, TABLES, Shape, Slot, branch, columns, slots
from planwriter.form.workbook.drawing import MAX_CELL, Book, Page, fence, row_height
from planwriter.form.workbook.records import LEVEL, NEW, Row, at_path, cell_text, level_word, named, table_rows
from planwriter.model.element import Element
from planwriter.model.sections import Section
from planwriter.model.text import as_list
from planwriter.model.unfilled import is_blank

NUMBER = "number"
"""The key of the column that only counts rows."""
PAIR = ("pair.key", "pair.text")
FIRST = 2
"""The column, from 0, in which values and tables begin; before it stand marks and labels."""
_ALONE = (18.0, 58.0, 74.0)
_SPARE, _SPARE_TREE, _NAMES = 10, 24, 6
_GRID_COLUMNS = 6
_BEFORE_HEAD = 8


def draw_part(
    book: Book, name: str, identity: str, fields: Mapping[str, Any], full: bool, units: str | None
) -> str | None:
    """Draw the sheet of one part. Returns the range of the unit's departments where this sheet holds it."""
    return _Part(book.page(name, identity), PARTS[identity], fields, full, units).drawn()


class _Part:
    """A sheet while it is drawn."""

    def __init__(
        self, page: Page, cls: type[Element], fields: Mapping[str, Any], full: bool, units: str | None
    ) -> None:
        self.page, self.cls, self.fields, self.full, self.units = page, cls, fields, full, units
        self.blocks = _ordered(cls, fields)
        self.tables = [slot for slot in self.blocks if slot.shape in TABLES]
        self.departments: str | None = None
        self.heads: list[int] = []
        self.widths = self._widths()

    def drawn(self) -> str | None:
        page = self.page
        page.text(0, 1, "label", "key")
        page.text(0, FIRST, marks.VALUE, "key")
        for column, wide in enumerate(self.widths, 1):
            page.sheet.set_column(column, column, wide, None, self._folded(column))
        page.title(page.name, min(len(self.widths), 8))
        for slot in self.blocks:
            if slot.shape in TABLES:
                self._table(slot)
            else:
                self._field(slot)
        self._freeze()
        return self.departments

    def _freeze(self) -> None:
        one_head = len(self.heads) == 1 and self.heads[0] <= _BEFORE_HEAD
        self.page.sheet.freeze_panes(self.heads[0] + 1 if one_head else 2, FIRST)

    def _shown(self, slot: Slot) -> bool:
        if self.full or not is_blank(at_path(self.cls, self.fields, slot.path)) or slot.required:
            return True
        return slot.common and not _stands_back(self.cls, slot)

    def _widths(self) -> list[float]:
        if not self.tables:
            return list(_ALONE)
        widths = [16.0, 26.0, 46.0]
        for slot in self.tables:
            for number, (_, wide, _) in enumerate(_table_columns(slot), 1):
                if number >= len(widths):
                    widths.append(wide)
        return widths

    def _folded(self, column: int) -> dict[str, Any]:
        """Columns that no table on the sheet offers are folded away."""
        if column <= FIRST or not self.tables:
            return {}
        offered = (self._offered(slot, column) for slot in self.tables if self._shown(slot))
        return {} if any(offered) else {"level": 1, "hidden": True}

    def _offered(self, table: Slot, column: int) -> bool:
        listed = _table_columns(table)
        if column > len(listed):
            return False
        slot = listed[column - 1][2]
        if slot is None or self.full or slot.required or self._filled(table, slot.key):
            return True
        return slot.common and (slot.path[-1] != "measures" or getattr(self.cls, "__name__", "") == "Problems")

    def _filled(self, table: Slot, key: str) -> bool:
        return any(row.get(key) for row in _rows(table, at_path(self.cls, self.fields, table.path)))

    def _field(self, slot: Slot) -> None:
        value, first = at_path(self.cls, self.fields, slot.path), self.page.at
        texts = list(_chunks(cell_text(slot.shape, value)))
        if slot.path[-1] == choices.SOURCE:
            texts = [cell_text(slot.shape, [one]) for one in as_list(value) or () if not is_blank(one)]
            texts += [""] * max(_NAMES - len(texts), 2)
            self.departments = f"'{self.page.name}'!$C${first + 1}:$C${first + len(texts)}"
        for number, text in enumerate(texts or [""]):
            self._line(slot, text, number)
        fence(self.page, slot, first, self.page.at - 1, FIRST, self.units)

    def _line(self, slot: Slot, text: str, number: int) -> None:
        page = self.page
        page.text(page.at, 0, f"{marks.FIELD}{slot.key}", "key")
        page.label(page.at, 1, slot.label if number == 0 else "", "label", slot.required and number == 0)
        wide = self.widths[1]
        if self.tables:
            wide += self.widths[2]
            page.sheet.merge_range(page.at, FIRST, page.at, FIRST + 1, "", page.book.look("cell"))
        if text:
            page.text(page.at, FIRST, text, "cell")
        else:
            page.blank(page.at, FIRST, "cell")
        if number == 0:
            page.text(page.at, FIRST + (2 if self.tables else 1), slot.sentence, "hint")
        least = 54.0 if slot.shape is Shape.PARAGRAPHS else 21.0
        page.row(max(row_height([(text, wide)]), least if number == 0 else 21.0), hidden=not self._shown(slot))
        page.at += 1

    def _table(self, slot: Slot) -> None:
        hidden = not self._shown(slot)
        self._gap(hidden)
        self._caption(slot, hidden)
        rows = _rows(slot, at_path(self.cls, self.fields, slot.path))
        listed = _table_columns(slot, len(rows[0]) if rows and slot.shape is Shape.GRID else 0)
        mark = marks.GRID if slot.shape is Shape.GRID else marks.TABLE
        self.page.text(self.page.at, 0, f"{mark}{slot.key}", "key")
        for column, (key, _, _) in enumerate(listed, 1):
            self.page.text(self.page.at, column, key, "key")
        self.page.sheet.set_row(self.page.at, None, None, {"hidden": True, "level": 1} if hidden else {"hidden": True})
        self.page.at += 1
        if not hidden:
            self.heads.append(self.page.at)
        if slot.shape is Shape.GRID:
            self._grid(rows, len(listed), hidden)
        else:
            self._body(slot, listed, rows, hidden)

    def _gap(self, hidden: bool) -> None:
        self.page.row(8, hidden)
        self.page.at += 1

    def _caption(self, slot: Slot, hidden: bool) -> None:
        self.page.text(self.page.at, 0, marks.TITLE, "key")
        self.page.text(self.page.at, 1, slot.label, "caption")
        self.page.text(self.page.at, FIRST, str(slot.field.description), "hint")
        self.page.row(24, hidden)
        self.page.at += 1

    def _body(self, slot: Slot, listed: Sequence[Any], rows: Sequence[Row], hidden: bool) -> None:
        page, tree = self.page, slot.element is not None and branch(slot.element) is not None
        page.text(page.at, 0, marks.HEAD, "key")
        for column, (key, _, one) in enumerate(listed, 1):
            said = {LEVEL: "层级", NUMBER: "序号", PAIR[0]: "时间", PAIR[1]: "原因"}.get(key) or one.label
            page.label(page.at, column, said, "head", one is not None and one.required)
        page.row(30, hidden)
        page.at += 1
        first, example = page.at, {} if rows else self._example(slot, listed)
        if example:
            self._row(listed, example, "example", marks.EXAMPLE, hidden)
        spare = _SPARE_TREE if tree else _SPARE
        for number in range(max(len(rows) + 5, spare)):
            row = rows[number] if number < len(rows) else {}
            self._row(listed, row, "cell", row.get(NEW, ""), hidden, number + 1)
        self._fences(slot, listed, first, page.at - 1)

    def _fences(self, slot: Slot, listed: Sequence[Any], first: int, last: int) -> None:
        for column, (key, _, one) in enumerate(listed, 1):
            if one is not None:
                fence(self.page, one, first, last, column, self.units)
            elif key == LEVEL:
                self.page.sheet.data_validation(
                    first,
                    column,
                    last,
                    column,
                    {
                        "validate": "list",
                        "source": [level_word(n) for n in range(1, 5)],
                        "input_title": "层级",
                        "input_message": "这一条是第几级。一级下面的小条写二级。接着写上一条的目标等，就空着。",
                        "show_error": False,
                    },
                )

    def _example(self, table: Slot, listed: Sequence[Any]) -> Row:
        found: Row = {}
        for column, (key, _, one) in enumerate(listed, 1):
            if key in (LEVEL, *PAIR) or (one is not None and self._offered(table, column)):
                found[key] = example_text(table, key, one)
        return found

    def _row(self, listed: Sequence[Any], row: Row, look: str, mark: str, hidden: bool, number: int = 0) -> None:
        page = self.page
        if mark:
            page.text(page.at, 0, mark, "key")
        for column, (key, _, _) in enumerate(listed, 1):
            text = (str(number) if number else "例") if key == NUMBER else row.get(key, "")
            if text:
                page.text(page.at, column, text, "number" if key == NUMBER else look)
            else:
                page.blank(page.at, column, look)
        page.row(row_height((row.get(key, ""), self.widths[n]) for n, (key, _, _) in enumerate(listed)), hidden)
        page.at += 1

    def _grid(self, rows: Sequence[Row], wide: int, hidden: bool) -> None:
        page = self.page
        for number in range(max(len(rows) + 3, _SPARE)):
            row = rows[number] if number < len(rows) else {}
            if number == 0:
                page.text(page.at, 0, marks.HEAD, "key")
            elif row:
                page.text(page.at, 0, NEW, "key")
            for column in range(FIRST, wide + 1):
                look = "cell" if number else "head"
                text = row.get(str(column - FIRST), "")
                if text:
                    page.text(page.at, column, text, look)
                else:
                    page.blank(page.at, column, look)
            page.row(24, hidden)
            page.at += 1


def _ordered(cls: type[Element], fields: Mapping[str, Any]) -> list[Slot]:
    """The blocks of a sheet: as the section was filled in, else lines, then tables, the items last."""
    natural = sorted(slots(cls), key=lambda s: (s.shape in TABLES, s.path[-1] == "items"))
    if not issubclass(cls, Section):
        return natural
    first = [s for s in natural if s.path[0] in ("heading", "layout")]
    filled = [name for name, value in fields.items() if not is_blank(value)]
    usual = [s for s in natural if s not in first]
    rank = {name: number for number, name in enumerate(dict.fromkeys(s.path[0] for s in usual))}
    known = [rank[name] for name in filled if name in rank]
    if known == sorted(known):
        return first + usual
    told = {name: number for number, name in enumerate(filled)}
    return first + sorted(usual, key=lambda s: told.get(s.path[0], len(told)))


def _stands_back(cls: type[Element], slot: Slot) -> bool:
    """Whether a part has a table of its own, so that a short form folds its plain items away."""
    own = any(s.shape is Shape.RECORDS and s.common and s.path[-1] != "items" for s in slots(cls))
    return own and slot.path[-1] == "items"


def _table_columns(table: Slot, grid: int = 0) -> list[tuple[str, float, Slot | None]]:
    """Key, width and field of every column of a table, from column B on."""
    if table.shape is Shape.GRID:
        return [(NUMBER, 16.0, None), *((str(n), 16.0, None) for n in range(max(grid, _GRID_COLUMNS)))]
    if table.shape is Shape.PAIRS:
        return [(NUMBER, 16.0, None), *((key, 20.0, None) for key in PAIR)]
    assert table.element is not None
    before = LEVEL if branch(table.element) is not None else NUMBER
    usual_first = sorted(columns(table.element), key=lambda s: not (s.common or s.required) or s.path[-1] == "measures")
    return [(before, 16.0, None), *((s.key, _width(s), s) for s in usual_first)]


def _width(slot: Slot) -> float:
    if slot.shape is Shape.PARAGRAPHS or slot.owner.shorthand == slot.path[-1]:
        return 40.0
    return 26.0 if slot.path[-1] == "heading" else 16.0


def _rows(table: Slot, value: Any) -> list[Row]:
    """The rows of a table's values."""
    if is_blank(value):
        return []
    if table.shape is Shape.PAIRS:
        return [{PAIR[0]: str(key), PAIR[1]: cell_text(Shape.TEXT, text)} for key, text in value.items()]
    assert table.element is not None
    if table.shape is Shape.GRID:
        fields = named(table.element, value)
        return [_cells(row) for row in (fields.get("head"), *_grid_rows(fields.get("rows")))]
    return list(table_rows(table.element, value))


def _grid_rows(value: Any) -> list[Any]:
    """The rows of a free table; a single text is a row of one cell."""
    return list(value) if isinstance(value, list | tuple) else []


def _cells(row: Any) -> Row:
    return {str(n): "" if is_blank(one) else str(one) for n, one in enumerate(as_list(row) or ())}


def example_text(table: Slot, key: str, slot: Slot | None) -> str:
    """What the grey row of a table shows in a column."""
    if key == LEVEL:
        return level_word(1)
    if key in PAIR:
        return table.example.partition(": ")[0 if key == PAIR[0] else 2]
    return slot.example if slot is not None else ""


def _chunks(text: str) -> Iterator[str]:
    """A long text in pieces that cells can hold, cut between its lines."""
    piece = ""
    for line in text.split("\n"):
        if piece and len(piece) + len(line) + 1 > MAX_CELL:
            yield piece
            piece = line
        else:
            piece = f"{piece}\n{line}" if piece else line
    yield piece
