"""The version of the layout that a workbook says it was made with, compared with the one that is read here."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from planwriter.diagnostic import Diagnostic, Place, Severity
from planwriter.form.workbook import marks
from planwriter.form.workbook.packed import Parts

_PARTS = ("docProps/custom.xml", "meta.xml")
"""Where Excel and WPS, and where LibreOffice keep properties of one's own."""
_MOST = 2**20
_PROPERTY = re.compile(
    rb"name\s*=\s*[\"']%b[\"'][^>]*>\s*(?:<[\w:]+[^>]*>)?([^<]{0,40})<" % marks.PROPERTY.encode("ascii")
)


def version_in(parts: Parts) -> str | None:
    """The version that a package names, ``None`` where it is no workbook of ours."""
    found = next((one for part in _PARTS if part in parts.names and (one := _PROPERTY.search(parts(part)))), None)
    return found[1].decode("utf-8", "replace").strip() if found else None


def version_of(data: bytes) -> str | None:
    """The version that an .xlsx names, looked up without looking at anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open(_PARTS[0]) as part:
            found = _PROPERTY.search(part.read(_MOST))
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, zlib.error):
        return None
    return found[1].decode("utf-8", "replace").strip() if found else None


def other_version(version: str | None, name: str) -> Iterator[Diagnostic]:
    """What is said of a workbook of another version; it is read all the same, by keys where known, else by labels."""
    if version is None or version == marks.VERSION:
        return
    place, mine = Place(name), f"第{marks.VERSION}版"
    severity = Severity.WARNING
    if not (version.isascii() and version.isdigit()):
        message = f"这份表格记的版本“{version}”认不出来，按{mine}读"
        hint = "核对读出的内容；最好用 planwriter new 重新得到一份空白表单"
    elif int(version) > int(marks.VERSION):
        message = f"这份表格是用较新的 planwriter 做的（第{int(version)}版），这里只认得{mine}，认不出的格子会逐一说明"
        hint = "升级 planwriter 后再读，或核对读出的内容"
    else:
        message = f"这份表格是用较早的 planwriter 做的（第{int(version)}版），按{mine}读，认不出的格子会逐一说明"
        hint, severity = "核对读出的内容；下次用 planwriter new 得到新的空白表单", Severity.NOTE
    yield Diagnostic("form-other-version", message, severity, place, version, marks.VERSION, hint)
