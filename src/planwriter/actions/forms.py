"""Forms read into the model, and their schema."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planwriter.actions.own_documents import plan_inside
from planwriter.diagnostic import Diagnostic, UsageError
from planwriter.files import read_bytes
from planwriter.placed import PlacedDict

if TYPE_CHECKING:  # each verb imports its rooms when it is called: the start must stay light
    from planwriter.model.document import Reading
    from planwriter.model.official import OfficialDocument
    from planwriter.model.plan import WorkPlan

    Form = str | os.PathLike[str] | bytes | Mapping[str, Any] | WorkPlan | OfficialDocument
    """A path, the bytes of a form of any kind, plain data with Chinese or English keys, or a model."""


def read_form(form: Form, *, name: str | None = None) -> Reading:
    """The form as a model, with everything said about it. Raises FormError or FileError if unreadable.

    Errors inside the form do not raise here: see ``Reading.errors`` and ``Reading.accepted()``.
    """
    from planwriter.model.document import check_model, read_document
    from planwriter.model.official import OfficialDocument
    from planwriter.model.plan import WorkPlan

    if isinstance(form, WorkPlan | OfficialDocument):
        return check_model(form)
    if isinstance(form, Mapping):
        return read_document(form)
    if not isinstance(form, str | os.PathLike | bytes):
        raise UsageError(_no_form(form))
    return _read_file(form, name)


def _no_form(given: object) -> Diagnostic:
    return Diagnostic("form-no-form", "这不是表单", found=type(given).__name__, expected="文件名、字节、字典或模型",
                      hint="给出表单的文件名、表单的字节、字典，或者 WorkPlan、OfficialDocument")  # fmt: skip


def _read_file(form: str | os.PathLike[str] | bytes, name: str | None) -> Reading:
    from planwriter.model.document import in_reading_order, read_document

    placed, told = _opened(form, name)
    reading = read_document(placed)
    return replace(reading, diagnostics=tuple(in_reading_order([*told, *reading.diagnostics])))


def _opened(form: str | os.PathLike[str] | bytes, name: str | None) -> tuple[Mapping[str, Any], list[Diagnostic]]:
    from planwriter.form.opening import open_form

    data = form if isinstance(form, bytes) else read_bytes(Path(form))
    said = name or ("表单" if isinstance(form, bytes) else Path(form).name)
    if (inside := plan_inside(data, said)) is not None:
        return inside[0], [inside[1]]
    return open_form(data, said)


def placed_data(form: Form, name: str | None) -> Mapping[str, Any]:
    """The data of a form with the place of every text; plain data is told by its field path. Raises FormError."""
    from planwriter.model.document import to_form, with_fields

    if isinstance(form, Mapping):
        placed: Mapping[str, Any] = form if isinstance(form, PlacedDict) else with_fields(form)
        return placed
    if isinstance(form, str | os.PathLike | bytes):
        return _opened(form, name)[0]
    return with_fields(to_form(form))  # type: ignore[no-any-return]


def schema(*, draft7: bool = False) -> dict[str, Any]:
    """The JSON Schema of forms (2020-12, or draft-07): Chinese keys with label, explanation, example and clause."""
    from planwriter.form.schema_file import schema_in

    return schema_in("draft-07" if draft7 else "2020-12")
