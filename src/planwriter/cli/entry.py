"""Where the program starts and ends. Nothing but light modules of the interpreter is imported outside the guard."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Sequence

from planwriter.cli.interruption import INTERRUPTED, Interruption


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; ``arguments`` without the program's name, by default the process's own.

    Returns the exit status: 0 done, 1 findings of error severity or an invalid form, 2 wrong use,
    3 template refused, 4 a batch with failures, 5 a file cannot be read or written, 130 interrupted,
    70 an unexpected fault.
    Called without ``arguments`` it takes over Ctrl-C for the rest of the process.
    """
    interruption = Interruption()
    if arguments is None:
        gc.disable()  # loading libraries makes many objects and no circles to speak of
    try:
        status = _run(arguments, interruption)
        if arguments is None:
            interruption.leave_when_it_comes()
    except KeyboardInterrupt:  # once more, while the first was being told
        status = INTERRUPTED
    if arguments is None:
        gc.freeze()  # what is left goes with the process: nothing in it is looked at once more
    return status


def _run(arguments: Sequence[str] | None, interruption: Interruption) -> int:
    try:
        if arguments is None:
            interruption.listen()
        if arguments is None and sys.argv[1:] == ["--version"] and _told_version():
            return 0
        from planwriter.cli.program import run

        status = run(arguments, interruption)
        return INTERRUPTED if interruption.noticed else status
    except BaseException as stop:
        if not interruption.began(stop):
            raise
        return _interrupted()


def _told_version() -> bool:
    """The answer that scripts ask for most often, without loading the commands; false where it cannot be written."""
    import os

    from planwriter import __version__

    try:
        os.write(1, f"planwriter {__version__}\n".encode("ascii"))
    except OSError:  # nothing is buffered: the commands tell why
        return False
    return True


def _interrupted() -> int:
    with contextlib.suppress(OSError, ValueError, AttributeError):  # nobody may be there to hear it
        sys.stderr.write("已中断。\n")
        sys.stderr.flush()
    return INTERRUPTED
