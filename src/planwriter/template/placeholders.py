"""Highlight what is still to be filled in: 【待填：…】 gets a yellow ground of its own."""

from __future__ import annotations

import re

from planwriter.expression import expression
from planwriter.template.breaks import rewrite_paragraphs
from planwriter.template.signs import GAP as SIGN

_PLACEHOLDER = expression(r"(【待填[^】<]{0,200}】)")
_RUN = expression(r"(<w:r(?: [^>]*)?>)(<w:rPr>.*?</w:rPr>|<w:rPr/>)?((?:(?!</?w:r[ >]).)*)</w:r>", re.S)
_TEXT = expression(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_AFTER_HIGHLIGHT = expression(
    r"<w:(?:u|effect|bdr|shd|fitText|vertAlign|rtl|cs|em|lang|eastAsianLayout|specVanish|oMath|rPrChange)[ />]|<w1\d:"
)
_OLD_HIGHLIGHT = expression(r"<w:highlight [^>]*/>")
_YELLOW = '<w:highlight w:val="yellow"/>'


def highlighted(xml: str) -> str:
    """The same XML with each placeholder in a run of its own that is highlighted yellow."""
    return rewrite_paragraphs(xml, SIGN, lambda paragraph: _RUN.sub(_in_run, paragraph))


def _in_run(match: re.Match[str]) -> str:
    opening, look, content = match[1], match[2] or "", match[3]
    if SIGN not in content:
        return match[0]
    marked = opening + _yellow(look)
    text_runs = _TEXT.sub(lambda text: _split(text, opening + look, marked), content)
    whole = f"{opening}{look}{text_runs}</w:r>"
    return whole.replace(f"{opening}{look}</w:r>", "")


def _split(text: re.Match[str], plain: str, marked: str) -> str:
    if SIGN not in text[1]:
        return text[0]
    pieces = _PLACEHOLDER.split(text[1])
    return "".join(
        f'</w:r>{marked}<w:t xml:space="preserve">{piece}</w:t></w:r>{plain}'
        if number % 2
        else (f'<w:t xml:space="preserve">{piece}</w:t>' if piece else "")
        for number, piece in enumerate(pieces)
    )


def _yellow(look: str) -> str:
    """Run properties with the highlight at its place in the schema's order."""
    inner = _OLD_HIGHLIGHT.sub("", look.removeprefix("<w:rPr>").removesuffix("</w:rPr>")) if len(look) > 8 else ""
    after = _AFTER_HIGHLIGHT.search(inner)
    at = after.start() if after else len(inner)
    return f"<w:rPr>{inner[:at]}{_YELLOW}{inner[at:]}</w:rPr>"
