"""The JSON Schema of forms (2020-12), as permissive as the reading: both languages, shorthand, lists of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import models_json_schema

from planwriter.model.element import Element, keys_of
from planwriter.model.items import HeadingForm, Layout
from planwriter.model.official import AttachmentMode, Format, OfficialDocument, Urgency
from planwriter.model.plan import WorkPlan
from planwriter.model.schedule import HANDED_DOWN, Activity
from planwriter.model.sections import KINDS, SECTION_TYPES, Section

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: list[str] = ["string", "number", "null"]
_TOLD = ("title", "description", "examples", "x-条款", "default")


def form_schema() -> dict[str, Any]:
    """Keys with their Chinese label (title), sentence (description), example and clause (x-条款)."""
    _, whole = models_json_schema(
        [(WorkPlan, "validation"), (OfficialDocument, "validation")], by_alias=True, ref_template="#/$defs/{model}"
    )
    defs: dict[str, Any] = whole["$defs"]
    for cls in _classes(Element):
        if cls.__name__ in defs:
            defs[cls.__name__] = _loosened(cls, defs[cls.__name__])
    _hand_down(defs)
    _name_choices(defs)
    top = dict(defs.pop("WorkPlan"))
    top["properties"] = {"公文": _head(), **top["properties"], **_sections(), "official_document": _head()}
    _without_plan(defs)
    return {"$schema": DIALECT, **top, "title": "planwriter 表单", "$defs": defs}


def _classes(cls: type[Element]) -> Iterator[type[Element]]:
    for below in cls.__subclasses__():
        yield below
        yield from _classes(below)


def _hand_down(defs: dict[str, Any]) -> None:
    """Details of activities may stand at the entry (see ``ScheduleEntry``)."""
    activity, entry = _object_of(defs["Activity"])["properties"], _object_of(defs["ScheduleEntry"])["properties"]
    for key, name in keys_of(Activity).items():
        if name in HANDED_DOWN:
            entry.setdefault(key, activity[key])


def _name_choices(defs: dict[str, Any]) -> None:
    """Choices by their English names too."""
    for kind in (HeadingForm, Layout, Format, Urgency, AttachmentMode):
        defs[kind.__name__]["enum"] += [member.name.lower() for member in kind]


def _head() -> dict[str, Any]:
    return {"$ref": "#/$defs/OfficialDocument", "title": "公文", "description": "红头、落款、版记等公文要素。"}


def _sections() -> dict[str, Any]:
    out: dict[str, Any] = {}
    for kind, name in KINDS.items():
        shape = {"$ref": f"#/$defs/{SECTION_TYPES[kind].__name__}"}
        out[name] = {**shape, "title": name, "description": f"“{name}”部分：一段文字、一个列表，或键值。"}
        out[kind] = {**shape, "title": name, "description": f"同“{name}”。"}
    return out


_LISTED = {"Goals": ("Target", "Item"), "MonthlySchedule": ("ScheduleEntry", "Item")}
"""What a plain list may stand for; in the other sections it stands for items."""


def _list_of(cls: type[Element]) -> dict[str, Any]:
    if issubclass(cls, Section):
        held = [{"$ref": f"#/$defs/{one}"} for one in _LISTED.get(cls.__name__, ("Item",))]
        return {"type": "array", "items": {"anyOf": held}}
    if cls.shorthand is not None:
        return {"type": "array", "items": {"anyOf": [{"type": _TEXT}, {"$ref": "#/$defs/Points"}]}}
    return {"type": "array"}


def _without_plan(defs: dict[str, Any]) -> None:
    """In a form the plan stands beside 公文, not inside it."""
    for key in ("计划", "plan"):
        _object_of(defs["OfficialDocument"])["properties"].pop(key, None)


def _object_of(schema: dict[str, Any]) -> dict[str, Any]:
    whole: dict[str, Any] = next((s for s in schema.get("anyOf", ()) if "properties" in s), schema)
    return whole


def _loosened(cls: type[Element], schema: dict[str, Any]) -> dict[str, Any]:
    """English names beside the labels, plain text where the class has a shorthand, kinds by their names."""
    named = {field.alias: name for name, field in cls.model_fields.items()}
    properties: dict[str, Any] = {}
    for label, told in schema.get("properties", {}).items():
        properties[label] = _permissive(told)
    for label, name in named.items():
        if label in properties and name != label:
            properties[name] = {**properties[label], "description": f"同“{label}”。"}
        for other in _also(cls, name):
            properties[other] = {**properties[label], "description": f"同“{label}”。"}
    if "类型" in properties:
        properties["类型"] = properties["kind"] = {"enum": [*KINDS.values(), *KINDS], "title": "类型"}
    made = {**schema, "properties": properties}
    made.pop("required", None)
    made.pop("description", None)
    if issubclass(cls, WorkPlan) or (cls.shorthand is None and cls.opened.__func__ is Element.opened.__func__):  # type: ignore[attr-defined]
        return made
    return {"anyOf": [{"type": _TEXT}, _list_of(cls), made]}


def _also(cls: type[Element], name: str) -> list[str]:
    extra = cls.model_fields[name].json_schema_extra
    more = extra.get("x-别名") if isinstance(extra, dict) else None
    return [str(key) for key in more] if isinstance(more, list) else []


def _permissive(told: dict[str, Any]) -> dict[str, Any]:
    """A field takes blank, text typed as a number, one element where a list of one is meant."""
    kept = {key: told[key] for key in _TOLD if key in told}
    shapes = told.get("anyOf") or [{k: v for k, v in told.items() if k not in kept and not k.startswith("x-")}]
    loose: list[Any] = [{"type": "null"}]
    for shape in shapes:
        loose += _loose(shape)
    return {**kept, "anyOf": loose}


def _loose(shape: dict[str, Any]) -> list[Any]:
    if shape.get("type") == "array":
        inner = _loose(shape.get("items", {}))
        return [{"type": "array", "items": {"anyOf": inner}}, *inner]
    if shape.get("type") == "string" and "enum" not in shape:
        return [{"type": _TEXT}]
    if "oneOf" in shape or "anyOf" in shape:
        parts = shape.get("oneOf") or shape["anyOf"]
        return [one for part in parts for one in _loose(part)]
    return [shape] if shape.get("type") != "null" else []
