"""``word/styles.xml``: one named style per role, nothing inherited from a program's own defaults."""

from __future__ import annotations

from collections.abc import Iterator

from planwriter.standard import ROLES, Profile, Role, RoleKind, Tab, role
from planwriter.standard import numbers as n
from planwriter.standard.faces import Face
from planwriter.template.drawing.namespaces import DECLARATION, W

# The grid is declared in the section but layout never depends on it: exact line spacing gives the
# rows, condensed characters give the line, and every style leaves the grid alone.
_PARAGRAPH_SWITCHES = (
    '<w:kinsoku w:val="1"/><w:overflowPunct w:val="1"/><w:autoSpaceDE w:val="0"/>'
    '<w:autoSpaceDN w:val="0"/><w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>'
)


def styles(profile: Profile) -> str:
    """The whole part."""
    drawn = "".join(_style(profile.role(role.id), profile) for role in ROLES)
    return f"{DECLARATION}<w:styles {W}>{_defaults(profile)}{_HIDDEN}{_normal(profile)}{_UNSTYLED}{drawn}</w:styles>"


_HIDDEN = (
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1"'
    ' w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
)
_UNSTYLED = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)


def _defaults(profile: Profile) -> str:
    paragraph, characters = _plain_look(profile)
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{characters}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{paragraph}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _normal(profile: Profile) -> str:
    """Said again in the default style: LibreOffice takes the width of a grid cell from its type size."""
    paragraph, characters = _plain_look(profile)
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{characters}</w:rPr></w:style>"
    )


def _plain_look(profile: Profile) -> tuple[str, str]:
    """Paragraph and run properties of text that plays no role."""
    plain = role("tag")
    return "".join(_paragraph_properties(plain, profile)), _type(plain, profile)


def _style(role: Role, profile: Profile) -> str:
    look = {
        RoleKind.PARAGRAPH: _paragraph_look,
        RoleKind.CHARACTER: _character_look,
        RoleKind.TABLE: _table_look,
    }[role.kind]
    return (
        f'<w:style w:type="{role.kind}" w:customStyle="1" w:styleId="{role.style_id}">'
        f'<w:name w:val="{role.name}"/><w:uiPriority w:val="1"/><w:qFormat/>{look(role, profile)}</w:style>'
    )


def _paragraph_look(role: Role, profile: Profile) -> str:
    properties = "".join(_paragraph_properties(role, profile))
    return f"<w:pPr>{properties}</w:pPr><w:rPr>{_type(role, profile)}</w:rPr>"


def _paragraph_properties(role: Role, profile: Profile) -> Iterator[str]:
    if role.keep_next and (profile.keep_headings or role.outline is None):
        yield "<w:keepNext/>"
    if role.new_page:
        yield "<w:pageBreakBefore/>"
    yield '<w:widowControl w:val="0"/>'
    if role.id == "red_rule":
        yield _bottom_rule()
    if role.tabs:
        yield f"<w:tabs>{''.join(_tab(tab, role, profile) for tab in role.tabs)}</w:tabs>"
    yield _PARAGRAPH_SWITCHES
    yield f'<w:spacing w:before="0" w:after="0" w:line="{_line(role, profile)}" w:lineRule="exact"/>'
    yield _indents(role)
    yield f'<w:jc w:val="{role.align}"/>'
    if role.outline is not None:
        yield f'<w:outlineLvl w:val="{role.outline}"/>'


def _line(role: Role, profile: Profile) -> int:
    if role.id == "red_rule":
        return profile.layout.red_rule_line.twips
    return (role.line or profile.layout.pitch).twips


def _bottom_rule() -> str:
    weight, colour = n.RED_RULE_WEIGHT.value.eighths, n.RED.value
    return f'<w:pBdr><w:bottom w:val="single" w:sz="{weight}" w:space="0" w:color="{colour}"/></w:pBdr>'


def _tab(tab: Tab, role: Role, profile: Profile) -> str:
    at = profile.layout.width.twips - tab.from_right.at(role.size).twips
    return f'<w:tab w:val="{tab.align}" w:pos="{at}"/>'


def _indents(role: Role) -> str:
    """Both spellings: Word prefers the characters, LibreOffice reads only the lengths."""
    found = {"left": role.left, "right": role.right, "hanging": role.hanging, "firstLine": role.first_line}
    written = "".join(
        f' w:{side}Chars="{chars.hundredths}" w:{side}="{chars.at(role.size).twips}"'
        for side, chars in found.items()
        if chars
    )
    return f"<w:ind{written}/>" if written else ""


def _character_look(role: Role, profile: Profile) -> str:
    return f"<w:rPr>{_type(role, profile)}</w:rPr>"


def _type(role: Role, profile: Profile) -> str:
    """All run properties of a role, spelt out so that no style rests on another."""
    size = role.size.half_points
    colour = f'<w:color w:val="{n.RED.value}"/>' if role.red else ""
    condensed = n.CONDENSING.value.twips if role.condensed else 0
    bold = "<w:b/><w:bCs/>" if role.bold else ""
    return (
        f'{_fonts(role.face, profile)}{bold}<w:snapToGrid w:val="0"/>{colour}<w:spacing w:val="{condensed}"/>'
        f'<w:kern w:val="0"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
    )


def _fonts(face: Face, profile: Profile) -> str:
    chinese, latin = profile.font(face).name, profile.latin_font(face).name
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{chinese}" w:cs="{latin}"/>'


def _table_look(role: Role, profile: Profile) -> str:
    rule = f'w:val="single" w:sz="{n.TABLE_RULE.value.eighths}" w:space="0" w:color="auto"'
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f"<w:{side} {rule}/>" for side in sides)
    margins = "".join(f'<w:{side} w:w="{w}" w:type="dxa"/>' for side, w in _cell_margins(role).items())
    return f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"


def _cell_margins(role: Role) -> dict[str, int]:
    """The bottom margin makes up for the baseline standing low in an exact line, so that text is centred."""
    head, side = n.TABLE_HEAD_MARGIN.value, n.TABLE_SIDE_MARGIN.value.twips
    foot = head.twips + role.sunk.twips
    return {"top": head.twips, "left": side, "bottom": foot, "right": side}
