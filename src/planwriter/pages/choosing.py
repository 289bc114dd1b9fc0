"""Which converter is at hand: those of extensions first, then the programs people have."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points

from planwriter.diagnostic import Diagnostic, FileError
from planwriter.pages.automation import OfficeAutomation
from planwriter.pages.converter import Converter
from planwriter.pages.docx2pdf import Docx2Pdf
from planwriter.pages.libreoffice import LibreOffice

GROUP = "planwriter.converters"
"""Entry points of this group name a class or function that gives a ``Converter`` when called."""


def converters() -> Iterator[Converter]:
    """Those of entry points by name, then Word, WPS, LibreOffice and docx2pdf; also those not at hand."""
    for one in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        yield _named(one)
    yield OfficeAutomation("Word", "Word.Application")
    yield OfficeAutomation("WPS", "KWPS.Application")
    yield LibreOffice()
    yield Docx2Pdf()


def _named(point: EntryPoint) -> Converter:
    try:
        made = point.load()()
    except Exception as fault:  # whatever a foreign package does wrong
        raise _unusable(point, type(fault).__name__) from fault
    if not isinstance(made, Converter):
        raise _unusable(point, type(made).__name__)
    return made


def _unusable(point: EntryPoint, found: str) -> FileError:
    return FileError(
        Diagnostic(
            "pages-bad-converter",
            f"扩展包提供的转换程序“{point.name}”不能用",
            found=f"{point.value}：{found}",
            expected="有 name、available()、to_pdf() 的对象",
            hint="卸载或更新这个扩展包。",
        )
    )


def find_converter() -> Converter | None:
    """The first converter at hand, or ``None``. Raises ``FileError`` for an entry point that cannot be used."""
    return next((one for one in converters() if one.available()), None)


def no_converter() -> Diagnostic:
    """What is said where none is at hand."""
    return Diagnostic(
        "pages-no-converter",
        "这台电脑上没有找到能把文档排成页面的程序，得不到 PDF 和图片",
        expected="Word、WPS（Windows，另装 pywin32）、LibreOffice 或 docx2pdf",
        hint="安装 LibreOffice 后再试；或者不加 --pdf、--png，用 Word 打开文档另存为 PDF。",
    )
