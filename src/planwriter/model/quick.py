"""The quick road from data to a model, for forms that nothing has to be said about.

Most forms are sound, and for them collecting mistakes with their places is wasted. This road makes the same model
straight from the fields' annotations and gives up (``GIVING_UP``) as soon as anything is out of the ordinary: an
unknown key, a gap, a sign of one, a character that has to be cleaned. The careful road then says what. A test holds
that the two agree on every kind of form.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, Literal, NoReturn, TypeVar, Union, cast, get_args, get_origin

from pydantic import BeforeValidator, Discriminator, PlainValidator
from pydantic import Tag as UnionTag
from pydantic_core import PydanticCustomError

from planwriter.chinese.text import is_visible
from planwriter.model.element import Element, keys_of
from planwriter.model.text import MAX_TEXT, accept_names, accept_text, as_list
from planwriter.model.unfilled import copied_words, is_blank, sign_in_a_line, signs_in
from planwriter.placed import PlacedDict, PlacedList, PlacedText, texts_in

Data = TypeVar("Data", bound=Mapping[str, Any])
Maker = Callable[[Any], Any]

_BLANK: Any = object()
"""What a maker gives for a value that says nothing."""
_TEXTS = frozenset({str, PlacedText})
_MAPPINGS = frozenset({dict, PlacedDict})
_LISTS = frozenset({list, PlacedList})
_PLAIN = frozenset({str})
_OPEN = _TEXTS | _MAPPINGS | _LISTS | {int}


class Doubtful(Exception):
    """Something is out of the ordinary; the careful road has to look."""


GIVING_UP = (Doubtful, PydanticCustomError, RecursionError)
"""What the quick road raises; the last for data that holds itself."""


def doubt(*_: object) -> NoReturn:
    """For whatever the careful road would tell, or is not known here."""
    raise Doubtful


def quiet(data: Data) -> Data:
    """The data, if no text in it holds a gap, the sign of one, a mark that hides, or what a document cannot hold."""
    texts = texts_in(data)
    several = [text for text in texts if "\n" in text]
    single = [text for text in texts if "\n" not in text] if several else texts
    joined = "\n".join(["", *single, ""])  # looked at in one go, not text by text
    if not all(map(_clean, (joined, *several))) or sign_in_a_line(joined):
        doubt()
    if any(text[0] in " 　" or signs_in(text) or copied_words(text) is not None for text in several):
        doubt()
    if len(joined) > MAX_TEXT and max(map(len, texts)) > MAX_TEXT:
        doubt()
    return data


def _clean(text: str) -> bool:
    indented = "\n " in text or "\n　" in text if text[0] == "\n" else False
    return not indented and is_visible(text) and "待填" not in text


def quick_element(cls: type[Element], value: Any) -> Any:
    """The element that ``value`` means; what it holds has been found quiet."""
    table = _table(cls)
    return table.made(_given(table, value))


def _given(table: _Table, value: Any) -> dict[str, Any]:
    """What is filled in, by the names of the fields."""
    kind = type(value)
    if kind in _MAPPINGS and table.takes_as_is:
        record: Mapping[str, Any] = value
    elif kind in _OPEN:
        record = table.cls.opened(value)
    else:
        doubt()
    if table.judges_keys and table.cls.key_problems(value if kind in _MAPPINGS else record):
        doubt()
    given: dict[str, Any] = {}
    blanks = False
    makers = table.makers
    for key, inner in record.items():
        name, make = makers.get(key, _UNKNOWN)
        given[name] = made = make(inner)
        if made is _BLANK:
            blanks = True
    if len(given) != len(record):  # one field by two names
        doubt()
    return {name: one for name, one in given.items() if one is not _BLANK} if blanks else given


class _Table:
    """What is asked again and again of a class, found out once."""

    def __init__(self, cls: type[Element]) -> None:
        self.cls = cls
        self.makers = {key: (name, _field_maker(cls, name)) for key, name in keys_of(cls).items()}
        self.takes_as_is = cls.opened.__func__ is Element.opened.__func__  # type: ignore[attr-defined]
        self.judges_keys = cls.key_problems.__func__ is not Element.key_problems.__func__  # type: ignore[attr-defined]
        self.minds_order = cls.filled_in_order is not Element.filled_in_order
        self.fresh = _fresh_values(cls)
        self.private = {name: one.get_default() for name, one in cls.__private_attributes__.items()}

    def made(self, given: dict[str, Any]) -> Any:
        """The element with these values and, for the other fields, what they are by default."""
        values = self.fresh()  # in the order of the fields
        values.update(given)
        made = self.cls.__new__(self.cls)
        private = self.private.copy() if self.private else None
        _set(made, "__dict__", values)  # as pydantic itself does, past the model's own guard
        _set(made, "__pydantic_fields_set__", set(given))
        _set(made, "__pydantic_extra__", None)
        _set(made, "__pydantic_private__", private)
        if self.minds_order:
            made.filled_in_order(tuple(given))
        return made


def _fresh_values(cls: type[Element]) -> Callable[[], dict[str, Any]]:
    """Gives what the fields are by default, in their order; written out, for it is asked for every element."""
    known: dict[str, Any] = {}
    pairs = []
    for name, field in cls.model_fields.items():
        known[name] = field.default_factory or field.default
        made = f"{name}()" if field.default_factory else name
        pairs.append(f"{name!r}: {'[]' if field.default_factory is list else 'None' if known[name] is None else made}")
    fresh: Callable[[], dict[str, Any]] = eval(f"lambda: {{{', '.join(pairs)}}}", known)  # noqa: S307 - fields of ours
    return fresh


_set = object.__setattr__
_table = cache(_Table)
_UNKNOWN: tuple[str, Maker] = ("", doubt)


def _field_maker(cls: type[Element], name: str) -> Maker:
    """A maker that first asks whether anything is filled in."""
    field = cls.model_fields[name]
    annotation = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    make = _maker(annotation)
    if make is _text:
        return _text_field
    takes_list = get_origin(field.annotation) is list

    def made(value: Any) -> Any:
        kind = type(value)
        if kind in _TEXTS:
            return _BLANK if not value or value.isspace() else make(value)
        if kind not in _LISTS:
            return _BLANK if is_blank(value) else make(value)
        if takes_list:  # it leaves out by itself what nobody filled in
            return make(value) or (_BLANK if is_blank(value) else [])
        value = [one for one in value if type(one) not in _MAPPINGS or not is_blank(one)]
        return make(value) if value else _BLANK

    return _texts_field(made) if takes_list and _takes_text(get_args(field.annotation)[0]) else made


def _takes_text(annotation: Any) -> bool:
    """Whether a text, as it is, is a value of an annotation."""
    of, *marks = get_args(annotation) if get_origin(annotation) is Annotated else (annotation,)
    chosen = next((mark for mark in marks if isinstance(mark, Discriminator)), None)
    if chosen is None:
        return any(isinstance(mark, BeforeValidator) and mark.func is accept_text for mark in marks)
    return any(_takes_text(part) and _tag_of(part) == chosen.discriminator("文") for part in get_args(of))  # type: ignore[operator]


def _text_field(value: Any) -> Any:
    if type(value) is str and not value.isspace():
        return value or _BLANK
    return _BLANK if is_blank(value) else _text(value)


def _texts_field(make: Maker) -> Maker:
    """A list of texts, for which one text may stand."""

    def made(value: Any) -> Any:
        kind = type(value)
        if kind is str and value and not value.isspace():
            return [value]
        if kind is list and set(map(type, value)) == _PLAIN and all(value) and not any(map(str.isspace, value)):
            return value.copy()
        return make(value)

    return made


def _maker(annotation: Any) -> Maker:
    """How a value of an annotation is made; ``doubt`` for one that is not known here."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _annotated(parts[0], parts[1:])
    if origin in (Union, types.UnionType):
        filled = [part for part in parts if part is not type(None)]
        return _maker(filled[0]) if len(filled) == 1 else doubt
    if origin is list:
        return _list(_maker(parts[0]), None)
    if origin is dict:
        return _dict(_maker(parts[0]), _maker(parts[1]))
    if isinstance(annotation, type) and issubclass(annotation, Element):
        return _nested(annotation)
    return doubt


def _nested(cls: type[Element]) -> Maker:
    """An element inside another; a mapping that nobody filled in is none."""
    tables: list[_Table] = []  # filled when first asked: items hold items

    def made(value: Any) -> Any:
        if not tables:
            tables.append(_table(cls))
        table = tables[0]
        given = _given(table, value)
        return table.made(given) if given or type(value) not in _MAPPINGS or not is_blank(value) else _BLANK

    return made


def _annotated(of: Any, marks: tuple[Any, ...]) -> Maker:
    chosen = next((mark for mark in marks if isinstance(mark, Discriminator)), None)
    if chosen is not None:
        return _told_apart(of, chosen.discriminator)
    checks: list[Any] = [mark for mark in marks if isinstance(mark, BeforeValidator | PlainValidator)]
    if len(checks) != 1:
        return doubt if checks else _maker(of)
    if get_origin(of) is list:
        return _list(_maker(get_args(of)[0]), checks[0].func)
    if checks[0].func is accept_text:
        return _text
    return _checked(checks[0].func, get_args(of) if get_origin(of) is Literal else None)


def _text(value: Any) -> str:
    kind = type(value)
    if kind is str:
        return cast(str, value)
    return str(value) if kind is PlacedText else accept_text(_scalar(value))


def _scalar(value: Any) -> Any:
    return doubt() if isinstance(value, str | list | tuple | Mapping) else value


def _checked(check: Callable[[Any], Any], choices: tuple[Any, ...] | None) -> Maker:
    def made(value: Any) -> Any:
        found = check(value if type(value) in _TEXTS else _scalar(value))
        if choices is not None and found not in choices:
            doubt()
        return str(found) if type(found) is PlacedText else found

    return made


def _told_apart(of: Any, tag_of: Any) -> Maker:
    makers = {_tag_of(part): _maker(part) for part in get_args(of)}

    def made(value: Any) -> Any:
        return makers.get(tag_of(value), doubt)(value)

    return made


def _tag_of(annotation: Any) -> str:
    return next(mark.tag for mark in get_args(annotation)[1:] if isinstance(mark, UnionTag))


def _list(make: Maker, check: Any) -> Maker:
    if check not in (None, as_list, accept_names):
        return doubt

    def made(value: Any) -> list[Any]:
        if type(value) not in _LISTS:
            value = doubt() if check is None else [value]
        if check is accept_names:
            return [make(one) for one in value if not is_blank(one)]
        return [found for one in value if (found := make(one)) is not _BLANK]

    return made


def _dict(make_key: Maker, make_value: Maker) -> Maker:
    def made(value: Any) -> dict[Any, Any]:
        if type(value) not in _MAPPINGS:
            doubt()
        return {make_key(key): make_value(one) for key, one in value.items()}

    return made


__all__ = ["GIVING_UP", "Doubtful", "doubt", "quick_element", "quiet"]
