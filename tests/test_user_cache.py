"""The user's cache: what it gives back is what this user kept, or nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from planwriter import user_cache
from planwriter.template.builtin import builtin_template
from planwriter.template.kept import compile_kept
from tests.template_door.looking import parts

posix = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes are POSIX")


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    return tmp_path


def only_file(root: Path) -> Path:
    (found,) = [one for one in root.rglob("*") if one.is_file()]
    return found


def test_what_was_kept_comes_back(root: Path) -> None:
    user_cache.keep("a", b"body")
    assert user_cache.kept("a") == b"body"
    assert user_cache.kept("b") is None


@posix
def test_only_the_user_can_read_and_write_it(root: Path) -> None:
    user_cache.keep("a", b"body")
    assert only_file(root).stat().st_mode & 0o777 == 0o600
    assert only_file(root).parent.stat().st_mode & 0o777 == 0o700


@posix
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_others_may_write_is_absent(root: Path, mode: int) -> None:
    user_cache.keep("a", b"body")
    only_file(root).chmod(mode)
    assert user_cache.kept("a") is None


@posix
def test_a_folder_others_may_write_is_neither_read_nor_written(root: Path) -> None:
    user_cache.keep("a", b"body")
    folder = only_file(root).parent
    folder.chmod(0o777)
    user_cache.keep("b", b"body")
    assert user_cache.kept("a") is None
    assert [one.name for one in folder.iterdir()] == ["a"]


@posix
def test_a_link_is_not_followed(root: Path, tmp_path: Path) -> None:
    user_cache.keep("a", b"body")
    folder = only_file(root).parent
    (folder / "b").symlink_to("a")
    assert user_cache.kept("b") is None
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    assert user_cache.kept("a") is None


@posix
def test_a_file_of_somebody_else_is_absent(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user_cache.keep("a", b"body")
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    monkeypatch.setattr(os, "getuid", lambda: me + 1)
    assert user_cache.kept("a") is None


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 40])
def test_a_damaged_file_is_absent(root: Path, damage: bytes) -> None:
    user_cache.keep("a", b"body")
    only_file(root).write_bytes(damage)
    assert user_cache.kept("a") is None


def test_where_nothing_can_be_kept_nothing_happens(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(root / "file"))
    monkeypatch.setenv("LOCALAPPDATA", str(root / "file"))
    user_cache.keep("a", b"body")
    assert user_cache.kept("a") is None


def test_a_kept_template_fills_as_the_compiled_one(root: Path) -> None:
    source = builtin_template("plan")
    context: dict[str, object] = {
        "文件标题": "甲", "标题": "甲", "题注": "", "附件说明": "", "落款": "", "附件": [],
        "正文": [{"类": "正文", "序": "", "引题": "", "文": "一<二&三", "成品": ""}],
    }  # fmt: skip
    fresh, again = (compile_kept(source, name="plan.docx") for _ in range(2))
    assert only_file(root).stat().st_size > len(source)
    made = [one.fill(context) for one in (fresh, again)]
    assert made[0] == made[1]
    assert "一&lt;二&amp;三" in parts(made[0])["word/document.xml"].decode()
    assert again.names == fresh.names and again.turnable == fresh.turnable


def test_a_kept_template_tells_the_same_mistakes(root: Path) -> None:
    from planwriter.diagnostic import TemplateError

    told = []
    for _ in range(2):
        with pytest.raises(TemplateError) as refusal:
            compile_kept(builtin_template("plan"), name="plan.docx").fill(
                {"标题": "甲", "正文": [{"类": "正文", "文": None}]}
            )
        told.append(list(map(str, refusal.value.diagnostics)))
    assert told[0] == told[1]
    assert told[0]
