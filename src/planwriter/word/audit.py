"""What a document may not bring along: macros, things fetched from elsewhere, fields that run commands."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping

from lxml import etree

from planwriter.expression import expression
from planwriter.word.filekind import OLE_MAGIC
from planwriter.word.markup import OFFICE_VML, R, V, declared_encoding, has_doctype, parse, w
from planwriter.word.relationships import content_types, read_relationships, source_name

MAX_PARAGRAPHS = 20_000
MAX_ROWS = 3_000
DANGEROUS_FIELDS = frozenset(
    {"DDE", "DDEAUTO", "INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DATABASE", "RD", "EMBED", "PRINT"}
)
"""Fields that run a command, fetch another file or speak to the printer when the document is opened or updated."""
MAX_MARKS = 1_000_000
"""Angle brackets and equals signs of all parts together: the tree of more elements would fill the memory."""

Report = Callable[[str, str, str, str], None]
"""(code, message, part, found)."""

_PARAGRAPH = expression(rb"<(?:[^\s<>/:]+:)?p[\s>/]")
_ROW = expression(rb"<(?:[^\s<>/:]+:)?tr[\s>/]")
_SAFE_LINK = expression(r"(?i)\s*(https?://|mailto:)")
_BANNED_TYPES = ("vbaproject", "macroenabled", "activex", "oleobject", "vbadata")
_BANNED_KINDS = frozenset(
    {
        "oleobject",
        "control",
        "vbaproject",
        "wordvbadata",
        "activexcontrolbinary",
        "attachedtoolbars",
        "subdocument",
        "frame",
        "extensibility",
        "keymapcustomizations",
        "webextension",
        "webextensiontaskpanes",
    }
)
_SETTINGS_OUTSIDE = {
    **dict.fromkeys((w("connectString"), w("query"), w("dataSource"), w("headerSource")), "邮件合并的数据源"),
    "{http://schemas.openxmlformats.org/schemaLibrary/2006/main}schema": "包外的架构文件",
}
_XML_BEGINNING = expression(rb"[\xef\xbb\xbf\xff\xfe\0 \t\r\n]*<")
_FIELD_WORD = expression(r'"([^"]*)"|([^\s"]+)')
_INVISIBLE = expression("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_XML_NAME = expression(r"(?i)\.(xml|rels|vml|svg)$")
_LINK_SWITCHES = ("\\l", "\\o", "\\t", "\\s")
"""Switches of a HYPERLINK field that are followed by a word of their own."""


def is_xml(name: str, content: bytes) -> bool:
    """Whether Word would read this part as XML: by its extension or by how it begins."""
    return bool(_XML_NAME.search(name)) or _XML_BEGINNING.match(content) is not None


def audit_declarations(parts: Mapping[str, bytes], report: Report) -> None:
    """Refuse document type declarations and odd encodings before any parser sees a part."""
    for name, content in parts.items():
        if not is_xml(name, content):
            continue
        if has_doctype(content):
            report("package-doctype", "部件里有 DOCTYPE 声明（可能用来读取本机文件或耗尽内存）", name, "<!DOCTYPE")
        if (encoding := declared_encoding(content)) not in ("utf-8", "utf-16", "utf8", "utf16", "us-ascii"):
            report("package-encoding", "部件的编码不是 UTF-8 或 UTF-16", name, encoding)


def audit_size(parts: Mapping[str, bytes], report: Report) -> None:
    """Count paragraphs and rows in the raw bytes, so that a small file cannot cost minutes."""
    for pattern, limit, what in ((_PARAGRAPH, MAX_PARAGRAPHS, "段"), (_ROW, MAX_ROWS, "行表格")):
        counts = {n: _count(pattern, c) for n, c in parts.items() if is_xml(n, c)}
        if (total := sum(counts.values())) > limit:
            largest = max(counts, key=lambda n: counts[n])
            report("package-too-long", f"文档超过 {limit} {what}", largest, str(total))


def audit_weight(parts: Mapping[str, bytes], report: Report) -> None:
    """Count what becomes a node of a tree in the raw bytes, so that a small file cannot fill the memory."""
    counts = {n: c.count(b"<") + c.count(b"=") for n, c in parts.items() if is_xml(n, c)}
    if (total := sum(counts.values())) > MAX_MARKS:
        largest = max(counts, key=lambda n: counts[n])
        report("package-too-long", f"文档的内部标记超过 {MAX_MARKS // 10_000} 万个", largest, str(total))


def _count(pattern: re.Pattern[bytes], content: bytes) -> int:
    plain = content.replace(b"\0", b"") if declared_encoding(content) == "utf-16" else content
    return sum(1 for _ in pattern.finditer(plain))


def audit_contents(parts: Mapping[str, bytes], report: Report, passed: Container[str] = ()) -> None:
    """Everything a template may not hold, all findings at once. Parts must already be free of DOCTYPE.

    ``passed`` are parts whose own content was found good before.
    """
    _audit_types(parts, report)
    for name in parts:
        if name.endswith(".rels"):
            _audit_relationships(parts, source_name(name), report)
    types = content_types(parts)
    for name, content in parts.items():
        if name in passed:
            continue
        if is_xml(name, content) or types.get(name, "").endswith("xml"):
            _audit_part(name, parse(content), report)
        elif content.startswith(OLE_MAGIC):
            report("package-active-content", "文档里有宏、控件、OLE 对象或子文档", name, "OLE")


def audit_macros(parts: Mapping[str, bytes], report: Report) -> None:
    """The part of the audit that also holds for documents that are only read."""
    _audit_types(parts, report)


def _audit_types(parts: Mapping[str, bytes], report: Report) -> None:
    for name, kind in content_types(parts).items():
        low = f"{kind} {name}".lower()
        if any(word in low for word in _BANNED_TYPES):
            report("package-active-content", "文档里有宏、ActiveX 控件或 OLE 对象", name, kind or name)


def _audit_relationships(parts: Mapping[str, bytes], source: str, report: Report) -> None:
    for arrow in read_relationships(parts, source):
        kind = arrow.kind.lower()
        if kind == "afchunk":
            report("package-altchunk", "文档嵌入了另一份文件（altChunk）", source, arrow.target)
        elif kind in _BANNED_KINDS and not arrow.external:
            report(
                "package-active-content", "文档里有宏、控件、OLE 对象或子文档", source, f"{arrow.kind} → {arrow.target}"
            )
        elif arrow.external and not (kind == "hyperlink" and _SAFE_LINK.match(arrow.target)):
            report("package-external", _external_sentence(kind), source, f"{arrow.kind} → {arrow.target}")


def _external_sentence(kind: str) -> str:
    named = {
        "attachedtemplate": "文档连着包外的模板（attachedTemplate）",
        "image": "图片没有嵌入，而是链接到包外",
        "hyperlink": "超链接不是 http、https 或 mailto",
    }
    return named.get(kind, "文档引用了包外的内容")


def _audit_part(name: str, root: etree._Element, report: Report) -> None:
    if next(root.iter(w("altChunk")), None) is not None:
        report("package-altchunk", "文档嵌入了另一份文件（altChunk）", name, "altChunk")
    for element in root.iter(w("control"), f"{{{OFFICE_VML}}}OLEObject"):
        report("package-active-content", "文档里有控件或 OLE 对象", name, etree.QName(element).localname)
    for element in root.iter(f"{{{V}}}*"):
        for key in ("src", f"{{{OFFICE_VML}}}href", f"{{{R}}}href"):
            if element.get(key):
                report("package-external", "图形引用了包外的内容", name, str(element.get(key)))
        if (link := element.get("href", "#")) and not link.startswith("#") and not _SAFE_LINK.match(link):
            report("package-external", "图形的超链接不是 http、https 或 mailto", name, link)
    for element in root.iter(*_SETTINGS_OUTSIDE):
        report(
            "package-external",
            f"文档连着{_SETTINGS_OUTSIDE[element.tag]}",
            name,
            " ".join(map(str, element.attrib.values())),
        )
    if etree.QName(root).localname == "svg":
        _audit_svg(name, root, report)
    for instruction in field_instructions(root):
        _audit_field(name, instruction, report)


def _audit_svg(name: str, root: etree._Element, report: Report) -> None:
    for element in root.iter(etree.Element):
        if etree.QName(element).localname == "script":
            report("package-active-content", "图片里有脚本", name, "script")
        for key, value in element.attrib.items():
            if str(key).rsplit("}", 1)[-1] == "href" and not str(value).startswith(("#", "data:")):
                report("package-external", "图片引用了包外的内容", name, str(value))


def _audit_field(name: str, instruction: str, report: Report) -> None:
    words = [(q, b) for q, b in _FIELD_WORD.findall(_INVISIBLE.sub("", instruction))]
    keyword = "".join(words[0]).strip().upper() if words else ""
    if keyword in DANGEROUS_FIELDS:
        report("package-field", "文档里有会执行命令或读取别的文件的域", name, instruction.strip()[:80])
    elif "\N{REPLACEMENT CHARACTER}" in keyword:
        report("package-field", "域的名字由别的域拼成，无法判断它做什么", name, instruction.strip()[:80])
    elif keyword == "HYPERLINK" and (link := _link_target(words[1:])) and not _SAFE_LINK.match(link):
        report("package-external", "超链接不是 http、https 或 mailto", name, instruction.strip()[:80])


def _link_target(words: list[tuple[str, str]]) -> str:
    """Where a HYPERLINK field leads: its first word that is neither a switch nor belongs to one."""
    left = iter(words)
    for quoted, bare in left:
        if len(bare) == 2 and bare.startswith("\\"):
            if bare.lower() in _LINK_SWITCHES:
                next(left, None)
        elif quoted or bare:
            return quoted or bare
    return ""


def field_instructions(root: etree._Element) -> Iterator[str]:
    """The code of every field in the part; a nested field is one U+FFFD in the code around it."""
    codes: list[list[str] | None] = []
    for element in root.iter(w("fldSimple"), w("fldChar"), w("instrText"), w("delInstrText")):
        if element.tag == w("fldSimple"):
            yield element.get(w("instr"), "")
        elif element.tag != w("fldChar"):
            if codes and (open_code := codes[-1]) is not None:
                open_code.append(element.text or "")
            elif element.text:
                yield element.text
        else:
            yield from _field_mark(element.get(w("fldCharType"), ""), codes)
    yield from ("".join(c) for c in codes if c)


def _field_mark(kind: str, codes: list[list[str] | None]) -> Iterator[str]:
    if kind == "begin":
        if codes and (around := codes[-1]) is not None:
            around.append("\N{REPLACEMENT CHARACTER} ")
        codes.append([])
    elif codes and kind in ("separate", "end"):
        code = codes.pop()
        if code is not None:
            yield "".join(code)
        if kind == "separate":
            codes.append(None)
