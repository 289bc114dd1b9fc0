"""The skeleton of a part is well-formed exactly when the part is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.template.skeleton import Skeleton, tags_left
from planwriter.template.values import Finished, Placed
from planwriter.word.markup import fault_of

PIECES = ["<a>", "</a>", "<b c='1'>", "</b>", "<a/>", "<a><b>x</b>", "</b></a>", "</a><a>", "t", "&lt;", "&", "\x01", "</a", "b>"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_what_the_skeleton_passes_the_strict_parser_passes(pieces: list[str]) -> None:
    whole = ["<r>", *pieces, "</r>"]
    sound = fault_of(Skeleton(whole).of(whole)) is None
    assert not sound or fault_of("".join(whole).encode()) is None
    assert sound or "</a" in pieces or "b>" in pieces or fault_of("".join(whole).encode()) is not None


def test_a_piece_is_the_tags_it_leaves() -> None:
    assert tags_left('</w:t></w:r><w:r w:x="1"><w:rPr><w:b/></w:rPr><w:t>文') == "</w:t></w:r><w:r><w:t>"


@pytest.mark.parametrize("piece", ["<a b='", "<a><b></a></b>", "<a x='1' x='2'>", "<!-- a --><b>", "<a>&x;</a>", "<1>"])
def test_what_is_no_row_of_whole_tags_is_left_to_the_parser(piece: str) -> None:
    with pytest.raises(ValueError):
        tags_left(piece)


def test_placed_markup_is_parsed_whole_but_for_what_was_drawn_here() -> None:
    skeleton, drawn = Skeleton(["<r>", "</r>"]), Finished("<a/>", drawn_here=True)
    assert skeleton.of(["<r>", Placed("<a>"), "</r>"]) == b"<r><a></r>"
    assert skeleton.of(["<r>", Placed("<a/>"), drawn, "</r>"]) == b"<r><a/></r>"
    assert skeleton.encoded(b"!", ["<r>", drawn, "文", "</r>"]) == "!<r><a/>文</r>".encode()


@pytest.mark.parametrize(
    "sign", ["\n", "\t", "【待填：甲】", '<w:bookmarkStart w:id="1"/>', "<wp:docPr/>", "<v:rect/>"]
)
def test_what_asks_for_more_than_printing_is_noticed_wherever_it_stands(sign: str) -> None:
    plain = ["<r>", "文", "</r>"]

    def quiet(markup: list[str], pieces: list[str]) -> bool:
        skeleton = Skeleton(markup)
        return skeleton.quiet(pieces, skeleton.of(pieces))

    assert quiet(plain, plain)
    assert not quiet(["<r>", f"<a>{sign}</a>"], plain)
    assert not quiet(plain, ["<r>", Placed(sign), "</r>"])
    assert not quiet(plain, ["<r>", Finished(f"<a>{sign}</a>", drawn_here=True), "</r>"])
