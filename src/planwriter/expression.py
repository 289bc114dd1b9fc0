"""Regular expressions of modules, compiled when first asked.

Compiling those of all modules takes longer than everything else that writing a document from a form does; most runs
need few of them.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as good as that of typing, whose import takes longer than all of this module

if TYPE_CHECKING:
    from re import Pattern
    from typing import Any, AnyStr


class Expression:
    """Stands for a compiled pattern; what is asked of it is remembered, so that asking again costs nothing."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._written: Any = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # copying and pickling ask for what is not there
            raise AttributeError(name)
        import re

        found = getattr(re.compile(*self._written), name)
        setattr(self, name, found)
        return found


def expression(source: AnyStr, flags: int = 0) -> Pattern[AnyStr]:
    """What ``re.compile`` gives; a pattern that cannot be compiled is told by its first use, and by a test."""
    return Expression(source, flags)  # type: ignore[return-value]
