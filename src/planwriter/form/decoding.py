"""Bytes of a form → text: BOM, then strict UTF-8, then GB18030 with a notice; never a guess that hides damage."""

from __future__ import annotations

import codecs
import re

from planwriter.diagnostic import Diagnostic, FormError, Place, Severity

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_ARCHIVES = {
    b"PK\x03\x04": "一个压缩包（.docx、.xlsx 之类）",
    b"\xd0\xcf\x11\xe0": "旧版 Office 文件",
    b"%PDF": "PDF 文件",
}
_PLAUSIBLE = re.compile(
    r"[\x09\x0a\x0d\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u2010-\u2027\u2030-\u205e\u00b0-\u00b7\u00d7\u2460-\u249b]*"
)


def decode_text(data: bytes, name: str) -> tuple[str, list[Diagnostic]]:
    """The text, and a notice where it was not UTF-8. Raises FormError where it cannot be read."""
    for magic, what in _ARCHIVES.items():
        if data.startswith(magic):
            raise FormError(Diagnostic("form-not-text-file", f"这是{what}，不是 YAML 表单", place=Place(name),
                                       hint="核对文件名，或另存为 .yaml 文本文件"))  # fmt: skip
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding, name), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        return _gb18030(data, name, error)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FormError(_undecodable(data, name, error.start, encoding)) from None


def _gb18030(data: bytes, name: str, utf8: UnicodeDecodeError) -> tuple[str, list[Diagnostic]]:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise FormError(_undecodable(data, name, utf8.start, "UTF-8")) from None
    if not _PLAUSIBLE.fullmatch(text):
        raise FormError(_undecodable(data, name, utf8.start, "UTF-8"))
    notice = Diagnostic("form-encoding", "文件是 GBK 编码，已按中文读出", Severity.NOTE, Place(name),
                        hint="另存时选 UTF-8，别的软件也能读")  # fmt: skip
    return text, [notice]


def _undecodable(data: bytes, name: str, at: int, encoding: str) -> Diagnostic:
    line = data.count(b"\n", 0, at) + 1
    return Diagnostic("form-encoding", f"这一行有读不出的文字编码（按 {encoding} 读）", place=Place(name, line, 1),
                      hint="在记事本里打开，另存为 UTF-8")  # fmt: skip
