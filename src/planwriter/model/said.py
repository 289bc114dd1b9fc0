"""What a model says, as the data of a form.

It is what pydantic's own serializers give (``model_dump`` by alias, without defaults); a test holds the two equal on
every kind of form. They are not asked because building them takes longer than writing a document.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from planwriter.model.element import Element, label_of
from planwriter.model.sections import Section
from planwriter.model.text import in_words


def said(element: Element) -> dict[str, Any]:
    """Chinese keys, scalars as text, nothing that says nothing. Raises ``TypeError`` for what no form can hold."""
    cls = type(element)
    labels, usual = _labels(cls)
    plain = {}
    for name, value in element.__dict__.items():
        ordinary = usual[name]
        if value is not ordinary and value != ordinary:
            plain[labels[name]] = value if type(value) is str else _told(value)
    return element.arranged(plain, labels) if isinstance(element, Section) else plain


@cache
def _labels(cls: type[Element]) -> tuple[dict[str, str], dict[str, Any]]:
    """The keys of a class, and what its fields are by default."""
    fields = cls.model_fields
    made: dict[str, Any] = {name: field.default_factory for name, field in fields.items() if field.default_factory}
    usual = {name: made[name]() if name in made else field.default for name, field in fields.items()}
    return {name: label_of(cls, name) for name in fields}, usual


def _told(value: Any) -> Any:
    if isinstance(value, list):
        return [one if type(one) is str else _told(one) for one in value]
    if isinstance(value, Element):
        return said(value)
    if isinstance(value, dict):
        return {_told(key): _told(one) for key, one in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (str, date)) or hasattr(value, "words"):
        return in_words(value)
    raise TypeError(type(value))
