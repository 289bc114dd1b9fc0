"""The clause matrix of GB/T 9704-2012: every requirement with who writes it and the test that proves it, or why not."""

from planwriter.standard.matrix import head, imprint, page, programs, special, text
from planwriter.standard.matrix.line import Line, measure

STANDARD: tuple[Line, ...] = (*page.LINES, *head.LINES, *text.LINES, *imprint.LINES, *special.LINES)
"""What the standard asks for (and GB/T 33476.2 where it adds to it), in the order of the clauses."""

PRACTICE: tuple[Line, ...] = programs.LINES
"""What word processors need so that they obey it."""

__all__ = ["PRACTICE", "STANDARD", "Line", "measure"]
