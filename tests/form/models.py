"""Any form that the model takes, drawn from the model's own fields, so that a new field is drawn by itself."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st
from pydantic import ValidationError

from planwriter.form.fields import choices_of, element_in, nested, takes_many, takes_pairs
from planwriter.model.document import read_document
from planwriter.model.element import Element
from planwriter.model.official import OfficialDocument
from planwriter.model.plan import AttachmentTable, WorkPlan
from planwriter.model.sections import KINDS, SECTION_TYPES

FRAGMENTS = st.sampled_from(
    ["县妇联", "走访1200户", "，", "。", "：", ": ", " #", "# ", "- ", "'", '"', "“", "”", "\\", "\\n", "[", "]", "{", "}", "{{ x }}", "|", ">",
     "&", "*", "!", "%", "@", "`", "~", "null", "no", "1_000", "=1+1", "+1", "@SUM", "'=x", "<w:t>", "]]>", "标题: ", "正文：", "条目", "---", "...",
     "\n", "\n\n", "\t", "　", "\u00a0", "\u200b", "👩‍👩‍👧", "𠮷", "\x85", "\u2028", "\ufeff", "1.", "（一）", "表单", "项目", ";", ",", "，", "．"]
)  # fmt: skip
LEGAL = st.characters(
    codec="utf-8", exclude_categories=["Cs"], exclude_characters="\ufffe\uffff" + "".join(map(chr, range(32)))
)
BLANKS = " \t\r\n\u3000\u00a0\u200b\ufeff"


def _sound(text: str) -> bool:
    """Whether a text says something, and neither begins nor ends with a blank, which a Word cell does not keep."""
    return bool(text.strip(BLANKS)) and text.strip(BLANKS) == text == text.strip() and "待填" not in text


TEXT = st.lists(st.one_of(FRAGMENTS, FRAGMENTS, st.text(LEGAL, max_size=6)), min_size=1, max_size=5).map("甲".join)
KEPT = TEXT.filter(_sound)
_DEEPEST = 3
_FIRST = {"heading", "text", "metric", "activity", "purpose", "name", "title", "head", "leader", "theme"}
"""Of each element at least one of these says something."""
_MONTHS = ("1月", "7、8月", "第四季度")


@cache
def _takes_any_text(cls: type[Element], name: str) -> bool:
    probe = ["任意甲"] if takes_many(cls.model_fields[name]) else "任意甲"
    try:
        return bool(getattr(cls.model_validate({name: probe}), name) == probe)
    except ValidationError:
        return False


def element(cls: type[Element], depth: int = 1) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping with some of the fields of a class, in any order."""
    if cls is AttachmentTable:
        return _table()
    fields = {
        name: _field(cls, name, depth)
        for name, field in cls.model_fields.items()
        if name not in ("kind", "plan", "sections") and (depth < _DEEPEST or nested(field) is None)
    }
    first = next((name for name in fields if name in _FIRST), next(iter(fields)))

    def alias(made: dict[str, Any]) -> dict[str, Any]:
        return {str(cls.model_fields[name].alias): value for name, value in made.items()}

    chosen = st.lists(st.sampled_from(sorted(fields)), max_size=4, unique=True).map(
        lambda names: list(dict.fromkeys([*names, first]))
    )
    return chosen.flatmap(lambda names: st.fixed_dictionaries({name: fields[name] for name in names})).map(alias)


def _table() -> st.SearchStrategy[dict[str, Any]]:
    row = st.lists(KEPT, min_size=1, max_size=3)
    return st.fixed_dictionaries({"表头": row, "行": st.lists(row, max_size=3)})


def _field(cls: type[Element], name: str, depth: int) -> st.SearchStrategy[Any]:
    field = cls.model_fields[name]
    held = nested(field)
    if held is not None:
        one = element(held[0], depth + 1)
        return st.lists(one, min_size=1, max_size=2) if held[1] else one
    if choices := choices_of(field):
        return st.sampled_from(choices)
    if takes_pairs(field):
        return st.dictionaries(st.sampled_from(_MONTHS), KEPT, min_size=1)
    plain = KEPT if _takes_any_text(cls, name) else st.just((field.examples or ["2027年"])[0])
    if not takes_many(field):
        return plain
    points = st.fixed_dictionaries({"分述": st.lists(KEPT, min_size=1, max_size=2)})
    return st.lists(plain | points if element_in(field) else plain, min_size=1, max_size=3)


def section() -> st.SearchStrategy[dict[str, Any]]:
    """A section of any kind."""
    kinds = st.sampled_from(sorted(KINDS))
    return kinds.flatmap(lambda kind: element(SECTION_TYPES[kind]).map(lambda made: {"类型": KINDS[kind], **made}))


SECTIONS = st.lists(section(), min_size=1, max_size=3)
PLANS = st.builds(lambda top, sections: {**top, "章节": sections}, element(WorkPlan, 0), SECTIONS)
PAPERS = st.builds(lambda paper, plan: {"公文": paper, **plan}, element(OfficialDocument, 0), PLANS)
DOCUMENTS = (PLANS | PAPERS).map(lambda form: read_document(form).document)
"""Models, whatever else may be said of them."""
