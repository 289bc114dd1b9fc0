"""Writes what `planwriter show` says of every example: python examples/golden.py"""

from __future__ import annotations

from pathlib import Path

import planwriter

HERE = Path(__file__).parent
FORMS = sorted(HERE.glob("*.yaml"))


def golden(form: Path) -> str:
    """What the document of a form says, paragraph by paragraph."""
    return planwriter.show(planwriter.write(form), name=f"{form.stem}.docx").to_text()


def golden_path(form: Path) -> Path:
    """Where the golden text of a form is kept."""
    return HERE / "golden" / f"{form.stem}.txt"


if __name__ == "__main__":
    for form in FORMS:
        golden_path(form).write_text(golden(form), encoding="utf-8", newline="\n")
