"""The strict door to a .docx: bytes in, checked parts out; parts in, bytes out."""

from __future__ import annotations

from lxml import etree

from planwriter.diagnostic import Diagnostic, Place, PlanwriterError, TemplateError
from planwriter.word.audit import audit_contents, audit_declarations, audit_macros, audit_size, audit_weight, is_xml
from planwriter.word.container import check_directory, open_directory, read_entries
from planwriter.word.filekind import foreign_format, foreign_package
from planwriter.word.markup import parse, w
from planwriter.word.packing import PackageWriter, write_parts
from planwriter.word.parts import Package
from planwriter.word.relationships import (
    CONTENT_TYPES,
    WORDPROCESSING,
    content_types,
    main_part,
    read_relationships,
    target_name,
)

__all__ = ["Package", "PackageWriter", "read_package", "write_parts"]

_HINTS = {
    "package-damaged": "请重新下载或复制这个文件；在 Word 中能打开时，另存一份再用。",
    "package-too-large": "删去大图片或拆成几份文件。",
    "package-bomb": "如果来源可靠，删去大图片或附件后另存。",
    "package-too-long": "拆成几份文件。",
    "package-active-content": "在 Word 中另存为“Word 文档（*.docx）”，并删去嵌入的对象。",
    "package-external": "在 Word 中断开这个链接，或改为嵌入；网址只用 http、https、mailto。",
    "package-altchunk": "在 Word 中打开后另存一次，嵌入的内容会成为正文。",
    "package-field": "在 Word 中选中这个域，按 Ctrl+Shift+F9 变成普通文字。",
    "package-encrypted": "取消密码后另存。",
}
_FALLBACK_HINT = "在 Word 中打开并另存为新的 .docx；来源不明的文件请不要使用。"
_DOCUMENT_TYPES = (WORDPROCESSING + "document.main+xml", WORDPROCESSING + "template.main+xml")


class _Findings:
    """Collects refusals about one file as diagnostics."""

    def __init__(self, name: str, error: type[PlanwriterError]) -> None:
        self.name, self.error = name, error
        self.all: list[Diagnostic] = []

    def entry(self, code: str, message: str, found: str) -> None:
        self.part(code, message, "", found)

    def part(self, code: str, message: str, part: str, found: str) -> None:
        place = Place(file=self.name, part=part or None)
        self.all.append(Diagnostic(code, message, place=place, found=found, hint=_HINTS.get(code, _FALLBACK_HINT)))

    def kind(self, verdict: tuple[str, str] | None) -> None:
        if verdict is not None:
            self.all.append(Diagnostic("package-kind", verdict[0], place=Place(file=self.name), hint=verdict[1]))

    def stop_if_any(self) -> None:
        if self.all:
            raise self.error(self.all)


def read_package(
    data: bytes,
    *,
    name: str,
    error: type[PlanwriterError] = TemplateError,
    untrusted: bool = False,
    reading: bool = False,
) -> Package:
    """The parts of a .docx after every guard; raises ``error`` with all findings, each one Chinese line.

    Bounds: the file 50 MB, one part 30 MB, all parts 60 MB, 1000 entries; ``untrusted`` also bounds
    paragraphs (20 000) and rows (3 000) before anything is parsed. ``reading`` is for documents that are
    only read: links, fields and embedded files are then no reason to refuse.
    """
    found = _Findings(name, error)
    found.kind(foreign_format(data))
    found.stop_if_any()
    parts = _unpack(data, found)
    _check_kind(parts, found)
    audit_declarations(parts, found.part)
    if untrusted:
        audit_size(parts, found.part)
    if not reading:
        audit_weight(parts, found.part)
    found.stop_if_any()
    _check_contents(parts, found, reading=reading)
    found.stop_if_any()
    return Package(name, parts)


class Audited:
    """The guards for contents, held against documents that are made here of one template.

    A part that has passed is not looked at again while the next document has the same bytes of the same type there;
    what stands between parts, types and relationships, is looked at in every document.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._passed: dict[str, tuple[bytes, str]] = {}

    def audit(self, parts: dict[str, bytes]) -> None:
        """Raises :class:`TemplateError` with everything a document may not hold."""
        found = _Findings(self._name, TemplateError)
        before = self._passed
        unchanged = {name for name, content in parts.items() if before.get(name, _NEVER)[0] == content}
        audit_declarations({n: c for n, c in parts.items() if n not in unchanged}, found.part)
        found.stop_if_any()
        types = content_types(parts)
        passed = {name: (content, types.get(name, "")) for name, content in parts.items()}
        audit_contents(parts, found.part, passed={n for n in unchanged if before[n] == passed[n]})
        found.stop_if_any()
        self._passed = passed


_NEVER = (None, "")


def _unpack(data: bytes, found: _Findings) -> dict[str, bytes]:
    archive = open_directory(data, found.entry)
    if archive is None:
        raise found.error(found.all)
    with archive:
        if not check_directory(archive, data, found.entry):
            raise found.error(found.all)
        parts = dict(read_entries(archive, found.entry))
    found.stop_if_any()
    return parts


def _check_kind(parts: dict[str, bytes], found: _Findings) -> None:
    main = parts.get("word/document.xml", b"") + parts.get("_rels/.rels", b"")
    heads = main.replace(b"\0", b"")
    found.kind(foreign_package(frozenset(parts), parts.get(CONTENT_TYPES, b"").replace(b"\0", b""), heads))


def _unsound_part(parts: dict[str, bytes]) -> str:
    """The first part that should be XML and is not."""
    for name, content in parts.items():
        if is_xml(name, content):
            try:
                parse(content)
            except etree.XMLSyntaxError:
                return name
    return ""


_STORIES = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes", "endnotes": "endnotes"}


def _check_stories(parts: dict[str, bytes], main: str, found: _Findings) -> None:
    """The text and what stands around it must be what they are said to be."""
    if parse(parts[main]).find(w("body")) is None and content_types(parts).get(main, "") in _DOCUMENT_TYPES:
        found.part("package-damaged", "正文部件里没有 Word 的正文", main, "w:body")
    for arrow in read_relationships(parts, main):
        root, name = _STORIES.get(arrow.kind), target_name(main, arrow.target)
        if root is not None and name in parts and parse(parts[name]).tag != w(root):
            found.part("package-damaged", "页眉、页脚或注释部件里是别的内容", name, f"w:{root}")


def _check_contents(parts: dict[str, bytes], found: _Findings, *, reading: bool) -> None:
    try:
        (audit_macros if reading else audit_contents)(parts, found.part)
        main = main_part(parts)
        if main is not None and not found.all:
            _check_stories(parts, main, found)
    except etree.XMLSyntaxError as fault:
        found.part("package-damaged", "部件不是合格的 XML，文件已损坏", _unsound_part(parts), fault.msg or "")
        return
    if main is None:
        found.entry("package-damaged", "压缩包里没有 Word 正文部件", "officeDocument")
    elif (kind := content_types(parts).get(main, "")) not in _DOCUMENT_TYPES and not found.all:
        found.kind(("这不是 Word 文档（.docx）", f"正文部件的类型是 {kind}；请换一个 .docx 文件。"))
