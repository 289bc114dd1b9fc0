"""Which paragraph of a document stands where on the pages: found by its text, in reading order."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planwriter.pages.reading import PrintedPage, Row, folded
from planwriter.word.edit import DocumentEdit, Margins

_SEALED = ("signature",)
"""Roles of paragraphs that are found in tables, too: post titles beside signature seals (7.3.5.3)."""
_FAR = 4000  # characters over which a short text is not looked for: it would be found in the wrong place
_SHORT = 6
_SLACK = 3.0  # points by which characters may stand outside the edges


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A row of a page; pages count from 1, rows from 0."""

    page: int
    row: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the row in which a paragraph begins to the row in which it ends."""

    first: Spot
    last: Spot


class Located:
    """The rows of every page, and the paragraphs among them. Tables are passed over but those of a signature seal."""

    def __init__(self, document: DocumentEdit, pages: Sequence[PrintedPage]) -> None:
        self.margins = document.margins()
        self.pages = tuple(pages)
        self.rows = tuple(_text_rows(document, page) for page in pages)
        self._stream = _Stream(self.rows)
        self.stretches = dict(self._follow(document))
        self.imprint = self._imprint(document)

    def _follow(self, document: DocumentEdit) -> Iterator[tuple[int, Stretch]]:
        for passage in document.passages:
            if (passage.flows or passage.role in _SEALED) and (found := self._stream.find(folded(passage.text))):
                yield passage.number, found

    def _imprint(self, document: DocumentEdit) -> Stretch | None:
        """Where its first line begins and its last one ends."""
        texts = document.imprint.texts if document.imprint else ()
        found = [one for text in texts if (one := self._stream.find(folded(text)))]
        return Stretch(found[0].first, found[-1].last) if found and len(found) == len(texts) else None

    def row(self, spot: Spot) -> Row:
        """What stands there."""
        return self.rows[spot.page - 1][spot.row]

    def rows_of(self, stretch: Stretch) -> tuple[Row, ...]:
        """All rows of it, over as many pages as it has."""
        return tuple(
            row
            for page in range(stretch.first.page, stretch.last.page + 1)
            for at, row in enumerate(self.rows[page - 1])
            if stretch.first <= Spot(page, at) <= stretch.last
        )

    def is_first(self, spot: Spot) -> bool:
        """Whether no text stands above it on its page."""
        return spot.row == 0

    def is_last(self, spot: Spot) -> bool:
        """Whether no text stands below it on its page; the imprint does not count."""
        below = len(self.rows[spot.page - 1]) - spot.row - 1
        if self.imprint and self.imprint.first.page == spot.page:
            below -= len(self.rows[spot.page - 1]) - self.imprint.first.row
        return below <= 0

    def text_follows(self, page: int) -> bool:
        """Whether text stands on a later page; the imprint does not count."""
        end = self.imprint.first if self.imprint else Spot(len(self.rows) + 1, 0)
        return any(rows and Spot(number, 0) < end for number, rows in enumerate(self.rows, 1) if number > page)

    @property
    def is_imprint_alone(self) -> bool:
        """Whether the imprint stands on a page without text."""
        return self.imprint is not None and self.is_first(self.imprint.first)


def _text_rows(document: DocumentEdit, page: PrintedPage) -> tuple[Row, ...]:
    edges: Margins = document.margins(landscape=page.is_landscape)
    return page.rows(edges.top, edges.bottom + _SLACK, edges.left - _SLACK, edges.right + _SLACK)


class _Stream:
    """All rows as one text, read forward only."""

    def __init__(self, rows: Sequence[Sequence[Row]]) -> None:
        self._spots: list[Spot] = []
        self._starts: list[int] = []
        pieces, length = [], 0
        for page, found in enumerate(rows, 1):
            for at, row in enumerate(found):
                self._spots.append(Spot(page, at))
                self._starts.append(length)
                pieces.append(row.text)
                length += len(row.text)
        self._text, self._at = "".join(pieces), 0

    def find(self, text: str) -> Stretch | None:
        """Where a text comes next; the place is then behind it."""
        end = self._at + _FAR if len(text) < _SHORT else len(self._text)
        at = self._text.find(text, self._at, end) if text else -1
        if at < 0:
            return None
        self._at = at + len(text)
        return Stretch(self._spot(at), self._spot(self._at - 1))

    def _spot(self, at: int) -> Spot:
        return self._spots[bisect.bisect_right(self._starts, at) - 1]
