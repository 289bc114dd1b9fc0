"""Tags and a small template shown in docs/template.md; a test fills the template."""

from __future__ import annotations

EXAMPLE = (
    "{{ 标题 }}",
    "{%p for 项 in 任务 %}",
    "{{ 项.序号 }}. {{ 项.标题 }}，由{{ 项.牵头单位 }}牵头，{{ 项.完成时限 }}完成。",
    "{%p endfor %}",
    "{{p 落款 }}",
)
"""One paragraph each."""

TAGS = (
    ("{{ 名字 }}", "印出文字；下一层写成 `{{ 公文.份号 }}`"),
    ("{{p 名字 }}", "单独占一段，放进排好的段落或表格"),
    ("{{r 名字 }}", "放进带格式的文字（RichText）"),
    ("{%p if 名字 %} … {%p else %} … {%p endif %}", "有内容时才保留中间的各段"),
    ("{%p for 项 in 列表 %} … {%p endfor %}", "列表里每一项重复一遍中间的各段"),
    ("{%tr for 项 in 列表 %} … {%tr endfor %}", "重复表格的行；两个标签各占一行"),
    ("{%tc for 项 in 列表 %} … {%tc endfor %}", "重复表格的列；两个标签各占一格"),
    ("{% if 名字 %} … {% endif %}", "在一段之内取舍文字"),
    ("{% for 项 in 列表 %} … {% endfor %}", "在一段之内重复文字"),
    ("{% colspan 数 %}", "写在单元格里，让它横跨几列"),
    ("{% cellbg 颜色 %}", "写在单元格里，设定底色，如 FFF2CC"),
    ("{% hm %}、{% vm %}", "写在循环里的单元格，横向或纵向合并"),
    ("{# 说明 #}", "写给自己看的话，不会印出"),
    ("{_{ 和 }_}", "要印出大括号本身时这样写"),
)
