"""The pictures of seals that a form names, found beside it; what is wrong with them is told where they are named."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planwriter.actions.forms import placed_data
from planwriter.diagnostic import FormError, Place
from planwriter.placed import key_place, place_of

if TYPE_CHECKING:  # each verb imports its rooms when it is called: the start must stay light
    from planwriter.actions.forms import Form
    from planwriter.model.official import OfficialDocument
    from planwriter.model.plan import WorkPlan
    from planwriter.template.seal_pictures import SealPicture

_FIELDS = frozenset({"seal", "seal_pictures"})


def seals_of(
    form: Form, document: WorkPlan | OfficialDocument, *, name: str | None, folder: str | os.PathLike[str] | None
) -> list[SealPicture]:
    """The pictures from ``folder``, else from beside the form. Raises FormError with every picture of no use."""
    if not (names := getattr(document, "seal_files", [])):
        return []
    from planwriter.template.seal_pictures import seals_beside

    beside = Path(form).parent if isinstance(form, str | os.PathLike) else Path()
    try:
        return seals_beside(beside if folder is None else Path(folder), names)
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
