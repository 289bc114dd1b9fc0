"""A usual .xlsx read quickly; what is not quite usual is left, whole, to the careful road.

The quick road knows the XML that spreadsheets write and nothing else: every byte of a sheet has been matched before a
row of it is given. Names, visibility and dates are asked of the careful road's library, with a small workbook in which
one sheet holds each number that a style shows as a date.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from planwriter.diagnostic import FormError
from planwriter.form.workbook.bounds import QUICK_LIMITS, refuse_doctype
from planwriter.form.workbook.packed import sheet_parts, style_looks
from planwriter.form.workbook.quick_rows import Rows
from planwriter.form.workbook.quick_sheet import Blocks, QuickCells, read_sheet
from planwriter.form.workbook.quick_text import NotPlain, SharedTexts, shared_texts
from planwriter.form.workbook.seen import whole_date
from planwriter.scratch import Scratch
from planwriter.word.container import check_directory, open_directory
from planwriter.word.filekind import ZIP_MAGIC
from planwriter.word.inflating import pieces_of

_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_FOLDER = "xl/worksheets/"
_MOST_STYLES = 65_000
_WITH_TIME = "45000.25"
"""A number that is a date and a time where a style shows it as a date."""
_WORKSHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
_STYLED = ' s="{}"'
_BINDING = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\d*\.xml|xl/_rels/workbook\d*\.xml\.rels")
"""The parts that say which sheets there are."""
_MOST_SMALL = 2**23
"""Bytes of a part that is neither a sheet nor the shared texts."""

Read = tuple[str, bool, QuickCells]


def quick_sheets(data: bytes, name: str) -> list[Read] | None:
    """(name, hidden, cells) of every sheet in order, or None where the careful road has to look."""
    refused: list[str] = []

    def report(*told: str) -> None:
        refused.append(told[0])

    if not data.startswith(ZIP_MAGIC):
        return None
    archive = open_directory(data, report, QUICK_LIMITS)
    if archive is None or not check_directory(archive, data, report, QUICK_LIMITS):
        return None
    try:
        with archive:
            return _Package(archive, data, name).sheets()
    except (NotPlain, FormError, zipfile.BadZipFile, UnicodeDecodeError):
        return None


class _Package:
    """The parts of one workbook, and what calamine says of it without them."""

    def __init__(self, archive: zipfile.ZipFile, data: bytes, name: str) -> None:
        self._archive, self._data, self._name = archive, data, name
        self.names = frozenset(info.filename for info in archive.infolist() if not info.is_dir())

    def __call__(self, part: str) -> bytes:
        return b"".join(self._pieces(part))

    def _pieces(self, part: str) -> Iterable[bytes]:
        if part not in self.names:
            raise NotPlain
        return pieces_of(self._archive, self._archive.getinfo(part), self._data)

    def sheets(self) -> list[Read]:
        """(name, hidden, cells) of every sheet in order. Raises NotPlain, FormError, BadZipFile."""
        listed = list(sheet_parts(self, self._name))
        parts, small = [part for part, _ in listed], self._small({part for part, _ in listed})
        scratch = Scratch()
        there = _STRINGS in self.names
        strings = shared_texts(self._pieces(_STRINGS), scratch) if there else SharedTexts(scratch)
        asked = _Asked(small, parts, there)
        styles = [None, *(str(n) for n in range(min(small.get(_STYLES, b"").count(b"xf "), _MOST_STYLES)))]
        shown, told = asked.of([(style, _WITH_TIME) for style in styles])
        if [title for title, _ in told] != [title for _, title in listed]:
            raise NotPlain
        dated = {style for style, value in zip(styles, shown, strict=True) if style and type(value) is not float}
        looks = {number.decode(): look for number, look in style_looks(self, self._name).items()}
        odd = {number for number, look in looks.items() if not whole_date(look)}
        read = []
        for part, (title, hidden) in zip(parts, told, strict=True):
            rows = Rows(len(strings), frozenset(dated) - odd, frozenset(styles) - odd)
            cells = read_sheet(self._pieces(part), rows, Blocks(strings, scratch))
            serials = sorted(set().union(*cells.serials.values()))
            if any(style in looks and not float(number).is_integer() for style, number in serials):
                raise NotPlain  # a date with a time is seen as its format says
            if serials:
                cells.settle(dict(zip(serials, asked.of(serials)[0], strict=True)))
            read.append((title, hidden, cells))
        return read

    def _small(self, sheets: set[str]) -> dict[str, bytes]:
        """Every other part that the careful road would look at. Raises FormError for a document type."""
        small = {}
        for part in sorted(self.names - sheets - {_STRINGS}):
            if not part.lower().endswith((".xml", ".rels", ".vml")):
                continue
            sheet = part.startswith(_FOLDER) and "/" not in part.removeprefix(_FOLDER)
            if sheet or part.lower() == _STRINGS.lower() or self._archive.getinfo(part).file_size > _MOST_SMALL:
                raise NotPlain
            small[part] = self(part)
            refuse_doctype(small[part], self._name)
        if not all(part.startswith(_FOLDER) for part in sheets):
            raise NotPlain
        return small


class _Asked:
    """Asks calamine, by a workbook that has the parts of another but sheets of our own."""

    def __init__(self, small: dict[str, bytes], sheets: Sequence[str], shared: bool) -> None:
        self._sheets = sheets
        self._parts = {part: small[part] for part in small if part == _STYLES or _BINDING.fullmatch(part)}
        if shared:
            self._parts[_STRINGS] = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'

    def of(self, numbers: Sequence[tuple[str | None, str]]) -> tuple[list[Any], list[tuple[str, bool]]]:
        """What numbers of a style say, and (name, hidden) of each sheet. Raises NotPlain where it cannot be told."""
        from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(self._package(numbers)))
            told = book.sheets_metadata
            values = [row[0] for row in book.get_sheet_by_index(0).iter_rows()]
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException:  # a panic of the compiled reader is no Exception
            raise NotPlain from None
        if any(one.typ is not SheetTypeEnum.WorkSheet for one in told) or len(values) != len(numbers):
            raise NotPlain
        return values, [(one.name, one.visible is not SheetVisibleEnum.Visible) for one in told]

    def _package(self, numbers: Sequence[tuple[str | None, str]]) -> bytes:
        rows = (
            f'<row r="{at}"><c r="A{at}"{_STYLED.format(style) if style else ""}><v>{number}</v></c></row>'
            for at, (style, number) in enumerate(numbers, 1)
        )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for part, content in self._parts.items():
                package.writestr(part, content)
            for at, part in enumerate(self._sheets):
                package.writestr(part, _WORKSHEET.format("" if at else "".join(rows)))
        return out.getvalue()
