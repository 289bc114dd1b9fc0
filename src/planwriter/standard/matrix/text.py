"""The body of a paper: title to attachments (clause 7.3)."""

from __future__ import annotations

from planwriter.standard import formats as f
from planwriter.standard import numbers as n
from planwriter.standard.matrix.line import Line, nodes
from planwriter.standard.rules import Strength

_MUST, _NORMALLY = Strength.MUST, Strength.NORMALLY
_CASES, _FORMATS = "layout/test_rendered_cases", "layout/test_rendered_formats"
_LOOKS, _FINISHING = "layout/test_rendered_looks", "pages/test_rendered_finishing"

LINES: tuple[Line, ...] = (
    Line(
        "7.3.1",
        "标题",
        "一般用二号小标宋体字，编排于红色分隔线下空二行的位置，分一行或多行居中",
        _NORMALLY,
        (n.TITLE_BLANK_ROWS,),
        ("title", "title_new_page"),
        ("template.drawing.notice.body", "template.drawing.tags.attachments"),
        nodes(_CASES, "a_title_of_several_lines_is_centred_two_rows_below_the_rule")
        + nodes(_LOOKS, "title_and_labels_have_their_faces"),
    ),
    Line(
        "7.3.1",
        "标题的回行",
        "词意完整、排列对称、长短适宜、间距恰当，用梯形或菱形",
        _MUST,
        (n.TITLE_LINE_CHARACTERS,),
        (),
        ("chinese.titles.break_title", "template.plan_context.title_lines"),
        nodes(_CASES, "a_title_of_several_lines_is_centred_two_rows_below_the_rule")
        + nodes(
            "chinese/test_titles",
            "no_line_begins_or_ends_where_it_must_not",
            "every_usual_title_is_broken_between_words",
            "any_title_is_kept_and_every_line_fits",
        ),
        "词意是否完整最后由人看；自己断好的标题照断",
    ),
    Line(
        "7.3.1",
        "题注",
        "计划的通过日期等写在标题下，楷体居中",
        Strength.PRACTICE,
        (),
        ("subtitle",),
        ("template.drawing.plan.body",),
        nodes("layout/test_rendered_pages", "each_level_has_its_face"),
    ),
    Line(
        "7.3.2",
        "主送机关",
        "编排于标题下空一行的位置，居左顶格，回行时仍顶格，最后一个机关名称后标全角冒号",
        _MUST,
        (n.ADDRESSEES_BLANK_ROWS,),
        ("addressees",),
        ("template.drawing.texts.from_addressees", "template.context.context"),
        nodes(
            _CASES,
            "addressees_wrap_flush_and_end_with_a_full_width_colon",
            "a_title_of_several_lines_is_centred_two_rows_below_the_rule",
        ),
    ),
    Line(
        "7.3.2",
        "主送机关移至版记",
        "名称过多使首页不能显示正文时，移至版记",
        _MUST,
        (f.FIRST_PAGE_TEXT_ROWS,),
        (),
        ("template.first_page.addressees_in_imprint",),
        nodes(_FORMATS, "addressees_that_leave_no_room_for_text_move_to_the_imprint"),
    ),
    Line(
        "7.3.3",
        "正文",
        "公文首页必须显示正文；编排于主送机关下一行，每个自然段左空二字，回行顶格",
        _MUST,
        (n.FIRST_LINE,),
        ("body",),
        ("template.drawing.tags.blocks", "template.first_page.room_below_title"),
        nodes(_CASES, "the_first_page_shows_text")
        + nodes("layout/test_rendered_pages", "a_paragraph_begins_two_characters_in_and_wraps_flush"),
    ),
    Line(
        "7.3.3",
        "结构层次序数",
        "依次用“一、”“（一）”“1.”“（1）”标注",
        _MUST,
        (),
        ("item_1", "item_2", "item_3", "item_4"),
        ("template.blocks.Writer", "chinese.numerals"),
        nodes("test_every_sentence", "ordinals_count_from_one_without_gaps_at_every_level")
        + nodes(_LOOKS, "each_level_has_its_face_and_what_runs_on_is_fangsong"),
    ),
    Line(
        "7.3.3",
        "层次的字体",
        "一般第一层用黑体字、第二层用楷体字、第三层和第四层用仿宋体字；接排在标题后的文字仍用正文的仿宋",
        _NORMALLY,
        (),
        (
            "heading_1",
            "heading_2",
            "heading_3",
            "heading_4",
            "run_in_1",
            "run_in_2",
            "run_in_3",
            "run_in_4",
            "lead_1",
            "lead_2",
            "lead_3",
            "lead_4",
        ),
        ("template.drawing.tags.blocks", "template.drawing.styles.styles"),
        nodes(_LOOKS, "each_level_has_its_face_and_what_runs_on_is_fangsong"),
    ),
    Line(
        "7.3.4",
        "附件说明",
        "在正文下空一行左空二字编排“附件”二字，后标全角冒号和附件名称；多个附件用阿拉伯数字标顺序号，"
        "各占一行；名称后不加标点；回行与上一行名称的首字对齐",
        _MUST,
        (n.ATTACHMENT_NOTE_BLANK_ROWS, n.ATTACHMENT_NOTE_INSET, n.ATTACHMENT_NOTE_LABEL),
        ("attachment_note",),
        ("template.finished.attachment_note",),
        nodes(_CASES, "the_attachment_note_is_aligned_and_its_names_end_without_a_mark")
        + nodes("layout/test_marks_and_styles", "lines_of_an_attachment_note_are_never_headings")
        + nodes("chinese/test_joining", "the_name_of_an_attachment_ends_without_punctuation"),
    ),
    Line(
        "7.3.5.1",
        "加盖印章的署名和日期",
        "单一机关行文时，署名在成文日期之上、以成文日期为准居中；成文日期一般右空四字",
        _NORMALLY,
        (n.SEAL_DATE_INSET,),
        ("signature", "issue_date"),
        ("template.drawing.signatures.seal_rows",),
        nodes(
            _CASES,
            "a_sealed_date_ends_four_characters_in_with_the_organ_above_its_middle",
            "a_long_sealed_organ_stays_inside_with_the_date_under_its_middle",
        ),
    ),
    Line(
        "7.3.5.1",
        "印章",
        "红色，端正、居中下压署名和成文日期，印章顶端距正文（或附件说明）一行之内；不得出现空白印章",
        _MUST,
        (n.SEAL_BLANK_ROWS, f.SEAL_DIAMETER, f.SEAL_SMALLEST, f.SEAL_LARGEST),
        (),
        ("template.drawing.seals.pressed", "template.seal_pictures"),
        nodes(_FORMATS, "a_seal_is_pressed_on_the_middle_of_organ_and_date")
        + nodes("test_paper_formats", "a_seal_is_as_large_as_it_says_and_never_distorted"),
        "在纸上盖的章由人盖；程序留出位置，给了图片才印在文字下面",
    ),
    Line(
        "7.3.5.1",
        "联合行文的印章",
        "各机关署名按顺序整齐排列，印章一一对应；最后一个印章下压成文日期；印章排列整齐、互不相交或相切，"
        "每排两端不超出版心",
        _MUST,
        (n.SEAL_PITCH, n.SEAL_ROW_GAP, n.SEALS_PER_ROW),
        (),
        ("template.drawing.signatures.seal_rows",),
        nodes(_FORMATS, "joint_seals_do_not_touch_and_stay_inside_the_type_area")
        + nodes("layout/test_rendered_elements", "joint_organs_stand_apart_and_the_last_above_the_date"),
    ),
    Line(
        "7.3.5.2",
        "不加盖印章的署名和日期",
        "在正文（或附件说明）下空一行右空二字编排署名，下一行编排成文日期，首字比署名首字右移二字；"
        "成文日期长于署名时，日期右空二字，署名相应增加右空",
        _MUST,
        (n.NO_SEAL_BLANK_ROWS, n.NO_SEAL_INSET, n.NO_SEAL_DATE_SHIFT, n.DATE_SPARE),
        (),
        ("template.drawing.signatures.no_seal_rows",),
        nodes(_CASES, "an_unsealed_signature_follows_the_text_after_one_row"),
        "长到占满一行的名称，右空少于二字，不折行",
    ),
    Line(
        "7.3.5.2",
        "联合行文不加盖印章",
        "先编排主办机关署名，其余依次向下编排",
        _MUST,
        (),
        (),
        ("template.drawing.signatures.no_seal_rows",),
        nodes(_CASES, "joint_organs_without_seal_stand_one_below_the_other_host_first"),
    ),
    Line(
        "7.3.5.3",
        "签发人签名章",
        "在正文（或附件说明）下空二行右空四字加盖，左空二字标注签发人职务，以签名章为准上下居中；"
        "签名章下空一行右空四字编排成文日期；签名章一般用红色",
        _MUST,
        (
            f.SIGNATURE_SEAL_BLANK_ROWS,
            f.SIGNATURE_SEAL_INSET,
            f.SIGNATURE_SEAL_POST_GAP,
            f.SIGNATURE_SEAL_DATE_BLANK_ROWS,
            f.SIGNATURE_SEAL_WIDTH,
            f.SIGNATURE_SEAL_HEIGHT,
            f.SIGNATURE_SEAL_ROWS,
        ),
        (),
        ("template.drawing.seals.signature_seal_rows",),
        nodes(
            _FORMATS, "the_signature_seal_has_its_room_and_its_post", "an_order_without_picture_leaves_the_room_empty"
        )
        + nodes(_CASES, "the_date_of_a_signature_seal_is_a_row_below_it_four_characters_in"),
    ),
    Line(
        "7.3.5.3",
        "联合行文的签名章",
        "先编排主办机关签发人职务、签名章，其余依次向下，上下对齐；每行只编排一个机关；职务标注全称",
        _MUST,
        (),
        (),
        ("template.drawing.seals.signature_seal_rows",),
        nodes(_FORMATS, "joint_signature_seals_stand_one_organ_a_row_and_aligned"),
        "职务是不是全称由填表的人定",
    ),
    Line(
        "7.3.5.4",
        "成文日期的数字",
        "用阿拉伯数字将年、月、日标全，年份标全称，月、日不编虚位",
        _MUST,
        (),
        (),
        ("chinese.dates.format_date",),
        nodes(
            "model/test_words_of_a_paper",
            "dates_are_written_in_full_without_leading_zeros",
            "a_day_that_does_not_exist_is_refused",
        ),
    ),
    Line(
        "7.3.5.5",
        "特殊情况说明",
        "余下的空白容不下印章或签名章、成文日期时，可以调整行距、字距",
        Strength.MAY,
        (n.KEPT_ROWS, n.TIGHTENED_ROWS, n.TIGHTEST_PITCH),
        (),
        ("template.finished.kept", "pages.sign_off.SignOff"),
        nodes("layout/test_rendered_sign_off", "the_sign_off_stands_whole_on_a_page_with_text")
        + nodes(_CASES, "post_and_date_of_a_signature_seal_stand_together_with_text")
        + nodes(
            _FINISHING,
            "rows_are_set_closer_where_a_sign_off_is_a_row_or_two_too_long",
            "a_sign_off_that_would_stand_alone_takes_text_with_it",
            "the_only_paragraph_stays_on_the_first_page_and_the_sign_off_with_text",
            "the_last_rows_of_a_long_paragraph_go_with_the_sign_off",
            "a_sign_off_that_cannot_be_mended_is_told",
        ),
        "只有一行正文、收紧到头也放不下的短文，只作提醒",
    ),
    Line(
        "7.3.6",
        "附注",
        "居左空二字加圆括号，编排在成文日期下一行",
        _MUST,
        (n.REMARK_INSET,),
        ("remark",),
        ("template.drawing.texts.tail",),
        nodes(
            _CASES,
            "a_remark_stands_in_brackets_two_characters_in_below_the_date",
            "a_remark_stands_below_the_date_wherever_the_page_ends",
        )
        + nodes("chinese/test_joining", "brackets_are_put_round_once"),
    ),
    Line(
        "7.3.7",
        "附件",
        "另面编排，在版记之前，与正文一起装订；“附件”二字及顺序号用三号黑体字顶格在版心左上角第一行，"
        "标题居中在第三行；顺序号和标题与附件说明一致；格式同正文",
        _MUST,
        (n.ATTACHMENT_LABEL_ROW, n.ATTACHMENT_TITLE_ROW),
        ("attachment_label",),
        ("template.drawing.tags.attachments",),
        nodes(
            _CASES,
            "each_attachment_has_its_label_on_row_one_and_its_title_on_row_three",
            "imprint_rules_have_their_weights_and_the_last_lies_on_the_foot",
        ),
    ),
    Line(
        "7.3.7",
        "另行装订的附件",
        "在左上角第一行顶格编排公文的发文字号，后标“附件”二字及顺序号",
        _MUST,
        (),
        (),
        ("template.drawing.tags.attachments",),
        nodes(_FORMATS, "attachments_bound_apart_carry_the_number_of_the_paper"),
    ),
    Line(
        "7.3.7",
        "随文印发的计划",
        "通知本身就是为了印发计划时，计划另面编排，不写附件说明，不标“附件”二字",
        Strength.PRACTICE,
        (),
        (),
        ("template.drawing.tags.attachments",),
        nodes(_CASES, "an_issued_plan_has_neither_note_nor_label"),
    ),
)
"""In the order of the clauses."""
