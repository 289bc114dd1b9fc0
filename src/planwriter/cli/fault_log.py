"""The log of an unexpected fault: kinds of exceptions and places in the code, never what a form says."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from collections.abc import Iterator

from planwriter import __version__

_LONGEST_CHAIN = 10


def write_fault_log(fault: BaseException) -> str | None:
    """Write the log to the temporary folder, readable by the user alone; its path, or ``None`` if even that fails."""
    try:
        descriptor, path = tempfile.mkstemp(prefix="planwriter-", suffix=".log")
        with os.fdopen(descriptor, "w", encoding="utf-8") as log:
            log.writelines(f"{line}\n" for line in fault_lines(fault))
    except OSError:
        return None
    return path


def fault_lines(fault: BaseException) -> Iterator[str]:
    """Versions, then each exception of the chain by type with the modules, lines and functions it passed."""
    yield f"planwriter {__version__}, Python {platform.python_version()}, {platform.system()}"
    link: BaseException | None = fault
    for _ in range(_LONGEST_CHAIN):
        if link is None:
            return
        yield f"{type(link).__module__}.{type(link).__qualname__}"
        for frame, line in traceback.walk_tb(link.__traceback__):
            yield f"    {frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"
        link = link.__cause__ or link.__context__
