"""Scope, units, paper, page, printing and binding (clauses 1–6)."""

from __future__ import annotations

from planwriter.standard import numbers as n
from planwriter.standard.matrix.line import Line, nodes
from planwriter.standard.rules import Strength

_MUST, _NORMALLY = Strength.MUST, Strength.NORMALLY
_NOT_IN_THE_FILE = "纸张、制版、印刷和装订的质量不在文件里"
_PAGES, _LOOKS = "layout/test_rendered_pages", "layout/test_rendered_looks"

LINES: tuple[Line, ...] = (
    Line(
        "1",
        "适用范围",
        "各级党政机关的公文适用，其他机关和单位可以参照；少数民族文字印制的公文另按其习惯",
        Strength.MAY,
        unchecked="说的是谁来用，不是怎么排；本程序只排汉字横排的公文",
    ),
    Line(
        "2",
        "引用文件",
        "纸张、量和单位、标点、数字各按其国家标准",
        _MUST,
        unchecked="只是指向别的标准，要求写在第 5.1 条和第 9 条",
    ),
    Line(
        "3.1",
        "字",
        "标示横向距离的长度单位，一字为一个汉字的宽度",
        _MUST,
        (n.EM_ASCENT,),
        (),
        ("standard.units.Chars", "template.drawing.styles"),
        nodes(
            "layout/test_standard",
            "han_and_its_marks_are_one_character_wide_digits_a_half",
            "units_convert_to_what_word_files_hold",
        )
        + nodes("layout/test_drawing", "indents_are_written_in_characters_and_in_lengths"),
    ),
    Line(
        "3.2",
        "行",
        "标示纵向距离的长度单位，一行为一个汉字的高度加三号字高度的若干分之几",
        _MUST,
        (n.LEADING,),
        ("blank",),
        ("standard.layout.Layout.pitch", "template.drawing.paragraphs.blanks"),
        nodes(_LOOKS, "every_full_page_has_twenty_two_rows_on_the_same_places")
        + nodes(
            "layout/test_rendered_formats", "the_first_row_of_a_letter_is_seven_eighths_of_a_character_below_the_rule"
        ),
    ),
    Line(
        "4",
        "用纸",
        "胶版印刷纸或复印纸，60～80 g/m²，白度 80%～90%，横向耐折度不少于 15 次，不透明度不小于 85%，pH 值 7.5～9.5",
        _NORMALLY,
        unchecked=_NOT_IN_THE_FILE,
    ),
    Line(
        "5.1",
        "幅面尺寸",
        "采用 A4 型纸的成品幅面",
        _MUST,
        (n.PAPER_WIDTH, n.PAPER_HEIGHT),
        (),
        ("template.drawing.parts.document",),
        nodes("layout/test_drawing", "the_section_declares_paper_margins_and_grid")
        + nodes("layout/test_rendered_landscape", "a_landscape_number_stands_where_the_upright_sheet_has_it"),
    ),
    Line(
        "5.2.1",
        "页边与版心尺寸",
        "天头、订口各有定数，版心不含页码",
        _MUST,
        (n.HEAD_MARGIN, n.BINDING_MARGIN, n.TYPE_AREA_WIDTH, n.TYPE_AREA_HEIGHT, n.HEADER_DISTANCE),
        (),
        ("standard.layout.Layout", "template.drawing.parts.document"),
        nodes(
            "layout/test_rendered_forms",
            "all_text_stands_in_the_type_area",
            "running_text_fills_the_type_area",
            "rules_stand_in_the_type_area_from_side_to_side",
        )
        + nodes(_PAGES, "rows_of_the_frame_layout_fill_the_type_area", "text_fills_the_type_area_from_side_to_side")
        + nodes(
            "layout/test_rendered_deviations",
            "the_first_row_stands_at_the_top_of_the_type_area_whatever_the_line_spacing",
        ),
    ),
    Line(
        "5.2.2",
        "字体和字号",
        "公文格式各要素如无特殊说明，用三号仿宋体字；特定情况可以作适当调整",
        _NORMALLY,
        (n.BODY_SIZE,),
        ("body",),
        ("standard.faces", "template.drawing.styles.styles"),
        nodes(
            _LOOKS,
            "each_level_has_its_face_and_what_runs_on_is_fangsong",
            "title_and_labels_have_their_faces",
            "digits_and_letters_have_the_face_that_the_look_names",
        )
        + nodes("layout/test_marks_and_styles", "no_font_comes_from_a_theme"),
        "纸上印出的是装了哪种字体的机器排的；`planwriter doctor` 说明缺哪几种、用什么代替",
    ),
    Line(
        "5.2.3",
        "行数和字数",
        "每面排满若干行、每行若干字，并撑满版心；特定情况可以作适当调整",
        _NORMALLY,
        (n.ROWS, n.CHARACTERS, n.CONDENSING, n.BASELINE_SHARE),
        (),
        ("standard.layout.Layout.pitch", "template.drawing.styles.styles"),
        nodes(
            _LOOKS,
            "every_full_page_has_twenty_two_rows_on_the_same_places",
            "every_full_row_has_twenty_eight_characters",
            "a_look_keeps_the_page",
        )
        + nodes(
            "layout/test_rendered_forms",
            "a_full_page_of_running_text_holds_twenty_two_rows",
            "a_row_holds_at_most_twenty_eight_characters_and_room_for_them",
        ),
    ),
    Line(
        "5.2.4",
        "文字的颜色",
        "如无特殊说明，文字均为黑色",
        _MUST,
        (),
        (),
        ("template.drawing.styles.styles",),
        nodes(_LOOKS, "all_but_mark_and_red_rule_is_black") + nodes(_PAGES, "all_text_but_the_mark_is_black"),
    ),
    Line(
        "6.1",
        "制版",
        "版面干净无底灰，字迹清楚无断划，尺寸标准，版心不斜，误差不超过 1 mm",
        _MUST,
        unchecked=_NOT_IN_THE_FILE,
    ),
    Line(
        "6.2",
        "印刷",
        "双面印刷；页码套正，两面误差不超过 2 mm；黑色油墨色谱 BL100%，红色 Y80%、M80%；着墨实、均匀",
        _MUST,
        (n.RED,),
        (),
        ("template.drawing.styles.styles",),
        nodes(
            _LOOKS,
            "every_full_page_has_twenty_two_rows_on_the_same_places",
            "every_page_has_its_number_outside_and_seven_millimetres_below",
        )
        + nodes("layout/test_rendered_elements", "the_mark_begins_thirty_five_millimetres_down"),
        "油墨、着墨和套正是印刷的事；文件里红色是屏幕的红，每一面的行和页码都落在同样的位置",
    ),
    Line(
        "6.3",
        "装订",
        "左侧装订，不掉页；两页页码之间误差不超过 4 mm，裁切后成品尺寸允许误差 ±2 mm，四角成 90°；"
        "骑马订或平订的订位、平订距书脊 3～5 mm",
        _MUST,
        unchecked=_NOT_IN_THE_FILE,
    ),
)
"""In the order of the clauses."""
