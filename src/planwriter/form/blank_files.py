"""A blank form as the bytes of any kind of file people fill."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from planwriter.form.blank import json_form, yaml_form
from planwriter.form.word_form import write_word_form
from planwriter.model.element import label_of
from planwriter.model.plan import WorkPlan
from planwriter.model.sections import KIND_OF

Writer = Callable[[Mapping[str, Any], bool], bytes]


def _yaml(content: Mapping[str, Any], full: bool) -> bytes:
    return yaml_form(content, full=full).encode("utf-8")


def _json(content: Mapping[str, Any], full: bool) -> bytes:
    return json_form(content, full=full)


def _word(content: Mapping[str, Any], full: bool) -> bytes:
    return write_word_form(content, full=full)


def _excel(content: Mapping[str, Any], full: bool) -> bytes:
    from planwriter.form.workbook.writing import write_workbook

    return write_workbook(content, full=full)


def _toml(content: Mapping[str, Any], full: bool) -> bytes:
    from planwriter.form.blank_lines import toml_form

    return toml_form(content, full=full)


def _csv(content: Mapping[str, Any], full: bool) -> bytes:
    from planwriter.form.blank_lines import csv_form

    return csv_form(content, full=full)


def roster(content: Mapping[str, Any], full: bool) -> bytes:
    """A table for many units (.xlsx), one row a unit; what is known of one unit stands in the first row."""
    from planwriter.form.workbook.roster import write_roster

    known = {key: value for key, value in content.items() if value and key not in KIND_OF}
    return write_roster([known] if label_of(WorkPlan, "unit") in known else [], full=full)


WRITERS: dict[str, Writer] = {
    ".yaml": _yaml, ".yml": _yaml, ".json": _json, ".xlsx": _excel, ".docx": _word, ".toml": _toml, ".csv": _csv,
}  # fmt: skip
"""Ending of a file name → what writes the content of a blank form (see ``prefilled``) as such a file."""
