"""Compiled templates kept from one run to the next, by digest of the template and of what compiles it."""

from __future__ import annotations

import hashlib
import marshal
import sys
import zlib
from collections.abc import Iterator
from functools import cache
from importlib.util import MAGIC_NUMBER, find_spec
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

from planwriter import __version__
from planwriter.template.compiled import CompiledTemplate, compile_trusted
from planwriter.template.fill import PartTemplate, part_of
from planwriter.template.output import Finish
from planwriter.user_cache import keep, kept
from planwriter.word import packing
from planwriter.word.parts import Package

if TYPE_CHECKING:
    from jinja2 import nodes

    from planwriter.template.source import Source


def compile_kept(source: bytes, *, name: str) -> CompiledTemplate:
    """A trusted template compiled, or taken from the user's cache where it was compiled before.

    What can only be said with the author's tags at hand (mistakes, checks of names) compiles it after all.
    """
    key = _key(source)
    body = kept(key)
    if body is not None:
        return _revived(marshal.loads(body), source, name)  # noqa: S302 - only this user can have written it
    made = _compiled(source, name)
    keep(key, marshal.dumps(_plain(made)))
    return made


def _compiled(source: bytes, name: str) -> CompiledTemplate:
    from planwriter.word.package import read_package

    return compile_trusted(read_package(source, name=name))


def _key(source: bytes) -> str:
    return hashlib.sha256(b"\0".join((_compilers(), hashlib.sha256(source).digest()))).hexdigest()


@cache
def _compilers() -> bytes:
    """What a compiled template depends on besides its file: interpreter, compressor, this package, jinja2, docxtpl."""
    files = [*sorted(Path(__file__).parent.glob("*.py")), Path(packing.__file__), *_libraries()]
    stamps = [(file.name, stat.st_size, stat.st_mtime_ns) for file in files for stat in (file.stat(),)]
    return repr((__version__, sys.version, MAGIC_NUMBER, zlib.ZLIB_RUNTIME_VERSION, stamps)).encode()


def _libraries() -> Iterator[Path]:
    for library in ("jinja2", "docxtpl"):
        if (found := find_spec(library)) is not None and found.origin:
            yield Path(found.origin)


def _plain(made: CompiledTemplate) -> tuple[Any, ...]:
    """The template as what ``marshal`` can write."""
    parts = [(p.name, p.code, tuple(p.finish), p.prefixes, p.names, _line_of(p)) for p in made.parts]
    return made.package.parts, parts, made.packed, made.turnable, made.main


def _line_of(part: PartTemplate) -> CodeType | None:
    return None if part.straight is None else part.straight.code


def _revived(plain: tuple[Any, ...], source: bytes, name: str) -> CompiledTemplate:
    @cache
    def whole() -> dict[str, PartTemplate]:
        return {part.name: part for part in _compiled(source, name).parts}

    def part(
        own: str, code: Any, finish: tuple[Any, ...], prefixes: frozenset[str], names: frozenset[str],
        line: CodeType | None,
    ) -> PartTemplate:  # fmt: skip
        def told() -> tuple[Source, nodes.Template]:
            return whole()[own].told()

        return part_of(own, name, code, Finish(*finish), prefixes, names, line, told)

    contents, parts, packed, turnable, main = plain
    revived = [part(*one) for one in parts]
    return CompiledTemplate(Package(name, contents), revived, packed=packed, turnable=turnable, main=main)
