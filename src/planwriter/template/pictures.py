"""Pictures as values of a context."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planwriter.diagnostic import Diagnostic, TemplateError
from planwriter.template import values

MAX_PICTURE = 20 * 2**20
"""Bytes a picture file may have."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a context value: a file or its bytes, with the size it is shown at in millimetres.

    With one measure given the other follows; with none the picture's own size is used.
    """

    source: str | Path | bytes
    width_mm: float | None = None
    height_mm: float | None = None

    def __html__(self) -> str:
        raise values.NeedsRelationships

    def content(self) -> bytes:
        """The picture's bytes; raises :class:`TemplateError` when there are none or too many."""
        try:
            data = self.source if isinstance(self.source, bytes) else Path(self.source).read_bytes()
        except OSError as fault:
            raise refused("picture-unreadable", f"图片读不出来：{fault.strerror}", str(self.source)) from None
        if len(data) > MAX_PICTURE:
            raise refused("picture-too-large", f"图片超过 {MAX_PICTURE >> 20} MB", f"{len(data)} 字节")
        return data


def refused(code: str, words: str, found: str) -> TemplateError:
    """What is said of a picture that cannot be used."""
    return TemplateError(Diagnostic(code, words, found=found, hint="换一张 PNG 或 JPEG 图片。"))
