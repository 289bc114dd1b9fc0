"""Finished paragraphs as WordprocessingML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from lxml import etree
from markupsafe import Markup

from planwriter.standard import Pt, profile, role
from planwriter.template.drawing.column_widths import column_widths
from planwriter.template.drawing.filled_columns import Cell, filled
from planwriter.template.finished import (
    MERGED,
    TableColumn,
    attachment_note,
    imprint,
    mark,
    signature,
    table,
)

NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = f"{{{NS['w']}}}"
LAYOUT = profile().layout
CHARACTER = 320
DATE = "2026年12月8日"
DANGEROUS = "甲<乙>&“丙”"


def parsed(xml: Markup) -> Any:
    """The paragraphs inside a body."""
    return etree.fromstring(f'<w:body xmlns:w="{NS["w"]}">{xml}</w:body>')


def paragraphs(xml: Markup) -> list[tuple[str, str]]:
    """Style id and text of every paragraph."""
    return [
        (str(p.find("w:pPr/w:pStyle", NS).get(W + "val")), "".join(p.itertext())) for p in parsed(xml).iter(W + "p")
    ]


def indents(xml: Markup, style: str) -> list[dict[str, int]]:
    """The indents of the paragraphs of a style, in twips and hundredths of a character."""
    found = parsed(xml).xpath(f"//w:p[w:pPr/w:pStyle/@w:val='{style}']/w:pPr/w:ind", namespaces=NS)
    return [{key.removeprefix(W): int(v) for key, v in e.attrib.items()} for e in found]


def test_nothing_to_say_gives_nothing() -> None:
    empty = Markup("")
    assert mark("", 0, LAYOUT) == signature([], "", "seal", LAYOUT) == empty
    assert attachment_note([], LAYOUT) == imprint("", "", "", "", LAYOUT) == empty


def test_every_text_is_escaped() -> None:
    made = [
        mark(DANGEROUS, 0, LAYOUT),
        signature([DANGEROUS], DANGEROUS, "seal", LAYOUT),
        signature([DANGEROUS], DANGEROUS, "no_seal", LAYOUT),
        attachment_note([DANGEROUS], LAYOUT),
        imprint(DANGEROUS, DANGEROUS, DANGEROUS, DANGEROUS, LAYOUT),
        table([TableColumn(DANGEROUS)], [[[DANGEROUS]]]),
    ]
    for xml in made:
        assert any(DANGEROUS in text for _, text in paragraphs(xml))


@pytest.mark.parametrize(("text", "points"), [("云溪县", 62), ("云溪县图书馆文件", 51), ("图" * 30, 20.5)])
def test_the_mark_is_as_large_as_one_line_allows(text: str, points: float) -> None:
    sizes = parsed(mark(text, 0, LAYOUT)).xpath("//w:sz/@w:val", namespaces=NS)
    assert sizes == [str(int(points * 2))]


@pytest.mark.parametrize("characters", range(2, 60))
def test_a_long_mark_is_narrowed_before_it_becomes_small(characters: int) -> None:
    xml = parsed(mark("图" * characters, 0, LAYOUT))
    size = float(xml.xpath("string(//w:sz/@w:val)", namespaces=NS)) / 2
    percent = float(xml.xpath("string(//w:r//w:w/@w:val)", namespaces=NS) or 100)
    assert characters * size * percent / 100 <= LAYOUT.width - 2 * 16
    assert size >= 26 or percent == 66
    assert percent == 100 or size <= 26


def test_a_sealed_signature_has_room_for_the_seal_and_the_date_four_characters_in() -> None:
    xml = signature(["云溪县图书馆"], DATE, "seal", LAYOUT)
    styles = [style for style, _ in paragraphs(xml)]
    assert styles == ["PWBlank", "PWBlank", "PWSignature", "PWIssueDate"]
    assert indents(xml, "PWIssueDate") == [{"rightChars": 400, "right": 4 * CHARACTER}]
    # The date is 6.5 characters wide, the name 6: a quarter of a character further in.
    assert indents(xml, "PWSignature") == [{"right": int(4.25 * CHARACTER)}]


def test_a_long_organ_keeps_the_edge_and_the_date_its_middle() -> None:
    xml = signature(["图" * 20], DATE, "seal", LAYOUT)
    assert indents(xml, "PWSignature")[0]["right"] == 0
    assert indents(xml, "PWIssueDate")[0]["right"] == int(6.75 * CHARACTER)


def test_an_organ_wider_than_the_page_leaves_the_date_inside() -> None:
    xml = signature(["图" * 40], DATE, "seal", LAYOUT)
    assert 0 < indents(xml, "PWIssueDate")[0]["right"] < LAYOUT.width.twips


def test_an_unsealed_signature_shifts_the_date_two_characters() -> None:
    xml = signature(["云溪县图书馆读者服务组"], DATE, "no_seal", LAYOUT)
    assert [style for style, _ in paragraphs(xml)] == ["PWBlank", "PWSignature", "PWIssueDate"]
    assert indents(xml, "PWSignature") == [{"rightChars": 200, "right": 2 * CHARACTER}]
    name_left = LAYOUT.width.twips - (2 + 11) * CHARACTER
    assert indents(xml, "PWIssueDate") == [{"left": name_left + 2 * CHARACTER}]


def test_a_date_longer_than_the_organ_moves_the_organ() -> None:
    xml = signature(["图书馆"], DATE, "no_seal", LAYOUT)
    assert indents(xml, "PWIssueDate") == [{"rightChars": 200, "right": 2 * CHARACTER}]
    # 2 characters in, 6.5 of the date, 2 of the shift, less the 3 of the name.
    assert indents(xml, "PWSignature")[0]["right"] == int(7.5 * CHARACTER)


def test_names_without_seal_begin_in_one_column() -> None:
    xml = signature(["云溪县图书馆", "云溪县非物质文化遗产保护中心"], DATE, "no_seal", LAYOUT)
    assert len({indent["left"] for indent in indents(xml, "PWSignature")}) == 1


def test_signature_rows_are_kept_on_one_page() -> None:
    xml = signature(["云溪县图书馆"], DATE, "seal", LAYOUT)
    blanks = parsed(xml).xpath("//w:p[w:pPr/w:pStyle/@w:val='PWBlank'][not(w:pPr/w:keepNext)]", namespaces=NS)
    assert blanks == []
    assert role("signature").keep_next


def test_either_part_of_a_signature_may_be_missing() -> None:
    assert [style for style, _ in paragraphs(signature([], DATE, "seal", LAYOUT))][-1] == "PWIssueDate"
    assert [style for style, _ in paragraphs(signature(["图书馆"], "", "no_seal", LAYOUT))][-1] == "PWSignature"


def test_an_unknown_signature_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="stamp"):
        signature(["图书馆"], DATE, "stamp", LAYOUT)


@pytest.mark.parametrize("count", [2, 3, 4, 5, 7])
def test_every_joint_organ_is_named_once_in_order(count: int) -> None:
    names = [f"云溪县第{at}馆" for at in "一二三四五六七"[:count]]
    rows = paragraphs(signature(names, DATE, "seal", LAYOUT))
    assert "".join(text for style, text in rows if style == "PWSignature") == "".join(names)
    assert rows[-1] == ("PWIssueDate", DATE)


def test_a_single_attachment_has_no_number() -> None:
    xml = attachment_note(["年度计划"], LAYOUT)
    assert paragraphs(xml) == [("PWBlank", ""), ("PWAttachmentNote", "附件：年度计划")]
    assert indents(xml, "PWAttachmentNote") == [
        {"leftChars": 500, "left": 5 * CHARACTER, "hangingChars": 300, "hanging": 3 * CHARACTER}
    ]


def test_several_attachments_are_numbered_and_hang_by_their_numbers() -> None:
    xml = attachment_note([f"表{at}" for at in range(10)], LAYOUT)
    texts = [text for _, text in paragraphs(xml)][1:]
    assert (texts[0], texts[1], texts[9]) == ("附件：1.表0", "2.表1", "10.表9")
    hanging = [(indent["leftChars"], indent["hangingChars"]) for indent in indents(xml, "PWAttachmentNote")]
    assert (hanging[0], hanging[1], hanging[9]) == ((600, 400), (600, 100), (650, 150))


def test_the_imprint_has_labels_a_stop_and_the_word_printed() -> None:
    xml = imprint("县委办公室，县档案馆", "各乡镇", "县图书馆", DATE, LAYOUT)
    told = [text for style, text in paragraphs(xml) if style in ("PWCopyTo", "PWPrinting")]
    assert told == ["主送：各乡镇。", "抄送：县委办公室，县档案馆。", f"县图书馆{DATE}印发"] * 2


@pytest.mark.parametrize(
    ("arguments", "rows"),
    [(("县委办公室", "", "", ""), 1), (("", "", "县图书馆", ""), 1), (("县委办公室", "", "县图书馆", DATE), 2)],
)
def test_the_imprint_has_only_the_rows_it_needs(arguments: tuple[str, str, str, str], rows: int) -> None:
    box = parsed(imprint(*arguments, LAYOUT))
    assert len(box.xpath("//w:drawing//w:tr", namespaces=NS)) == rows
    weights = box.xpath("(//w:tblBorders)[1]/*/@w:sz", namespaces=NS)
    assert weights == ["8", "8", "6"]


def test_the_imprint_says_the_same_to_older_programs() -> None:
    box = parsed(imprint("县委办公室", "", "县图书馆", DATE, LAYOUT))
    new, old = (box.xpath(f"//w:{where}//w:txbxContent", namespaces=NS) for where in ("drawing", "pict"))
    assert etree.tostring(new[0]) == etree.tostring(old[0])


COLUMNS = [TableColumn("月份", 1, centred=True), TableColumn("重点工作", 6), TableColumn("责任部门", 2)]
ROWS = [[["1月"], ["盘点书库，修补破损图书，" * 4], ["借阅部"]], [["12月"], ["组织培训。", "总结。"], []]]


def test_a_table_repeats_its_head_and_keeps_its_rows_whole() -> None:
    xml = parsed(table(COLUMNS, ROWS))
    rows = xml.findall(".//w:tr", NS)
    assert [row.find("w:trPr/w:tblHeader", NS) is not None for row in rows] == [True, False, False]
    assert all(row.find("w:trPr/w:cantSplit", NS) is not None for row in rows)


def test_a_row_taller_than_half_a_page_may_be_split() -> None:
    xml = parsed(table(COLUMNS, [[["1月"], ["很长的说明。" * 200], ["借阅部"]]]))
    assert xml.findall(".//w:tr", NS)[1].find("w:trPr", NS) is None


def test_cells_hold_their_paragraphs_in_the_style_of_the_column() -> None:
    told = [one for one in paragraphs(table(COLUMNS, ROWS)) if one[0] != "PWTableGap"]
    assert told[:3] == [("PWTableHead", "月份"), ("PWTableHead", "重点工作"), ("PWTableHead", "责任部门")]
    assert told[6:] == [
        ("PWTableTextCentred", "12月"),
        ("PWTableText", "组织培训。"),
        ("PWTableText", "总结。"),
        ("PWTableText", ""),
    ]


def test_a_merged_cell_belongs_to_the_one_above() -> None:
    rows: list[list[list[str]]] = [[["一季度"], ["甲"]], [MERGED, ["乙"]], [["二季度"], ["丙"]]]
    xml = parsed(table([TableColumn("时间"), TableColumn("工作")], rows))
    merges = [row.find("w:tc/w:tcPr/w:vMerge", NS) for row in xml.findall(".//w:tr", NS)]
    assert [None if m is None else m.get(W + "val", "continue") for m in merges] == [
        None,
        "restart",
        "continue",
        None,
    ]


def widths_of(columns: list[TableColumn], rows: Sequence[Sequence[Cell]], total: Pt) -> list[int]:
    said = [text for row in rows for cell in row for text in cell]
    return [*column_widths(filled(columns, rows), "".join([*said, *[one.name for one in columns]]), total)]


def test_column_widths_fill_the_type_area() -> None:
    widths = widths_of(COLUMNS, ROWS, LAYOUT.width)
    assert sum(widths) == LAYOUT.width.twips
    assert widths[1] > widths[2] > widths[0]


def test_short_entries_keep_their_row_beside_a_long_column() -> None:
    columns = [TableColumn("序号"), TableColumn("内容", 50), TableColumn("责任部门")]
    widths = widths_of(columns, [[["1"], ["长" * 300], ["办公室"]]], Pt(440))
    assert widths[0] >= 2 * 240
    assert widths[2] >= 4 * 240


def test_columns_without_shares_are_weighed_by_their_fullest_cell() -> None:
    columns = [TableColumn("任务"), TableColumn("内容")]
    widths = widths_of(columns, [[["短" * 20], ["长" * 40, "长" * 40]]], LAYOUT.width)
    assert widths[1] == pytest.approx(4 * widths[0], rel=0.01)


def test_many_columns_share_what_there_is() -> None:
    columns = [TableColumn(f"第{at}项工作任务名称") for at in range(14)]
    widths = widths_of(columns, [], LAYOUT.width)
    assert sum(widths) == LAYOUT.width.twips
    assert min(widths) > 0
