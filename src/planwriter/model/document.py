"""From the data of a form to a validated model, and back: the one door between forms and the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from planwriter.chinese.text import bidi_controls
from planwriter.diagnostic import Diagnostic, FormError, Place, Severity
from planwriter.model.checks import check_document
from planwriter.model.collector import Collector
from planwriter.model.element import Element, keys_of, told_kind
from planwriter.model.misplaced import told_where
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import HEAD_KEYS, WorkPlan
from planwriter.model.quick import GIVING_UP, doubt, quick_element, quiet
from planwriter.model.said import said
from planwriter.model.unfilled import signs_in, window
from planwriter.placed import PlacedDict, PlacedList, PlacedText, key_place, place_of, texts_in

Document = WorkPlan | OfficialDocument


@dataclass(frozen=True, slots=True)
class Reading:
    """A form that was read: the model, what was said about it, and what it left open."""

    document: Document
    diagnostics: tuple[Diagnostic, ...]

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that stop a document from being written."""
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)

    def accepted(self) -> Document:
        """The model, or FormError with every diagnostic where any is an error."""
        if self.errors:
            raise FormError(self.diagnostics)
        return self.document


def read_document(data: Mapping[str, Any]) -> Reading:
    """Validate the data of a form (Chinese or English keys, scalars as text) with all mistakes at once.

    The data may be placed (see ``planwriter.placed``) or plain; plain data is told by its field path.
    """
    return _read_quickly(data) or _read_carefully(data)


def _read_quickly(data: Mapping[str, Any]) -> Reading | None:
    """A form of which nothing has to be said; ``None`` where the careful road has to look."""
    texts: list[str] = []
    try:
        document = _validated(data, lambda cls, value: quick_element(cls, value, texts), doubt)
    except GIVING_UP:
        return None
    return None if not quiet(texts) or check_document(document, Collector()) else Reading(document, ())


def _read_carefully(data: Mapping[str, Any]) -> Reading:
    """A form with everything that is to be said of it, each with its place."""
    collector = Collector()
    placed = data if isinstance(data, PlacedDict) else with_fields(data)

    def validate(cls: type[Element], value: Any) -> Any:
        return cls.model_validate(value, context=collector)

    try:
        document = _validated(placed, validate, collector.diagnostics.append)
    except ValidationError as failure:
        for error in failure.errors(include_url=False):
            collector.error(WorkPlan, error, placed, {})
        return Reading(WorkPlan(), tuple(collector.diagnostics))
    findings = [
        *check_document(document, collector),
        *_doubtful_texts(texts := texts_in(placed)),
        *_left_open(collector),
        *_signs(texts, collector),
    ]
    return Reading(document, tuple(in_reading_order([*map(told_where, collector.diagnostics), *findings])))


def check_model(document: Document) -> Reading:
    """A model built in Python, with the cross-checks of a form; fields are told by no place."""
    return Reading(document, tuple(check_document(document, Collector())))


def _left_open(collector: Collector) -> Iterator[Diagnostic]:
    """What was left open where no visible gap can stand."""
    for label, place in collector.unfilled:
        yield Diagnostic(GAP, f"“{label}”还没有填", Severity.WARNING, place, hint="填上，或删去这一行")
    for label, text in collector.copied:
        message = f"“{label}”写的“{text.strip()}”是空位的记号，当作还没有填"
        yield Diagnostic("form-copied-placeholder", message, Severity.WARNING, place_of(text), found=text.strip(),
                         hint="填上内容，或写“待填”")  # fmt: skip


def _doubtful_texts(texts: Iterable[str]) -> Iterator[Diagnostic]:
    """Text is kept as typed; told are invisible marks that turn it round, and an indent typed by hand."""
    for text in texts:
        if text[:1] in ("　", " "):
            message = "文字前面有空格，会排在正文里；首行缩进由版式来排"
            yield Diagnostic("form-leading-space", message, Severity.WARNING, place_of(text), hint="删去前面的空格")
        for at, mark in bidi_controls(text)[:1]:
            message = f"第{at}个字符是看不见的换向符号{mark}，会让文字看上去变了顺序"
            yield Diagnostic(
                "form-turned-text", message, Severity.WARNING, place_of(text), hint="删去它，或重新键入这段文字"
            )


def _signs(texts: Iterable[str], collector: Collector) -> Iterator[Diagnostic]:
    """Signs of something not filled inside texts that stay as they are."""
    copied = {id(text) for _, text in collector.copied}
    for text in texts:
        for start, end in signs_in(text) if id(text) not in copied else ():
            around, _, _ = window(text, start, end)
            message = f"“{around}”里的“{text[start:end]}”像是没有填的空位，照原样写进文档"
            yield Diagnostic("form-sign-of-a-gap", message, Severity.WARNING, place_of(text), found=text[start:end],
                             hint="换成要写的内容")  # fmt: skip


def _validated(
    data: Mapping[str, Any], validate: Callable[[Any, Any], Any], tell: Callable[[Diagnostic], None]
) -> Document:
    """A plan, or the paper around one, with ``validate`` for every class and its data."""
    heads = [key for key in HEAD_KEYS if key in data]
    if not heads:
        plan: WorkPlan = validate(WorkPlan, data)
        return plan
    head_key, *more = heads
    for key in more:
        tell(_two_heads(data, key, head_key))
    rest = PlacedDict({k: v for k, v in data.items() if k not in HEAD_KEYS}, place_of(data))
    rest.key_places = dict(getattr(data, "key_places", {}))
    paper: OfficialDocument = validate(OfficialDocument, data[head_key] or {})
    if rest:
        if paper.plan is not None:
            tell(_two_plans(data, head_key))
        paper.plan = validate(WorkPlan, rest)
    return paper


def _two_plans(data: Mapping[str, Any], head_key: str) -> Diagnostic:
    message = "“公文”里的“计划”与外面的计划只能写一处"
    return Diagnostic("form-duplicate-key", message, place=key_place(data, head_key), hint="把“计划”里的各项移到最外层")


def _two_heads(data: Mapping[str, Any], key: str, first: str) -> Diagnostic:
    message = f"“{key}”与“{first}”说的是同一项，只能写一次"
    return Diagnostic("form-duplicate-key", message, place=key_place(data, key), found=key, hint="删去其中一处")


def in_reading_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics by line and column; those without a line come first."""

    def at(d: Diagnostic) -> tuple[int, int]:
        place = d.place or Place()
        return place.line or 0, place.column or 0

    return sorted(diagnostics, key=at)


def to_form(document: Document) -> dict[str, Any]:
    """The form that gives this model: Chinese keys, scalars as text, nothing that says nothing."""
    if isinstance(document, WorkPlan):
        return _plain(document)
    head = _plain(document)
    plan = head.pop("计划", {})
    return {"公文": head, **plan}


def _plain(element: Element) -> dict[str, Any]:
    try:
        return said(element)
    except (TypeError, AttributeError, KeyError):  # put together past the model's checks: pydantic tells what is wrong
        plain: dict[str, Any] = element.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return plain


GAP = "form-gap"
"""The code of what a form leaves open where no visible gap can stand; ``--strict`` refuses it."""
MAX_DEPTH = 30


def with_fields(data: Any, path: str = "", depth: int = 0) -> Any:
    """Plain data with every node's place told as its field path (主要任务[1].完成时限).

    Raises FormError for data nested deeper than any form (also for data that contains itself).
    """
    place = Place(field=path) if path else Place()
    if depth > MAX_DEPTH:
        raise FormError(Diagnostic("form-too-deep", "层次太深，不像一份表单", place=place, hint="检查数据的层次"))
    if isinstance(data, Mapping):
        made = PlacedDict(place=place)
        for key, value in data.items():
            below = f"{path}.{key}" if path else str(key)
            made[str(key)] = with_fields(value, below, depth + 1)
            made.key_places[str(key)] = Place(field=below)
        return made
    if isinstance(data, list | tuple):
        return PlacedList((with_fields(v, f"{path}[{n}]", depth + 1) for n, v in enumerate(data, 1)), place)
    return PlacedText(data, place) if type(data) is str else data


__all__ = ["Document", "Reading", "keys_of", "read_document", "to_form", "told_kind", "with_fields"]
