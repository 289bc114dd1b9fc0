"""A blank form as the bytes of any kind of file people fill."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from planwriter.form.blank import json_form, yaml_form
from planwriter.form.word_form import write_word_form

Writer = Callable[[Mapping[str, Any], bool], bytes]


def _yaml(content: Mapping[str, Any], full: bool) -> bytes:
    return yaml_form(content, full=full).encode("utf-8")


def _json(content: Mapping[str, Any], full: bool) -> bytes:
    return json_form(content, full=full)


def _word(content: Mapping[str, Any], full: bool) -> bytes:
    return write_word_form(content, full=full)


WRITERS: dict[str, Writer] = {".yaml": _yaml, ".yml": _yaml, ".json": _json, ".docx": _word}
"""Ending of a file name → what writes the content of a blank form (see ``prefilled``) as such a file."""
