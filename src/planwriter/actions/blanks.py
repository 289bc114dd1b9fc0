"""Blank forms and unit files of every kind, prefilled from a unit file and with a proposed schedule."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planwriter.diagnostic import Diagnostic, Place, Severity, UsageError
from planwriter.files import check_output, read_bytes, write_whole

if TYPE_CHECKING:  # each verb imports its rooms when it is called: the start must stay light
    from planwriter.calendar.proposal import Proposal
    from planwriter.chinese.period import Period
    from planwriter.model.unit_file import UnitFile

    Source = str | os.PathLike[str] | bytes | Mapping[str, Any]
    """A path, bytes, or plain data with Chinese or English keys."""

UNIT_KIND = "单位"
"""The kind whose blank is a unit file instead of a form."""
_PLANNING = 10  # from October on, plans are made for the next year
_MONTHLY = "月度计划"


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank form: its bytes, where it went (``None``: nowhere yet), and what was said."""

    data: bytes
    path: Path | None
    diagnostics: tuple[Diagnostic, ...]


def new_form(
    kind: str | None = None, *, full: bool = False, unit: Source | None = None, period: str | None = None,
    months: bool = False, field: str | None = None, holidays: Source | None = None,
) -> str:  # fmt: skip
    """A blank YAML form for a kind (工作计划, 要点, 总结, 通知 …), commented in Chinese.

    ``full`` names every key. ``unit``: a unit file (path, bytes or plain data) that fills names and what recurs.
    ``period`` fills the 期间. ``months`` proposes the schedule of that period for the unit's ``field`` (妇联, 工会,
    学校 …; by default told by its name), with the arrangements of a ``holidays`` file before the library's.
    Kind 单位 gives a blank unit file. Raises UsageError, FormError, FileError.
    """
    made = blank(kind, full=full, unit=unit, period=period, months=months, field=field, holidays=holidays)
    return made.data.decode("utf-8")


def blank(
    kind: str | None = None, suffix: str = ".yaml", *, full: bool = False, unit: Source | None = None,
    period: str | None = None, months: bool = False, field: str | None = None, holidays: Source | None = None,
    roster: bool = False, today: date | None = None,
) -> Blank:  # fmt: skip
    """Like ``new_form``, as the bytes of a file with this ending; ``today`` stands for a period not given.

    ``roster`` makes a table for many units instead, one row a unit (.xlsx alone).
    """
    from planwriter.form.blank_files import WRITERS
    from planwriter.form.blank_files import roster as write_roster
    from planwriter.form.prefilled import kind_named, prefilled

    if roster and (suffix != _ROSTER_ENDING or kind == UNIT_KIND or months):
        raise UsageError(_no_roster())
    if kind == UNIT_KIND:
        return _unit_blank(suffix)
    named = kind_named(kind)
    known, told = _read_unit(unit)
    if period:
        _period(period)
    given = period or (_period_at(today, named) if months and today is not None else None)
    proposal = _proposed(named, given, field, holidays, known) if months else None
    schedule = _schedule(proposal)
    content = prefilled(named, unit=known, period=given, months=schedule, full=full)
    assumed = (_assumed(given),) if given and not period else ()
    notes = (*told, *assumed, *(proposal.notes if proposal else ()))
    return Blank((write_roster if roster else WRITERS[suffix])(content, full), None, notes)


def write_new(
    kind: str | None, output: str | os.PathLike[str], *, force: bool = False, unit: Source | None = None,
    holidays: Source | None = None, schema: bool = True, **choices: Any,
) -> Blank:  # fmt: skip
    """Write a blank form to a file, whose ending says its kind; an existing one only with ``force``.

    Beside a YAML form goes the ``schema`` by which editors complete and check it; the note says so.

    The unit file and the file of holidays are never overwritten. Further ``choices`` as in ``blank``.
    """
    from planwriter.form.blank_files import WRITERS

    kinds = _UNIT_ENDINGS if kind == UNIT_KIND else tuple(WRITERS)
    target = check_output(output, kinds, inputs=(unit, holidays), force=force)
    made = blank(kind, target.suffix.lower(), unit=unit, holidays=holidays, **choices)
    described = schema and kind != UNIT_KIND and target.suffix.lower() in _TEXT_ENDINGS
    write_whole(target, _first_line(described) + made.data, force=force)
    notes = _schema_beside(target, force) if described else ()
    return replace(made, path=target, diagnostics=(*made.diagnostics, *notes))


_ROSTER_ENDING = ".xlsx"
_TEXT_ENDINGS = _UNIT_ENDINGS = (".yaml", ".yml")


def _first_line(described: bool) -> bytes:
    from planwriter.form.schema_file import BESIDE
    from planwriter.form.writing import modeline

    return modeline(BESIDE if described else None).encode("utf-8")


def _schema_beside(form: Path, force: bool) -> tuple[Diagnostic, ...]:
    """Write the schema beside a form, unless the same is there; another one is replaced only with ``force``."""
    from planwriter.form.schema_file import BESIDE, EDITOR_DIALECT, shipped_schema

    target, content = form.with_name(BESIDE), shipped_schema(EDITOR_DIALECT)
    there = os.path.lexists(target)
    if there and target.is_file() and read_bytes(target) == content:
        return ()
    place = Place(str(target))
    if there and not force:
        message, hint = f"旁边已经有另一份 {BESIDE}，没有改动它", "它是旧版本的，就删去它，或加上 --force 再做一次"
        return (Diagnostic("form-schema-kept", message, Severity.NOTE, place, hint=hint),)
    write_whole(target, content, force=force)
    message = "表单旁边存了这个文件，编辑器（如 VS Code）凭它提示和检查"
    hint = "用记事本填写，就可以删去它；以后加上 --no-schema 就不存"
    return (Diagnostic("form-schema-beside", message, Severity.NOTE, place, hint=hint),)


def _no_roster() -> Diagnostic:
    message = "多单位的总表只能是 Excel 文件，一行一个单位，不排月度安排"
    return Diagnostic("form-roster-is-excel", message, expected=_ROSTER_ENDING,
                      hint="写成 planwriter new 年度计划 --roster -o 总表.xlsx")  # fmt: skip


def _unit_blank(suffix: str) -> Blank:
    from planwriter.form.blank import blank_unit

    if suffix not in _UNIT_ENDINGS:
        raise UsageError(Diagnostic("form-unit-is-yaml", "单位文件是文本文件", expected="、".join(_UNIT_ENDINGS),
                                    hint="文件名用 .yaml 结尾"))  # fmt: skip
    return Blank(blank_unit().encode("utf-8"), None, ())


def _read_unit(unit: Source | None) -> tuple[UnitFile | None, tuple[Diagnostic, ...]]:
    from planwriter.form.opening import open_form
    from planwriter.model.document import with_fields
    from planwriter.model.unit_file import read_unit

    if unit is None:
        return None, ()
    if isinstance(unit, Mapping):
        made, said = read_unit(with_fields(unit))
    else:
        placed, told = open_form(*_bytes_of(unit, "单位文件"))
        made, said = read_unit(placed, told)
    return made, tuple(said)


def _bytes_of(source: str | os.PathLike[str] | bytes, name: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, name
    return read_bytes(Path(source)), Path(source).name


def _period_at(today: date, kind: str) -> str:
    """The year plans are made for on a day; of a monthly plan the month that begins next."""
    if kind == _MONTHLY:
        year, month = divmod(today.year * 12 + today.month, 12)
        return f"{year}年{month + 1}月"
    return f"{today.year + (today.month >= _PLANNING)}年"


def _assumed(period: str) -> Diagnostic:
    return Diagnostic("form-period-assumed", f"没有写明期间，按{period}来排", Severity.NOTE,
                      hint="要排别的期间，用 --period 写明")  # fmt: skip


def _proposed(
    kind: str, given: str | None, field: str | None, holidays: Source | None, unit: UnitFile | None
) -> Proposal:
    from planwriter.calendar.proposal import propose
    from planwriter.form.holiday_file import read_holidays
    from planwriter.form.prefilled import FORM_KINDS

    if "review" in FORM_KINDS[kind][1]:
        raise UsageError(Diagnostic("calendar-no-schedule", f"“{kind}”是回顾性的，没有月度安排", found=kind,
                                    hint="去掉 --months，或者改用 年度计划"))  # fmt: skip
    period = _period(given)
    chosen, notes = _fields(field, unit)
    given_days = {} if holidays is None else read_holidays(*_bytes_of(holidays, "放假安排文件"))  # type: ignore[arg-type]
    made = propose(period, chosen, given_days)
    return replace(made, notes=(*notes, *made.notes))


def _period(words: str | None) -> Period:
    from planwriter.chinese.dates import BadDate
    from planwriter.chinese.period import read_period

    try:
        return read_period(words or "")
    except BadDate as bad:
        raise UsageError(Diagnostic("form-bad-period", f"期间“{words}”有误：{bad.reason}", found=words,
                                    expected=bad.expected, hint=f"写成 {bad.expected} 这样"))  from None  # fmt: skip


def _fields(field: str | None, unit: UnitFile | None) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """The fields named on the command, else in the unit file, else told by the unit's name."""
    from planwriter.calendar.observances import fields, fields_named, fields_of

    known = unit.known if unit is not None else {}
    if said := field or known.get("field"):
        return fields_named(str(said)), ()
    names = " ".join(str(known[key]) for key in ("name", "short_name") if key in known)
    if found := fields_of(names):
        return found, ()
    hint = f"用 --field 写明，可以写：{'、'.join(fields())}"
    message = "看不出单位属于哪一类，只排了各类单位都用的纪念日和节日"
    return (), (Diagnostic("calendar-no-field", message, Severity.NOTE, hint=hint),)


def _schedule(proposal: Proposal | None) -> dict[str, Any] | None:
    from planwriter.form.proposed import schedule_of

    return None if proposal is None else schedule_of(proposal)
