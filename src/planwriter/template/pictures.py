"""Documents with pictures or sub-documents: docxtpl's own road, walked strictly."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from planwriter.diagnostic import Diagnostic, Place, TemplateError
from planwriter.template import values
from planwriter.template.extra import ExtraPart, attached
from planwriter.template.fill import PartTemplate
from planwriter.template.original import snapshot, turn_of, without_strangers
from planwriter.template.sandbox import TagEnvironment
from planwriter.word.package import Package, audit_package, write_parts
from planwriter.word.relationships import main_part

MAX_PICTURE = 20 * 2**20
"""Bytes a picture file may have."""
_CORE = "docProps/core.xml"
_DATES = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")
_FIRST_DAY = rb"\g<1>1980-01-01T00:00:00Z\3"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a context value: a file or its bytes, with the size it is shown at in millimetres.

    With one measure given the other follows; with none the picture's own size is used.
    """

    source: str | Path | bytes
    width_mm: float | None = None
    height_mm: float | None = None

    def __html__(self) -> str:
        raise values.NeedsRelationships

    def content(self) -> bytes:
        """The picture's bytes; raises :class:`TemplateError` when there are none or too many."""
        try:
            data = self.source if isinstance(self.source, bytes) else Path(self.source).read_bytes()
        except OSError as fault:
            raise _refused("picture-unreadable", f"图片读不出来：{fault.strerror}", str(self.source)) from None
        if len(data) > MAX_PICTURE:
            raise _refused("picture-too-large", f"图片超过 {MAX_PICTURE >> 20} MB", f"{len(data)} 字节")
        return data


def _refused(code: str, words: str, found: str) -> TemplateError:
    return TemplateError(Diagnostic(code, words, found=found, hint="换一张 PNG 或 JPEG 图片。"))


class StrictDocxTemplate(DocxTemplate):  # type: ignore[misc]
    """docxtpl's template object as the owner of pictures and sub-documents; parts are rendered by us."""

    def fill(self, parts: Sequence[PartTemplate], context: Mapping[str, object]) -> None:
        """Render every part into the package docxtpl holds."""
        self.render_init()
        opened = {str(p.partname).lstrip("/"): p for p in self.docx.part.package.iter_parts()}
        for part in parts:
            self.current_rendering_part = opened[part.name]
            environment = TagEnvironment(self._printed, part.prefixes)
            environment.filters["_placed"] = self._placed(part)
            own = part.compiled_in(environment)
            xml = "".join(own.root_render_func(own.new_context(dict(context))))
            self._check_arrows(part, xml)
            numbered = part._replace(finish=part.finish._replace(numbered=part.finish.story))
            self._put(opened[part.name], part, numbered.finished(xml, context))
        self.is_rendered = True

    def _check_arrows(self, part: PartTemplate, xml: str) -> None:
        """Refuse markup that names relationships this document does not have."""
        known = set(self.current_rendering_part.rels)
        if unknown := sorted(set(_ARROW.findall(xml)) - known):
            raise TemplateError(
                Diagnostic(
                    "template-missing-relationship",
                    f"带格式的内容引用了文档里没有的链接或图片 {'、'.join(unknown)}",
                    place=Place(file=part.file, part=part.name),
                    hint="链接要用同一个 DocxTemplate 的 build_url_id 生成，并把它作为模板传入。",
                )
            )

    def _printed(self, value: object) -> str:
        return values.printed(self._bound(value))

    def _placed(self, part: PartTemplate) -> Any:
        return lambda value, runs: values.placed(self._bound(value), runs, part.prefixes | _PICTURE_PREFIXES)

    def _bound(self, value: object) -> object:
        """A picture or sub-document as the markup that shows it in the part being rendered."""
        if isinstance(value, Picture):
            return values.Placed(_drawn(self._image(value)))
        if isinstance(value, InlineImage):
            mine = copy.copy(value)
            mine.tpl = self
            return values.Placed(_drawn(mine))
        if hasattr(value, "__html__") and not isinstance(value, values.Placed):
            html = str(value.__html__())
            return values.Placed(html) if values.has_own_parts(value) or values.points_out(html) else value
        return value

    def _image(self, picture: Picture) -> InlineImage:
        sizes = (None if mm is None else Mm(mm) for mm in (picture.width_mm, picture.height_mm))
        return InlineImage(self, io.BytesIO(picture.content()), *sizes)

    def _put(self, opened: Part, part: PartTemplate, content: bytes) -> None:
        if part.finish.body:
            self.docx._element.replace(self.docx._element.body, parse_xml(content).body)  # type: ignore[attr-defined]
        elif isinstance(opened, XmlPart):
            opened._element = parse_xml(content)
        else:
            opened._blob = content


_ARROW = re.compile(r'\sr:(?:id|embed|link|pict|dm|lo|qs|cs)="([^"]*)"')
_PICTURE_PREFIXES = frozenset({"a", "pic", "r", "wp"})


def _drawn(image: InlineImage) -> str:
    from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError

    try:
        return str(image.__html__())
    except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError):
        raise _refused("picture-unknown-format", "图片的格式认不出来或已损坏", "图片") from None
    except OSError as fault:
        raise _refused("picture-unreadable", f"图片读不出来：{fault.strerror}", "图片") from None


def bytes_of(template: DocxTemplate) -> bytes:
    """The file a docxtpl template was made from."""
    file = template.template_file
    if hasattr(file, "read"):
        file.seek(0)
        return bytes(file.read())
    return Path(file).read_bytes()


def fill_with_parts(
    package: Package,
    parts: Sequence[PartTemplate],
    context: Mapping[str, object],
    attach: Sequence[ExtraPart],
    original: DocxTemplate | None,
) -> bytes:
    """The filled document of a context that holds pictures or sub-documents; raises :class:`TemplateError`."""
    if original is None:
        strict = StrictDocxTemplate(io.BytesIO(write_parts(package.parts)))
        return _filled(strict, package, parts, context, attach)
    with turn_of(original):  # sub-documents belong to the object and change when they are printed
        return _filled(StrictDocxTemplate(snapshot(original)), package, parts, context, attach)


def _filled(
    strict: StrictDocxTemplate,
    package: Package,
    parts: Sequence[PartTemplate],
    context: Mapping[str, object],
    attach: Sequence[ExtraPart],
) -> bytes:
    try:
        strict.fill(parts, context)
    except TemplateError:
        raise
    except Exception as fault:
        raise _explained(parts, context, fault) from None
    without_strangers(strict.docx.part, package, strict.xml_to_string(strict.docx._element))
    return _repacked(strict, package, attach)


def _explained(parts: Sequence[PartTemplate], context: Mapping[str, object], fault: Exception) -> TemplateError:
    """All that is wrong, found by rendering with pictures left out."""
    from planwriter.template.fill import unprintable

    found = [d for part in parts for d in unprintable(part, context)]
    return TemplateError(
        found
        or [Diagnostic("template-picture-failed", f"图片或子文档放不进去：{fault}", place=Place(file=parts[0].file))]
    )


def _repacked(strict: StrictDocxTemplate, package: Package, attach: Sequence[ExtraPart]) -> bytes:
    written = io.BytesIO()
    strict.docx.save(written)
    with zipfile.ZipFile(written) as archive:
        made = {n: archive.read(n) for n in archive.namelist()}
    if _CORE not in package.parts and _CORE in made:
        made[_CORE] = _DATES.sub(_FIRST_DAY, made[_CORE])
    made |= attached(made, main_part(made) or "", attach)
    audit_package(made, name=package.name)
    return write_parts(made)
