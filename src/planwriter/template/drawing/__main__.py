"""Write the shipped templates: ``python -m planwriter.template.drawing templates/``."""

from __future__ import annotations

import sys
from pathlib import Path

from planwriter.standard import profile
from planwriter.template.drawing import BUILTIN_NAMES, draw


def main(folder: str) -> None:
    """Draw every built-in template of the default profile into ``folder``."""
    for name in BUILTIN_NAMES:
        Path(folder, f"{name}.docx").write_bytes(draw(name, profile()))


if __name__ == "__main__":
    main(*sys.argv[1:])
