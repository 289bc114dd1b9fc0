"""The imprint, page numbers, landscape tables and usage (clauses 7.4–9)."""

from __future__ import annotations

from planwriter.standard import numbers as n
from planwriter.standard.matrix.line import Line, nodes
from planwriter.standard.rules import Strength

_MUST, _PRACTICE = Strength.MUST, Strength.PRACTICE
_CASES, _LOOKS = "layout/test_rendered_cases", "layout/test_rendered_looks"
_PAGES, _FINISHING = "layout/test_rendered_pages", "pages/test_rendered_finishing"
_LANDSCAPE = "layout/test_rendered_landscape"
_ROWS = "imprint_rows_are_fourteen_points_one_character_in"

LINES: tuple[Line, ...] = (
    Line(
        "7.4.1",
        "版记中的分隔线",
        "与版心等宽；首条和末条用粗线，中间的用细线；首条在第一个要素之上，末条与最后一面的版心下边缘重合",
        Strength.RECOMMENDED,
        (n.IMPRINT_OUTER_RULE, n.IMPRINT_INNER_RULE),
        ("imprint_carrier",),
        ("template.drawing.imprint.imprint_box",),
        nodes(_CASES, "imprint_rules_have_their_weights_and_the_last_lies_on_the_foot")
        + nodes("layout/test_rendered_forms", "the_imprint_stands_at_the_foot_of_the_last_page"),
        "文字处理软件的线粗以四分之一磅为级，取最接近的一级",
    ),
    Line(
        "7.4.2",
        "抄送机关",
        "一般用四号仿宋体字，在印发机关和印发日期之上一行、左右各空一字；“抄送”二字后加全角冒号，"
        "回行与冒号后的首字对齐，最后一个名称后标句号",
        _MUST,
        (n.IMPRINT_INSET, n.IMPRINT_COPY_TO, n.IMPRINT_STOP),
        ("imprint_copy_to",),
        ("template.drawing.imprint.imprint_box",),
        nodes(_CASES, _ROWS)
        + nodes("layout/test_rendered_elements", "names_that_wrap_align_after_the_colon_and_end_with_a_stop"),
    ),
    Line(
        "7.4.2",
        "移至版记的主送机关",
        "编排方法同抄送机关，置于抄送机关之上一行，之间不加分隔线",
        _MUST,
        (n.IMPRINT_ADDRESSEES,),
        (),
        ("template.finished.imprint",),
        nodes("layout/test_rendered_formats", "addressees_that_leave_no_room_for_text_move_to_the_imprint"),
    ),
    Line(
        "7.4.3",
        "印发机关和印发日期",
        "一般用四号仿宋体字，在末条分隔线之上；印发机关左空一字，印发日期右空一字、后加“印发”二字，日期标全、"
        "不编虚位；与其他要素之间加一条细分隔线",
        _MUST,
        (n.IMPRINT_PRINTED,),
        ("imprint_printing",),
        ("template.drawing.imprint.imprint_box",),
        nodes(_CASES, _ROWS, "imprint_rules_have_their_weights_and_the_last_lies_on_the_foot")
        + nodes("model/test_words_of_a_paper", "dates_are_written_in_full_without_leading_zeros"),
    ),
    Line(
        "GB/T 33476.2",
        "版记在偶数面",
        "版记置于偶数面；面数为单时在版记之前另起一面",
        Strength.RECOMMENDED,
        (),
        (),
        ("pages.faults", "pages.finishing.finish"),
        nodes(
            _FINISHING, "the_imprint_stands_on_an_even_last_page", "the_blank_page_goes_when_the_text_has_grown_over_it"
        ),
        "面数要排出来才知道：没有转换程序时只作说明",
    ),
    Line(
        "7.5",
        "页码",
        "一般用四号半角宋体阿拉伯数字，编排在版心下边缘之下，数字左右各一条一字线；单页码居右空一字，双页码居左空一字",
        _MUST,
        (n.PAGE_NUMBER_GAP, n.PAGE_NUMBER_INSET, n.PAGE_NUMBER_DASH),
        ("page_number_odd", "page_number_even"),
        ("template.drawing.parts.footer", "standard.layout.Layout.footer"),
        nodes(_LOOKS, "every_page_has_its_number_outside_and_seven_millimetres_below")
        + nodes("layout/test_rendered_forms", "the_dash_of_every_page_number_is_seven_millimetres_below_the_type_area")
        + nodes(_PAGES, "page_numbers_are_fourteen_points_in_song"),
    ),
    Line(
        "7.5",
        "不编页码的面",
        "版记页前有空白页的，空白页和版记页均不编排页码",
        _MUST,
        (),
        (),
        ("pages.faults", "word.edit.DocumentEdit"),
        nodes(_FINISHING, "the_imprint_stands_on_an_even_last_page"),
    ),
    Line(
        "7.5",
        "附件的页码",
        "附件与正文一起装订时，页码连续编排",
        _MUST,
        (),
        (),
        ("template.drawing.parts.footer", "template.turning"),
        nodes(_CASES, "numbers_run_on_through_attachments")
        + nodes(_LANDSCAPE, "numbers_run_on_through_upright_and_landscape_pages"),
    ),
    Line(
        "8",
        "横排的表格",
        "A4 纸型的表格横排时，页码位置与其他页码一致；单页码的表头在订口一边，双页码的表头在切口一边",
        _MUST,
        (n.TABLE_UPRIGHT_COLUMNS, n.TABLE_ROOMY),
        (),
        ("template.turning", "template.drawing.landscape", "template.table_sheets"),
        nodes(
            _LANDSCAPE,
            "a_landscape_number_stands_where_the_upright_sheet_has_it",
            "a_landscape_table_fills_the_turned_type_area",
        ),
    ),
    Line(
        "8",
        "竖排的表格",
        "不超出版心；表头每面重复，一行不分在两面；文字在格内居中",
        _PRACTICE,
        (
            n.TABLE_RULE,
            n.TABLE_SIDE_MARGIN,
            n.TABLE_HEAD_MARGIN,
            n.TABLE_SPARE,
            n.TABLE_UNWRAPPED,
            n.TABLE_TIGHT,
            n.TABLE_HIGHER,
        ),
        ("table", "table_head", "table_text", "table_text_centred", "table_gap"),
        ("template.drawing.tables.grid", "template.drawing.column_widths.column_widths"),
        nodes("layout/test_rendered_unusual", "a_wide_table_is_turned_and_its_rows_are_low")
        + nodes(
            _PAGES,
            "tables_stay_inside_the_type_area",
            "the_head_of_a_table_is_repeated_on_every_page",
            "text_stands_in_the_middle_of_its_row",
            "short_entries_of_a_table_do_not_wrap",
        ),
    ),
    Line(
        "9",
        "计量单位、标点、数字",
        "计量单位用 GB 3100～3102，标点符号用 GB/T 15834，数字用 GB/T 15835",
        _MUST,
        (),
        (),
        ("chinese.joining", "chinese.numerals"),
        nodes(
            _LOOKS,
            "quotes_dashes_and_ellipses_are_chinese_and_a_character_wide",
            "every_full_row_has_twenty_eight_characters",
        )
        + nodes("chinese/test_joining", "a_sentence_ends_with_one_mark"),
        "程序写的标点、序数和日期合规；表单里的句子照写，用得对不对由人看",
    ),
)
"""In the order of the clauses."""
