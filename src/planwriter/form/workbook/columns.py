"""What of the model goes into which cell: lines, columns and tables, found from the classes themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_args, get_origin

from planwriter.model.element import Element
from planwriter.model.items import Points
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import Attachment, WorkPlan
from planwriter.model.sections import SECTION_TYPES, Section


class Shape(StrEnum):
    """How a field stands in a sheet."""

    TEXT = "text"
    """One text in one cell."""
    NAMES = "names"
    """Several texts in one cell, one a line."""
    PARAGRAPHS = "paragraphs"
    """Paragraphs in one cell, one a line; some may be in-sentence points."""
    PAIRS = "pairs"
    """A table of two columns: a key and its text."""
    RECORDS = "records"
    """A table with a row for each element."""
    GRID = "grid"
    """A free table: a head and rows of text."""
    NESTED = "nested"
    """An element whose fields stand among those of its owner."""
    ELSEWHERE = "elsewhere"
    """Said by the sheet itself, or at the top of the form."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A field, or a field of a field, that takes one cell, one column or one table."""

    path: tuple[str, ...]
    owner: type[Element]
    label: str
    shape: Shape
    element: type[Element] | None = None
    """The class of the elements of a table."""
    group: str | None = None
    """The list that a column belongs to, where a row may be followed by more rows of that list."""
    offered: bool = True
    """Whether a short form offers what holds it."""

    @property
    def key(self) -> str:
        """The path as it stands in the hidden row: ``unit.name``."""
        return ".".join(self.path)

    @property
    def field(self) -> Any:
        """What the model says of the field."""
        return self.owner.model_fields[self.path[-1]]

    @property
    def sentence(self) -> str:
        """The field's sentence, with its example."""
        example = self.example
        return f"{self.field.description}例：{example}" if example else str(self.field.description)

    @property
    def example(self) -> str:
        """The field's example."""
        return str((self.field.examples or [""])[0])

    @property
    def required(self) -> bool:
        """Whether a finished paper cannot do without it."""
        return bool(self._extra("x-必填"))

    @property
    def common(self) -> bool:
        """Whether a short form offers it."""
        return self.offered and bool(self._extra("x-常用"))

    def _extra(self, name: str) -> Any:
        extra = self.field.json_schema_extra
        return extra.get(name) if isinstance(extra, dict) else None


_ELSEWHERE = {
    (WorkPlan, "sections"), (WorkPlan, "attachments"), (OfficialDocument, "sections"), (OfficialDocument, "plan"),
}  # fmt: skip
TABLES = frozenset({Shape.PAIRS, Shape.RECORDS, Shape.GRID})


def elements_in(annotation: Any) -> list[type[Element]]:
    """The classes of the model that an annotation names; points are text."""
    if isinstance(annotation, type) and issubclass(annotation, Element):
        return [annotation] if annotation is not Points else []
    return [one for inner in get_args(annotation) for one in elements_in(inner)]


def _origin(annotation: Any) -> Any:
    """``list`` or ``dict`` where the annotation is one, also when it is optional."""
    found = get_origin(annotation)
    if found in (list, dict):
        return found
    return next((o for inner in get_args(annotation) if (o := _origin(inner)) is not None), None)


def _names_points(annotation: Any) -> bool:
    return annotation is Points or any(_names_points(inner) for inner in get_args(annotation))


def shape_of(cls: type[Element], name: str) -> Shape:
    """How a field of a class stands in a sheet."""
    if (cls, name) in _ELSEWHERE or (issubclass(cls, Section) and name == "kind"):
        return Shape.ELSEWHERE
    annotation = cls.model_fields[name].annotation
    elements, origin = elements_in(annotation), _origin(annotation)
    if origin is dict:
        return Shape.PAIRS
    if elements and origin is list:
        return Shape.RECORDS
    if elements:
        return Shape.GRID if _is_grid(elements[0]) else Shape.NESTED
    if origin is list:
        return Shape.PARAGRAPHS if _names_points(annotation) else Shape.NAMES
    return Shape.TEXT


def _is_grid(cls: type[Element]) -> bool:
    """Whether a class is a head and rows of cells."""
    return any(_origin(inner) is list for field in cls.model_fields.values() for inner in get_args(field.annotation))


def slots(cls: type[Element], path: tuple[str, ...] = (), label: str = "", offered: bool = True) -> Iterator[Slot]:
    """The fields of a class in order, those of nested elements among them (单位全称, 领导小组组长)."""
    for name, field in cls.model_fields.items():
        shape = shape_of(cls, name)
        here, said = (*path, name), f"{label}{field.alias}"
        within = elements_in(field.annotation)
        if shape is Shape.NESTED:
            yield from slots(within[0], here, said, offered and Slot(here, cls, said, shape).common)
        elif shape is not Shape.ELSEWHERE:
            yield Slot(here, cls, said, shape, within[0] if within else None, offered=offered)


def columns(cls: type[Element]) -> list[Slot]:
    """The columns of a table of such elements; those of a list inside a row bear its name as ``group``."""
    found: list[Slot] = []
    for slot in slots(cls):
        if slot.shape is Shape.RECORDS and slot.element is cls:
            continue
        if slot.shape is Shape.RECORDS and slot.element is not None:
            main = cls.shorthand == slot.path[-1]
            found += _grouped(slot, slot.element, "" if main else f"{slot.label}·")
        else:
            found.append(slot)
    return found


def _grouped(slot: Slot, element: type[Element], prefix: str) -> Iterator[Slot]:
    for below in slots(element):
        path, label = (*slot.path, *below.path), prefix + below.label
        yield Slot(path, below.owner, label, below.shape, below.element, slot.path[-1], slot.common and below.offered)


def branch(cls: type[Element]) -> str | None:
    """The field that holds elements of the same class, where the class is a tree."""
    return next((s.path[0] for s in slots(cls) if s.shape is Shape.RECORDS and s.element is cls), None)


PARTS: dict[str, type[Element]] = {
    "plan": WorkPlan, "paper": OfficialDocument, "attachment": Attachment,
    **{f"section.{kind}": cls for kind, cls in SECTION_TYPES.items()},
    **{f"paper.section.{kind}": cls for kind, cls in SECTION_TYPES.items()},
}  # fmt: skip
"""What a sheet is about → the class whose fields it holds."""
