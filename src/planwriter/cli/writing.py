"""What writing a document comes to, whichever way the command was read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planwriter.cli.outcome import Outcome


def write_document(form: Path | bytes, output: Path, **choices: Any) -> Outcome:
    """A document from a form in a file; ``choices`` are those of ``actions.write_file``."""
    from planwriter.actions import write_file

    written = write_file(form, output, **choices)
    facts = {"output": str(output), "placeholders": list(written.placeholders)}
    if written.pages:
        facts["pages"] = [str(path) for path in written.pages]
    said = [f"已写成 {path}" for path in (output, *written.pages)]
    return Outcome(0, tuple(written.diagnostics), said=(*said, *left_to_fill(written.placeholders)), facts=facts)


def left_to_fill(placeholders: Sequence[str]) -> tuple[str, ...]:
    """The lines that list what a document leaves open."""
    if not placeholders:
        return ()
    return (f"文档里还有 {len(placeholders)} 处待填：", *(f"  {words}" for words in placeholders))
