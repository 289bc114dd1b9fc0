"""The clerk's usual slips in a YAML form, each with its own sentence, found line by line and mended in memory.

Mending lets the reading go on, so that slips and all other mistakes are told together; a form with a
slip is still refused. Lines inside block texts, quotations and brackets that run on are left alone.
"""

from __future__ import annotations

import re

from planwriter.diagnostic import Diagnostic
from planwriter.expression import expression
from planwriter.form.running_on import remark, runs_on
from planwriter.form.scan import (
    BLANKS,
    KEY,
    LINE,
    OTHER_DASH,
    TIGHT_DASH,
    WIDE_DASH,
    OpenText,
    Scan,
    double,
    is_key,
    width,
)
from planwriter.form.values import in_brackets, read_value, still_open

_KEYS_ONLY = frozenset({
    "标题", "正文", "条目", "分述", "牵头单位", "配合单位", "责任单位", "责任人", "完成时限", "月份", "指标", "目标值",
})  # fmt: skip
"""Keys that no sentence of a list begins with."""
_QUOTED_KEY = expression(r"^(?:\"[^\"]*\"|'[^']*')[ \t]*:(?:[ \t]+|$)")
_CLOCK = expression(r"\d{2}")
_PLAIN = r"[^\s\"'\[\]{}@`%*&!|>,#?:：［－–—•·-]"
_USUAL = expression(
    rf"(?P<indent> *)(?P<dash>- )?(?:(?P<key>\w{{1,24}}):(?: *| +(?P<value>{_PLAIN}[^#:]*))|(?P<text>{_PLAIN}[^#:：]*))"
)
"""Most lines: a key and a value, or an element of a list, in which nothing can be amiss but where it stands."""


def find_slips(text: str, name: str, known_keys: frozenset[str]) -> tuple[list[Diagnostic], str]:
    """The slips of a form and the text with each of them mended; line numbers stay the same."""
    scan = Scan(name, known_keys, text.split("\n"))
    for number, line in enumerate(scan.lines, 1):
        scan.number = number
        scan.mended.append(line if _is_usual(scan, line) else _line(scan, line))
    for one in scan.joined:
        scan.mended[one.row] = scan.mended[one.row][: one.start] + double(one.text or "")
    return scan.found, "\n".join(scan.mended) + "\n"


def _is_usual(scan: Scan, line: str) -> bool:
    """Take in a line that needs no look at its words; ``False`` where it must be read with care."""
    usual = None if scan.closing or scan.block_indent is not None else _USUAL.fullmatch(line)
    if usual is None:
        return False
    indent, dash, key, value, text = usual.groups()
    column, start = len(indent), usual.end("dash") if dash else len(indent)
    if (scan.text is not None and column > scan.text.parent) or not (dash or key):
        return False
    if not (scan.awaits_child or (column in scan.lists or not scan.lists if dash else column in scan.columns)):
        return False
    scan.lists = [one for one in scan.lists if one < column]
    scan.columns = [one for one in scan.columns if one < start]
    if dash:
        scan.lists.append(column)
    if key:
        scan.columns.append(start)
    _keep_open(scan, value or text, start if key else column, usual.start("value" if key else "text"), keyed=bool(key))
    return True


def _keep_open(scan: Scan, said: str | None, parent: int, at: int, *, keyed: bool) -> None:
    """Remember the text at the end of a usual line, that following lines may run on."""
    scan.awaits_child = not said
    scan.text = OpenText(said.rstrip(), parent, keyed, scan.number - 1, at) if said else None


def _line(scan: Scan, line: str) -> str:
    if scan.closing:
        mended = in_brackets(scan, line, 0) if scan.closing[0] in "[{" else line
        scan.closing = still_open(line, scan.closing)
        return mended
    if not line.strip(BLANKS):
        return _empty(scan, line)
    if scan.block_indent is not None:
        if width(line) > scan.block_indent:
            return line
        if _fell_out(scan, line):
            return " " * (scan.block_indent + 2) + line.lstrip(BLANKS)
        scan.block_indent = None
    if line.startswith(("---", "...", "%YAML", "%TAG")):
        return _document_mark(scan, line)
    return remark(scan, line) if line.lstrip(BLANKS).startswith("#") else _structure(scan, line)


def _empty(scan: Scan, line: str) -> str:
    if scan.text is not None:
        scan.text.gap += 1
    return line


def _fell_out(scan: Scan, line: str) -> bool:
    """Whether a line below “|” stands too far to the left, yet begins nothing else."""
    rest = line.lstrip(BLANKS)
    if rest.startswith(("#", "-", "...")) or is_key(scan, rest) or _bare_key(scan, rest):
        return False
    at_least = (scan.block_indent or 0) + 1
    scan.tell("form-bad-indent", "这一行属于上面“|”或“>”引出的文字，却没有缩进", width(line) + 1,
              f"前面至少留{at_least}个空格，与同一段文字的其他行对齐")  # fmt: skip
    return True


def _document_mark(scan: Scan, line: str) -> str:
    scan.columns, scan.lists, scan.awaits_child, scan.text = [], [], False, None
    if line.startswith("%"):
        scan.tell("form-bad-start", "表单不用写“%”开头的说明行", 1, "删去这一行", line[:30])
        return "#" + line
    return line


def _structure(scan: Scan, line: str) -> str:
    parts = LINE.match(line)
    assert parts is not None
    indent = _indent(scan, parts["indent"])
    if scan.text is not None and runs_on(scan, indent, parts["dashes"] + parts["rest"]):
        return ""
    dashes = parts["dashes"].replace("　", " ").replace("\u00a0", " ").replace("\t", " ")
    rest = _dash(scan, parts["rest"], len(parts["indent"]) + 1)
    if not dashes:
        rest = _other_dash(scan, rest, len(parts["indent"]) + 1)
    while rest.startswith("- "):
        dashes, rest = dashes + "- ", rest[2:].lstrip(" ")
    aligned = _aligned_dash if dashes else _aligned_key
    indent = aligned(scan, indent, rest, told=indent != parts["indent"])
    column = len(indent) + len(dashes)
    _keep_lists(scan, len(indent), dashes)
    sibling = column in scan.columns and not dashes
    scan.columns = [c for c in scan.columns if c < column] if not sibling else [c for c in scan.columns if c <= column]
    return indent + dashes + _content(scan, rest, indent, dashes, sibling)


def _content(scan: Scan, rest: str, indent: str, dashes: str, sibling: bool) -> str:
    """What stands behind the dashes: a key with its value, a text, a list in brackets."""
    start = len(indent) + len(dashes)
    if key := KEY.match(rest):
        return _key_line(scan, key, rest, indent, dashes, sibling)
    if key := _QUOTED_KEY.match(rest):
        return _behind_key(scan, key[0], rest[key.end() :], start, start + key.end())
    if not dashes and (sibling or scan.awaits_child or not (scan.columns or start)) and _bare_key(scan, rest):
        return _keyed(scan, rest, start)
    return _text(scan, rest, indent, dashes)


def _text(scan: Scan, rest: str, indent: str, dashes: str) -> str:
    """An element of a list, or the value of a key on a line of its own."""
    start = len(indent) + len(dashes)
    above = [c for c in (*scan.columns, *scan.lists) if c < start]
    parent = len((indent + dashes).rstrip()) - 1 if dashes else max(above, default=-1)
    scan.awaits_child = not rest
    margin = not indent + dashes
    if margin and rest[0] not in "\"'[{" and not rest.startswith("? "):
        return _stray(scan, rest)
    mended = _valued(scan, "", rest, start, start, parent, keyed=not dashes)
    return "# " + rest if margin and mended != rest else mended


def _stray(scan: Scan, rest: str) -> str:
    """A text at the margin belongs to no key; told once, for a letter saved as a form has many such lines."""
    if not scan.stray:
        scan.tell("form-missing-colon", "这一行前面没有空格，又不是“键: 值”，不知道属于哪里", 1,
                  "是键就写成“键: 值”，冒号用英文的；是上一行的文字就在前面留两个空格", rest[:30])  # fmt: skip
    scan.stray = True
    return "# " + rest


def _behind_key(scan: Scan, prefix: str, value: str, start: int, at: int) -> str:
    """A key at column ``start`` opens or goes on with a mapping; its value stood at column ``at``."""
    scan.columns.append(start)
    scan.awaits_child = not value or value.startswith("#")
    return _valued(scan, prefix, value, start, at, start, keyed=True)


def _valued(scan: Scan, prefix: str, value: str, start: int, at: int, parent: int, *, keyed: bool) -> str:
    scan.text = None
    mended = read_value(scan, value, at, parent, keyed=keyed)
    if scan.text is not None:
        scan.text.row, scan.text.start = scan.number - 1, start + len(prefix)
    return prefix + mended


def _aligned_dash(scan: Scan, indent: str, _rest: str, *, told: bool) -> str:
    """A dash at a column where no list is open stands askew; ``told`` when its indent was told already."""
    column = len(indent)
    if column in scan.lists or scan.awaits_child or not scan.lists:
        return indent
    near = _nearest(scan.lists, column)
    if column < min(scan.lists) and column in scan.columns:
        return indent
    if not told:
        scan.tell("form-bad-indent", "这一行的“-”没有与上面的“-”对齐", column + 1, _spaces(near))
    return " " * near


def _aligned_key(scan: Scan, indent: str, rest: str, *, told: bool) -> str:
    """A known key at a column where no mapping is open stands askew; ``told`` as for a dash."""
    key, column = KEY.match(rest), len(indent)
    if key is None or key["colon"] != ":" or key["after"][:1] not in ("", " ") or not scan.knows(key["key"]):
        return indent
    if column in scan.columns or scan.awaits_child or not (scan.columns or column):
        return indent
    near = _nearest(scan.columns, column)
    if not told:
        scan.tell("form-bad-indent", f"“{key['key']}”没有与同一层的键对齐", column + 1, _spaces(near))
    return " " * near


def _nearest(columns: list[int], column: int) -> int:
    """The nearest of the open columns; between two the deeper one, for who indents a line means more than none."""
    return min(columns, key=lambda one: (abs(one - column), -one), default=0)


def _spaces(count: int) -> str:
    return f"前面留{count}个空格" if count else "删去前面的空格"


def _keep_lists(scan: Scan, column: int, dashes: str) -> None:
    """Lists to the right are over; every dash opens or goes on with the list at its column."""
    opened = [column + at for at, char in enumerate(dashes) if char == "-"]
    scan.lists = [one for one in scan.lists if one < column] + opened


def _bare_key(scan: Scan, rest: str) -> str:
    """The known key that a line without a colon begins with."""
    word = re.split(r"[ 　\t]", rest, maxsplit=1)[0]
    return word if scan.knows(word) else ""


def _keyed(scan: Scan, rest: str, start: int) -> str:
    key = _bare_key(scan, rest)
    said = f"写成“{key}: 值”，冒号用英文的，后面空一格"
    scan.tell("form-missing-colon", f"“{key}”后面少了冒号", start + len(key) + 1, said)
    value = rest[len(key) :].strip(BLANKS)
    return _behind_key(scan, f"{key}: ", value, start, start + len(key) + 1)


def _indent(scan: Scan, indent: str) -> str:
    if "\t" in indent:
        scan.tell("form-tab", "缩进里用了制表符（Tab）", indent.index("\t") + 1, "把制表符换成空格")
    wide = next((c for c in indent if c in "　\u00a0"), None)
    if wide is not None:
        scan.tell("form-wide-space", "缩进里用了全角空格", indent.index(wide) + 1, "换成英文（半角）空格")
    return indent.replace("\t", "  ").replace("　", "  ").replace("\u00a0", " ")


def _dash(scan: Scan, rest: str, column: int) -> str:
    if WIDE_DASH.match(rest):
        scan.tell("form-wide-dash", f"列表前面用了“{rest[0]}”", column, "换成英文短横加空格“- ”", rest[0])
        return "- " + rest[2:]
    if TIGHT_DASH.match(rest):
        scan.tell("form-dash-space", "列表的短横后面少了一个空格", column + 1, "写成“- 内容”")
        return "- " + rest[1:]
    return rest


def _other_dash(scan: Scan, rest: str, column: int) -> str:
    """A list begun with another sign: “* ” before anything, a dash or a number right before a key."""
    sign = OTHER_DASH.match(rest)
    if sign is None or not (sign[0] == "* " or ((key := is_key(scan, rest[sign.end() :])) and scan.knows(key["key"]))):
        return rest
    shown = sign[0].strip(BLANKS)
    scan.tell("form-wide-dash", f"列表前面用了“{shown}”", column, "换成英文短横加空格“- ”", shown)
    return "- " + rest[sign.end() :]


def _key_line(scan: Scan, key: re.Match[str], rest: str, indent: str, dashes: str, sibling: bool) -> str:
    """A line that holds a colon: a key, or a sentence with a colon in it."""
    name, after = key["key"], key["after"]
    start, known = len(indent) + len(dashes), scan.knows(name)
    at = start + key.start("colon") + 1
    surely = sibling or (not scan.columns and start == 0)
    awaited = scan.awaits_child and not dashes
    if key["colon"] == "：":
        if not (surely or (known and (awaited or (dashes and (name in _KEYS_ONLY or _goes_on(scan, start)))))):
            if dashes and known:
                scan.tell("form-maybe-key", f"“{name}：…”按一句话读，没有当作键", at,
                          f"如果是键，写成“{name}: ”，英文冒号加一个空格", "：", doubtful=True)  # fmt: skip
            return _text(scan, rest, indent, dashes)
        scan.tell("form-wide-colon", f"“{name}”后面用了全角冒号", at, f"写成“{name}: ”，英文冒号加一个空格", "：")
    elif after[:1] in ("　", "\u00a0"):
        scan.tell("form-wide-space", f"“{name}”的冒号后面用了全角空格", at + 1, "换成英文（半角）空格")
        after = after[1:]
    elif after and after[0] not in " \t":
        if after.startswith("//") or not (known or surely or awaited) or _CLOCK.match(name[-1] + after):
            return _text(scan, rest, indent, dashes)
        scan.tell("form-colon-space", f"“{name}”的冒号后面少了一个空格", at + 1, f"写成“{name}: {after[:12].strip()}…”")
    else:
        value = after.lstrip(" \t")
        lead = len(rest) - len(value)
        return _behind_key(scan, rest[:lead].replace("\t", " ") if value else f"{name}: ", value, start, start + lead)
    value = after.lstrip(" \t")
    return _behind_key(scan, f"{name}: ", value, start, start + len(rest) - len(value))


def _goes_on(scan: Scan, start: int) -> bool:
    """Whether the next line is a key at the same column, so that this one must be a key as well."""
    following = next((line for line in scan.below() if line.strip()), "")
    return len(following) - len(following.lstrip(" ")) == start and KEY.match(following.strip()) is not None
