"""Open places of a document get a yellow ground and, where asked for, a comment each."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from lxml import etree

import planwriter
from planwriter.word.comments import AUTHOR, DATE, Mark, marked
from planwriter.word.markup import W, w

FORM = """\
公文:
  发文字号: 待填
  主送机关: 各镇妇联
  正文: 请于×月×日前，把【待填：材料】报XX办公室。
  抄送机关: 待填
  印发机关: 县妇联办公室
单位: 青江县妇联
期间: 2027年
主要任务:
  - 标题: 组织XX场宣讲
    责任人: 待填
月度安排:
  形式: 表格
  安排:
    - {时间: 3月, 活动: [{活动: 待填}]}
署名: 青江县妇联
"""


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def said(data: bytes) -> list[str]:
    return ["".join(one.itertext()) for one in part(data, "word/comments.xml")]


def test_every_gap_has_a_comment_that_says_what_is_missing() -> None:
    data = planwriter.write(FORM.encode(), comments=True)
    comments = part(data, "word/comments.xml")
    assert {one.get(w("author")) for one in comments} == {AUTHOR}
    assert {one.get(w("date")) for one in comments} == {DATE}
    notes = said(data)
    for words in ("发文字号", "材料", "责任人", "抄送机关", "活动", "成文日期"):
        assert f"还没有填：{words}" in notes, words
    assert sum("“XX”" in note for note in notes) == 2 and sum("“×月×日”" in note for note in notes) == 1


def test_ranges_references_and_comments_belong_together() -> None:
    body = part(planwriter.write(FORM.encode(), comments=True), "word/document.xml")
    names = {kind: [one.get(w("id")) for one in body.iter(w(kind))]
             for kind in ("commentRangeStart", "commentRangeEnd", "commentReference")}  # fmt: skip
    ids = [one.get(w("id")) for one in part(planwriter.write(FORM.encode(), comments=True), "word/comments.xml")]
    assert sorted(names["commentReference"], key=int) == ids
    assert names["commentRangeStart"] == names["commentRangeEnd"]
    assert set(names["commentRangeStart"]) <= set(ids)


def test_nothing_but_marks_is_added() -> None:
    def text(data: bytes) -> str:
        return "".join(one.text or "" for one in part(data, "word/document.xml").iter(w("t")))

    assert text(planwriter.write(FORM.encode(), comments=True)) == text(planwriter.write(FORM.encode()))


def test_a_form_without_gaps_gets_no_comments() -> None:
    form = {"单位": "县妇联", "期间": "2027年", "引言": "照办。", "署名": "县妇联", "成文日期": "2026年12月20日"}
    assert planwriter.write(form, comments=True) == planwriter.write(form)


def test_the_same_form_gives_the_same_bytes_with_comments() -> None:
    assert planwriter.write(FORM.encode(), comments=True) == planwriter.write(FORM.encode(), comments=True)


def test_comments_a_document_has_are_kept_and_numbered_on() -> None:
    first = marked(
        planwriter.write({"引言": "甲乙丙丁"}), [Mark("乙", 0, 1, "先"), Mark("丙", 0, 1, "次")], comments=True
    )
    again = marked(first, [Mark("丁", 0, 1, "后")], comments=True)
    assert sorted(said(first)) == ["先", "次"] and sorted(said(again)) == ["先", "后", "次"]
    ids = [one.get(w("id")) for one in part(again, "word/comments.xml")]
    assert ids == ["0", "1", "2"]


@pytest.mark.parametrize(
    "runs", [["组织XX场活动"], ["组织X", "X场活动"], ["组", "织", "X", "X", "场活动"], ["组织XX", "场活动"]]
)
def test_a_place_is_found_however_the_text_is_cut_into_runs(runs: list[str]) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph()
    for words in runs:
        paragraph.add_run(words).bold = True
    out = io.BytesIO()
    made.save(out)
    data = marked(out.getvalue(), [Mark("组织XX场活动", 2, 4, "几场")], comments=True)
    body = part(data, "word/document.xml")
    yellow = [run for run in body.iter(w("r")) if run.find(f"{w('rPr')}/{w('highlight')}") is not None]
    assert "".join("".join(run.itertext()) for run in yellow) == "XX"
    assert all(run.find(f"{w('rPr')}/{w('b')}") is not None for run in yellow)
    assert docx.Document(io.BytesIO(data)).paragraphs[0].text == "组织XX场活动"
    assert W in etree.tostring(body).decode()
