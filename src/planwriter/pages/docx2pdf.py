"""The package docx2pdf, which drives Word on Windows and macOS, where somebody has installed it."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from planwriter.pages.running import converted

_PROGRAM = "import sys; from docx2pdf import convert; convert(sys.argv[1], sys.argv[2])"


class Docx2Pdf:
    """Run in a child process: the package prints a progress bar and may wait for Word."""

    name = "docx2pdf"

    def available(self) -> bool:
        """Whether the package is installed on a system that it can work on."""
        return sys.platform in ("win32", "darwin") and find_spec("docx2pdf") is not None

    def to_pdf(self, docx: bytes) -> bytes:
        """The document as a PDF. Raises ``ConverterFailed``."""
        return converted(self.name, docx, _command)


def _command(source: Path, target: Path) -> list[str]:
    return [sys.executable, "-c", _PROGRAM, str(source), str(target)]
