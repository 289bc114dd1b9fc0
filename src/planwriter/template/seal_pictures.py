"""Pictures of seals: what they are, how large on paper, and the parts that carry them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image

from planwriter.diagnostic import Diagnostic, FileError, FormError, Place
from planwriter.files import read_bytes
from planwriter.standard import Mm, Pt
from planwriter.standard import formats as f
from planwriter.template.drawing.seals import Stamp
from planwriter.template.values import ATTACHED_RELATION
from planwriter.word.extra_part import ExtraPart
from planwriter.word.relationships import OFFICE

SEAL_BYTES = 5 * 1024 * 1024
"""The largest picture of a seal that is read."""
_KINDS = {"image/png": "png", "image/jpeg": "jpg"}
_UNREADABLE = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, ValueError, KeyError)


@dataclass(frozen=True, slots=True)
class SealPicture:
    """A seal as it is placed, and the part of the document that carries it."""

    stamp: Stamp
    part: ExtraPart


def seals_beside(folder: Path, names: Sequence[str]) -> list[SealPicture]:
    """The pictures of seals that a paper names, from the folder of its form or a folder below it.

    Raises FormError with everything that is wrong with any of them; ``found`` is the name.
    """
    made: list[SealPicture] = []
    told: list[Diagnostic] = []
    for at, name in enumerate(names, 1):
        try:
            made.append(seal_picture(at, name, read_bytes(_below(folder, name), limit=SEAL_BYTES)))
        except FormError as refusal:
            told += refusal.diagnostics
        except FileError as refusal:
            told += (_unread(name, one) for one in refusal.diagnostics)
    if told:
        raise FormError(told)
    return made


def _unread(name: str, why: Diagnostic) -> Diagnostic:
    reason = why.message.rpartition("：")[2]
    return Diagnostic("form-no-seal", f"印章图片“{name}”读不了：{reason}", place=Place(field="印章"), found=name,
                      expected="PNG 或 JPEG 图片",
                      hint="把图片放到表单旁边，只写文件名；不用图片就写“盖章”")  # fmt: skip


def _below(folder: Path, name: str) -> Path:
    """A file in a folder; a form may not reach for pictures elsewhere."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise FormError(
            Diagnostic("form-seal-outside", f"印章图片“{name}”不在表单所在的文件夹里", place=Place(field="印章"),
                       found=name, hint="把图片放到表单旁边，只写文件名")
        )  # fmt: skip
    return path


def seal_picture(number: int, name: str, content: bytes) -> SealPicture:
    """The ``number``-th seal from a PNG or JPEG file; raises FormError (``form-bad-seal``) for anything else.

    The size is that which the picture names, if a seal can be so large, else a diameter of 42 mm.
    """
    try:
        image = Image.from_blob(content)
        kind = _KINDS[image.content_type]
        width, height = _size(image)
    except _UNREADABLE:
        raise FormError(_refused(name)) from None
    relation = f"{ATTACHED_RELATION}Seal{number}"
    part = ExtraPart(
        f"word/media/seal{number}.{kind}", content, image.content_type, OFFICE + "image", relation=relation
    )
    return SealPicture(Stamp(relation, width, height), part)


def _size(image: Image) -> tuple[Pt, Pt]:
    if not (image.px_width and image.px_height):
        raise ValueError
    across = Mm(max(image.px_width / image.horz_dpi, image.px_height / image.vert_dpi) * 25.4)
    told = f.SEAL_SMALLEST.value <= across <= f.SEAL_LARGEST.value
    longest = (across if told else f.SEAL_DIAMETER.value).pt
    most = max(image.px_width, image.px_height)
    return Pt(longest * image.px_width / most), Pt(longest * image.px_height / most)


def _refused(name: str) -> Diagnostic:
    return Diagnostic("form-bad-seal", f"“{name}”不是可以用的印章图片", place=Place(field="印章"), found=name,
                      expected="PNG 或 JPEG 图片", hint="用扫描或制章软件另存为 PNG，再写它的文件名")  # fmt: skip
