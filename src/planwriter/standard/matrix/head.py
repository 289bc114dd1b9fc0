"""The three parts of a paper, and its head (clauses 7.1 and 7.2)."""

from __future__ import annotations

from planwriter.standard import formats as f
from planwriter.standard import numbers as n
from planwriter.standard.matrix.line import Line, nodes
from planwriter.standard.rules import Strength

_MUST, _NORMALLY, _RECOMMENDED = Strength.MUST, Strength.NORMALLY, Strength.RECOMMENDED
_CASES, _FORMATS = "layout/test_rendered_cases", "layout/test_rendered_formats"
_ELEMENTS = "layout/test_rendered_elements"
_UNUSUAL, _CROWDED = "layout/test_rendered_unusual", "layout/test_long_and_crowded"
_DISTANCES = "mark_and_red_rule_have_their_distances_whatever_stands_around_them"

LINES: tuple[Line, ...] = (
    Line(
        "7.1",
        "要素的划分",
        "版心内的要素分版头、主体、版记：红色分隔线以上、红色分隔线以下至首条分隔线以上、"
        "首条至末条分隔线之间；页码在版心外",
        _MUST,
        (),
        (),
        ("template.drawing.notice.body",),
        nodes(
            "layout/test_rendered_forms",
            "the_imprint_stands_at_the_foot_of_the_last_page",
            "the_dash_of_every_page_number_is_seven_millimetres_below_the_type_area",
        )
        + nodes(_CASES, _DISTANCES),
    ),
    Line(
        "7.2.1",
        "份号",
        "如需标注，用三号阿拉伯数字，顶格编排在版心左上角第一行",
        _NORMALLY,
        (n.COPY_NUMBER_DIGITS,),
        ("copy_number",),
        ("template.drawing.notice.body", "template.drawing.texts.markings"),
        nodes(_CASES, "markings_take_the_first_rows_in_their_order")
        + nodes("model/test_words_of_a_paper", "a_copy_number_has_six_arabic_digits"),
    ),
    Line(
        "7.2.2",
        "密级和保密期限",
        "如需标注，用三号黑体字，顶格编排在版心左上角第二行；保密期限中的数字用阿拉伯数字",
        _NORMALLY,
        (n.SECURITY_ROW,),
        ("security",),
        ("template.drawing.notice.body", "template.marks.marking_rows", "model.official.Classification"),
        nodes(_CASES, "markings_take_the_first_rows_in_their_order")
        + nodes(_UNUSUAL, "markings_stand_in_their_order_and_security_on_the_second_row")
        + nodes(
            "model/test_words_of_a_paper",
            "a_classification_of_another_form_is_refused",
            "a_classified_paper_without_copy_number_is_doubtful",
        ),
        "没有份号时第一行空着；信函、命令的标志位置不同，密级在最前。涉密公文依条例必有份号，没写会提醒",
    ),
    Line(
        "7.2.3",
        "紧急程度",
        "如需标注，用三号黑体字，顶格编排在版心左上角；与份号、密级同时标注时，按这个顺序自上而下分行",
        _NORMALLY,
        (),
        ("urgency",),
        ("template.drawing.notice.body",),
        nodes(_CASES, "markings_take_the_first_rows_in_their_order")
        + nodes("model/test_words_of_a_paper", "an_urgency_is_one_of_two"),
    ),
    Line(
        "7.2.4",
        "发文机关标志",
        "发文机关全称或规范化简称加“文件”二字，也可以只用名称；居中，上边缘至版心上边缘有定数",
        _MUST,
        (n.MARK_TOP, n.MARK_LINE, n.INK_INSET),
        (),
        ("template.marks.head_mark", "template.finished.mark", "standard.layout.Layout.mark_before"),
        nodes(_CASES, _DISTANCES)
        + nodes("layout/test_rendered_forms", "the_mark_begins_thirty_five_millimetres_down")
        + nodes(_FORMATS, "rows_above_a_joint_mark_do_not_move_it"),
    ),
    Line(
        "7.2.4",
        "发文机关标志的字体",
        "用小标宋体字，红色，字号以醒目、美观、庄重为原则；排成一行",
        _RECOMMENDED,
        (n.MARK_SIZE_LIMIT, n.MARK_SIDE, n.MARK_SIZE_WANTED, n.MARK_NARROWEST),
        ("authority_mark",),
        ("template.drawing.lettering.mark_lettering", "template.drawing.styles.styles"),
        nodes(_CASES, _DISTANCES)
        + nodes(_ELEMENTS, "the_mark_stays_one_character_inside")
        + nodes(_UNUSUAL, "a_mark_is_one_line_as_wide_as_a_character_free_on_either_side_allows")
        + nodes("layout/test_finished", "the_mark_is_as_large_as_one_line_allows"),
        "美观、庄重由人判断",
    ),
    Line(
        "7.2.4",
        "联合行文的标志",
        "需要同时标注联署机关名称时，主办机关在前；“文件”二字置于名称右侧，以联署机关名称为准上下居中",
        _NORMALLY,
        (f.JOINT_MARK_WORD, f.JOINT_MARK_GAP, f.JOINT_MARK_HEIGHT, f.JOINT_MARK_LEAST),
        (),
        ("template.marks.joint_mark", "template.drawing.joint.joint_table"),
        nodes(
            _FORMATS,
            "names_of_a_joint_mark_are_spread_alike_and_the_host_stands_first",
            "the_word_of_a_joint_mark_stands_right_of_the_names_in_their_middle",
        )
        + nodes(_CROWDED, "names_of_joint_issue_leave_a_row_of_text_under_the_longest_title"),
    ),
    Line(
        "7.2.5",
        "发文字号",
        "编排在发文机关标志下空二行的位置，居中；上行文居左空一字，与最后一个签发人同处一行",
        _MUST,
        (n.DOCUMENT_NUMBER_BLANK_ROWS, n.DOCUMENT_NUMBER_INSET),
        ("document_number",),
        ("template.drawing.notice.body",),
        nodes(_CASES, _DISTANCES, "signatories_stand_two_to_a_row_and_the_number_beside_the_last")
        + nodes(_ELEMENTS, "two_rows_are_empty_between_mark_and_number"),
    ),
    Line(
        "7.2.5",
        "发文字号的写法",
        "年份、发文顺序号用阿拉伯数字；年份标全称，用六角括号；顺序号不加“第”，不编虚位，后加“号”",
        _MUST,
        (),
        (),
        ("model.official.DocumentNumber",),
        nodes("model/test_words_of_a_paper", "a_document_number_of_another_form_is_refused"),
    ),
    Line(
        "7.2.6",
        "签发人",
        "上行文标注“签发人”加全角冒号和姓名，居右空一字，在发文机关标志下空二行；“签发人”三字用三号仿宋，"
        "姓名用三号楷体",
        _MUST,
        (n.SIGNATORY_INSET, n.SIGNATORY_LABEL),
        ("document_number_upward", "signatory_name"),
        ("template.drawing.signatories.signing_rows",),
        nodes(_CASES, "signatories_stand_two_to_a_row_and_the_number_beside_the_last")
        + nodes(_ELEMENTS, "one_signatory_ends_one_character_before_the_edge"),
    ),
    Line(
        "7.2.6",
        "多个签发人",
        "按发文机关的排列顺序从左到右、自上而下依次均匀编排，一般每行两个姓名，回行与上一行第一个姓名对齐",
        _NORMALLY,
        (n.SIGNATORIES_PER_ROW, n.SIGNATORY_GAP),
        ("signatory_row",),
        ("template.drawing.signatories.signing_rows",),
        nodes(_UNUSUAL, "signatories_stand_in_columns_of_whole_names", "a_long_number_keeps_clear_of_the_signatories")
        + nodes(_CASES, "signatories_stand_two_to_a_row_and_the_number_beside_the_last")
        + nodes(_ELEMENTS, "several_signatories_stand_in_columns_the_number_beside_the_last"),
    ),
    Line(
        "7.2.7",
        "版头中的分隔线",
        "发文字号之下居中印一条与版心等宽的红色分隔线",
        _MUST,
        (n.RED_RULE_GAP, n.RED_RULE_WEIGHT),
        ("red_rule",),
        ("standard.layout.Layout.red_rule_line", "template.drawing.styles.styles"),
        nodes(_CASES, _DISTANCES)
        + nodes(
            "layout/test_rendered_forms", "the_red_rule_is_as_wide_as_the_type_area_four_millimetres_below_the_number"
        ),
    ),
)
"""In the order of the clauses."""
