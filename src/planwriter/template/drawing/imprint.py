"""The imprint (7.4): a text box on the bottom of the margins, holding a table whose borders are the rules.

A floating table or a frame there is placed right by some programs only; a text box by all. Older
programs read the same table from the VML fallback.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from planwriter.standard import Layout, Mm, Pt, cells, role
from planwriter.standard import numbers as n
from planwriter.template.drawing.namespaces import BOX
from planwriter.template.drawing.paragraphs import paragraph, run, tab

# Far from the small numbers other drawings of a document carry.
_DRAWING_ID = 9704


def imprint_box(
    lines: Sequence[tuple[str, str]], printing: tuple[str, str], layout: Layout, *, ruled: bool = True
) -> str:
    """The paragraph that anchors the box. ``lines`` are label and names, ``printing`` office and date.

    Without rules (``ruled``) it is the imprint of a letter (10.1).
    """
    rows = []
    if lines:
        rows.append("".join(_names(label, text) for label, text in lines))
    if any(printing):
        rows.append(_printing(*printing))
    height = _height(lines, bool(any(printing)), layout)
    content = f"{_table(rows, layout, ruled=ruled)}{paragraph('imprint_carrier')}"
    return paragraph("imprint_carrier", f"<w:r>{_box(content, layout.width, height, layout)}</w:r>")


def _names(label: str, text: str) -> str:
    return paragraph("imprint_copy_to", run(f"{label}{text}{n.IMPRINT_STOP.value}"))


def _printing(office: str, date: str) -> str:
    return paragraph("imprint_printing", run(office), tab(), run(date))


def _height(lines: Sequence[tuple[str, str]], printed: bool, layout: Layout) -> Pt:
    """Height of the rows, of the closing paragraph and of the inset below them."""
    look = role("imprint_copy_to")
    text_rows = sum(_text_rows(text, layout) for _, text in lines) + printed
    table_rows = bool(lines) + printed
    closing = role("imprint_carrier").line or 0
    rules = (table_rows + 1) * n.IMPRINT_OUTER_RULE.value.pt
    line = look.line or layout.pitch
    return Pt(text_rows * line + table_rows * look.sunk + rules + closing + layout.drop.pt)


def _text_rows(text: str, layout: Layout) -> int:
    """Rows a list of names takes; a character less is reckoned for marks that may not begin a row."""
    look = role("imprint_copy_to")
    room = layout.width / look.size - look.left - look.right
    wanted = cells(text) + cells(n.IMPRINT_STOP.value)
    return 1 if wanted <= room else math.ceil(wanted / (room - 1))


def _table(rows: Sequence[str], layout: Layout, *, ruled: bool) -> str:
    width = layout.width.twips
    outer, inner = (_border(rule.value) for rule in (n.IMPRINT_OUTER_RULE, n.IMPRINT_INNER_RULE))
    rules = f"<w:tblBorders><w:top {outer}/><w:bottom {outer}/><w:insideH {inner}/></w:tblBorders>" if ruled else ""
    properties = (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/>{rules}<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="0" w:type="dxa"/><w:bottom w:w="{role("imprint_copy_to").sunk.twips}" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
    drawn = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}{row}</w:tc></w:tr>" for row in rows)
    return f'<w:tbl>{properties}<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{drawn}</w:tbl>'


def _border(weight: Mm) -> str:
    """The border whose weight, of those word processors offer (quarter points), is nearest."""
    quarters = round(weight.pt * 4)
    return f'w:val="single" w:sz="{2 * quarters}" w:space="0" w:color="000000"'


def _box(content: str, width: Pt, height: Pt, layout: Layout) -> str:
    return (
        f'<mc:AlternateContent {BOX}><mc:Choice Requires="wps">{_drawing(content, width, height, layout)}'
        f"</mc:Choice><mc:Fallback>{_picture(content, width, height, layout)}</mc:Fallback>"
        "</mc:AlternateContent>"
    )


def _drawing(content: str, width: Pt, height: Pt, layout: Layout) -> str:
    extent = f'cx="{width.emu}" cy="{height.emu}"'
    return (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2"'
        ' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
        f'<wp:extent {extent}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>'
        f'<wp:docPr id="{_DRAWING_ID}" name="版记"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        f'<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="{layout.drop.pt.emu}" anchor="b"><a:noAutofit/>'
        "</wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def _picture(content: str, width: Pt, height: Pt, layout: Layout) -> str:
    return (
        '<w:pict><v:rect id="PWImprintBox" style="position:absolute;'
        f"width:{width:.2f}pt;height:{height:.2f}pt;"
        "mso-position-horizontal:left;mso-position-horizontal-relative:margin;mso-position-vertical:bottom;"
        'mso-position-vertical-relative:margin;v-text-anchor:bottom" filled="f" stroked="f">'
        f'<v:textbox inset="0,0,0,{layout.drop:.2f}mm"><w:txbxContent>{content}</w:txbxContent></v:textbox>'
        "</v:rect></w:pict>"
    )
