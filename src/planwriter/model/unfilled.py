"""What counts as “not filled” in a form, and how a gap is shown in a draft: 【待填：…】."""

from __future__ import annotations

import re
from typing import Any

_MARK = re.compile(r"^\s*(?:【\s*待填\s*(?:[：:]\s*(?P<words>[^【】]*?)\s*)?】|\[\s*待填\s*\]|待填)\s*$")
PLACEHOLDER = re.compile(r"【待填(?:：[^【】]*)?】")


def is_blank(value: Any) -> bool:
    """Nothing was written: no value, only blanks, an empty list or mapping."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    return isinstance(value, list | dict | tuple) and not value


def placeholder_words(value: Any) -> str | None:
    """``None`` for a filled value; for 待填, 【待填】, 【待填：责任部门】 what is to be filled ("" if unsaid)."""
    if not isinstance(value, str):
        return None
    mark = _MARK.match(value)
    return None if mark is None else (mark.group("words") or "")


def placeholder(label: str) -> str:
    """The visible gap in a draft."""
    return f"【待填：{label}】"


def is_placeholder(text: str) -> bool:
    """Whether the whole text is one gap."""
    return PLACEHOLDER.fullmatch(text.strip()) is not None


def placeholders_in(text: str) -> list[str]:
    """All gaps inside a text, in order."""
    return PLACEHOLDER.findall(text)
