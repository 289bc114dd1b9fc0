"""What the fields of a name pattern say for one unit: a column, else what its form says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from planwriter.batch.jobs import TEMPLATE_COLUMN, Job
from planwriter.batch.names import NAMELESS, NamePattern
from planwriter.batch.shared_form import BoundForm
from planwriter.diagnostic import Diagnostic, FormError, PlanwriterError, UsageError
from planwriter.form.opening import open_form
from planwriter.model.element import keys_of
from planwriter.model.plan import DEFAULT_KIND, WorkPlan
from planwriter.nearest import nearest

FILE, NUMBER, SHORT = "文件名", "序号", "单位简称"
OWN_FIELDS = (FILE, NUMBER, SHORT, TEMPLATE_COLUMN)
"""Fields that need no column and no key of the form."""
USUAL_FOR_ROWS = f"{{{SHORT}}}{{期间}}{{文种}}"


class Naming:
    """Gives every unit the name it should have; ``several`` templates are told apart by their name."""

    def __init__(self, pattern: str | None, *, several: bool = False) -> None:
        self.pattern = NamePattern(pattern) if pattern else None
        self._for_rows = NamePattern(USUAL_FOR_ROWS)
        self._several = several

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the pattern that was asked for."""
        return self.pattern.fields if self.pattern else ()

    def name(self, job: Job, number: int, template: str | None, bound: BoundForm | None) -> str:
        """The wanted path of an output, safe, without suffix. Raises FormError for a field that says nothing."""
        fields = _Fields(job, number, template, bound)
        if self.pattern is not None:
            name = self.pattern.name(fields.text)
            told_apart = TEMPLATE_COLUMN in self.pattern.fields
        else:
            name, told_apart = self._usual(job, fields), False
        return name if told_apart or not self._several or not template else f"{name}-{_stem(template)}"

    def _usual(self, job: Job, fields: _Fields) -> str:
        if not job.row:
            return "/".join(NamePattern("{x}").name(lambda _, piece=piece: piece)  # type: ignore[misc]
                            for piece in (job.stem or NAMELESS).split("/"))  # fmt: skip
        try:
            return self._for_rows.name(fields.text)
        except PlanwriterError:
            return NamePattern("{x}").name(lambda _: f"{_stem(job.source)}{job.at}")

    def check(self, columns: list[str]) -> None:
        """Raise UsageError for fields that neither a column nor any form can give."""
        known = {*columns, *OWN_FIELDS, *keys_of(WorkPlan)}
        unknown = [field for field in self.fields if field not in known and "." not in field]
        if unknown:
            raise UsageError([_unknown_field(field, known) for field in unknown])


def _unknown_field(field: str, known: set[str]) -> Diagnostic:
    near = nearest(field, known)
    hint = f"是不是“{near}”？" if near else f"用名册里的列名，或 期间、文种、标题、{'、'.join(OWN_FIELDS)}"
    message = f"文件名里的“{{{field}}}”不知道填什么：没有这一列，表单里也没有这一项"
    return Diagnostic("batch-name-field", message, found=field, hint=hint)


class _Fields:
    def __init__(self, job: Job, number: int, template: str | None, bound: BoundForm | None) -> None:
        self.job, self.number, self.template, self.bound = job, number, template, bound
        self._form: Mapping[str, Any] | None = None

    def text(self, field: str) -> str:
        """The text of a field; raises FormError where it is empty."""
        said = self._column(field) or self._own(field) or self._of_form(field)
        if said is None or not said.strip():
            message = f"文件名要用的“{field}”是空的"
            place = self.job.place_of(field) if field in (self.job.letters or {}) else self.job.place
            raise FormError(Diagnostic("batch-name-empty", message, place=place, hint=f"填上“{field}”"))
        return said

    def _column(self, field: str) -> str | None:
        if not self.job.row or isinstance(self.job.form, bytes):
            return None
        found = self.job.form.get(field)
        if type(found) is str:
            return found
        return None if found is None or isinstance(found, Mapping | list) else str(found)

    def _own(self, field: str) -> str | None:
        if field == FILE:
            return PurePosixPath(self.job.stem).name or _stem(self.job.source)
        if field == NUMBER:
            return str(self.number)
        return _stem(self.template or "") if field == TEMPLATE_COLUMN else None

    def _of_form(self, field: str) -> str | None:
        key = "单位" if field == SHORT else field
        found = next((text for one in _same(key) if (text := self._top(one)) is not None), None)
        return DEFAULT_KIND if found is None and keys_of(WorkPlan).get(key) == "kind" else found

    def _top(self, key: str) -> str | None:
        if self.bound is not None:
            return self.bound.text_at(key, self.job)
        if self._form is None:
            form = self.job.form
            self._form = open_form(form, self.job.called)[0] if isinstance(form, bytes) else form
        found: Any = self._form
        for step in key.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
        if isinstance(found, Mapping):
            found = found.get("简称", found.get("全称"))
        return str(found) if isinstance(found, str | int) else None


@cache
def _same(key: str) -> tuple[str, ...]:
    """The keys of a plan that mean the same."""
    names = keys_of(WorkPlan)
    return tuple(other for other in names if names[other] == names.get(key)) or (key,)


def _stem(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).stem
