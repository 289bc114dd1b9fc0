"""Which fonts are installed, and what stands in for those that are not; every look at the machine can be injected."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ALIASES: dict[str, tuple[str, ...]] = {
    "仿宋": ("FangSong",),
    "楷体": ("KaiTi",),
    "黑体": ("SimHei",),
    "宋体": ("SimSun",),
    "仿宋_GB2312": ("FangSong_GB2312",),
    "楷体_GB2312": ("KaiTi_GB2312",),
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S",),
    "方正小标宋_GBK": ("FZXiaoBiaoSong-B05",),
    "方正仿宋_GBK": ("FZFangSong-Z02",),
    "方正楷体_GBK": ("FZKai-Z03",),
    "方正黑体_GBK": ("FZHei-B01",),
    "STZhongsong": ("华文中宋",),
    "STFangsong": ("华文仿宋",),
    "STKaiti": ("华文楷体", "Kaiti"),
    "STHeiti": ("华文黑体", "STHeiti Light", "STHeiti Medium"),
    "STSong": ("华文宋体", "Songti"),
}
"""Other names under which a font may be listed."""

_REGISTRY = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
_MAC_FOLDERS = (
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "/Applications/Microsoft Word.app/Contents/Resources/DFonts",
)
_FONT_FILES = {".ttf", ".ttc", ".otf", ".dfont"}
_PATIENCE = 20


def spoken(command: list[str]) -> str:
    """What a program prints; nothing where it is missing or fails."""
    if shutil.which(command[0]) is None:
        return ""
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")


def registered() -> Iterable[str]:
    """The font names of the Windows registry, of the machine and of the user; none elsewhere."""
    if sys.platform != "win32":
        return ()
    import winreg

    found: list[str] = []
    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
        try:
            with winreg.OpenKey(root, _REGISTRY) as key:
                found += [winreg.EnumValue(key, at)[0] for at in range(winreg.QueryInfoKey(key)[1])]
        except OSError:
            continue
    return found


def font_files() -> Iterator[str]:
    """The names of the font files in the folders of macOS."""
    for folder in _MAC_FOLDERS:
        try:
            yield from (path.stem for path in Path(folder).expanduser().rglob("*") if path.suffix in _FONT_FILES)
        except OSError:
            continue


@dataclass(frozen=True, slots=True)
class FontShelf:
    """How to look for fonts: the platform as ``sys.platform`` says it, and the looks it needs."""

    platform: str = sys.platform
    run: Callable[[list[str]], str] = spoken
    registry: Callable[[], Iterable[str]] = registered
    files: Callable[[], Iterable[str]] = font_files

    def names(self) -> frozenset[str] | None:
        """Every installed font name in lower case; ``None`` where they cannot be listed."""
        found = {name.strip().lower() for name in self._listed() if name.strip()}
        return frozenset(found) if found else None

    def _listed(self) -> Iterator[str]:
        if self.platform == "win32":
            for entry in self.registry():
                yield from entry.rpartition(" (")[0].split(" & ") if entry.endswith(")") else entry.split(" & ")
        elif self.platform == "darwin":
            yield from self.files()
        else:
            for line in self.run(["fc-list", ":", "family"]).splitlines():
                yield from line.replace("\\-", "-").split(",")

    def has(self, name: str, installed: frozenset[str]) -> bool:
        """Whether a font is installed under one of its names."""
        return any(one.lower() in installed for one in (name, *ALIASES.get(name, ())))

    def stand_in(self, name: str, alternative: str | None, installed: frozenset[str]) -> str | None:
        """What is shown instead of a missing font; ``None`` where only the word processor knows."""
        if self.platform not in ("win32", "darwin"):
            matched = self.run(["fc-match", name.replace("-", "\\-"), "family"]).strip()
            return matched.split(",")[0] or None
        return alternative if alternative and self.has(alternative, installed) else None
