"""The JSON Schemas of forms as files: shipped with the package, made anew from the model when it changes."""

from __future__ import annotations

import functools
import json
from importlib import resources
from pathlib import Path
from typing import Any

from planwriter.form.json_schema import form_schema

SCHEMA_NAMES = {"2020-12": "planwriter.schema.json", "draft-07": "planwriter.draft7.schema.json"}
"""Dialect → the name of its file; YAML editors read the older one more surely."""
EDITOR_DIALECT = "draft-07"
BESIDE = "planwriter.schema.json"
"""The name of the schema beside a form, which the form's first line gives to editors."""
_DRAFT7 = "http://json-schema.org/draft-07/schema#"
_NEW_REF, _OLD_REF = "#/$defs/", "#/definitions/"


def schema_in(dialect: str) -> dict[str, Any]:
    """The schema of forms in a dialect of ``SCHEMA_NAMES``, made from the model."""
    newest = form_schema()
    if dialect == "2020-12":
        return newest
    older: dict[str, Any] = _older(newest)
    return {"$schema": _DRAFT7, **{key: value for key, value in older.items() if key != "$schema"}}


def schema_text(dialect: str) -> str:
    """The schema as the text of its file, made from the model."""
    return json.dumps(schema_in(dialect), ensure_ascii=False, indent=2) + "\n"


@functools.cache
def shipped_schema(dialect: str) -> bytes:
    """The file: from the package of a wheel, or from ``schemas/`` of the checkout the package is run from."""
    name = SCHEMA_NAMES[dialect]
    packaged = resources.files("planwriter") / "_schemas" / name
    if packaged.is_file():
        return packaged.read_bytes()
    return (Path(__file__).parents[3] / "schemas" / name).read_bytes()


def _older(schema: Any) -> Any:
    """The same in draft-07: definitions by their old name, and nothing beside a reference, where it would not count."""
    if isinstance(schema, list):
        return [_older(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {("definitions" if key == "$defs" else key): _older(value) for key, value in schema.items()}
    if not isinstance(reference := made.get("$ref"), str):
        return made
    pointer = {"$ref": reference.replace(_NEW_REF, _OLD_REF, 1)}
    beside = {key: value for key, value in made.items() if key != "$ref"}
    return {**beside, "allOf": [pointer]} if beside else pointer
