"""What no single field can know: dates against the period, names against lists, references against headings.

Impossible is an error (a deadline outside the period, a reference to nothing); doubtful is a warning
(a lead unit that is not among the departments, a problem without measures).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from itertools import chain

from planwriter.chinese.dates import BadDate, format_date
from planwriter.chinese.deadline import Deadline
from planwriter.chinese.period import Period
from planwriter.chinese.when import When, read_when
from planwriter.diagnostic import Diagnostic, Place, Severity
from planwriter.expression import expression
from planwriter.model.collector import Collector
from planwriter.model.element import Element, label_of
from planwriter.model.format_checks import check_format
from planwriter.model.items import Item, walked
from planwriter.model.official import Format, OfficialDocument, Seal
from planwriter.model.plan import Attachment, WorkPlan
from planwriter.model.schedule import Activity, ScheduleEntry
from planwriter.model.sections import MonthlySchedule, Narrative, NextSteps, Problems, Section
from planwriter.model.time_checks import doubt_period, doubt_times
from planwriter.model.unfilled import is_placeholder
from planwriter.nearest import nearest

DEEPEST = 4
"""一、（一）1.（1）: GB/T 9704 7.3.3 knows four levels."""
MOST = 99
"""Ordinals go up to 九十九."""


def check_document(document: WorkPlan | OfficialDocument, collector: Collector) -> list[Diagnostic]:
    """All cross-checks of a document; ``collector`` knows where its elements stand."""
    told = _Telling(collector)
    if isinstance(document, OfficialDocument):
        _check_paper(document, told)
    plan = document if isinstance(document, WorkPlan) else document.plan
    if plan is not None:
        authorities = document.issuing_authorities if isinstance(document, OfficialDocument) else []
        _check_plan(plan, authorities, told)
    return told.findings


class _Telling:
    """Turns a finding about an element's field into a Diagnostic with its place."""

    def __init__(self, collector: Collector) -> None:
        self.collector = collector
        self.findings: list[Diagnostic] = []

    def place(self, element: Element, field: str | None = None) -> Place | None:
        return self.collector.place(element, field)

    def tell(
        self, code: str, message: str, at: tuple[Element, str | None], *, severity: Severity = Severity.ERROR,
        found: str | None = None, expected: str | None = None, hint: str | None = None, source: str | None = None,
    ) -> None:  # fmt: skip
        place = self.place(*at)
        self.findings.append(Diagnostic(code, message, severity, place, found, expected, hint, source))

    def doubt(self, code: str, message: str, at: tuple[Element, str | None], **more: str | None) -> None:
        self.tell(code, message, at, severity=Severity.WARNING, **more)


def _check_plan(plan: WorkPlan, authorities: list[str], told: _Telling) -> None:
    _check_count(plan, "sections", len(plan.sections), told)
    _check_count(plan, "attachments", len(plan.attachments), told)
    walks = [walked(section.items) for section in plan.sections]
    items = [one for walk in walks for one in walk]
    answers = [(one, name) for one in items for name in one.answers]
    answered = {name for _, name in answers}
    for section, walk in zip(plan.sections, walks, strict=True):
        _check_section(section, walk, None if _looks_ahead(plan, section) else plan.period, told)
        if isinstance(section, Problems):
            _check_measures(section, answered, told)
    for attachment in plan.attachments:
        _check_items(attachment, attachment.items, 1, told)
        _check_table(attachment, told)
    _check_title(plan, told)
    doubt_period(plan, told)
    _check_references(plan, answers, told)
    _check_units(plan, items, authorities, told)


def _check_section(section: Section, walk: list[Item], period: Period | None, told: _Telling) -> None:
    own = vars(section)  # asking a model for a field it has not takes a hundred times as long
    others = len(own.get("targets", ())) + len(own.get("entries", ()))
    if others:
        _check_count(section, "items", len(section.items) + others, told)
    _check_items(section, section.items, 2, told)
    _check_heading(section, told)
    doubt_times(section, walk, told)
    if period is not None:
        _check_times(section, walk, period, told)


def _check_table(attachment: Attachment, told: _Telling) -> None:
    table = attachment.table
    if table is None:
        return
    for number, row in enumerate(table.rows, 1):
        if len(row) != len(table.head):
            told.tell("plan-ragged-table", f"附件表格第{number}行有{len(row)}格，表头有{len(table.head)}格",
                      (attachment, "table"), hint="每行的格数要与表头一样；数字里有逗号的，加上引号")  # fmt: skip


def _looks_ahead(plan: WorkPlan, section: Section) -> bool:
    """What a summary proposes next lies after the period it reports on."""
    return isinstance(section, _PROPOSING) and ("总结" in plan.kind or "报告" in plan.kind)


_PROPOSING = (NextSteps, Problems)


def _check_heading(section: Section, told: _Telling) -> None:
    if isinstance(section, Narrative) and not section.heading and not told.collector.missed(section, "heading"):
        told.tell("form-missing", "“其他”类型的部分没有写标题", (section, None), expected="标题",
                  hint="加上“标题: …”这一行")  # fmt: skip


def _check_items(at: Element, items: list[Item], level: int, told: _Telling) -> None:
    """Depth and number of items, points and measures, all the way down."""
    _check_count(at, "items", len(items), told)
    for one in items:
        if points := one.points:
            _check_count(one, "points", len(points), told)
        if measures := one.measures:
            _check_count(one, "measures", len(measures), told)
        for paragraph in one.text:
            if not isinstance(paragraph, str):
                _check_count(one, "text", len(paragraph.points), told)
        first = one.heading or next((t for t in one.text if isinstance(t, str)), "")
        if (typed := _TYPED_NUMBER.match(first)) is not None:
            _doubt_typed_number(one, typed, told)
        if level > DEEPEST:
            told.tell("plan-too-deep", "层次超过四级，公文正文最多用到（1）", (one, None),
                      hint="把这一层并入上一层的正文，或写成分述", source="GB/T 9704 7.3.3")  # fmt: skip
        elif below := one.items:
            _check_items(one, below, level + 1, told)


_HAN = "一二三四五六七八九十"
_TYPED_NUMBER = expression(rf"\s*(?:[{_HAN}]{{1,3}}、|[（(][{_HAN}\d]{{1,3}}[）)]|\d{{1,2}}[.．、](?!\d))")


def _doubt_typed_number(one: Item, typed: re.Match[str], told: _Telling) -> None:
    told.doubt("plan-typed-number", f"序号“{typed[0].strip()}”是手工写的，自动编号会再加一个",
               (one, "heading" if one.heading else "text"), found=typed.string[:30],
               hint="删去手工写的序号")  # fmt: skip


def _check_count(at: Element, field: str, count: int, told: _Telling) -> None:
    if count > MOST:
        told.tell("plan-too-many", f"同一层最多{MOST}条，这里有{count}条", (at, field), hint="分成几个部分，或改用表格")


def _check_times(section: Section, walk: list[Item], period: Period, told: _Telling) -> None:
    outside = _outside(period)
    for one in walk:
        try:
            if (deadline := one.deadline) is not None and outside(deadline):
                _tell_deadline(one, deadline, period, told)
        except BadDate as bad:
            _tell_missing_day(bad, (one, "deadline"), told)
    if isinstance(section, MonthlySchedule):
        _check_skipped(section, period, told)
        for entry in section.entries:
            try:
                _check_entry(entry, period, told)
            except BadDate as bad:
                _tell_missing_day(bad, (entry, "when"), told)


def _check_skipped(section: MonthlySchedule, period: Period, told: _Telling) -> None:
    for month in section.skipped:
        if _outside(period)(read_when(month)):
            told.tell("plan-month-outside-period", f"跳过的“{month}”不在计划期间“{period.words}”之内",
                      (section, "skipped"), found=month, expected=_told_period(period),
                      hint="删去它，或者改期间")  # fmt: skip


def _tell_missing_day(bad: BadDate, at: tuple[Element, str], told: _Telling) -> None:
    """A 29 February is found missing only in the year of the period."""
    told.tell("form-bad-date", bad.reason, at, expected=bad.expected, hint=f"改成 {bad.expected} 这样的日期")


_NEXT_YEAR = ("次年", "翌年", "明年", "来年", "下年")


@lru_cache(maxsize=16)
def _outside(period: Period) -> Callable[[Deadline | When], bool]:
    """Tells of a time whether it cannot lie in the period; 次年1月底前 says itself that it lies after it."""

    @lru_cache(maxsize=4096)
    def outside(spoken: Deadline | When) -> bool:
        if period.start is None or period.end is None or any(word in spoken.words for word in _NEXT_YEAR):
            return False
        start, end = spoken.resolve(period)
        late = end is not None and end > period.end
        early = end is not None and end < period.start
        begins_late = start is not None and start > period.end
        return late or early or begins_late

    return outside


def _tell_deadline(at: Element, deadline: Deadline, period: Period, told: _Telling) -> None:
    told.tell("plan-deadline-outside-period", f"完成时限“{deadline.words}”不在计划期间“{period.words}”之内",
              (at, "deadline"), found=deadline.words, expected=_told_period(period),
              hint="改时限，或者改期间", source="计划内容 PL-05")  # fmt: skip


def _told_period(period: Period) -> str:
    assert period.start is not None and period.end is not None
    return f"{format_date(period.start)}至{format_date(period.end)}"


def _check_entry(entry: ScheduleEntry, period: Period, told: _Telling) -> None:
    outside = _outside(period)
    if (when := entry.when) is not None and outside(when):
        told.tell("plan-month-outside-period", f"“{when.words}”不在计划期间“{period.words}”之内",
                  (entry, "when"), found=when.words, expected=_told_period(period),
                  hint="改时间，或者改期间")  # fmt: skip
    for activity in entry.activities:
        if (deadline := activity.deadline) is not None and outside(deadline):
            _tell_deadline(activity, deadline, period, told)
        if (day := activity.date) is not None:
            _check_activity_date(activity, day, entry, period, told)


def _check_activity_date(activity: Activity, day: When, entry: ScheduleEntry, period: Period, told: _Telling) -> None:
    if _outside(period)(day):
        told.tell("plan-date-outside-period", f"日期“{day.words}”不在计划期间“{period.words}”之内",
                  (activity, "date"), found=day.words, expected=_told_period(period),
                  hint="改日期，或者改期间")  # fmt: skip
    elif entry.when is not None and _elsewhere(day, entry.when):
        told.doubt("plan-date-outside-month", f"日期“{day.words}”不在“{entry.when.words}”里",
                   (activity, "date"), found=day.words, expected=entry.when.words,
                   hint="核对日期，或移到那个月")  # fmt: skip


@lru_cache(maxsize=4096)
def _elsewhere(day: When, when: When) -> bool:
    """Whether both name months, and none in common."""
    return bool(day.months and when.months and not set(day.months) & set(when.months))


def _check_measures(section: Problems, answered: set[str], told: _Telling) -> None:
    for one in section.items:
        if one.heading and not one.measures and one.heading not in answered:
            told.doubt("plan-problem-without-measures", f"问题“{one.heading}”没有写措施", (one, None),
                       hint="加上“措施: …”，或在下一步里用“对应”回应它")  # fmt: skip


def _headings(plan: WorkPlan) -> list[str]:
    return [section.title for section in plan.sections] + [one.heading for _, one in plan.walk() if one.heading]


def _check_title(plan: WorkPlan, told: _Telling) -> None:
    """Last year's title left in this year's plan."""
    if not plan.title or plan.period is None:
        return
    named = {int(year) for year in re.findall(r"(?<!\d)(20\d\d)(?=年|[—–-]20\d\d)", plan.title)}
    covered = plan.period.years
    if named and covered and not named & covered:
        told.doubt("plan-year-differs", f"标题里的年份与期间“{plan.period.words}”不同",
                   (plan, "title"), found=plan.title, hint="核对标题和期间")  # fmt: skip


def _check_references(plan: WorkPlan, answers: list[tuple[Item, str]], told: _Telling) -> None:
    known = _headings(plan) if answers else []
    for one, name in answers:
        if name not in known and not is_placeholder(name):
            near = nearest(name, known, cutoff=0.4)
            told.tell("plan-unknown-reference", f"“对应”写的“{name}”在全文里找不到", (one, "answers"),
                      found=name, expected=near if near else None,
                      hint=f"改成“{near}”" if near else "与所对应的小标题写得一字不差")  # fmt: skip


def _check_units(plan: WorkPlan, items: list[Item], authorities: list[str], told: _Telling) -> None:
    unit = plan.unit
    if unit is None or not unit.departments:
        return
    own = [n for n in (unit.name, unit.short_name) if n]
    known = {*unit.departments, *unit.superiors, *own, *authorities}
    done = [one for section in plan.sections if isinstance(section, MonthlySchedule)
            for entry in section.entries for one in entry.activities]  # fmt: skip
    strangers = _names(items, done) - known
    strangers -= {name for name in strangers if name.startswith("各") or is_placeholder(name)}
    for one, field, name in _owners(items, done) if strangers else ():
        if name in strangers:
            near = nearest(name, sorted(known), cutoff=0.4)
            told.doubt("plan-unknown-unit", f"{label_of(type(one), field)}“{name}”不在内设机构里", (one, field),
                       found=name, expected=near if near else "、".join(unit.departments),
                       hint=f"是不是“{near}”？" if near else "核对名称，或把它加进内设机构")  # fmt: skip


def _names(items: list[Item], done: list[Activity]) -> set[str]:
    """All who are to do something."""
    responsible: list[Item | Activity] = [*items, *done]
    named = [one.lead_unit for one in items] + [one.responsible_unit for one in responsible]
    return set(chain.from_iterable(named))


def _owners(items: list[Item], done: list[Activity]) -> list[tuple[Element, str, str]]:
    """Who is to do something: the element, its field, and each name in it."""
    named: list[tuple[Element, str, str]] = []
    for one in items:
        named += [(one, "lead_unit", name) for name in one.lead_unit]
        named += [(one, "responsible_unit", name) for name in one.responsible_unit]
    return named + [(one, "responsible_unit", name) for one in done for name in one.responsible_unit]


def _years(*days: object) -> Iterator[int]:
    for day in days:
        if isinstance(day, date):
            yield day.year


def _check_paper(paper: OfficialDocument, told: _Telling) -> None:
    _check_paper_dates(paper, told)
    _check_count(paper, "sections", len(paper.sections), told)
    for section in paper.sections:
        _check_section(section, walked(section.items), paper.plan.period if paper.plan else None, told)
    _check_sign_off(paper, told)
    check_format(paper, told)
    if paper.security_classification and not paper.copy_number:
        told.doubt("paper-copy-number-missing", "涉密公文应当标注份号", (paper, "security_classification"),
                   expected="000001",
                   hint="加上“份号: 000001”", source="公文处理工作条例第九条")  # fmt: skip
    if paper.upward and not paper.signatories:
        told.doubt("paper-signatory-missing", f"{paper.format.value}是上行文，应当标注签发人", (paper, None),
                   hint="加上“签发人: …”", source="GB/T 9704 7.2.6")  # fmt: skip
    if not paper.upward and paper.signatories and paper.sealing is not Seal.SIGNATURE_SEAL:
        told.doubt("paper-signatory-unexpected", "只有上行文标注签发人", (paper, "signatories"),
                   hint="删去“签发人”，或把格式改成报告、请示", source="GB/T 9704 7.2.6")  # fmt: skip
    if paper.format is Format.REQUEST and len(paper.addressees) > 1:
        told.doubt("paper-many-addressees", "请示只写一个主送机关", (paper, "addressees"),
                   hint="只留一个，其余移到抄送机关", source="公文处理工作条例第十五条")  # fmt: skip


def _check_sign_off(paper: OfficialDocument, told: _Telling) -> None:
    """Under a paper the sign-off stands once: what the plan says otherwise would be lost unseen."""
    plan = paper.plan
    if plan is None:
        return
    for field, label in (("signature", "署名"), ("issue_date", "成文日期")):
        own, inner = getattr(paper, field), getattr(plan, field)
        if own and inner and own != inner:
            told.doubt("paper-two-sign-offs", f"公文和计划的{label}不同，文件上只写公文的", (plan, field),
                       hint=f"删去计划的{label}，或改成一样")  # fmt: skip


def _check_paper_dates(paper: OfficialDocument, told: _Telling) -> None:
    signed, printed = paper.signed_on, paper.printing_date
    if isinstance(signed, date) and isinstance(printed, date) and printed < signed:
        told.tell("paper-printed-before-issue", "印发日期早于成文日期", (paper, "printing_date"),
                  found=format_date(printed), expected=f"{format_date(signed)}或以后",
                  hint="核对成文日期和印发日期", source="GB/T 9704 7.4.3")  # fmt: skip
    number = paper.document_number
    for year in _years(signed):
        if number and "〔" in number and f"〔{year}〕" not in number:
            told.doubt("paper-year-differs", f"发文字号“{number}”的年份与成文日期（{year}年）不同",
                       (paper, "document_number"), found=number, expected=f"〔{year}〕",
                       hint="核对年份")  # fmt: skip


__all__ = ["check_document"]
