"""The door: a form of any kind of file becomes placed data; what kind it is, its content says."""

from __future__ import annotations

from planwriter.diagnostic import Diagnostic
from planwriter.form.keys import known_keys
from planwriter.form.workbook.guards import is_workbook
from planwriter.form.yaml_form import read_yaml
from planwriter.placed import PlacedDict


def open_form(data: bytes, name: str) -> tuple[PlacedDict, list[Diagnostic]]:
    """The placed data of a form and what was said about it; ``name`` is what messages call the file.

    Raises FormError where nothing can be read.
    """
    if is_workbook(data, name):
        from planwriter.form.workbook.reading import read_workbook  # heavy libraries, only where a table is read

        return read_workbook(data, name)
    return read_yaml(data, name, known_keys())
