"""All keys a form may have at any place: by them a colon after a key is told from one in a sentence."""

from __future__ import annotations

from functools import cache

from planwriter.model.element import Element, keys_of
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import HEAD_KEYS
from planwriter.model.sections import KIND_OF


@cache
def known_keys() -> frozenset[str]:
    """Chinese labels, English names and further accepted keys of every class of the model."""
    found = set(HEAD_KEYS) | set(KIND_OF)
    for cls in (*_elements(Element), OfficialDocument):  # naming the paper makes all its classes known
        found |= set(keys_of(cls))
    return frozenset(found)


def _elements(cls: type[Element]) -> list[type[Element]]:
    return [cls, *(below for child in cls.__subclasses__() for below in _elements(child))]
