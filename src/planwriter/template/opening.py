"""The door: a template from a file, from a stranger, or from docxtpl becomes a compiled one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planwriter.diagnostic import Diagnostic, Place, TemplateError
from planwriter.template.compiled import CompiledTemplate, compile_trusted

if TYPE_CHECKING:  # docxtpl is heavy, and most templates never need it
    from docxtpl import DocxTemplate


def compile_template(source: bytes | DocxTemplate, *, name: str = "模板", untrusted: bool = False) -> CompiledTemplate:
    """Read, audit and compile a .docx template; raises :class:`TemplateError` with every mistake at once.

    ``source`` is the file's bytes, or a docxtpl ``DocxTemplate`` for whose sub-documents the result is to be
    filled: its links and sub-documents may then be made in several threads, each fill takes its own only.
    ``untrusted`` templates may use a short list of syntax and are filled in a limited child process.
    """
    try:
        return _opened(source, name, untrusted=untrusted)
    except RecursionError:
        hint = "把长的式子拆开，先在数据里算好。"
        raise TemplateError(
            Diagnostic("template-too-deep", "模板里的标签一层套一层，太深了", place=Place(name), hint=hint)
        ) from None


def _opened(source: bytes | DocxTemplate, name: str, *, untrusted: bool) -> CompiledTemplate:
    from planwriter.word.package import read_package

    if not isinstance(source, bytes):
        from planwriter.template.original import guard
        from planwriter.template.pictured import bytes_of

        guard(source)
        return compile_trusted(read_package(bytes_of(source), name=name), source)
    package = read_package(source, name=name, untrusted=untrusted)
    if not untrusted:
        return compile_trusted(package)
    from planwriter.template.confinement import ConfinedTemplate

    return ConfinedTemplate(source, package)
