"""What is wrong with pages, each fault with its remedy and with what is said of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from planwriter.diagnostic import Diagnostic, Place, Severity
from planwriter.pages.locating import Located
from planwriter.word.edit import DocumentEdit, Passage
from planwriter.word.imprint_section import ImprintSection

_EVEN = "GB/T 33476.2 7.3.1"
_OWN_PAGE = f"GB/T 9704-2012 7.5，{_EVEN}"
_TEXT = ("body", "heading", "run_in", "item")
_SHOWN = 16


@dataclass(frozen=True, slots=True)
class Fault:
    """``mend`` changes the document, ``None`` where nothing is left to try; ``key`` names the same fault anew."""

    key: str
    left: Diagnostic
    done: Diagnostic
    mend: Callable[[], None] | None


def is_text(passage: Passage) -> bool:
    """Whether a paragraph is part of the text proper (7.3.3)."""
    return passage.role.startswith(_TEXT)


def is_heading(passage: Passage) -> bool:
    """Whether it is a heading on a line of its own in the text."""
    return passage.flows and passage.role.startswith("heading")


def at(passage: Passage) -> Place:
    """The place of a paragraph, counted from 1 as ``planwriter show`` counts."""
    return Place(paragraph=passage.number + 1)


def shown(passage: Passage) -> str:
    """Its beginning, to be named in a sentence."""
    return passage.text[:_SHOWN] + ("…" if len(passage.text) > _SHOWN else "")


class FirstPage:
    """The first page shows text (7.3.3); only what the paper says can mend it."""

    def __init__(self, document: DocumentEdit) -> None:
        self._text = [one.number for one in document.passages if is_text(one)]

    def faults(self, seen: Located) -> Iterator[Fault]:
        """One, when text was found, and none of it on the first page."""
        found = [seen.stretches[number].first.page for number in self._text if number in seen.stretches]
        if found and min(found) > 1:
            left = Diagnostic(
                "pages-no-text-first",
                "首页没有正文",
                Severity.WARNING,
                hint="精简标题；主送机关太多时移到版记（7.3.2）。",
                source="GB/T 9704-2012 7.3.3",
            )
            yield Fault("first", left, left, None)


class Headings:
    """A heading is not the last row of a page: just that heading, and those right above it, go to the next page."""

    def __init__(self, document: DocumentEdit) -> None:
        self._document = document
        self._tried: dict[int, int] = {}

    def faults(self, seen: Located) -> Iterator[Fault]:
        """One for each heading at the foot of a page."""
        for passage in filter(is_heading, self._document.passages):
            place = seen.stretches.get(passage.number)
            if place and seen.is_last(place.last) and seen.text_follows(place.last.page):
                yield self._fault(passage, place.last.page)

    def _fault(self, heading: Passage, page: int) -> Fault:
        tried = self._tried.get(heading.number, 0)
        remedies = (self._keep, self._break)
        left = Diagnostic(
            "pages-heading-last", f"层次标题“{shown(heading)}”落在第{page}面的最后一行", Severity.WARNING, at(heading)
        )
        done = Diagnostic(
            "pages-heading-moved",
            f"层次标题“{shown(heading)}”原来落在第{page}面的最后一行，已移到下一面",
            Severity.NOTE,
            at(heading),
        )
        return Fault(f"heading {heading.number}", left, done, self._mending(remedies[tried:], heading.number))

    def _mending(self, remedies: tuple[Callable[[int], None], ...], number: int) -> Callable[[], None] | None:
        def mend() -> None:
            self._tried[number] = self._tried.get(number, 0) + 1
            remedies[0](number)

        return mend if remedies else None

    def _above(self, number: int) -> int:
        """The first of the headings that stand together."""
        passages = self._document.passages
        while number > 0 and is_heading(passages[number - 1]):
            number -= 1
        return number

    def _keep(self, number: int) -> None:
        for one in range(self._above(number), number + 1):
            self._document.keep_with_next(one)

    def _break(self, number: int) -> None:
        self._document.begin_page(self._above(number))


class ImprintPage:
    """The imprint stands on an even page; a blank page before it, and then its own, carry no number (7.5)."""

    def __init__(self, document: DocumentEdit) -> None:
        self._imprint = document.imprint

    def faults(self, seen: Located) -> Iterator[Fault]:
        """At most one; the next is found on the pages that come of its remedy."""
        if self._imprint is None:
            return
        if seen.imprint is None or not self._imprint.is_last:
            yield _unfound()
        elif seen.imprint.first.page % 2:
            yield _odd(self._imprint, seen.imprint.first.page, alone=seen.is_imprint_alone)


def _odd(imprint: ImprintSection, page: int, *, alone: bool) -> Fault:
    left = Diagnostic("pages-imprint-odd", f"版记落在第{page}面（单面）", Severity.WARNING, source=_EVEN)
    if imprint.begins_page:
        words = "版记原来另起一面，已不再需要，改为接在正文之后"
        mend = imprint.run_on
    elif alone:
        words = f"版记原来独自落在第{page}面，已在它前面空出一面，排在第{page + 1}面；空白面和版记面不编页码"
        mend = imprint.add_blank_page
    else:
        words = f"版记原来落在第{page}面，已另起一面排在第{page + 1}面（双面）"
        mend = imprint.begin_page
    return Fault("imprint", left, Diagnostic("pages-imprint-moved", words, Severity.NOTE, source=_OWN_PAGE), mend)


def _unfound() -> Fault:
    left = Diagnostic(
        "pages-imprint-unfound", "没有在页面上认出版记，没有检查它是否在双面", Severity.WARNING, source=_EVEN
    )
    return Fault("imprint", left, left, None)
