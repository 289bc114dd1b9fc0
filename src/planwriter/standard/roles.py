"""The roles a paragraph can play, each a named style with the look its clause asks for."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from planwriter.standard import formats
from planwriter.standard import numbers as n
from planwriter.standard.faces import Face
from planwriter.standard.rules import Strength
from planwriter.standard.sizes import size
from planwriter.standard.units import Chars, Pt

_NONE = Chars(0)


class RoleKind(StrEnum):
    """What a style is applied to."""

    PARAGRAPH = "paragraph"
    CHARACTER = "character"
    TABLE = "table"


class Align(StrEnum):
    """Alignment, in the words of ``w:jc``."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "center"
    BOTH = "both"


class Tab(NamedTuple):
    """A tab stop ``from_right`` characters before the right edge of the type area."""

    align: Align
    from_right: Chars


class Role(NamedTuple):
    """A role with its style and its look; indents are in characters of the role's own size.

    ``line`` is the exact line spacing, ``None`` for the pitch of the page. ``condensed`` says whether
    the characters are set 28 to the line. ``outline`` counts from 0 as in ``w:outlineLvl``.
    """

    id: str
    name: str
    style_id: str
    clause: str
    strength: Strength
    kind: RoleKind = RoleKind.PARAGRAPH
    face: Face = Face.FANGSONG
    size: Pt = n.BODY_SIZE.value
    align: Align = Align.BOTH
    first_line: Chars = _NONE
    left: Chars = _NONE
    right: Chars = _NONE
    hanging: Chars = _NONE
    line: Pt | None = None
    outline: int | None = None
    new_page: bool = False
    keep_next: bool = False
    condensed: bool = False
    red: bool = False
    bold: bool = False
    tabs: tuple[Tab, ...] = ()

    @property
    def sunk(self) -> Pt:
        """How much more room an exact line leaves above its characters than below them."""
        if self.line is None:
            return Pt(0)
        above = n.BASELINE_SHARE.value * self.line - n.EM_ASCENT.value * self.size
        return Pt(2 * above - (self.line - self.size))


_MUST, _NORMALLY, _PRACTICE = Strength.MUST, Strength.NORMALLY, Strength.PRACTICE
_TWO = n.FIRST_LINE.value
_TITLE_LINE = Pt(36)
_MARK_LINE = Pt(n.MARK_LINE.value * size("初号"))
_IMPRINT_SIZE, _IMPRINT_LINE = size("四号"), Pt(22)
_TABLE_SIZE, _TABLE_LINE = size("小四"), Pt(20)
_LEVEL_FACES = (Face.HEITI, Face.KAITI, Face.FANGSONG, Face.FANGSONG)
_LEVEL_NAMES = "一二三四"


def _levels() -> Iterator[Role]:
    for level, (word, face) in enumerate(zip(_LEVEL_NAMES, _LEVEL_FACES, strict=True), 1):
        at = ("7.3.3", _NORMALLY)
        yield Role(
            f"heading_{level}",
            f"{word}级标题",
            f"PWHeading{level}",
            *at,
            face=face,
            first_line=_TWO,
            outline=level,
            keep_next=True,
            condensed=True,
        )
        for kind, name, style_id in (("run_in", "接排", "PWRunIn"), ("item", "条目", "PWItem")):
            yield Role(
                f"{kind}_{level}",
                f"{word}级{name}",
                f"{style_id}{level}",
                *at,
                first_line=_TWO,
                condensed=True,
            )
        yield Role(
            f"lead_{level}",
            f"{word}级引题",
            f"PWLead{level}",
            *at,
            kind=RoleKind.CHARACTER,
            face=face,
            condensed=True,
        )


def _head() -> Iterator[Role]:
    yield Role("copy_number", "份号", "PWCopyNumber", "7.2.1", _NORMALLY, align=Align.LEFT)
    yield Role("security", "密级", "PWSecurity", "7.2.2", _NORMALLY, face=Face.HEITI, align=Align.LEFT)
    yield Role("urgency", "紧急程度", "PWUrgency", "7.2.3", _NORMALLY, face=Face.HEITI, align=Align.LEFT)
    yield Role(
        "authority_mark",
        "发文机关标志",
        "PWMark",
        "7.2.4",
        Strength.RECOMMENDED,
        face=Face.XIAOBIAOSONG,
        size=size("初号"),
        align=Align.CENTRE,
        line=_MARK_LINE,
        red=True,
    )
    yield Role("document_number", "发文字号", "PWDocNumber", "7.2.5", _MUST, align=Align.CENTRE)
    inset = n.SIGNATORY_INSET.value
    yield Role(
        "document_number_upward",
        "上行发文字号",
        "PWDocNumberUp",
        "7.2.6",
        _MUST,
        align=Align.LEFT,
        left=n.DOCUMENT_NUMBER_INSET.value,
        tabs=(Tab(Align.RIGHT, inset),),
    )
    yield Role(
        "signatory_row",
        "多人签发行",
        "PWSignatoryRow",
        "7.2.6",
        _MUST,
        align=Align.LEFT,
        left=n.DOCUMENT_NUMBER_INSET.value,
    )
    yield Role(
        "signatory_name",
        "签发人姓名",
        "PWSignatory",
        "7.2.6",
        _MUST,
        kind=RoleKind.CHARACTER,
        face=Face.KAITI,
    )
    yield Role("red_rule", "红色分隔线", "PWRedRule", "7.2.7", _MUST, align=Align.LEFT)


def _formats() -> Iterator[Role]:
    yield Role(
        "letter_row",
        "信函发文字号",
        "PWLetterRow",
        "10.1",
        _MUST,
        align=Align.LEFT,
        tabs=(Tab(Align.RIGHT, _NONE),),
    )
    yield Role(
        "letter_marking",
        "信函标注",
        "PWLetterMarking",
        "10.1",
        _NORMALLY,
        kind=RoleKind.CHARACTER,
        face=Face.HEITI,
    )
    label = formats.ATTENDANCE_LABEL.value
    yield Role(
        "attendance",
        "出席人员",
        "PWAttendance",
        "10.3",
        _MUST,
        left=Chars(formats.ATTENDANCE_INSET.value + label),
        hanging=label,
    )
    yield Role(
        "attendance_label",
        "出席标签",
        "PWAttendanceLabel",
        "10.3",
        _MUST,
        kind=RoleKind.CHARACTER,
        face=Face.HEITI,
    )


def _text() -> Iterator[Role]:
    for id_, name, style_id, new_page in (
        ("title", "公文标题", "PWTitle", False),
        ("title_new_page", "另页标题", "PWTitleNewPage", True),
    ):
        yield Role(
            id_,
            name,
            style_id,
            "7.3.1",
            _NORMALLY,
            face=Face.XIAOBIAOSONG,
            size=size("二号"),
            align=Align.CENTRE,
            line=_TITLE_LINE,
            outline=0,
            new_page=new_page,
        )
    yield Role("subtitle", "公文题注", "PWSubtitle", "7.3.1", _PRACTICE, face=Face.KAITI, align=Align.CENTRE)
    yield Role("blank", "空行", "PWBlank", "3.2", _MUST)
    yield Role("tag", "模板指令", "PWTag", "3.2", _PRACTICE, condensed=True)
    yield Role("addressees", "主送机关", "PWAddressees", "7.3.2", _MUST, condensed=True)
    yield Role("body", "正文段落", "PWBody", "7.3.3", _MUST, first_line=_TWO, condensed=True)
    yield from _levels()
    yield Role("attachment_note", "附件说明", "PWAttachmentNote", "7.3.4", _MUST, align=Align.LEFT)
    yield Role("signature", "署名", "PWSignature", "7.3.5", _MUST, align=Align.RIGHT, keep_next=True)
    yield Role("issue_date", "成文日期", "PWIssueDate", "7.3.5", _MUST, align=Align.RIGHT)
    yield Role("remark", "附注", "PWRemark", "7.3.6", _MUST, first_line=n.REMARK_INSET.value, condensed=True)
    yield Role(
        "attachment_label",
        "附件标签",
        "PWAttachmentLabel",
        "7.3.7",
        _MUST,
        face=Face.HEITI,
        align=Align.LEFT,
        new_page=True,
    )


def _tables() -> Iterator[Role]:
    in_table = partial(Role, size=_TABLE_SIZE, line=_TABLE_LINE)
    for id_, name, style_id, face, align in (
        ("table_head", "表头", "PWTableHead", Face.HEITI, Align.CENTRE),
        ("table_text", "表文", "PWTableText", Face.FANGSONG, Align.LEFT),
        ("table_text_centred", "表文居中", "PWTableTextCentred", Face.FANGSONG, Align.CENTRE),
    ):
        yield in_table(id_, name, style_id, "8", _PRACTICE, face=face, align=align)
    yield Role("table_gap", "表格间隔", "PWTableGap", "8", _PRACTICE, size=size("八号"), line=Pt(6))
    yield in_table("table", "计划表格", "PWTable", "8", _PRACTICE, kind=RoleKind.TABLE)


def _foot() -> Iterator[Role]:
    one = n.IMPRINT_INSET.value
    in_imprint = partial(Role, size=_IMPRINT_SIZE, line=_IMPRINT_LINE, align=Align.LEFT)
    yield in_imprint(
        "imprint_copy_to",
        "抄送机关",
        "PWCopyTo",
        "7.4.2",
        _MUST,
        left=Chars(one + 3),
        hanging=Chars(3),
        right=one,
    )
    yield in_imprint(
        "imprint_printing",
        "印发信息",
        "PWPrinting",
        "7.4.3",
        _MUST,
        left=one,
        right=one,
        tabs=(Tab(Align.RIGHT, one),),
    )
    yield Role("imprint_carrier", "版记", "PWImprint", "7.4.1", _PRACTICE, size=size("八号"), line=Pt(0.7))
    inset = n.PAGE_NUMBER_INSET.value
    number = partial(Role, face=Face.SONGTI, size=size("四号"), line=Pt(20))
    yield number("page_number_odd", "单页页码", "PWPageOdd", "7.5", _MUST, align=Align.RIGHT, right=inset)
    yield number("page_number_even", "双页页码", "PWPageEven", "7.5", _MUST, align=Align.LEFT, left=inset)


ROLES: tuple[Role, ...] = (*_head(), *_formats(), *_text(), *_tables(), *_foot())


@functools.cache
def role(id_: str) -> Role:
    """The role with this id, such as ``heading_1``; ``KeyError`` for an unknown one."""
    return _BY_ID[id_]


_BY_ID = {one.id: one for one in ROLES}
