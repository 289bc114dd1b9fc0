"""Every message click can print has a Chinese translation that takes the same values."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from planwriter.cli.language import DOMAIN, LOCALE
from planwriter.cli.pages import columns, wrapped

FIELD = re.compile(r"\{[^}]*\}|%\(\w+\)s")
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}


def catalogue() -> Catalog:
    with (LOCALE / "zh_CN/LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as source:
        return read_po(source, locale="zh_CN", abort_invalid=True)


def click_messages() -> set[str | tuple[str, ...]]:
    found = extract_from_dir(str(Path(click.__file__).parent), keywords=KEYWORDS)
    return {one[2] if isinstance(one[2], str) else tuple(one[2]) for one in found}


def test_the_messages_of_click_are_found() -> None:
    assert "Missing command." in click_messages()
    assert len(click_messages()) > 50


def test_every_message_of_the_installed_click_is_translated() -> None:
    known = catalogue()
    missing = [one for one in click_messages() if (entry := known.get(one)) is None or not entry.string]
    assert missing == []


@pytest.mark.parametrize("entry", [one for one in catalogue() if one.id], ids=lambda one: str(one.id)[:40])
def test_a_translation_asks_for_no_value_the_message_does_not_have(entry: object) -> None:
    ids, strings = getattr(entry, "id"), getattr(entry, "string")  # noqa: B009  babel leaves them untyped
    offered = set(FIELD.findall(" ".join([ids] if isinstance(ids, str) else ids)))
    asked = set(FIELD.findall(" ".join([strings] if isinstance(strings, str) else strings)))
    assert asked <= offered
    assert re.search("[一-鿿]|%", str(strings))


def test_lines_are_counted_in_columns_and_begin_with_no_closing_mark() -> None:
    text = "把填好的表单写成公文格式的文档，已有的文件不加 --force 不会被覆盖（“旧”文件也是）。"
    for width in range(12, 60):
        lines = list(wrapped(text, width))
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(columns(line) <= width for line in lines)
        assert not any(line.startswith(tuple("，。）”")) for line in lines)
        assert any("--force" in line for line in lines)
