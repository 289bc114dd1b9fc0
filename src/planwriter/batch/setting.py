"""Rows set quickly: only what a row changes is read, checked and set; the rest is standing type.

The bytes are those that ``planwriter.write`` gives for the form of the row. Where anything is to be said of a row, or
it is not of the usual kind, nothing is given, and the row takes the long way.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planwriter.actions import compose
from planwriter.actions.looks import is_builtin, template_of
from planwriter.batch.jobs import Job
from planwriter.batch.section_places import Spot, at_spot, without
from planwriter.batch.shared_form import BoundForm, Shortcut
from planwriter.batch.standing import (
    ABSENT,
    NotStanding,
    StandIn,
    StandingSection,
    StandingText,
    carry,
    is_plain,
    said_in,
    standing_section,
)
from planwriter.diagnostic import PlanwriterError, Severity
from planwriter.model.checks import check_document
from planwriter.model.collector import Collector
from planwriter.model.document import Document, read_document, to_form
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import WorkPlan
from planwriter.model.sections import Section
from planwriter.placed import PlacedDict
from planwriter.standard import Profile
from planwriter.template.compiled import CompiledTemplate
from planwriter.template.context import context, gaps
from planwriter.template.signs import GAP as SIGN

COMPARED, COMPARED_EVERY = 2, 500
"""How many of the first rows, and which of the later ones, are also set the long way and compared."""
_SECTIONS = 96
"""Sections that are kept standing for one form; further ones are set for each row."""
_SEEN = 4096


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document: its bytes, and the gaps that it shows."""

    data: bytes
    gaps: tuple[str, ...]


class RowSetting:
    """Sets the rows of one shared form and set of columns, in one look."""

    def __init__(self, bound: BoundForm, profile: Profile, template: str | None, *, small: bool = False) -> None:
        self.bound, self.profile, self.template, self.small = bound, profile, template, small
        self._standing: dict[Any, StandingSection | None] = {}
        self._seen: OrderedDict[Any, None] = OrderedDict()
        self._texts: dict[int, StandingText] = {}
        self._templates: dict[Any, CompiledTemplate] = {}
        self._checked: set[tuple[Any, ...]] = set()
        self._set = 0
        self._shortcut = Shortcut()
        self._off = not is_builtin(template)

    def sheet(self, job: Job) -> Sheet | None:
        """The document of a row, or ``None`` where it has to take the long way."""
        if self._off or any(type(value) is str and ABSENT in value for value in job.form.values()):  # type: ignore[union-attr]
            return None
        if not self._shortcut.worth_trying():
            return None
        try:
            made = self._sheet(job)
        except (NotStanding, PlanwriterError):
            self._shortcut.tried(helped=False)
            return None
        except Exception:  # the long way tells what is the matter
            self._off = True
            return None
        self._set += 1
        self._shortcut.tried(helped=True)
        if self._set <= COMPARED or self._set % COMPARED_EVERY == 0:
            self._off = not self._alike(job, made)
        return None if self._off else made

    def _alike(self, job: Job, made: Sheet) -> bool:
        whole = compose(self.bound.filled(job), template=self.template, profile=self.profile, small=self.small,
                        name=job.source, folder=job.folder)  # fmt: skip
        said = any(one.severity is not Severity.NOTE for one in whole.diagnostics)
        return not said and (whole.data, whole.placeholders) == (made.data, made.gaps)

    def _sheet(self, job: Job) -> Sheet:
        if (form := self.bound.quick(job)) is None:
            raise NotStanding
        kept, rest, spots = self._parted(form, job)
        reading = read_document(rest)
        if reading.diagnostics:
            raise NotStanding
        document = reading.document
        plan: WorkPlan | None = document if isinstance(document, WorkPlan) else document.plan
        if isinstance(document, OfficialDocument) and document.seal_files:
            raise NotStanding
        if plan is None and not spots:
            return self._printed(document, None, ())
        if plan is None or len(plan.sections) != len(spots) - len(kept):
            raise NotStanding
        self._remember(spots, kept, plan, job)
        own = iter(plan.sections)
        order = [kept.get(spot) or next(own) for spot in spots]
        self._check(document, plan, order)
        return self._printed(document, plan, order)

    def _parted(self, form: PlacedDict, job: Job) -> tuple[dict[Spot, StandingSection], PlacedDict, list[Spot]]:
        """The sections that stand already, the rest of the form, and where all sections stand, in order."""
        kept: dict[Spot, StandingSection] = {}
        spots = self.bound.section_spots
        for spot in spots:
            node = at_spot(form, spot)
            values = "" if isinstance(node, Section) else self.bound.values_at(spot, job)
            one = self._standing.get((spot, values)) if values is not None else None
            if one is None and isinstance(node, Section) and (spot, values) not in self._standing:
                one = self._stand(spot, values, node)
            if one is not None:
                kept[spot] = one
        return kept, without(form, kept), spots

    def _stand(self, spot: Spot, values: Any, section: Section) -> StandingSection | None:
        try:
            one = standing_section(len(self._standing), section)
        except NotStanding:
            one = None
        self._standing[spot, values] = one
        return one

    def _remember(self, spots: list[Spot], kept: Mapping[Spot, StandingSection], plan: WorkPlan, job: Job) -> None:
        """A section that was set for the same values before is kept standing from now on."""
        for spot, section in zip((one for one in spots if one not in kept), plan.sections, strict=True):
            values = self.bound.values_at(spot, job)
            if values is None or (spot, values) in self._standing:
                continue
            if (spot, values) in self._seen and len(self._standing) < _SECTIONS:
                self._stand(spot, values, section)
            self._seen[spot, values] = None
            if len(self._seen) > _SEEN:
                self._seen.popitem(last=False)

    def _check(self, document: Document, plan: WorkPlan, order: Sequence[StandingSection | Section]) -> None:
        """What was read alone is also checked together, unless the same was checked for an earlier row."""
        kept = [one for one in order if isinstance(one, StandingSection)]
        period = plan.period.words if plan.period else ""
        new = {(one.at, period, plan.kind) for one in kept} - self._checked
        named = plan.unit is not None and plan.unit.departments
        if not new and not named and not any(one.answering for one in kept):
            return
        sections = [one.section if isinstance(one, StandingSection) else one for one in order]
        if check_document(_with(document, plan, sections), Collector()):
            raise NotStanding
        self._checked |= new

    def _printed(self, document: Document, plan: WorkPlan | None, order: Sequence[StandingSection | Section]) -> Sheet:
        at_end = len(order) - 1 if plan is None or not plan.closing else None
        taken = [_taking_place(one, last=at == at_end) for at, one in enumerate(order)]
        printed = _with(document, plan, taken)
        compiled = self._compiled(printed)
        own = [one for one in order if isinstance(one, Section)]
        form = to_form(_with(document, plan, own) if len(own) < len(taken) else document)
        filled = context(printed, self.profile.layout, turnable=compiled.turnable, facts=False)
        said = said_in(filled)
        left = tuple(gaps(filled)) if SIGN in said else ()
        replaced = [(one, at == at_end) for at, one in enumerate(order)
                    if isinstance(one, StandingSection) and isinstance(taken[at], StandIn)]  # fmt: skip
        text = self._text(compiled)
        text.put_in(filled, replaced)
        parts = carry(
            form, [one if isinstance(one, StandingSection) else None for one in order], listed=plan is not None
        )
        laid_out = not (text.plain and is_plain(said))
        return Sheet(compiled.fill(filled, attach=parts, laid_out=laid_out, small=self.small), left)

    def _compiled(self, document: Document) -> CompiledTemplate:
        """The template for a document of this format."""
        format_ = document.format if isinstance(document, OfficialDocument) else None
        if (known := self._templates.get(format_)) is None:
            known = template_of(self.template, document, self.profile, untrusted=False)
            if format_ is not None and not known.uses("公文"):
                raise NotStanding
            self._templates[format_] = known
        return known

    def _text(self, compiled: CompiledTemplate) -> StandingText:
        if (known := self._texts.get(id(compiled))) is None:
            known = self._texts[id(compiled)] = StandingText(compiled, self.profile.layout)
        return known


def _taking_place(one: StandingSection | Section, *, last: bool) -> Section:
    if isinstance(one, Section):
        return one
    return (one.ending or one.section) if last else one.whole


def _with(document: Document, plan: WorkPlan | None, sections: list[Section]) -> Document:
    """The document with other sections in its plan, if it has one."""
    if plan is None:
        return document
    changed = plan.model_copy(update={"sections": sections})
    return document.model_copy(update={"plan": changed}) if isinstance(document, OfficialDocument) else changed
