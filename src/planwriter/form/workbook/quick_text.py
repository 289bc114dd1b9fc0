"""Texts of an .xlsx as they stand in its XML → as the clerk typed them; the shared ones all at once."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise

from planwriter.form.workbook.bounds import refuse_doctype
from planwriter.scratch import Scratch, put_down, taken_up

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
_GROUP = 32
"""Texts that are put down, and read again, together."""


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


class SharedTexts:
    """The shared texts of a workbook, put down in groups; those that some rows name are fetched together.

    Nothing else is put down while they are.
    """

    def __init__(self, scratch: Scratch) -> None:
        self._scratch = scratch
        self._starts = array("Q", [0])
        """Of each group, and where the last one ends."""
        self._rest: list[str] = []
        self._known: dict[int | str, str] = {}

    def __len__(self) -> int:
        return (len(self._starts) - 1) * _GROUP + len(self._rest)

    def add(self, texts: list[str]) -> None:
        """Put down the texts that come next."""
        texts = self._rest + texts
        whole = len(texts) - len(texts) % _GROUP
        groups = [put_down(texts[at : at + _GROUP]) for at in range(0, whole, _GROUP)]
        self._rest = texts[whole:]
        self._scratch.put(b"".join(groups))
        self._starts.extend(accumulate(map(len, groups), initial=self._starts.pop()))

    def of(self, wanted: set[int]) -> dict[int | str, str]:
        """Number → text of those that are wanted at least, and nothing for nothing."""
        known = self._known
        missing = wanted.difference(known)
        made: dict[int | str, str] = {number: known[number] for number in wanted - missing}
        made[""] = ""
        first, last = min(missing, default=0) // _GROUP, max(missing, default=0) // _GROUP
        if len(missing) * 2 > (last - first) * _GROUP:
            texts, before = self._groups(first, last), first * _GROUP
            made.update(zip(range(before, before + len(texts)), texts, strict=True))
        else:
            self._pick(made, sorted(missing))
        self._known = made
        return made

    def _groups(self, first: int, last: int) -> list[str]:
        """The texts of groups that follow one another."""
        starts = self._starts[first : last + 2]
        begin = starts[0]
        content = memoryview(self._scratch.get((begin, starts[-1] - begin)))
        texts: list[str] = []
        for start, end in pairwise(starts):
            texts += taken_up(content[start - begin : end - begin])
        return texts + self._rest if last + 2 > len(self._starts) else texts

    def _pick(self, made: dict[int | str, str], missing: list[int]) -> None:
        before, texts = -1, list[str]()
        for number in missing:
            group, at = divmod(number, _GROUP)
            if group != before:
                before, texts = group, self._group(group)
            made[number] = texts[at]

    def _group(self, number: int) -> list[str]:
        starts = self._starts
        if number == len(starts) - 1:
            return self._rest
        start, end = starts[number : number + 2]
        found: list[str] = taken_up(self._scratch.get((start, end - start)))
        return found


def shared_texts(pieces: Iterable[bytes], scratch: Scratch) -> SharedTexts:
    """The shared texts in order; rich ones without their looks and their reading aids. Raises NotPlain."""
    strings = SharedTexts(scratch)
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
        strings.add(_texts(part))
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
