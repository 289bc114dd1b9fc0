"""The lines of a text file of any size: decoded as forms are, gone through once before, and never held whole."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from planwriter.diagnostic import Diagnostic, FormError
from planwriter.files import explained
from planwriter.form.decoding import BOMS, PLAUSIBLE, gbk_notice, refuse_archive, undecodable

_PIECE = 2**20
_SIGNED = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16", "utf-32-le": "utf-32",
           "utf-32-be": "utf-32"}  # fmt: skip
_WHAT = "读不了这个文件"


def text_lines(path: Path, name: str, *, longest: int) -> tuple[Iterator[str], list[Diagnostic]]:
    """The lines, each with “\\n”, and a notice where the file is not UTF-8.

    Of a line of more than ``longest`` characters one more than these is given. Raises FormError for text that cannot
    be decoded, FileError for what cannot be read, also while the lines are given.
    """
    with explained(path, _WHAT), path.open("rb") as source:
        encoding = _encoding(source, name)
    told = [gbk_notice(name)] if encoding == "gb18030" else []
    return _lines(path, name, encoding, longest), told


def _lines(path: Path, name: str, encoding: str, longest: int) -> Iterator[str]:
    with explained(path, _WHAT), path.open(encoding=encoding) as source:
        try:
            while line := source.readline(longest + 1):
                rest = line
                while len(rest) > longest and not rest.endswith("\n"):
                    rest = source.readline(longest + 1)
                yield line
        except UnicodeDecodeError as fault:  # somebody is writing to it
            raise FormError(undecodable(1, name, fault.encoding)) from None


def _encoding(source: BinaryIO, name: str) -> str:
    head = source.read(4)
    refuse_archive(head, name)
    named = next((encoding for bom, encoding in BOMS if head.startswith(bom)), None)
    if named is not None:
        if (line := _bad_line(source, _SIGNED[named])) is not None:
            raise FormError(undecodable(line, name, named))
        return _SIGNED[named]
    if (line := _bad_line(source, "utf-8")) is None:
        return "utf-8"
    if _bad_line(source, "gb18030", plausible=True) is not None:
        raise FormError(undecodable(line, name, "UTF-8"))
    return "gb18030"


def _bad_line(source: BinaryIO, encoding: str, *, plausible: bool = False) -> int | None:
    """The first line that is not of an encoding, or, ``plausible``, holds what no Chinese text has."""
    source.seek(0)
    decoder, before = codecs.getincrementaldecoder(encoding)(), 1
    while True:
        piece = source.read(_PIECE)
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as fault:
            return before + fault.object.count(b"\n", 0, fault.start)
        if plausible and not PLAUSIBLE.fullmatch(text):
            return before
        if not piece:
            return None
        before += piece.count(b"\n")
