"""Elements made of the values of their fields; by straight-line code where the same keys come again and again.

``Building`` puts an element together, whatever its fields. ``written_out`` writes down, once for all, what
``model.quick`` does in a loop for mappings with certain keys and kinds of values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from planwriter.model.element import Element, SharedNames
from planwriter.placed import PlacedText

Maker = Callable[[Any, list[str]], Any]
"""Makes a value of data, and adds the texts in it to those to be looked at."""
Making = tuple[str, Callable[[str], Any] | None, Maker | None, Maker]
"""A field's name; how a text, a list and anything else is made into its value, where a text is not taken as it is."""

_values, _names, _extra, _private = (
    BaseModel.__dict__[name].__set__  # as pydantic itself does, past the model's own guard
    for name in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)


class Building:
    """How elements of a class are put together; ``known`` is what its pieces of code ask for by name."""

    def __init__(self, cls: type[Element]) -> None:
        self._cls = cls
        self.private = {name: one.get_default() for name, one in cls.__private_attributes__.items()}
        self.minds_order = cls.filled_in_order is not Element.filled_in_order
        self.known: dict[str, Any] = {
            "new": cls.__new__, "cls": cls, "set_values": _values, "set_names": _names, "set_extra": _extra,
            "set_private": _private, "private": self.private,
        }  # fmt: skip
        self.defaults = dict(self._defaults())
        self._fresh: Callable[[], dict[str, Any]] = eval(f"lambda: {self.filled({})}", self.known)  # noqa: S307 - our own

    def _defaults(self) -> Iterable[tuple[str, str]]:
        """Code for what the fields are by default, in their order."""
        for name, field in self._cls.model_fields.items():
            value = field.default_factory or field.default
            self.known[f"default_{name}"] = value
            called = f"default_{name}()" if field.default_factory else f"default_{name}"
            yield name, "[]" if value is list else "None" if value is None else called

    def filled(self, given: Mapping[str, str]) -> str:
        """Code for all values, of which some are given by names."""
        return f"{{{', '.join(f'{name!r}: {one}' for name, one in (self.defaults | dict(given)).items())}}}"

    def made(self, given: Mapping[str, Any]) -> Any:
        """The element with these values and, for the other fields, what they are by default."""
        element, values = self._cls.__new__(self._cls), self._fresh()
        values.update(given)
        _values(element, values)
        _names(element, set(given))
        _extra(element, None)
        _private(element, self.private.copy() if self.private else None)
        if self.minds_order:
            element.filled_in_order(tuple(given))
        return element


def written_out(
    building: Building, fields: Sequence[Making], kinds: Sequence[type], finish: Callable[..., Any]
) -> Callable[[Mapping[str, Any], list[str]], Any]:
    """A function for mappings whose values are of these kinds, for these fields; ``None`` for others.

    What it made, with a value among it that may say nothing, it leaves to ``finish``.
    """
    known, asked, made, unsure, words = dict(building.known), [], [], [], []
    for n, ((_, word, many, make), kind) in enumerate(zip(fields, kinds, strict=True)):
        known |= {f"kind{n}": kind, f"make{n}": many if many is not None and kind is list else make, f"word{n}": word}
        asked.append(f"type(v{n}) is kind{n}")
        if kind is str or kind is PlacedText:
            asked.append(f"v{n}")
            words.append(f"v{n}, ")
            text = f"v{n}" if kind is str else f"str(v{n})"
            made.append(f"v{n} = {text}" if word is None else f"v{n} = word{n}({text})")
        else:
            unsure.append(f"v{n}")
            made.append(f"v{n} = make{n}(v{n}, texts)")
    values = "".join(f"v{n}, " for n in range(len(fields)))
    names = tuple(field[0] for field in fields)
    lines = [
        f"{values} = record.values()",
        f"if not ({' and '.join(asked)}): return None",
        f"texts.extend(({''.join(words)}))",
        *made,
        f"if not ({' and '.join(unsure) or True}): return finish(record, {names!r}, ({values}))",
        "element = new(cls)",
        f"set_values(element, {building.filled({name: f'v{n}' for n, name in enumerate(names)})})",
        "set_names(element, filled)",
        "set_extra(element, None)",
        f"set_private(element, {'private.copy()' if building.private else None})",
        *([f"element.filled_in_order({names!r})"] if building.minds_order else []),
        "return element",
    ]
    known |= {"finish": finish, "filled": SharedNames(names)}
    exec("def made(record, texts):\n " + "\n ".join(lines), dict(known), known)  # noqa: S102 - our own
    return known["made"]  # type: ignore[no-any-return]


__all__ = ["Building", "Maker", "Making", "written_out"]
