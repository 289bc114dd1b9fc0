"""Documents with pictures or sub-documents: docxtpl's own road, walked strictly."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.opc.part import Part
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from planwriter.diagnostic import Diagnostic, Place, TemplateError
from planwriter.template import values
from planwriter.template.extra import ExtraPart, attached
from planwriter.template.fill import PartTemplate
from planwriter.template.original import guard, turn_of, without_strangers
from planwriter.template.pictures import Picture, refused
from planwriter.template.sandbox import TagEnvironment
from planwriter.template.twin import contents_of, twin_of
from planwriter.word.package import Audited, Package, write_parts
from planwriter.word.packing import Packer
from planwriter.word.relationships import main_part

_CORE = "docProps/core.xml"
_DATES = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")
_FIRST_DAY = rb"\g<1>1980-01-01T00:00:00Z\3"
_ARROW = re.compile(r'\sr:(?:id|embed|link|pict|dm|lo|qs|cs)="([^"]*)"')
_PICTURE_PREFIXES = frozenset({"a", "pic", "r", "wp"})
_UNREADABLE = (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError)


class PicturedTemplate:
    """A compiled template filled with contexts that hold pictures or sub-documents.

    ``original`` is the object that sub-documents belong to; they change when they are printed, so fills take turns.
    """

    def __init__(self, package: Package, parts: Sequence[PartTemplate], original: DocxTemplate | None) -> None:
        self._package, self._parts = package, tuple(parts)
        self._original = _opened(package) if original is None else original
        self._audited = Audited(package.name)
        self._packer = Packer()

    def fill(self, context: Mapping[str, object], attach: Sequence[ExtraPart], *, small: bool) -> bytes:
        """The filled document; raises :class:`TemplateError`."""
        with turn_of(self._original):
            twin = twin_of(self._original.get_docx().part.package)
            try:
                filled = _Filling(twin).filled(self._parts, context)
            except TemplateError:
                raise
            except Exception as fault:
                raise self._explained(context, fault) from None
            self._drop_strangers(twin, filled)
            made = self._with_own_dates(contents_of(twin, filled))
            extra = attached(made, main_part(made) or "", attach)
            made |= extra
            self._audited.audit(made)
            return self._packer.pack(made, {*filled, *extra}, small=small)

    def _drop_strangers(self, twin: Any, filled: Mapping[str, bytes]) -> None:
        main = twin.main_document_part
        name = main.partname.membername
        text = filled.get(name) or main.blob
        without_strangers(main, self._package, text.decode("utf-8"))

    def _with_own_dates(self, made: dict[str, bytes]) -> dict[str, bytes]:
        """Core properties that python-docx made up do not tell the time."""
        if _CORE not in self._package.parts and _CORE in made:
            made[_CORE] = _DATES.sub(_FIRST_DAY, made[_CORE])
        return made

    def _explained(self, context: Mapping[str, object], fault: Exception) -> TemplateError:
        """All that is wrong, found by rendering with pictures left out."""
        from planwriter.template.telling import unprintable

        found = [d for part in self._parts for d in unprintable(part, context)]
        place = Place(file=self._parts[0].file)
        return TemplateError(
            found or [Diagnostic("template-picture-failed", f"图片或子文档放不进去：{fault}", place=place)]
        )


class _Filling:
    """One fill: the owner of its pictures, as docxtpl's template object is."""

    def __init__(self, twin: Any) -> None:
        self._opened: dict[str, Part] = {part.partname.membername: part for part in twin.iter_parts()}
        self.current_rendering_part: Any = None

    def filled(self, parts: Sequence[PartTemplate], context: Mapping[str, object]) -> dict[str, bytes]:
        """Every part with tags, rendered and made sound."""
        return {part.name: self._filled(part, context) for part in parts}

    def _filled(self, part: PartTemplate, context: Mapping[str, object]) -> bytes:
        self.current_rendering_part = self._opened[part.name]
        environment = TagEnvironment(self._printed, part.prefixes)
        environment.filters["_placed"] = self._placed(part)
        own = part.compiled_in(environment)
        xml = "".join(own.root_render_func(own.new_context(dict(context))))
        self._check_arrows(part, xml)
        numbered = part._replace(finish=part.finish._replace(numbered=part.finish.story))
        return numbered.finished(xml, context)

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


def _opened(package: Package) -> DocxTemplate:
    opened = DocxTemplate(io.BytesIO(write_parts(package.parts)))
    guard(opened)
    return opened


def _drawn(image: InlineImage) -> str:
    try:
        return str(image.__html__())
    except _UNREADABLE:
        raise refused("picture-unknown-format", "图片的格式认不出来或已损坏", "图片") from None
    except OSError as fault:
        raise refused("picture-unreadable", f"图片读不出来：{fault.strerror}", "图片") from None


def bytes_of(template: DocxTemplate) -> bytes:
    """The file a docxtpl template was made from."""
    file = template.template_file
    if hasattr(file, "read"):
        file.seek(0)
        return bytes(file.read())
    return Path(file).read_bytes()
