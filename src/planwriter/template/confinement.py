"""Untrusted templates: everything about them happens in a child process with little memory and time."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from planwriter.diagnostic import Diagnostic, Place, TemplateError
from planwriter.template.compiled import CompiledTemplate
from planwriter.template.crossing import plain, plain_parts, plain_shape, revived_diagnostic
from planwriter.template.extra import ExtraPart
from planwriter.template.shape import Shape, shape_of
from planwriter.word.package import Package

MEMORY_LIMIT = 2**30
"""Bytes of address space the child may use (where the system can limit it)."""
CPU_LIMIT = 8
"""Seconds of processor time the child may use (where the system can limit it)."""
WALL_LIMIT = 20
"""Seconds the child may live, everywhere."""

_PASSED_ON = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH")


class ConfinedTemplate(CompiledTemplate):
    """A template from a stranger: same interface, but each act is a child process of its own.

    ``package`` has passed the audit of the file; nothing else of the template is looked at here.
    """

    def __init__(self, source: bytes, package: Package) -> None:
        super().__init__(package, ())
        self._source = source
        answer = run_confined({"verb": "compile", "name": self.name, "source": _text(source)})
        self.names = frozenset(map(str, answer["names"]))

    @property
    def turnable(self) -> bool:
        """Tables stay upright in what a stranger made."""
        return False

    def check(self, shape: Shape) -> list[Diagnostic]:
        """As for trusted templates."""
        answer = run_confined(
            {"verb": "check", "name": self.name, "source": _text(self._source), "shape": plain_shape(shape)}
        )
        return [revived_diagnostic(d) for d in answer["found"]]

    def fill(
        self,
        context: Mapping[str, object],
        *,
        attach: Sequence[ExtraPart] = (),
        small: bool = False,
        laid_out: bool = False,
    ) -> bytes:
        """As for trusted templates, with texts, whole numbers, lists, mappings and markup only."""
        return fill_confined(self._source, self.name, context, attach, small=small, laid_out=laid_out)


def fill_confined(
    source: bytes,
    name: str,
    context: Mapping[str, object],
    attach: Sequence[ExtraPart] = (),
    *,
    small: bool = False,
    laid_out: bool = False,
) -> bytes:
    """Fill an untrusted template in a child process; raises :class:`TemplateError` like any other fill."""
    shape_of(context)  # what has no end must not cross
    answer = run_confined(
        {
            "verb": "fill",
            "name": name,
            "source": _text(source),
            "context": plain(context),
            "attach": plain_parts(attach),
            "small": small,
            "laid_out": laid_out,
        }
    )
    return base64.b64decode(answer["document"])


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def run_confined(task: Mapping[str, Any]) -> dict[str, Any]:
    """Have the child do one thing; raises :class:`TemplateError` with its findings or with how it ended."""
    name = str(task["name"])
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-X", "utf8", "-m", "planwriter.template.confined"],
            check=False,
            input=json.dumps(task).encode("ascii"),
            capture_output=True,
            timeout=WALL_LIMIT,
            env=_surroundings(),
        )
    except subprocess.TimeoutExpired:
        raise _stopped(name, f"用时超过 {WALL_LIMIT} 秒") from None
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise _stopped(name, "用尽了允许的内存或时间") from None
    if "errors" in answer:
        raise TemplateError([revived_diagnostic(d) for d in answer["errors"]])
    return answer


def _surroundings() -> dict[str, str]:
    """Few environment variables: enough to find Python and this library."""
    kept = {k: v for k in _PASSED_ON if (v := os.environ.get(k)) is not None}
    home = str(Path(__file__).resolve().parents[2])
    return kept | {"PYTHONPATH": os.pathsep.join([home, *(p for p in sys.path if p)]), "PYTHONHASHSEED": "0"}


def _stopped(name: str, why: str) -> TemplateError:
    return TemplateError(
        Diagnostic(
            "template-confined-stopped",
            f"不可信的模板在隔离进程里没有做完：{why}",
            place=Place(file=name),
            hint="这份模板可能有意耗尽电脑的内存或时间，请不要使用。",
        )
    )
