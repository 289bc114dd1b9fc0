"""What a document says, as values: pages, paragraphs and their spans; as text lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planwriter.standard.sizes import TYPE_SIZES
from planwriter.visible import visible

_SIZE_NAMES = {float(points): name for name, points in TYPE_SIZES.items()}
_ALIGNMENTS = {
    "left": "居左",
    "start": "居左",
    "right": "居右",
    "end": "居右",
    "center": "居中",
    "both": "两端对齐",
    "distribute": "分散对齐",
}


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One section's page; millimetres. ``lines`` and ``characters`` are what its grid allows, if it has one."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    header: float
    footer: float
    lines: int | None = None
    characters: int | None = None

    def __str__(self) -> str:
        short, long = sorted((round(self.width), round(self.height)))
        paper = ("A4" if (short, long) == (210, 297) else "幅面") + ("横向" if self.width > self.height else "")
        grid = f"网格{self.lines}行" if self.lines is not None else "无网格"
        return "  ".join(
            (
                f"{paper} {_plain(self.width)}×{_plain(self.height)}毫米",
                f"上{_plain(self.top)} 下{_plain(self.bottom)} 左{_plain(self.left)} 右{_plain(self.right)}毫米",
                f"页眉{_plain(self.header)} 页脚{_plain(self.footer)}毫米",
                grid + (f"×{self.characters}字" if self.characters is not None else ""),
            )
        )


@dataclass(frozen=True, slots=True)
class ShownSpan:
    """Text in one look. ``size`` in points; ``latin`` only where digits and letters have another face."""

    text: str
    face: str
    size: float
    latin: str | None = None
    colour: str | None = None
    marks: tuple[str, ...] = ()
    """Bold and the like, in Chinese."""

    @property
    def look(self) -> str:
        """Such as ``黑体 三号（16磅） 加粗``."""
        faces = f"{self.face}/{self.latin}" if self.latin else self.face
        name = _SIZE_NAMES.get(self.size)
        size = f"{name}（{_plain(self.size)}磅）" if name else f"{_plain(self.size)}磅"
        return " ".join((faces or "未指定字体", size, *([f"颜色{self.colour}"] if self.colour else []), *self.marks))


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """One paragraph: ``role`` is its style's name, ``outline`` counts from 1, ``where`` is empty in the body."""

    number: int
    where: str
    role: str
    align: str
    outline: int | None
    layout: tuple[str, ...]
    """Indents, line spacing and the like, in Chinese."""
    spans: tuple[ShownSpan, ...]
    """At least one; an empty paragraph has one empty span, the look of its mark."""

    @property
    def text(self) -> str:
        """The whole text, spans joined."""
        return "".join(span.text for span in self.spans)

    def lines(self) -> Iterator[str]:
        """The lines that stand for the paragraph in ``to_text``."""
        words = [f"{self.number}", self.role or "（无样式）", *([f"〔{self.where}〕"] if self.where else [])]
        words += [_ALIGNMENTS.get(self.align, self.align), *self.layout]
        words += [f"大纲{self.outline}级"] if self.outline is not None else []
        yield "  ".join(visible(word) for word in words)
        for span in self.spans:
            yield f"    {visible(span.look)}｜{visible(span.text)}"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a document says: its pages by section, its paragraphs in reading order, headers and footers last."""

    name: str
    pages: tuple[ShownPage, ...]
    paragraphs: tuple[ShownParagraph, ...]

    def to_text(self) -> str:
        """Lines for people and for comparing: each paragraph one line, each span in another look one more."""
        lines = [f"文件  {visible(self.name)}", *(f"页面  {page}" for page in self.pages)]
        for paragraph in self.paragraphs:
            lines += paragraph.lines()
        return "\n".join(lines) + "\n"

    def to_dict(self) -> dict[str, object]:
        """A plain mapping for ``--json``; lengths of pages in millimetres, sizes in points."""
        return {
            "file": self.name,
            "pages": [{name: getattr(page, name) for name in ShownPage.__slots__} for page in self.pages],
            "paragraphs": [_paragraph(one) for one in self.paragraphs],
        }


def _paragraph(one: ShownParagraph) -> dict[str, object]:
    return {
        "number": one.number,
        "where": one.where,
        "role": one.role,
        "outline": one.outline,
        "align": one.align,
        "layout": list(one.layout),
        "text": one.text,
        "spans": [
            {
                "text": s.text,
                "face": s.face,
                "latin": s.latin,
                "size": s.size,
                "size_name": _SIZE_NAMES.get(s.size),
                "colour": s.colour,
                "marks": list(s.marks),
            }
            for s in one.spans
        ],
    }


def _plain(number: float) -> str:
    return f"{round(number, 2):g}"
