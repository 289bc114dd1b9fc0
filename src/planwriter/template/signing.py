"""The sign-off of a paper in every mode: seal, no seal, signature seal, pictures of seals (7.3.5)."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from planwriter.model.official import Format, OfficialDocument, Seal
from planwriter.model.unfilled import placeholder
from planwriter.standard import Layout
from planwriter.template.drawing.paragraphs import KEEP
from planwriter.template.drawing.seals import Stamp, signature_seal_rows
from planwriter.template.drawing.signatures import no_seal_rows, seal_rows
from planwriter.template.finished import trusted


def sign_off(
    paper: OfficialDocument, day: str, layout: Layout, stamps: Sequence[Stamp] = (), *, with_remark: bool = False
) -> Markup:
    """Signature and date of a paper; minutes have them only where the form says so (10.3).

    ``with_remark`` holds the date on the page of the remark, whose row is the next (7.3.6).
    """
    if paper.format is Format.MINUTES and not (paper.signature or day):
        return Markup()
    names = paper.signed_by or [paper.organ or placeholder("署名")]
    date = day or placeholder("成文日期")
    keep = KEEP if with_remark else ""
    if paper.sealing is Seal.SIGNATURE_SEAL:
        posts = paper.signatory_posts or [placeholder("签发人职务")]
        signatories = [] if paper.upward else paper.signatories
        rows = signature_seal_rows(posts, signatories, stamps, date, layout)
        return _drawn(rows, [*posts, *signatories], date, stamps)
    if paper.sealing is Seal.NO_SEAL:
        return _drawn(no_seal_rows(names, date, layout, keep=keep), names, date)
    return _drawn(seal_rows(names, date, layout, stamps, keep=keep), names, date, stamps)


def _drawn(xml: str, names: Sequence[str], date: str, stamps: Sequence[Stamp] = ()) -> Markup:
    """Pictures of seals come with parts of their own, and are looked at where they are put in."""
    return Markup(xml) if stamps else trusted(xml, "".join([*names, date]))  # noqa: S704 - run() escapes every text
