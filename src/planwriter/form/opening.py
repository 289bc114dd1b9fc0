"""The door: a form of any kind of file becomes placed data; what kind it is, its content says."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple

from planwriter.diagnostic import Diagnostic, FormError, Place, Severity
from planwriter.expression import expression
from planwriter.form.decoding import decode_text
from planwriter.placed import PlacedDict
from planwriter.word.filekind import OLE_MAGIC

MAX_TEXT_FORM = 5 * 2**20
"""Bytes of a form that is text."""

Opened = tuple[PlacedDict, list[Diagnostic]]
_ZIP = b"PK\x03\x04"
_JSON = expression(r"\ufeff?\s*(?:\{(?!\{)|\[\s*[\[{\"\]])")
_FLOW = expression(r"\ufeff?\s*\{\s*(?:\}|[^\"}\s])")


class FormKind(NamedTuple):
    """A kind of form file: its Chinese name, the endings of its names, how it is read."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes, str], Opened]


def _yaml(data: bytes, name: str) -> Opened:
    from planwriter.form.keys import known_keys
    from planwriter.form.yaml_form import read_yaml

    return read_yaml(data, name, known_keys())


def _reader(module: str, function: str) -> Callable[[bytes, str], Opened]:
    """A reader that is loaded when a form of its kind comes: a start of the program reads one form."""

    def read(data: bytes, name: str) -> Opened:
        made: Opened = getattr(import_module(f"planwriter.form.{module}"), function)(data, name)
        return made

    return read


EXCEL = FormKind("Excel 表单", (".xlsx", ".xls", ".ods", ".et", ".xlsm"), _reader("workbook.reading", "read_workbook"))
WORD = FormKind("Word 表单", (".docx",), _reader("word_form", "read_word_form"))
JSON = FormKind("JSON 表单", (".json",), _reader("json_form", "read_json"))
TOML = FormKind("TOML 表单", (".toml",), _reader("toml_form", "read_toml"))
CSV = FormKind("CSV 表单", (".csv", ".tsv"), _reader("csv_form", "read_csv_form"))
YAML = FormKind("YAML 表单", (".yaml", ".yml", ".txt"), _yaml)
_TEXTS = (*JSON.suffixes, *TOML.suffixes, *CSV.suffixes, *YAML.suffixes)
KINDS = (EXCEL, WORD, JSON, TOML, CSV, YAML)
ARCHIVES: tuple[tuple[bytes, FormKind], ...] = ((b"xl/workbook", EXCEL), (b"word/", WORD))
"""A folder that the names in a zip begin with → what the zip holds."""


def form_suffixes() -> tuple[str, ...]:
    """All endings that names of forms may have."""
    return tuple(suffix for kind in KINDS for suffix in kind.suffixes)


def open_form(data: bytes, name: str) -> Opened:
    """The placed data of a form and what was said about it; ``name`` is what messages call the file.

    A name that ends like another kind of file is told in a note. Raises FormError where nothing can be read.
    """
    kind = kind_of(data, name)
    placed, told = kind.read(data, name)
    return placed, [*_misnamed(kind, name), *told]


def kind_of(data: bytes, name: str) -> FormKind:
    """What kind of form the content is; the ending of the name decides among texts that could be several."""
    if data.startswith(_ZIP) and (found := next((kind for folder, kind in ARCHIVES if folder in data), None)):
        return found
    if _is_workbook(data, name):
        return EXCEL
    if data.startswith(_ZIP):
        return WORD
    if len(data) > MAX_TEXT_FORM:
        raise FormError(
            Diagnostic(
                "form-too-large",
                f"表单超过 {MAX_TEXT_FORM >> 20} MB，不像一份表单",
                place=Place(name),
                found=f"{len(data)} 字节",
                hint="核对文件名",
            )
        )
    suffix = PurePath(name).suffix.lower()
    said = next((kind for kind in (JSON, TOML, CSV) if suffix in kind.suffixes), None)
    if said in (TOML, CSV):
        return said
    text, _ = decode_text(data, name)
    return JSON if (said is JSON and not _looks_yaml(text)) or _looks_json(text) else YAML


def _is_workbook(data: bytes, name: str) -> bool:
    if PurePath(name).suffix.lower() in _TEXTS and not data.startswith((_ZIP, OLE_MAGIC)):
        return False
    from planwriter.form.workbook.guards import is_workbook

    return is_workbook(data, name)


def _looks_json(text: str) -> bool:
    return _JSON.match(text) is not None and _FLOW.match(text) is None


def _looks_yaml(text: str) -> bool:
    """Whether a file named .json begins with a key of a YAML form."""
    first = next((line for line in text.split("\n") if line.strip() and not line.startswith("#")), "")
    return re.match(r"[^\s{}\[\]\"',/]+[:：]", first) is not None


def _misnamed(kind: FormKind, name: str) -> list[Diagnostic]:
    suffix = PurePath(name).suffix.lower()
    if suffix in kind.suffixes or suffix not in form_suffixes():
        return []
    message = f"文件名以 {suffix} 结尾，内容却是 {kind.name}，已按内容读出"
    hint = f"文件名改成以 {kind.suffixes[0]} 结尾"
    return [Diagnostic("form-wrong-suffix", message, Severity.NOTE, Place(name), hint=hint)]
