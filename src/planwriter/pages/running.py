"""A program of another maker run in a folder of its own: with a time limit, and ended with all it started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from planwriter.pages.converter import ConverterFailed, converter_failed

TIME_LIMIT = 120.0
"""Seconds a conversion may take."""

_SHOWN = 200


def converted(
    name: str,
    docx: bytes,
    command: Callable[[Path, Path], Sequence[str]],
    *,
    environment: Mapping[str, str] | None = None,
    seconds: float = TIME_LIMIT,
) -> bytes:
    """The PDF a program makes. ``command`` gets source and target inside a fresh folder, removed afterwards.

    Raises :class:`ConverterFailed`: not started, too slow, ended with an error, or no PDF.
    """
    with TemporaryDirectory(prefix="planwriter-", ignore_cleanup_errors=True) as place:
        source, target = Path(place) / "document.docx", Path(place) / "document.pdf"
        try:
            source.write_bytes(docx)
            said = run(command(source, target), environment=environment, seconds=seconds)
            content = target.read_bytes() if target.exists() else b""
        except subprocess.TimeoutExpired as fault:
            raise converter_failed(name, f"超过 {seconds:g} 秒没有完成") from fault
        except OSError as fault:
            raise converter_failed(name, f"启动不了或读写不了临时文件（{type(fault).__name__}）") from fault
    return _checked(name, content, said)


def _checked(name: str, content: bytes, said: str) -> bytes:
    if content.startswith(b"%PDF-"):
        return content
    raise _no_pdf(name, said)


def _no_pdf(name: str, said: str) -> ConverterFailed:
    last = said.strip().splitlines()[-1][-_SHOWN:] if said.strip() else ""
    return converter_failed(name, f"没有得到 PDF（{last}）" if last else "没有得到 PDF")


def run(command: Sequence[str], *, environment: Mapping[str, str] | None, seconds: float) -> str:
    """Run to the end and give what was said on standard error; nothing it started is left behind."""
    started = subprocess.Popen(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **(environment or {})},
        start_new_session=sys.platform != "win32",
    )
    try:
        _, said = started.communicate(timeout=seconds)
    except BaseException:
        _end(started)
        raise
    return said.decode("utf-8", "replace")


def _end(started: subprocess.Popen[bytes]) -> None:
    """The program and its children, by their own group only."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            end = ["taskkill", "/T", "/F", "/PID", str(started.pid)]
            subprocess.run(end, capture_output=True, check=False)
        else:
            os.killpg(started.pid, signal.SIGKILL)
    started.communicate()
