"""Rare characters (镕、喆) take the wider twin of a face that lacks them; the rest keeps its face."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator, Mapping

from lxml import etree

from planwriter.chinese.rare import beyond_ascii, is_rare, may_hold_rare
from planwriter.standard.faces import WIDER
from planwriter.template.output import DECLARATION
from planwriter.word.effective import NOTHING, Look, Styles, over
from planwriter.word.markup import parse, w
from planwriter.word.relationships import read_relationships, target_name

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def with_wider_faces(contents: Mapping[str, bytes], parts: Mapping[str, bytes], main: str) -> dict[str, bytes]:
    """The filled parts with every rare character in a face that holds it; untouched where there is none."""
    changed = dict(contents)
    styles: Styles | None = None
    for name, content in contents.items():
        text = beyond_ascii(content)
        if not may_hold_rare(text) or not any(map(is_rare, set(text))) or "docProps/" in name:
            continue
        styles = styles or _styles(parts, main)
        root = parse(content)
        for run in [*root.iter(w("r"))]:
            _widen(run, styles)
        changed[name] = DECLARATION + etree.tostring(root, encoding="UTF-8")
    return changed


def _styles(parts: Mapping[str, bytes], main: str) -> Styles:
    named = {a.kind: target_name(main, a.target) for a in read_relationships(parts, main) if not a.external}
    roots = [parse(parts[named[kind]]) if named.get(kind) in parts else None for kind in ("styles", "theme")]
    return Styles(*roots)


def _widen(run: etree._Element, styles: Styles) -> None:
    """Put a run of its own in the place of every stretch of rare characters."""
    texts = [t for t in run.iterchildren(w("t")) if any(map(is_rare, t.text or ""))]
    if not texts:
        return
    wider = WIDER.get(_face(run, styles))
    parent = run.getparent()
    if wider is None or parent is None:
        return
    pieces = [*_pieces(run)]
    at = parent.index(run)
    made = [_run(run, rare, children, wider.name) for rare, children in pieces]
    made[-1].tail = run.tail
    parent[at : at + 1] = made


def _pieces(run: etree._Element) -> Iterator[tuple[bool, list[etree._Element]]]:
    """The content of a run in stretches of rare characters and of everything else."""
    cut = [one for child in run if child.tag != w("rPr") for one in _cut(child)]
    for rare, group in itertools.groupby(cut, lambda one: one[0]):
        yield rare, [child for _, child in group]


def _cut(child: etree._Element) -> Iterator[tuple[bool, etree._Element]]:
    if child.tag != w("t"):
        yield False, copy.copy(child)
        return
    for rare, group in itertools.groupby(child.text or "", is_rare):
        text = child.makeelement(w("t"), {_SPACE: "preserve"})
        text.text = "".join(group)
        yield rare, text


def _run(run: etree._Element, rare: bool, children: list[etree._Element], face: str) -> etree._Element:
    made = run.makeelement(w("r"), {str(k): str(v) for k, v in run.attrib.items()})
    properties = run.find(w("rPr"))
    look = copy.deepcopy(properties) if properties is not None else run.makeelement(w("rPr"), {})
    look.tail = None
    if rare:
        _set_face(look, face)
    if len(look):
        made.append(look)
    made.extend(children)
    return made


def _set_face(look: etree._Element, face: str) -> None:
    fonts = look.find(w("rFonts"))
    if fonts is None:
        fonts = look.makeelement(w("rFonts"), {})
        look.insert(1 if look.find(w("rStyle")) is not None else 0, fonts)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        if fonts.get(w(theme)) is not None:
            del fonts.attrib[w(theme)]
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(w(slot), face)
    fonts.set(w("hint"), "eastAsia")


def _face(run: etree._Element, styles: Styles) -> str:
    """The face in which Chinese characters of a run are really set."""
    paragraph = next(run.iterancestors(w("p")), None)
    table = next(run.iterancestors(w("tbl")), None)
    chain = [
        *(styles.chain(_named(table, "tblPr", "tblStyle"), "table") if table is not None else ()),
        *styles.chain(_named(paragraph, "pPr", "pStyle"), "paragraph"),
    ]
    if named := _named(run, "rPr", "rStyle"):
        chain += styles.chain(named, "character")
    own: Look = styles.run_look(run.find(w("rPr"))) or NOTHING
    return over(styles.run_default, *(style.run for style in chain), own).get("eastAsia", "")


def _named(element: etree._Element | None, properties: str, style: str) -> str | None:
    found = None if element is None else element.find(f"{w(properties)}/{w(style)}")
    return None if found is None else found.get(w("val"))
