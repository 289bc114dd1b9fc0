"""The lines of a CSV file as records with their places, whatever separates and quotes them."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from planwriter.diagnostic import Diagnostic, FormError, Place, Severity
from planwriter.form.decoding import decode_text
from planwriter.form.text_lines import text_lines
from planwriter.placed import PlacedText

SEPARATORS = (",", ";", "\t", "|")
MAX_CELLS = 1_000
"""Cells of one record."""
MAX_LINE = 4 * 2**20
"""Characters of one line."""
MAX_LINES = 10_000
"""Lines of one record."""

_NAMED = re.compile(r"sep=(.)\n?", re.IGNORECASE)
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_RISKY = re.compile(r"'*[=+\-@\t\r]")
_SAMPLE, _LONGEST = 20, 2_000


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line it begins on, and its cells."""

    line: int
    cells: tuple[PlacedText, ...]


class Row(NamedTuple):
    """One row as it is cut: the line it begins on, its cells, or why it cannot be cut into cells."""

    line: int
    cells: list[str]
    fault: Diagnostic | None = None


@dataclass
class CsvTable:
    """The lines of a CSV text, read once, and its separator; mistakes of records gather in ``told``."""

    name: str
    lines: Iterable[str]
    separator: str
    guessed_encoding: bool
    first_line: int = 1
    told: list[Diagnostic] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """Every row that is not blank; behind one that cannot be cut, reading goes on with the next line."""
        lines = _Lines(self.lines)
        reader = csv.reader(lines, delimiter=self.separator, strict=True)
        while True:
            line = self.first_line + lines.settled
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                found = "" if lines.several else str(fault)  # a later quote closed what was open
                lines.take_back()
                reader = csv.reader(lines, delimiter=self.separator, strict=True)
                yield Row(line, [], _unreadable(found, Place(self.name, line)))
                continue
            lines.settle()
            if any(cells) and any(map(str.strip, cells)):
                yield Row(line, [unguarded(cell) if cell[:1] == "'" else cell for cell in cells])

    def records(self) -> Iterator[Record]:
        """The records that can be read, every cell with its place."""
        for row in self.rows():
            place = Place(self.name, row.line)
            if row.fault is not None:
                self.told.append(row.fault)
                continue
            if len(row.cells) > MAX_CELLS:
                self.told.append(_too_wide(len(row.cells), place))
            yield Record(row.line, tuple(PlacedText(cell, place) for cell in row.cells[:MAX_CELLS]))


class _Lines:
    """Lines on their way to a reader; those of a record that cannot be read are taken back, except its first."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._rest = iter(lines)
        self._again: deque[str] = deque()
        self._record: list[str] = []
        self.settled = 0
        """Lines that are done with."""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._rest)
        self._record.append(line)
        if len(self._record) > MAX_LINES or len(line) > MAX_LINE:
            raise csv.Error("field larger than a record")
        return line

    @property
    def several(self) -> bool:
        """Whether the record is on more than one line so far."""
        return len(self._record) > 1

    def settle(self) -> None:
        """The record is read."""
        self.settled += len(self._record)
        self._record.clear()

    def take_back(self) -> None:
        """The record is not read: its first line alone is done with."""
        self._again.extendleft(reversed(self._record[1:]))
        self.settled += 1
        self._record.clear()


def open_csv(data: bytes | str, name: str) -> CsvTable:
    """The table of a CSV form. Raises FormError where its text cannot be read."""
    text, notices = (data, []) if isinstance(data, str) else decode_text(data, name)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    told = list(notices)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        told.append(
            Diagnostic(
                "form-illegal-character",
                "这里有文档放不下的字符（U+0000）",
                place=Place(name, line),
                hint="用表格软件打开，另存为 CSV",
            )
        )
        text = text.replace("\0", "")
    return table_of(io.StringIO(text, newline="\n"), name, notices, told)


def open_csv_roster(source: Path | bytes | str, name: str) -> CsvTable:
    """The table of a roster: of a file line by line. Raises FormError where its text cannot be read; FileError."""
    if not isinstance(source, Path):
        text, notices = (source, []) if isinstance(source, str) else decode_text(source, name)
        lines: Iterator[str] = io.StringIO(text.removeprefix("\ufeff"), newline=None)
    else:
        lines, notices = text_lines(source, name, longest=MAX_LINE)
    return table_of(lines, name, notices, list(notices))


def table_of(lines: Iterator[str], name: str, notices: list[Diagnostic], told: list[Diagnostic]) -> CsvTable:
    """The table of lines; ``notices`` are what was said of their encoding. Raises FormError for full-width commas."""
    head = list(islice(lines, _SAMPLE))
    first_line, named = 1, _NAMED.match(head[0]) if head else None
    if named is None:
        separator = _separator([line[:_LONGEST] for line in head], name)
    else:
        separator, rest = named[1], head[0][named.end() :]
        head[:1] = [rest] if rest else []
        first_line = 1 if rest else 2
    return CsvTable(name, chain(head, lines), separator, bool(notices), first_line, told)


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: “'” before ``= + - @`` TAB CR."""
    return "'" + text if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """The cell without the “'” that ``guarded`` puts before it."""
    return text[1:] if _GUARDED.match(text) else text


def _separator(lines: list[str], name: str) -> str:
    """The sign that parts the first lines into equally many cells, more than one."""
    head = next((line for line in lines if line.strip()), "")
    if "，" in head and not any(sign in head for sign in SEPARATORS):
        raise FormError(
            Diagnostic(
                "form-wide-comma",
                "各栏之间用了全角逗号",
                place=Place(name, lines.index(head) + 1),
                found="，",
                hint="换成英文逗号，或用表格软件另存为 CSV",
            )
        )
    return max(SEPARATORS, key=lambda sign: _parts(lines, sign))


def _parts(lines: list[str], sign: str) -> tuple[int, int]:
    counts = [len(cells) for cells in csv.reader(lines, delimiter=sign) if any(cells)]
    first = counts[0] if counts else 1
    return (sum(count == first for count in counts) if first > 1 else 0, first)


def _unreadable(fault: str, place: Place) -> Diagnostic:
    if "expected after" in fault:
        return Diagnostic(
            "form-after-quote", "后一个引号后面还有文字", place=place, hint='引号要包住整格文字；文字里的引号写两个 ""'
        )
    message = "引号没有配对，或这一格太长" if "field larger" in fault else "引号没有配对"
    return Diagnostic("form-open-quote", message, place=place, hint='补上后一个引号；文字里的引号写两个 ""')


def _too_wide(count: int, place: Place) -> Diagnostic:
    return Diagnostic(
        "form-too-wide",
        f"这一行有{count}格，多出的没有读",
        place=place,
        expected=f"最多{MAX_CELLS}格",
        hint="删去右边多余的逗号",
    )


def refuse_doubtful_encoding(table: CsvTable, known: bool) -> None:
    """A file that is no UTF-8 is taken for GBK only where its headings are known words. Raises FormError."""
    if table.guessed_encoding and not known:
        raise FormError(
            Diagnostic(
                "form-encoding",
                "这个文件的文字编码认不出来",
                Severity.ERROR,
                Place(table.name, 1, 1),
                hint="用表格软件打开，另存为“CSV UTF-8”",
            )
        )
