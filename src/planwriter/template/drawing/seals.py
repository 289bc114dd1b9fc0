"""Seals: pictures behind the text, pressed on signature and date, and the row of a signature seal (7.3.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from planwriter.standard import Layout, Pt, cells, text_width
from planwriter.standard import formats as f
from planwriter.standard import numbers as n
from planwriter.template.drawing.namespaces import BOX, OFFICE
from planwriter.template.drawing.paragraphs import KEEP, blanks, paragraph, run

_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_DRAWING_ID = 9740
_COLUMNS = 3


class Stamp(NamedTuple):
    """A picture of a seal: its relation in the document, and its size on paper."""

    relation: str
    width: Pt
    height: Pt

    def within(self, width: Pt, height: Pt) -> Stamp:
        """The same picture, made smaller if need be, never distorted."""
        share = min(1.0, width / self.width, height / self.height)
        return self._replace(width=Pt(self.width * share), height=Pt(self.height * share))


def pressed(stamp: Stamp, centre: Pt, top: Pt) -> str:
    """A run anchoring a seal behind the text: ``centre`` from the left margin, ``top`` from its paragraph."""
    place = (
        '<wp:positionH relativeFrom="margin"><wp:posOffset>'
        f"{Pt(centre - stamp.width / 2).emu}</wp:posOffset></wp:positionH>"
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{top.emu}</wp:posOffset></wp:positionV>'
    )
    return (
        f'<w:r><w:drawing><wp:anchor {BOX} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"'
        ' behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'{place}{_extent(stamp)}<wp:wrapNone/><wp:docPr id="{_DRAWING_ID}" name="印章"/><wp:cNvGraphicFramePr/>'
        f"{_graphic(stamp)}</wp:anchor></w:drawing></w:r>"
    )


def _inline(stamp: Stamp) -> str:
    return (
        f'<w:r><w:drawing><wp:inline {BOX} distT="0" distB="0" distL="0" distR="0">{_extent(stamp)}'
        f'<wp:docPr id="{_DRAWING_ID}" name="签名章"/><wp:cNvGraphicFramePr/>{_graphic(stamp)}'
        "</wp:inline></w:drawing></w:r>"
    )


def _extent(stamp: Stamp) -> str:
    size = f'cx="{stamp.width.emu}" cy="{stamp.height.emu}"'
    return f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/>'


def _graphic(stamp: Stamp) -> str:
    size = f'cx="{stamp.width.emu}" cy="{stamp.height.emu}"'
    return (
        f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr>'
        '<pic:cNvPr id="0" name="印章"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip xmlns:r="{OFFICE}/relationships" r:embed="{stamp.relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    )


def seal_top(stamp: Stamp, layout: Layout, *, first: bool, last: bool) -> Pt:
    """From the top of the name's row up to the top of its seal.

    The seal is centred on the name, in the last row on name and date; in the first row its top
    stays within one row of the text above (7.3.5.1).
    """
    size = n.BODY_SIZE.value
    middle = n.BASELINE_SHARE.value * layout.pitch - (n.EM_ASCENT.value - 1 / 2) * size
    top = middle + (layout.pitch / 2 if last else 0) - stamp.height / 2
    if first:
        below = (1 - n.BASELINE_SHARE.value) * layout.pitch - (1 - n.EM_ASCENT.value) * size
        one_row = (1 + n.LEADING.value) * size
        top = min(top, one_row - below - n.SEAL_BLANK_ROWS.value * layout.pitch)
    return Pt(top)


def signature_seal_rows(
    posts: Sequence[str], names: Sequence[str], stamps: Sequence[Stamp], date: str, layout: Layout
) -> str:
    """Room for signature seals four characters from the right, the post two characters left of each (7.3.5.3).

    ``names`` stand where no picture does; one organ a row, the date one blank row below. The date is a row of
    the same table, so that no program puts it on a page of its own (7.3.5.5).
    """
    rows = max(len(posts), len(names), len(stamps), 1)
    widths = _widths(names[len(stamps) :], layout)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    drawn = "".join(_seal_row(at, posts, names, stamps, widths, layout) for at in range(rows))
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{layout.width.twips}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{drawn}{_date_row(date, layout)}</w:tbl>"
    )
    return blanks(f.SIGNATURE_SEAL_BLANK_ROWS.value, KEEP) + table


def _date_row(date: str, layout: Layout) -> str:
    inset = f.SIGNATURE_SEAL_INSET.value
    look = f'<w:ind w:rightChars="{inset.hundredths}" w:right="{inset.at(n.BODY_SIZE.value).twips}"/>'
    rows = blanks(f.SIGNATURE_SEAL_DATE_BLANK_ROWS.value, KEEP) + paragraph("issue_date", run(date), look=look)
    cell = f'<w:tcPr><w:tcW w:w="{layout.width.twips}" w:type="dxa"/><w:gridSpan w:val="{_COLUMNS}"/></w:tcPr>'
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>{cell}{rows}</w:tc></w:tr>"


def _widths(names: Sequence[str], layout: Layout) -> tuple[int, int, int]:
    """Post, seal (or a name longer than one), and the four characters at the right."""
    longest = text_width(max(names, key=cells, default=""), n.BODY_SIZE.value)
    seal = max(f.SIGNATURE_SEAL_WIDTH.value.twips, longest.twips)
    inset = f.SIGNATURE_SEAL_INSET.value.at(n.BODY_SIZE.value).twips
    return layout.width.twips - seal - inset, seal, inset


def _seal_row(
    at: int, posts: Sequence[str], names: Sequence[str], stamps: Sequence[Stamp], widths: tuple[int, int, int],
    layout: Layout,
) -> str:  # fmt: skip
    gap = f.SIGNATURE_SEAL_POST_GAP.value
    inset = f'<w:ind w:rightChars="{gap.hundredths}" w:right="{gap.at(n.BODY_SIZE.value).twips}"/>'
    post = paragraph("signature", run(_at(posts, at)), look=inset)
    filled = (post, _seal_cell(at, names, stamps), paragraph("signature"))
    drawn = "".join(_cell(width, cell, layout) for width, cell in zip(widths, filled, strict=True))
    height = Pt(f.SIGNATURE_SEAL_ROWS.value * layout.pitch).twips
    look = f'<w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr>{look}</w:trPr>{drawn}</w:tr>"


def _seal_cell(at: int, names: Sequence[str], stamps: Sequence[Stamp]) -> str:
    if at < len(stamps):
        room = f.SIGNATURE_SEAL_WIDTH.value.pt, f.SIGNATURE_SEAL_HEIGHT.value.pt
        free_line = '<w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="right"/>'
        return paragraph("signature", _inline(stamps[at].within(*room)), look=free_line)
    name = _at(names, at)
    return paragraph("signature", run(name, style="signatory_name") if name else "", look='<w:jc w:val="center"/>')


def _at(texts: Sequence[str], at: int) -> str:
    return texts[at] if at < len(texts) else ""


def _cell(width: int, content: str, layout: Layout) -> str:
    """The bottom margin makes up for characters standing low in an exact line."""
    size = n.BODY_SIZE.value
    above = n.BASELINE_SHARE.value * layout.pitch - n.EM_ASCENT.value * size
    sunk = Pt(2 * above - (layout.pitch - size))
    margins = f'<w:tcMar><w:bottom w:w="{sunk.twips}" w:type="dxa"/></w:tcMar>'
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>{margins}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{content}</w:tc>"
