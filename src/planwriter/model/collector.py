"""Gathers what is wrong while a form becomes a model, each with its place, instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from planwriter.diagnostic import Diagnostic, Place, Severity
from planwriter.model.messages import sentence
from planwriter.nearest import nearest
from planwriter.placed import key_place, place_of

if TYPE_CHECKING:  # the element room hands itself in; importing it here would be a circle
    from pydantic_core import ErrorDetails, InitErrorDetails


def _told_kind(section: object) -> str:
    """The kind that a section names, as it stands in the form."""
    said = section.get("类型", section.get("kind")) if isinstance(section, Mapping) else None
    return said if isinstance(said, str) else ""


class _Source(NamedTuple):
    element: object
    origin: Place | None
    record: Mapping[str, Any]
    raw_keys: Mapping[str, str]


class Collector:
    """Given to pydantic as validation context; one per form, never shared.

    ``diagnostics`` holds the mistakes in the order met; ``unfilled`` what a form left open where no
    placeholder can stand; ``copied`` the label and the text of signs such as XX that count as not filled;
    ``near_misses`` fields that are missing because their key was misspelt.
    """

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.unfilled: list[tuple[str, Place | None]] = []
        self.copied: list[tuple[str, str]] = []
        self.near_misses: set[tuple[int, str]] = set()
        self._told: set[Diagnostic] = set()
        self._sources: dict[int, _Source] = {}

    def remember(self, element: object, origin: object, record: Mapping[str, Any], raw_keys: Mapping[str, str]) -> None:
        """Keep what an element came from (and the element itself, so that its id stays its own)."""
        self._sources[id(element)] = _Source(element, place_of(origin), record, raw_keys)

    def place(self, element: object, field: str | None = None) -> Place | None:
        """Where an element, or one of its fields, stands in the form."""
        source = self._sources.get(id(element))
        if source is None:
            return None
        key = source.raw_keys.get(field) if field else None
        value = source.record.get(key) if key is not None else None
        at_key = key_place(source.record, key) if key is not None else None
        return place_of(value) or at_key or place_of(source.record) or source.origin

    def missed(self, element: object, field: str) -> bool:
        """Whether a missing field was already told as a misspelt key."""
        source = self._sources.get(id(element))
        return source is not None and (id(source.record), field) in self.near_misses

    def problem(self, problem: InitErrorDetails, place: Place | None) -> None:
        """Report a mistake about a key."""
        error = problem["type"]
        ctx = dict(getattr(error, "context", None) or {})
        self._add(str(getattr(error, "type", error)), error.message() if not isinstance(error, str) else error,
                  ctx, place)  # fmt: skip

    def error(self, cls: Any, error: ErrorDetails, record: Mapping[str, Any], raw_keys: Mapping[str, str]) -> None:
        """Report a mistake about a value, as pydantic tells it."""
        loc = error["loc"]
        field = str(loc[0]) if loc else ""
        label = cls.model_fields[field].alias if field in cls.model_fields else ""
        key = raw_keys.get(field)
        value = record.get(key) if key is not None else None
        for step in loc[1:]:
            if isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
        place = place_of(error["input"]) or place_of(value) or (key_place(record, key) if key else place_of(record))
        code, message = sentence(error)
        ctx = dict(error.get("ctx") or {})
        if code == "form-unknown-kind" and (told := _told_kind(error["input"])):
            near = nearest(told, ctx.get("kinds", ()))
            place, ctx = (
                place_of(told) or place,
                ctx | {"found": str(told)} | ({"hint": f"改成“{near}”"} if near else {}),
            )
            message = f"里有不认识的类型“{told}”"
        self._add(code, f"“{label}”{message}" if label else message, ctx, place, found=error["input"])

    def _add(self, code: str, message: str, ctx: dict[str, Any], place: Place | None, found: Any = None) -> None:
        said = ctx.get("found") or (found if isinstance(found, str) else None)
        diagnostic = Diagnostic(
            code=code, message=message, severity=Severity.ERROR, place=place,
            found=str(said)[:80] if said else None, expected=ctx.get("expected") or None,
            hint=ctx.get("hint") or None, source=ctx.get("source") or None,
        )  # fmt: skip
        if diagnostic not in self._told:  # a part is read again after a mistake in it was set aside
            self._told.add(diagnostic)
            self.diagnostics.append(diagnostic)
