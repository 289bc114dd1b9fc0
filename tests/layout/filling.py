"""Built-in templates filled for the rendered tests."""

from __future__ import annotations

from collections.abc import Mapping

from planwriter.standard import Profile
from planwriter.template.builtin import builtin_template
from planwriter.template.opening import compile_template


def filled(name: str, profile: Profile, context: Mapping[str, object]) -> bytes:
    """The built-in template of a profile with a context."""
    return compile_template(builtin_template(name, profile), name=name).fill(context)
