"""The numbers of GB/T 9704-2012 that are not the look of a single role."""

from __future__ import annotations

from planwriter.standard.rules import Rule, Strength
from planwriter.standard.sizes import size
from planwriter.standard.units import Chars, Mm, Pt

_MUST, _NORMALLY = Strength.MUST, Strength.NORMALLY
_PRACTICE = Strength.PRACTICE
_ELECTRONIC = "GB/T 33476.2"

# Paper and type area
PAPER_WIDTH = Rule("5.1", "A4 型纸成品幅面宽", Mm(210), _MUST)
PAPER_HEIGHT = Rule("5.1", "A4 型纸成品幅面高", Mm(297), _MUST)
HEAD_MARGIN = Rule("5.2.1", "天头（上白边）", Mm(37), _MUST, tolerance=1)
BINDING_MARGIN = Rule("5.2.1", "订口（左白边）", Mm(28), _MUST, tolerance=1)
TYPE_AREA_WIDTH = Rule("5.2.1", "版心宽", Mm(156), _MUST)
TYPE_AREA_HEIGHT = Rule("5.2.1", "版心高", Mm(225), _MUST)
ROWS = Rule("5.2.3", "每面行数", 22, _NORMALLY)
CHARACTERS = Rule("5.2.3", "每行字数", 28, _NORMALLY)
INK_HEAD_MARGIN = Rule(_ELECTRONIC, "按字面对齐版心时的上页边距", Mm(34.58), Strength.RECOMMENDED)
INK_FOOT_MARGIN = Rule(_ELECTRONIC, "按字面对齐版心时的下页边距", Mm(32.58), Strength.RECOMMENDED)
HEADER_DISTANCE = Rule("5.2.1", "页眉距边界（不用页眉）", Mm(15), _PRACTICE)
CONDENSING = Rule("5.2.3", "正文字距紧缩，使每行排满 28 字", Pt(-0.3), _PRACTICE)
LEADING = Rule("3.2", "行距与三号字高度之比", 7 / 8, _MUST)

# Head (版头)
COPY_NUMBER_DIGITS = Rule("7.2.1", "份号位数", 6, _NORMALLY)
SECURITY_ROW = Rule("7.2.2", "密级和保密期限在版心第几行", 2, _NORMALLY)
MARK_TOP = Rule("7.2.4", "发文机关标志上边缘至版心上边缘", Mm(35), _MUST)
MARK_SIZE_LIMIT = Rule("7.2.4", "发文机关标志最大字号（约 22 mm 高）", Pt(62), _PRACTICE)
MARK_SIZE_WANTED = Rule("7.2.4", "发文机关标志放不下时，小于此字号先收窄字形", size("一号"), _PRACTICE)
MARK_NARROWEST = Rule("7.2.4", "发文机关标志字形最窄收到原来的", 0.66, _PRACTICE)
MARK_LINE = Rule("7.2.4", "发文机关标志行高与字号之比", 1.2, _PRACTICE)
MARK_SIDE = Rule("7.2.4", "发文机关标志两侧至少各空", Chars(1), _PRACTICE)
DOCUMENT_NUMBER_BLANK_ROWS = Rule("7.2.5", "发文字号在发文机关标志下空", 2, _MUST)
DOCUMENT_NUMBER_INSET = Rule("7.2.5", "上行文发文字号左空", Chars(1), _MUST)
SIGNATORY_INSET = Rule("7.2.6", "签发人姓名右空", Chars(1), _MUST)
SIGNATORY_LABEL = Rule("7.2.6", "签发人姓名前的字", "签发人：", _MUST)
SIGNATORY_GAP = Rule("7.2.6", "多个签发人姓名之间、签发人与发文字号之间至少空", Chars(1), _PRACTICE)
SIGNATORIES_PER_ROW = Rule("7.2.6", "多个签发人时每行", 2, _NORMALLY)
RED_RULE_GAP = Rule("7.2.7", "发文字号之下红色分隔线的距离", Mm(4), _MUST)
RED_RULE_WEIGHT = Rule("7.2.7", "红色分隔线粗细", Pt(1.5), _PRACTICE)
RED = Rule("6.2", "红色（屏幕显示）", "FF0000", _PRACTICE)

# Text (主体)
TITLE_BLANK_ROWS = Rule("7.3.1", "标题在红色分隔线下空", 2, _MUST)
TITLE_LINE_CHARACTERS = Rule("7.3.1", "标题每行字数不超过（不触到版心边）", 19.5, _PRACTICE)
ADDRESSEES_BLANK_ROWS = Rule("7.3.2", "主送机关在标题下空", 1, _MUST)
FIRST_LINE = Rule("7.3.3", "每个自然段左空", Chars(2), _MUST)
ATTACHMENT_NOTE_BLANK_ROWS = Rule("7.3.4", "附件说明在正文下空", 1, _MUST)
ATTACHMENT_NOTE_INSET = Rule("7.3.4", "附件说明左空", Chars(2), _MUST)
ATTACHMENT_NOTE_LABEL = Rule("7.3.4", "附件说明的引语", "附件：", _MUST)
KEPT_ROWS = Rule("7.3.5.5", "落款前末段少于几行时与落款同页", 6, _PRACTICE)
SEAL_BLANK_ROWS = Rule("7.3.5.1", "加盖印章时署名前空行（容纳印章且上距正文不超过一行）", 2, _PRACTICE)
SEAL_DATE_INSET = Rule("7.3.5.1", "加盖印章时成文日期右空", Chars(4), _NORMALLY)
SEAL_PITCH = Rule("7.3.5.1", "联合行文时相邻印章的中心距", Mm(45), _PRACTICE)
SEAL_ROW_GAP = Rule("7.3.5.1", "联合行文时两排署名之间空行（上下两枚印章互不相交）", 4, _PRACTICE)
SEALS_PER_ROW = Rule("7.3.5.1", "联合行文时每排印章不超过", 3, _PRACTICE)
NO_SEAL_BLANK_ROWS = Rule("7.3.5.2", "不加盖印章时署名在正文下空", 1, _MUST)
NO_SEAL_INSET = Rule("7.3.5.2", "不加盖印章时署名右空", Chars(2), _MUST)
NO_SEAL_DATE_SHIFT = Rule("7.3.5.2", "不加盖印章时成文日期首字比署名首字右移", Chars(2), _MUST)
DATE_SPARE = Rule("7.3.5.2", "成文日期一行右边至少留出（有的软件把数字两旁放宽）", Chars(1.5), _PRACTICE)
TIGHTENED_ROWS = Rule("7.3.5.5", "容不下印章、成文日期时，收紧行距使一面最多多排", 2, _PRACTICE)
TIGHTEST_PITCH = Rule("7.3.5.5", "只有一段正文的短文，行距最紧", Pt(24), _PRACTICE)
REMARK_INSET = Rule("7.3.6", "附注左空", Chars(2), _MUST)
ATTACHMENT_LABEL_ROW = Rule("7.3.7", "“附件”二字及附件顺序号在版心第几行", 1, _MUST)
ATTACHMENT_TITLE_ROW = Rule("7.3.7", "附件标题在版心第几行", 3, _MUST)

# Imprint (版记) and page number
IMPRINT_OUTER_RULE = Rule("7.4.1", "版记首条和末条分隔线高度", Mm(0.35), Strength.RECOMMENDED)
IMPRINT_INNER_RULE = Rule("7.4.1", "版记中间分隔线高度", Mm(0.25), Strength.RECOMMENDED)
IMPRINT_INSET = Rule("7.4.2", "抄送机关、印发机关和印发日期左右空", Chars(1), _MUST)
IMPRINT_COPY_TO = Rule("7.4.2", "抄送机关的引语", "抄送：", _MUST)
IMPRINT_ADDRESSEES = Rule("7.4.2", "移至版记的主送机关的引语", "主送：", _MUST)
IMPRINT_STOP = Rule("7.4.2", "抄送机关最后的标点", "。", _MUST)
IMPRINT_PRINTED = Rule("7.4.3", "印发日期后的字样", "印发", _MUST)
PAGE_NUMBER_GAP = Rule("7.5", "页码一字线上距版心下边缘", Mm(7), _MUST)
PAGE_NUMBER_INSET = Rule("7.5", "单页码右空、双页码左空", Chars(1), _MUST)
PAGE_NUMBER_DASH = Rule("7.5", "页码左右的一字线", "\N{EM DASH}", _MUST)

# Tables in the text: the standard leaves their inside to the writer.
TABLE_RULE = Rule("8", "表格线", Pt(0.5), _PRACTICE)
TABLE_SIDE_MARGIN = Rule("8", "单元格左右边距", Mm(1.5), _PRACTICE)
TABLE_HEAD_MARGIN = Rule("8", "单元格上边距", Pt(1), _PRACTICE)
TABLE_SPARE = Rule("8", "短栏在最长内容之外的余量", Chars(0.5), _PRACTICE)
TABLE_UPRIGHT_COLUMNS = Rule("8", "栏数超过此数而竖排挤不下的表格横排", 6, _PRACTICE)
TABLE_ROOMY = Rule("8", "看竖排挤不挤得下时，每栏最多按几个字算", Chars(6), _PRACTICE)
TABLE_TIGHT = Rule("8", "短栏占去表宽的这一份以上时，各栏按行数均衡", 2 / 3, _PRACTICE)
TABLE_HIGHER = Rule("8", "为使短栏少折行，行高最多增加到的倍数", 1.5, _PRACTICE)
TABLE_UNWRAPPED = Rule("8", "不折行的短栏不超过", Chars(4), _PRACTICE)

# How word processors place type: with exact line spacing the baseline stands at a fixed share of
# the line whatever the face; the em box of a Chinese face reaches this far above the baseline.
BASELINE_SHARE = Rule("5.2.3", "固定行距时基线在行高中的位置", 0.8, _PRACTICE)
EM_ASCENT = Rule("3.1", "汉字字面框在基线以上的部分", 0.88, _PRACTICE)
INK_INSET = Rule("7.2.4", "小标宋笔画上缘低于字面框上缘", 0.04, _PRACTICE)

BODY_SIZE = Rule("5.2.2", "正文字号", size("三号"), _NORMALLY)
