"""One sheet of an .xlsx read quickly: whole columns at a time, or not at all."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from planwriter.form.workbook.bounds import column_number, refuse_doctype
from planwriter.form.workbook.quick_rows import Block, Rows, Serial
from planwriter.form.workbook.quick_text import NotPlain, SharedTexts, cut_after
from planwriter.scratch import Scratch, Span, put_down, taken_up
from planwriter.word.markup import fault_of, parse

_OPENING, _CLOSING = "<sheetData>", "</sheetData>"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}worksheet"
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")
_MOST_AROUND = 2**23

Range = tuple[tuple[int, int], tuple[int, int]]


class QuickCells:
    """The cells of a sheet as calamine gives them, of which a piece is held: ``iter_rows``, ``merged_cell_ranges``."""

    def __init__(self, rows: Rows, blocks: Blocks, merged: list[Range]) -> None:
        self.merged_cell_ranges = merged
        self.width, self.serials, self.faults = rows.width, rows.serials, rows.faults
        self._blocks, self._said = blocks, dict[Serial, Any]()

    def settle(self, said: Mapping[Serial, Any]) -> None:
        """Put what they say in the place of numbers that are shown as dates."""
        self._said = dict(said)

    def iter_rows(self) -> Iterator[Sequence[Any]]:
        """The rows from the first on, each from column A on, all of the same width."""
        at, blank = 0, ("",) * self.width
        for numbers, found in self._blocks:
            for one in self.serials.keys() & found.keys():
                found[one] = [self._said[v] if type(v) is tuple else v for v in found[one]]
            columns = [found.get(one) or repeat("") for one in range(self.width)]
            rows = zip(*columns, strict=False) if found else repeat(blank, len(numbers))
            first, last = numbers[0], numbers[-1]
            if first == at and last == at + len(numbers) - 1:
                yield from rows
            else:
                for number, row in zip(numbers, rows, strict=False):
                    yield from repeat(blank, number - at)
                    yield row
                    at = number + 1
            at = last + 1


class Blocks:
    """The rows of a sheet, put down block by block; each is given with its shared texts when its turn comes."""

    def __init__(self, texts: SharedTexts, scratch: Scratch) -> None:
        self._texts, self._scratch = texts, scratch
        self._spans: list[Span] = []

    def add(self, block: Block) -> None:
        """Put down the rows that come next."""
        if block.numbers:
            columns = {at: _packed(one) if at in block.shared else one for at, one in block.columns.items()}
            content = put_down((block.numbers, columns, list(block.shared), _packed(list(block.texts))))
            self._spans.append(self._scratch.put(content))

    def __iter__(self) -> Iterator[tuple[list[int], dict[int, list[Any]]]]:
        for span in self._spans:
            numbers, columns, shared, texts = taken_up(self._scratch.get(span))
            said = self._texts.of(set(_unpacked(texts)))
            for at, values in columns.items():
                if at in shared:
                    columns[at] = list(map(said.__getitem__, _unpacked(values)))
                elif texts:
                    columns[at] = [said[one] if type(one) is int else one for one in values]
            yield numbers, columns


def _packed(numbers: list[Any]) -> bytes | list[Any]:
    """Numbers of texts as bytes, where there is no gap among them."""
    try:
        return array("I", numbers).tobytes()
    except TypeError:
        return numbers


def _unpacked(numbers: bytes | list[Any]) -> Iterable[Any]:
    return array("I", numbers) if isinstance(numbers, bytes) else numbers


def read_sheet(pieces: Iterable[bytes], rows: Rows, blocks: Blocks) -> QuickCells:
    """The cells of a sheet whose XML comes in pieces. Raises NotPlain for whatever is not quite usual."""
    around = ""
    for part, last in cut_after(b"</row>", pieces):
        if not around:
            before, opening, part = part.replace("<sheetData/>", _OPENING + _CLOSING, 1).partition(_OPENING)
            around = before + _OPENING
            _expect(opening)
        if last:
            part, closing, after = part.partition(_CLOSING)
            around += _CLOSING + after
            _expect(closing)
        if part.strip():
            blocks.add(rows.block(part))
    return QuickCells(rows, blocks, list(_merged(around)))


def _expect(found: str) -> None:
    if not found:
        raise NotPlain


def _merged(text: str) -> Iterator[Range]:
    """The merged ranges, once what stands around the rows is known to be sound."""
    around = text.removeprefix("\ufeff").encode()
    if len(around) > _MOST_AROUND or "<!" in text or fault_of(around) is not None:
        raise NotPlain
    refuse_doctype(around, "")
    try:
        root = parse(around)
    except SyntaxError:  # a prefix that is nowhere declared
        raise NotPlain from None
    tables = list(root.iter("{*}sheetData"))
    if root.tag != _SHEET or root.prefix is not None or len(tables) != 1 or tables[0].getparent() is not root:
        raise NotPlain
    for one in root.iter("{*}mergeCell"):
        found = _RANGE.fullmatch(one.get("ref", ""))
        if found is None:
            raise NotPlain
        first, last = (int(found[2]) - 1, column_number(found[1]) - 1), (int(found[4]) - 1, column_number(found[3]) - 1)
        yield first, last
