"""An organisation's file of named deviations (单位版式.yaml): read, checked, every mistake told with its place."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from planwriter.diagnostic import Diagnostic, FormError, Severity, UsageError
from planwriter.files import read_bytes
from planwriter.form.yaml_form import read_yaml
from planwriter.nearest import nearest
from planwriter.placed import PlacedDict, PlacedText, key_place, place_of
from planwriter.standard import ROLES, TYPE_SIZES, Face, Mm, Profile, Pt, RoleKind, profile, profile_names
from planwriter.standard.deviation import Deviation

_FILE = re.compile(r"\.ya?ml$", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s*(?:mm|毫米|磅|pt)?")
_SIDES = {"上": "top", "下": "bottom", "左": "left", "右": "right"}
_NAMED_BOLD = {one.name: one.id for one in ROLES if one.kind is RoleKind.PARAGRAPH}
_LONGEST_NAME = 60


class _Mistake(Exception):
    """What is wrong with one value: the sentence, what it should be, and what to do."""

    def __init__(self, code: str, message: str, expected: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.expected = code, message, expected
        self.hint = hint or f"写成 {expected} 这样"


Told = Callable[[Any, _Mistake], None]
Reader = Callable[[Any, Told], Any]


def profile_from(names: str | Sequence[str] | None, file: str | os.PathLike[str] | None = None) -> Profile:
    """The profile of these names, some of which may stand in an organisation's file.

    A path ending in ``.yaml`` or ``.yml`` among the names is such a file too. Where a file holds a single
    deviation it need not be named. Raises FormError with every mistake of the file, UsageError for names.
    """
    listed = [names] if isinstance(names, str) else list(names or ())
    said = [piece.strip() for one in listed for piece in one.replace("，", ",").split(",") if piece.strip()]
    paths = [one for one in said if _FILE.search(one)] + ([os.fspath(file)] if file is not None else [])
    chosen = [one for one in said if not _FILE.search(one)]
    known = [one for path in dict.fromkeys(paths) for one in read_deviations(read_bytes(Path(path)), Path(path).name)]
    if paths and not {one.name for one in known} & set(chosen):
        chosen.append(_only(known, paths[0], chosen))
    return profile(chosen, known)


def _only(known: Sequence[Deviation], path: str, chosen: Sequence[str]) -> str:
    strange = [name for name in chosen if name not in profile_names()]
    if len(known) == 1 and not strange:
        return known[0].name
    if strange:
        profile(strange, known)
    names = "、".join(one.name for one in known)
    raise UsageError(
        Diagnostic("profile-choose-one", f"“{Path(path).name}”里有几种版式，不知道用哪一种", expected=names,
                   hint=f"用 --profile 写明一种，可用的：{names}")
    )  # fmt: skip


def read_deviations(data: bytes | str, name: str = "版式文件") -> tuple[Deviation, ...]:
    """The deviations of a file in their order. Raises FormError with all mistakes, each with line and column."""
    placed, told = read_yaml(data, name, frozenset(_known_keys()))
    found = [d for d in told if d.severity is Severity.ERROR]
    made = [_deviation(title, placed, found) for title in placed]
    if found:
        raise FormError(sorted(found, key=_position))
    return tuple(made)


def _known_keys() -> Iterator[str]:
    for label, (english, _, _) in _KEYS.items():
        yield from (label, english)
    yield from (*_SIDES, *_SIDES.values(), *(face.value for face in Face), *(face.name.lower() for face in Face))


def _position(found: Diagnostic) -> tuple[int, int]:
    place = found.place
    return (place.line or 0, place.column or 0) if place else (0, 0)


def _deviation(title: str, around: PlacedDict, found: list[Diagnostic]) -> Deviation:
    wanted, place = around[title], key_place(around, title)
    if title in profile_names():
        found.append(Diagnostic("profile-name-taken", f"“{title}”是内置版式的名称", place=place, found=title,
                                hint="换一个名称，例如单位的简称"))  # fmt: skip
    if not isinstance(wanted, Mapping):
        found.append(Diagnostic("profile-not-a-mapping", f"“{title}”下面应当是若干“键: 值”", place=place,
                                hint=f"可用的键：{'、'.join(_KEYS)}"))  # fmt: skip
        return Deviation(title)
    fields: dict[str, Any] = {}
    for key, label in _keys_in(wanted, {k: v[0] for k, v in _KEYS.items()}, found):
        _, field, read = _KEYS[label]
        value = _tried(read, wanted[key], key_place(wanted, key), label, found)
        if value is not None:
            fields[field] = value
    return Deviation(title, **fields)


def _keys_in(wanted: Any, known: Mapping[str, str], found: list[Diagnostic]) -> Iterator[tuple[str, str]]:
    """Every key with its Chinese label; unknown and doubled ones are told."""
    labels = {word: label for label, english in known.items() for word in (label, english)}
    seen: set[str] = set()
    for key in wanted:
        label = labels.get(key) or labels.get(key.lower())
        if label is None:
            near = labels.get(nearest(key.lower(), labels) or "")
            hint = f"改成“{near}”" if near else f"可用的键：{'、'.join(known)}"
            found.append(Diagnostic("profile-unknown-key", f"不认识的键“{key}”", place=key_place(wanted, key),
                                    found=key, expected=near, hint=hint))  # fmt: skip
        elif label in seen:
            found.append(Diagnostic("profile-duplicate-key", f"“{label}”写了两次", place=key_place(wanted, key),
                                    found=key, hint="删去其中一处"))  # fmt: skip
        else:
            seen.add(label)
            yield key, label


def _tried(read: Reader, value: Any, place: Any, label: str, found: list[Diagnostic]) -> Any:
    def told(at: Any, wrong: _Mistake) -> None:
        said = at[:40] if isinstance(at, str) else None
        found.append(
            Diagnostic(
                wrong.code,
                f"“{label}”{wrong.message}",
                place=place_of(at) or place,
                found=said or None,
                expected=wrong.expected,
                hint=wrong.hint,
            )
        )

    try:
        return read(value, told)
    except _Mistake as wrong:
        told(value, wrong)
        return None


def _name(value: Any, told: Told) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Mistake("profile-not-text", "应当是一个名称", "仿宋_GB2312")
    if len(value) > _LONGEST_NAME or any(mark in value for mark in "<>&\"'\n\r\t;"):
        raise _Mistake("profile-bad-name", "写的名称太长，或者有名称里不会有的符号", "仿宋_GB2312")
    return value.strip()


def _words(value: Any, told: Told) -> str:
    return str(value).strip() if isinstance(value, str) else ""


def _length(least: float, most: float, unit: str) -> Callable[[Any], float]:
    def read(value: Any) -> float:
        found = _NUMBER.fullmatch(value.strip()) if isinstance(value, str) else None
        if found is None:
            raise _Mistake("profile-not-a-number", "应当是数字", f"{(least + most) / 2:g}（{unit}）")
        if not least <= float(found[1]) <= most:
            raise _Mistake("profile-out-of-range", f"写的“{found[1]}”{unit}太大或太小", f"{least:g} 到 {most:g} {unit}",
                           f"写 {least:g} 到 {most:g} 之间的数字")  # fmt: skip
        return float(found[1])

    return read


def _size(least: float, most: float) -> Reader:
    points = _length(least, most, "磅")

    def read(value: Any, told: Told) -> Pt:
        named = TYPE_SIZES.get(value.strip()) if isinstance(value, str) else None
        return Pt(points(str(float(named)) if named is not None else value))

    return read


def _margins(value: Any, told: Told) -> tuple[tuple[str, Mm], ...]:
    if not isinstance(value, Mapping):
        raise _Mistake("profile-not-a-mapping", "应当分上、下、左、右来写", "{上: 37, 下: 35, 左: 28, 右: 26}")
    read = _length(5, 80, "mm")
    return tuple((_SIDES[side], Mm(made)) for side, made in _each(value, _SIDES, lambda one: read(one), told))


def _faces(value: Any, told: Told) -> tuple[tuple[Face, str], ...]:
    if not isinstance(value, Mapping):
        raise _Mistake("profile-not-a-mapping", "应当按字体的种类来写", "{仿宋: 华文仿宋, 小标宋: 华文中宋}")
    known = {face.value: face.name.lower() for face in Face}
    return tuple((Face(kind), made) for kind, made in _each(value, known, lambda one: _name(one, told), told))


def _each(value: Any, known: Mapping[str, str], read: Callable[[Any], Any], told: Told) -> Iterator[tuple[str, Any]]:
    unknown: list[Diagnostic] = []
    for key, label in _keys_in(value, known, unknown):
        try:
            yield label, read(value[key])
        except _Mistake as wrong:
            told(value[key] if place_of(value[key]) else value, wrong)
    for one in unknown:
        key = next(k for k in value if k == one.found)
        told(_at(value, key), _Mistake(one.code, f"里{one.message}", one.expected or "", one.hint))


def _at(value: Any, key: str) -> Any:
    """The key as a text with its place."""
    return PlacedText(key, key_place(value, key))


def _bold(value: Any, told: Told) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    ids: list[str] = []
    for one in listed:
        known = {**_NAMED_BOLD, **{id_: id_ for id_ in _NAMED_BOLD.values()}}
        if isinstance(one, str) and (id_ := known.get(one.strip())):
            ids.append(id_)
            if (lead := id_.replace("heading_", "lead_")) != id_:
                ids.append(lead)
        else:
            near = nearest(one, known) if isinstance(one, str) else None
            hint = f"改成“{near}”" if near else "写样式的名称，如 二级标题、表头"
            told(one, _Mistake("profile-unknown-style", f"里没有“{one}”这种样式", "二级标题", hint))
    return tuple(dict.fromkeys(ids))


def _choice(words: Mapping[str, Any]) -> Reader:
    def read(value: Any, told: Told) -> Any:
        text = value.strip() if isinstance(value, str) else ""
        if text.lower() in words:
            return words[text.lower()]
        allowed = "、".join(word for word in words if not word.isascii())
        near = nearest(text, words)
        hint = f"改成“{near}”" if near else f"可以写：{allowed}"
        raise _Mistake("profile-bad-choice", f"写的“{text}”不在可选的几种里", allowed, hint)

    return read


def _based_on(value: Any, told: Told) -> tuple[str, ...]:
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    try:
        return profile(text).names
    except UsageError as wrong:
        one = wrong.diagnostics[0]
        raise _Mistake(
            "profile-bad-base", f"写的不是内置版式：{one.message}", "、".join(profile_names()), one.hint
        ) from None


_KEYS: dict[str, tuple[str, str, Reader]] = {
    "说明": ("description", "means", _words),
    "基于": ("based_on", "based_on", _based_on),
    "页边距": ("margins", "margins", _margins),
    "行距": ("line_spacing", "row", _size(12, 60)),
    "字体": ("fonts", "faces", _faces),
    "数字字体": ("latin_font", "latin", _name),
    "加粗": ("bold", "bold", _bold),
    "页码位置": (
        "page_number",
        "centred_numbers",
        _choice({"居中": True, "外侧": False, "center": True, "centre": True, "outside": False}),
    ),
    "标志字号": ("mark_size", "mark_size", _size(16, 120)),
    "表格字号": ("table_size", "table_size", _size(6, 22)),
    "表格行距": ("table_line_spacing", "table_line", _size(8, 40)),
    "层次标题": (
        "headings",
        "keep_headings",
        _choice({"随下文": True, "排满": False, "keep": True, "fill": False}),
    ),
}
"""Chinese key → English key, field of ``Deviation``, and how its value is read."""


def deviation_keys() -> dict[str, str]:
    """The keys of a deviation: Chinese → English, for the page that documents them."""
    return {label: english for label, (english, _, _) in _KEYS.items()}
