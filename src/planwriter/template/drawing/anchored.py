"""Shapes at fixed places of the page: boxes of text and filled rules, for new programs and (as VML) for old ones."""

from __future__ import annotations

from typing import NamedTuple

from planwriter.standard import Pt
from planwriter.standard import numbers as n
from planwriter.template.drawing.namespaces import BOX

_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
# Far from the small numbers other drawings of a document carry; what stands lower has a higher number.
_DRAWING_ID = 9720


class Spot(NamedTuple):
    """A rectangle of the page, in points from its top left corner."""

    left: Pt
    top: Pt
    width: Pt
    height: Pt


def red_bar(name: str, spot: Spot) -> str:
    """A run anchoring a bar filled with red: a rule of exact weight."""
    fill = f'<a:solidFill><a:srgbClr val="{n.RED.value}"/></a:solidFill>'
    shape = f"<wps:cNvSpPr/>{_outline(spot, fill)}<wps:bodyPr/>"
    drawn = _anchor(name, spot, "<wp:wrapNone/>", shape)
    old = f'<v:rect style="{_style(spot)}" fillcolor="#{n.RED.value}" stroked="f"/>'
    return _either(drawn, old)


def page_box(name: str, spot: Spot, content: str) -> str:
    """A run anchoring a box of paragraphs; the text of the page goes on below it."""
    shape = (
        f'<wps:cNvSpPr txBox="1"/>{_outline(spot, "<a:noFill/>")}<wps:txbx><w:txbxContent>{content}</w:txbxContent>'
        '</wps:txbx><wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr>'
    )
    drawn = _anchor(name, spot, "<wp:wrapTopAndBottom/>", shape)
    old = (
        f'<v:rect style="{_style(spot)}" filled="f" stroked="f"><v:textbox inset="0,0,0,0"><w:txbxContent>'
        f'{content}</w:txbxContent></v:textbox><w10:wrap xmlns:w10="urn:schemas-microsoft-com:office:word"'
        ' type="topAndBottom"/></v:rect>'
    )
    return _either(drawn, old)


def _outline(spot: Spot, fill: str) -> str:
    return (
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {_extent(spot)}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom>{fill}<a:ln><a:noFill/></a:ln></wps:spPr>"
    )


def _anchor(name: str, spot: Spot, wrap: str, shape: str) -> str:
    return (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="3"'
        ' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{spot.left.emu}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{spot.top.emu}</wp:posOffset></wp:positionV>'
        f'<wp:extent {_extent(spot)}/><wp:effectExtent l="0" t="0" r="0" b="0"/>{wrap}'
        f'<wp:docPr id="{_DRAWING_ID + round(spot.top * 10)}" name="{name}"/><wp:cNvGraphicFramePr/><a:graphic>'
        f'<a:graphicData uri="{_SHAPE}"><wps:wsp>{shape}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>'
    )


def _extent(spot: Spot) -> str:
    return f'cx="{spot.width.emu}" cy="{spot.height.emu}"'


def _style(spot: Spot) -> str:
    return (
        f"position:absolute;margin-left:{spot.left:.2f}pt;margin-top:{spot.top:.2f}pt;width:{spot.width:.2f}pt;"
        f"height:{spot.height:.2f}pt;mso-position-horizontal-relative:page;mso-position-vertical-relative:page"
    )


def _either(drawn: str, old: str) -> str:
    return (
        f'<w:r><mc:AlternateContent {BOX}><mc:Choice Requires="wps">{drawn}</mc:Choice>'
        f"<mc:Fallback><w:pict>{old}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
