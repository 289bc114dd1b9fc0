"""Looks that are left out where they cannot find anything leave nothing out."""

from __future__ import annotations

import re
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.chinese import joining, stretch
from planwriter.chinese.joining import as_sentence, enumerate_names, points
from planwriter.chinese.rare import may_hold_rare
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


WORDS = st.lists(
    st.sampled_from([*"甲a1一二十是。；，、：.！？…《》“”（） \u3000\t\n\xa0\u200b", "走访", "No."]), max_size=6
).map("".join)


@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS, max_size=4))
def test_names_joined_in_one_go_are_joined_as_one_by_one(names: list[str]) -> None:
    with mock.patch.object(joining, "_is_plain_list", lambda _: False):
        expected = enumerate_names(names)
    assert enumerate_names(names) == enumerate_names(tuple(names)) == expected


@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS, max_size=4))
def test_points_are_joined_as_if_each_mark_was_looked_for_in_each(texts: list[str]) -> None:
    bare = [text for text in (_without_final_stops(text.strip()) for text in texts) if text]
    counted = [re.sub("\\A[一二三四五六七八九十]{1,3}是(?=(?s:.))", "", text) for text in bare]
    numbered = [f"{number}是{text}" for number, text in zip("一二三四", counted, strict=False)]
    whole = any(mark in text for text in bare for mark in "；。！？")
    expected = "".join(map(_closed, numbered)) if whole else _closed("；".join(numbered))
    assert points(texts) == (_closed(bare[0]) if len(bare) == 1 else expected)


@given(WORDS)
def test_a_sentence_is_closed_whatever_stands_at_its_end(text: str) -> None:
    assert as_sentence(text) == _closed(text)


def _without_final_stops(text: str) -> str:
    while text and (text[-1] in "。；，、：;,:" or (text[-1] == "." and not text[-2:-1].isascii())):
        text = text[:-1].rstrip("。；，、：;,: \t\n\u3000")
    return text.rstrip()


def _closed(text: str) -> str:
    text = text.rstrip()
    if not text or (text.rstrip("”’」』）)】〉》") or text)[-1] in "。！？…!?：；:;":
        return text
    text = text.rstrip("，、,")
    return text + "。" if text else ""


@given(st.text(st.characters(codec=None) | st.sampled_from("甲镕—·a<\ud800\U00020000é"), max_size=4))
def test_a_long_text_is_looked_through_for_rare_characters_as_a_short_one(text: str) -> None:
    assert may_hold_rare(text + "甲<w:t>" * 1000) == may_hold_rare(text)
