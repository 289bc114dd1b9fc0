"""Turn line feeds, tabs, bells and form feeds inside texts into what Word understands."""

from __future__ import annotations

import re
from collections.abc import Callable

from planwriter.expression import expression

LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
"""What a line feed becomes inside a text."""
_BREAK = expression("[\n\t\a\f]")
_RUN = expression(r"<w:r(?: [^>]*)?>.*?</w:r>", re.S)
_TEXT = expression(r"<w:t(?: [^>]*)?>.*?</w:t>", re.S)
_RUN_LOOK = expression(r"<w:rPr>.*?</w:rPr>")
_PARAGRAPH_MARK = expression(r"<w:p(?: [^<>]*[^<>/])?>|</w:p>")
_PARAGRAPH_LOOK = expression(r"<w:pPr>.*?</w:pPr>")


def with_breaks(xml: str) -> str:
    """The same XML with \\n as a line break, \\t as a tab, \\a as a new paragraph, \\f as a new page.

    New runs and paragraphs keep the look of those they leave. Only paragraphs that hold such a
    character are touched.
    """
    for sign in "\n\t\a\f":
        if sign in xml:
            xml = rewrite_paragraphs(xml, sign, _in_paragraph)
    return xml


def rewrite_paragraphs(xml: str, sign: str, rewrite: Callable[[str], str]) -> str:
    """Apply ``rewrite`` to every innermost paragraph in which ``sign`` occurs."""
    pieces: list[str] = []
    done = 0
    while (at := xml.find(sign, done)) >= 0:
        start, end = _around(xml, done, at)
        pieces += (xml[done:start], rewrite(xml[start:end]))
        done = end
    return "".join((*pieces, xml[done:]))


def _around(xml: str, done: int, at: int) -> tuple[int, int]:
    """Where the paragraph around ``at`` begins and ends; one character when it is in none."""
    start = max(xml.rfind("<w:p>", done, at), xml.rfind("<w:p ", done, at))
    if start >= 0 and xml.find("</w:p>", start, at) >= 0:
        start = _outer_start(xml, done, at)
    end = xml.find("</w:p>", at)
    if start < 0 or end < 0:
        return at, at + 1
    return start, end + len("</w:p>")


def _outer_start(xml: str, done: int, at: int) -> int:
    """The start of a paragraph that holds text boxes with paragraphs of their own before ``at``."""
    starts: list[int] = []
    for mark in _PARAGRAPH_MARK.finditer(xml, done, at):
        if mark[0] != "</w:p>":
            starts.append(mark.start())
        elif starts:
            starts.pop()
    return starts[-1] if starts else -1


def _in_paragraph(paragraph: str) -> str:
    look = _PARAGRAPH_LOOK.search(paragraph)
    return _RUN.sub(lambda run: _in_run(run[0], look[0] if look else ""), paragraph)


def _in_run(run: str, paragraph_look: str) -> str:
    if _BREAK.search(run) is None:
        return run
    found = _RUN_LOOK.search(run)
    look = found[0] if found else ""
    return _TEXT.sub(lambda text: _in_text(text[0], look, paragraph_look), run)


def _in_text(text: str, look: str, paragraph_look: str) -> str:
    again = f'<w:r>{look}<w:t xml:space="preserve">'
    anew = f"<w:p>{paragraph_look}{again}"
    return (
        text.replace("\t", f"</w:t></w:r><w:r>{look}<w:tab/></w:r>{again}")
        .replace("\a", f"</w:t></w:r></w:p>{anew}")
        .replace("\n", LINE_BREAK)
        .replace("\f", f'</w:t></w:r></w:p><w:p><w:r><w:br w:type="page"/></w:r></w:p>{anew}')
    )
