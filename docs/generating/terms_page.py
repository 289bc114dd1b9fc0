"""docs/terms.md: the words of clerks beside the identifiers of the code."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from docs.generating.markdown import code, notice, page, table
from docs.generating.model_reading import TITLES, keys

from planwriter.model.items import HeadingForm, Layout
from planwriter.model.official import AttachmentMode, Format, Seal, Urgency
from planwriter.model.sections import KINDS, Section
from planwriter.standard import ROLES, Face, Rule, numbers
from planwriter.standard.sizes import TYPE_SIZES

_CHOICES: dict[type[StrEnum], str] = {
    Format: "公文格式", Urgency: "紧急程度", AttachmentMode: "附件方式", Seal: "印章", Layout: "形式",
    HeadingForm: "标题形式", Face: "字体",
}  # fmt: skip
_HEAD = """\
表单、模板和提示里用中文，代码里用英文，一个词只有一个叫法。新的名字先查这里；模型的字段以中文键为别名，两种写法表单都认。"""


def terms_md() -> bytes:
    """docs/terms.md."""
    sizes = "、".join(f"{name} {points:g}" for name, points in TYPE_SIZES.items())
    return page(
        "# 用词对照", notice("模型和标准的数据"), _HEAD,
        "## 类", table(("中文", "类", "模块"), _classes()),
        "## 部分的种类", table(("中文", "英文名"), ((name, code(kind)) for kind, name in KINDS.items())),
        "## 键与字段", table(("中文", "字段", "所在的类"), _fields()),
        "## 可选的词", table(("哪一项", "中文", "标识符"), _choices()),
        "## 样式（段落的角色）", table(("中文", "角色", "样式代号", "条款"), _roles()),
        "## 标准的数值", table(("中文", "标识符", "条款", "约束"), _numbers()),
        "## 字号", f"号 `type_size`，单位是磅：{sizes}。",
    )  # fmt: skip


def _classes() -> Iterator[tuple[str, str, str]]:
    for cls, title in TITLES.items():
        yield title, code(cls.__name__), code(cls.__module__)


def _fields() -> list[tuple[str, str, str]]:
    """Each pair of words once, with all classes that have it."""
    where: dict[tuple[str, str], list[str]] = {}
    for cls in TITLES:
        for key in keys(cls):
            if not (issubclass(cls, Section) and cls is not Section and key.name in Section.model_fields):
                where.setdefault((key.label, key.name), []).append(cls.__name__)
    return [(label, code(name), "、".join(map(code, classes))) for (label, name), classes in where.items()]


def _choices() -> Iterator[tuple[str, str, str]]:
    for kind, title in _CHOICES.items():
        for member in kind:
            yield title, member.value, code(f"{kind.__name__}.{member.name}")


def _roles() -> Iterator[tuple[str, str, str, str]]:
    for role in ROLES:
        yield role.name, code(role.id), code(role.style_id), role.clause


def _numbers() -> Iterator[tuple[str, str, str, str]]:
    for name, rule in vars(numbers).items():
        if isinstance(rule, Rule):
            yield rule.what, code(name), rule.clause, rule.strength.value
