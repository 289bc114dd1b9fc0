"""Names of outputs: from a pattern, safe on Windows and Linux alike, never the same twice, never outside the folder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from planwriter.diagnostic import Diagnostic, UsageError

SUFFIX = ".docx"
SEGMENT_BYTES = 200
"""Bytes of one piece of a path, without what is added to it: `` (2)`` and the suffix still fit into 255."""
NAMELESS = "未命名"

_FIELD = re.compile(r"\{([^{}]+)\}")
_ILLEGAL = re.compile(r'[<>:"/\\|?*]')
_PLAIN = re.compile(r"[0-9\u4e00-\u9fff（）〔〕][0-9A-Za-z\u4e00-\u9fff（）〔〕、，·—]*")
"""Ordinary names, which need not be looked at character by character."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = frozenset({"\u200c", "\u200d"})
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?")


class NamePattern:
    """A pattern such as ``{镇}/{单位简称}{期间}{文种}.docx``; ``fields`` are the names between braces."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        path = pattern.replace("\\", "/").removesuffix(SUFFIX)
        self.fields = tuple(dict.fromkeys(name.strip() for name in _FIELD.findall(path)))
        self._pieces = [_split(piece) for piece in path.split("/")]
        if (wrong := _wrong(pattern, path)) is not None:
            raise UsageError(wrong)

    def name(self, value: Callable[[str], str]) -> str:
        """The path without suffix, with ``/``, every piece made safe; ``value`` gives the text of a field."""
        return "/".join(safe_piece("".join(_said(part, value) for part in piece)) for piece in self._pieces)


def _split(piece: str) -> list[tuple[str, bool]]:
    found = [(text.strip() if odd % 2 else text, odd % 2 == 1) for odd, text in enumerate(_FIELD.split(piece))]
    return [part for part in found if any(part)]


def _said(part: tuple[str, bool], value: Callable[[str], str]) -> str:
    text, is_field = part
    return value(text) if is_field else text


def _wrong(pattern: str, path: str) -> Diagnostic | None:
    bare = _FIELD.sub("x", path)
    pieces = bare.split("/")
    hint = "例如 {镇}/{单位简称}{期间}{文种}.docx"
    if "{" in bare or "}" in bare:
        return Diagnostic("batch-name-pattern", "文件名的写法里花括号没有配对", found=pattern, hint=hint)
    if bare.startswith("/") or re.match("[A-Za-z]:", bare) or {"", ".", ".."} & set(pieces):
        message = "文件名要写在输出文件夹里面，不能用绝对路径、“..”，也不能有空的一段"
        return Diagnostic("batch-name-pattern", message, found=pattern, hint=hint)
    if re.search(r"\.(doc|docm|dotx|pdf|xlsx?|zip|txt)$", bare, re.I):
        return Diagnostic("batch-name-pattern", "批量写出的都是 .docx 文件", found=pattern, hint=hint)
    return None


def safe_piece(text: str) -> str:
    """One piece of a path that Windows, macOS and Linux all take, and that no program takes for something else."""
    if len(text) <= SEGMENT_BYTES // 3 and _PLAIN.fullmatch(text):
        return text
    clean = "".join(_safe(ch) for ch in unicodedata.normalize("NFC", text))
    clean = _within(clean.strip(" .\u3000\u00a0"), SEGMENT_BYTES).rstrip(" .\u3000\u00a0")
    if not clean:
        return NAMELESS
    if clean[0] in "-~$'=+@":  # an option, the lock file of Word, a formula once it stands in a list
        clean = "_" + clean
    return f"_{clean}" if _RESERVED.fullmatch(clean) else clean


def _safe(ch: str) -> str:
    if ch in "\t\n\r":
        return " "
    if ch in _JOINERS or unicodedata.category(ch) in _UNSEEN:
        return ""
    return "_" if _ILLEGAL.match(ch) else ch


def _within(text: str, size: int) -> str:
    """The beginning of the text that takes at most ``size`` bytes in UTF-8."""
    return text.encode("utf-8", "ignore")[:size].decode("utf-8", "ignore")


def alike(name: str) -> str:
    """What two names share that some file system takes for the same."""
    return unicodedata.normalize("NFC", name.casefold())


def choices(name: str) -> Iterator[str]:
    """The name with its suffix, then with (2), (3) … for when it is taken."""
    yield name + SUFFIX
    number = 2
    while True:
        yield f"{name} ({number}){SUFFIX}"
        number += 1
