"""What a table is drawn from fast is what the slow way gives: widths, heights, soundness."""

from __future__ import annotations

import math
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.standard import profile
from planwriter.template.drawing.column_widths import (
    _fewest_lines,
    _highest,
    _least,
    _may_hold_word,
    _narrowest,
    _needed,
    _twips,
    _unbroken,
    column_widths,
)
from planwriter.template.drawing.filled_columns import (
    MERGED,
    Cell,
    Filled,
    TableColumn,
    around,
    filled,
    longest_of,
    natural_width,
    wide,
)
from planwriter.template.drawing.paragraphs import KEEP, paragraph, run
from planwriter.template.drawing.table_frames import KEPT, SPLIT
from planwriter.template.drawing.tables import _half_a_page, _heights, _lines_at_most, _marks, _measured_marks, grid
from planwriter.template.finished import kept, signature, table
from planwriter.template.values import Finished
from planwriter.width import cells
from planwriter.word.markup import fault_of

LAYOUT = profile().layout
TEXTS = st.text("甲乙，。（）&<>\"'0123456789aB.%-　 ", min_size=1, max_size=60)
CELLS = st.lists(TEXTS, max_size=3)
SIZE = LAYOUT.table_text.size
WORD = "[0-9A-Za-z.,:/@%+_-]+"


@st.composite
def tables(draw: st.DrawFn) -> list[Filled]:
    """Columns with cells of any number of paragraphs, some merged with those above."""
    count = draw(st.integers(1, 4))
    cells = st.just(MERGED) | st.lists(TEXTS | st.just(""), max_size=3) | st.lists(TEXTS, min_size=1, max_size=1)
    rows: list[tuple[Cell, ...]] = draw(st.lists(st.tuples(*[cells] * count), max_size=12))
    column = st.builds(TableColumn, TEXTS, st.sampled_from([None, 1.0, 2.5]), st.booleans())
    first = [tuple([[] if cell is MERGED else cell for cell in row]) for row in rows[:1]]
    return filled(draw(st.lists(column, min_size=count, max_size=count)), first + rows[1:])


def said_in(columns: list[Filled]) -> str:
    return "".join([text for one in columns for text in (one.column.name, *one.texts)])


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
    assert longest_of(texts) == max(map(wide, texts))


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5), st.integers(3000, 12000))
def test_there_are_never_fewer_lines_than_the_widths_allow(rows: list[tuple[list[str], ...]], total: int) -> None:
    highest = tuple([_highest(one) for one in filled([TableColumn(name) for name in "甲乙丙"], rows)])
    assert all(
        sum(_needed(_twips(highest, SIZE), lines, SIZE)) > total
        for lines in range(1, _fewest_lines(highest, total, SIZE))
    )


@given(tables(), st.integers(1, 6))
def test_no_cell_takes_more_lines_than_its_column_has_room_for(columns: list[Filled], lines: int) -> None:
    needed = _needed(_twips(tuple([_highest(one) for one in columns]), SIZE), lines, SIZE)
    margins = natural_width("", LAYOUT.table_text)
    for one, width in zip(columns, needed, strict=True):
        chars = (width - margins) / (SIZE * 20)
        for cell in [[one.column.name], *one.cells()]:
            taken = [
                math.ceil((natural_width(text, LAYOUT.table_text) - margins) / (SIZE * 20) / chars) for text in cell
            ]
            assert sum(taken) <= max(lines, len(cell))


@given(tables(), st.integers(1, 4))
def test_words_are_looked_for_wherever_they_matter(columns: list[Filled], short: int) -> None:
    unwrapped = [around(min(short, one.longest), LAYOUT.table_text) for one in columns]
    assert _may_hold_word(columns, said_in(columns), short) or [*_least(columns, short, SIZE)] == unwrapped


@given(tables(), st.integers(1, 4))
def test_no_word_is_broken(columns: list[Filled], short: int) -> None:
    for one, width in zip(columns, _least(columns, short, SIZE), strict=True):
        words = re.findall(WORD, " ".join([one.column.name, *one.texts]))
        assert all(natural_width(word, LAYOUT.table_text) <= width for word in words)


@given(st.text(max_size=40))
def test_the_longest_word_is_found(text: str) -> None:
    words = re.findall(WORD, text)
    assert _unbroken(text) == max(map(len, words), default=2) / 2


@given(tables(), st.lists(st.integers(500, 9000), min_size=4, max_size=4))
def test_no_row_is_higher_than_the_quick_bound(columns: list[Filled], widths: list[int]) -> None:
    heights = _heights(columns, widths[: len(columns)], LAYOUT.table_text)
    assert max(heights, default=0) <= _lines_at_most(columns, widths[: len(columns)], LAYOUT.table_text)


@given(tables(), st.lists(st.integers(500, 9000), min_size=4, max_size=4))
def test_rows_are_kept_and_split_as_if_each_were_measured(columns: list[Filled], widths: list[int]) -> None:
    widths = widths[: len(columns)]
    hanging = [
        any(merged) for merged in zip(*[one.merged or [False] * len(one.counts) for one in columns], strict=True)
    ]
    measured = _measured_marks(hanging, _heights(columns, widths, LAYOUT.table_text), _half_a_page(widths, LAYOUT))
    assert _marks(columns, widths, LAYOUT) == measured


def drawn_cell_by_cell(columns: list[Filled]) -> str:
    """The rows of a table below its header, drawn as simply as can be."""
    widths = column_widths(columns, said_in(columns), LAYOUT.width)
    marks = _marks(columns, widths, LAYOUT)
    out = ""
    for at, mark in enumerate(marks):
        keep = KEEP if mark == KEPT else ""
        out += "<w:tr>" if mark == SPLIT else "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        for one, width in zip(columns, widths, strict=True):
            merged = [*one.merged, False]
            style = "table_text_centred" if one.column.centred else "table_text"
            merge = "<w:vMerge/>" if one.merged and merged[at] else ""
            if one.merged and not merged[at] and merged[at + 1]:
                merge = '<w:vMerge w:val="restart"/>'
            texts = [paragraph(style, run(text), look=keep) for text in one.cells()[at]] or [
                paragraph(style, look=keep)
            ]
            look = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/></w:tcPr>'
            out += f"<w:tc>{look}{''.join(texts)}</w:tc>"
        out += "</w:tr>"
    return out


@given(tables())
def test_a_table_drawn_from_its_frame_is_the_one_drawn_cell_by_cell(columns: list[Filled]) -> None:
    expected = drawn_cell_by_cell(columns) + "</w:tbl>"
    drawn = [grid(columns, LAYOUT, LAYOUT.width) for _ in range(3)]
    assert drawn[-1].frame is not None
    for drawing in drawn:
        assert drawing.xml().partition("</w:tr>")[2] == expected
        assert drawing.utf_8(b"<w>", b"</w>") in (None, drawing.xml("<w>", "</w>").encode())
    assert drawn[-1].utf_8(b"", b"") is not None


def test_tables_of_one_shape_share_their_frame_whatever_they_say() -> None:
    drawn = [table([TableColumn("安排")], [[[text]], [[]]], LAYOUT) for text in ("走访", "培训", "评选", "A&B", "<5%")]
    assert (
        len(
            {
                one.replace(text, "")
                for one, text in zip(drawn, ("走访", "培训", "评选", "A&amp;B", "&lt;5%"), strict=True)
            }
        )
        == 1
    )


def test_a_table_too_large_to_be_remembered_is_drawn_like_any_other() -> None:
    columns = filled([TableColumn(name) for name in "甲乙丙"], [[["一"], ["二", "三"], []]] * 200)
    drawing = [grid(columns, LAYOUT, LAYOUT.width) for _ in range(3)][-1]
    assert drawing.frame is None
    assert drawing.xml().partition("</w:tr>")[2] == drawn_cell_by_cell(columns) + "</w:tbl>"


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
        assert one.utf_8 == one.encode()
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
    assert wide(text) == cells(text) + len(seams) / 4
