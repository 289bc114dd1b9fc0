"""What the special formats, joint issue and seals ask of a paper (GB/T 9704 7.2.5, 7.3.5, 10)."""

from __future__ import annotations

from typing import Protocol

from planwriter.model.element import Element
from planwriter.model.official import Format, OfficialDocument, Seal
from planwriter.model.unfilled import is_placeholder


class Telling(Protocol):
    """Takes findings about an element's field: errors and doubts."""

    def tell(self, code: str, message: str, at: tuple[Element, str | None], *, found: str | None = None,
             expected: str | None = None, hint: str | None = None, source: str | None = None) -> None:  # fmt: skip
        """An error."""

    def doubt(self, code: str, message: str, at: tuple[Element, str | None], **more: str | None) -> None:
        """A warning."""


def check_format(paper: OfficialDocument, told: Telling) -> None:
    """Elements against the format that has or lacks them."""
    _check_number(paper, told)
    _check_lists(paper, told)
    _check_letter(paper, told)
    _check_seal(paper, told)


def _check_number(paper: OfficialDocument, told: Telling) -> None:
    number = paper.document_number or ""
    bare = number.startswith(("第", "〔"))
    if bare and paper.format not in (Format.ORDER, Format.MINUTES):
        told.tell("paper-number-shape", f"“{paper.format.value}”的发文字号要写机关代字、年份和序号",
                  (paper, "document_number"), found=number, expected="青妇〔2026〕18号",
                  hint="只有命令（令）和纪要单写序号", source="GB/T 9704 7.2.5")  # fmt: skip


def _check_lists(paper: OfficialDocument, told: Telling) -> None:
    for field, label in (("attended", "出席"), ("absent", "请假"), ("observers", "列席")):
        if getattr(paper, field) and paper.format is not Format.MINUTES:
            told.tell("paper-attendance-unexpected", f"只有纪要标注{label}人员，“{paper.format.value}”不印这一项",
                      (paper, field), hint=f"删去“{label}”，或把格式改成纪要", source="GB/T 9704 10.3")  # fmt: skip


def _check_letter(paper: OfficialDocument, told: Telling) -> None:
    if paper.format is not Format.LETTER:
        return
    for field, label in (("printing_office", "印发机关"), ("printing_date", "印发日期")):
        if getattr(paper, field):
            told.doubt("paper-letter-printing", f"信函的版记不加{label}，不会印出来", (paper, field),
                       hint=f"删去“{label}”", source="GB/T 9704 10.1")  # fmt: skip


def _check_seal(paper: OfficialDocument, told: Telling) -> None:
    organs = max(1, len(paper.signed_by))
    pictures = len(paper.seal_files)
    if pictures and pictures != organs and paper.sealing is Seal.SEAL:
        told.doubt("paper-seal-count", f"署名的机关有{organs}个，印章图片有{pictures}个", (paper, "seal_pictures"),
                   hint="按机关顺序各写一个", source="GB/T 9704 7.3.5.1")  # fmt: skip
    if pictures and paper.sealing is Seal.NO_SEAL:
        told.doubt("paper-seal-unexpected", "写明不盖章，印章图片不会印出来", (paper, "seal_pictures"),
                   hint="删去“印章图片”，或把印章改成盖章", source="GB/T 9704 7.3.5.2")  # fmt: skip
    if paper.format is Format.MINUTES and paper.sealing is not Seal.NO_SEAL and not is_placeholder(paper.seal or ""):
        told.doubt("paper-minutes-sealed", "纪要不加盖印章", (paper, "seal"), hint="删去“印章”一项",
                   source="公文处理工作条例第九条")  # fmt: skip
    if paper.signatory_posts and paper.sealing is not Seal.SIGNATURE_SEAL:
        told.doubt("paper-post-unexpected", "只有盖签名章的公文标注签发人职务，这里不会印出来",
                   (paper, "signatory_posts"), hint="删去“签发人职务”，或把印章改成签名章",
                   source="GB/T 9704 7.3.5.3")  # fmt: skip
