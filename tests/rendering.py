"""Word files turned into PDF by LibreOffice, with free stand-ins for the customary fonts."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

FONT_ALIASES = Path(__file__).with_name("fonts-alias.conf")
STAND_INS = ("FandolFang R", "FandolKai", "FandolHei", "AR PL SungtiL GB", "Noto Serif CJK SC")


@functools.cache
def soffice() -> str | None:
    """The LibreOffice program, where there is one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@functools.cache
def missing_stand_ins() -> tuple[str, ...]:
    """The stand-in faces this machine lacks."""
    return tuple(face for face in STAND_INS if not _listed(face))


def _listed(face: str) -> bool:
    found = subprocess.run(["fc-list", f":family={face}", "family"], capture_output=True, check=False)
    return bool(found.stdout.strip())


needs_rendering = pytest.mark.skipif(soffice() is None, reason="soffice is not found")


def pdfs(documents: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """One PDF per document, all in one run of LibreOffice with a profile of its own inside ``folder``."""
    return _converted(documents, folder, "pdf")


def saved_again(documents: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Each document as LibreOffice saves it as a .docx of its own."""
    return {name: path.read_bytes() for name, path in _converted(documents, folder, "docx").items()}


def _converted(documents: Mapping[str, bytes], folder: Path, kind: str) -> dict[str, Path]:
    program = soffice()
    assert program is not None
    assert not missing_stand_ins(), f"fonts missing: {missing_stand_ins()}"
    outputs = folder / f"as_{kind}"
    sources = [folder / f"{name}.docx" for name in documents]
    for source, content in zip(sources, documents.values(), strict=True):
        source.write_bytes(content)
    command = [
        program, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", kind, "--outdir", str(outputs), *map(str, sources),
    ]  # fmt: skip
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONT_ALIASES)}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=300)
    return {name: outputs / f"{name}.{kind}" for name in documents}
