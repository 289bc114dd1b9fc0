"""The standard as data: computed figures, rules, profiles."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest

from planwriter.diagnostic import UsageError
from planwriter.standard import (
    ROLES,
    Chars,
    Face,
    Mm,
    Pt,
    RoleKind,
    Strength,
    cells,
    profile,
    profile_names,
    role,
    size,
    text_width,
)
from planwriter.standard import numbers as n
from planwriter.standard.catalogue import all_rules


def test_units_convert_to_what_word_files_hold() -> None:
    assert (Mm(210).twips, Mm(297).twips, Mm(37).twips) == (11906, 16838, 2098)
    assert (Pt(16).half_points, Pt(0.5).eighths, Pt(1).emu) == (32, 4, 12700)
    assert Mm(25.4).pt == pytest.approx(72)
    assert Pt(72).mm == pytest.approx(25.4)
    assert Chars(2).at(Pt(16)) == Pt(32)
    assert Chars(2).hundredths == 200


@pytest.mark.parametrize(
    ("text", "width"),
    [("计划", 2), ("2027年", 3), ("“一是”……", 6), ("1.", 1), ("〔2026〕9号", 5.5), ("e\u0301", 0.5), ("", 0)],
)
def test_han_and_its_marks_are_one_character_wide_digits_a_half(text: str, width: float) -> None:
    assert cells(text) == width
    assert text_width(text, size("三号")) == width * 16


def test_every_character_is_as_wide_as_unicode_says_it_is_among_chinese() -> None:
    def width(character: str) -> float:
        if unicodedata.category(character) in ("Mn", "Me", "Cf"):
            return 0
        return 1 if unicodedata.east_asian_width(character) in "FWA" else 0.5

    assert [hex(one) for one in range(0x30000) if cells(chr(one)) != width(chr(one))] == []


def test_the_frame_layout_gives_the_customary_margins_and_pitch() -> None:
    layout = profile("frame").layout
    margins = (layout.top, layout.bottom, layout.left, layout.right)
    assert tuple(margin.twips for margin in margins) == (2098, 1984, 1587, 1474)
    assert (layout.pitch, layout.character_space) == (28.95, -842)
    assert (layout.lift, layout.drop) == (Mm(0), Mm(0))


def test_the_ink_layout_lifts_the_frame_so_that_characters_fill_the_type_area() -> None:
    layout = profile("ink").layout
    assert (layout.top, layout.bottom, layout.pitch) == (34.58, 32.58, 29.6)
    assert layout.lift == pytest.approx(2.42)
    assert layout.drop == pytest.approx(2.42)


@pytest.mark.parametrize("name", ["frame", "ink"])
def test_twenty_two_rows_of_twenty_eight_condensed_characters_fit(name: str) -> None:
    layout = profile(name).layout
    assert layout.pitch * n.ROWS.value <= layout.height < (layout.pitch + 0.05) * n.ROWS.value
    advance = n.BODY_SIZE.value + n.CONDENSING.value
    assert int(layout.width / advance) == n.CHARACTERS.value


def test_the_mark_begins_lower_with_fewer_rows_above_it() -> None:
    layout = profile().layout
    alone, below = (layout.mark_before(Pt(48), Pt(40), rows) for rows in (0, 3))
    assert alone - below == pytest.approx(3 * layout.pitch)
    assert layout.mark_before(Pt(48), Pt(40), 9) == Pt(0)


def test_role_names_and_style_ids_are_unique() -> None:
    for field in ("id", "name", "style_id"):
        values = [getattr(one, field) for one in ROLES]
        assert len(values) == len(set(values))


def test_headings_carry_the_faces_and_outline_levels_of_their_level() -> None:
    faces = [Face.HEITI, Face.KAITI, Face.FANGSONG, Face.FANGSONG]
    for level, face in enumerate(faces, 1):
        heading, lead = role(f"heading_{level}"), role(f"lead_{level}")
        assert (heading.face, heading.outline, heading.size) == (face, level, Pt(16))
        assert (lead.face, lead.kind) == (face, RoleKind.CHARACTER)
        assert role(f"run_in_{level}").face is Face.FANGSONG
        assert role(f"run_in_{level}").outline is None


def test_an_unknown_role_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        role("heading_5")


def test_every_rule_has_a_clause_a_name_and_a_strength() -> None:
    rules = all_rules()
    assert len({(rule.clause, rule.what) for rule in rules}) == len(rules) > 80
    assert all(isinstance(rule.strength, Strength) and rule.clause for rule in rules)
    assert rules[0].clause < rules[-1].clause


def test_rules_come_in_the_order_of_their_clauses() -> None:
    clauses = [rule.clause for rule in all_rules()]
    assert clauses.index("5.2.1") < clauses.index("7.2.4") < clauses.index("7.5") < clauses.index("GB/T 33476.2")


def test_the_look_of_a_role_is_said_in_chinese() -> None:
    looks = {rule.what: rule.value for rule in all_rules()}
    assert looks["样式“正文段落”"] == "三号仿宋，两端对齐，首行空 2 字"
    assert looks["样式“公文标题”"] == "二号小标宋，居中，固定行距 36 磅，大纲 1 级"


def test_no_names_give_the_default_profile() -> None:
    assert profile() == profile(None) == profile("") == profile([]) == profile("frame，gb2312")
    assert profile().is_default
    assert profile().names == ()
    assert profile().font(Face.FANGSONG).name == "仿宋_GB2312"


def test_profiles_are_laid_over_each_other() -> None:
    chosen = profile("ink, windows,times")
    assert chosen == profile(["ink", "windows", "times"])
    assert chosen.names == ("ink", "windows", "times")
    assert (chosen.layout.name, chosen.font(Face.KAITI).name) == ("ink", "楷体")
    assert not chosen.is_default


def test_the_times_profile_leaves_page_numbers_in_song() -> None:
    chosen = profile("times")
    assert chosen.latin_font(Face.FANGSONG).name == "Times New Roman"
    assert chosen.latin_font(Face.SONGTI).name == "宋体"
    assert chosen.fonts()[-1].name == "Times New Roman"


def test_a_misspelt_profile_is_named_with_its_nearest_neighbour() -> None:
    with pytest.raises(UsageError) as caught:
        profile("inkk,windos,qqq")
    found = caught.value.diagnostics
    assert [(d.code, d.found) for d in found] == [
        ("standard-unknown-profile", name) for name in ("inkk", "windos", "qqq")
    ]
    assert [d.hint for d in found[:2]] == ["ink", "windows"]
    assert "founder" in str(found[2].hint)


def test_profiles_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(UsageError) as caught:
        profile("frame,mac,founder,ink")
    assert [d.found for d in caught.value.diagnostics] == ["mac,founder", "frame,ink"]
    assert {d.code for d in caught.value.diagnostics} == {"standard-profile-conflict"}


def test_every_profile_name_says_what_it_means() -> None:
    assert {"frame", "ink", "gb2312", "windows", "founder", "mac", "times"} <= set(profile_names())
    assert all(profile_names().values())


def test_importing_the_standard_loads_no_library() -> None:
    program = "import sys, planwriter.standard; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"docx", "lxml", "pydantic", "jinja2", "markupsafe", "docxtpl"} & set(run.stdout.split())
