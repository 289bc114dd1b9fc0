"""What every node of the model shares: keys in two languages, shorthand, and errors told all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from planwriter.model.collector import Collector
from planwriter.model.unfilled import copied_words, is_blank, is_surely_filled, placeholder, placeholder_words
from planwriter.nearest import nearest
from planwriter.placed import PlacedList, key_place, place_of

_TRIES = 40


def item(
    label: str,
    explain: str,
    example: str,
    *,
    clause: str | None = None,
    default: Any = None,
    factory: Any = None,
    also: tuple[str, ...] = (),
    required: bool = False,
    text_like: bool = True,
    common: bool = False,
) -> Any:
    """A field with its Chinese label (the form key), one sentence, an example and the clause it rests on.

    ``also`` lists further keys that people write; ``required`` marks what a finished paper cannot do
    without (a draft shows 【待填：…】 there); ``common`` what a short blank form offers; ``text_like`` is
    false where a placeholder cannot stand.
    """
    extra: dict[str, Any] = {
        "x-必填": required, "x-常用": common or required, "x-可占位": text_like, "x-别名": list(also),
    }  # fmt: skip
    if clause:
        extra["x-条款"] = clause
    told: dict[str, Any] = {
        "alias": label, "title": label, "description": explain, "examples": [example],
        "json_schema_extra": extra,
    }  # fmt: skip
    return Field(default_factory=factory, **told) if factory else Field(default, **told)


class SharedNames(set[str]):
    """The fields that were filled in, of many elements made alike; an element of which they are asked gets its own."""


class Element(BaseModel):
    """Root of the model's classes. Chinese labels and English names are both accepted as keys."""

    model_config = ConfigDict(
        extra="forbid", populate_by_name=True, loc_by_alias=False, serialize_by_alias=True,
        use_enum_values=False, ser_json_inf_nan="strings", revalidate_instances="never", defer_build=True,
    )  # fmt: skip
    shorthand: ClassVar[str | None] = None
    """The field that a plain text or list stands for, where people write one."""
    opens_whole: ClassVar[bool] = False
    """Whether ``opened`` keeps every text of a mapping but blanks (and words that say a kind)."""

    @classmethod
    def opened(cls, value: Any) -> Mapping[str, Any]:
        """The mapping that ``value`` means; raises a told error for anything that cannot be one."""
        if isinstance(value, (dict, Mapping)):  # the plain kind first: asking the abstract one takes ten times as long
            return value
        if cls.shorthand is not None and isinstance(value, str | list | tuple | int) and not isinstance(value, bool):
            return {cls.shorthand: value}
        raise PydanticCustomError(
            "form-not-a-mapping", "这里应当是若干“键: 值”，写的却是{found}",
            {"found": told_kind(value), "hint": f"按“键: 值”分行写，可用的键：{'、'.join(_labels(cls))}"},
        )  # fmt: skip

    @model_validator(mode="wrap")
    @classmethod
    def _accept(cls, value: Any, handler: Any, info: ValidationInfo) -> Self:
        if isinstance(value, cls):
            return value
        collector = info.context if isinstance(info.context, Collector) else None
        record = cls.opened(value)
        named, raw_keys, problems = _named(cls, record, collector)
        problems = [*cls.key_problems(value if isinstance(value, Mapping) else record), *problems]
        if collector is None:
            if problems:
                raise ValidationError.from_exception_data(cls.__name__, problems)
            plain: Self = handler(named)
            plain.filled_in_order(tuple(named))
            return plain
        for problem in problems:
            collector.problem(problem, key_place(value, str(problem["loc"][-1])))
        made: Self = _tolerant(cls, named, handler, collector, record, raw_keys)
        made.filled_in_order(tuple(named))
        collector.remember(made, value, record, raw_keys)
        return made

    @classmethod
    def key_problems(cls, record: Mapping[str, Any]) -> list[InitErrorDetails]:
        """Mistakes about the keys as a whole; none for most classes."""
        return []

    @classmethod
    def further_keys(cls) -> tuple[str, ...]:
        """Keys that are accepted beside the fields, for naming the nearest; none for most classes."""
        return ()

    @property
    def model_fields_set(self) -> set[str]:
        """The names of the fields that were filled in."""
        names = self.__pydantic_fields_set__
        if type(names) is SharedNames:
            names = set(names)
            object.__setattr__(self, "__pydantic_fields_set__", names)
        return names

    def __setattr__(self, name: str, value: Any) -> None:
        """As pydantic does it, which notes the field in the set of this element."""
        _ = self.model_fields_set
        super().__setattr__(name, value)

    def filled_in_order(self, names: tuple[str, ...]) -> None:
        """Told the fields in the order in which they were filled in; most classes do not mind."""


def told_kind(value: object) -> str:
    """What a value is, in words a clerk understands."""
    if isinstance(value, str):
        return f"文字“{value[:30]}”" if value else "空白"
    names = {dict: "若干键值", list: "一个列表", bool: "“是”或“否”", int: "数字", float: "数字", type(None): "空白"}
    return next((word for kind, word in names.items() if isinstance(value, kind)), "别的内容")


@cache
def keys_of(cls: type[Element]) -> dict[str, str]:
    """Every accepted key of a class → the field's name."""
    out: dict[str, str] = {}
    for name, field in cls.model_fields.items():
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        more = extra.get("x-别名")
        for key in (field.alias or name, name, *(more if isinstance(more, list) else ())):
            out.setdefault(str(key), name)
    return out


@cache
def _labels(cls: type[Element]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in cls.model_fields.items())


@cache
def _text_like(cls: type[Element], name: str) -> bool:
    extra = cls.model_fields[name].json_schema_extra
    return bool(isinstance(extra, dict) and extra.get("x-可占位"))


def label_of(cls: type[Element], name: str) -> str:
    """The Chinese label of a field."""
    return cls.model_fields[name].alias or name


def nearest_key(cls: type[Element], key: str) -> str | None:
    """The known key that ``key`` most probably was meant to be, as its Chinese label."""
    known = keys_of(cls)
    near = nearest(key.strip().lower(), [*known, *cls.further_keys()])
    return None if near is None else label_of(cls, known[near]) if near in known else near


def _named(
    cls: type[Element], record: Mapping[str, Any], collector: Collector | None
) -> tuple[dict[str, Any], dict[str, str], list[InitErrorDetails]]:
    """Keys → field names; blanks dropped; doubled and unknown keys as problems."""
    known = keys_of(cls)
    named: dict[str, Any] = {}
    raw_keys: dict[str, str] = {}
    problems: list[InitErrorDetails] = []
    for key, value in record.items():
        name = known.get(key) or known.get(str(key).replace("　", "").replace(" ", ""))
        if name is None:
            problems.append(_unknown(cls, str(key), value, collector, record))
        elif name in raw_keys:
            problems.append(_doubled(cls, str(key), raw_keys[name], value))
        else:
            raw_keys[name] = key
            filled = _filled(cls, name, value, collector, record)
            if filled is not None:
                named[name] = filled
    return named, raw_keys, problems


def _filled(cls: type[Element], name: str, value: Any, collector: Collector | None, record: Mapping[str, Any]) -> Any:
    """``value``, or a placeholder where it says “not filled”, or ``None`` where it says nothing."""
    if isinstance(value, str) and is_surely_filled(value):
        return value
    if is_blank(value):
        return None
    if isinstance(value, list) and any(isinstance(one, dict) and is_blank(one) for one in value):
        value = PlacedList((one for one in value if not (isinstance(one, dict) and is_blank(one))), place_of(value))
    if isinstance(value, list) and _text_like(cls, name):
        return _with_named_gaps(value, label_of(cls, name), collector)
    words = placeholder_words(value)
    if words is None:
        return value
    if _text_like(cls, name):
        return _values_gap(value, label_of(cls, name), collector)
    if collector is not None:
        collector.unfilled.append((label_of(cls, name), key_place(record, name)))
    return None


def _with_named_gaps(values: list[Any], label: str, collector: Collector | None) -> list[Any]:
    """A list in which gaps say what is to be filled in."""
    if all(placeholder_words(value) is None for value in values):
        return values
    kept = PlacedList(place=place_of(values))
    kept += [_values_gap(value, label, collector) for value in values]
    return kept


def _values_gap(value: Any, label: str, collector: Collector | None) -> Any:
    """A gap with its words, or the value as it is; a sign left from a sample is remembered, for it is replaced."""
    words = placeholder_words(value)
    if words is None:
        return value
    if collector is not None and copied_words(value) is not None:
        collector.copied.append((label, value))
    return placeholder(words or label)


def key_problem(code: str, message: str, where: str, value: Any, /, **ctx: Any) -> InitErrorDetails:
    """A mistake about a key; ``message`` may name ``{key}`` and whatever else ``ctx`` holds."""
    return InitErrorDetails(type=PydanticCustomError(code, message, ctx), loc=(where,), input=value)


def _unknown(
    cls: type[Element], key: str, value: Any, collector: Collector | None, record: Mapping[str, Any]
) -> InitErrorDetails:
    near = nearest_key(cls, key) if collector is None or collector.may_look_up() else None
    if near is not None and collector is not None:
        collector.near_misses.add((id(record), keys_of(cls).get(near, near)))
    hint = f"改成“{near}”" if near else f"这里可用的键：{'、'.join(_shown_keys(cls))}"
    return key_problem("form-unknown-key", "不认识的键“{key}”", key, value, key=key, found=key,
                    expected=near or "", hint=hint)  # fmt: skip


def _shown_keys(cls: type[Element]) -> Iterator[str]:
    """The keys as clerks write them; their English names go without saying."""
    return (key for key in (*_labels(cls), *cls.further_keys()) if not key.isascii())


def _doubled(cls: type[Element], key: str, first: str, value: Any) -> InitErrorDetails:
    message = "“{key}”与前面的“{first}”说的是同一项，只能写一次"
    return key_problem("form-duplicate-key", message, key, value, key=key, first=first, found=key,
                    hint="删去其中一处")  # fmt: skip


def _tolerant(
    cls: type[Element], named: dict[str, Any], handler: Any, collector: Collector,
    record: Mapping[str, Any], raw_keys: Mapping[str, str],
) -> Any:  # fmt: skip
    """Validate; report what fails; go on without it, so that every mistake is told in one pass."""
    for _ in range(_TRIES):
        try:
            return handler(named)
        except ValidationError as failure:
            failed = failure.errors(include_url=False)
            for error in failed:
                collector.error(cls, error, record, raw_keys)
            named = _without(named, [error["loc"] for error in failed])
    raise PydanticCustomError("form-unreadable", "这一部分错误太多，无法继续检查", {})


def _without(named: dict[str, Any], locs: list[tuple[int | str, ...]]) -> dict[str, Any]:
    left = dict(named)
    dropped: dict[str, set[int]] = {}
    for loc in locs:
        field = str(loc[0]) if loc else ""
        value = left.get(field)
        if isinstance(value, list) and len(loc) > 1 and isinstance(loc[1], int):
            dropped.setdefault(field, set()).add(loc[1])
        elif field in left:
            del left[field]
        elif not loc:
            left.clear()
    for field, gone in dropped.items():
        if field in left:
            left[field] = [value for n, value in enumerate(left[field]) if n not in gone]
    return left


__all__ = ["Element", "SharedNames", "item", "key_problem", "keys_of", "label_of", "nearest_key", "told_kind"]
