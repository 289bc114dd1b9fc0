"""The built-in templates: shipped as Word files, drawn anew for any profile but the default."""

from __future__ import annotations

import functools
from pathlib import Path

from planwriter.diagnostic import Diagnostic, UsageError
from planwriter.standard import Profile, profile
from planwriter.template.drawing import BUILTIN_NAMES, BuiltinName, draw


def builtin_names() -> tuple[str, ...]:
    """The names of the built-in templates."""
    return BUILTIN_NAMES


def builtin_template(name: str, profile_: Profile | None = None) -> bytes:
    """The built-in template as the bytes of a .docx; ``None`` means the default profile.

    The default look comes from the shipped file, any other is drawn. Raises ``UsageError``
    (``template-unknown-builtin``) for an unknown name.
    """
    if name not in BUILTIN_NAMES:
        raise UsageError(_unknown(name))
    chosen = profile_ or profile()
    return _shipped(name) if chosen.is_default else _drawn(name, chosen)


def _unknown(name: str) -> Diagnostic:
    return Diagnostic(
        "template-unknown-builtin",
        f"没有名为“{name}”的内置模板",
        found=name,
        expected="、".join(BUILTIN_NAMES),
        hint=f"内置模板：{'、'.join(BUILTIN_NAMES)}；自己的模板请写文件路径",
    )


@functools.cache
def _shipped(name: BuiltinName) -> bytes:
    """From the package of a wheel, or from ``templates/`` of the checkout the package is run from."""
    package = Path(__file__).parents[1]
    packaged = package / "_templates" / f"{name}.docx"
    return (packaged if packaged.is_file() else package.parents[1] / "templates" / packaged.name).read_bytes()


@functools.lru_cache(maxsize=32)
def _drawn(name: BuiltinName, chosen: Profile) -> bytes:
    return draw(name, chosen)
