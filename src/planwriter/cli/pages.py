"""Help pages in Chinese: columns that line up, lines broken between characters, arguments explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from planwriter.expression import expression
from planwriter.standard.units import cells

_TOKEN = expression(r"[!-~]+|\s+|[（“‘《【〔]*.[，。、；：？！）”’》】〕…]*")
_SPACING = 2
_WIDEST_TERM = 30


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return round(2 * cells(text))


def wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most ``width`` columns; no line begins with a closing mark."""
    line = ""
    for token in _TOKEN.findall(text):
        if line.strip() and columns(line + token.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line = line + token if line else token.lstrip()
    yield line.rstrip()


class ChineseFormatter(click.HelpFormatter):
    """click's help formatter, counting Chinese characters as two columns."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        self.write(f"用法：{prog} {args}".rstrip() + "\n")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        for paragraph in text.splitlines():
            indent = self.current_indent + len(paragraph) - len(paragraph.lstrip())
            for line in wrapped(paragraph.strip(), self.width - indent):
                self.write(f"{'':>{indent}}{line}".rstrip() + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = _WIDEST_TERM, col_spacing: int = _SPACING
    ) -> None:
        listed = list(rows)
        first = min(max(columns(term) for term, _ in listed), col_max) + col_spacing
        for term, words in listed:
            lines = list(wrapped(words, max(self.width - self.current_indent - first, 20)))
            gap = " " * max(first - columns(term), 0)
            if columns(term) + col_spacing > first:
                gap = "\n" + " " * (self.current_indent + first)
            self.write(f"{'':>{self.current_indent}}{term}{gap}{lines[0]}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(" " * (self.current_indent + first) + line + "\n")


class ChineseContext(click.Context):
    """A context whose help is laid out for Chinese."""

    formatter_class = ChineseFormatter


class Explained(click.Argument):
    """An argument with a sentence of its own in the help."""

    def __init__(self, declarations: list[str], explanation: str = "", **attributes: Any) -> None:
        super().__init__(declarations, **attributes)
        self.explanation = explanation


class ChineseCommand(click.Command):
    """A command whose arguments are explained before its options."""

    context_class = ChineseContext

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(one.human_readable_name, one.explanation) for one in self.params if isinstance(one, Explained)]
        if rows:
            with formatter.section("参数"):
                formatter.write_dl(rows)
        super().format_options(ctx, formatter)


class ChineseGroup(click.Group):
    """A group of Chinese commands, listed in the order they are made."""

    context_class = ChineseContext
    command_class = ChineseCommand
    group_class = type

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)
