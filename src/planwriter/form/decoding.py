"""Bytes of a form → text: BOM, then strict UTF-8, then GB18030 with a notice; never a guess that hides damage."""

from __future__ import annotations

import codecs

from planwriter.diagnostic import Diagnostic, FormError, Place, Severity
from planwriter.expression import expression

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_ARCHIVES = {
    b"PK\x03\x04": "一个压缩包（.docx、.xlsx 之类）",
    b"\xd0\xcf\x11\xe0": "旧版 Office 文件",
    b"%PDF": "PDF 文件",
}
_PLAUSIBLE = expression(
    r"[\x09\x0a\x0d\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u2010-\u2027\u2030-\u205e\u00b0-\u00b7\u00d7\u2460-\u249b]*"
)


_ODD_BREAKS = {
    "\u2028": "行分隔符", "\u2029": "段分隔符", "\u0085": "下一行符", "\u000b": "竖直制表符", "\u000c": "换页符",
}  # fmt: skip
_UNUSUAL = expression("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def plain_lines(text: str, name: str) -> tuple[str, list[Diagnostic]]:
    """The text with “\\n” as its only line break and nothing that YAML refuses; each such character is told."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if plain.replace("\n", "").isprintable():
        return plain, []
    lines = plain.split("\n")
    told = [
        _unusual(found[0], Place(name, number, found.start() + 1))
        for number, line in enumerate(lines, 1)
        for found in _UNUSUAL.finditer(line)
    ]
    return (_UNUSUAL.sub(" ", "\n".join(lines)) if told else "\n".join(lines)), told


def _unusual(char: str, place: Place) -> Diagnostic:
    said = f"U+{ord(char):04X}"
    if char in _ODD_BREAKS:
        message = f"这里有一个看不见的{_ODD_BREAKS[char]}（{said}），按空格读"
        return Diagnostic("form-odd-line-break", message, Severity.WARNING, place, said,
                          hint="删去它；要分成两段时另起一行写“- ”")  # fmt: skip
    return Diagnostic("form-illegal-character", f"这里有文档放不下的字符（{said}）", place=place, found=said,
                      hint="删去这个字符，或重新键入那段文字")  # fmt: skip


def decode_text(data: bytes, name: str) -> tuple[str, list[Diagnostic]]:
    """The text, and a notice where it was not UTF-8. Raises FormError where it cannot be read."""
    for magic, what in _ARCHIVES.items():
        if data.startswith(magic):
            raise FormError(Diagnostic("form-not-text-file", f"这是{what}，不是文本表单", place=Place(name),
                                       hint="核对文件名，或另存为 .docx、.xlsx 或文本文件"))  # fmt: skip
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
