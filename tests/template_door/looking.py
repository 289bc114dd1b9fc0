"""What a filled document says, read back without the library under test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree

from planwriter.diagnostic import Diagnostic, TemplateError
from planwriter.template.compiled import CompiledTemplate
from planwriter.template.opening import compile_template
from tests.word_package.building import W

NS = {"w": W}


def parts(document: bytes) -> dict[str, bytes]:
    """The parts of a package, by Python's own zip reader."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.testzip() is None
        return {n: archive.read(n) for n in archive.namelist()}


def tree(document: bytes, part: str = "word/document.xml") -> Any:
    """A part as a tree."""
    return etree.fromstring(parts(document)[part])


def paragraphs(document: bytes, part: str = "word/document.xml") -> list[str]:
    """The text of each paragraph; a line break is \\n, a tab \\t."""
    signs = {f"{{{W}}}br": "\n", f"{{{W}}}tab": "\t"}
    return [
        "".join(signs.get(e.tag) or e.text or "" for e in paragraph.iter(f"{{{W}}}t", *signs))
        for paragraph in tree(document, part).iter(f"{{{W}}}p")
    ]


def canonical(content: bytes) -> bytes:
    """One spelling of a part for comparison."""
    return etree.tostring(etree.fromstring(content), method="c14n", exclusive=True)


def mistakes(source: bytes, *, untrusted: bool = False) -> list[Diagnostic]:
    """What is wrong with a template; nothing when it compiles."""
    try:
        compile_template(source, name="模板.docx", untrusted=untrusted)
    except TemplateError as fault:
        return list(fault.diagnostics)
    return []


def refusals(template: CompiledTemplate, context: Mapping[str, object]) -> list[Diagnostic]:
    """What is wrong with a context; nothing when it fills."""
    try:
        template.fill(context)
    except TemplateError as fault:
        return list(fault.diagnostics)
    return []


def filled(body: str, context: Mapping[str, object], **options: object) -> bytes:
    """A template of this body filled once."""
    from tests.word_package.building import docx

    return compile_template(docx(body, **options)).fill(context)
