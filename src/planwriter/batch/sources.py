"""Where units come from: forms in files, folders and zips, JSON lines, and rosters with a row for every unit."""

from __future__ import annotations

import contextlib
import fnmatch
import os
import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from glob import glob, has_magic
from itertools import groupby
from pathlib import Path, PurePath

from planwriter.batch.addresses import is_address, plain
from planwriter.batch.distant import jobs_at
from planwriter.batch.jobs import Job
from planwriter.batch.json_lines import json_line_jobs
from planwriter.batch.rosters import ROSTER_SUFFIXES, roster_jobs
from planwriter.diagnostic import Diagnostic, FileError, Place, PlanwriterError, UsageError
from planwriter.files import path_of, read_bytes
from planwriter.word.container import check_directory, read_entries

FORM_SUFFIXES = (".yaml", ".yml", ".json", ".docx", ".xlsx")
"""Files of a folder or a zip that are taken for forms."""
LINES_SUFFIXES = (".jsonl", ".ndjson")
_PASSED_OVER = ("~$*", ".*")


def jobs_from(sources: Sequence[str | os.PathLike[str]], *, base: bool) -> Iterator[Job]:
    """The jobs of all sources in order; with ``base`` a roster or JSON lines give rows to be laid over it.

    Raises UsageError and FileError for a source that is not there or of no use; a file that cannot be read is
    a job that is refused, so that the others are done.
    """
    for far, some in groupby(dict.fromkeys(map(plain, map(_named, sources))), is_address):
        if far:
            for address in some:
                yield from jobs_at(str(address), is_form=_is_form, local=partial(_jobs_of, base=base))
        else:
            for source, path, stem in listed(list(some)):
                yield from _jobs_of(source, path, stem, base)


def _named(source: str | os.PathLike[str]) -> str:
    return source if isinstance(source, str) else str(path_of(source))


def _jobs_of(source: str, path: Path, stem: str, base: bool) -> Iterator[Job]:
    suffix = path.suffix.lower()
    if suffix == ".zip":
        yield from _zip_jobs(source, path)
    elif suffix in LINES_SUFFIXES:
        yield from json_line_jobs(path, source, rows=base)
    elif base and suffix in ROSTER_SUFFIXES:
        yield from roster_jobs(path, source)
    elif suffix == ".csv":
        raise UsageError(_no_base(source))
    else:
        yield _form_job(source, path, stem)


def count(sources: Sequence[str | os.PathLike[str]]) -> int | None:
    """How many units there are, where this is known without reading any: forms in files."""
    near = [plain(_named(one)) for one in sources]
    if any(map(is_address, near)):
        return None
    found = listed(near)
    suffixes = {path.suffix.lower() for _, path, _ in found}
    return None if suffixes & {".zip", ".csv", ".xls", ".xlsx", *LINES_SUFFIXES} else len(found)


def listed(sources: Sequence[str | os.PathLike[str]]) -> list[tuple[str, Path, str]]:
    """(name as people call it, path, usual name of its output) of every file here, each once, in order."""
    found: dict[Path, tuple[str, Path, str]] = {}
    for source in sources:
        for path, stem in _files_of(str(path_of(source))):
            found.setdefault(path.resolve(), (path.as_posix(), path, stem))
    return list(found.values())


def _files_of(source: str) -> Iterator[tuple[Path, str]]:
    path = Path(source)
    if path.is_dir():
        inside = [one for one in sorted(path.rglob("*")) if _is_form(one.relative_to(path)) and one.is_file()]
        if not inside:
            raise UsageError(_nothing(source, f"文件夹里没有表单（{'、'.join(FORM_SUFFIXES)}）"))
        yield from ((one, one.relative_to(path).with_suffix("").as_posix()) for one in inside)
    elif path.exists():
        yield path, path.stem
    elif has_magic(source):
        matched = [Path(one) for one in sorted(glob(source, recursive=True)) if Path(one).is_file()]  # noqa: PTH207
        if not matched:
            raise UsageError(_nothing(source, "没有与它相配的文件"))
        yield from ((one, one.stem) for one in matched)
    else:
        raise FileError(
            Diagnostic("batch-source-missing", "没有这个文件或文件夹", place=Place(source), hint="检查文件名和路径")
        )


def _is_form(inside: PurePath) -> bool:
    """Whether a file of a folder is taken for a form, by its path below it."""
    hidden = any(fnmatch.fnmatch(piece, pattern) for piece in inside.parts for pattern in _PASSED_OVER)
    return not hidden and inside.suffix.lower() in FORM_SUFFIXES


def _form_job(source: str, path: Path, stem: str) -> Job:
    try:
        return Job(source, read_bytes(path), folder=str(path.parent), stem=stem)
    except PlanwriterError as refusal:
        return Job(source, b"", stem=stem, refused=refusal.diagnostics)


def _zip_jobs(source: str, path: Path) -> Iterator[Job]:
    """The forms of a zip, guarded as packages are; a picture that one names is not read from it."""
    found: list[Diagnostic] = []

    def report(code: str, message: str, there: str) -> None:
        found.append(Diagnostic("batch-bad-zip", message, place=Place(source), found=there,
                                hint="解压后把文件夹给 planwriter"))  # fmt: skip

    data = read_bytes(path)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, OSError):
        raise FileError(
            Diagnostic("batch-bad-zip", "压缩包不完整或已损坏", place=Place(source), hint="重新压缩")
        ) from None
    with archive:
        _name_in_chinese(archive)
        if check_directory(archive, data, report):
            yield from _entries(archive, source, report)
    if found:
        raise FileError(found)


def _entries(archive: zipfile.ZipFile, source: str, report: object) -> Iterator[Job]:
    for name, content in read_entries(archive, report):  # type: ignore[arg-type]
        inner = Path(name)
        if _is_form(inner) and "__MACOSX" not in inner.parts:
            yield Job(source, content, at=name, stem=inner.with_suffix("").as_posix())


def _name_in_chinese(archive: zipfile.ZipFile) -> None:
    """Names may be in UTF-8 (Linux, macOS) or GBK (Windows) without saying so; zipfile takes them for code page 437."""
    for info in archive.infolist():
        for encoding in ("utf-8", "gbk") if not info.flag_bits & 0x800 else ():
            with contextlib.suppress(UnicodeError):
                info.filename = info.filename.encode("cp437").decode(encoding)
                break


def _nothing(source: str, reason: str) -> Diagnostic:
    return Diagnostic(
        "batch-nothing", f"没有可用的表单：{reason}", place=Place(source), hint="检查路径；一个文件也可以直接写出来"
    )


def _no_base(source: str) -> Diagnostic:
    return Diagnostic("batch-no-base", "名册每行只有几列，要有一份共用的表单来套用", place=Place(source),
                      hint="加上 --base 共用表单.yaml；表单里用 {{列名}} 引用名册的列")  # fmt: skip
