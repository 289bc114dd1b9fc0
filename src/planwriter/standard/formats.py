"""The numbers of the special formats (clause 10), of joint issue and of seals."""

from __future__ import annotations

from planwriter.standard.rules import Rule, Strength
from planwriter.standard.units import Chars, Mm, Pt

_MUST, _PRACTICE = Strength.MUST, Strength.PRACTICE

# Joint issue
JOINT_MARK_HEIGHT = Rule("7.3.3", "联合行文的发文机关标志总高不超过（首页须显示正文）", Mm(75), _PRACTICE)
JOINT_MARK_LEAST = Rule("7.2.4", "联合行文的发文机关标志总高至少", Mm(30), _PRACTICE)
JOINT_MARK_WORD = Rule("7.2.4", "联合行文时置于发文机关名称右侧的字", "文件", _MUST)
JOINT_MARK_GAP = Rule("7.2.4", "联合行文时“文件”二字与机关名称的间隔（标志字号的倍数）", 0.5, _PRACTICE)
FIRST_PAGE_TEXT_ROWS = Rule("7.3.3", "公文首页至少显示正文行数", 1, _MUST)

# Letter (信函)
LETTER_MARK_TOP = Rule("10.1", "信函发文机关标志上边缘至上页边", Mm(30), _MUST)
LETTER_RULE_GAP = Rule("10.1", "第一条红色双线在发文机关标志下", Mm(4), _MUST)
LETTER_RULE_FOOT = Rule("10.1", "第二条红色双线距下页边", Mm(20), _MUST)
LETTER_RULE_LENGTH = Rule("10.1", "信函红色双线长", Mm(170), _MUST)
LETTER_RULE_TEXT_GAP = Rule("10.1", "份号、发文字号等与红色双线的距离与三号字高度之比", 7 / 8, _MUST)
LETTER_RULE_THICK = Rule("10.1", "红色双线的粗线", Pt(2.25), _PRACTICE)
LETTER_RULE_THIN = Rule("10.1", "红色双线的细线", Pt(0.75), _PRACTICE)
LETTER_RULE_BETWEEN = Rule("10.1", "红色双线粗细两线的间隔", Pt(0.75), _PRACTICE)
LETTER_TITLE_BLANK_ROWS = Rule("10.1", "信函标题与其上最后一个要素相距", 2, _MUST)

# Order (命令、令) and minutes (纪要)
ORDER_MARK_TOP = Rule("10.2", "命令（令）发文机关标志上边缘至版心上边缘", Mm(20), _MUST)
ORDER_MARK_WORD = Rule("10.2", "命令（令）发文机关名称后的字", "令", _MUST)
ORDER_NUMBER_BLANK_ROWS = Rule("10.2", "令号在发文机关标志下空", 2, _MUST)
ORDER_TEXT_BLANK_ROWS = Rule("10.2", "命令（令）正文在令号下空", 2, _MUST)
MINUTES_MARK_TOP = Rule("10.3", "纪要标志上边缘至版心上边缘", Mm(35), _MUST)
MINUTES_MARK_WORD = Rule("10.3", "纪要标志机关名称后的字", "会议纪要", _PRACTICE)
ATTENDANCE_BLANK_ROWS = Rule("10.3", "出席人员名单在正文或附件说明下空", 1, _MUST)
ATTENDANCE_INSET = Rule("10.3", "出席、请假、列席人员名单左空", Chars(2), _MUST)
ATTENDANCE_LABEL = Rule("10.3", "“出席：”等字的宽度，回行与冒号后首字对齐", Chars(3), _MUST)

# Seals
SEAL_DIAMETER = Rule("7.3.5.1", "印章图片没有写明尺寸时的直径", Mm(42), _PRACTICE)
SEAL_SMALLEST = Rule("7.3.5.1", "印章图片自带的尺寸不小于此数才采用", Mm(35), _PRACTICE)
SEAL_LARGEST = Rule("7.3.5.1", "印章图片自带的尺寸不大于此数才采用", Mm(60), _PRACTICE)
SIGNATURE_SEAL_BLANK_ROWS = Rule("7.3.5.3", "签发人签名章在正文或附件说明下空", 2, _MUST)
SIGNATURE_SEAL_INSET = Rule("7.3.5.3", "签名章和成文日期右空", Chars(4), _MUST)
SIGNATURE_SEAL_POST_GAP = Rule("7.3.5.3", "签发人职务在签名章左空", Chars(2), _MUST)
SIGNATURE_SEAL_DATE_BLANK_ROWS = Rule("7.3.5.3", "成文日期在签名章下空", 1, _MUST)
SIGNATURE_SEAL_WIDTH = Rule("7.3.5.3", "签名章留位宽", Mm(36), _PRACTICE)
SIGNATURE_SEAL_HEIGHT = Rule("7.3.5.3", "签名章图片高不超过", Mm(18), _PRACTICE)
SIGNATURE_SEAL_ROWS = Rule("7.3.5.3", "签名章留位行数", 2, _PRACTICE)

INK_FOOT = Rule("10.1", "小标宋笔画下缘低于基线（字号的倍数）", 0.08, _PRACTICE)
