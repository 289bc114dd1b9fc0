"""Programs that turn a Word document into a PDF: what they have in common."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from planwriter.diagnostic import Diagnostic, FileError


@runtime_checkable
class Converter(Protocol):
    """A layout engine. ``name`` is shown to people, such as ``LibreOffice``."""

    @property
    def name(self) -> str:
        """What people call the program."""
        ...

    def available(self) -> bool:
        """Whether the program is there; quick, and starts nothing."""
        ...

    def to_pdf(self, docx: bytes) -> bytes:
        """The document as a PDF. Raises :class:`ConverterFailed`."""
        ...


class ConverterFailed(FileError):
    """A converter that is there did not give a PDF (exit status 5)."""


def converter_failed(name: str, why: str) -> ConverterFailed:
    """The error of a converter, with why in a Chinese phrase."""
    return ConverterFailed(
        Diagnostic(
            "pages-converter-failed",
            f"{name} 没有转换成 PDF：{why}",
            found=name,
            hint="关闭正在运行的 Word、WPS 或 LibreOffice 后再试；也可以打开文档，另存为 PDF。",
        )
    )
