"""A part added to a document when it is written."""

from __future__ import annotations

from typing import NamedTuple


class ExtraPart(NamedTuple):
    """A part to add. ``name`` is like ``customXml/item1.xml``; where it is taken its number moves on.

    ``relationship_type`` is the full type of the arrow from its owner (the main document, or the part in
    whose ``relationships`` it stands); ``content_type`` None means the default of its extension.
    """

    name: str
    content: bytes
    content_type: str | None
    relationship_type: str
    relationships: tuple[ExtraPart, ...] = ()
    relation: str = ""
    """The id of the arrow, where the document names it; else the next free number."""
