"""Plain data that remembers where it stood in the file: text, mappings and lists with a Place.

Readers of files build these; the model takes them like ``str``, ``dict`` and ``list`` and asks for
the place only when something is wrong, so that no second map from paths to lines is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self

from planwriter.diagnostic import Place


class PlacedText(str):
    """A scalar as typed, with the place of its first character."""

    __slots__ = ("place",)
    place: Place | None

    def __new__(cls, text: str, place: Place | None = None) -> Self:
        made = super().__new__(cls, text)
        made.place = place
        return made


class PlacedDict(dict[str, Any]):
    """A mapping, with its own place and the place of every key (``key_places``)."""

    __slots__ = ("key_places", "place")

    def __init__(self, pairs: Any = (), place: Place | None = None) -> None:
        super().__init__(pairs)
        self.place = place
        self.key_places: dict[str, Place] = {}


class PlacedList(list[Any]):
    """A list with the place of its first element."""

    __slots__ = ("place",)

    def __init__(self, items: Any = (), place: Place | None = None) -> None:
        super().__init__(items)
        self.place = place


def place_of(value: object) -> Place | None:
    """The place of a placed value, or ``None`` for plain data."""
    found = getattr(value, "place", None)
    return found if isinstance(found, Place) else None


def key_place(mapping: object, key: str) -> Place | None:
    """The place of ``key`` in a placed mapping, else of the mapping, else ``None``."""
    places = getattr(mapping, "key_places", None)
    found = places.get(key) if isinstance(places, dict) else None
    return found if isinstance(found, Place) else place_of(mapping)


def texts_in(value: Any) -> list[str]:
    """Every text in plain or placed data, in order. Raises RecursionError for data that holds itself."""
    texts: list[str] = []
    _gather((value,), texts)
    return texts


def _gather(values: Iterable[Any], texts: list[str]) -> None:
    for one in values:
        if isinstance(one, str):
            texts.append(one)
        elif isinstance(one, (list, tuple)):
            _gather(one, texts)
        elif isinstance(one, (dict, Mapping)):
            _gather(one.values(), texts)
