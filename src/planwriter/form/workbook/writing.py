"""A form for one plan as a workbook: a page of advice, then one sheet for each part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from planwriter.form.workbook import marks
from planwriter.form.workbook.columns import PARTS
from planwriter.form.workbook.drawing import Book
from planwriter.form.workbook.guide import guide
from planwriter.form.workbook.parts import draw_part
from planwriter.form.workbook.records import named
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import HEAD_KEYS, WorkPlan
from planwriter.model.sections import KIND_OF, KINDS
from planwriter.model.text import as_list
from planwriter.model.unfilled import is_blank

_USUAL = ("guiding_ideology", "goals", "main_tasks", "monthly_schedule", "safeguards")


def write_workbook(content: Mapping[str, Any], *, full: bool = False) -> bytes:
    """The bytes of an .xlsx form for one plan, prefilled with ``content``. Same content, same bytes.

    ``content`` is form data in the form language: what ``planwriter.model.document.to_form`` gives, or keys with
    blank values where something is to be filled in. A section that is named in it, also blank, gets a sheet; where
    it names none, the usual ones do. ``full`` opens every field and gives every kind of section a sheet; else what
    is seldom filled in is folded away. Raises FormError for keys the model does not know and for texts no cell holds.
    """
    paper = next((content[key] or {} for key in HEAD_KEYS if key in content), None)
    plan, asked = _asked({key: value for key, value in content.items() if key not in HEAD_KEYS}, full)
    head = None if paper is None and not full else dict(named(OfficialDocument, paper or {}))
    if head is not None and not is_blank(within := head.pop("plan", None)):
        plan, asked = _asked(within, full) if is_blank(plan.get("sections")) and not plan.get("unit") else (plan, asked)
    if paper is not None and head is not None:
        head.setdefault("format", OfficialDocument.model_fields["format"].default.value)
    book = Book()
    sheets = list(_sheets(plan, asked, head, full))
    guide(book, [(name, identity) for name, identity, _ in sheets], full)
    units: str | None = None
    for name, identity, fields in sheets:
        units = draw_part(book, name, identity, fields, full, units) or units
    return book.bytes()


def _asked(plan: Mapping[str, Any], full: bool) -> tuple[dict[str, Any], list[str]]:
    """The plan's fields by name, and the kinds of section that stand blank in it."""
    blank = [KIND_OF[key] for key, value in plan.items() if key in KIND_OF and is_blank(value)]
    fields = named(WorkPlan, {key: value for key, value in plan.items() if key not in KIND_OF or not is_blank(value)})
    present = {KIND_OF.get(str(_kind_of(one))) for one in as_list(fields.get("sections")) or ()}
    wanted = [k for k in KINDS if k not in present] if full else blank or ([] if present else list(_USUAL))
    return fields, wanted


def _kind_of(section: Any) -> Any:
    return section.get("类型", section.get("kind")) if isinstance(section, Mapping) else None


def _sheets(
    plan: Mapping[str, Any], asked: Iterable[str], paper: Mapping[str, Any] | None, full: bool
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Name, identity and fields of every sheet, in the order in which the document says them."""
    if paper is not None:
        yield marks.PAPER_NAME, "paper", paper
    yield marks.BASIC_NAME, "plan", plan
    if paper is not None:
        for kind, fields in _sections(paper.get("sections"), ()):
            yield f"{marks.PAPER_NAME}·{KINDS[kind]}", f"paper.section.{kind}", fields
    for kind, fields in _in_usual_order(list(_sections(plan.get("sections"), asked))):
        yield KINDS[kind], f"section.{kind}", fields
    attachments = [named(PARTS["attachment"], one) for one in as_list(plan.get("attachments")) or ()]
    for number, fields in enumerate(attachments or [{}], 1):
        yield f"{marks.ATTACHMENT_NAME}{number}", "attachment", fields


def _sections(value: Any, asked: Iterable[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for one in as_list(value) if not is_blank(value) else ():
        kind = KIND_OF[str(_kind_of(one))]
        yield kind, named(PARTS[f"section.{kind}"], one)
    for kind in asked:
        yield kind, {}


def _in_usual_order(sections: list[tuple[str, Mapping[str, Any]]]) -> list[tuple[str, Mapping[str, Any]]]:
    """Blank sheets stand where such parts usually do; filled ones keep their order."""
    if any(fields for _, fields in sections):
        return sections
    return sorted(sections, key=lambda one: list(KINDS).index(one[0]))
