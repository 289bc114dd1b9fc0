"""Small Word documents, made part by part."""

from __future__ import annotations

from planwriter.word.markup import RELATIONSHIPS, TYPES, R, W
from planwriter.word.package import write_parts
from planwriter.word.relationships import OFFICE, WORDPROCESSING

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
V = "urn:schemas-microsoft-com:vml"
PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" '
    'w:left="1587" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
)
KINDS = {
    "styles": "styles",
    "settings": "settings",
    "theme": "theme",
    "header": "header",
    "footer": "footer",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
}


def text(words: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(content: str = "", properties: str = "") -> str:
    """A paragraph of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def field(code: str, result: str) -> str:
    """A complex field with its last result."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{marks[1]}{text(result)}{marks[2]}"


def docx(body: str, *, page: str = PAGE, **others: str) -> bytes:
    """A package with this body; ``others`` are the insides of parts: styles, theme, footer1 …"""
    names = {name: name.rstrip("0123456789") for name in others}
    arrows = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}{KINDS[kind]}" Target="{name}.xml"/>' for name, kind in names.items()
    )
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORDPROCESSING}{kind}+xml"/>'
        for name, kind in {"document": "document.main", **names}.items()
    )
    roots = {"footer": "ftr", "header": "hdr"}
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" Type="{OFFICE}officeDocument" '
        f'Target="word/document.xml"/></Relationships>',
        "word/document.xml": _root("document", f"<w:body>{body}{page}</w:body>"),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONSHIPS}">{arrows}</Relationships>',
    }
    for name, kind in names.items():
        parts[f"word/{name}.xml"] = others[name] if kind == "theme" else _root(roots.get(kind, kind), others[name])
    return write_parts({name: content.encode() for name, content in parts.items()})


def _root(name: str, content: str) -> str:
    spaces = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:v="{V}" xmlns:wps="urn:wps" mc:Ignorable=""'
    return f"<w:{name} {spaces}>{content}</w:{name}>"
