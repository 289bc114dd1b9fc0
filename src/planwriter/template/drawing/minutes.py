"""Minutes (纪要, 10.3): mark 35 mm below the top of the type area, text, lists of those present; never sealed."""

from __future__ import annotations

from planwriter.standard import formats as f
from planwriter.standard import numbers as n
from planwriter.template.drawing.paragraphs import blanks, paragraph, run
from planwriter.template.drawing.tags import blocks, command, inserted, printed, value, where
from planwriter.template.drawing.texts import markings, optional_title, tail

_LISTS = ("出席", "请假", "列席")


def body() -> str:
    """Mark, number and red rule where there is one, title where there is one, text, attendance, sign-off."""
    numbered = (
        blanks(n.DOCUMENT_NUMBER_BLANK_ROWS.value),
        printed("document_number", "公文.发文字号"),
        paragraph("red_rule"),
    )
    return "".join(
        (
            markings(),
            inserted("公文.标志"),
            where("公文.发文字号", *numbered),
            blanks(n.TITLE_BLANK_ROWS.value),
            optional_title(),
            blocks("公文.正文"),
            inserted("公文.附件说明"),
            *_attendance(),
            tail(),
        )
    )


def _attendance() -> tuple[str, ...]:
    any_ = " or ".join(f"公文.{name}" for name in _LISTS)
    lists = (where(f"公文.{name}", _row(name)) for name in _LISTS)
    return (command(f"if {any_}"), blanks(f.ATTENDANCE_BLANK_ROWS.value), *lists, command("endif"))


def _row(name: str) -> str:
    return paragraph("attendance", run(f"{name}：", style="attendance_label"), value(f"公文.{name}"))
