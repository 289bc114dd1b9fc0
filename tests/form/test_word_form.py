"""A Word form is read as clerks leave it: filled in Word or WPS, pasted into, rebuilt, with tracked changes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import planwriter
from planwriter.diagnostic import FormError, PlanwriterError
from planwriter.form.word_form import read_word_form, write_word_form
from tests.form.word_edits import (
    BLANK,
    NS,
    W,
    cell,
    copied,
    edited,
    paragraph,
    put,
    read,
    row,
    rows,
    run,
    type_in_control,
    without_controls,
    write,
)

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "women_annual_notice.yaml"
INSERTED = '<w:ins w:id="1" w:author="周岚"><w:r><w:t>新增</w:t></w:r></w:ins>'
DELETED = '<w:del w:id="2" w:author="周岚"><w:r><w:delText>删去</w:delText></w:r></w:del>'


def test_a_form_nobody_touched_says_only_what_was_filled_in_before() -> None:
    assert read(lambda root: None) == ({"文种": "工作计划"}, [])


def test_a_prompt_that_a_program_turned_into_text_is_not_filled_in() -> None:
    assert read(without_controls) == ({"文种": "工作计划"}, [])


def test_text_typed_over_a_prompt_is_the_value() -> None:
    placed, told = read(lambda root: type_in_control(root, "全称", "青江县妇女联合会"))
    assert placed["单位"] == {"全称": "青江县妇女联合会"} and told == []
    assert str(placed["单位"]["全称"].place) == "表单.docx 表1第3行第2格"


def test_several_paragraphs_are_several_values_and_a_line_break_stays_inside() -> None:
    placed, _ = read(lambda root: put(root, "引言", run("甲"), "<w:r><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>", ""))
    assert placed["引言"] == ["甲", "乙\n丙"]


def test_pasted_looks_numbering_and_blanks_at_the_ends_do_not_count() -> None:
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>'
    bold = '<w:r><w:rPr><w:b/><w:rFonts w:eastAsia="黑体"/></w:rPr><w:t>走访</w:t></w:r>'
    placed, _ = read(
        lambda root: put(root, "正文", numbered + bold + run("困难妇女"), run("\u00a0　建台账。\u3000\u00a0"))
    )
    assert placed["章节"][0]["条目"][0]["正文"] == ["走访困难妇女", "建台账。"]


def test_of_tracked_changes_what_is_inserted_counts_and_what_is_deleted_does_not() -> None:
    placed, _ = read(lambda root: put(root, "引言", run("甲") + INSERTED + DELETED))
    assert placed["引言"] == ["甲新增"]


def test_a_paragraph_whose_mark_is_deleted_runs_into_the_next() -> None:
    mark = '<w:pPr><w:rPr><w:del w:id="3" w:author="周岚"/></w:rPr></w:pPr>'
    placed, _ = read(lambda root: put(root, "引言", mark + run("甲"), run("乙"), run("丙")))
    assert placed["引言"] == ["甲乙", "丙"]


def test_a_row_that_is_deleted_is_not_read() -> None:
    def edit(root: etree._Element) -> None:
        write(root, "引言", "甲")
        row(root, "引言").insert(
            0, etree.fromstring(f'<w:trPr xmlns:w="{NS["w"]}"><w:del w:id="1" w:author="周"/></w:trPr>')
        )

    assert "引言" not in read(edit)[0]


def test_a_copied_block_is_one_more_task() -> None:
    def edit(root: etree._Element) -> None:
        for number, words in enumerate(("走访", "培训", "维权"), 1):
            type_in_control(root, "标题", words, number)
        copied(root, "条目 1", "条目 2")

    placed, told = read(edit)
    assert [one["标题"] for one in placed["章节"][0]["条目"]] == ["走访", "走访", "培训", "维权"] and told == []


def test_months_are_read_into_their_entries() -> None:
    def edit(root: etree._Element) -> None:
        type_in_control(root, "时间", "3月", 1)
        write(root, "活动", "部署工作", "走访慰问", number=1)
        type_in_control(root, "时间", "4月", 2)
        write(root, "活动", "培训", number=2)

    placed, _ = read(edit)
    assert placed["章节"] == [
        {
            "类型": "月度安排",
            "安排": [{"时间": "3月", "活动": ["部署工作", "走访慰问"]}, {"时间": "4月", "活动": ["培训"]}],
        }
    ]


def test_a_rebuilt_table_is_read_by_its_words() -> None:
    form = planwriter.read_form(EXAMPLE).document
    from planwriter.model.document import read_document, to_form

    data = edited(write_word_form(to_form(form)), without_controls)
    placed, told = read_word_form(data, "表单.docx")
    assert told == [] and read_document(placed).document == form


def test_a_label_typed_over_another_counts_more_than_the_hidden_tag() -> None:
    def edit(root: etree._Element) -> None:
        for text in cell(root, "牵头单位").getparent().iter(f"{W}t"):
            text.text = "责任单位" if text.text == "牵头单位" else text.text
        write(root, "责任单位", "办公室")

    assert read(edit)[0]["章节"][0]["条目"] == [{"责任单位": ["办公室"]}]


def test_a_misspelt_label_is_read_as_the_nearest_and_told() -> None:
    def edit(root: etree._Element) -> None:
        without_controls(root)
        for text in row(root, "完成时限").iter(f"{W}t"):
            text.text = "完成期限：" if text.text == "完成时限" else text.text
        write(root, "完成期限", "3月底前")

    placed, told = read(edit)
    assert placed["章节"][0]["条目"] == [{"完成时限": "3月底前"}] and told == ["form-near-label"]


def test_an_unknown_label_is_told_with_its_row() -> None:
    def edit(root: etree._Element) -> None:
        without_controls(root)
        for text in row(root, "引言").iter(f"{W}t"):
            text.text = "天气情况" if text.text == "引言" else text.text
        write(root, "天气情况", "晴")

    _, told = read_word_form(edited(write_word_form(BLANK), edit), "表单.docx")
    assert [d.code for d in told] == ["form-unknown-key"]
    assert told[0].place is not None and (told[0].place.part or "").startswith("表1第")


def test_a_row_without_a_label_goes_on_with_the_one_above() -> None:
    def edit(root: etree._Element) -> None:
        write(root, "引言", "甲")
        more = etree.fromstring(etree.tostring(row(root, "引言")))
        for old in more.find(f"{W}tc").findall(f"{W}p"):
            more.find(f"{W}tc").remove(old)
        more.find(f"{W}tc").append(paragraph(""))
        for text in more.iter(f"{W}t"):
            text.text = "乙"
        row(root, "引言").addnext(more)

    assert read(edit)[0]["引言"] == ["甲", "乙"]


def test_a_merged_label_covers_the_rows_below_it() -> None:
    def edit(root: etree._Element) -> None:
        write(root, "引言", "甲")
        first = row(root, "引言")
        more = etree.fromstring(etree.tostring(first))
        for one, kind in ((first, ' w:val="restart"'), (more, "")):
            one.find(f"{W}tc/{W}tcPr").append(etree.fromstring(f'<w:vMerge xmlns:w="{NS["w"]}"{kind}/>'))
        for control in more.xpath(".//w:sdt", namespaces=NS):
            control.getparent().remove(control)
        more.findall(f"{W}tc")[1].find(f".//{W}t").text = "乙"
        first.addnext(more)

    assert read(edit)[0]["引言"] == ["甲", "乙"]


def test_the_cells_of_a_split_row_are_one_value_each() -> None:
    def edit(root: etree._Element) -> None:
        write(root, "引言", "甲")
        row(root, "引言").append(
            etree.fromstring(etree.tostring(cell(root, "引言")).replace("甲".encode(), "乙".encode()))
        )
        for text in row(root, "引言").findall(f"{W}tc")[2].iter(f"{W}t"):
            text.text = "乙"

    assert read(edit)[0]["引言"] == ["甲", "乙"]


def test_a_table_inside_a_cell_is_read_cell_by_cell_and_told() -> None:
    inner = f'<w:tbl xmlns:w="{NS["w"]}"><w:tr><w:tc><w:p>{run("项目")}</w:p></w:tc><w:tc><w:p>{run("金额")}</w:p></w:tc></w:tr></w:tbl>'
    placed, told = read(lambda root: cell(root, "引言").insert(1, etree.fromstring(inner)))
    assert placed["引言"] == ["项目", "金额"] and told == ["form-table-in-form"]


def test_the_words_of_a_text_box_count_and_a_picture_is_told() -> None:
    box = (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
        f"<w:p>{run('框里')}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    placed, told = read(lambda root: put(root, "引言", run("甲") + box))
    assert placed["引言"] == ["甲", "框里"] and told == ["form-picture-in-form"]


def test_text_outside_the_table_is_told() -> None:
    def edit(root: etree._Element) -> None:
        rows(root)[0].getparent().addnext(paragraph(run("请于周五前交")))

    placed, told = read_word_form(edited(write_word_form(BLANK), edit), "表单.docx")
    assert [(d.code, d.found) for d in told] == [("form-outside-table", "请于周五前交")] and placed == {
        "文种": "工作计划"
    }


def test_a_choice_made_in_a_drop_down_is_the_value() -> None:
    placed, _ = read(
        lambda root: type_in_control(root, "紧急程度", "加急"), {"公文": {"紧急程度": None}, "主要任务": None}
    )
    assert placed["公文"] == {"紧急程度": "加急"}


def test_the_drop_down_offers_what_the_model_takes() -> None:
    root = etree.fromstring(
        zipfile.ZipFile(io.BytesIO(write_word_form({"公文": None}, full=True))).read("word/document.xml")
    )
    offered = [one.get(f"{W}value") for one in cell(root, "紧急程度").iter(f"{W}listItem")]
    assert offered == ["特急", "加急"]


def test_a_mistake_in_a_cell_is_told_at_the_cell() -> None:
    data = edited(write_word_form(BLANK), lambda root: type_in_control(root, "成文日期", "2026年2月30日"))
    (error,) = planwriter.read_form(data, name="表单.docx").errors
    assert error.code == "form-bad-date" and "第2格" in str(error.place)


def test_the_same_item_twice_is_told() -> None:
    def edit(root: etree._Element) -> None:
        type_in_control(root, "期间", "2027年")
        row(root, "期间").addnext(etree.fromstring(etree.tostring(row(root, "期间"))))

    assert read(edit)[1] == ["form-duplicate-key"]


def test_a_document_without_such_a_table_is_refused() -> None:
    def edit(root: etree._Element) -> None:
        table = rows(root)[0].getparent()
        table.getparent().remove(table)

    with pytest.raises(FormError) as refused:
        read_word_form(edited(write_word_form(BLANK), edit), "信.docx")
    assert [d.code for d in refused.value.diagnostics] == ["form-no-table"]


def test_a_document_written_here_is_read_by_the_form_it_carries() -> None:
    document = planwriter.write(EXAMPLE)
    reading = planwriter.read_form(document, name="文档.docx")
    assert reading.document == planwriter.read_form(EXAMPLE).document
    assert "form-from-document" in [d.code for d in reading.diagnostics]


def test_a_document_edited_since_is_refused_rather_than_read_without_its_edits() -> None:
    def edit(root: etree._Element) -> None:
        first = next(text for text in root.iter(f"{W}t") if "妇女" in (text.text or ""))
        first.text = (first.text or "").replace("妇女", "妇联", 1)

    with pytest.raises(FormError) as refused:
        planwriter.read_form(edited(planwriter.write(EXAMPLE), edit), name="文档.docx")
    assert [d.code for d in refused.value.diagnostics] == ["form-edited-document"]


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04", b"PK\x03\x04word/" + b"\0" * 99, write_word_form(BLANK)[:-40], write_word_form(BLANK)[:900]]
)
def test_a_damaged_package_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(PlanwriterError) as refused:
        planwriter.read_form(data, name="坏.docx")
    assert refused.value.diagnostics[0].code.startswith("package-")


def test_entities_and_bombs_are_refused_before_anything_is_parsed() -> None:
    with zipfile.ZipFile(io.BytesIO(write_word_form(BLANK))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    hostile = parts["word/document.xml"].replace(b"<w:document", entity + b"<w:document", 1)
    for content, code in ((hostile, "package-doctype"), (b"<a>" + b" " * (31 << 20), "package-bomb")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in {**parts, "word/document.xml": content}.items():
                package.writestr(name, part)
        with pytest.raises(PlanwriterError) as refused:
            planwriter.read_form(out.getvalue(), name="坏.docx")
        assert code in [d.code for d in refused.value.diagnostics]
