"""The quick road from data to a model, for forms that nothing has to be said about.

Most forms are sound, and for them collecting mistakes with their places is wasted. This road makes the same model
straight from the fields' annotations and gives up (``GIVING_UP``) as soon as anything is out of the ordinary: an
unknown key, a gap, a sign of one, a character that has to be cleaned. The careful road then says what. A test holds
that the two agree on every kind of form.

Whatever is made of data adds every text in it to those that are then looked at together (``quiet``): no text may be
passed over, also none that the model does not keep.
"""

from __future__ import annotations

import types
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Annotated, Any, Literal, NamedTuple, NoReturn, TypeVar, Union, get_args, get_origin

from pydantic import BeforeValidator, Discriminator, PlainValidator
from pydantic import Tag as UnionTag

from planwriter.chinese.text import is_visible
from planwriter.model.element import Element, keys_of
from planwriter.model.straight import Building, Maker, Making, written_out
from planwriter.model.text import MAX_TEXT, accept_cell, accept_names, accept_text, as_list
from planwriter.model.unfilled import copied_words, is_blank, sign_in_a_line, signs_in
from planwriter.placed import PlacedDict, PlacedList, PlacedText, texts_in

E = TypeVar("E", bound=Element)

_BLANK: Any = type("_Blank", (tuple,), {})()
"""What a maker gives for a value that says nothing; false, as an empty list is, for which one has to look."""
OFTEN = 30
"""After so many times, keys have code of their own: writing it takes as long as making a few hundred elements."""
MOST_KEYS = 500
"""Sets of keys of one class that are counted."""
_TEXTS = frozenset({str, PlacedText})
_MAPPINGS = frozenset({dict, PlacedDict})
_LISTS = frozenset({list, PlacedList})
_OPEN = _TEXTS | _LISTS | {int}


class Doubtful(Exception):
    """Something is out of the ordinary; the careful road has to look."""


GIVING_UP = (Doubtful, ValueError, RecursionError)
"""What the quick road raises; the last for data that holds itself."""


def doubt(*_: object) -> NoReturn:
    """For whatever the careful road would tell, or is not known here."""
    raise Doubtful


def quiet(texts: list[str]) -> bool:
    """Whether no text holds a gap, the sign of one, a mark that hides, or what a document cannot hold."""
    single, joined = texts, _joined(texts)  # looked at in one go, not text by text
    if joined.count("\n") > len(texts) + 1:
        if not all(_quiet_lines(text) for text in texts if "\n" in text):
            return False
        single = [text for text in texts if "\n" not in text]
        joined = _joined(single)
    if "".join(single).isprintable():  # holds no blank but the plain one
        seemly = " " not in joined or "\n " not in joined
    else:
        seemly = is_visible(joined) and not any(text.startswith((" ", "　")) or text.isspace() for text in single)
    short = len(joined) <= MAX_TEXT or max(map(len, texts)) <= MAX_TEXT
    return seemly and short and not _holds_gap(joined) and not sign_in_a_line(joined)


def _joined(texts: list[str]) -> str:
    between = "\n".join(texts)
    return f"\n{between}\n"


def _quiet_lines(text: str) -> bool:
    """The same of one text of several lines."""
    apart = text[0] in " 　" or text.isspace() or _holds_gap(text) or not is_visible(text)
    return not apart and len(text) <= MAX_TEXT and not signs_in(text) and copied_words(text) is None


def _holds_gap(text: str) -> bool:
    return "待" in text and "待填" in text  # one character is found much faster than two


def quick_element(cls: type[E], value: Any, texts: list[str]) -> E:
    """The element that ``value`` means, if ``texts``, to which those in it are added, turn out to be quiet."""
    made: E = _element(cls)(value, texts)
    return doubt() if made is _BLANK else made


@cache
def _element(cls: type[Element]) -> Maker:
    """Makes an element; a mapping that nobody filled in is none. What is found out of the class is kept."""
    known, usual = keys_of(cls), _Usual(cls)
    straight, building, fields = usual.straight, usual.building, usual.fields
    judges_keys = cls.key_problems.__func__ is not Element.key_problems.__func__  # type: ignore[attr-defined]

    def made(value: Any, texts: list[str]) -> Any:
        kind = type(value)
        record: Mapping[str, Any] = value if kind is dict or kind is PlacedDict else _opened(cls, value, texts)
        if judges_keys and cls.key_problems(record):
            doubt()
        code = straight.get(tuple(record))
        element = code(record, texts) if code is not None else None
        if element is None:
            if reopened := not record.keys() <= known.keys():
                record = _reopened(cls, record, texts)
            if not fields:  # found out when first asked: items hold items
                fields.update({key: _field(cls, name) for key, name in known.items()})
            element = usual.finish(record, [known[key] for key in record], _founds(fields, record, texts))
            if code is None and not reopened:
                usual.met(record)
        if element is _BLANK and not (kind in _MAPPINGS and _says_nothing(value)):
            return building.made({})
        return element

    return made


def _founds(fields: Mapping[str, Making], record: Mapping[str, Any], texts: list[str]) -> list[Any]:
    """What is made of each value of a mapping."""
    founds: list[Any] = []
    for key, one in record.items():
        _, word, many, make = fields[key]
        kind = type(one)
        if kind is str and one:
            texts.append(one)
            founds.append(one if word is None else word(one))
        else:
            founds.append(many(one, texts) if kind is list and many is not None else make(one, texts))
    return founds


class _Usual:
    """Elements of a class, and the code that makes them of the keys that come often."""

    def __init__(self, cls: type[Element]) -> None:
        self.building = Building(cls)
        self.fields: dict[str, Making] = {}
        self.straight: dict[tuple[str, ...], Callable[[Mapping[str, Any], list[str]], Any]] = {}
        self._times: Counter[tuple[str, ...]] = Counter()

    def finish(self, record: Mapping[str, Any], names: Sequence[str], founds: Sequence[Any]) -> Any:
        """The element of what was found for these names, without what says nothing."""
        given = {
            name: found
            for name, found, one in zip(names, founds, record.values(), strict=True)
            if found or (found is not _BLANK and not _says_nothing(one))
        }
        if len(set(names)) != len(names):  # one field by two names
            doubt()
        return self.building.made(given) if given else _BLANK

    def met(self, record: Mapping[str, Any]) -> None:
        """Keys that come often are worth a piece of code of their own."""
        keys, values = tuple(record), record.values()
        if not keys or "" in values or (keys not in self._times and len(self._times) >= MOST_KEYS):
            return
        self._times[keys] += 1
        if self._times[keys] >= OFTEN:
            fields = [self.fields[key] for key in keys]
            self.straight[keys] = written_out(self.building, fields, list(map(type, values)), self.finish)


def _says_nothing(value: Any) -> bool:
    """Whether nothing was written; blanks alone are left to the careful road, which tells those that stand out."""
    blank = is_blank(value)
    if blank and any(texts_in(value)):
        doubt()
    return blank


def _opened(cls: type[Element], value: Any, texts: list[str]) -> Mapping[str, Any]:
    """The mapping that a text, a list or a number means."""
    if type(value) not in _OPEN:
        doubt()
    record = cls.opened(value)
    if not any(one is value for one in record.values()):
        texts += texts_in(value)  # some may be left out
    return record


def _reopened(cls: type[Element], record: Mapping[str, Any], texts: list[str]) -> Mapping[str, Any]:
    """The mapping that one with other keys than those of fields means."""
    opened = cls.opened(record)
    if not opened.keys() <= keys_of(cls).keys():
        doubt()
    if cls.opens_whole:
        for one in record.values():
            _says_nothing(one)
    else:
        texts += texts_in(record)
    return opened


class _Making(NamedTuple):
    """How values of an annotation are made: from a ``word`` that was added to the texts; from any."""

    word: Callable[[str], Any]
    make: Maker


_DOUBT = _Making(doubt, doubt)


def _field(cls: type[Element], name: str) -> Making:
    """How a field is filled, if anything is filled in."""
    field = cls.model_fields[name]
    word, make = _making(Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation)
    takes_list = get_origin(field.annotation) is list

    def made(value: Any, texts: list[str]) -> Any:
        kind = type(value)
        if kind in _TEXTS:
            texts.append(value)
            return word(str(value)) if value else _BLANK
        if kind not in _LISTS:
            return _BLANK if _says_nothing(value) else make(value, texts)
        if not takes_list:
            value = [one for one in value if type(one) not in _MAPPINGS or not _says_nothing(one)]
        return make(value, texts) if value else _BLANK

    return name, None if word is _itself else word, make if takes_list else None, made


def _making(annotation: Any) -> _Making:
    """How a value of an annotation is made; ``doubt`` for one that is not known here."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _annotated(parts[0], parts[1:])
    if origin in (Union, types.UnionType):
        filled = [part for part in parts if part is not type(None)]
        return _making(filled[0]) if len(filled) == 1 else _DOUBT
    if origin is list:
        return _list(_making(parts[0]), None)
    if origin is dict:
        return _dict(_making(parts[0]).make, _making(parts[1]).make)
    if isinstance(annotation, type) and issubclass(annotation, Element):
        make = _element(annotation)
        return _Making(lambda text: make(text, []), make)
    return _DOUBT


def _annotated(of: Any, marks: tuple[Any, ...]) -> _Making:
    chosen = next((mark for mark in marks if isinstance(mark, Discriminator)), None)
    if chosen is not None:
        return _told_apart(of, chosen.discriminator)
    checks: list[Any] = [mark for mark in marks if isinstance(mark, BeforeValidator | PlainValidator)]
    if len(checks) != 1:
        return _DOUBT if checks else _making(of)
    if get_origin(of) is list:
        return _list(_making(get_args(of)[0]), checks[0].func)
    if checks[0].func in (accept_text, accept_cell):
        return _as_it_is(checks[0].func)
    return _checked(checks[0].func, get_args(of) if get_origin(of) is Literal else None)


def _itself(text: str) -> str:
    return text


def _as_it_is(check: Callable[[Any], str]) -> _Making:
    """A text that has been found quiet is kept as it is."""

    def made(value: Any, texts: list[str]) -> str:
        if type(value) not in _TEXTS:
            return check(_scalar(value))
        texts.append(value)
        return str(value)

    return _Making(_itself, made)


def _scalar(value: Any) -> Any:
    return doubt() if isinstance(value, str | list | tuple | Mapping) else value


def _checked(check: Callable[[Any], Any], choices: tuple[Any, ...] | None) -> _Making:
    """What is read out of words; the same ones come again and again."""

    def known(value: Any) -> Any:
        found = check(value)
        return found if choices is None or found in choices else doubt()

    word = lru_cache(maxsize=4096)(known)

    def made(value: Any, texts: list[str]) -> Any:
        if type(value) not in _TEXTS:
            return known(_scalar(value))
        texts.append(value)
        return word(str(value))

    return _Making(word, made)


def _told_apart(of: Any, tag_of: Any) -> _Making:
    makings = {_tag_of(part): _making(part) for part in get_args(of)}

    def made(value: Any, texts: list[str]) -> Any:
        return makings.get(tag_of(value), _DOUBT).make(value, texts)

    return _Making(makings.get(tag_of("文"), _DOUBT).word, made)  # one text is told as any other


def _tag_of(annotation: Any) -> str:
    return next(mark.tag for mark in get_args(annotation)[1:] if isinstance(mark, UnionTag))


def _list(of: _Making, check: Any) -> _Making:
    if check not in (None, as_list, accept_names):
        return _DOUBT
    word, make = of

    def made(value: Any, texts: list[str]) -> list[Any]:
        if type(value) not in _LISTS:
            value = doubt() if check is None or value is None else [value]
        if check is accept_names:
            return [make(one, texts) for one in value if not _says_nothing(one)]
        return [found for one in value if (found := make(one, texts)) is not _BLANK]

    def alone(text: str) -> list[Any]:
        return doubt() if check is None else [word(text)]

    return _Making(alone, _texts(made) if word is _itself else made)


def _texts(make: Maker) -> Maker:
    """A list that most often holds nothing but texts, which are kept as they are."""

    def made(value: Any, texts: list[str]) -> Any:
        for one in value if type(value) is list else (None,):
            if type(one) is not str or not one:
                return make(value, texts)
        texts.extend(value)
        return value.copy()

    return made


def _dict(make_key: Maker, make_value: Maker) -> _Making:
    def made(value: Any, texts: list[str]) -> dict[Any, Any]:
        if type(value) not in _MAPPINGS:
            doubt()
        return {make_key(key, []): make_value(one, texts) for key, one in value.items()}

    return _Making(doubt, made)


__all__ = ["GIVING_UP", "Doubtful", "doubt", "quick_element", "quiet"]
