"""The built-in templates: what is in the packages, and that the shipped files are what the code draws."""

from __future__ import annotations

import ast
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from planwriter.diagnostic import UsageError
from planwriter.standard import ROLES, RoleKind, Rule, numbers, profile, profile_names
from planwriter.standard.faces import WIDER
from planwriter.template import builtin
from planwriter.template.builtin import builtin_names, builtin_template
from planwriter.template.drawing import BUILTIN_NAMES, BuiltinName, draw
from planwriter.template.drawing.__main__ import main

ROOT = Path(__file__).parents[2]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHIPPED = pytest.mark.parametrize("name", BUILTIN_NAMES)


def part(document: bytes, path: str) -> Any:
    """A part of a package, parsed."""
    with zipfile.ZipFile(BytesIO(document)) as package:
        return etree.fromstring(package.read(path))


def values(element: Any, tag: str, attribute: str = "val") -> list[str]:
    """One attribute of all descendants of a kind."""
    return [str(found.get(W + attribute)) for found in element.iter(W + tag)]


@SHIPPED
def test_the_shipped_template_is_what_the_code_draws(name: BuiltinName) -> None:
    assert (ROOT / "templates" / f"{name}.docx").read_bytes() == draw(name, profile())


def test_the_drawing_program_writes_every_template(tmp_path: Path) -> None:
    main(str(tmp_path))
    assert {path.stem for path in tmp_path.iterdir()} == set(builtin_names())


@SHIPPED
def test_the_default_profile_reads_the_shipped_file(name: BuiltinName) -> None:
    assert builtin_template(name) == (ROOT / "templates" / f"{name}.docx").read_bytes()


def test_another_profile_is_drawn() -> None:
    assert builtin_template("plan", profile("ink")) == draw("plan", profile("ink")) != builtin_template("plan")


def test_a_wheel_carries_the_templates_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_templates").mkdir()
    (tmp_path / "_templates" / "plan.docx").write_bytes(b"from the wheel")
    monkeypatch.setattr(builtin, "__file__", str(tmp_path / "template" / "builtin.py"))
    builtin._shipped.cache_clear()
    try:
        assert builtin_template("plan") == b"from the wheel"
    finally:
        builtin._shipped.cache_clear()


def test_an_unknown_template_is_refused_with_the_known_names() -> None:
    with pytest.raises(UsageError) as caught:
        builtin_template("planing")
    assert caught.value.diagnostics[0].code == "template-unknown-builtin"
    assert "plan" in str(caught.value.diagnostics[0].hint)


@SHIPPED
def test_every_profile_is_drawn_from_well_formed_parts(name: BuiltinName) -> None:
    for one in profile_names():
        with zipfile.ZipFile(BytesIO(draw(name, profile(one)))) as package:
            for path in package.namelist():
                etree.fromstring(package.read(path))


@SHIPPED
def test_entries_are_dated_1980_and_the_content_types_come_first(name: BuiltinName) -> None:
    with zipfile.ZipFile(BytesIO(draw(name, profile()))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"


@SHIPPED
def test_every_relation_leads_to_a_part_with_a_content_type(name: BuiltinName) -> None:
    with zipfile.ZipFile(BytesIO(draw(name, profile()))) as package:
        types = etree.fromstring(package.read("[Content_Types].xml"))
        typed = {str(e.get("PartName")) for e in types if e.get("PartName")}
        for path, folder in (("_rels/.rels", "/"), ("word/_rels/document.xml.rels", "/word/")):
            targets = {folder + str(e.get("Target")) for e in etree.fromstring(package.read(path))}
            assert targets <= typed
            assert {target.lstrip("/") for target in targets} <= set(package.namelist())


@SHIPPED
def test_the_section_declares_paper_margins_and_grid(name: BuiltinName) -> None:
    section = next(part(draw(name, profile()), "word/document.xml").iter(W + "sectPr"))
    sizes = {key: values(section, "pgMar", key)[0] for key in ("top", "right", "bottom", "left", "gutter")}
    assert sizes == {"top": "2098", "right": "1474", "bottom": "1984", "left": "1587", "gutter": "0"}
    assert (values(section, "pgSz", "w"), values(section, "pgSz", "h")) == (["11906"], ["16838"])
    grid = [values(section, "docGrid", key)[0] for key in ("type", "linePitch", "charSpace")]
    assert grid == ["linesAndChars", "579", "-842"]
    first = ["first"] if name == "letter" else []
    assert values(section, "footerReference", "type") == [*first, "even", "default"]
    assert len(list(section.iter(W + "titlePg"))) == len(first)


def test_there_is_a_style_for_every_role_and_none_leans_on_the_grid() -> None:
    styles = part(draw("plan", profile()), "word/styles.xml")
    by_id = {str(s.get(W + "styleId")): s for s in styles.iter(W + "style")}
    for role in ROLES:
        style = by_id[role.style_id]
        assert values(style, "name") == [role.name]
        if role.kind is RoleKind.PARAGRAPH:
            assert values(style, "snapToGrid") == ["0", "0"]
            assert values(style, "widowControl") == values(style, "adjustRightInd") == ["0"]
            assert values(style, "spacing", "lineRule")[0] == "exact"


def test_indents_are_written_in_characters_and_in_lengths() -> None:
    styles = part(draw("plan", profile()), "word/styles.xml")
    for indent in styles.iter(W + "ind"):
        sides = {key.removeprefix(W) for key in indent.attrib}
        assert sides == {s + e for s in {side.removesuffix("Chars") for side in sides} for e in ("", "Chars")}


@SHIPPED
def test_no_theme_fonts_and_all_four_slots_are_named(name: BuiltinName) -> None:
    with zipfile.ZipFile(BytesIO(draw(name, profile()))) as package:
        assert not any("theme" in path for path in package.namelist())
        assert b"Theme=" not in package.read("word/styles.xml")
    for fonts in part(draw(name, profile()), "word/styles.xml").iter(W + "rFonts"):
        assert {key.removeprefix(W) for key in fonts.attrib} == {"hint", "ascii", "hAnsi", "eastAsia", "cs"}


def test_every_font_of_the_styles_stands_in_the_font_table() -> None:
    for names in ("", "windows", "founder", "mac", "times"):
        document = draw("plan", profile(names))
        styles, table = part(document, "word/styles.xml"), part(document, "word/fontTable.xml")
        used = {name for slot in ("ascii", "eastAsia") for name in values(styles, "rFonts", slot)}
        wider = {WIDER[name].name for name in used if name in WIDER}
        assert used | wider == set(values(table, "font", "name"))


def test_customary_fonts_name_a_stand_in() -> None:
    table = part(draw("plan", profile()), "word/fontTable.xml")
    pairs = {f.get(W + "name"): values(f, "altName") for f in table.iter(W + "font")}
    assert pairs["仿宋_GB2312"] == ["仿宋"]
    assert pairs["方正小标宋简体"] == ["方正小标宋_GBK"]
    assert set(values(table, "charset")) == {"86"}


def test_headings_are_kept_with_their_text_where_the_profile_says_so() -> None:
    kept, full = (
        part(draw("plan", profile(name)), "word/styles.xml").xpath(
            "//w:style[starts-with(@w:styleId,'PWHeading')]//w:keepNext", namespaces={"w": W[1:-1]}
        )
        for name in ("frame", "ink")
    )
    assert (len(kept), full) == (4, [])


@SHIPPED
def test_a_tag_stands_in_a_run_of_its_own_with_the_chinese_hint(name: BuiltinName) -> None:
    body = part(draw(name, profile()), "word/document.xml")
    for run in body.iter(W + "r"):
        text = "".join(run.itertext())
        assert re.findall(r"\{[{%].*?[%}]\}", text) in ([], [text])
        assert values(run, "rFonts", "hint") == ["eastAsia"]


@SHIPPED
def test_footers_hold_a_page_field_between_dashes(name: BuiltinName) -> None:
    for path in ("word/footer1.xml", "word/footer2.xml"):
        footer = part(draw(name, profile()), path)
        assert "".join(footer.itertext()) == "— " + " PAGE 1 —"
        assert values(footer, "fldChar", "fldCharType") == ["begin", "separate", "end"]


@SHIPPED
def test_settings_put_both_footers_in_force(name: BuiltinName) -> None:
    settings = part(draw(name, profile()), "word/settings.xml")
    assert settings.find(W + "evenAndOddHeaders") is not None
    assert settings.find(W + "mirrorMargins") is None
    assert values(settings, "characterSpacingControl") == ["doNotCompress"]
    assert values(settings, "compatSetting") == ["15"]


def test_the_file_title_is_a_tag() -> None:
    assert "".join(part(draw("plan", profile()), "docProps/core.xml").itertext()).startswith("{{ 文件标题 }}")


def test_numbers_of_the_standard_stand_only_in_the_standard() -> None:
    figures = {rule.value for rule in vars(numbers).values() if isinstance(rule, Rule)}
    lengths = {value for value in figures if isinstance(value, float)}
    layouts = [profile(name).layout for name in ("frame", "ink")]
    edges = [edge for la in layouts for edge in (la.top, la.bottom, la.left, la.right, la.pitch, la.width)]
    twips = {length.twips for length in [*lengths, *edges] if hasattr(length, "twips")}
    plain = {f"{value:g}" for value in [*lengths, *edges] if value > 100 or value != int(value)}
    known = plain | {str(value) for value in twips if value > 200}
    known |= {str(layouts[0].character_space).lstrip("-"), numbers.RED.value}
    assert {"579", "842", "2098", "1984", "28.95", "34.58"} <= known
    for source in sorted((ROOT / "src/planwriter/template").rglob("*.py")):
        written = {figure for text in constants(source) for figure in re.findall(r"[\w.]+", text)}
        assert not written & known, f"{source.name} 里写了标准的数 {written & known}"


def constants(source: Path) -> list[str]:
    """Every constant of a module but its docstrings, as text."""
    tree = ast.parse(source.read_text("utf-8"))
    told = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in told]
    return [str(node.value) for node in found]
