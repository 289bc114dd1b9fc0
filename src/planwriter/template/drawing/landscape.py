"""Landscape pages for wide tables (clause 8): the table, the section's end, the number in its upright place.

The sheet is turned so that its head lies at the left edge of the upright sheet: at the binding edge of odd
pages, at the fore edge of even ones. The page number stays where the upright sheet has it, in a text box.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from planwriter.standard import Layout, Pt
from planwriter.standard import numbers as n
from planwriter.template.drawing.filled_columns import Filled
from planwriter.template.drawing.namespaces import BOX, DECLARATION, R, W
from planwriter.template.drawing.paragraphs import KEEP, paragraph
from planwriter.template.drawing.tables import grid

_PAPER = f'w:w="{n.PAPER_HEIGHT.value.twips}" w:h="{n.PAPER_WIDTH.value.twips}" w:orient="landscape"'
_END = f"<w:sectPr><w:pgSz {_PAPER}/></w:sectPr>"
# Square wrapping, beside the columns of text: LibreOffice puts the first unwrapped box of a footer into the
# corner of the sheet.
# Far from the small numbers other drawings of a document carry.
_DRAWING_ID = 9705


def landscape_table(columns: Sequence[Filled], layout: Layout) -> str:
    """A table as wide as the upright type area is high, ended by the bare end of a landscape section."""
    above, below = paragraph("table_gap", look=KEEP), paragraph("table_gap", look=_END)
    return grid(columns, layout, layout.height).xml(above, below)


class Box(NamedTuple):
    """Where the number's box stands on the landscape sheet, from its upper left corner."""

    left: Pt
    top: Pt
    width: Pt
    height: Pt


def landscape_footer(number: str, role_id: str, box: Box, at: int) -> str:
    """A footer whose number (finished paragraphs) reads downwards in a box; ``at`` tells boxes apart."""
    drawing = f'<mc:AlternateContent {BOX}><mc:Choice Requires="wps">{_drawing(number, box, at)}</mc:Choice>'
    fallback = f"<mc:Fallback>{_picture(number, box, at)}</mc:Fallback></mc:AlternateContent>"
    line = paragraph(role_id, f"<w:r>{drawing}{fallback}</w:r>")
    return f"{DECLARATION}<w:ftr {W} {R}>{line}</w:ftr>"


def _drawing(number: str, box: Box, at: int) -> str:
    extent = f'cx="{box.width.emu}" cy="{box.height.emu}"'
    return (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2"'
        ' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{box.left.emu}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{box.top.emu}</wp:posOffset></wp:positionV>'
        f'<wp:extent {extent}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapSquare wrapText="bothSides"/>'
        f'<wp:docPr id="{_DRAWING_ID + at}" name="页码{at + 1}"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{number}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/>'
        "</wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def _picture(number: str, box: Box, at: int) -> str:
    return (
        f'<w:pict><v:rect id="PWNumberBox{at + 1}" style="position:absolute;margin-left:{box.left:.2f}pt;'
        f"margin-top:{box.top:.2f}pt;width:{box.width:.2f}pt;height:{box.height:.2f}pt;"
        'mso-position-horizontal-relative:page;mso-position-vertical-relative:page" filled="f" stroked="f">'
        f'<v:textbox style="layout-flow:vertical" inset="0,0,0,0"><w:txbxContent>{number}</w:txbxContent>'
        "</v:textbox></v:rect></w:pict>"
    )
