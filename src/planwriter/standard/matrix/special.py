"""The special formats and the model pages (clauses 10 and 11)."""

from __future__ import annotations

from planwriter.standard import formats as f
from planwriter.standard.matrix.line import Line, nodes
from planwriter.standard.rules import Strength

_MUST = Strength.MUST
_CASES, _FORMATS = "layout/test_rendered_cases", "layout/test_rendered_formats"

LINES: tuple[Line, ...] = (
    Line(
        "10.1",
        "信函的标志",
        "发文机关全称或规范化简称，居中，上边缘距上页边有定数，推荐用红色小标宋体字；联合行文时用主办机关标志",
        _MUST,
        (f.LETTER_MARK_TOP, f.INK_FOOT),
        (),
        ("template.drawing.letter.mark_box",),
        nodes(_FORMATS, "the_mark_of_a_letter_begins_thirty_millimetres_below_the_edge"),
    ),
    Line(
        "10.1",
        "红色双线",
        "标志下印一条（上粗下细），下页边之上印一条（上细下粗），居中",
        _MUST,
        (
            f.LETTER_RULE_GAP,
            f.LETTER_RULE_FOOT,
            f.LETTER_RULE_LENGTH,
            f.LETTER_RULE_THICK,
            f.LETTER_RULE_THIN,
            f.LETTER_RULE_BETWEEN,
        ),
        (),
        ("template.drawing.letter.mark_box", "template.drawing.letter.first_footer"),
        nodes(_FORMATS, "a_letter_has_double_rules_of_a_hundred_and_seventy_millimetres"),
    ),
    Line(
        "10.1",
        "信函的份号、密级、紧急程度、发文字号",
        "前三者顶格居版心左边缘编排在第一条双线下，按顺序自上而下分行；发文字号顶格居版心右边缘；都与线保持定距",
        _MUST,
        (f.LETTER_RULE_TEXT_GAP,),
        ("letter_row", "letter_marking"),
        ("template.drawing.letter.body",),
        nodes(
            _FORMATS,
            "the_first_row_of_a_letter_is_seven_eighths_of_a_character_below_the_rule",
            "markings_of_a_letter_stand_flush_left_under_the_rule",
        ),
    ),
    Line(
        "10.1",
        "信函的标题",
        "居中，与其上最后一个要素相距二行",
        _MUST,
        (f.LETTER_TITLE_BLANK_ROWS,),
        (),
        ("template.drawing.letter.body",),
        nodes(_FORMATS, "the_title_of_a_letter_is_two_rows_below_the_last_marking"),
    ),
    Line(
        "10.1",
        "信函的首页页码",
        "首页不显示页码，第二条双线上的文字不压线",
        _MUST,
        (),
        (),
        ("template.drawing.letter.first_footer",),
        nodes(_FORMATS, "a_letter_has_no_number_on_its_first_page_only")
        + nodes(_CASES, "pages_of_special_formats_are_numbered_but_for_the_first_of_a_letter"),
    ),
    Line(
        "10.1",
        "信函的版记",
        "不加印发机关和印发日期、分隔线，位于最后一面版心内最下方",
        _MUST,
        (),
        (),
        ("template.finished.imprint",),
        nodes(_FORMATS, "the_imprint_of_a_letter_has_neither_rules_nor_printing_row"),
    ),
    Line(
        "10.2",
        "命令（令）的标志",
        "发文机关全称加“命令”或“令”字，居中，上边缘至版心上边缘有定数，推荐用红色小标宋体字",
        _MUST,
        (f.ORDER_MARK_TOP, f.ORDER_MARK_WORD),
        (),
        ("template.marks.head_mark", "template.drawing.order.body"),
        nodes(_FORMATS, "the_mark_of_orders_and_minutes_has_its_distance"),
    ),
    Line(
        "10.2",
        "令号和正文",
        "标志下空二行居中编排令号，令号下空二行编排正文；签发人职务、签名章和成文日期见 7.3.5.3",
        _MUST,
        (f.ORDER_NUMBER_BLANK_ROWS, f.ORDER_TEXT_BLANK_ROWS),
        (),
        ("template.drawing.order.body",),
        nodes(
            _FORMATS,
            "the_number_of_an_order_is_centred_with_two_rows_above_and_below",
            "the_signature_seal_has_its_room_and_its_post",
        ),
    ),
    Line(
        "10.3",
        "纪要的标志",
        "由“×××××纪要”组成，居中，上边缘至版心上边缘有定数，推荐用红色小标宋体字",
        _MUST,
        (f.MINUTES_MARK_TOP, f.MINUTES_MARK_WORD),
        (),
        ("template.marks.head_mark", "template.drawing.minutes.body"),
        nodes(_FORMATS, "the_mark_of_orders_and_minutes_has_its_distance"),
    ),
    Line(
        "10.3",
        "出席、请假、列席人员",
        "一般用三号黑体字，在正文（或附件说明）下空一行左空二字编排“出席”等字，后标全角冒号，"
        "冒号后用三号仿宋体字标单位、姓名，回行与冒号后的首字对齐",
        Strength.NORMALLY,
        (f.ATTENDANCE_BLANK_ROWS, f.ATTENDANCE_INSET, f.ATTENDANCE_LABEL),
        ("attendance", "attendance_label"),
        ("template.drawing.minutes.body",),
        nodes(_FORMATS, "attendance_is_labelled_in_black_and_wraps_after_the_colon"),
    ),
    Line(
        "10.3",
        "纪要的其余",
        "可以根据实际制定；不盖章，有编号时才有红色分隔线",
        Strength.MAY,
        (),
        (),
        ("template.drawing.minutes.body",),
        nodes(_FORMATS, "minutes_are_not_signed", "minutes_have_a_red_rule_only_below_a_number"),
    ),
    Line(
        "11",
        "式样",
        "十二幅图：版心、首页、联合行文首页、末页、附件说明页、带附件的末页、信函首页、命令首页",
        _MUST,
        (),
        (),
        ("template.drawing",),
        nodes(_CASES, "at_least_sixty_documents_of_every_kind_are_measured")
        + nodes("layout/test_drawing", "the_shipped_template_is_what_the_code_draws"),
        "图本身没有新的规定：每幅画的格式都排出来，按它所示的各条量",
    ),
)
"""In the order of the clauses."""
