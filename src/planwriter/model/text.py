"""The scalar types of the model: text that survives in a document, choices, dates, numbers, deadlines."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from planwriter.chinese.dates import BadDate, format_date, read_date
from planwriter.chinese.deadline import Deadline, read_deadline
from planwriter.chinese.numerals import read_number
from planwriter.chinese.period import Period, read_period
from planwriter.chinese.text import clean_text, illegal_characters, is_plain
from planwriter.chinese.when import When, read_when
from planwriter.expression import expression
from planwriter.model.element import told_kind
from planwriter.model.unfilled import is_blank, is_placeholder
from planwriter.nearest import nearest

MAX_TEXT = 60_000
"""Characters one field may hold: longer is a mistake, and libxml2 drops what follows 10 MB in silence."""


def told(kind: str, message: str, /, **ctx: Any) -> PydanticCustomError:
    """An error whose Chinese sentence is its own; ``expected``, ``hint``, ``source`` go to the diagnostic."""
    return PydanticCustomError(kind, message, ctx)


def accept_text(value: Any) -> str:
    """Text as typed. Numbers become text; what cannot stand in a document is refused with its place."""
    if isinstance(value, str) and len(value) <= MAX_TEXT and (value.isprintable() or is_plain(value)):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal | float | date):
        raise told("form-not-text", "应当是一段文字，写的却是{found}", found=told_kind(value),
                   hint="写成一段文字；几个值要分条时，先看这一项能不能写列表")  # fmt: skip
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, float):
        return _float_text(value)
    text = clean_text(value) if isinstance(value, str) else str(value)
    if len(text) > MAX_TEXT:
        raise told("form-too-long", "太长：{length}个字，最多{limit}个字", length=len(text), limit=MAX_TEXT,
                   hint="分成几段来写")  # fmt: skip
    bad = illegal_characters(text)
    if bad:
        at, code = bad[0]
        raise told("form-illegal-character", "第{at}个字符是文档里放不下的控制字符{code}", at=at, code=code,
                   hint="删去这个字符，或重新键入这段文字")  # fmt: skip
    return text


def _float_text(value: float) -> str:
    shown = repr(value)
    if not re.fullmatch(r"-?\d{1,15}\.\d{1,15}", shown) or len(shown.replace("-", "")) > 16:
        raise told("form-not-a-number", "数字{found}写不准确，请改用文字", found=shown, hint="把数字写在引号里")
    return shown.removesuffix(".0")


def as_list(value: Any) -> Any:
    """A plain value where a list of one is meant."""
    if isinstance(value, list | tuple) or value is None:
        return value
    return [value]


def accept_names(value: Any) -> Any:
    """Names: one or a list; gaps inside the list stay visible, blanks are left out."""
    named = as_list(value)
    if not isinstance(named, list | tuple):
        return named
    return [v for v in named if not is_blank(v)]


def accept_cell(value: Any) -> str:
    """Text as typed; nothing at all is an empty cell."""
    return "" if is_blank(value) else accept_text(value)


Text = Annotated[str, BeforeValidator(accept_text)]
Cells = Annotated[list[Annotated[str, BeforeValidator(accept_cell)]], BeforeValidator(as_list)]
"""The cells of a row; an empty one keeps its place."""
Texts = Annotated[list[Text], BeforeValidator(accept_names)]

T = TypeVar("T")


def _read(read: Callable[[str], T], text: str, expected: str) -> T:
    """Read words; a date that does not exist is told with its reason."""
    try:
        return read(text)
    except BadDate as bad:
        shape = bad.expected or expected
        raise told("form-bad-date", "写的“{found}”有误：{reason}", found=text[:40], reason=bad.reason,
                   expected=shape, hint=_remedy(shape), source="GB/T 9704 7.3.5.4") from None  # fmt: skip


def _remedy(shape: str) -> str:
    return f"应当在{shape}之间" if "至" in shape else f"改成 {shape} 这样的写法"


def _reading(read: Callable[[str], T], kind: type[T], expected: str) -> Callable[[Any], T]:
    def accept(value: Any) -> T:
        return value if isinstance(value, kind) else _read(read, accept_text(value).strip(), expected)

    return accept


def _accept_day(value: Any) -> date | str:
    if isinstance(value, date):
        return value
    text = accept_text(value).strip()
    return text if is_placeholder(text) else _read(read_date, text, "2026年12月20日")


def in_words(value: Any) -> str:
    """A date, a period, a deadline or a time as a form writes it; text as it is."""
    if isinstance(value, date):
        return format_date(value)
    return str(value if isinstance(value, str) else value.words)


Day = Annotated[
    date | str,
    BeforeValidator(_accept_day),
    PlainSerializer(in_words, return_type=str),
    WithJsonSchema({"type": "string"}),
]
"""A calendar date, or the visible gap 【待填：…】 in a draft (GB/T 9704 7.3.5.4)."""


PeriodField = Annotated[
    Period,
    PlainValidator(_reading(read_period, Period, "2027年")),
    PlainSerializer(in_words, return_type=str),
    WithJsonSchema({"type": "string"}),
]
DeadlineField = Annotated[
    Deadline,
    PlainValidator(_reading(read_deadline, Deadline, "3月底前")),
    PlainSerializer(in_words, return_type=str),
    WithJsonSchema({"type": "string"}),
]
WhenField = Annotated[
    When,
    PlainValidator(_reading(read_when, When, "3月")),
    PlainSerializer(in_words, return_type=str),
    WithJsonSchema({"type": "string"}),
]


def _accept_quantity(value: Any) -> str:
    text = accept_text(value).strip()
    if is_placeholder(text) or read_number(text) is not None:
        return text
    raise told("form-not-a-number", "写的“{found}”不是数字", found=text[:40], expected="1200",
               hint="只写数字，单位写在“单位”一项")  # fmt: skip


Quantity = Annotated[str, BeforeValidator(_accept_quantity)]
"""A number kept as typed (1200, 98.5, 1,200): GB/T 15835 wants one style, the writer's."""


def _accept_month(value: Any) -> str:
    return _read(read_when, accept_text(value).strip(), "1月").words


MonthWords = Annotated[str, BeforeValidator(_accept_month)]
"""A month or months in words, kept as words because it is the key of a mapping."""

E = TypeVar("E", bound=StrEnum)


def choice(kind: type[E], **also: str) -> BeforeValidator:
    """Takes one of an enumeration, by its Chinese value, its name, or a word in ``also``."""
    known = {m.value: m for m in kind} | {m.name.lower(): m for m in kind}
    known |= {word: known[value] for word, value in also.items()}

    def accept(value: Any) -> E:
        if isinstance(value, kind):
            return value
        text = accept_text(value).strip()
        found = known.get(text) or known.get(text.lower())
        if found is not None:
            return found
        near = nearest(text, known)
        allowed = "、".join(m.value for m in kind)
        raise told("form-bad-choice", "写的“{found}”不在可选的几种里", found=text[:40], expected=allowed,
                   hint=f"改成“{known[near].value}”" if near else f"可以写：{allowed}")  # fmt: skip

    return BeforeValidator(accept)


def pattern(regex: str, message: str, expected: str, source: str) -> BeforeValidator:
    """Takes text of a fixed shape (copy number, document number …), its digits half as wide as Han, or a gap."""
    shape = expression(regex, re.ASCII)

    def accept(value: Any) -> str:
        text = accept_text(value).strip()
        if is_placeholder(text) or shape.fullmatch(text):
            return text
        raise told("form-bad-pattern", "写的“{found}”" + message, found=text[:40], expected=expected,
                   hint=f"写成 {expected} 这样", source=source)  # fmt: skip

    return BeforeValidator(accept)
