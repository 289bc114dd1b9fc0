"""A filled workbook as the data of one form, every value with its sheet and cell."""

from __future__ import annotations

import re
from itertools import islice

from planwriter.diagnostic import Diagnostic, FormError, Place, Severity
from planwriter.form.workbook import marks
from planwriter.form.workbook.cells import Sheet, open_sheets
from planwriter.form.workbook.columns import PARTS
from planwriter.form.workbook.part_reading import PartReading, plain, says_something
from planwriter.form.workbook.versions import other_version
from planwriter.model.element import label_of
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import HEAD_KEYS, WorkPlan
from planwriter.model.sections import KIND_OF, KINDS, Section
from planwriter.nearest import nearest
from planwriter.placed import PlacedDict, PlacedList, PlacedText

MAX_FORM_ROWS = 20_000
"""Rows a sheet of one plan may have; a table of many units is a roster."""
_SECTION_LABEL = label_of(WorkPlan, "sections")


def read_workbook(data: bytes, name: str) -> tuple[PlacedDict, list[Diagnostic]]:
    """The placed data of a filled workbook (.xlsx, .xls, .ods, .et by content) and what was said about it.

    Raises FormError where nothing can be read: encrypted, damaged, too large, no form of ours.
    """
    sheets, inspected = open_sheets(data, name)
    reading = _Reading(name)
    reading.told += other_version(inspected.version, name)
    for sheet in sheets:
        reading.sheet(sheet)
    return reading.form(), reading.told


def identity_of(sheet: Sheet) -> str | None:
    """What a sheet is about: as it says in its hidden cell, else by its name."""
    for row in islice(sheet.rows(), 10):
        for text in row[:6]:
            if isinstance(text, str) and text.startswith(marks.SHEET):
                return text.removeprefix(marks.SHEET)
    return _by_name(sheet.name)


def _by_name(name: str) -> str | None:
    said = re.sub(r"[（(]?[\s\d]*[)）]?$", "", plain(name))
    paper = said.startswith(f"{marks.PAPER_NAME}·")
    said = said.removeprefix(f"{marks.PAPER_NAME}·")
    known = {
        marks.BASIC_NAME: "plan",
        marks.PAPER_NAME: "paper",
        marks.ATTACHMENT_NAME: "attachment",
        marks.GUIDE_NAME: marks.GUIDE,
        marks.REMARKS_NAME: marks.REMARKS,
        marks.ROSTER_NAME: marks.ROSTER,
        **{word: f"section.{kind}" for kind, word in KINDS.items()},
    }
    near = said if said in known else nearest(said, known, cutoff=0.7)
    if near is None:
        return None
    return f"paper.{known[near]}" if paper and known[near].startswith("section.") else known[near]


class _Reading:
    """Gathers the parts of a form, sheet by sheet."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.told: list[Diagnostic] = []
        self.heads: dict[str, PlacedDict] = {}
        self.sections: dict[str, PlacedList] = {"plan": PlacedList(), "paper": PlacedList()}
        self.attachments = PlacedList()
        self.known = 0

    def sheet(self, sheet: Sheet) -> None:
        """Read one sheet."""
        identity = identity_of(sheet)
        if identity is not None and identity not in (*PARTS, *marks.SKIPPED, marks.ROSTER):
            identity = _by_name(sheet.name) or identity  # of another version
        if identity in marks.SKIPPED:
            return
        if identity is None or identity not in PARTS:
            self._stranger(sheet, identity)
            return
        self.known += 1
        rows = list(islice(sheet.texts(self.told), MAX_FORM_ROWS + 1))
        if len(rows) > MAX_FORM_ROWS:
            raise FormError(
                Diagnostic(
                    "form-too-many-rows",
                    f"一份计划的表单不会超过{MAX_FORM_ROWS}行",
                    place=sheet.place(MAX_FORM_ROWS, 0),
                    hint="很多单位的名单用 planwriter batch 生成",
                )
            )
        record = PartReading(sheet, PARTS[identity], self.told).read(rows)
        if sheet.hidden and says_something(record):
            self.told.append(
                Diagnostic(
                    "form-hidden-sheet",
                    f"工作表“{sheet.name}”是隐藏的，里面填写的也读了",
                    Severity.NOTE,
                    Place(self.name, sheet=sheet.name),
                    hint="不要的就删去这张工作表",
                )
            )
        self._keep(sheet, identity, record)

    def _keep(self, sheet: Sheet, identity: str, record: PlacedDict) -> None:
        owner, _, kind = identity.rpartition("section.")
        if kind in KIND_OF and "section." in identity:
            if says_something(record):
                self._section(owner.rstrip(".") or "plan", kind, record)
        elif identity == "attachment":
            self.attachments += [record] if says_something(record) else []
        elif identity in self.heads and says_something(self.heads[identity]):
            if says_something(record):
                self.told.append(
                    Diagnostic(
                        "form-duplicate-sheet",
                        f"“{sheet.name}”有两张，只能有一张",
                        place=sheet.place(0, 0),
                        hint="删去其中一张",
                    )
                )
        else:
            self.heads[identity] = record

    def _section(self, owner: str, kind: str, record: PlacedDict) -> None:
        made = PlacedDict({_kind_label(): PlacedText(KINDS[kind], record.place)}, record.place)
        made.update(record)
        made.key_places = {**record.key_places}
        self.sections[owner].append(made)
        self.sections[owner].place = self.sections[owner].place or record.place

    def _stranger(self, sheet: Sheet, identity: str | None) -> None:
        if not any(str(value).strip() for row in islice(sheet.rows(), MAX_FORM_ROWS) for value in row):
            return
        many = identity == marks.ROSTER
        message = "这是多个单位的名单，不是一份计划的表单" if many else f"工作表“{sheet.name}”不是表单的一部分，没有读"
        hint = "用 planwriter batch 按名单成批生成" if many else "不要的就删去；要写进文档，移到对应的工作表里"
        self.told.append(
            Diagnostic("form-unread-sheet", message, Severity.WARNING, Place(self.name, sheet=sheet.name), hint=hint)
        )

    def form(self) -> PlacedDict:
        """The data of the form."""
        if not self.known:
            raise FormError(
                [
                    *self.told,
                    Diagnostic(
                        "form-empty",
                        "这个表格里没有计划表单的工作表",
                        place=Place(self.name),
                        expected=marks.BASIC_NAME,
                        hint="用“planwriter new -o 表单.xlsx”得到一份空白表单",
                    ),
                ]
            )
        made = PlacedDict(place=Place(self.name))
        paper = self.heads.get("paper", PlacedDict())
        if self.sections["paper"]:
            paper[label_of(OfficialDocument, "sections")] = self.sections["paper"]
        if says_something(paper):
            made[HEAD_KEYS[0]] = paper
        plan = self.heads.get("plan", PlacedDict())
        made.update(plan)
        made.key_places.update(plan.key_places)
        made.place = plan.place or made.place
        if self.sections["plan"]:
            made[_SECTION_LABEL] = self.sections["plan"]
        if self.attachments:
            made[label_of(WorkPlan, "attachments")] = self.attachments
        return made


def _kind_label() -> str:
    return label_of(next(iter(Section.__subclasses__())), "kind")
