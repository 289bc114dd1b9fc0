"""Forty kinds of broken forms: what is wrong, and where it must be told (line and code)."""

from __future__ import annotations

from typing import NamedTuple


class Broken(NamedTuple):
    """A form and every mistake that must be told about it, as (line, column, code)."""

    kind: str
    text: str
    mistakes: tuple[tuple[int, int, str], ...]


HEAD = "单位: 澄溪县总工会\n期间: 2027年\n"

BROKEN = (
    Broken("full-width colon after a key", "单位：澄溪县总工会\n期间: 2027年\n", ((1, 3, "form-wide-colon"),)),
    Broken("full-width colon deeper down", HEAD + "主要任务:\n  - 标题: 送温暖\n    牵头单位：权益部\n", ((5, 9, "form-wide-colon"),)),
    Broken("full-width colon in the first key of a list element", HEAD + "主要任务:\n  - 标题：送温暖\n    正文: 全年走访。\n", ((4, 7, "form-wide-colon"),)),
    Broken("no colon after a key", "单位 澄溪县总工会\n期间: 2027年\n", ((1, 3, "form-missing-colon"),)),
    Broken("no blank after the colon", "单位:澄溪县总工会\n期间: 2027年\n", ((1, 4, "form-colon-space"),)),
    Broken("tab as indent", HEAD + "主要任务:\n\t- 送温暖\n", ((4, 1, "form-tab"),)),
    Broken("full-width space as indent", HEAD + "主要任务:\n　- 送温暖\n", ((4, 1, "form-wide-space"),)),
    Broken("full-width space after the colon", "单位:　澄溪县总工会\n期间: 2027年\n", ((1, 4, "form-wide-space"),)),
    Broken("text after a closing quote", HEAD + '标题: "送温暖"活动计划\n', ((3, 10, "form-after-quote"),)),
    Broken("value begins with @", HEAD + "引言: @所有人\n", ((3, 5, "form-bad-start"),)),
    Broken("value begins with %", HEAD + "引言: %比\n", ((3, 5, "form-bad-start"),)),
    Broken("value begins with a star", HEAD + "引言: *重点*工作\n", ((3, 5, "form-bad-start"),)),
    Broken("value begins with an exclamation mark", HEAD + "引言: !注意\n", ((3, 5, "form-bad-start"),)),
    Broken("value begins with a bracket", HEAD + "引言: [试行]计划\n", ((3, 9, "form-after-bracket"),)),
    Broken("colon and blank inside a text", HEAD + "引言: 时间: 全年\n", ((3, 7, "form-colon-in-text"),)),
    Broken("list on the line of its key", HEAD + "引言: - 一段\n", ((3, 5, "form-list-on-key-line"),)),
    Broken("no blank after the dash", HEAD + "主要任务:\n  -送温暖\n", ((4, 4, "form-dash-space"),)),
    Broken("full-width dash before a list element", HEAD + "主要任务:\n  － 送温暖\n", ((4, 3, "form-wide-dash"),)),
    Broken("full-width colon in a lone list element", HEAD + "主要任务:\n  - 标题：送温暖\n", ((4, 7, "form-wide-colon"),)),
    Broken("a list below a key with text", HEAD + "主要任务:\n  - 标题: 送温暖\n     - 走访\n", ((5, 6, "form-list-in-text"),)),
    Broken("a dash askew", HEAD + "主要任务:\n  - 甲\n   - 乙\n", ((5, 4, "form-bad-indent"),)),
    Broken("a key askew", HEAD + "主要任务:\n  - 标题: 甲\n     正文: 乙\n", ((5, 6, "form-bad-indent"),)),
    Broken("a key at the top askew", "单位: 甲会\n 期间: 2027年\n", ((2, 2, "form-bad-indent"),)),
    Broken("a first line with a blank before it", " 单位: 甲会\n期间: 2027年\n", ((1, 2, "form-bad-indent"),)),
    Broken("a skipped month outside the period", "单位: 某校\n期间: 2027年2月至7月\n月度安排:\n  跳过: {9月: 暑假}\n", ((4, 7, "plan-month-outside-period"),)),
    Broken("a skipped month that does not exist", HEAD + "月度安排:\n  跳过: {13月: 寒假}\n", ((4, 7, "form-bad-date"),)),
    Broken("a misspelt section", HEAD + "主要任物:\n  - 甲\n", ((3, 1, "form-unknown-key"),)),
    Broken("a misspelt paper", HEAD + "公闻:\n  标题: 甲\n", ((3, 1, "form-unknown-key"),)),
    Broken("a key twice", HEAD + "期间: 2028年\n", ((3, 1, "form-duplicate-key"),)),
    Broken("a key twice in two languages", HEAD + "period: 2028年\n", ((3, 1, "form-duplicate-key"),)),
    Broken("an unknown key", HEAD + "备忘录: 无\n", ((3, 1, "form-unknown-key"),)),
    Broken("a misspelt key", HEAD + "主要任务:\n  - 标题: 送温暖\n    完成期限: 3月底前\n", ((5, 5, "form-unknown-key"),)),
    Broken("an alias", HEAD + "主要任务: [&a 甲, *a]\n", ((3, 8, "form-anchor"),)),
    Broken("a type mark", HEAD + "主要任务: [!!python/name:os.system 甲]\n", ((3, 8, "form-tag"),)),
    Broken("two documents", HEAD + "---\n" + HEAD, ((3, 1, "form-many-documents"),)),
    Broken("an open quote", HEAD + '标题: "送温暖\n', ((3, 5, "form-open-quote"),)),
    Broken("an open bracket", HEAD + "署名: [甲, 乙\n成文日期: 2026年12月1日\n", ((4, 5, "form-open-bracket"),)),
    Broken("a list that is no form", "- 甲\n- 乙\n", ((1, 1, "form-empty"),)),
    Broken("an empty file", "", ((1, 1, "form-empty"),)),
    Broken("a date that does not exist", HEAD + "成文日期: 2026年2月30日\n", ((3, 7, "form-bad-date"),)),
    Broken("a date in the American order", HEAD + "成文日期: 01/02/2026\n", ((3, 7, "form-bad-date"),)),
    Broken("a thirteenth month", HEAD + "月度安排:\n  - 月份: 13月\n    活动: 总结\n", ((4, 9, "form-bad-date"),)),
    Broken("a deadline that does not exist", HEAD + "主要任务:\n  - 标题: 甲\n    完成时限: 2月30日前\n", ((5, 11, "form-bad-date"),)),
    Broken("a deadline outside the period", HEAD + "主要任务:\n  - 标题: 甲\n    完成时限: 2028年3月底前\n", ((5, 11, "plan-deadline-outside-period"),)),
    Broken("a month outside the period", "单位: 某校\n期间: 2027年2月至7月\n月度安排:\n  - 月份: 9月\n    活动: 开学\n", ((4, 9, "plan-month-outside-period"),)),
    Broken("a reference to nothing", HEAD + "存在问题:\n  - 标题: 人手少\n下一步:\n  - 标题: 添人\n    对应: 人手多\n", ((4, 5, "plan-problem-without-measures"), (7, 9, "plan-unknown-reference"))),
    Broken("a fifth level", HEAD + "主要任务:\n- 条目:\n  - 条目:\n    - 条目:\n      - 太深\n", ((7, 9, "plan-too-deep"),)),
    Broken("an unknown kind of section", HEAD + "章节:\n  - 类型: 重要任务\n    标题: 甲\n", ((4, 5, "form-unknown-kind"),)),
    Broken("a section without kind", HEAD + "章节:\n  - 标题: 甲\n", ((4, 5, "form-unknown-kind"),)),
    Broken("a narrative without heading", HEAD + "章节:\n  - 类型: 其他\n    正文: 甲\n", ((4, 5, "form-missing"),)),
    Broken("sections listed and named", HEAD + "章节:\n  - 类型: 主要任务\n    正文: 甲\n指导思想: 乙\n", ((6, 1, "form-sections-twice"),)),
    Broken("a number in words", HEAD + "工作目标:\n  - 指标: 走访\n    目标值: 一千二百\n", ((5, 10, "form-not-a-number"),)),
    Broken("a choice that is none", HEAD + "月度安排:\n  形式: 表个\n", ((4, 7, "form-bad-choice"),)),
    Broken("a document number of wrong form", HEAD + "公文:\n  发文字号: 澄工[2026]第08号\n", ((4, 9, "form-bad-pattern"),)),
    Broken("a copy number of four digits", HEAD + "公文:\n  份号: 0001\n", ((4, 7, "form-bad-pattern"),)),
    Broken("an unknown classification", HEAD + "公文:\n  密级: 内部\n", ((4, 7, "form-bad-pattern"),)),
    Broken("an unknown urgency", HEAD + "公文:\n  紧急程度: 火急\n", ((4, 9, "form-bad-choice"),)),
    Broken("printed before it was issued", HEAD + "公文:\n  成文日期: 2026年12月20日\n  印发日期: 2026年12月2日\n", ((5, 9, "paper-printed-before-issue"),)),
    Broken("a list where text belongs", HEAD + "标题: [甲, 乙]\n", ((3, 5, "form-not-text"),)),
    Broken("a text where keys belong", HEAD + "保障措施:\n  考核: 每季度一次。\n公文: 通知\n", ((5, 5, "form-not-a-mapping"),)),
    Broken("a control character", HEAD + '引言: "甲\\u0007乙"\n', ((3, 5, "form-illegal-character"),)),
    Broken("a lone surrogate", HEAD + '引言: "甲\\uD800乙"\n', ((3, 9, "form-illegal-character"),)),
    Broken("an unknown escape", HEAD + '引言: "C:\\q"\n', ((3, 8, "form-bad-escape"),)),
    Broken(
        "many mistakes at once",
        "单位：澄溪县总工会\n期间: 2027年\n主要任物:\n  - 甲\n成文日期: 2026年13月1日\n主要任务:\n  - 标题: 乙\n    完成时限: 2029年底前\n",
        ((1, 3, "form-wide-colon"), (3, 1, "form-unknown-key"), (5, 7, "form-bad-date"), (8, 11, "plan-deadline-outside-period")),
    ),
)  # fmt: skip
