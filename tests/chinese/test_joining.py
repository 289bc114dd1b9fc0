import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwriter.chinese.joining import (
    as_lead,
    as_own_line_heading,
    as_sentence,
    attachment_name,
    brackets,
    enumerate_names,
    join_classes,
    points,
)


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (
            ["每月排查一次", "每季度会商一次", "每半年通报一次"],
            "一是每月排查一次；二是每季度会商一次；三是每半年通报一次。",
        ),
        (["每月排查一次；", "每季度会商一次。"], "一是每月排查一次；二是每季度会商一次。"),
        (["落实例会制度。以会议部署", "落实汇报制度"], "一是落实例会制度。以会议部署。二是落实汇报制度。"),
        (["一是排查", "二是会商"], "一是排查；二是会商。"),
        (["二是会商", "排查"], "一是会商；二是排查。"),
        (["排查", "", "  ", "会商"], "一是排查；二是会商。"),
        (["只有一项"], "只有一项。"),
        (["为什么？", "怎么办？"], "一是为什么？二是怎么办？"),
        ([], ""),
    ],
)
def test_points_are_joined_in_one_sentence_or_several(texts: list[str], joined: str) -> None:
    assert points(texts) == joined


def test_an_eleventh_point_is_counted_on() -> None:
    assert "；十一是k；十二是l。" in points("abcdefghijkl")


def test_more_points_than_numerals_are_refused() -> None:
    with pytest.raises(ValueError, match="100 points"):
        points(["走访"] * 100)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("走访困难妇女", "走访困难妇女。"),
        ("走访困难妇女。", "走访困难妇女。"),
        ("好不好？", "好不好？"),
        ("做到：", "做到："),
        ("他说：“好。”", "他说：“好。”"),
        ("评选“平安家庭”", "评选“平安家庭”。"),
        ("（见附件）", "（见附件）。"),
        ("（已完成。）", "（已完成。）"),
        ("等等……", "等等……"),
        ("走访，", "走访。"),
        ("走访 ", "走访。"),
        ("第一项；", "第一项；"),
        ("", ""),
        ("，", ""),
        ("”", "”。"),
    ],
)
def test_a_sentence_ends_with_one_mark(text: str, sentence: str) -> None:
    assert as_sentence(text) == sentence


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("加强领导。", "加强领导"),
        ("加强领导：", "加强领导"),
        ("怎么办？", "怎么办？"),
        ("评选“平安家庭”", "评选“平安家庭”"),
        ("加强领导.", "加强领导"),
        ("提升至1.", "提升至1."),
        (" 加强领导； ", "加强领导"),
        ("。", ""),
    ],
)
def test_a_heading_on_its_own_line_has_no_final_stop(text: str, heading: str) -> None:
    assert as_own_line_heading(text) == heading


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("建好站点", "建好站点。"),
        ("建好站点。", "建好站点。"),
        ("建好站点：", "建好站点。"),
        ("建好站点。。", "建好站点。"),
        ("为了谁？", "为了谁？"),
        ("为了谁？。", "为了谁？"),
        ("评选“平安家庭”", "评选“平安家庭”。"),
        ("", ""),
    ],
)
def test_a_run_in_heading_has_exactly_one_stop(text: str, lead: str) -> None:
    assert as_lead(text) == lead


def test_names_are_enumerated_and_classes_kept_apart() -> None:
    assert enumerate_names(["权益部", " 办公室 ", "", "发展部"]) == "权益部、办公室、发展部"
    assert enumerate_names(["《妇女权益保障法》", "《反家庭暴力法》", "《条例》等"]) == (
        "《妇女权益保障法》《反家庭暴力法》《条例》等"
    )
    assert join_classes(["市妇女联合会", "县委办公室"]) == "市妇女联合会，县委办公室"


@pytest.mark.parametrize(
    ("text", "bracketed"),
    [
        ("此件公开发布", "（此件公开发布）"),
        ("（此件公开发布）", "（此件公开发布）"),
        ("(此件公开发布)", "（此件公开发布）"),
        ("（甲）和（乙）", "（（甲）和（乙））"),
        ("联系人：周岚（办公室）", "（联系人：周岚（办公室））"),
        ("", ""),
        ("（", "（（）"),
    ],
)
def test_brackets_are_put_round_once(text: str, bracketed: str) -> None:
    assert brackets(text) == bracketed


def test_the_name_of_an_attachment_ends_without_punctuation() -> None:
    assert attachment_name("任务分解表。") == "任务分解表"
    assert attachment_name("任务分解表（试行）；") == "任务分解表（试行）"


MARKS = "。；，、：;,:. \t\n\r"
TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=20) | st.text(
    "甲乙。；！？”）（.，是一", max_size=9
)


@given(st.lists(TEXTS, max_size=12))
def test_points_keep_every_text_in_order(texts: list[str]) -> None:
    joined, at = points(texts), 0
    for text in texts:
        core = text.strip().strip(MARKS)
        core = core.split("是", 1)[1] if core[:1] == "一" and "是" in core[1:3] else core
        at = joined.index(core, at) + len(core)


@given(TEXTS)
def test_the_final_mark_is_all_that_changes(text: str) -> None:
    core = text.strip().rstrip(MARKS).rstrip()
    for made in (as_sentence(text), as_lead(text), as_own_line_heading(text), attachment_name(text)):
        assert core in made


@given(TEXTS)
def test_a_second_time_changes_nothing(text: str) -> None:
    for function in (as_sentence, as_lead, attachment_name):
        assert function(function(text)) == function(text)
