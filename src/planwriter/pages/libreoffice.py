"""LibreOffice without a window, each time with a profile of its own that allows no macro and no outside link."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from planwriter.pages.running import converted

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value>\
</prop></item>
</oor:items>
"""


class LibreOffice:
    """``soffice`` on the path, or where Windows and macOS install it."""

    name = "LibreOffice"

    def available(self) -> bool:
        """Whether the program is found."""
        return _program() is not None

    def to_pdf(self, docx: bytes) -> bytes:
        """The document as a PDF, in two to four seconds. Raises ``ConverterFailed``."""
        return converted(self.name, docx, _command)


def _command(source: Path, target: Path) -> Sequence[str]:
    profile = source.parent / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    return [
        str(_program() or "soffice"),
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(target.parent), str(source),
    ]  # fmt: skip


def _program() -> Path | None:
    named = shutil.which("soffice") or shutil.which("libreoffice")
    return Path(named) if named else next((path for path in _usual_places() if path.is_file()), None)


def _usual_places() -> Iterator[Path]:
    yield from ()
    if sys.platform == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMW6432"):
            if folder := os.environ.get(variable):
                yield Path(folder) / "LibreOffice" / "program" / "soffice.exe"
    elif sys.platform == "darwin":
        for home in (Path("/"), Path.home()):
            yield home / "Applications" / "LibreOffice.app" / "Contents" / "MacOS" / "soffice"
