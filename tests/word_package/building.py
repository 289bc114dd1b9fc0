"""Small packages made by hand: sound ones, and ones with exactly one thing wrong."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{REL}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SECTION = '<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def escaped(text: str) -> str:
    """Text as XML character data."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def p(*runs: str, look: str = "") -> str:
    """A paragraph; a run that begins with ``<`` is taken as XML."""
    made = (r if r.startswith("<") else f'<w:r><w:t xml:space="preserve">{escaped(r)}</w:t></w:r>' for r in runs)
    return f"<w:p>{look}{''.join(made)}</w:p>"


def cell(content: str) -> str:
    """A table cell."""
    if content.startswith("<w:tc>"):
        return content
    inner = content if content.startswith("<") else p(content)
    return f'<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr>{inner}</w:tc>'


def table(*rows: Sequence[str]) -> str:
    """A table of cells with one paragraph each; a cell that begins with ``<`` is taken as its content,
    or as the whole cell."""
    grid = '<w:gridCol w:w="1000"/>' * max(len(r) for r in rows)
    body = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'


def relationships(*arrows: tuple[str, str, str] | tuple[str, str, str, str]) -> str:
    """A relationships part from (id, kind or full type, target[, mode])."""
    made = []
    for ident, kind, target, *mode in arrows:
        full = kind if ":" in kind else f"{REL}/{kind}"
        made.append(
            f'<Relationship Id="{ident}" Type="{full}" Target="{escaped(target)}"'
            + (f' TargetMode="{mode[0]}"' if mode else "")
            + "/>"
        )
    return f'{HEAD}<Relationships xmlns="{PACKAGE_REL}">{"".join(made)}</Relationships>'


def core(**properties: str) -> str:
    """Core properties; ``title`` and friends are Dublin Core, the rest the package's own."""
    dublin = {"creator", "description", "identifier", "language", "subject", "title"}
    inner = "".join(
        f"<{'dc' if k in dublin else 'cp'}:{k}>{escaped(v)}</{'dc' if k in dublin else 'cp'}:{k}>"
        for k, v in properties.items()
    )
    return (
        f"{HEAD}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{inner}</cp:coreProperties>"
    )


def parts_of(
    body: str,
    *,
    header: str | None = None,
    footer: str | None = None,
    footnotes: str | None = None,
    properties: Mapping[str, str] | None = None,
    arrows: Sequence[tuple[str, ...]] = (),
    main_type: str = WML + "document.main+xml",
    extra: Mapping[str, str | bytes] | None = None,
    types: Mapping[str, str] | None = None,
) -> dict[str, str | bytes]:
    """The parts of a document; header, footer and footnotes are given as the XML inside their root."""
    stories = {"header": ("hdr", header), "footer": ("ftr", footer), "footnotes": ("footnotes", footnotes)}
    overrides = {"/word/document.xml": main_type} | {f"/{n}": t for n, t in (types or {}).items()}
    parts: dict[str, str | bytes] = {}
    own: list[tuple[str, ...]] = []
    references = ""
    for kind, (root, content) in stories.items():
        if content is None:
            continue
        name = f"word/{kind}.xml"
        parts[name] = f"{HEAD}<w:{root} {NAMESPACES}>{content}</w:{root}>"
        overrides[f"/{name}"] = f"{WML}{kind}+xml"
        own.append((f"rIdS{kind}", kind, f"{kind}.xml"))
        if kind != "footnotes":
            references += f'<w:{kind}Reference w:type="default" r:id="rIdS{kind}"/>'
    top: list[tuple[str, ...]] = [("rId1", "officeDocument", "word/document.xml")]
    if properties is not None:
        parts["docProps/core.xml"] = core(**properties)
        overrides["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
        top.append(("rId2", f"{PACKAGE_REL}/metadata/core-properties", "docProps/core.xml"))
    content_types = (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="bin" ContentType="application/octet-stream"/>'
        + "".join(f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in overrides.items())
        + "</Types>"
    )
    document = (
        f"{HEAD}<w:document {NAMESPACES}><w:body>{body}{SECTION.format(references=references)}</w:body></w:document>"
    )
    return {
        "[Content_Types].xml": content_types,
        "_rels/.rels": relationships(*top),  # type: ignore[arg-type]
        "word/document.xml": document,
        "word/_rels/document.xml.rels": relationships(*own, *arrows),  # type: ignore[arg-type]
        **parts,
        **(extra or {}),
    }


def zipped(parts: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as a package."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def docx(body: str = p("正文"), **options: object) -> bytes:
    """A document as bytes; options as for :func:`parts_of`."""
    return zipped(parts_of(body, **options))  # type: ignore[arg-type]


def with_flags(data: bytes, *, flag: int = 0, method: int | None = None, size: int | None = None) -> bytes:
    """The package with every local header and directory record changed: flags, method, declared size."""
    changed = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            (flags, old_method) = struct.unpack_from("<HH", data, start + at)
            struct.pack_into("<HH", changed, start + at, flags | flag, old_method if method is None else method)
            if size is not None:
                struct.pack_into("<I", changed, start + at + 16, size)
    return bytes(changed)
