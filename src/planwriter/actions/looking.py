"""What a document says, and what this machine lacks to show it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planwriter.actions.forms import read_form
from planwriter.actions.looks import profile_of
from planwriter.files import read_bytes

if TYPE_CHECKING:  # each verb imports its rooms when it is called: the start must stay light
    from planwriter.machine.checkup import Checkup
    from planwriter.word.show import Shown


def show(source: str | os.PathLike[str] | bytes, *, name: str | None = None) -> Shown:
    """What a document says, paragraph by paragraph, with role, face and size. Raises FileError."""
    from planwriter.word.show import show as show_document

    data = source if isinstance(source, bytes) else read_bytes(Path(source))
    return show_document(data, name or ("文档" if isinstance(source, bytes) else Path(source).name))


def doctor(
    source: str | os.PathLike[str] | None = None, *, profile: str | None = None,
    profile_file: str | os.PathLike[str] | None = None,
) -> Checkup:  # fmt: skip
    """What this machine lacks for the fonts of a profile; of a form or .docx also the characters outside GB 2312."""
    from planwriter.machine.checkup import check_up

    return check_up(profile_of(profile, profile_file), _all_text(Path(source)) if source is not None else "")


def _all_text(path: Path) -> str:
    """The words of a Word document, or those that a form puts into one."""
    from planwriter.model.document import to_form

    if path.suffix.lower() in (".docx", ".dotx"):
        return "".join(span.text for one in show(path).paragraphs for span in one.spans)
    return "\n".join(_words(to_form(read_form(path).document)))


def _words(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [word for inner in value.values() for word in _words(inner)]
    return [word for inner in value for word in _words(inner)] if isinstance(value, list) else [str(value)]
