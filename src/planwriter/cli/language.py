"""Chinese everywhere: the messages of click through gettext, and streams that can print them."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "messages"
"""The domain that click asks."""

_SAMPLE = "提醒：〔〕【】“”…—★⏎→"


def speak_chinese() -> None:
    """Let gettext answer in Chinese whatever the locale; only the running program calls this, never an import."""
    import gettext

    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    os.environ["LANGUAGE"] = "zh_CN"


def prepare_streams() -> None:
    """Standard output is UTF-8 unless it is a terminal that prints Chinese as it is; so are messages.

    What still cannot be printed appears as an escape instead of stopping the program.
    """
    for stream, may_keep in ((sys.stdout, sys.stdout is not None and sys.stdout.isatty()), (sys.stderr, True)):
        if isinstance(stream, io.TextIOWrapper):
            keep = may_keep and _prints_chinese(stream.encoding)
            stream.reconfigure(encoding=stream.encoding if keep else "utf-8", errors="backslashreplace")


def _prints_chinese(encoding: str) -> bool:
    try:
        _SAMPLE.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
