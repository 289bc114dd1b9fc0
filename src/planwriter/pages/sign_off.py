"""Signature and date never alone on a page (7.3.5.5): rows set closer, or text taken over to them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from planwriter.diagnostic import Diagnostic, Severity
from planwriter.pages.faults import Fault, at
from planwriter.pages.locating import Located, Stretch
from planwriter.standard import numbers as n
from planwriter.word.edit import DocumentEdit, Passage, Properties

_SOURCE = "GB/T 9704-2012 7.3.5.5"
_LINES = ("signature", "issue_date")
_SPARE = 2.0  # points at the foot of a page that rows do not use up: engines round
_TEXT = ("body", "heading", "run_in", "item")
_PITCHED = ("addressees", "body", "heading", "run_in", "item", "attachment_note", "blank")


class SignOff:
    """Every signature with its date; of an own template those whose paragraphs have the styles of the roles."""

    def __init__(self, document: DocumentEdit) -> None:
        self._document = document
        self._groups = tuple(_groups(document.passages))
        self._tried: dict[int, int] = {}
        self._before: dict[int, dict[int, Properties]] = {}

    def faults(self, seen: Located) -> Iterator[Fault]:
        """One for each signature or date that begins a page."""
        for group in self._groups:
            for passage in group:
                place = seen.stretches.get(passage.number)
                if place and place.first.page > 1 and seen.is_first(place.first):
                    yield self._fault(group, place.first.page, seen)
                    break

    def _fault(self, group: Sequence[Passage], page: int, seen: Located) -> Fault:
        left = Diagnostic(
            "pages-sign-off-alone",
            f"署名、日期独自落在第{page}面，这一面没有正文",
            Severity.WARNING,
            at(group[0]),
            hint="增减几个字，或者调整最后一面的行距、字距。",
            source=_SOURCE,
        )
        words, mend = self._remedy(group, page, seen)
        done = Diagnostic("pages-sign-off-moved", f"署名、日期原来独自落在第{page}面，{words}", Severity.NOTE,
                          at(group[0]), source=_SOURCE)  # fmt: skip
        return Fault(f"sign-off {group[0].number}", left, done, mend)

    def _remedy(self, group: Sequence[Passage], page: int, seen: Located) -> tuple[str, Callable[[], None] | None]:
        """What is tried next, the gentlest first."""
        tried = self._tried.get(group[0].number, 0)
        closer = self._closer(group, page, seen) if tried == 0 else None
        if closer is not None:
            words = f"已把第{page - 1}面的行距收紧到 {closer[1]:.2f} 磅，排回第{page - 1}面"
            return words, self._mending(1, group, self._tighten(group[0].number, *closer))
        if self._is_only_text(group):
            return "", None
        if tried <= 1:
            return "已把前面的正文移过来一段", self._mending(2, group, self._keep(group))
        if tried == 2 and (last := self._last_text(group)) is not None and last.flows:
            return "已让最后一段正文另起一面", self._mending(3, group, self._break(last))
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

    def _keep(self, group: Sequence[Passage]) -> Callable[[], None]:
        def remedy() -> None:
            last = self._last_text(group)
            first = group[0].number if last is None else last.number
            for number in range(first, group[-1].number):
                self._document.keep_with_next(number)

        return remedy

    def _break(self, last: Passage) -> Callable[[], None]:
        return lambda: self._document.begin_page(last.number)

    def _is_only_text(self, group: Sequence[Passage]) -> bool:
        """Whether one paragraph is all the text: it has to stand on the first page, which comes before (7.3.3)."""
        before = self._document.passages[: group[0].number]
        return sum(bool(one.text) and one.role.startswith(_TEXT) for one in before) == 1

    def _last_text(self, group: Sequence[Passage]) -> Passage | None:
        """The paragraph with text before the blank rows of a sign-off."""
        before = self._document.passages[: group[0].number]
        return next((one for one in reversed(before) if one.text), None)

    def _closer(self, group: Sequence[Passage], page: int, seen: Located) -> tuple[Sequence[int], float] | None:
        """Paragraphs and line spacing that bring the sign-off back, where at most two rows are too many.

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
        wanted = round((last - first) / pitch) + 1 + sum(_height(seen.stretches.get(x)) for x in self._tail(group))
        top = first - n.BASELINE_SHARE.value * pitch
        points = math.floor((edges.bottom - top - _SPARE) / wanted * 20) / 20
        allowed = points * (n.ROWS.value + n.TIGHTENED_ROWS.value) >= pitch * n.ROWS.value - 2 * _SPARE
        return (rows, points) if allowed and points < pitch else None

    def _tail(self, group: Sequence[Passage]) -> Iterator[int]:
        """The sign-off and the remark below it."""
        yield from (one.number for one in group)
        following = self._document.passages[group[-1].number + 1 :][:1]
        yield from (one.number for one in following if one.role == "remark")

    def _pitched(self, group: Sequence[Passage], page: int, seen: Located) -> list[int]:
        """The paragraphs in the pitch of the page that begin on it, without a gap up to the sign-off, and the tail."""
        found: list[int] = []
        for one in reversed(self._document.passages[: group[0].number]):
            place = seen.stretches.get(one.number)
            begins_here = place is not None and place.first.page == page
            if not one.flows or not one.role.startswith(_PITCHED) or not (begins_here or not one.text):
                break
            found.insert(0, one.number)
        while found and found[0] not in seen.stretches:
            found.pop(0)
        return [*found, *self._tail(group)]


def _groups(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Signature rows, in a table those of signature seals, and date, with the blank rows before and between them."""
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
