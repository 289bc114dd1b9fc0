"""The parts of the package besides the styles: page, footers, settings, fonts, properties."""

from __future__ import annotations

from collections.abc import Iterable

from planwriter.standard import Font, Layout, Profile
from planwriter.standard import numbers as n
from planwriter.template.drawing.namespaces import DECLARATION, OFFICE, PACKAGE, R, W
from planwriter.template.drawing.paragraphs import paragraph, run

_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_WORD_PARTS = {
    "styles": "styles.xml",
    "settings": "settings.xml",
    "fontTable": "fontTable.xml",
    "footer": "footer1.xml",
    "footer-even": "footer2.xml",
}
_FIRST_PART = {"footer-first": "footer3.xml"}
_FOOTERS = (("even", "footer-even"), ("default", "footer"))
_FIRST_FOOTER = (("first", "footer-first"),)
_PROPERTY_PARTS = {
    "docProps/core.xml": (
        f"{PACKAGE}/relationships/metadata/core-properties",
        "application/vnd.openxmlformats-package.core-properties+xml",
    ),
    "docProps/app.xml": (
        f"{OFFICE}/relationships/extended-properties",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    ),
}


def document(body: str, layout: Layout, *, first_footer: bool = False) -> str:
    """``word/document.xml`` around its body; ``first_footer`` gives the first page a footer of its own."""
    section = _section(layout, first_footer=first_footer)
    return f"{DECLARATION}<w:document {W} {R}><w:body>{body}{section}</w:body></w:document>"


def _section(layout: Layout, *, first_footer: bool) -> str:
    kinds = (*_FIRST_FOOTER, *_FOOTERS) if first_footer else _FOOTERS
    footers = "".join(
        f'<w:footerReference w:type="{kind}" r:id="rId{_relation_number(part)}"/>' for kind, part in kinds
    )
    width, height = n.PAPER_WIDTH.value.twips, n.PAPER_HEIGHT.value.twips
    margins = (
        f'<w:pgMar w:top="{layout.top.twips}" w:right="{layout.right.twips}" w:bottom="{layout.bottom.twips}"'
        f' w:left="{layout.left.twips}" w:header="{layout.header.twips}" w:footer="{layout.footer.twips}"'
        ' w:gutter="0"/>'
    )
    grid = (
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{layout.grid_pitch.twips}"'
        f' w:charSpace="{layout.character_space}"/>'
    )
    paper = f'<w:pgSz w:w="{width}" w:h="{height}"/>'
    own_first = "<w:titlePg/>" if first_footer else ""
    return f'<w:sectPr>{footers}{paper}{margins}<w:cols w:space="0"/>{own_first}{grid}</w:sectPr>'


def first_footer(content: str) -> str:
    """The footer of a first page that carries no page number."""
    return f"{DECLARATION}<w:ftr {W}>{content}</w:ftr>"


def footer(role_id: str) -> str:
    """A footer with the page number between two dashes, each a half-width space away (7.5)."""
    dash = n.PAGE_NUMBER_DASH.value
    number = "".join(
        (
            _field_character("begin"),
            _field_run('<w:instrText xml:space="preserve"> PAGE </w:instrText>'),
            _field_character("separate"),
            run("1"),
            _field_character("end"),
        )
    )
    line = paragraph(role_id, run(f"{dash} "), number, run(f" {dash}"))
    return f"{DECLARATION}<w:ftr {W}>{line}</w:ftr>"


def _field_character(kind: str) -> str:
    return _field_run(f'<w:fldChar w:fldCharType="{kind}"/>')


def _field_run(content: str) -> str:
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{content}</w:r>'


def settings() -> str:
    """``word/settings.xml``: both footers in force, no compression of punctuation, current layout rules."""
    switches = "".join(
        f"<w:{name}/>"
        for name in (
            "spaceForUL",
            "balanceSingleByteDoubleByteWidth",
            "doNotLeaveBackslashAlone",
            "ulTrailSpace",
            "doNotExpandShiftReturn",
            "adjustLineHeightInTable",
            "useFELayout",
        )
    )
    compatibility = (
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    )
    return (
        f'{DECLARATION}<w:settings {W}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:compat>{switches}{compatibility}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/>'
        '<w:listSeparator w:val=","/></w:settings>'
    )


def font_table(profile: Profile) -> str:
    """``word/fontTable.xml``: every font used, with what helps a program to stand in for it."""
    return f"{DECLARATION}<w:fonts {W}>{''.join(map(_font, profile.fonts()))}</w:fonts>"


def _font(font: Font) -> str:
    alternative = f'<w:altName w:val="{font.alternative}"/>' if font.alternative else ""
    names = ("usb0", "usb1", "usb2", "usb3", "csb0", "csb1")
    words = zip(names, font.signature.split(), strict=True)
    signature = "".join(f' w:{name}="{word}"' for name, word in words)
    return (
        f'<w:font w:name="{font.name}">{alternative}<w:panose1 w:val="{font.panose}"/>'
        f'<w:charset w:val="{font.charset}"/><w:family w:val="{font.family}"/>'
        f'<w:pitch w:val="{font.pitch}"/><w:sig{signature}/></w:font>'
    )


def content_types(*, first_footer: bool = False) -> str:
    """``[Content_Types].xml``."""
    parts = _word_parts(first_footer=first_footer)
    overrides = [("word/document.xml", f"{_WORD_TYPE}.document.main+xml")]
    overrides += [(f"word/{file}", f"{_WORD_TYPE}.{kind.partition('-')[0]}+xml") for kind, file in parts.items()]
    overrides += [(path, kind) for path, (_, kind) in _PROPERTY_PARTS.items()]
    listed = "".join(f'<Override PartName="/{path}" ContentType="{kind}"/>' for path, kind in overrides)
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def package_relations() -> str:
    """``_rels/.rels``."""
    main = (f"{OFFICE}/relationships/officeDocument", "word/document.xml")
    return _relations([main, *((kind, path) for path, (kind, _) in _PROPERTY_PARTS.items())])


def document_relations(*, first_footer: bool = False) -> str:
    """``word/_rels/document.xml.rels``."""
    parts = _word_parts(first_footer=first_footer)
    return _relations((f"{OFFICE}/relationships/{kind.partition('-')[0]}", file) for kind, file in parts.items())


def _word_parts(*, first_footer: bool) -> dict[str, str]:
    return _WORD_PARTS | _FIRST_PART if first_footer else _WORD_PARTS


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def _relation_number(part: str) -> int:
    return list(_WORD_PARTS | _FIRST_PART).index(part) + 1


def core_properties() -> str:
    """``docProps/core.xml``: the title is a tag, filled like the text."""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{{ 文件标题 }}</dc:title>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def app_properties() -> str:
    """``docProps/app.xml``."""
    return (
        f'{DECLARATION}<Properties xmlns="{OFFICE}/extended-properties">'
        "<Application>planwriter</Application></Properties>"
    )
