"""JSON lines: one object a line, a whole form or the columns of a row; read line by line, never as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planwriter.batch.jobs import Job
from planwriter.diagnostic import Diagnostic, Place
from planwriter.files import explained

MAX_LINE = 4 * 2**20
"""Bytes one line may have."""
_BOM = b"\xef\xbb\xbf"


class _Slip(Exception):
    """What is wrong with a line; code, sentence and remedy."""


def json_line_jobs(path: Path, source: str, *, rows: bool) -> Iterator[Job]:
    """A job for every line that is not empty; one that is no object is a job that is refused."""
    with explained(path, "读不了这个文件"), path.open("rb") as lines:
        for number, line in enumerate(_bounded(lines), 1):
            if line.strip():
                yield _job(line, number, path, source, rows)


def _bounded(lines: Any) -> Iterator[bytes]:
    """Lines, cut off (and so refused) where they are too long."""
    first = True
    while line := lines.readline(MAX_LINE + 2):
        rest = line
        while len(rest) == MAX_LINE + 2 and not rest.endswith(b"\n"):
            rest = lines.readline(MAX_LINE + 2)
        yield line.removeprefix(_BOM) if first else line
        first = False


def _job(line: bytes, number: int, path: Path, source: str, rows: bool) -> Job:
    at, place, stem = f"第{number}行", Place(source, number), f"{path.stem}-{number}"
    try:
        form = _object(line)
    except _Slip as slip:
        code, message, hint = slip.args
        told = (Diagnostic(code, message, place=place, hint=hint),)
        return Job(source, b"", at=at, line=number, stem=stem, refused=told)
    return Job(source, form, at=at, row=rows, line=number, folder=str(path.parent), stem=stem)


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise _Slip("batch-line-too-long", f"这一行超过 {MAX_LINE >> 20} MB", "分成几份来写")
    try:
        found = json.loads(line.decode("utf-8"), object_pairs_hook=_pairs, parse_int=str, parse_float=str,
                           parse_constant=_refuse_constant)  # fmt: skip
    except UnicodeDecodeError:
        raise _Slip("batch-line-encoding", "这一行不是 UTF-8 编码", "另存为 UTF-8") from None
    except RecursionError:
        raise _Slip("batch-line-not-json", "这一行层次太深", "检查括号") from None
    except ValueError as fault:
        column = getattr(fault, "colno", None)
        where = f"从第{column}个字符起" if column else ""
        raise _Slip(
            "batch-line-not-json", f"这一行{where}不是合格的 JSON", "每行写一个 {…}，键和文字用英文双引号"
        ) from None
    if not isinstance(found, dict):
        raise _Slip("batch-line-not-object", "这一行不是“键: 值”的对象", "每行写一个 {…}")
    return found


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Slip("batch-line-duplicate-key", f"“{twice}”写了两次", "删去一处")
    return made


def _refuse_constant(word: str) -> Any:
    raise _Slip("batch-line-not-json", f"{word} 不是一个数", "写成数字或文字")
