"""What a unit writes down once for all its forms: its names, its departments, what recurs on its papers."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

from planwriter.diagnostic import Diagnostic, FormError, Severity
from planwriter.model.collector import Collector
from planwriter.model.element import Element, item
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import Unit, WorkPlan
from planwriter.model.text import Text, Texts
from planwriter.model.unfilled import is_placeholder
from planwriter.placed import place_of


def _same(cls: type[Element], name: str) -> Any:
    """The item of another class, with its label, sentence and example; here all of them are offered."""
    field = copy(cls.model_fields[name])
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    field.json_schema_extra = {**extra, "x-常用": True, "x-必填": False}
    return field


class UnitFile(Unit):
    """A unit file: everything about a unit that nobody should type twice."""

    signature: Texts = _same(WorkPlan, "signature")
    authority_mark: Text | None = _same(OfficialDocument, "authority_mark")
    addressees: Texts = _same(OfficialDocument, "addressees")
    copy_to: Texts = _same(OfficialDocument, "copy_to")
    printing_office: Text | None = _same(OfficialDocument, "printing_office")
    field: Text | None = item("领域", "单位属于哪一类，用来选纪念日；不写就按全称判断。", "妇联", common=True)

    @property
    def known(self) -> dict[str, Any]:
        """The items that are filled in, by their names; gaps are left out."""
        filled = {name: _without_gaps(getattr(self, name)) for name in type(self).model_fields}
        return {name: value for name, value in filled.items() if value}


def _without_gaps(value: Any) -> Any:
    if isinstance(value, list):
        return [one for one in value if not is_placeholder(one)]
    return None if value is None or is_placeholder(value) else value


def read_unit(data: Mapping[str, Any], told: list[Diagnostic] | None = None) -> tuple[UnitFile, list[Diagnostic]]:
    """The unit file in placed data, with warnings; ``told`` is what reading the file said.

    Raises FormError with every mistake, also for a unit without its full name.
    """
    collector = Collector()
    unit = UnitFile.model_validate(data, context=collector)
    found = [*(told or ()), *collector.diagnostics]
    if "name" not in unit.known and not collector.missed(unit, "name"):
        found.append(Diagnostic("form-missing", "单位文件里没有写单位的全称", place=place_of(data), expected="全称: …",
                                hint="加上“全称: …”这一行"))  # fmt: skip
    if any(one.severity is Severity.ERROR for one in found):
        raise FormError(found)
    return unit, found


__all__ = ["UnitFile", "read_unit"]
