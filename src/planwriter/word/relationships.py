"""Which part of a package points to which: relationship parts and content types, read as values."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from planwriter.expression import expression
from planwriter.word.markup import RELATIONSHIPS, TYPES, parse

if TYPE_CHECKING:
    from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml."


class Relationship(NamedTuple):
    """One arrow: ``kind`` is the last word of its type (``header``, ``image``, ``hyperlink`` …)."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type."""
        return self.type.rstrip("/").rsplit("/", 1)[-1]


def relationships_name(source: str) -> str:
    """Where the relationships of ``source`` stand; ``""`` is the package itself."""
    folder, base = posixpath.split(source)
    return posixpath.join(folder, "_rels", base + ".rels")


def source_name(relationships: str) -> str:
    """The part whose relationships these are; the reverse of :func:`relationships_name`."""
    folder, base = posixpath.split(relationships)
    return posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))


def read_relationships(parts: Mapping[str, bytes], source: str) -> tuple[Relationship, ...]:
    """The relationships of a part in file order; none when it has no relationships part."""
    content = parts.get(relationships_name(source))
    if content is None:
        return ()
    return tuple(
        Relationship(e.get("Id", ""), e.get("Type", ""), e.get("Target", ""), _leads_out(e))
        for e in parse(content).iter(f"{{{RELATIONSHIPS}}}Relationship")
    )


def _leads_out(arrow: etree._Element) -> bool:
    """Whether the target is outside, whatever spelling of the mode hides it."""
    mode, target = arrow.get("TargetMode", "Internal").strip().lower(), arrow.get("Target", "")
    return mode != "internal" or "\\" in target or _SCHEME.match(target) is not None


_SCHEME = expression(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|//)")


def target_name(source: str, target: str) -> str:
    """The part name an internal target means, seen from ``source``."""
    path = unquote(target.split("#", 1)[0])
    if path.startswith("/"):
        return posixpath.normpath(path).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), path))


def main_part(parts: Mapping[str, bytes]) -> str | None:
    """The name of the main document part, or None when the package names none that is there."""
    for arrow in read_relationships(parts, ""):
        if arrow.kind == "officeDocument" and (name := target_name("", arrow.target)) in parts:
            return name
    return None


def content_types(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Part name → content type, from the overrides and the defaults by extension."""
    root = parse(parts[CONTENT_TYPES])
    defaults = {e.get("Extension", "").lower(): e.get("ContentType", "") for e in root.iter(f"{{{TYPES}}}Default")}
    given = {
        e.get("PartName", "").lstrip("/").lower(): e.get("ContentType", "") for e in root.iter(f"{{{TYPES}}}Override")
    }
    return {
        n: given.get(n.lower()) or defaults.get(n.rsplit(".", 1)[-1].lower(), "") for n in parts if n != CONTENT_TYPES
    }
