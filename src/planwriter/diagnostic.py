"""What is wrong, where, and what to do about it: one shape for forms, templates and findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, NamedTuple


class Severity(StrEnum):
    """How grave a diagnostic is; only ``ERROR`` stops a document from being written."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The Chinese word shown to people."""
        return {"error": "错误", "warning": "提醒", "note": "说明"}[self.value]


class Place(NamedTuple):
    """Where something stands. Lines, columns, paragraphs and characters count from 1.

    A tuple, because every key and every text of a form has one: a frozen dataclass takes six times as long to make.
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    part: str | None = None
    paragraph: int | None = None
    character: int | None = None
    field: str | None = None
    """The path of the field in Chinese keys, such as ``主要任务[1].完成时限``."""

    def __str__(self) -> str:
        words = [self.file or ""]
        if self.line is not None:
            words.append(f"第{self.line}行" + (f"第{self.column}列" if self.column is not None else ""))
        if self.sheet is not None or self.cell is not None:
            words.append("!".join(filter(None, (self.sheet, self.cell))))
        if self.part is not None:
            words.append(self.part)
        if self.paragraph is not None:
            at = f"第{self.paragraph}段"
            words.append(at + (f"第{self.character}字" if self.character is not None else ""))
        if self.field is not None:
            words.append(self.field)
        return " ".join(w for w in words if w)

    def to_dict(self) -> dict[str, str | int]:
        """The parts that are known, for JSON."""
        return {k: v for k in self._fields if (v := getattr(self, k)) is not None}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake, doubt or remark, said once, in Chinese.

    ``found`` is what is there, ``expected`` what should be, ``hint`` the remedy (a literal
    replacement where one exists), ``source`` the clause of the standard it rests on.
    """

    code: str
    message: str
    severity: Severity = Severity.ERROR
    place: Place | None = None
    found: str | None = None
    expected: str | None = None
    hint: str | None = None
    source: str | None = None

    def __str__(self) -> str:
        head = f"{self.place}：" if self.place and str(self.place) else ""
        tail = f"（{self.source}）" if self.source else ""
        remedy = f"\n    怎么改：{self.hint}" if self.hint else ""
        return f"{head}{self.severity.label}：{self.message}{tail}{remedy}  [{self.code}]"

    def to_dict(self) -> dict[str, object]:
        """A plain mapping for ``--json``; keys that say nothing are left out."""
        out: dict[str, object] = {"code": self.code, "severity": self.severity.value, "message": self.message}
        if self.place is not None:
            out["place"] = self.place.to_dict()
        for key in ("found", "expected", "hint", "source"):
            if (value := getattr(self, key)) is not None:
                out[key] = value
        return out


MOST_ALIKE = 200
"""Diagnostics of one code that people are shown one by one."""


def few_alike(diagnostics: Iterable[Diagnostic], most: int = MOST_ALIKE) -> list[Diagnostic]:
    """The diagnostics in their order; of those of one code beyond ``most``, one remark that counts them.

    For people only: programs are given them all.
    """
    shown: list[Diagnostic] = []
    counts: dict[str, int] = {}
    held: dict[str, Diagnostic] = {}
    for one in diagnostics:
        counts[one.code] = counts.get(one.code, 0) + 1
        if counts[one.code] <= most:
            shown.append(one)
        else:
            held.setdefault(one.code, one)
    for code, first in held.items():
        message = f"从这里起还有{counts[code] - most}处同样的问题，没有逐条列出"
        hint = "先改好列出的，再运行一次；加 --json 列出全部"
        shown.append(Diagnostic(code, message, first.severity, first.place, hint=hint))
    return shown


class PlanwriterError(Exception):
    """Root of every error this library raises on purpose; carries all diagnostics, never only the first."""

    exit_status: ClassVar[int] = 1

    def __init__(self, diagnostics: Iterable[Diagnostic] | Diagnostic) -> None:
        one = isinstance(diagnostics, Diagnostic)
        self.diagnostics: tuple[Diagnostic, ...] = (diagnostics,) if one else tuple(diagnostics)  # type: ignore[assignment,arg-type]
        super().__init__("\n".join(str(d) for d in self.diagnostics))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.diagnostics,)


class FormError(PlanwriterError):
    """The form cannot be accepted (exit status 1)."""


class UsageError(PlanwriterError):
    """The call itself is wrong: an unknown profile, an output that exists (exit status 2)."""

    exit_status = 2


class TemplateError(PlanwriterError):
    """The template is refused, or cannot be filled with this context (exit status 3)."""

    exit_status = 3


class FileError(PlanwriterError):
    """A file cannot be read or written (exit status 5)."""

    exit_status = 5
