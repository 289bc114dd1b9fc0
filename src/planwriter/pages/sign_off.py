"""Signature and date never alone on a page (7.3.5.5): rows set closer, or text taken over to them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from planwriter.diagnostic import Diagnostic, Severity
from planwriter.pages.faults import Fault, at
from planwriter.pages.locating import Located, Stretch
from planwriter.pages.reading import unfolded
from planwriter.standard import numbers as n
from planwriter.word.edit import DocumentEdit, Passage, Properties

_SOURCE = "GB/T 9704-2012 7.3.5.5"
_LINES = ("signature", "issue_date", "remark")
_SPARE = 2.0  # points at the foot of a page that rows do not use up: engines round
_ROUNDING = 0.2  # points by which a line spacing may be less than asked for: two such spares over a page
_CARRIED = 2  # rows of a paragraph that go along, and at least as many that stay
_TEXT = ("body", "heading", "run_in", "item")
_PITCHED = ("addressees", "body", "heading", "run_in", "item", "attachment_note", "blank")

Remedy = tuple[str, Callable[[], None]]
"""What is said of it, and what does it."""


class SignOff:
    """Every signature with date and remark; of an own template those whose paragraphs have the styles of the roles."""

    def __init__(self, document: DocumentEdit) -> None:
        self._document = document
        self._groups = tuple(_groups(document.passages))
        self._tried: dict[int, int] = {}
        self._before: dict[int, dict[int, Properties]] = {}

    def faults(self, seen: Located) -> Iterator[Fault]:
        """One for each sign-off of which a part begins a page."""
        for group in self._groups:
            for passage in group:
                place = seen.stretches.get(passage.number)
                if place and place.first.page > 1 and seen.is_first(place.first):
                    yield self._fault(
                        group, "附注" if passage.role == "remark" else "署名、日期", place.first.page, seen
                    )
                    break

    def _fault(self, group: Sequence[Passage], what: str, page: int, seen: Located) -> Fault:
        left = Diagnostic(
            "pages-sign-off-alone",
            f"{what}独自落在第{page}面，这一面没有正文",
            Severity.WARNING,
            at(group[0]),
            hint="增减几个字，或者调整最后一面的行距、字距。",
            source=_SOURCE,
        )
        words, mend = self._remedy(group, page, seen)
        done = Diagnostic("pages-sign-off-moved", f"{what}原来独自落在第{page}面，{words}", Severity.NOTE,
                          at(group[0]), source=_SOURCE)  # fmt: skip
        return Fault(f"sign-off {group[0].number}", left, done, mend)

    def _remedy(self, group: Sequence[Passage], page: int, seen: Located) -> tuple[str, Callable[[], None] | None]:
        """What is tried next, the gentlest first."""
        remedies = (self._closer, self._closest, self._carried, self._kept, self._broken)
        tried = self._tried.get(group[0].number, 0)
        for stage, remedy in enumerate(remedies[tried:], tried + 1):
            if (found := remedy(group, page, seen)) is not None:
                return found[0], self._mending(stage, group, found[1])
        return "", None

    def _mending(self, stage: int, group: Sequence[Passage], remedy: Callable[[], None]) -> Callable[[], None]:
        def mend() -> None:
            self._tried[group[0].number] = stage
            self._undo(group[0].number)
            remedy()

        return mend

    def _undo(self, group: int) -> None:
        for number, properties in self._before.pop(group, {}).items():
            self._document.restore(number, properties)

    def _tighten(self, group: int, rows: Sequence[int], points: float) -> Callable[[], None]:
        def remedy() -> None:
            self._before[group] = {number: self._document.properties(number) for number in rows}
            for number in rows:
                self._document.set_line(number, points)

        return remedy

    def _closer(self, group: Sequence[Passage], page: int, seen: Located) -> Remedy | None:
        """Rows set closer, where at most two of the sign-off are too many.

        Not where nothing but the imprint follows and the page is odd: the imprint would stand there alone, behind a
        blank page.
        """
        if page % 2 and self._before_imprint(group):
            return None
        least = seen.margins.pitch * n.ROWS.value / (n.ROWS.value + n.TIGHTENED_ROWS.value) - _ROUNDING
        return self._tightened(group, page, seen, least)

    def _closest(self, group: Sequence[Passage], page: int, seen: Located) -> Remedy | None:
        """As close as they may stand, where the only paragraph has no rows to spare for the next page."""
        if not self._is_only_text(group) or self._rows(group, page, seen) >= 2 * _CARRIED:
            return None
        return self._tightened(group, page, seen, n.TIGHTEST_PITCH.value)

    def _carried(self, group: Sequence[Passage], page: int, seen: Located) -> Remedy | None:
        """The last rows of a long paragraph, or of the only one, go to the page of the sign-off."""
        last, rows = self._last_text(group), self._rows(group, page, seen)
        if last is None or rows < (2 if self._is_only_text(group) else n.KEPT_ROWS.value):
            return None
        staying = seen.rows_of(seen.stretches[last.number])[: -min(_CARRIED, rows - 1)]
        at = unfolded(last.text, sum(len(row.text) for row in staying))
        return "已把最后一段正文的末几行移到这一面", lambda: self._document.break_page_within(last.number, at)

    def _kept(self, group: Sequence[Passage], _page: int, _seen: Located) -> Remedy | None:
        """The paragraph before goes along; the only one has to stand on the first page, which comes before (7.3.3)."""
        if self._is_only_text(group):
            return None
        last = self._last_text(group)
        first = group[0].number if last is None else last.number

        def remedy() -> None:
            for number in range(first, group[-1].number):
                self._document.keep_with_next(number)

        return "已把前面的正文移过来一段", remedy

    def _broken(self, group: Sequence[Passage], _page: int, _seen: Located) -> Remedy | None:
        """That paragraph begins a page."""
        last = self._last_text(group)
        if last is None or not last.flows or self._is_only_text(group):
            return None
        return "已让最后一段正文另起一面", lambda: self._document.begin_page(last.number)

    def _before_imprint(self, group: Sequence[Passage]) -> bool:
        """Whether nothing but the imprint stands behind it."""
        after = self._document.passages[group[-1].number + 1 :]
        return self._document.imprint is not None and not any(one.text for one in after if one.flows)

    def _is_only_text(self, group: Sequence[Passage]) -> bool:
        """Whether one paragraph is all the text: it has to stand on the first page, which comes before (7.3.3)."""
        before = self._document.passages[: group[0].number]
        return sum(bool(one.text) and one.role.startswith(_TEXT) for one in before) == 1

    def _last_text(self, group: Sequence[Passage]) -> Passage | None:
        """The paragraph with text before the blank rows of a sign-off."""
        before = self._document.passages[: group[0].number]
        return next((one for one in reversed(before) if one.text), None)

    def _rows(self, group: Sequence[Passage], page: int, seen: Located) -> int:
        """How many rows the paragraph before has, all of them at the foot of the page before; else 0."""
        last = self._last_text(group)
        place = seen.stretches.get(last.number) if last is not None and last.flows else None
        if last is None or place is None or place.last.page != page - 1 or not last.role.startswith(_TEXT):
            return 0
        return len(seen.rows_of(place))

    def _tightened(self, group: Sequence[Passage], page: int, seen: Located, least: float) -> Remedy | None:
        """Line spacing, not below the least, that brings the sign-off back to the page before.

        A row with a picture has a height of its own.
        """
        if not all(one.flows for one in group):
            return None
        rows = self._pitched(group, page - 1, seen)
        text = [seen.stretches[number] for number in rows if number in seen.stretches and number < group[0].number]
        if not text or text[-1].last.page != page - 1:
            return None
        edges, pitch = seen.margins, _pitch(text, seen)
        first, last = seen.row(text[0].first).baseline, seen.row(text[-1].last).baseline
        wanted = round((last - first) / pitch) + 1 + sum(_height(seen.stretches.get(one.number)) for one in group)
        top = first - n.BASELINE_SHARE.value * pitch
        points = math.floor((edges.bottom - top - _SPARE) / wanted * 20) / 20
        if not least <= points < pitch:
            return None
        words = f"已把第{page - 1}面的行距收紧到 {points:.2f} 磅，排回第{page - 1}面"
        return words, self._tighten(group[0].number, rows, points)

    def _pitched(self, group: Sequence[Passage], page: int, seen: Located) -> list[int]:
        """The paragraphs in the pitch of the page that begin on it, without a gap up to the sign-off, and its own."""
        found: list[int] = []
        for one in reversed(self._document.passages[: group[0].number]):
            place = seen.stretches.get(one.number)
            begins_here = place is not None and place.first.page == page
            if not one.flows or not one.role.startswith(_PITCHED) or not (begins_here or not one.text):
                break
            found.insert(0, one.number)
        while found and found[0] not in seen.stretches:
            found.pop(0)
        return [*found, *(one.number for one in group)]


def _groups(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Signature rows, in a table those of signature seals, date and remark, with the blank rows before and between."""
    group: list[Passage] = []
    for one in passages:
        if one.role in _LINES or (one.flows and not one.text):
            group.append(one)
            continue
        if trimmed := _trimmed(group):
            yield trimmed
        group = []
    if trimmed := _trimmed(group):
        yield trimmed


def _trimmed(group: list[Passage]) -> list[Passage]:
    while group and group[-1].role not in _LINES:
        group = group[:-1]
    return group


def _pitch(text: Sequence[Stretch], seen: Located) -> float:
    """The distance of rows within a paragraph of the page, else that of the grid."""
    within = [one for one in text if one.first.page == one.last.page and one.last.row > one.first.row]
    steps = [
        (seen.row(one.last).baseline - seen.row(one.first).baseline) / (one.last.row - one.first.row) for one in within
    ]
    return min(steps, default=seen.margins.pitch)


def _height(place: Stretch | None) -> int:
    return 1 if place is None else place.last.row - place.first.row + 1
