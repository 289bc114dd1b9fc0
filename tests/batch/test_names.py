"""Names of outputs are safe everywhere, distinct everywhere, and never lead out of the folder."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.batch.names import NAMELESS, NamePattern, alike, choices, safe_piece
from planwriter.diagnostic import UsageError

HOSTILE = [
    "../x", "..", ".", "", " ", "/etc/passwd", "\\\\server\\share", "C:\\x", "a:b", "a\x00b", "a\nb", "a\tb", "a\x7fb",
    "CON", "con", "PRN.txt", "aux.", "NUL ", "COM1", "com¹", "LPT9.docx", "CONIN$", "conout$", "COM0", "字" * 300,
    "é" * 300, "😀" * 200, "e\u0301" * 300, "x.", "x ", "x. . ", " x", ".hidden", "..x", "-rf", "--force", "~$计划", "~",
    "$HOME", "'a", "=1+1", "+1", "@x", "a*b?c", '"a"', "<a>", "a|b", "\u202eabc", "a\u2066b", "\ud800", "\udfff", "a\u200bb",
    "\ufeffa", "a\u2028b", "　计划　", "\u00a0x\u00a0", "a/b/c", "a\\b", "{村}", "{{村}}", "%00", "%2e%2e", "NUL.tar.gz",
    "a\u0000/../b", "aux/../b", "con.txt.docx", "nul:", "...", "…", "a" * 256, "a\ue000b", "\U000e0001x", "a\x85b", "x\u0300",
]  # fmt: skip
RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    "conin$",
    "conout$",
    *(f"{w}{d}" for w in ("com", "lpt") for d in "0123456789¹²³"),
}


def assert_safe(piece: str) -> None:
    """What Windows and Linux ask of one piece of a path."""
    name = piece + ".docx"
    assert 0 < len(name.encode("utf-8")) + len(" (999)") <= 255
    assert not set(piece) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(ch) in ("Cc", "Cf", "Cs", "Zl", "Zp") for ch in piece)
    assert piece[0] not in "-~$=+@. '"
    assert piece[-1] not in ". "
    assert piece.split(".")[0].strip().casefold() not in RESERVED
    assert unicodedata.is_normalized("NFC", piece)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_becomes_a_safe_name(text: str) -> None:
    assert_safe(safe_piece(text))


@given(st.text(max_size=300))
def test_any_text_becomes_a_safe_name_that_stays_as_it_is(text: str) -> None:
    piece = safe_piece(text)
    assert_safe(piece)
    assert safe_piece(piece) == piece


def test_an_ordinary_name_is_kept() -> None:
    assert safe_piece("青江县妇联2027年工作计划（草案）") == "青江县妇联2027年工作计划（草案）"
    assert safe_piece("  ") == NAMELESS


def test_a_pattern_makes_folders_but_a_value_makes_none() -> None:
    pattern = NamePattern("{镇}/{村}{期间}.docx")
    said = {"镇": "../石磬镇", "村": "柳下/村", "期间": "2027年"}
    assert pattern.fields == ("镇", "村", "期间")
    assert pattern.name(said.__getitem__) == "_石磬镇/柳下_村2027年"


@pytest.mark.parametrize("pattern", ["/x", "../{村}", "{村", "村}", "a//b", "{村}.pdf", "C:x", "", "./x"])
def test_a_pattern_that_leads_elsewhere_or_makes_no_docx_is_refused(pattern: str) -> None:
    with pytest.raises(UsageError) as refused:
        NamePattern(pattern)
    assert [one.code for one in refused.value.diagnostics] == ["batch-name-pattern"]


def test_names_that_some_file_system_takes_for_the_same_are_alike() -> None:
    for one, other in (("A.docx", "a.docx"), ("é", "e\u0301"), ("Straße", "STRASSE")):
        assert alike(one) == alike(other)
    assert list(itertools.islice(choices("x"), 3)) == ["x.docx", "x (2).docx", "x (3).docx"]
