"""A document with its pages beside it: finished, written whole, and honest about what could not be looked at."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from planwriter.diagnostic import Diagnostic, FileError, Place, Severity, UsageError
from planwriter.files import check_free, write_whole
from planwriter.pages.choosing import find_converter, no_converter
from planwriter.pages.converter import Converter, ConverterFailed
from planwriter.pages.finishing import finish
from planwriter.pages.reading import can_read, no_reader, pictures


@dataclass(frozen=True, slots=True)
class Published:
    """The document as it was written, the files beside it, and what is said of its pages."""

    docx: bytes
    files: tuple[Path, ...]
    notes: tuple[Diagnostic, ...]


def converter_for(*, pdf: bool, png: bool) -> Converter | None:
    """The converter at hand. Raises ``FileError`` when pages are asked for and cannot be had."""
    found = find_converter()
    lacking = [no_converter()] if found is None else []
    if png and not can_read():
        lacking.append(no_reader())
    if lacking and (pdf or png):
        raise FileError(lacking)
    return found


def page_files(output: Path, *, pdf: bool) -> tuple[Path, ...]:
    """The document and, with ``pdf``, the PDF beside it. Raises ``UsageError`` when both would be one file."""
    beside = output.with_suffix(".pdf")
    if pdf and beside == output:
        raise UsageError(
            Diagnostic(
                "pages-same-name",
                "文档和 PDF 会是同一个文件",
                place=Place(file=str(output)),
                hint="文档用 .docx 结尾。",
            )
        )
    return (output, beside) if pdf else (output,)


def finished(docx: bytes, converter: Converter | None) -> tuple[bytes, bytes | None, tuple[Diagnostic, ...]]:
    """The finished document, its PDF where one came of it, and what is said; never refuses the document."""
    lacking = no_converter() if converter is None else no_reader()
    if converter is None or not can_read():
        return docx, None, (_only_note(lacking), unchecked(hint=None))
    try:
        done = finish(docx, converter)
    except FileError as fault:
        return docx, None, (*map(_only_note, fault.diagnostics), unchecked(hint=None))
    return done.docx, done.pdf, done.notes


def publish(
    docx: bytes, output: str | os.PathLike[str], *, pdf: bool, png: bool, finishing: bool = True, force: bool = False,
    converter: Converter | None = None,
) -> Published:  # fmt: skip
    """Write the document, with ``pdf`` O.pdf and with ``png`` O-1.png … beside it; nothing existing without ``force``.

    Raises ``FileError`` before anything is written when pages are asked for and no converter is at hand, after the
    document is written when the converter fails; ``UsageError`` for a file that exists.
    """
    target = Path(output)
    at_hand, unusable = (converter, ()) if converter else _converter_at_hand(pdf=pdf, png=png)
    known = page_files(target, pdf=pdf)
    check_free(known, force=force)
    made, printed, notes = finished(docx, at_hand) if finishing else (docx, None, ())
    failed = tuple(replace(one, severity=Severity.ERROR) for one in notes if one.code == "pages-converter-failed")
    if (pdf or png) and printed is None and at_hand is not None and not failed:
        try:
            printed = at_hand.to_pdf(made)
        except ConverterFailed as fault:
            failed = fault.diagnostics
    contents = {target: made} | _beside(target, printed, pdf=pdf, png=png)
    check_free(contents, force=force)
    for path, content in contents.items():
        write_whole(path, content, force=force)
    if failed and (pdf or png):
        raise ConverterFailed([*failed, _document_only(target)])
    return Published(made, tuple(contents)[1:], (*unusable, *notes, *_stale(target, contents, png=png)))


def _converter_at_hand(*, pdf: bool, png: bool) -> tuple[Converter | None, tuple[Diagnostic, ...]]:
    """A converter of an extension that cannot be used refuses pages, never the document."""
    try:
        return converter_for(pdf=pdf, png=png), ()
    except FileError as fault:
        if pdf or png:
            raise
        return None, tuple(map(_only_note, fault.diagnostics))


def _beside(target: Path, printed: bytes | None, *, pdf: bool, png: bool) -> dict[Path, bytes]:
    found: dict[Path, bytes] = {}
    if printed is None:
        return found
    if pdf:
        found[target.with_suffix(".pdf")] = printed
    if png:
        found |= {_picture(target, number): one for number, one in enumerate(pictures(printed), 1)}
    return found


def _picture(target: Path, number: int) -> Path:
    return target.with_name(f"{target.stem}-{number}.png")


def _stale(target: Path, written: dict[Path, bytes], *, png: bool) -> tuple[Diagnostic, ...]:
    """A picture of an earlier, longer version is not deleted, but not passed over either."""
    following = _picture(target, sum(path.suffix == ".png" for path in written) + 1)
    if not png or not following.exists():
        return ()
    words = "这张图片是以前留下的，不是这次的页面"
    return (Diagnostic("pages-stale-picture", words, Severity.WARNING, Place(file=str(following))),)


def _only_note(said: Diagnostic) -> Diagnostic:
    return replace(said, severity=Severity.NOTE)


def _document_only(target: Path) -> Diagnostic:
    return Diagnostic(
        "pages-document-only", "文档已经写成，只是没有 PDF 和图片", Severity.NOTE, Place(file=str(target))
    )


def unchecked(*, hint: str | None = "加上 --finish 就会检查和调整；要页面就用 --pdf、--png。") -> Diagnostic:
    """What is said of a document whose pages nobody has looked at; ``hint`` is how they could be."""
    return Diagnostic(
        "pages-unchecked",
        "没有排成页面检查：版记是否在双面，层次标题是否落在面末，首页有没有正文",
        Severity.NOTE,
        hint=hint,
    )
