"""The built-in templates, drawn from the standard's data: whole Word packages, from nothing.

``python -m planwriter.template.drawing templates/`` writes the shipped files. No default template of
another program, no theme, no theme fonts; the same profile always gives the same bytes.
"""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from typing import Literal

from planwriter.standard import Profile

BuiltinName = Literal["plan", "notice", "letter", "order", "minutes"]
BUILTIN_NAMES: tuple[BuiltinName, ...] = ("plan", "notice", "letter", "order", "minutes")
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def draw(name: BuiltinName, profile: Profile) -> bytes:
    """The template called ``name`` as the bytes of a .docx, in the look of ``profile``."""
    return _packed(package_parts(name, profile))


def package_parts(name: BuiltinName, profile: Profile) -> dict[str, str]:
    """Every part of the package by its path, in the order they are stored."""
    from planwriter.template.drawing import parts
    from planwriter.template.drawing.styles import styles

    drawn = import_module(f"planwriter.template.drawing.{name}")
    first = drawn.first_footer() if hasattr(drawn, "first_footer") else None
    own_first = {"word/footer3.xml": parts.first_footer(first)} if first else {}
    return {
        "[Content_Types].xml": parts.content_types(first_footer=bool(first)),
        "_rels/.rels": parts.package_relations(),
        "word/document.xml": parts.document(drawn.body(), profile.layout, first_footer=bool(first)),
        "word/_rels/document.xml.rels": parts.document_relations(first_footer=bool(first)),
        "word/styles.xml": styles(profile),
        "word/settings.xml": parts.settings(),
        "word/fontTable.xml": parts.font_table(profile),
        "word/footer1.xml": parts.footer("page_number_odd"),
        "word/footer2.xml": parts.footer("page_number_even"),
        **own_first,
        "docProps/core.xml": parts.core_properties(),
        "docProps/app.xml": parts.app_properties(),
    }


def _packed(texts: dict[str, str]) -> bytes:
    import zipfile

    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for path, text in texts.items():
            entry = zipfile.ZipInfo(path, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, text.encode())
    return buffer.getvalue()
