"""A document taken apart."""

from __future__ import annotations

from typing import NamedTuple


class Package(NamedTuple):
    """The parts of a document by name, in the order of the file; folders are left out."""

    name: str
    parts: dict[str, bytes]
