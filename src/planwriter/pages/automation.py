"""Word or WPS on Windows, asked through automation by a child process, so that a dialog cannot hang us.

Written after the documented object model; it has not been run against a real Word or WPS.
"""

from __future__ import annotations

import contextlib
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from planwriter.pages.running import converted

_PDF, _NO_ALERTS, _NO_MACROS, _DISCARD = 17, 0, 3, 0  # wdExportFormatPDF, wdAlertsNone, force disable, don't save


class OfficeAutomation:
    """A program that registers itself with Windows under ``application``, such as ``Word.Application``."""

    def __init__(self, name: str, application: str) -> None:
        self.name, self._application = name, application

    def available(self) -> bool:
        """Whether this is Windows, the program is registered, and pywin32 or comtypes is installed."""
        return _bridge() is not None and _registered(self._application)

    def to_pdf(self, docx: bytes) -> bytes:
        """The document as a PDF. Raises ``ConverterFailed``."""
        return converted(self.name, docx, self._command)

    def _command(self, source: Path, target: Path) -> list[str]:
        return [sys.executable, "-m", __name__, self._application, str(source), str(target)]


def _bridge() -> str | None:
    if sys.platform != "win32":
        return None
    return next((one for one in ("win32com", "comtypes") if find_spec(one)), None)


def _registered(application: str) -> bool:
    if sys.platform == "win32":
        import winreg

        with contextlib.suppress(OSError):
            winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, application))
            return True
    return False


def export(application: Any, source: str, target: str) -> None:
    """Open a document for reading in a running Word or WPS, export it, close it, end the program."""
    try:
        application.Visible = False
        application.DisplayAlerts = _NO_ALERTS
        with contextlib.suppress(Exception):  # WPS has no such switch
            application.AutomationSecurity = _NO_MACROS
        document = application.Documents.Open(source, ConfirmConversions=False, ReadOnly=True, AddToRecentFiles=False)
        try:
            document.Repaginate()
            document.ExportAsFixedFormat(target, _PDF)
        finally:
            document.Close(_DISCARD)
    finally:
        application.Quit()


def _created(application: str) -> Any:
    """A program of our own, never the one in which somebody is working."""
    if _bridge() == "win32com":
        from win32com.client import DispatchEx

        return DispatchEx(application)
    from comtypes.client import CreateObject

    return CreateObject(application)


if __name__ == "__main__":
    export(_created(sys.argv[1]), sys.argv[2], sys.argv[3])
