"""What a table is drawn from fast is what the slow way gives: widths, heights, soundness."""

from __future__ import annotations

import math
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.standard import profile
from planwriter.template.drawing.column_widths import _longest, _narrowest, _Needs, _unbroken, _wide
from planwriter.template.drawing.tables import _heights, _lines_at_most
from planwriter.template.finished import MERGED, TableColumn, kept, signature, table
from planwriter.template.values import Finished
from planwriter.width import cells
from planwriter.word.markup import fault_of

LAYOUT = profile().layout
TEXTS = st.text("甲乙，。（）&<>\"'0123456789aB.%-　 ", min_size=1, max_size=60)
CELLS = st.lists(TEXTS, max_size=3)


@given(st.lists(st.integers(1, 9000), min_size=1, max_size=4), st.integers(1, 12), st.sampled_from([240.0, 210.5]))
def test_a_column_is_no_wider_than_its_lines_need(paragraphs: list[int], lines: int, character: float) -> None:
    fits = (
        chars
        for chars in range(1, 10_000)
        if sum(math.ceil(one / (chars * character)) for one in paragraphs) <= max(lines, len(paragraphs))
    )
    assert _narrowest(paragraphs, lines, character) == next(fits)


@given(st.lists(st.text("甲乙，0123aB.ｶ\u0301 é", max_size=30) | TEXTS, min_size=1, max_size=8))
def test_the_widest_text_is_found_without_measuring_all(texts: list[str]) -> None:
    assert _longest(texts) == max(map(_wide, texts))


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5), st.integers(3000, 12000))
def test_there_are_never_fewer_lines_than_the_widths_allow(rows: list[tuple[list[str], ...]], total: int) -> None:
    columns = [TableColumn(name) for name in "甲乙丙"]
    longest = [_longest([c.name, *(t for row in rows for t in row[at])]) for at, c in enumerate(columns)]
    needs = _Needs(columns, rows, longest, LAYOUT.table_text)
    assert all(sum(needs[lines]) > total for lines in range(1, needs.fewest(total)))


@given(st.text(max_size=40))
def test_the_longest_word_is_found(text: str) -> None:
    words = re.findall(r"[0-9A-Za-z.,:/@%+_-]+", text)
    assert _unbroken(text) == max(map(len, words), default=2) / 2


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5), st.tuples(st.integers(500, 9000), st.integers(500, 9000)))
def test_no_row_is_higher_than_the_quick_bound(
    rows: list[tuple[list[str], list[str]]], widths: tuple[int, int]
) -> None:
    heights = _heights(rows, widths, LAYOUT.table_text)
    assert max(heights, default=0) <= _lines_at_most(rows, widths, LAYOUT.table_text)


@given(st.lists(st.tuples(CELLS, st.just(MERGED) | CELLS), max_size=5), TEXTS)
def test_what_is_drawn_without_a_parse_is_well_formed(rows: list[tuple[list[str], list[str]]], text: str) -> None:
    columns = [TableColumn(text), TableColumn("安排", share=2.0, centred=True)]
    drawn = (
        table(columns, rows, LAYOUT),
        kept("run_in_1", "一、", text, text),
        signature([text], text, "no_seal", LAYOUT),
    )
    for one in drawn:
        assert type(one) is Finished
        assert fault_of(f"<w>{one}</w>".encode()) is None


def test_every_character_that_can_be_printed_may_stand_in_xml() -> None:
    printable = "".join(filter(str.isprintable, map(chr, range(sys.maxunicode + 1))))
    assert fault_of(f"<w>{printable.replace('&', '').replace('<', '')}</w>".encode()) is None


@pytest.mark.parametrize("char", ["\x00", "\x0c", "\x1f", "\ufffe"])
def test_a_character_no_document_can_hold_is_not_taken_for_sound(char: str) -> None:
    assert type(table([TableColumn("安排")], [[[f"走访{char}"]]], LAYOUT)) is not Finished


@given(st.text("甲乙ab09Ａ，, .—", max_size=12))
def test_a_gap_is_reckoned_with_wherever_a_digit_or_letter_stands_beside_a_han_character(text: str) -> None:
    seams = re.findall("(?<=[0-9A-Za-z])(?=[一-鿿])|(?<=[一-鿿])(?=[0-9A-Za-z])", text)
    assert _wide(text) == cells(text) + len(seams) / 4
