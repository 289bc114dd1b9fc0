"""Looks that are left out where they cannot find anything leave nothing out."""

from __future__ import annotations

import re
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.chinese import stretch
from planwriter.chinese.text import is_plain, is_visible

TIMES = st.lists(
    st.sampled_from(
        [
            *"0123456789一二三十〇年月日号季第度底初和及至到~-—–/.()（）、,",
            "2027",
            "12",
            "次年",
            "季度",
            "星期一",
            "半年",
        ]
    ),
    max_size=9,
).map("".join)


class Everything(frozenset[str]):
    """A set of characters that every text has one of."""

    def isdisjoint(self, _: object) -> bool:
        return False


@settings(max_examples=400, deadline=None)
@given(TIMES)
def test_words_for_times_are_made_plain_as_if_each_rewrite_was_tried(words: str) -> None:
    tried = tuple((Everything(), pattern, new) for _, pattern, new in stretch._REWRITES)
    with mock.patch.multiple(stretch, _REWRITES=tried, _HAN_DIGITS=Everything()):
        expected = stretch.plain_words(words)
    assert stretch.plain_words(words) == expected


@given(st.text(st.characters(codec=None) | st.sampled_from("\n\t\r\x0b\x7f\u202e\u061c\ufffe\ud800 　甲"), max_size=5))
def test_a_text_is_plain_and_visible_exactly_where_no_odd_character_stands_in_it(text: str) -> None:
    odd = re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", text)
    turning = re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)
    assert is_plain(text) == (odd is None)
    assert is_visible(text) == (odd is None and turning is None)
