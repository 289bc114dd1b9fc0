"""What goes back to the units: for each one a page that says what is wrong in its form and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Any

from planwriter.actions import compose
from planwriter.batch.extras import Extras
from planwriter.batch.listing import brief
from planwriter.batch.manifest import FAILED, Entry
from planwriter.batch.names import alike, choices, safe_piece
from planwriter.batch.rosters import WORKBOOK_SUFFIXES
from planwriter.batch.work import GAP
from planwriter.diagnostic import Diagnostic, PlanwriterError, Severity
from planwriter.files import read_bytes
from planwriter.standard import Profile

FOLDER = "退回"
MOST_MARKED = 5000
"""Remarks that one workbook bears at most."""


def return_pages(extras: Extras, entries: Iterable[Entry], profile: Profile) -> Iterator[Path | str]:
    """A page for every unit with a mistake or a gap, under the folder 退回; the paths."""
    names: set[str] = set()
    for one in entries:
        if one.status == FAILED or one.gaps:
            name = next(n for n in choices(safe_piece(one.unit or one.source)) if alike(n) not in names)
            names.add(alike(name))
            yield _page(extras, f"{FOLDER}/{name}", one, profile)


def return_workbooks(extras: Extras, entries: Iterable[Entry]) -> Iterator[Path | str]:
    """Every workbook that units came from and that has mistakes, again with its cells marked; the paths."""
    from planwriter.form.workbook import return_workbook  # heavy libraries, only where a workbook goes back

    told: dict[str, list[Diagnostic]] = {}
    for one in entries:
        if one.told and PurePath(one.source).suffix.lower() in WORKBOOK_SUFFIXES:
            told.setdefault(one.source, []).extend(one.diagnostics)
    for source, found in told.items():
        name = f"{FOLDER}/{safe_piece(PurePath(source).stem)}.xlsx"
        try:
            marked = return_workbook(read_bytes(source), source, found[:MOST_MARKED])
        except PlanwriterError:  # it could not be read in the first place: its page says so
            continue
        yield extras.write(name, lambda out, content=marked: out.write(content))  # type: ignore[misc]


def _page(extras: Extras, name: str, entry: Entry, profile: Profile) -> Path | str:
    try:
        return extras.write(name, lambda out: out.write(compose(_form(entry), profile=profile).data))
    except PlanwriterError:  # what the unit is called cannot stand in a document
        plain = "\r\n".join([f"退回：{entry.source}{entry.at}", *map(brief, entry.diagnostics), ""])
        return extras.write(name.removesuffix(".docx") + ".txt", lambda out: out.write(plain.encode("utf-8-sig")))


def _form(entry: Entry) -> dict[str, Any]:
    wrong = [one for one in entry.diagnostics if one.severity is Severity.ERROR]
    missing = [one for one in entry.diagnostics if one.code == GAP]
    doubtful = [one for one in entry.diagnostics if one not in wrong and one not in missing]
    state = "还没有写成文档" if entry.status == FAILED else "已写成草稿"
    lead = f"来源：{entry.source}{entry.at and f'，{entry.at}'}。{state}，请按下面所列改好以后重新报送。"
    groups = (("要改正的", wrong), ("还没有填的", missing), ("请核对的", doubtful))
    sections = [{"类型": "其他", "标题": title, "条目": [_item(one) for one in told]} for title, told in groups if told]
    return {"标题": f"{entry.unit or entry.source}表单退回单", "引言": lead, "章节": sections}


def _item(one: Diagnostic) -> dict[str, str]:
    where = f"位置：{one.place}。" if one.place is not None and str(one.place) else ""
    remedy = f"改法：{one.hint.rstrip('。')}。" if one.hint else ""
    return {"标题": one.message, "正文": (where + remedy) or "请核对。"}
