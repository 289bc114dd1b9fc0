"""What a machine lacks to show documents as they are meant, as a value that can be printed and compared."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from planwriter.chinese.rare import rare_characters
from planwriter.machine.fonts import FontShelf
from planwriter.standard import Face, Profile

LIBRARIES = ("pydantic", "docxtpl", "python-docx", "jinja2", "lxml", "click", "PyYAML", "cn2an", "budoux")
CONVERTERS = ("soffice", "libreoffice")


@dataclass(frozen=True, slots=True)
class FaceFound:
    """A font of the profile: for which kind of type, whether it is there (``None``: unknown), what stands in."""

    face: str
    name: str
    present: bool | None
    stand_in: str | None = None


@dataclass(frozen=True, slots=True)
class Checkup:
    """Fonts, versions, a converter, and the characters of a text that GB 2312 does not hold, with their count."""

    faces: tuple[FaceFound, ...]
    python: str
    libraries: Mapping[str, str | None]
    converter: str | None
    rare: Mapping[str, int] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether every font and every library is there."""
        return all(one.present is not False for one in self.faces) and None not in self.libraries.values()

    def to_dict(self) -> dict[str, object]:
        """For ``--json``."""
        return {
            "sound": self.sound,
            "fonts": [
                {"face": one.face, "name": one.name, "present": one.present, "stand_in": one.stand_in}
                for one in self.faces
            ],
            "python": self.python,
            "libraries": dict(self.libraries),
            "converter": self.converter,
            "rare_characters": dict(self.rare),
        }

    def to_text(self) -> str:
        """For people: one line a finding, Chinese."""
        lines = ["字体：", *map(_face_line, self.faces), f"Python：{self.python}"]
        listed = (f"{name} {version or '没有装'}" for name, version in self.libraries.items())
        lines.append(f"程序库：{'，'.join(listed)}")
        lines.append(f"转换程序：{self.converter or '没有找到 soffice（LibreOffice），不能把文档转成 PDF'}")
        if self.rare:
            told = "、".join(f"{c}（U+{ord(c):04X}，{times}处）" for c, times in self.rare.items())
            lines.append(f"不在 GB 2312 里的字：{told}；写文档时这些字改用字数多的同类字体")
        return "\n".join(lines) + "\n"


def _face_line(one: FaceFound) -> str:
    if one.present:
        return f"  {one.face}：{one.name}，已装"
    if one.present is None:
        return f"  {one.face}：{one.name}，查不到这台电脑装了哪些字体"
    return f"  {one.face}：{one.name}，没有装，{f'显示成 {one.stand_in}' if one.stand_in else '由 Word 另选字体'}"


def check_up(
    profile: Profile,
    text: str = "",
    *,
    shelf: FontShelf | None = None,
    found: Callable[[str], str | None] = shutil.which,
    version: Callable[[str], str | None] | None = None,
) -> Checkup:
    """Look at the machine for the fonts of ``profile``, and at the characters of ``text``. Changes nothing."""
    look = version or _version
    return Checkup(
        tuple(_faces(profile, shelf or FontShelf())),
        platform.python_version(),
        {name: look(name) for name in LIBRARIES},
        next(filter(None, map(found, CONVERTERS)), None),
        dict(Counter(rare_characters(text))),
    )


def _faces(profile: Profile, shelf: FontShelf) -> Iterable[FaceFound]:
    installed = shelf.names()
    fonts = [(face.value, profile.font(face)) for face in Face]
    fonts += [("数字和字母", profile.latin)] if profile.latin else []
    for kind, font in fonts:
        if installed is None:
            yield FaceFound(kind, font.name, None)
        elif shelf.has(font.name, installed):
            yield FaceFound(kind, font.name, True)
        else:
            yield FaceFound(kind, font.name, False, shelf.stand_in(font.name, font.alternative, installed))


def _version(library: str) -> str | None:
    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return None
