"""Where the program starts and ends. Nothing but the interpreter's own modules is imported outside the guard."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Sequence

from planwriter.cli.interruption import was_interrupted

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; ``arguments`` without the program's name, by default the process's own.

    Returns the exit status: 0 done, 1 findings of error severity or an invalid form, 2 wrong use,
    3 template refused, 5 a file cannot be read or written, 130 interrupted, 70 an unexpected fault.
    Called without ``arguments`` it ends the process's work: an interruption that comes later is met quietly.
    """
    try:
        status = _run(arguments)
        if arguments is None:
            signal.signal(signal.SIGINT, _leave)
    except KeyboardInterrupt:  # once more, while the first was being told
        status = INTERRUPTED
    return status


def _run(arguments: Sequence[str] | None) -> int:
    try:
        from planwriter.cli.program import run

        return run(arguments)
    except BaseException as stop:
        if not was_interrupted(stop):
            raise
        return _interrupted()


def _interrupted() -> int:
    with contextlib.suppress(OSError, ValueError, AttributeError):  # nobody may be there to hear it
        sys.stderr.write("已中断。\n")
        sys.stderr.flush()
    return INTERRUPTED


def _leave(*_: object) -> None:
    """Everything is delivered: leave without the interpreter's own last words."""
    os._exit(INTERRUPTED)
