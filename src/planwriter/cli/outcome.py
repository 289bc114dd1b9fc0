"""What a command comes to, and how it is told: machine text on standard output, people's on standard error."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple, TextIO

from planwriter.diagnostic import Diagnostic, PlanwriterError
from planwriter.visible import visible


class Outcome(NamedTuple):
    """Exit ``status``, what was found, the ``output`` itself, what is ``said`` about it, ``facts`` for ``--json``."""

    status: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    output: str | bytes = ""
    said: tuple[str, ...] = ()
    facts: Mapping[str, object] = MappingProxyType({})
    as_json: bool = False
    one_line: bool = False
    """Whether the object of ``--json`` is the last of many lines."""


def answered(action: Callable[[], Outcome]) -> Outcome:
    """What an action comes to, or what it refuses."""
    try:
        return action()
    except PlanwriterError as refusal:
        return Outcome(refusal.exit_status, refusal.diagnostics, said=_count(refusal.diagnostics))


def _count(diagnostics: tuple[Diagnostic, ...]) -> tuple[str, ...]:
    return (f"共 {len(diagnostics)} 处问题，没有完成。",) if len(diagnostics) > 1 else ()


def deliver(outcome: Outcome) -> int:
    """Print an outcome and return its exit status, which stands even when its messages cannot be told.

    Raises ``OSError`` where standard output cannot be written.
    """
    if outcome.as_json:
        import json

        whole = {
            "status": outcome.status,
            "diagnostics": [one.to_dict() for one in outcome.diagnostics],
            **outcome.facts,
        }
        _print(json.dumps(whole, ensure_ascii=False, indent=None if outcome.one_line else 2) + "\n")
    else:
        tell([*map(str, outcome.diagnostics), *outcome.said])
        _print(outcome.output)
    return outcome.status


def tell(messages: Iterable[str]) -> None:
    """Messages for people, on standard error. Where it is closed or full they are lost and nothing else is."""
    if sys.stderr is None:
        return
    try:
        for words in messages:
            for line in words.split("\n"):
                print(visible(line), file=sys.stderr)  # noqa: T201  this is the place that prints
        sys.stderr.flush()
    except OSError:
        let_go(sys.stderr)


def let_go(stream: TextIO | None) -> None:
    """Else the interpreter tries once more at its end to write what is left, and complains."""
    if stream is not None:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _print(content: str | bytes) -> None:
    if not content:
        return
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    if isinstance(content, bytes):
        sys.stdout.buffer.write(content)
    else:
        sys.stdout.write(content)
    sys.stdout.flush()
