"""Parts added to a document when it is written, with the arrows that lead to them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from planwriter.expression import expression
from planwriter.word.escaping import quoted
from planwriter.word.extra_part import ExtraPart
from planwriter.word.relationships import CONTENT_TYPES, relationships_name

_RELATIONSHIPS_HEAD = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)
_NUMBERED = expression(r"(\d*)(\.[^./]*)$")
_ID = expression(rb'\bId\s*=\s*["\']rId(\d+)["\']')
_EMPTY_ROOT = expression(rb"<([\w:]*)(Types|Relationships)\b([^<>]*)/>\s*$")

__all__ = ["ExtraPart", "attached", "contents_of", "signature"]


def contents_of(extras: Sequence[ExtraPart]) -> Iterator[bytes]:
    """The contents of the parts in the order in which :func:`attached` adds them."""
    for extra in extras:
        yield extra.content
        yield from contents_of(extra.relationships)


def signature(extras: Sequence[ExtraPart]) -> tuple[object, ...]:
    """What two lists of parts have in common when they differ only in contents."""
    return tuple((e.name, e.content_type, e.relationship_type, e.relation, signature(e.relationships)) for e in extras)


def attached(parts: Mapping[str, bytes], main: str, extras: Sequence[ExtraPart]) -> dict[str, bytes]:
    """The parts that change or appear when ``extras`` are added to the main document part."""
    changed: dict[str, bytes] = {}
    _attach(dict(parts), changed, main, extras)
    return changed


def _attach(parts: dict[str, bytes], changed: dict[str, bytes], owner: str, extras: Sequence[ExtraPart]) -> None:
    arrows = relationships_name(owner)
    for extra in extras:
        placed = extra._replace(name=_free_name(parts, extra.name))
        parts[placed.name] = changed[placed.name] = placed.content
        known = parts.get(arrows, _RELATIONSHIPS_HEAD + b"</Relationships>")
        parts[arrows] = changed[arrows] = _with_arrow(known, owner, placed)
        parts[CONTENT_TYPES] = changed[CONTENT_TYPES] = _with_type(parts[CONTENT_TYPES], placed)
        _attach(parts, changed, placed.name, placed.relationships)


def _free_name(parts: Mapping[str, bytes], name: str) -> str:
    taken = {n.casefold() for n in parts}
    number = 1
    fresh = name
    while fresh.casefold() in taken:
        number += 1
        fresh = _NUMBERED.sub(lambda m, k=number: f"{k}{m[2]}", name)  # type: ignore[misc]
    return fresh


def _with_arrow(arrows: bytes, owner: str, extra: ExtraPart) -> bytes:
    number = max((int(n) for n in _ID.findall(arrows)), default=0) + 1
    target = posixpath.relpath(extra.name, posixpath.dirname(owner) or ".")
    id_ = extra.relation or f"rId{number}"
    arrow = f'<Relationship Id="{id_}" Type={quoted(extra.relationship_type)} Target={quoted(target)}/>'
    return _before_end(arrows, b"Relationships", arrow)


def _with_type(types: bytes, extra: ExtraPart) -> bytes:
    if extra.content_type is not None:
        return _before_end(
            types,
            b"Types",
            f"<Override PartName={quoted('/' + extra.name)} ContentType={quoted(extra.content_type)}/>",
        )
    extension = extra.name.rsplit(".", 1)[-1].lower()
    if f'extension="{extension}"'.encode() in types.lower().replace(b"'", b'"'):
        return types
    return _before_end(types, b"Types", f'<Default Extension="{extension}" ContentType="application/xml"/>')


def _before_end(content: bytes, root: bytes, element: str) -> bytes:
    """Put an element last into the root, written with the root's own prefix."""
    content = _EMPTY_ROOT.sub(rb"<\1\2\3></\1\2>", content)
    head, found, tail = content.rpartition(root + b">")
    before, _, prefix = head.rpartition(b"</")
    if not found:
        raise ValueError("not a relationships or content types part")
    named = element.encode().replace(b"<", b"<" + prefix, 1)
    return before + named + b"</" + prefix + found + tail
