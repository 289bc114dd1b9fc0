"""The parts around the table of a form: styles, settings, page."""

from __future__ import annotations

from planwriter.word.markup import W
from planwriter.word.packing import write_parts
from planwriter.word.relationships import OFFICE, WORDPROCESSING

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN = f'xmlns:w="{W}"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORDPROCESSING}document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{WORDPROCESSING}styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{WORDPROCESSING}settings+xml"/></Types>'
)
_SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"'
    ' w:header="567" w:footer="567" w:gutter="0"/><w:cols w:space="425"/></w:sectPr>'
)
_SETTINGS = (
    f'{_HEAD}<w:settings {_OPEN}><w:defaultTabStop w:val="420"/><w:compat><w:compatSetting'
    ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
_GREY = "6B7280"
_PARAGRAPHS: dict[str, tuple[str, str, str]] = {
    "PwHeading": ("表单标题", '<w:spacing w:after="120"/><w:jc w:val="center"/>', '<w:b/><w:sz w:val="32"/>'),
    "PwRemark": ("表单说明", '<w:spacing w:after="40"/>', f'<w:color w:val="{_GREY}"/><w:sz w:val="19"/>'),
    "PwTitle": ("表单分块", '<w:keepNext/><w:spacing w:before="40" w:after="40"/>', "<w:b/>"),
    "PwLabel": ("表单项目", "", "<w:b/>"),
    "PwHint": ("表单提示", "", f'<w:color w:val="{_GREY}"/><w:sz w:val="16"/>'),
    "PwValue": ("表单内容", "", ""),
}
_RUNS: dict[str, tuple[str, str]] = {
    "PwMark": ("表单必填", '<w:b w:val="0"/><w:color w:val="B42318"/><w:sz w:val="16"/>'),
    "PwAside": ("表单旁注", f'<w:b w:val="0"/><w:color w:val="{_GREY}"/><w:sz w:val="17"/>'),
    "PwPrompt": ("表单占位", '<w:color w:val="9CA3AF"/>'),
}


def package(body: str) -> bytes:
    """A .docx around the body of a form."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relationships(("officeDocument", "word/document.xml")),
        "word/document.xml": f"{_HEAD}<w:document {_OPEN}><w:body>{body}{_SECTION}</w:body></w:document>",
        "word/styles.xml": _styles(),
        "word/settings.xml": _SETTINGS,
        "word/_rels/document.xml.rels": _relationships(("styles", "styles.xml"), ("settings", "settings.xml")),
    }
    return write_parts({name: content.encode("utf-8") for name, content in parts.items()})


def _relationships(*arrows: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(arrows, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _styles() -> str:
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="宋体"'
        ' w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    normal += (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>"
    )
    kinds = "".join(_paragraph_style(key, *told) for key, told in _PARAGRAPHS.items())
    kinds += "".join(_run_style(key, *told) for key, told in _RUNS.items())
    return f"{_HEAD}<w:styles {_OPEN}>{defaults}{normal}{kinds}{_table_style()}</w:styles>"


def _paragraph_style(key: str, name: str, paragraph: str, run: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
    )


def _run_style(key: str, name: str, run: str) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{key}"><w:name w:val="{name}"/>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


def _table_style() -> str:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="9AA5B1"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="PwForm"><w:name w:val="表单"/><w:basedOn'
        f' w:val="TableNormal"/><w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar><w:top w:w="40"'
        ' w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="108"'
        ' w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
