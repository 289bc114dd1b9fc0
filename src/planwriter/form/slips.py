"""The clerk's usual slips in a YAML form, each with its own sentence, found line by line and mended in memory.

Mending lets the reading go on, so that slips and all other mistakes are told together; a form with a
slip is still refused. Lines inside block texts, quotations and brackets that run on are left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planwriter.diagnostic import Diagnostic, Place, Severity

_BLANKS = " \t　\u00a0"
_LINE = re.compile(rf"^(?P<indent>[{_BLANKS}]*)(?P<dashes>(?:-[{_BLANKS}]+)*)(?P<rest>.*)$")
_KEY = re.compile(r"^(?P<key>[^:：#\"'\[\]{},&*!|>%@`\s-][^:：#\"]{0,23}?)\s*(?P<colon>[:：])(?P<after>.*)$")
_BLOCK = re.compile(r"^[|>][-+0-9]*\s*(#.*)?$")
_WIDE_DASH = re.compile(r"^[－–—•·][ 　]")
_TIGHT_DASH = re.compile(r"^-(?=[\u4e00-\u9fff“《【（])")
_KEYS_ONLY = frozenset({
    "标题", "正文", "条目", "分述", "牵头单位", "配合单位", "责任单位", "责任人", "完成时限", "月份", "指标", "目标值",
})  # fmt: skip
"""Keys that no sentence of a list begins with."""
_CLOSERS = {"[": "]", "{": "}"}


@dataclass
class _Scan:
    """One pass over a form; ``columns`` are those at which the open mappings have their keys."""

    name: str
    known: frozenset[str]
    lines: list[str]
    found: list[Diagnostic] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    awaits_child: bool = False
    block_indent: int | None = None
    closing: str = ""
    number: int = 0

    def tell(
        self, code: str, message: str, column: int, hint: str, found: str | None = None, *, doubtful: bool = False
    ) -> None:
        severity = Severity.WARNING if doubtful else Severity.ERROR
        self.found.append(Diagnostic(code, message, severity, Place(self.name, self.number, column), found, None, hint))


def find_slips(text: str, name: str, known_keys: frozenset[str]) -> tuple[list[Diagnostic], str]:
    """The slips of a form and the text with each of them mended; line numbers stay the same."""
    scan = _Scan(name, known_keys, text.splitlines())
    mended = []
    for number, line in enumerate(scan.lines, 1):
        scan.number = number
        mended.append(_line(scan, line))
    return scan.found, "\n".join(mended) + "\n"


def _line(scan: _Scan, line: str) -> str:
    if scan.closing:
        scan.closing = _still_open(line, scan.closing)
        return line
    if not line.strip(_BLANKS) or line.lstrip(_BLANKS).startswith("#"):
        return line
    if scan.block_indent is not None:
        if len(line) - len(line.lstrip(_BLANKS)) > scan.block_indent:
            return line
        scan.block_indent = None
    return _structure(scan, line)


def _structure(scan: _Scan, line: str) -> str:
    parts = _LINE.match(line)
    assert parts is not None
    indent = _indent(scan, parts["indent"])
    dashes = parts["dashes"].replace("　", " ").replace("\u00a0", " ").replace("\t", " ")
    rest = _dash(scan, parts["rest"], len(parts["indent"]) + 1)
    while rest.startswith("- "):
        dashes, rest = dashes + "- ", rest[2:].lstrip(" ")
    if dashes and _in_a_text(scan, len(indent)):
        return "# " + line
    indent = _aligned_dash(scan, indent) if dashes else _aligned_key(scan, indent, rest)
    column = len(indent) + len(dashes)
    _keep_lists(scan, len(indent), bool(dashes))
    sibling = column in scan.columns and not dashes
    scan.columns = [c for c in scan.columns if c < column] if not sibling else [c for c in scan.columns if c <= column]
    start = len(indent) + len(dashes)
    key = _KEY.match(rest)
    if key is not None:
        rest = _key_line(scan, key, rest, start, sibling, bool(dashes))
    elif not dashes and (sibling or scan.awaits_child or not (scan.columns or start)) and _bare_key(scan, rest):
        rest = _keyed(scan, rest, start)
    else:
        rest, scan.awaits_child = _value(scan, rest, start), False
    return indent + dashes + rest


def _in_a_text(scan: _Scan, column: int) -> bool:
    """Whether a list begins below a key that has text already: YAML would draw it into the text unasked."""
    if not scan.columns or scan.awaits_child or column <= scan.columns[-1]:
        return False
    if any(one > scan.columns[-1] for one in scan.lists):
        return False
    scan.tell("form-list-in-text", "上一行的键后面已经有文字，下面不能再接列表", column + 1,
              "把列表写到“条目”下面，或把上一行的文字也写成列表的一项")  # fmt: skip
    return True


def _aligned_dash(scan: _Scan, indent: str) -> str:
    column = len(indent)
    if column in scan.lists or scan.awaits_child or not scan.lists:
        return indent
    near = min(scan.lists, key=lambda one: abs(one - column))
    if column < min(scan.lists) and column in scan.columns:
        return indent
    scan.tell("form-bad-indent", "这一行的“-”没有与上面的“-”对齐", column + 1, _spaces(near))
    return " " * near


def _aligned_key(scan: _Scan, indent: str, rest: str) -> str:
    """A known key at a column where no mapping is open stands askew."""
    key, column = _KEY.match(rest), len(indent)
    if key is None or key["colon"] != ":" or key["after"][:1] not in ("", " ") or not _known(scan, key["key"]):
        return indent
    if column in scan.columns or scan.awaits_child or not (scan.columns or column):
        return indent
    near = min(scan.columns, key=lambda one: abs(one - column), default=0)
    scan.tell("form-bad-indent", f"“{key['key']}”没有与同一层的键对齐", column + 1, _spaces(near))
    return " " * near


def _spaces(count: int) -> str:
    return f"前面留{count}个空格" if count else "删去前面的空格"


def _keep_lists(scan: _Scan, column: int, dashed: bool) -> None:
    """Lists to the right are over; a dash opens or goes on with the list at its column."""
    scan.lists = [one for one in scan.lists if one < column] + ([column] if dashed else [])


def _bare_key(scan: _Scan, rest: str) -> str:
    """The known key that a line without a colon begins with."""
    word = re.split(r"[ 　\t]", rest, maxsplit=1)[0]
    return word if _known(scan, word) else ""


def _keyed(scan: _Scan, rest: str, start: int) -> str:
    key = _bare_key(scan, rest)
    said = f"写成“{key}: 值”，冒号用英文的，后面空一格"
    scan.tell("form-missing-colon", f"“{key}”后面少了冒号", start + len(key) + 1, said)
    scan.columns.append(start)
    value = rest[len(key) :].strip(_BLANKS)
    scan.awaits_child = not value
    return f"{key}: " + _value(scan, value, start + len(key) + 1, parent=start)


def _indent(scan: _Scan, indent: str) -> str:
    if "\t" in indent:
        scan.tell("form-tab", "缩进里用了制表符（Tab）", indent.index("\t") + 1, "把制表符换成空格")
    wide = next((c for c in indent if c in "　\u00a0"), None)
    if wide is not None:
        scan.tell("form-wide-space", "缩进里用了全角空格", indent.index(wide) + 1, "换成英文（半角）空格")
    return indent.replace("\t", "  ").replace("　", "  ").replace("\u00a0", " ")


def _dash(scan: _Scan, rest: str, column: int) -> str:
    if _WIDE_DASH.match(rest):
        scan.tell("form-wide-dash", f"列表前面用了“{rest[0]}”", column, "换成英文短横加空格“- ”", rest[0])
        return "- " + rest[2:]
    if _TIGHT_DASH.match(rest):
        scan.tell("form-dash-space", "列表的短横后面少了一个空格", column + 1, "写成“- 内容”")
        return "- " + rest[1:]
    return rest


def _known(scan: _Scan, key: str) -> bool:
    return key.replace(" ", "").replace("　", "") in scan.known


def _key_line(scan: _Scan, key: re.Match[str], rest: str, start: int, sibling: bool, dashed: bool) -> str:
    """A line that holds a colon: a key, or a sentence with a colon in it."""
    name, colon, after = key["key"], key["colon"], key["after"]
    at = start + key.start("colon") + 1
    first = not scan.columns and start == 0
    here = sibling or first or (scan.awaits_child and not dashed)
    if colon == "：" and (here or (dashed and _goes_on(scan, start))) and (_known(scan, name) or not dashed):
        scan.tell("form-wide-colon", f"“{name}”后面用了全角冒号", at, f"写成“{name}: ”，英文冒号加一个空格", "：")
    elif colon == ":" and after[:1] in ("　", "\u00a0"):
        scan.tell("form-wide-space", f"“{name}”的冒号后面用了全角空格", at + 1, "换成英文（半角）空格")
        after = after[1:]
    elif (
        colon == ":" and after and after[0] not in " \t" and not after.startswith("//") and (here or _known(scan, name))
    ):
        scan.tell("form-colon-space", f"“{name}”的冒号后面少了一个空格", at + 1, f"写成“{name}: {after[:12].strip()}…”")
    elif colon == "：" and dashed and name in _KEYS_ONLY:
        scan.tell("form-wide-colon", f"“{name}”后面用了全角冒号", at, f"写成“{name}: ”，英文冒号加一个空格", "：")
    elif colon == "：" or (after and after[0] not in " \t"):
        if colon == "：" and dashed and _known(scan, name):
            scan.tell("form-maybe-key", f"“{name}：…”按一句话读，没有当作键", at,
                      f"如果是键，写成“{name}: ”，英文冒号加一个空格", "：", doubtful=True)  # fmt: skip
        scan.awaits_child = False
        return _value(scan, rest, start)
    scan.columns.append(start)
    value = after.lstrip(" \t")
    scan.awaits_child = not value or value.startswith("#")
    lead = len(rest) - len(value)
    return f"{name}: " + _value(scan, value, start + lead, parent=start)


def _goes_on(scan: _Scan, start: int) -> bool:
    """Whether the next line is a key at the same column, so that this one must be a key as well."""
    following = next((line for line in scan.lines[scan.number :] if line.strip()), "")
    column = len(following) - len(following.lstrip(" "))
    return column == start and _KEY.match(following.strip()) is not None


def _value(scan: _Scan, value: str, start: int, parent: int | None = None) -> str:
    """Check the text of a value; return it as YAML will read it."""
    if not value or value.startswith("#"):
        return value
    if _BLOCK.match(value):
        scan.block_indent = parent if parent is not None else max(start - 2, 0)
        return value
    first = value[0]
    if first in "\"'":
        return _quoted(scan, value, start)
    if first in _CLOSERS:
        return _bracketed(scan, value, start)
    if first in "@`%*&!|>":
        what = {"*": "星号", "&": "“&”", "!": "感叹号（英文）", "%": "百分号", "@": "“@”"}.get(first, f"“{first}”")
        scan.tell("form-bad-start", f"文字不能以{what}开头", start + 1, "给整段文字加上英文引号", value[:30])
        return _single(value)
    return _plain(scan, value, start)


def _plain(scan: _Scan, value: str, start: int) -> str:
    said = re.split(r"\s#", value, maxsplit=1)[0].rstrip()
    inner = said.find(": ") if ": " in said else (len(said) - 1 if said.endswith(":") else -1)
    if inner >= 0:
        scan.tell("form-colon-in-text", "这段文字里有英文冒号，读不出哪一个是键", start + inner + 1,
                  "把文字里的冒号改成全角“：”，或给整段文字加上英文引号", said[:30])  # fmt: skip
        return _single(said)
    if said.startswith("- ") or said == "-":
        scan.tell("form-list-on-key-line", "“- ”不能写在键的同一行", start + 1, "另起一行，缩进后写“- 内容”")
        return _single(said)
    return value


def _quoted(scan: _Scan, value: str, start: int) -> str:
    end = _closing_quote(value)
    if end is None:
        scan.closing = value[0]
        return value
    after = value[end + 1 :].strip()
    if not after or after.startswith(("#", ":")):
        return value
    scan.tell("form-after-quote", "后一个引号后面还有文字", start + end + 2,
              "引号要包住整段文字，或者都改成中文引号“”", after[:30])  # fmt: skip
    return _single(value)


def _closing_quote(value: str) -> int | None:
    quote, at = value[0], 1
    while at < len(value):
        if quote == '"' and value[at] == "\\":
            at += 2
        elif value[at] == quote:
            if quote == "'" and value[at + 1 : at + 2] == "'":
                at += 2
            else:
                return at
        else:
            at += 1
    return None


def _bracketed(scan: _Scan, value: str, start: int) -> str:
    end = _closing_bracket(value)
    if end is None:
        scan.closing = value[0] * _open_count(value)
        return value
    after = value[end + 1 :].strip()
    if not after or after.startswith("#"):
        return value
    scan.tell("form-after-bracket", "括号后面还有文字", start + end + 2,
              "列表要单独成行；文字以括号开头时，给整段加上英文引号", after[:30])  # fmt: skip
    return _single(value)


def _closing_bracket(value: str) -> int | None:
    depth, quote = 0, ""
    for at, char in enumerate(value):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'" and value[at - 1] in "[{,: ":
            quote = char
        elif char in "[{":
            depth += 1
        elif char in "]}":
            depth -= 1
            if depth == 0:
                return at
    return None


def _open_count(value: str) -> int:
    return max(sum(value.count(c) for c in "[{") - sum(value.count(c) for c in "]}"), 1)


def _still_open(line: str, closing: str) -> str:
    if closing[0] in "\"'":
        end = _closing_quote(closing[0] + line)
        return closing if end is None else ""
    left = len(closing) + sum(line.count(c) for c in "[{") - sum(line.count(c) for c in "]}")
    return closing[0] * left if left > 0 else ""


def _single(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
