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
    forms, outputs, forced = [], [], 0
    words = iter(arguments[1:])
    for word in words:
        if word in _OUTPUT:
            outputs.append(next(words, ""))
        elif word == _FORCE:
            forced += 1
        else:
            forms.append(word)
    if not (len(forms) == len(outputs) == 1 and forced < 2 and all(map(_is_name, (*forms, *outputs)))):
        return None
    from planwriter.cli.writing import write_document

    return partial(write_document, Path(forms[0]), Path(outputs[0]), force=bool(forced))


def _is_name(word: str) -> bool:
    return bool(word) and not word.startswith("-") and _EXPANDED.isdisjoint(word)
