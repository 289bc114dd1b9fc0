"""The skeleton of a part is well-formed exactly when the part is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.template.skeleton import Skeleton, tags_left
from planwriter.template.values import Drawn, Placed
from planwriter.word.markup import fault_of

PIECES = ["<a>", "</a>", "<b c='1'>", "</b>", "<a/>", "<a><b>x</b>", "</b></a>", "</a><a>", "t", "&lt;", "&", "\x01", "</a", "b>"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_what_the_skeleton_passes_the_strict_parser_passes(pieces: list[str]) -> None:
    whole = ["<r>", *pieces, "</r>"]
    sound = Skeleton().sound(whole)
    assert not sound or fault_of("".join(whole).encode()) is None
    assert sound or "</a" in pieces or "b>" in pieces or fault_of("".join(whole).encode()) is not None


def test_a_piece_is_the_tags_it_leaves() -> None:
    assert tags_left('</w:t></w:r><w:r w:x="1"><w:rPr><w:b/></w:rPr><w:t>文') == "</w:t></w:r><w:r><w:t>"


@pytest.mark.parametrize("piece", ["<a b='", "<a><b></a></b>", "<a x='1' x='2'>", "<!-- a --><b>", "<a>&x;</a>", "<1>"])
def test_what_is_no_row_of_whole_tags_is_left_to_the_parser(piece: str) -> None:
    with pytest.raises(ValueError):
        tags_left(piece)


def test_placed_markup_is_parsed_whole_but_for_what_was_drawn_here() -> None:
    assert not Skeleton().sound(["<r>", Placed("<a>"), "</r>"])
    assert Skeleton().sound(["<r>", Placed("<a/>"), Drawn("<a/>"), "</r>"])
