"""Named deviations laid over the standard: margins, fonts, Latin face, keeping headings with text."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from planwriter.diagnostic import Diagnostic, UsageError
from planwriter.nearest import nearest
from planwriter.standard.faces import FONT_SETS, TIMES, WIDER, Face, Font
from planwriter.standard.layout import LAYOUTS, Layout
from planwriter.standard.roles import Role, role
from planwriter.standard.rules import Strength


class Departure(NamedTuple):
    """What an organisation's own deviation leaves: ``wanted`` instead of ``standard``, and the clause."""

    deviation: str
    what: str
    wanted: str
    standard: str
    clause: str
    strength: Strength


class Profile(NamedTuple):
    """How a document is to look where the standard leaves a choice or an office departs from it."""

    names: tuple[str, ...]
    layout: Layout
    font_set: str
    latin: Font | None = None
    """The face of digits and Latin letters; ``None`` keeps the Chinese face (half width, 5.2.2)."""
    keep_headings: bool = True
    """Whether a heading on a line of its own is kept on the page of the text that follows."""
    faces: tuple[tuple[Face, Font], ...] = ()
    """Fonts that stand for a kind of type instead of those of the font set."""
    looks: tuple[Role, ...] = ()
    """Roles that look otherwise than the standard has them."""
    departures: tuple[Departure, ...] = ()

    @property
    def is_default(self) -> bool:
        """Whether nothing departs from the default look."""
        return self == profile(None)

    def font(self, face: Face) -> Font:
        """The font that stands for a kind of type."""
        return dict(self.faces).get(face) or FONT_SETS[self.font_set][face]

    def role(self, id_: str) -> Role:
        """The role with this id in the look of this profile; ``KeyError`` for an unknown one."""
        return next((look for look in self.looks if look.id == id_), None) or role(id_)

    def with_looks(self, *looks: Role) -> Profile:
        """This profile with roles that look otherwise."""
        changed = {look.id: look for look in (*self.looks, *looks)}
        return self._replace(looks=tuple(changed.values()))

    def latin_font(self, face: Face) -> Font:
        """The font of digits and Latin letters beside a kind of type; page numbers stay 宋体 (7.5)."""
        return self.font(face) if self.latin is None or face is Face.SONGTI else self.latin

    def fonts(self) -> tuple[Font, ...]:
        """Every font the documents of this profile name, each once; the wider ones only for rare characters."""
        chinese = [self.font(face) for face in Face]
        wider = [WIDER[font.name] for font in chinese if font.name in WIDER]
        named = [*chinese, *wider, *([self.latin] if self.latin else [])]
        return tuple({font.name: font for font in reversed(named)}.values())[::-1]


class Variant(Protocol):
    """A look of one's own that can be laid over the standard by its name."""

    @property
    def name(self) -> str:
        """By which it is chosen."""

    def applied(self, profile: Profile) -> Profile:
        """The profile with this look laid over it."""


class _Choice(NamedTuple):
    kind: str
    means: str
    apply: Callable[[Profile], Profile]


def _layout(name: str) -> Callable[[Profile], Profile]:
    return lambda p: p._replace(layout=LAYOUTS[name])


def _fonts(name: str) -> Callable[[Profile], Profile]:
    return lambda p: p._replace(font_set=name)


_CHOICES: dict[str, _Choice] = {
    "frame": _Choice("页边距", "页边距 37/35/28/26 mm，文字框即版心（默认）", _layout("frame")),
    "ink": _Choice(
        "页边距",
        "页边距 34.58/32.58/28/26 mm，字面充满版心（GB/T 33476.2），每面排满 22 行",
        lambda p: p._replace(layout=LAYOUTS["ink"], keep_headings=False),
    ),
    "gb2312": _Choice("字体", "仿宋_GB2312、楷体_GB2312、方正小标宋简体（默认）", _fonts("gb2312")),
    "windows": _Choice("字体", "Windows 自带的仿宋、楷体", _fonts("windows")),
    "founder": _Choice("字体", "方正 GBK 字库", _fonts("founder")),
    "mac": _Choice("字体", "macOS 自带的华文字库", _fonts("mac")),
    "times": _Choice("数字字体", "数字和字母用 Times New Roman（页码除外）", lambda p: p._replace(latin=TIMES)),
    "full_pages": _Choice(
        "层次标题", "每面一律排满 22 行，层次标题可以落在面末", lambda p: p._replace(keep_headings=False)
    ),
    "keep_headings": _Choice(
        "层次标题",
        "独行的层次标题不落在面末，那一面可以少排一行（frame 默认）",
        lambda p: p._replace(keep_headings=True),
    ),
}


def profile_names() -> dict[str, str]:
    """Every profile name with what it means, in Chinese."""
    return {name: choice.means for name, choice in _CHOICES.items()}


def profile(names: str | Sequence[str] | None = None, variants: Sequence[Variant] = ()) -> Profile:
    """The profile of comma-separated or listed names, such as ``"ink,windows,times"``.

    ``None`` or no names give the default (``frame``, ``gb2312``). ``variants`` are looks of one's own that
    may be named too; they are laid over the others in the order of the names. Raises ``UsageError`` with
    all unknown names (``standard-unknown-profile``) and all contradictions (``standard-profile-conflict``).
    """
    return _compose(tuple(_split(names)), tuple(variants))


@functools.lru_cache(maxsize=64)
def _compose(names: tuple[str, ...], variants: tuple[Variant, ...]) -> Profile:
    own = {one.name: _Choice(one.name, "", one.applied) for one in variants}
    known = {**_CHOICES, **own}
    if diagnostics := [*_unknown(names, known), *_conflicts(names, known)]:
        raise UsageError(diagnostics)
    ordered = sorted(names, key=lambda name: name in own)
    start = Profile(names, LAYOUTS["frame"], "gb2312")
    chosen = functools.reduce(lambda p, name: known[name].apply(p), ordered, start)
    return chosen._replace(names=tuple(name for name in names if known[name].apply(_DEFAULT) != _DEFAULT))


def _split(names: str | Sequence[str] | None) -> Iterable[str]:
    listed = [names] if isinstance(names, str) else names or []
    pieces = (piece.strip() for one in listed for piece in one.replace("，", ",").split(","))
    return dict.fromkeys(piece for piece in pieces if piece)


def _unknown(names: tuple[str, ...], known: Mapping[str, _Choice]) -> Iterable[Diagnostic]:
    for name in names:
        if name not in known:
            near = nearest(name.lower(), known)
            yield Diagnostic(
                "standard-unknown-profile",
                f"没有名为“{name}”的版式",
                found=name,
                expected="、".join(known),
                hint=near if near else f"可用的版式：{'、'.join(known)}",
            )


def _conflicts(names: tuple[str, ...], known: Mapping[str, _Choice]) -> Iterable[Diagnostic]:
    first: dict[str, str] = {}
    for name in names:
        kind = known[name].kind if name in known else name
        if (other := first.setdefault(kind, name)) != name:
            yield Diagnostic(
                "standard-profile-conflict",
                f"版式“{other}”和“{name}”都规定{kind}，只能选一个",
                found=f"{other},{name}",
                hint=f"去掉“{other}”或“{name}”",
            )


_DEFAULT = Profile((), LAYOUTS["frame"], "gb2312")
