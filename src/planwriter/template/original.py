"""The docxtpl object a template came from: owner of links and sub-documents, shared by threads in turns."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from threading import Lock, RLock
from typing import Any

from docx.opc.part import Part
from docxtpl import DocxTemplate
from lxml import etree

from planwriter.word.markup import parse, w
from planwriter.word.package import Package
from planwriter.word.relationships import WORDPROCESSING, content_types, read_relationships

_TURN = "planwriter_turn"
_ADDING = ("init_docx", "get_docx", "build_url_id", "new_subdoc")
"""The methods with which links and sub-documents are put into the object's package."""
_NAMED_IN_TEXT = frozenset(
    {"hyperlink", "image", "chart", "package", "oleObject", "diagramData", "diagramLayout", "diagramQuickStyle",
     "diagramColors"}
)  # fmt: skip
"""Kinds of relationships that lead nowhere unless the text names them."""
_OWN_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_NOTE = re.compile(r'<w:footnoteReference\b[^>]*?\sw:id="([^"]*)"')
_SETTING_UP = Lock()


def guard(template: DocxTemplate) -> None:
    """Make the object's adding methods wait for each other and for fills; guarding twice changes nothing."""
    with _SETTING_UP:
        if _TURN in vars(template):
            return
        turn = RLock()
        for name in _ADDING:
            setattr(template, name, _in_turn(getattr(template, name), turn))
        vars(template)[_TURN] = turn


def _in_turn(method: Callable[..., Any], turn: AbstractContextManager[object]) -> Callable[..., Any]:
    @wraps(method)
    def waiting(*given: Any, **named: Any) -> Any:
        with turn:
            return method(*given, **named)

    return waiting


def turn_of(template: DocxTemplate) -> AbstractContextManager[object]:
    """The lock of a guarded object."""
    return vars(template)[_TURN]  # type: ignore[no-any-return]


def without_strangers(opened: Part, package: Package, xml: str) -> None:
    """Drop what other fills have put into the object: arrows and footnotes this part's text does not name."""
    name = str(opened.partname).lstrip("/")
    own = {arrow.id for arrow in read_relationships(package.parts, name)}
    for ident, arrow in list(opened.rels.items()):
        kind = arrow.reltype.rsplit("/", 1)[-1]
        if ident not in own and kind in _NAMED_IN_TEXT and f'"{ident}"' not in xml:
            opened.rels.pop(ident)
        elif kind == "footnotes":
            _drop_notes(arrow.target_part, package, xml)


def _drop_notes(notes: Part, package: Package, xml: str) -> None:
    kept = _notes_of(package) | set(_NOTE.findall(xml))
    root = parse(notes.blob)
    for note in list(root):
        if note.get(w("id")) not in kept and note.get(w("type")) not in _OWN_NOTES:
            root.remove(note)
    notes._blob = etree.tostring(root, encoding="UTF-8", standalone=True)


def _notes_of(package: Package) -> set[str]:
    types = content_types(package.parts)
    return {
        str(note.get(w("id"), ""))
        for name, kind in types.items()
        if kind == WORDPROCESSING + "footnotes+xml"
        for note in parse(package.parts[name])
    }
