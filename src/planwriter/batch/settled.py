"""Parts of a shared form that are the same for all rows, read into the model once instead of once a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from planwriter.batch.section_places import Spot, at_spot, replaced, section_spots
from planwriter.model.document import read_document
from planwriter.model.element import Element, keys_of
from planwriter.model.official import OfficialDocument
from planwriter.placed import PlacedDict, PlacedList, place_of

Moves = Callable[[Any], bool]


def settled_form(
    form: PlacedDict, filled: PlacedDict, moves: Moves, touched: Callable[[Spot], bool]
) -> PlacedDict | None:
    """The shared form with elements of the model for what does not move; ``None`` where ``filled`` is not faultless.

    ``filled`` is the form of some row. ``touched`` says of which sections rows replace fields. The elements
    know no places: where something is to be said of a row, it has to be read from the shared form itself.
    """
    reading = read_document(filled)
    if reading.diagnostics:
        return None
    document = reading.document
    plan = document.plan if isinstance(document, OfficialDocument) else document
    spots = section_spots(form)
    if plan is None or len(spots) != len(plan.sections):
        return replaced(form, ())
    pairs = zip(spots, plan.sections, strict=True)
    return replaced(form, ((at, _part(at_spot(form, at), one, moves)) for at, one in pairs if not touched(at)))


def _part(node: Any, element: Element, moves: Moves) -> Any:
    """The element, or what it was read from with elements for the parts of its lists that do not move."""
    if not moves(node):
        return element
    if isinstance(node, list):
        lists = (getattr(element, name) for name in type(element).model_fields)
        return next((_listed(node, values, moves) for values in lists if _fits(node, values)), node)
    if not isinstance(node, Mapping):
        return node
    made = PlacedDict(node, place_of(node))
    made.key_places = getattr(node, "key_places", {})
    for key, value in node.items():
        values = getattr(element, keys_of(type(element)).get(key, ""), None)
        if isinstance(value, list) and _fits(value, values):
            made[key] = _listed(value, values, moves)
    return made


def _fits(node: list[Any], values: Any) -> bool:
    return isinstance(values, list) and len(values) == len(node) and all(isinstance(one, Element) for one in values)


def _listed(node: list[Any], values: Any, moves: Moves) -> PlacedList:
    return PlacedList((_part(n, one, moves) for n, one in zip(node, values, strict=True)), place_of(node))
