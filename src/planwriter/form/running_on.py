"""Lines that YAML draws into the text above them: told where they were meant otherwise, else joined the Chinese way."""

from __future__ import annotations

from planwriter.expression import expression
from planwriter.form.scan import BLANKS, TIGHT_DASH, WIDE_DASH, OpenText, Scan, double, is_key, width
from planwriter.form.values import said_of

_NUMERAL = "[一二三四五六七八九十]"
_TYPED = expression(rf"^(?:\d{{1,2}}[.．、](?!\d)|[（(](?:{_NUMERAL}+|\d{{1,2}})[）)]|{_NUMERAL}+、(?!{_NUMERAL}))")
_DASH = expression(rf"^-(?:[{BLANKS}]|$)")
_TAG = expression(r"^#[^#\s=*-]")
_WIDE = expression(
    "[\u2014\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)


def runs_on(scan: Scan, indent: str, rest: str) -> bool:
    """Take a line into the open text; ``False`` where it is read by itself."""
    text, column = scan.text, len(indent)
    if text is None or column <= text.parent:
        scan.text = None
        return False
    if _stands_askew(scan, text, column, rest):
        scan.text = None
        return False
    if text.told or _is_list(scan, text, column, rest) or _is_key_line(scan, text, column, rest):
        text.told = True
        return True
    if text.text is None:
        return False
    _join(scan, text, column, rest)
    return True


def remark(scan: Scan, line: str) -> str:
    """A line that begins with “#”: a remark, or a text whose first character makes YAML pass it over."""
    rest, column = line.lstrip(BLANKS), width(line)
    if not _TAG.match(rest) or is_key(scan, rest[1:].lstrip("- ")) or rest.startswith("#-"):
        return line
    text = scan.text
    if text is not None and text.text is not None and column > text.parent:
        _join(scan, text, column, rest)
        return ""
    if scan.awaits_child and scan.columns and column > scan.columns[-1] and "#" in rest[1:]:
        said, _ = said_of(scan, rest, column)
        scan.awaits_child = False
        return line[:column] + double(said)
    return line


def _stands_askew(scan: Scan, text: OpenText, column: int, rest: str) -> bool:
    """A dash one column beside its list, or a proper key to the right of its fellows: told by the structure."""
    if _dashed(rest):
        return any(abs(column - one) == 1 for one in scan.lists)
    key = is_key(scan, rest)
    return key is not None and text.keyed and key["colon"] == ":" and scan.knows(key["key"])


def _dashed(rest: str) -> bool:
    return any(dash.match(rest) for dash in (_DASH, WIDE_DASH, TIGHT_DASH))


def _is_list(scan: Scan, text: OpenText, column: int, rest: str) -> bool:
    if not _dashed(rest):
        return False
    if text.keyed:
        scan.tell("form-list-in-text", "上一行的键后面已经有文字，下面不能再接列表", column + 1,
                  "把列表写到“条目”下面，或把上一行的文字也写成列表的一项")  # fmt: skip
    else:
        scan.tell("form-list-in-text", "上一行的“-”后面已经有文字，下面不能再接列表", column + 1,
                  "同一层就与上一行的“-”对齐；下一层就把上一行写成“- 标题: …”，列表写到“条目”下面")  # fmt: skip
    return True


def _is_key_line(scan: Scan, text: OpenText, column: int, rest: str) -> bool:
    key = is_key(scan, rest)
    if key is None or not scan.knows(key["key"]):
        return False
    above = "与上面的键对齐" if text.keyed else "把上一行写成“- 标题: …”，这一行与“标题”对齐"
    scan.tell("form-key-in-text", f"“{key['key']}”会连到上一行的文字里，没有当作键", column + 1,
              f"是键就{above}，冒号用英文的，后面空一格；是文字就接在上一行末尾")  # fmt: skip
    return True


def _join(scan: Scan, text: OpenText, column: int, rest: str) -> None:
    """Draw a line into the text without a blank beside a Chinese character; blank lines part paragraphs."""
    above = text.text or ""
    if number := _TYPED.match(rest):
        scan.tell("form-number-in-text", f"“{number[0]}”这一行会连到上一行的文字里", column + 1,
                  "另起一项时前面写“- ”，序号会自动编；是同一段就接在上一行末尾", rest[:30])  # fmt: skip
    said, _ = said_of(scan, rest, column)
    close = bool(_WIDE.match(above[-1:]) or _WIDE.match(said[:1]))
    text.text = above + ("\n" * text.gap or ("" if close else " ")) + said
    text.gap = 0
    if text not in scan.joined[-1:]:
        scan.joined.append(text)
