"""What word processors need so that they obey the standard: found by measuring them, not in the standard."""

from __future__ import annotations

from planwriter.standard import numbers as n
from planwriter.standard.matrix.line import Line, nodes
from planwriter.standard.rules import Strength

_PRACTICE = Strength.PRACTICE
_STYLES, _DRAWING = "layout/test_marks_and_styles", "layout/test_drawing"
_LOOKS = "layout/test_rendered_looks"

LINES: tuple[Line, ...] = (
    Line(
        "5.2.1",
        "按字面对齐的版心",
        "页边距缩小、行距放大，使字面而不是行框充满版心（版式 ink）",
        Strength.RECOMMENDED,
        (n.INK_HEAD_MARGIN, n.INK_FOOT_MARGIN),
        (),
        ("standard.layout.LAYOUTS",),
        nodes("layout/test_rendered_pages", "characters_of_the_ink_layout_fill_the_type_area"),
    ),
    Line(
        "5.2.3",
        "网格只申报、不依赖",
        "各样式不对齐网格、行距用固定值、不控制孤行：文字网格在有的软件里把一字排成两格，自动行距随字体走",
        _PRACTICE,
        (),
        ("tag",),
        ("template.drawing.styles.styles", "template.drawing.parts.document"),
        nodes(
            _STYLES,
            "no_style_of_text_leans_on_grid_or_automatic_spacing",
            "page_grid_and_settings_are_those_of_twenty_two_by_twenty_eight",
        )
        + nodes(_LOOKS, "every_full_page_has_twenty_two_rows_on_the_same_places"),
    ),
    Line(
        "5.2.3",
        "标点不压缩",
        "不压缩标点、不留避让后的空：否则每行多出或少掉一两个字",
        _PRACTICE,
        (),
        (),
        ("template.drawing.parts.settings",),
        nodes(_STYLES, "page_grid_and_settings_are_those_of_twenty_two_by_twenty_eight")
        + nodes(_LOOKS, "every_full_row_has_twenty_eight_characters"),
        "标点是否悬出版心，Word 和 LibreOffice 对同一个开关理解相反，不能两全：以 LibreOffice 实测不悬出为准",
    ),
    Line(
        "5.2.2",
        "中文标点的字体",
        "引号、破折号、省略号所在的文字标明按中文排，不受西文字体影响",
        _PRACTICE,
        (),
        (),
        ("template.drawing.paragraphs.run",),
        nodes(_STYLES, "every_run_with_a_chinese_mark_carries_the_east_asian_hint")
        + nodes(_LOOKS, "quotes_dashes_and_ellipses_are_chinese_and_a_character_wide"),
    ),
    Line(
        "5.2.2",
        "不用主题字体",
        "文档里没有主题，字体逐一写明，四个位置都写",
        _PRACTICE,
        (),
        (),
        ("template.drawing.styles.styles",),
        nodes(_STYLES, "no_font_comes_from_a_theme") + nodes(_DRAWING, "no_theme_fonts_and_all_four_slots_are_named"),
    ),
    Line(
        "5.2.2",
        "字库里没有的字",
        "仿宋_GB2312 等字库没有的字（如人名用字）改用收字多的同类字体，字体表写明代替的字体",
        _PRACTICE,
        (),
        (),
        ("template.wider_faces", "template.drawing.parts.font_table"),
        nodes(
            "template_door/test_wider_faces",
            "each_rare_character_stands_in_the_twin_of_its_face",
            "the_font_table_carries_the_wider_faces",
        )
        + nodes(_DRAWING, "customary_fonts_name_a_stand_in"),
    ),
    Line(
        "7.3.3",
        "标题不落在面末",
        "独行的层次标题与下文在同一面；要求每面排满时可以不管（版式 full_pages）",
        _PRACTICE,
        (),
        (),
        ("template.drawing.styles.styles", "pages.faults"),
        nodes(_LOOKS, "no_page_ends_in_a_heading")
        + nodes("pages/test_rendered_finishing", "a_heading_at_the_foot_goes_to_the_next_page"),
    ),
    Line(
        "7.3.3",
        "不用空格和空行排版",
        "缩进和空行都由样式和规定的空行给出",
        _PRACTICE,
        (),
        (),
        ("template.drawing.paragraphs.paragraph",),
        nodes(_STYLES, "no_paragraph_is_laid_out_by_spaces_or_by_blank_rows_beyond_the_prescribed"),
    ),
    Line(
        "7.4.1",
        "版记的载体",
        "版记放在锚定于版心底边的文本框里，旧软件读同样内容的备用图形",
        _PRACTICE,
        (),
        (),
        ("template.drawing.imprint.imprint_box",),
        nodes("layout/test_finished", "the_imprint_says_the_same_to_older_programs"),
    ),
    Line(
        "7.5",
        "单双页的页脚",
        "单页、双页各有页脚并启用奇偶页不同，首页不同只用于信函",
        _PRACTICE,
        (),
        (),
        ("template.drawing.parts.settings", "template.drawing.parts.footer"),
        nodes(_STYLES, "blank_title_page_and_footers_are_as_the_format_asks")
        + nodes(_DRAWING, "settings_put_both_footers_in_force"),
    ),
)
"""In the order of the clauses."""
