"""What is still open, marked in a finished document: a yellow ground, and comments at the place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from planwriter.diagnostic import FileError
from planwriter.word.markup import RELATIONSHIPS, TYPES, W, parse, w
from planwriter.word.package import read_package, write_parts
from planwriter.word.relationships import (
    CONTENT_TYPES,
    OFFICE,
    WORDPROCESSING,
    main_part,
    read_relationships,
    relationships_name,
    target_name,
)
from planwriter.word.run_cutting import highlight, runs_of, texts_of

AUTHOR, INITIALS = "planwriter", "PW"
DATE = "1980-01-01T00:00:00Z"
"""The same input gives the same bytes, so a comment cannot name the day it was made."""
_EMPTY = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{W}"/>'.encode()
_PART, _RELATION = "word/comments.xml", "rIdPWComments"
_BOX = w("txbxContent")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to mark: wherever ``text`` stands, its characters from ``start`` to ``end``; ``note`` says why."""

    text: str
    start: int
    end: int
    note: str
    highlighted: bool = False
    """Whether the place has its yellow ground already."""


def marked(data: bytes, marks: Sequence[Mark], *, comments: bool, name: str = "文档") -> bytes:
    """The document with its open places highlighted and, with ``comments``, a comment at each of them.

    A place inside a text box has its comment at the paragraph the box hangs on. Raises FileError for what is no
    Word document.
    """
    parts = dict(read_package(data, name=name, error=FileError, reading=True).parts)
    main = main_part(parts) or ""
    root = parse(parts[main])
    notes = _Comments(parts, main) if comments else None
    for paragraph in list(root.iter(w("p"))):
        for start, end, mark in _found(paragraph, marks):
            _mark(paragraph, start, end, mark, notes)
    parts[main] = _bytes(root)
    if notes is not None:
        notes.add_to(parts)
    return write_parts(parts)


def _found(paragraph: etree._Element, marks: Sequence[Mark]) -> Iterator[tuple[int, int, Mark]]:
    """Places from the last to the first, so that cutting one does not move the next."""
    words = "".join(text.text or "" for text in texts_of(paragraph))
    spans: dict[tuple[int, int], Mark] = {}
    for mark in marks if words else ():
        at = words.find(mark.text)
        while at >= 0:
            spans.setdefault((at + mark.start, at + mark.end), mark)
            at = words.find(mark.text, at + len(mark.text))
    for start, end in sorted(spans, reverse=True):
        yield start, end, spans[start, end]


def _mark(paragraph: etree._Element, start: int, end: int, mark: Mark, notes: _Comments | None) -> None:
    runs = runs_of(paragraph, start, end)
    if not runs:
        return
    if not mark.highlighted:
        for run in runs:
            highlight(run)
    if notes is not None and not _in_fallback(paragraph):
        box = next(paragraph.iterancestors(_BOX), None)
        if box is None:
            notes.put(mark.note, runs[0], runs[-1])
        else:
            notes.put_on(mark.note, _carrier(box))


def _in_fallback(paragraph: etree._Element) -> bool:
    """The picture of a box for old programs repeats its text."""
    return any(str(one.tag).endswith("}Fallback") for one in paragraph.iterancestors())


def _carrier(box: etree._Element) -> etree._Element:
    """The run that holds the outermost text box."""
    boxes = [box, *box.iterancestors(_BOX)]
    return next(boxes[-1].iterancestors(w("r")))


class _Comments:
    """The comments of a document: those it has, and those that are added."""

    def __init__(self, parts: dict[str, bytes], main: str) -> None:
        self.main = main
        arrow = next((one for one in read_relationships(parts, main) if one.kind == "comments"), None)
        self.name = target_name(main, arrow.target) if arrow else _PART
        self.known = self.name in parts and arrow is not None
        self.root = parse(parts[self.name] if self.known else _EMPTY)
        ids = [int(found) for one in self.root if (found := one.get(w("id"), "")).isdigit()]
        self.following = max(ids, default=-1) + 1

    def put(self, note: str, first: etree._Element, last: etree._Element) -> None:
        """A comment on everything from the first to the last run."""
        number = self._add(note)
        first.addprevious(etree.Element(w("commentRangeStart"), {w("id"): number}))
        end = etree.Element(w("commentRangeEnd"), {w("id"): number})
        last.addnext(end)
        end.addnext(_reference(number))

    def put_on(self, note: str, run: etree._Element) -> None:
        """A comment at a run that holds a box: an anchor has no text to cover."""
        run.addnext(_reference(self._add(note)))

    def _add(self, note: str) -> str:
        number = str(self.following)
        self.following += 1
        attributes = {"id": number, "author": AUTHOR, "date": DATE, "initials": INITIALS}
        comment = etree.SubElement(self.root, w("comment"), {w(key): value for key, value in attributes.items()})
        run = etree.SubElement(etree.SubElement(comment, w("p")), w("r"))
        etree.SubElement(run, w("t")).text = note
        return number

    def add_to(self, parts: dict[str, bytes]) -> None:
        """Write the part of the comments, and name it where the document had none."""
        if not len(self.root):
            return
        if not self.known:
            arrows, kinds = relationships_name(self.main), CONTENT_TYPES
            parts[arrows] = _with(parts[arrows], f"{{{RELATIONSHIPS}}}Relationship",
                                  {"Id": _RELATION, "Type": f"{OFFICE}comments", "Target": f"/{_PART}"})  # fmt: skip
            parts[kinds] = _with(parts[kinds], f"{{{TYPES}}}Override",
                                 {"PartName": f"/{_PART}", "ContentType": f"{WORDPROCESSING}comments+xml"})  # fmt: skip
        parts[self.name] = _bytes(self.root)


def _reference(number: str) -> etree._Element:
    run = etree.Element(w("r"))
    etree.SubElement(run, w("commentReference"), {w("id"): number})
    return run


def _with(part: bytes, tag: str, attributes: dict[str, str]) -> bytes:
    root = parse(part)
    root.append(etree.Element(tag, attributes))
    return _bytes(root)


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
