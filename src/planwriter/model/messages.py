"""A Chinese sentence for every error type the models can raise (a test walks the schema and holds it)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # pydantic_core is heavy and the sentences do not need it
    from pydantic_core import ErrorDetails

SENTENCES: dict[str, tuple[str, str]] = {
    "string_type": ("form-not-text", "应当是一段文字"),
    "string_unicode": ("form-not-text", "含有无法读出的文字编码"),
    "string_sub_type": ("form-not-text", "应当是一段文字"),
    "string_too_long": ("form-too-long", "太长，最多{max_length}个字"),
    "string_too_short": ("form-too-short", "太短，至少{min_length}个字"),
    "string_pattern_mismatch": ("form-bad-pattern", "写法不合要求"),
    "list_type": ("form-not-a-list", "应当是一个列表，每项前面写“- ”"),
    "dict_type": ("form-not-a-mapping", "应当是若干“键: 值”"),
    "mapping_type": ("form-not-a-mapping", "应当是若干“键: 值”"),
    "model_type": ("form-not-a-mapping", "应当是若干“键: 值”"),
    "model_attributes_type": ("form-not-a-mapping", "应当是若干“键: 值”"),
    "too_long": ("form-too-many", "项数太多，最多{max_length}项"),
    "too_short": ("form-too-few", "项数太少，至少{min_length}项"),
    "missing": ("form-missing", "没有填写"),
    "extra_forbidden": ("form-unknown-key", "是不认识的键"),
    "invalid_key": ("form-unknown-key", "的键应当是文字"),
    "enum": ("form-bad-choice", "只能从规定的几种里选"),
    "literal_error": ("form-bad-choice", "只能从规定的几种里选：{expected}"),
    "union_tag_invalid": ("form-unknown-kind", "的类型“{tag}”不认识，可以写：{expected_tags}"),
    "union_tag_not_found": ("form-unknown-kind", "没有写明类型，请加上“类型: 主要任务”这样的一行"),
    "is_instance_of": ("form-wrong-kind", "不是这里可以放的内容"),
    "none_required": ("form-wrong-kind", "这里应当空着"),
    "bool_type": ("form-not-yes-or-no", "应当填“是”或“否”"),
    "bool_parsing": ("form-not-yes-or-no", "应当填“是”或“否”"),
    "int_type": ("form-not-a-number", "应当是整数"),
    "int_parsing": ("form-not-a-number", "应当是整数"),
    "int_parsing_size": ("form-not-a-number", "数字太大"),
    "int_from_float": ("form-not-a-number", "应当是整数，不能有小数"),
    "decimal_type": ("form-not-a-number", "应当是数字"),
    "decimal_parsing": ("form-not-a-number", "应当是数字"),
    "finite_number": ("form-not-a-number", "应当是普通的数字"),
    "date_type": ("form-bad-date", "应当是日期，如 2026年12月20日"),
    "date_parsing": ("form-bad-date", "应当是日期，如 2026年12月20日"),
    "date_from_datetime_parsing": ("form-bad-date", "应当是日期，如 2026年12月20日"),
    "date_from_datetime_inexact": ("form-bad-date", "应当只有日期，不带钟点"),
    "recursion_loop": ("form-recursion", "引用了自己，无法展开"),
    "recursion_depth_exceeded": ("form-recursion", "层次太深"),
    "value_error": ("form-bad-value", "填写有误：{error}"),
    "assertion_error": ("form-bad-value", "填写有误：{error}"),
}

_OTHERWISE = ("form-bad-value", "填写的内容不合要求")


def sentence(error: ErrorDetails) -> tuple[str, str]:
    """Our code and the Chinese sentence for one pydantic error; the model's own errors speak for themselves."""
    kind = str(error["type"])
    if kind.startswith("form-"):
        return kind, str(error["msg"])
    code, text = SENTENCES.get(kind, _OTHERWISE)
    ctx = error.get("ctx") or {}
    return code, text.format_map(_Said(ctx))


class _Said(dict[str, object]):
    """Formats what is known and stays silent about the rest."""

    def __missing__(self, key: str) -> str:
        return "…"
