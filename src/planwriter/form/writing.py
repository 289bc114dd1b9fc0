"""A form's content written as YAML or JSON: Chinese keys, every scalar as text, read back equal."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

from planwriter.form.keys import known_keys
from planwriter.form.scan import KEY

_PLAIN = re.compile(r"[\w“《〈（【〔][^:#\"'\[\]{}\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*")
_ENDS_BLANK = re.compile(r"\s\Z")
_WIDEST = 1 << 30
_TEXT, _LIST, _MAPPING = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


class _Block(yaml.dumper.BaseDumper):
    """Block style in which the dashes of a list stand to the right of its key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


def write_yaml(content: Mapping[str, Any], *, schema: str | None = None) -> bytes:
    """The content as a YAML form (UTF-8): block style, quotes only where a text would be read otherwise.

    ``schema``: the JSON Schema that an editor shall use, as a path beside the form or an address; it is named in
    the first line.
    """
    text = yaml.serialize(_node(content), Dumper=_Block, allow_unicode=True, width=_WIDEST)
    return (modeline(schema) + text).encode("utf-8")


def scalar(text: str) -> str:
    """A text as it stands behind a key, on one line, in quotes only where it would be read otherwise."""
    written = str(yaml.serialize(_scalar(text), Dumper=_Block, allow_unicode=True, width=_WIDEST))
    return written.removesuffix("\n").removesuffix("\n...")


def write_json(content: Mapping[str, Any]) -> bytes:
    """The content as a JSON form (UTF-8), two spaces for each level, keys in their order."""
    return (json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def modeline(schema: str | None) -> str:
    """The line by which an editor finds the schema of a YAML form; nothing for ``None``."""
    return f"# yaml-language-server: $schema={schema}\n" if schema else ""


def _node(value: Any) -> yaml.Node:
    if isinstance(value, Mapping):
        pairs = [(_scalar(str(key)), _node(below)) for key, below in value.items()]
        return yaml.MappingNode(_MAPPING, pairs, flow_style=not pairs)
    if isinstance(value, list | tuple):
        return yaml.SequenceNode(_LIST, [_node(below) for below in value], flow_style=not value)
    return _scalar("" if value is None else str(value), blank=value is None)


def _scalar(text: str, *, blank: bool = False) -> yaml.Node:
    return yaml.ScalarNode(_TEXT, text, style=None if blank or _reads_plain(text) else '"')


def _reads_plain(text: str) -> bool:
    """Whether a text without quotes is read as this text, and nothing is said about it."""
    if text in ("null", "~") or not _PLAIN.fullmatch(text) or _ENDS_BLANK.search(text):
        return False
    key = KEY.match(text)
    return key is None or key["key"] not in known_keys()
