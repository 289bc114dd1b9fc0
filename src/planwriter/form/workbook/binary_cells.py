"""The cells of an .xls (BIFF8) as they are walked through: extents, errors, formulas, and what formats make of numbers.

Records by their numbers: [MS-XLS] 2.3 and 2.5.
"""

from __future__ import annotations

import struct

from planwriter.form.workbook.binary_formulas import Gives, gives
from planwriter.form.workbook.bounds import DOUBTED, ERROR, UNCALCULATED, CellAsides, Look, check_extent
from planwriter.form.workbook.number_format import BUILTIN
from planwriter.form.workbook.seen import Fixed, aside_of, look_of

_BOF, _FORMAT, _XF = 0x809, 0x41E, 0xE0
_NEW = 0x600
"""The version of files since Excel 97; older ones have texts and tokens of another build."""
_FORMULA, _STRING, _CONTINUE, _SHARED = 0x6, 0x207, 0x3C, frozenset({0x4BC, 0x221, 0x236})
_NUMBER, _RK, _MULTIPLE_RK, _MULTIPLE_BLANK, _TRUTH = 0x203, 0x27E, 0xBD, 0xBE, 0x205
_CELLS = frozenset({_FORMULA, _RK, _NUMBER, 0x204, 0xFD, _TRUTH, 0x201, 0xD6})
_MULTIPLE = frozenset({_MULTIPLE_RK, _MULTIPLE_BLANK})
_NO_NUMBER = b"\xff\xff"
_TEXT, _IS_TRUTH, _IS_ERROR, _IS_EMPTY = range(4)

_DOUBTS: dict[Gives, str | Look] = {Gives.TEXT: UNCALCULATED, Gives.EITHER: Fixed("0", DOUBTED)}

Cell = tuple[int, int]
"""Row and column, from 0."""


class Looks:
    """What the number formats of the book make of numbers; formats and styles stand before the sheets."""

    def __init__(self) -> None:
        self.old = False
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []
        self._looks: dict[int, Look | None] = {}

    def take(self, kind: int, content: bytes) -> bool:
        """Take a record that is about formats; ``False`` for any other."""
        if kind == _BOF:
            self.old = int.from_bytes(content[:2], "little") < _NEW
        elif kind == _FORMAT:
            code = content[3:].decode("gb18030", "replace") if self.old else _text(content, 2)
            self._codes[struct.unpack_from("<H", content)[0]] = code
        elif kind == _XF:
            self._formats.append(struct.unpack_from("<H", content, 2)[0])
        return kind in (_FORMAT, _XF)

    def of(self, style: int) -> Look | None:
        """What the format of a style makes of a number."""
        if style not in self._looks:
            number = self._formats[style] if style < len(self._formats) else 0
            code = self._codes.get(number) or BUILTIN.get(number, "")
            self._looks[style] = look_of(code) if code else None
        return self._looks[style]


class SheetWalk:
    """One sheet: ``asides`` what its cells do not say themselves, ``hollow`` formulas whose stored result is empty.

    ``results`` counts formulas with another result. Raises FormError for cells too far out.
    """

    def __init__(self, name: str, file: str, looks: Looks) -> None:
        self.name, self._file, self._looks = name, file, looks
        self.asides: CellAsides = {}
        self.hollow: list[Cell] = []
        self.results = 0
        self._rows = self._columns = 0
        self._awaits: Cell | None = None
        self._spoken = b""

    def take(self, kind: int, content: bytes) -> None:
        """Take one record."""
        if self._awaits is not None and kind not in _SHARED:
            self._say(kind, content)
        if kind in _CELLS or kind in _MULTIPLE:
            self._cell(kind, content)

    def _cell(self, kind: int, content: bytes) -> None:
        row, column = struct.unpack_from("<HH", content)
        last = struct.unpack_from("<H", content, len(content) - 2)[0] if kind in _MULTIPLE else column
        self._rows, self._columns = max(self._rows, row + 1), max(self._columns, last + 1)
        if kind not in _MULTIPLE:
            check_extent(self._file, self.name, self._rows, self._columns)
        if kind == _FORMULA:
            self._formula((row, column), content)
        elif kind == _TRUTH and content[7]:
            self.asides[row, column] = ERROR
        elif kind == _NUMBER:
            self._number((row, column), content[4:6], struct.unpack_from("<d", content, 6)[0])
        elif kind == _RK:
            self._number((row, column), content[4:6], _rk(content, 6))
        elif kind == _MULTIPLE_RK:
            for number, at in enumerate(range(4, len(content) - 2, 6)):
                self._number((row, column + number), content[at : at + 2], _rk(content, at + 2))

    def _number(self, cell: Cell, style: bytes, value: float) -> None:
        look = self._looks.of(int.from_bytes(style, "little"))
        if look is not None and (aside := aside_of(look, repr(value))) is not None:
            self.asides[cell] = aside

    def _formula(self, cell: Cell, content: bytes) -> None:
        if content[12:14] != _NO_NUMBER:
            (result,) = struct.unpack_from("<d", content, 6)
            if result == 0 and not self._looks.old and (fault := _DOUBTS.get(gives(content[22:]))) is not None:
                self.asides[cell] = fault
                return
            self.results += 1
            self._number(cell, content[4:6], result)
        elif content[6] == _IS_EMPTY:
            self.hollow.append(cell)
        else:
            self.results += 1
            self._awaits = cell if content[6] == _TEXT else None
            if content[6] == _IS_ERROR:
                self.asides[cell] = ERROR

    def _say(self, kind: int, content: bytes) -> None:
        """The text of a formula's result follows it, and may go on in further records."""
        assert self._awaits is not None
        if kind == _STRING:
            self._spoken = content
        elif kind == _CONTINUE and self._spoken:
            self._spoken += (
                content[1:] if content[:1] in (b"\0", b"\1") and self._spoken[2:3] == content[:1] else content
            )
        else:
            self._awaits = None
            self._spoken = b""
            return
        said = self._spoken[2:].decode("gb18030", "replace") if self._looks.old else _text(self._spoken, 0)
        self.asides[self._awaits] = Fixed(said)


def _text(content: bytes, at: int) -> str:
    """A text with a count of two bytes and a byte that says whether its characters take one byte or two."""
    (length,) = struct.unpack_from("<H", content, at)
    wide = content[at + 2] & 1
    raw = content[at + 3 : at + 3 + length * (2 if wide else 1)]
    return raw.decode("utf-16-le" if wide else "latin-1", "replace")


def _rk(content: bytes, at: int) -> float:
    """A number in four bytes: an integer or the upper half of a double, perhaps of its hundredfold."""
    (raw,) = struct.unpack_from("<I", content, at)
    value = float(struct.unpack_from("<i", content, at)[0] >> 2) if raw & 2 else 0.0
    if not raw & 2:
        (value,) = struct.unpack("<d", b"\0\0\0\0" + (raw & 0xFFFFFFFC).to_bytes(4, "little"))
    return value / 100 if raw & 1 else value
