"""What a paragraph or a run really looks like: defaults, styles, and what is set on the spot, laid over each other.

A look is a flat mapping from ``element.attribute`` (``ind.firstLineChars``, ``sz``, ``eastAsia``) to
the attribute as written; a later layer wins attribute by attribute, as in Word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from planwriter.word.markup import w

Look = Mapping[str, str]
"""See the module."""

NOTHING: Look = MappingProxyType({})
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TOGGLES = ("b", "i", "strike", "vanish")
_VALUES = ("sz", "u", "highlight", "color", "spacing")
_SCRIPTS = ("eastAsia", "ascii")
_OFF = frozenset({"0", "false", "off"})
_LONGEST_CHAIN = 50


@dataclass(frozen=True, slots=True)
class Style:
    """One style: its own layer, and the name people see."""

    name: str
    kind: str
    based_on: str | None
    paragraph: Look
    run: Look


class Styles:
    """The styles of a document, ready to be asked. Built from the roots of styles.xml and theme1.xml."""

    def __init__(self, styles: etree._Element | None, theme: etree._Element | None) -> None:
        self._theme = _theme_faces(theme)
        self._styles: dict[str, Style] = {}
        self._defaults: dict[str, str] = {}
        root = etree.Element(w("styles")) if styles is None else styles
        for element in root.iterchildren(w("style")):
            self._add(element)
        self.paragraph_default = paragraph_look(root.find(f"{w('docDefaults')}/{w('pPrDefault')}/{w('pPr')}"))
        self.run_default = self.run_look(root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}"))

    def _add(self, element: etree._Element) -> None:
        kind = element.get(w("type"), "paragraph")
        id_ = element.get(w("styleId"), "")
        self._styles.setdefault(
            id_,
            Style(
                name=_value(element, "name") or id_,
                kind=kind,
                based_on=_value(element, "basedOn"),
                paragraph=paragraph_look(element.find(w("pPr"))),
                run=self.run_look(element.find(w("rPr"))),
            ),
        )
        if element.get(w("default"), "0") not in ("0", "false", "off"):
            self._defaults[kind] = id_

    def role(self, id_: str | None, kind: str = "paragraph") -> str:
        """The name of a style as people see it; of the default style for ``None``; else the id itself."""
        known = self._styles.get(id_ or self._defaults.get(kind, ""))
        return known.name if known else id_ or ""

    def chain(self, id_: str | None, kind: str) -> tuple[Style, ...]:
        """The style and what it is based on, the base first; the default style where none is named."""
        found: list[Style] = []
        current = id_ if id_ in self._styles else self._defaults.get(kind)
        while current in self._styles and len(found) < _LONGEST_CHAIN:
            style = self._styles[current]
            found.append(style)
            current = style.based_on
        return tuple(reversed([s for s in found if s.kind == kind]))

    def run_look(self, properties: etree._Element | None) -> Look:
        """The layer one ``w:rPr`` lays over what is under it."""
        if properties is None:
            return NOTHING
        look = {
            name: "0" if element.get(w("val"), "1") in _OFF else "1"
            for name in _TOGGLES
            if (element := properties.find(w(name))) is not None
        }
        look |= {name: value for name in _VALUES if (value := _value(properties, name)) is not None}
        fonts = properties.find(w("rFonts"))
        for script in _SCRIPTS if fonts is not None else ():
            face = self._theme.get(fonts.get(w(f"{script}Theme"), "")) or fonts.get(w(script))  # type: ignore[union-attr]
            if face:
                look[script] = face
        return look


def over(*layers: Look) -> Look:
    """The layers laid over each other, the last on top."""
    whole: dict[str, str] = {}
    for layer in layers:
        whole.update(layer)
    return whole


def paragraph_look(properties: etree._Element | None) -> Look:
    """The layer one ``w:pPr`` lays over what is under it."""
    if properties is None:
        return NOTHING
    look: dict[str, str] = {}
    for name in ("ind", "spacing"):
        element = properties.find(w(name))
        for key, value in element.attrib.items() if element is not None else ():
            look[f"{name}.{etree.QName(str(key)).localname}"] = str(value)
    for name in ("jc", "outlineLvl"):
        if (found := _value(properties, name)) is not None:
            look[name] = found
    for name in ("pageBreakBefore", "keepNext"):
        if (element := properties.find(w(name))) is not None:
            look[name] = "0" if element.get(w("val"), "1") in _OFF else "1"
    if (number := properties.find(f"{w('numPr')}/{w('numId')}")) is not None:
        look["numId"] = number.get(w("val"), "0")
    return look


def _value(parent: etree._Element, name: str) -> str | None:
    element = parent.find(w(name))
    return None if element is None else element.get(w("val"))


def _theme_faces(theme: etree._Element | None) -> dict[str, str]:
    """``minorEastAsia`` → the face it stands for; simplified Chinese where the theme leaves it to the script."""
    faces: dict[str, str] = {}
    for size in ("major", "minor") if theme is not None else ():
        fonts = theme.find(f".//{_A}{size}Font")  # type: ignore[union-attr]
        if fonts is None:
            continue
        for script, tag in (("EastAsia", "ea"), ("Ascii", "latin"), ("HAnsi", "latin")):
            named = fonts.find(f"{_A}{tag}")
            faces[size + script] = named.get("typeface", "") if named is not None else ""
        if not faces[f"{size}EastAsia"]:
            hans = [f.get("typeface", "") for f in fonts.iter(f"{_A}font") if f.get("script") == "Hans"]
            faces[f"{size}EastAsia"] = hans[0] if hans else ""
    return {name: face for name, face in faces.items() if face}
