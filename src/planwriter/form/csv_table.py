"""The lines of a CSV file as records with their places, whatever separates and quotes them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from planwriter.diagnostic import Diagnostic, FormError, Place, Severity
from planwriter.form.decoding import decode_text
from planwriter.placed import PlacedText

SEPARATORS = (",", ";", "\t", "|")
MAX_CELLS = 1_000
"""Cells of one record."""

_NAMED = re.compile(r"sep=(.)\n?", re.IGNORECASE)
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_RISKY = re.compile(r"'*[=+\-@\t\r]")
_SAMPLE, _LONGEST = 20, 2_000


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line it begins on, and its cells."""

    line: int
    cells: tuple[PlacedText, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.strip() for cell in self.cells)


@dataclass
class CsvTable:
    """A CSV text: its separator, and the records one after another; mistakes gather in ``told``."""

    name: str
    text: str
    separator: str
    guessed_encoding: bool
    first_line: int = 1
    told: list[Diagnostic] = field(default_factory=list)

    def records(self) -> Iterator[Record]:
        """The records that are not blank; reading goes on behind a record that cannot be read."""
        reader = csv.reader(self._lines(), delimiter=self.separator, strict=True)
        before = 0
        while True:
            line = self.first_line + before
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                self.told.append(_unreadable(str(fault), Place(self.name, line)))
                before = reader.line_num
                continue
            before = reader.line_num
            record = Record(line, tuple(PlacedText(unguarded(c), Place(self.name, line)) for c in cells[:MAX_CELLS]))
            if len(cells) > MAX_CELLS:
                self.told.append(_too_wide(len(cells), Place(self.name, line)))
            if not record.blank:
                yield record

    def _lines(self) -> Iterator[str]:
        at = 0
        while at < len(self.text):
            end = self.text.find("\n", at) + 1 or len(self.text)
            yield self.text[at:end]
            at = end


def open_csv(data: bytes | str, name: str) -> CsvTable:
    """The table of a CSV file. Raises FormError where its text cannot be read."""
    text, notices = (data, []) if isinstance(data, str) else decode_text(data, name)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    guessed = bool(notices)
    table = CsvTable(name, text, ",", guessed, told=list(notices))
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        table.told.append(
            Diagnostic(
                "form-illegal-character",
                "这里有文档放不下的字符（U+0000）",
                place=Place(name, line),
                hint="用表格软件打开，另存为 CSV",
            )
        )
        table.text = text = text.replace("\0", "")
    if named := _NAMED.match(text):
        table.separator, table.first_line, table.text = named[1], 2, text[named.end() :]
    else:
        table.separator = _separator(text, name)
    return table


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: “'” before ``= + - @`` TAB CR."""
    return "'" + text if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """The cell without the “'” that ``guarded`` puts before it."""
    return text[1:] if _GUARDED.match(text) else text


def _separator(text: str, name: str) -> str:
    """The sign that parts the first lines into equally many cells, more than one."""
    lines = [line[:_LONGEST] for line in text.split("\n", _SAMPLE)[:_SAMPLE]]
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
    message = "引号没有配对，或这一格太长" if "field larger" in fault else "引号没有配对，后面的各行都连在了一格里"
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
