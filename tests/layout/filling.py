"""Built-in templates filled for the rendered tests, by plain docxtpl: the layout is to hold with it too."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from docxtpl import DocxTemplate

from planwriter.standard import Profile
from planwriter.template.builtin import builtin_template


def filled(name: str, profile: Profile, context: Mapping[str, object]) -> bytes:
    """The built-in template of a profile with a context."""
    template = DocxTemplate(BytesIO(builtin_template(name, profile)))
    template.render(dict(context), autoescape=True)
    out = BytesIO()
    template.save(out)
    return out.getvalue()
