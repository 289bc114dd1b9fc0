"""Texts of an .xlsx as they stand in its XML → as the clerk typed them; the shared ones all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from planwriter.form.workbook.bounds import refuse_doctype

_SPACE = " \t\r\n"
"""What XML calls white space; it is dropped around a text that does not ask for it to be kept."""
_REFERENCE = re.compile(r"&([^;&]{0,10};|)")
_NAMED = {"amp;": "&", "lt;": "<", "gt;": ">", "quot;": '"', "apos;": "'"}
_NUMBERED = re.compile(r"#(?:([0-9]{1,7})|x([0-9A-Fa-f]{1,6}));")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLAIN = r'<si><t( xml:space="preserve"|)>([^<]*+)</t>(?:<phoneticPr[^<>]*+(?<=/)>|)</si>[ \t\n]*+'
_STRINGS = re.compile(_PLAIN)
_STRIDE = _STRINGS.groups + 1
_RICH = re.compile(r"<si>((?:(?!</si>).)*+)</si>|<si ?/>", re.S)
_UNSAID = re.compile(
    r"<rPr>(?:(?!</rPr>).)*+</rPr>|<rPh [^<>]*+><t(?: [^<>]*+)?>[^<]*+</t></rPh>|<phoneticPr[^<>]*+(?<=/)>", re.S
)
_RUN = re.compile(r'(<r>|)<t(?: ?/>|( xml:space="preserve"|)>([^<]*+)</t>)(</r>|)')
_MOST_HELD = 2**23
"""Bytes without the end of a row or of a text that are held before the file is left to the careful road."""


class NotPlain(Exception):
    """Something the quick road does not know; the careful road reads the file."""


def cut_after(mark: bytes, pieces: Iterable[bytes]) -> Iterator[tuple[str, bool]]:
    """Pieces of text that end with ``mark``, each with False, then what is left, with True. Raises NotPlain."""
    held = b""
    for piece in pieces:
        held += piece
        if cut := held.rfind(mark) + 1:
            cut += len(mark) - 1
            yield _decoded(held[:cut]), False
            held = held[cut:]
        elif len(held) > _MOST_HELD:
            raise NotPlain
    yield _decoded(held), True


def _decoded(content: bytes) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise NotPlain from None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def finished(texts: list[str], source: str, *, trim: bool) -> list[str]:
    """The texts without the escapes of XML and of spreadsheets; ``source`` is where they stood. Raises NotPlain."""
    escaped = "&" in source
    if escaped:
        texts = [_REFERENCE.sub(_character, text) if "&" in text else text for text in texts]
    if trim:
        texts = [text.strip(_SPACE) for text in texts]
    if escaped or ("_" in source and "_x" in source):
        texts = [_ESCAPE.sub(_escaped, text) if "_x" in text else text for text in texts]
    return texts


def _character(found: re.Match[str]) -> str:
    named = _NAMED.get(found[1])
    if named is not None:
        return named
    number = _NUMBERED.fullmatch(found[1])
    code = 0 if number is None else int(number[1]) if number[1] else int(number[2], 16)
    if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
        raise NotPlain
    return chr(code)


def _escaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code < 0xE000 else chr(code)


def shared_strings(pieces: Iterable[bytes]) -> list[str]:
    """The shared texts in order; rich ones without their looks and their reading aids. Raises NotPlain."""
    strings: list[str] = []
    begun = False
    for part, last in cut_after(b"</si>", pieces):
        if not begun and last and _EMPTY.match(part):
            break
        if not begun:
            part, begun = part[_head(part) :], True
        if last:
            part, end, after = part.partition("</sst>")
            if not end or after.strip():
                raise NotPlain
        strings += _texts(part)
    return strings


_HEAD = re.compile(r'(?:\ufeff|)(?:<\?xml [^<>?]*+\?>|)\s*+<sst xmlns="[^"<>]*+"(?: [\w:]+="[^"<>]*+")*>\s*')
_EMPTY = re.compile(r'(?:\ufeff|)(?:<\?xml [^<>?]*+\?>|)\s*+<sst xmlns="[^"<>]*+"(?: [\w:]+="[^"<>]*+")* ?/>\s*$')


def _head(text: str) -> int:
    found = _HEAD.match(text)
    if found is None:
        raise NotPlain
    refuse_doctype(found[0].encode(), "")
    return found.end()


def _texts(part: str) -> list[str]:
    found: list[str] = _STRINGS.split(part)
    between, kept, texts = found[::_STRIDE], found[1::_STRIDE], found[2::_STRIDE]
    if any(kept):
        trimmed, whole = finished(texts, part, trim=True), finished(texts, part, trim=False)
        texts = [w if keep else t for keep, t, w in zip(kept, trimmed, whole, strict=True)]
    else:
        texts = finished(texts, part, trim=True)
    if not any(between):
        return texts
    listed = _rich(between[0])
    for text, odd in zip(texts, between[1:], strict=True):
        listed.append(text)
        if odd:
            listed += _rich(odd)
    return listed


def _rich(odd: str) -> list[str]:
    texts, at = [], 0
    while at < len(odd):
        found = _RICH.match(odd, at)
        if found is None:
            if odd[at:].strip():
                raise NotPlain
            break
        texts.append(_said(found[1] or ""))
        at = found.end()
        while odd[at : at + 1].isspace():
            at += 1
    return texts


def _said(item: str) -> str:
    """The text of one rich item: that of its runs, without looks and reading aids."""
    item, at, said = _UNSAID.sub("", item), 0, ""
    while at < len(item):
        run = _RUN.match(item, at)
        if run is None or bool(run[1]) != bool(run[4]):
            raise NotPlain
        said += finished([run[3] or ""], item, trim=not run[2])[0]
        at = run.end()
    return said
