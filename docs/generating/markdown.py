"""Tables and headings of generated pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def notice(source: str) -> str:
    """The first comment of a generated page."""
    return f"<!-- 由 docs/generate.py 从{source}生成，请勿手改。 -->"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells are escaped and stay on one line."""
    lines = [_row(head), "|" + "---|" * len(head), *(_row([cell(c) for c in row]) for row in rows)]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def cell(text: str) -> str:
    """Text that neither ends a cell nor a line."""
    return text.replace("|", "\\|").replace("\n", " ")


def code(text: str) -> str:
    """Text in the type of code."""
    return f"`{text}`" if "`" not in text else f"`` {text} ``"


def listed(lines: Iterable[str]) -> str:
    """A list; what would be taken for emphasis is shown as it is."""
    return "\n".join("* " + re.sub(r"([_*])", r"\\\1", line) for line in lines)


def page(*pieces: str) -> bytes:
    """Pieces with one empty line between them."""
    return ("\n\n".join(piece.strip("\n") for piece in pieces if piece) + "\n").encode()
