"""The plainest command, ``planwriter write 表单 -o 文档``, read without the library that reads all others.

It is what most starts are for, and short. Anything that is not exactly of this shape is left to click; a test holds
that both read the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from planwriter.cli.outcome import Outcome

_OUTPUT = ("-o", "--output")
_FORCE = "--force"
_EXPANDED = frozenset("*?[~$%")
"""What click expands in arguments on Windows."""


def plain_command(arguments: Sequence[str]) -> Callable[[], Outcome] | None:
    """What a plain ``write`` does; ``None`` for every other command."""
    if len(arguments) not in (4, 5) or arguments[0] != "write" or "_PLANWRITER_COMPLETE" in os.environ:
        return None
    rest = list(arguments[1:])
    force = rest.count(_FORCE)
    rest = [one for one in rest if one != _FORCE]
    at = next((n for n, one in enumerate(rest[:-1]) if one in _OUTPUT), None)
    if at is None or len(rest) != 3 or force > 1:
        return None
    output, form = rest.pop(at + 1), rest[1 - at]
    if not all(map(_is_name, (output, form))):
        return None
    from planwriter.cli.writing import write_document

    return partial(write_document, Path(form), Path(output), force=bool(force))


def _is_name(word: str) -> bool:
    return bool(word) and not word.startswith("-") and _EXPANDED.isdisjoint(word)
