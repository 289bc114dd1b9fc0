"""The rows of a table form: titles of blocks, entries to fill in, tables inside the table."""

from __future__ import annotations

from dataclasses import dataclass

TAG = "pw"
PROMPT = "点这里填写"
CHOOSE = "点这里选择"
REQUIRED = "（必填）"
LABEL_HEAD, VALUE_HEAD = "项目", "填写内容"
HIDDEN = 64
"""Characters that Word keeps of a tag."""


@dataclass(frozen=True, slots=True)
class Title:
    """A row over the whole width that begins a block; ``level`` counts from 1, ``key`` goes into the hidden tag."""

    level: int
    key: str
    text: str
    hint: str = ""

    @property
    def tag(self) -> str:
        """The hidden tag."""
        return f"{TAG}:t:{self.level}:{self.key}"[:HIDDEN]


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and what is filled in beside it: one paragraph for each of ``values``.

    ``choices``: the words of a drop-down. ``one``: a single value, for which a control with a prompt is drawn.
    """

    level: int
    key: str
    hint: str = ""
    values: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[str, ...] = ()
    one: bool = False

    @property
    def tag(self) -> str:
        """The hidden tag."""
        return f"{TAG}:e:{self.level}:{self.key}"[:HIDDEN]


@dataclass(frozen=True, slots=True)
class Grid:
    """A label and a table of text beside it; rows may differ in length."""

    level: int
    key: str
    hint: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def tag(self) -> str:
        """The hidden tag."""
        return f"{TAG}:g:{self.level}:{self.key}"[:HIDDEN]


Row = Title | Entry | Grid


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole form: its heading, what is said above the table, and the rows."""

    heading: str
    remarks: tuple[str, ...]
    rows: tuple[Row, ...]
