"""How contexts, shapes, parts and diagnostics cross to the confined process and back: plain JSON."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from planwriter.diagnostic import Diagnostic, Place, Severity, TemplateError
from planwriter.template.extra import ExtraPart
from planwriter.template.shape import Anything, Listing, Record, Shape, Text, Trusted

_MARKUP_KEY = "$xml"
_LONGEST_NUMBER = 10_000
"""Bits beyond which Python does not write a number out."""
_PLAIN_SHAPES: dict[str, type[Text] | type[Trusted] | type[Anything]] = {
    "text": Text,
    "trusted": Trusted,
    "anything": Anything,
}


def plain(value: object, path: str = "") -> Any:
    """The value as JSON data; markup becomes ``{"$xml": …}``. Raises :class:`TemplateError` for objects."""
    if isinstance(value, Markup):
        return {_MARKUP_KEY: str(value)}
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (bool, int)) and value.bit_length() < _LONGEST_NUMBER:
        return value
    if isinstance(value, (list, tuple)):
        return [plain(v, f"{path}[{n}]") for n, v in enumerate(value, start=1)]
    if isinstance(value, Mapping) and not any(str(k).startswith("$") for k in value):
        return {str(k): plain(v, f"{path}.{k}" if path else str(k)) for k, v in value.items()}
    raise TemplateError(
        Diagnostic(
            "template-untrusted-value",
            f"“{path}”的值（{type(value).__name__}）不能交给不可信的模板",
            place=Place(field=path),
            hint="只用文字、整数、列表和字段组。",
        )
    )


def revived(value: Any) -> Any:
    """The reverse of :func:`plain`."""
    if isinstance(value, dict):
        if set(value) == {_MARKUP_KEY}:
            return Markup(value[_MARKUP_KEY])  # noqa: S704  made by the parent from markup
        return {k: revived(v) for k, v in value.items()}
    return [revived(v) for v in value] if isinstance(value, list) else value


def plain_shape(shape: Shape) -> Any:
    """A shape as JSON data."""
    if isinstance(shape, Record):
        return {"record": {name: [plain_shape(inner), words] for name, (inner, words) in shape.fields.items()}}
    if isinstance(shape, Listing):
        return {"listing": plain_shape(shape.item)}
    return next(word for word, kind in _PLAIN_SHAPES.items() if isinstance(shape, kind))


def revived_shape(data: Any) -> Shape:
    """The reverse of :func:`plain_shape`."""
    if isinstance(data, str):
        return _PLAIN_SHAPES[data]()
    if "listing" in data:
        return Listing(revived_shape(data["listing"]))
    return Record({name: (revived_shape(inner), words) for name, (inner, words) in data["record"].items()})


def plain_parts(parts: Sequence[ExtraPart]) -> Any:
    """Parts to attach as JSON data."""
    return [
        [
            p.name,
            base64.b64encode(p.content).decode("ascii"),
            p.content_type,
            p.relationship_type,
            plain_parts(p.relationships),
        ]
        for p in parts
    ]


def revived_parts(data: Any) -> tuple[ExtraPart, ...]:
    """The reverse of :func:`plain_parts`."""
    return tuple(
        ExtraPart(name, base64.b64decode(content), kind, arrow, revived_parts(inner))
        for name, content, kind, arrow, inner in data
    )


def revived_diagnostic(data: Mapping[str, Any]) -> Diagnostic:
    """The reverse of :meth:`Diagnostic.to_dict`."""
    place = data.get("place")
    return Diagnostic(
        str(data["code"]),
        str(data["message"]),
        Severity(data["severity"]),
        Place(**place) if place else None,
        data.get("found"),
        data.get("expected"),
        data.get("hint"),
        data.get("source"),
    )
