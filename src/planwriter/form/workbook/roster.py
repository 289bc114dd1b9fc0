"""A table of many units: one row a unit, written blank and read row by row with its cells' places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from planwriter.diagnostic import Diagnostic, FormError, Place, Severity
from planwriter.form.workbook import marks
from planwriter.form.workbook.cells import Misread, Sheet, open_table_sheets
from planwriter.form.workbook.cells import said as shown_as
from planwriter.form.workbook.columns import TABLES, Shape, Slot, slots
from planwriter.form.workbook.drawing import Book, fence, row_height
from planwriter.form.workbook.part_reading import labels_of, plain, unread
from planwriter.form.workbook.placed_cells import CellDict, CellList, CellText
from planwriter.form.workbook.records import at_path, cell_text, cell_value, is_one_paragraph, named
from planwriter.form.workbook.versions import other_version, version_of
from planwriter.model.element import Element, label_of
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import HEAD_KEYS, WorkPlan
from planwriter.nearest import nearest
from planwriter.placed import PlacedDict

_PAPER = HEAD_KEYS[0]
_SPARE = 40
_WITHIN_HEAD = 15
_WIDE = 20.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a roster: a field of the plan, or of the paper around it."""

    slot: Slot
    paper: bool

    @property
    def key(self) -> str:
        """As it stands in the hidden row: ``unit.name``, ``paper.document_number``."""
        return f"paper.{self.slot.key}" if self.paper else self.slot.key

    @property
    def label(self) -> str:
        """As it stands in the head: 单位全称, 公文标题."""
        return f"{_PAPER}{self.slot.label}" if self.paper and self.slot.label in _plan_labels() else self.slot.label

    @property
    def path(self) -> tuple[str, ...]:
        """The Chinese keys from the top of the form down."""
        cls: type[Element] = OfficialDocument if self.paper else WorkPlan
        said = [_PAPER] if self.paper else []
        said += [label_of(cls, self.slot.path[0])]
        return (*said, label_of(self.slot.owner, self.slot.path[-1])) if len(self.slot.path) > 1 else tuple(said)


@cache
def _plan_labels() -> frozenset[str]:
    return frozenset(slot.label for slot in slots(WorkPlan))


@cache
def roster_columns() -> tuple[Column, ...]:
    """Every field that takes one cell: those of the plan, then those of the paper around it."""
    plan = (Column(slot, False) for slot in slots(WorkPlan) if slot.shape not in TABLES)
    paper = (Column(slot, True) for slot in slots(OfficialDocument) if slot.shape not in TABLES)
    return (*plan, *paper)


def write_roster(rows: Iterable[Mapping[str, Any]] = (), *, full: bool = False) -> bytes:
    """The bytes of an .xlsx table for many units, one row a unit; ``rows`` are form data to prefill it with.

    Columns are the fields of the model that take one cell; ``full`` opens those that are seldom filled in.
    Same rows, same bytes. Raises FormError for keys the model does not know.
    """
    filled = [_texts(row) for row in rows]
    book = Book()
    _advice(book)
    page = book.page(marks.ROSTER_NAME, marks.ROSTER)
    used = {key for row in filled for key in row}
    listed = sorted(roster_columns(), key=lambda c: not _offered(c, used))
    for number, column in enumerate(listed, 1):
        folded = {} if full or _offered(column, used) else {"level": 1, "hidden": True}
        page.text(0, number, column.key, "key")
        page.sheet.set_column(number, number, _WIDE, None, folded)
        page.label(1, number, column.label, "head", column.slot.required and not column.paper)
    page.text(1, 0, marks.HEAD, "key")
    page.row(34)
    page.at = 2
    example = {} if filled else {c.key: c.slot.example for c in listed if _offered(c, used)}
    for number, row in enumerate([*([example] if example else []), *filled, *({} for _ in range(_SPARE))]):
        is_example = bool(example) and number == 0
        if is_example:
            page.text(page.at, 0, marks.EXAMPLE, "key")
        for at, column in enumerate(listed, 1):
            text, look = row.get(column.key, ""), "example" if is_example else "cell"
            page.text(page.at, at, text, look) if text else page.blank(page.at, at, look)
        page.row(row_height((text, _WIDE) for text in row.values()))
        page.at += 1
    for number, column in enumerate(listed, 1):
        fence(page, column.slot, 2, page.at - 1, number, None)
    page.sheet.freeze_panes(2, 2)
    page.sheet.activate()
    return book.bytes()


def _offered(column: Column, used: set[str]) -> bool:
    return column.key in used or column.slot.common or column.slot.required


def _texts(form: Mapping[str, Any]) -> dict[str, str]:
    paper = named(OfficialDocument, next((form[key] for key in HEAD_KEYS if key in form), None))
    plan = named(WorkPlan, {key: value for key, value in form.items() if key not in HEAD_KEYS})
    found = {}
    for column in roster_columns():
        cls, fields = (OfficialDocument, paper) if column.paper else (WorkPlan, plan)
        if text := cell_text(column.slot.shape, at_path(cls, fields, column.slot.path)):
            found[column.key] = text
    return found


_STEPS = (
    "“名单”里每个单位占一行，一行生成一份文档。这里写各单位不同的内容，各单位相同的内容写在一份共同的表单里。",
    "带红色 * 的列是必填的。灰色斜体的一行是示例，不动它就不算填写。",
    "一格里写几个名称时，每个占一行：按 Alt+Enter 换行。日期写全年月日，如 2026年12月20日。",
    "可以移动、改名、隐藏列，不常用的列收在上边的“+”里。上下合并的格子，它的内容算作每一行的。",
    "第一行和 A 列是隐藏的记号，请不要删去。",
)


def _advice(book: Book) -> None:
    page = book.page(marks.GUIDE_NAME, marks.GUIDE)
    page.sheet.set_column(1, 1, 14)
    page.sheet.set_column(2, 2, 96)
    page.title("填写说明", 2)
    for number, step in enumerate(_STEPS, 1):
        page.text(page.at, 1, f"{number}．", "step")
        page.text(page.at, 2, step, "told")
        page.row(row_height([(step, 88)]))
        page.at += 1


class RosterRow:
    """One unit: ``number`` is its row in the sheet, from 1. Its form is made when it is first asked for."""

    __slots__ = ("_built", "_cells", "_table", "number")
    _built: tuple[PlacedDict, tuple[Diagnostic, ...]]

    def __init__(self, number: int, cells: Sequence[Any], table: _Table) -> None:
        self.number, self._cells, self._table = number, cells, table

    @property
    def form(self) -> PlacedDict:
        """The form data of the unit, nested like a form, every value with the place of its cell."""
        return self._read()[0]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was said about the cells of the row."""
        return self._read()[1]

    def _read(self) -> tuple[PlacedDict, tuple[Diagnostic, ...]]:
        try:
            return self._built
        except AttributeError:
            self._built = self._table.form(self.number - 1, self._cells)
            return self._built

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (self.number, *self._read())


def _rebuilt(number: int, form: PlacedDict, diagnostics: tuple[Diagnostic, ...]) -> RosterRow:
    """A row that came from another process; it no longer needs its table."""
    made = RosterRow.__new__(RosterRow)
    made.number, made._built = number, (form, diagnostics)
    return made


class _Table:
    """What the rows of a roster share: the sheet and, column by column, where a cell belongs."""

    def __init__(self, sheet: Sheet, columns: Mapping[int, Column]) -> None:
        self.sheet = sheet
        self.first = min(columns)
        self.columns = sorted(columns)
        self.plans = [
            (at, column.path[:-1], column.path[-1], column.slot.shape, column.slot.shape is Shape.TEXT)
            for at, column in columns.items()
        ]

    def says_something(self, number: int, row: Sequence[Any]) -> bool:
        """Whether any cell of ours is filled in, or wrong."""
        texts = [row[at] for at in self.columns if at < len(row)]
        if any(type(text) is str and text and not text.isspace() for text in texts):
            return True
        form, told = self.form(number, row)
        return bool(form or told)

    def form(self, number: int, row: Sequence[Any]) -> tuple[PlacedDict, tuple[Diagnostic, ...]]:
        """The form data of a row (from 0), and what was said about its cells."""
        sheet, asides, width = self.sheet, self.sheet.asides, len(row)
        form, told, within = CellDict.of((sheet, number, self.first)), list[Diagnostic](), dict[Any, CellDict]()
        new = str.__new__
        for at, parents, key, shape, plain_text in self.plans:
            value = row[at] if at < width else ""
            if asides or type(value) is not str:
                value = sheet.text(number, at, value, told)
            if not value or value.isspace():
                continue
            text = new(CellText, value)
            text.at = (sheet, number, at)
            record = form
            if parents:
                record = within.get(parents) or within.setdefault(parents, self._record(form, parents))
            if plain_text or (shape is Shape.NAMES and "\n" not in value):
                record[key] = text
            elif shape is Shape.PARAGRAPHS and is_one_paragraph(value):
                record[key] = CellList.of(text)
            else:
                record[key] = cell_value(shape, text, text.place)
        return form, tuple(told)

    def _record(self, form: CellDict, parents: tuple[str, ...]) -> CellDict:
        record = form
        for parent in parents:
            if parent not in record:
                record[parent] = CellDict.of(form.at)
            record = record[parent]
        return record


@dataclass(slots=True)
class Roster:
    """A roster that was opened: iterate over its rows once; ``notices`` are about the table as a whole."""

    columns: tuple[Column, ...]
    """The columns that were recognised, in the order of the sheet."""
    notices: tuple[Diagnostic, ...]
    _rows: Iterator[RosterRow] = field(repr=False)

    def __iter__(self) -> Iterator[RosterRow]:
        return self._rows


def read_roster(data: bytes, name: str) -> Roster:
    """Open a table of many units (.xlsx, .xls, .ods, .et by content); its rows come one by one.

    Each row is the form data of one unit, nested like a form, every value a ``PlacedText`` (or a list) of its cell.
    Vertically merged cells give their value to each row they cover, which is told in a notice. Empty rows and an
    untouched example are left out. Raises FormError at once where nothing can be read or no column is known.
    """
    sheets = open_table_sheets(data, name)
    sheet, head, keys, notices = _table(sheets, name)
    notices[:0] = other_version(version_of(data), name)
    mark = next((c for c, key in keys.items() if key == ""), None)
    columns = {c: _by_key()[key] for c, key in keys.items() if key}
    notices += told_of_merged(sheet, head)
    return Roster(tuple(columns.values()), tuple(notices), _rows(sheet, head, columns, mark))


def told_of_merged(sheet: Sheet, head: int) -> Iterator[Diagnostic]:
    """What is said of vertically merged cells below the head (from 0), once for all of them."""
    if merged := sheet.merged_below(head):
        yield Diagnostic(
            "form-merged-cells", f"有{len(merged)}处上下合并的格子，内容算作它盖住的每一行的", Severity.NOTE,
            sheet.place(*merged[0][0]), hint="不是这个意思，就取消合并，逐行填写")  # fmt: skip


@cache
def _by_key() -> dict[str, Column]:
    return {column.key: column for column in roster_columns()}


@cache
def _by_label() -> dict[str, Column]:
    """Label → column; what a plan calls by the same name comes first."""
    found: dict[str, Column] = {}
    for column in roster_columns():
        found.setdefault(plain(column.label), column)
    for column in roster_columns():
        for label in labels_of(column.slot) | {column.key, ".".join(column.path), "".join(column.path)}:
            found.setdefault(label, column)
    for label in ("单位", "单位名称"):
        found[label] = _by_key()["unit.name"]
    return found


def _table(sheets: list[Sheet], name: str) -> tuple[Sheet, int, dict[int, str], list[Diagnostic]]:
    """The sheet with the roster, the row (from 0) of its head, and its columns' keys."""
    best: tuple[int, Sheet, int, dict[int, str]] | None = None
    for sheet in sheets:
        for number, row in enumerate(islice(sheet.rows(), _WITHIN_HEAD)):
            keys = _keys(row)
            if len(keys) > (best[0] if best else 0):
                best = (len(keys), sheet, number, keys)
    if best is None:
        raise FormError(Diagnostic("form-empty", "这个表格里没有认得出的列名", place=Place(name), expected="单位全称",
                                   hint="用“planwriter new --roster -o 名单.xlsx”得到一份空白名单"))  # fmt: skip
    _, sheet, number, keys = best
    head = list(islice(sheet.rows(), number + 2))
    marked = any(isinstance(v, str) and v.startswith(marks.SHEET) for v in head[number])
    labels = head[-1] if marked else head[number]
    notices = list(_unknown(sheet, number + 1 if marked else number, labels, keys))
    return sheet, number + 1 if marked else number, keys, notices


def _keys(row: Sequence[Any]) -> dict[int, str]:
    """Column → key for a row of keys or labels; ``""`` for the column of marks."""
    found: dict[int, str] = {}
    for number, value in enumerate(row):
        if not isinstance(value, str) or not value.strip():
            continue
        if value.startswith(marks.SHEET):
            found[number] = ""
        elif (column := _by_key().get(value) or _by_label().get(plain(value))) and column.key not in found.values():
            found[number] = column.key
    return found


def _unknown(sheet: Sheet, row: int, labels: Sequence[Any], keys: dict[int, str]) -> Iterator[Diagnostic]:
    """Columns without a key: known by their label, by the nearest, or told; ``keys`` is completed."""
    for number, value in enumerate(labels):
        if number in keys or not isinstance(value, str) or not value.strip() or value == marks.HEAD:
            continue
        known = _by_label()
        near = plain(value) if plain(value) in known else nearest(plain(value), known, cutoff=0.75)
        if near is not None and known[near].key not in keys.values():
            keys[number] = known[near].key
            if near != plain(value):
                said = known[near].label
                yield Diagnostic("form-near-column", f"“{value.strip()[:20]}”这一列按“{said}”读", Severity.NOTE,
                                 sheet.place(row, number), hint=f"把列名改成“{said}”")  # fmt: skip
        else:
            yield unread(sheet.place(row, number), value, known[near].label if near else None)


def _rows(sheet: Sheet, head: int, columns: Mapping[int, Column], mark: int | None) -> Iterator[RosterRow]:
    table, first = _Table(sheet, columns), min(columns)
    for number, row in sheet.filled_rows(head):
        if mark is not None and mark < len(row) and row[mark] == marks.EXAMPLE and _untouched(row, columns):
            continue
        leading = row[first] if first < len(row) else ""
        if (type(leading) is str and leading and not leading.isspace()) or table.says_something(number, row):
            yield RosterRow(number + 1, row, table)


def _untouched(row: Sequence[Any], columns: Mapping[int, Column]) -> bool:
    def shown(value: Any) -> str:
        try:
            return shown_as(value)
        except Misread:
            return "?"

    return all(shown(row[c]) in ("", column.slot.example) for c, column in columns.items() if c < len(row))
