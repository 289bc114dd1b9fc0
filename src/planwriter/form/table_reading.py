"""From the rows of a table form to placed data: by hidden tags, else by the words that stand there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from planwriter.diagnostic import Diagnostic, Severity
from planwriter.form.fields import element_in, nested, takes_many, takes_pairs
from planwriter.model.element import Element, keys_of, label_of, nearest_key
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import HEAD_KEYS, AttachmentTable, WorkPlan
from planwriter.model.sections import KIND_OF, KINDS, SECTION_TYPES, Section
from planwriter.placed import PlacedDict, PlacedList, PlacedText
from planwriter.word.form_table.reading import BLANKS, ReadGrid, ReadRow
from planwriter.word.form_table.rows import LABEL_HEAD, REQUIRED, VALUE_HEAD

_NUMBERED = re.compile(r"(?P<word>.*?)[\s　]*(?P<number>\d{1,3}(?:\.\d{1,3})*)?[\s　]*(?:（分述）)?")
_MARKS = re.compile(r"[*＊：:\s　]+$")
_PAIR = re.compile(r"(?P<key>[^：:]{1,30}?)\s*[：:](?P<value>.*)", re.DOTALL)
_LISTED = "章节"


@dataclass(slots=True)
class _Block:
    """A block that is open: its class, what it holds, its level, its key, how many lists are around it."""

    cls: type[Element]
    made: PlacedDict
    level: int
    key: str = ""
    lists: int = 0


class TableReading:
    """Takes row after row; ``made`` is the form, ``told`` what was said of it, ``known`` how many rows it knew."""

    def __init__(self) -> None:
        self.made = PlacedDict()
        self.told: list[Diagnostic] = []
        self.known = 0
        self._stack = [_Block(WorkPlan, self.made, 0)]
        self._last: tuple[_Block, str] | None = None
        self._kinds: set[int] = set()

    def row(self, row: ReadRow) -> None:
        """Read one row."""
        if row.left_out:
            self._tell(
                "form-picture-in-form",
                "这一行里的图片、对象或脚注没有读",
                row,
                Severity.WARNING,
                hint="表单只收文字；印章图片把文件名写在“印章图片”一项",
            )
        kind, level, key = _tagged(row.tag)
        if row.label == LABEL_HEAD and row.values == (VALUE_HEAD,):
            return
        if kind == "t":
            self._title(row, key, level)
        elif kind:
            self._entry(row, key, level)
        elif not self._untagged_title(row):
            self._untagged(row)

    def finish(self) -> PlacedDict:
        """The form without what was left empty."""
        for block in (self.made, self.made.get(HEAD_KEYS[0], {})):
            self._drop_unsaid(block)
        return _without_empty(self.made, keep=HEAD_KEYS[0])

    def _drop_unsaid(self, block: Any) -> None:
        sections = block.get(_LISTED)
        if sections is not None:
            kept = [one for one in sections if id(one) in self._kinds or len(_without_empty(one)) > 1]
            sections[:] = kept

    # titles

    def _untagged_title(self, row: ReadRow) -> bool:
        word, number = _title_words(row.label)
        if not word or row.values or row.grids or not (row.whole or word in KIND_OF or number):
            return False
        if word in KIND_OF or word in HEAD_KEYS:
            self._title(row, word, 1)
            return True
        parent = self._numbered_parent(word, number) if number else self._parent_of(word)
        if parent is None:
            return False
        self._title(row, word, parent.level + 1)
        return True

    def _numbered_parent(self, word: str, number: str) -> _Block | None:
        lists = number.count(".")
        knowing = [block for block in self._stack if block.lists == lists and word in keys_of(block.cls)]
        return knowing[-1] if knowing else self._parent_of(word)

    def _parent_of(self, word: str) -> _Block | None:
        """The innermost open block that such a block may stand in; a block of the same name is its fellow."""
        stack = self._stack[:-1] if self._stack[-1].key == word else self._stack
        return next((block for block in reversed(stack) if word in keys_of(block.cls)), None)

    def _title(self, row: ReadRow, key: str, level: int) -> None:
        self.known += 1
        self._last = None
        while len(self._stack) > 1 and self._stack[-1].level >= level:
            self._stack.pop()
        if key == HEAD_KEYS[0]:
            self._open(OfficialDocument, self.made, key, level, row)
        elif key in KIND_OF and "sections" in type_fields(self._stack[-1].cls):
            self._section(row, KIND_OF[key], level)
        else:
            self._block(row, key, level)

    def _section(self, row: ReadRow, kind: str, level: int) -> None:
        parent = self._stack[-1]
        listed = parent.made.setdefault(_LISTED, PlacedList(place=row.place))
        parent.made.key_places.setdefault(_LISTED, row.place)
        made = PlacedDict({"类型": PlacedText(KINDS[kind], row.place)}, row.place)
        listed.append(made)
        self._stack.append(_Block(SECTION_TYPES[kind], made, level, KINDS[kind]))

    def _block(self, row: ReadRow, key: str, level: int) -> None:
        parent = next((block for block in reversed(self._stack) if key in keys_of(block.cls)), None)
        field = None if parent is None else parent.cls.model_fields[keys_of(parent.cls)[key]]
        cls = None if field is None else element_in(field)
        if parent is None or cls is None:
            self._tell(
                "form-unknown-block",
                f"不认识“{row.label}”这一块，它下面的内容没有读",
                row,
                hint=f"标题行写成：{'、'.join(KINDS.values())}，或“条目 1”这样",
            )
            return
        while self._stack[-1] is not parent:
            self._stack.pop()
        label = label_of(parent.cls, keys_of(parent.cls)[key])
        if takes_many(field):
            made = PlacedDict(place=row.place)
            self._listed(parent, label, row).append(made)
            self._stack.append(_Block(cls, made, max(level, parent.level + 1), label, parent.lists + 1))
        else:
            self._open(cls, parent.made, label, level, row, lists=parent.lists)

    def _open(
        self, cls: type[Element], around: PlacedDict, key: str, level: int, row: ReadRow, *, lists: int = 0
    ) -> None:
        if not isinstance(around.get(key), PlacedDict):
            around[key] = PlacedDict(place=row.place)
            around.key_places[key] = row.place
        self._stack.append(_Block(cls, around[key], level, key, lists))

    def _listed(self, block: _Block, label: str, row: ReadRow) -> list[Any]:
        held = block.made.setdefault(label, PlacedList(place=row.place))
        block.made.key_places.setdefault(label, row.place)
        listed: list[Any] = held if isinstance(held, list) else PlacedList([held], row.place)
        block.made[label] = listed
        return listed

    # entries

    def _entry(self, row: ReadRow, key: str, level: int) -> None:
        while len(self._stack) > 1 and self._stack[-1].level >= level:
            self._stack.pop()
        label, block = _label(row.label), self._stack[-1]
        self._assign(row, label if label in keys_of(block.cls) else key)

    def _untagged(self, row: ReadRow) -> None:
        label = _label(row.label)
        if not label:
            self._go_on(row)
        elif any(label in keys_of(block.cls) for block in self._stack):
            self._assign(row, label)
        elif row.values or row.grids:
            self._nearest(row, label)

    def _go_on(self, row: ReadRow) -> None:
        """A row without a label of its own: more of what stands above it."""
        if self._last is not None:
            self._put(row, *self._last)
        elif row.values:
            self._tell(
                "form-no-label",
                "这一行前面没有项目名称，没有读",
                row,
                found=row.values[0],
                hint="在左边一格写上项目名称",
            )

    def _nearest(self, row: ReadRow, label: str) -> None:
        near = next((n for b in reversed(self._stack) if (n := nearest_key(b.cls, label)) in keys_of(b.cls)), None)
        if near is None:
            self._tell(
                "form-unknown-key",
                f"不认识的项目“{label}”",
                row,
                found=label,
                hint=f"这里可用的项目：{'、'.join(_labels(self._stack[-1].cls))}",
            )
            return
        self._tell(
            "form-near-label",
            f"“{label}”按“{near}”读",
            row,
            Severity.WARNING,
            found=label,
            hint=f"项目名称改成“{near}”",
        )
        self._assign(row, near)

    def _assign(self, row: ReadRow, key: str) -> None:
        block = next((one for one in reversed(self._stack) if key in keys_of(one.cls)), None)
        if block is None:
            self._tell(
                "form-unknown-key",
                f"这里不能写“{key}”",
                row,
                found=key,
                hint=f"这里可用的项目：{'、'.join(_labels(self._stack[-1].cls))}",
            )
            return
        while self._stack[-1] is not block:
            self._stack.pop()
        self.known += 1
        self._last = (block, keys_of(block.cls)[key])
        self._put(row, *self._last)

    def _put(self, row: ReadRow, block: _Block, name: str) -> None:
        field, label = block.cls.model_fields[name], label_of(block.cls, name)
        held = nested(field)
        if _is_table(block.cls, name) and row.grids:
            return self._keep(row, block, label, _table(row.grids))
        values = [*row.values, *(cell for grid in row.grids for line in grid for cell in line if cell)]
        if row.grids:
            self._tell(
                "form-table-in-form",
                "这一格里还有表格，每格按一段读",
                row,
                Severity.WARNING,
                hint="表格写到“附件”的“表”一项",
            )
        if not values:
            return None
        if takes_pairs(field):
            return self._pairs(row, block, label, values)
        if takes_many(field):
            self._listed(block, label, row).extend(values)
            return None
        if name == "kind" and issubclass(block.cls, Section):
            self._kinds.add(id(block.made))
            block.made.pop(label, None)
        joined = PlacedText("\n".join(values), row.values[0].place if row.values else row.place)
        return self._keep(row, block, label, PlacedList(values, row.place) if held and len(values) > 1 else joined)

    def _keep(self, row: ReadRow, block: _Block, label: str, value: Any) -> None:
        if not value:
            return
        if label in block.made:
            self._tell("form-duplicate-key", f"“{label}”写了两次", row, found=label, hint="删去一处，或把两处合成一处")
            return
        block.made[label] = value
        block.made.key_places[label] = row.place

    def _pairs(self, row: ReadRow, block: _Block, label: str, values: Sequence[PlacedText]) -> None:
        pairs = block.made.setdefault(label, PlacedDict(place=row.place))
        block.made.key_places.setdefault(label, row.place)
        for value in values:
            pair = _PAIR.fullmatch(value)
            if pair is None:
                self._tell(
                    "form-no-pair",
                    "这里每段写一个月份和原因，中间用冒号",
                    row,
                    found=value[:40],
                    hint="写成“1月：寒假”这样",
                )
            else:
                pairs[pair["key"]] = PlacedText(pair["value"].strip(BLANKS), value.place)
                pairs.key_places[pair["key"]] = value.place

    def _tell(
        self, code: str, message: str, row: ReadRow, severity: Severity = Severity.ERROR, *,
        found: str | None = None, hint: str,
    ) -> None:  # fmt: skip
        self.told.append(Diagnostic(code, message, severity, row.place, found, None, hint))


def type_fields(cls: type[Element]) -> frozenset[str]:
    """The names of a class's fields."""
    return frozenset(cls.model_fields)


def _labels(cls: type[Element]) -> list[str]:
    return [label_of(cls, name) for name in cls.model_fields]


def _tagged(tag: str | None) -> tuple[str, int, str]:
    """(kind, level, key) of a hidden tag."""
    pieces = (tag or "").split(":", 3)
    if len(pieces) < 4 or not (pieces[2].isascii() and pieces[2].isdigit()):
        return "", 0, ""
    return pieces[1], min(int(pieces[2][:3]), 100), pieces[3]


def _label(text: str) -> str:
    """The words of a label without marks."""
    said = text.split("\n")[0].replace(REQUIRED, "").replace("(必填)", "")
    return _MARKS.sub("", said.strip(BLANKS + "*＊"))


def _title_words(text: str) -> tuple[str, str]:
    found = _NUMBERED.match(_label(text).split("　")[0]) if text else None
    whole = _NUMBERED.fullmatch(_label(text).split("　")[0]) if found else None
    return (whole["word"], whole["number"] or "") if whole else ("", "")


def _is_table(cls: type[Element], name: str) -> bool:
    held = nested(cls.model_fields[name])
    return cls is AttachmentTable or (held is not None and held[0] is AttachmentTable)


def _table(grids: Sequence[ReadGrid]) -> PlacedList:
    rows = [PlacedList(line, line[0].place if line else None) for grid in grids for line in grid]
    while rows and not any(rows[-1]):
        rows.pop()
    return PlacedList(rows)


def _without_empty(made: PlacedDict, *, keep: str = "") -> PlacedDict:
    """Mappings and lists with nothing in them left out, at any depth."""
    kept = PlacedDict(place=made.place)
    kept.key_places = made.key_places
    for key, value in made.items():
        tidied = _tidied(value)
        if key == keep or not (isinstance(tidied, dict | list) and not tidied):
            kept[key] = tidied
    return kept


def _tidied(value: Any) -> Any:
    if isinstance(value, PlacedDict):
        return _without_empty(value)
    if isinstance(value, list) and any(isinstance(one, PlacedDict) for one in value):
        kept = (_tidied(one) for one in value)
        return PlacedList(
            (one for one in kept if not isinstance(one, PlacedDict) or one), getattr(value, "place", None)
        )
    return value
