"""The pictures of seals that a form names, found beside it; what is wrong with them is told where they are named."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planwriter.actions.forms import placed_data
from planwriter.diagnostic import FormError, Place
from planwriter.placed import key_place, place_of

if TYPE_CHECKING:  # each verb imports its rooms when it is called: the start must stay light
    from planwriter.actions.forms import Form
    from planwriter.template.seal_pictures import SealPicture

_FIELDS = frozenset({"seal", "seal_pictures"})


def folder_of(form: Form, folder: str | os.PathLike[str] | None) -> Path:
    """Where the pictures lie that a form names: ``folder``, else beside the form."""
    if folder is not None:
        return Path(folder)
    return Path(form).parent if isinstance(form, str | os.PathLike) else Path()


def seals_of(form: Form, names: Sequence[str], folder: Path, *, name: str | None) -> list[SealPicture]:
    """The pictures of these names. Raises FormError with every one of no use, told where the form names it."""
    if not names:
        return []
    from planwriter.template.seal_pictures import seals_beside

    try:
        return seals_beside(folder, names)
    except FormError as refusal:
        named = dict(_named(form, name))
        found = (replace(one, place=named.get(one.found or "") or one.place) for one in refusal.diagnostics)
        raise FormError(found) from None


def _named(form: Form, name: str | None) -> Iterator[tuple[str, Place]]:
    """The words that stand where a paper names its seals, with their places."""
    from planwriter.model.element import keys_of
    from planwriter.model.official import OfficialDocument
    from planwriter.model.plan import HEAD_KEYS
    from planwriter.model.text import as_list

    data: Mapping[str, Any] = placed_data(form, name)
    paper = next((data[key] for key in HEAD_KEYS if key in data), None)
    for key, value in paper.items() if isinstance(paper, Mapping) else ():
        if keys_of(OfficialDocument).get(key) in _FIELDS:
            for one in as_list(value):
                place = place_of(one) or key_place(paper, key)
                if place is not None:
                    yield str(one).strip(), place
