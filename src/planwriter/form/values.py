"""What stands behind a key or a dash on its own line: plain text, quotations, brackets, marks of block texts."""

from __future__ import annotations

import re
from functools import cache

from planwriter.expression import expression
from planwriter.form.scan import OpenText, Scan, is_key, single, width
from planwriter.model.element import Element

_BLOCK = expression(r"^[|>][-+0-9]*\s*(#.*)?$")
_HASH = expression(r"(?:^|(?<=[ \t]))#+(?!#)")
_HASH_IN_LIST = expression(r"(?<=[ \t\[{,])#+(?![# \t]|$)")
_QUOTATION = expression(r"(?<=[\[{,: ])(?:\"(?:[^\"\\]|\\.)*\"|'[^']*')")
_GROUPED = expression(r"\d+(?:,\d+)+")
_THOUSANDS = expression(r"\d{1,3}(?:,\d{3})+")
_INNER_LIST = expression(r"\[[^\[\]{}]*(?:\]|$)")
_CLOSERS = {"[": "]", "{": "}"}


def read_value(scan: Scan, value: str, start: int, parent: int, *, keyed: bool) -> str:
    """Check the text of a value and remember that lines may run on; return it as YAML shall read it.

    ``start`` counts from 0; ``parent`` is the column of the key or the dash, -1 where there is neither.
    """
    if not value or _is_comment(value):
        return value
    if _BLOCK.match(value):
        scan.block_indent = max(parent, 0)
        return value
    scan.text = OpenText(value, parent, keyed) if parent >= 0 else None
    first = value[0]
    if first in "\"'":
        return _quoted(scan, value, start, parent)
    if first in _CLOSERS:
        return _bracketed(scan, value, start, parent)
    if first in "@`%*&!|>]},":
        what = {"*": "星号", "&": "“&”", "!": "感叹号（英文）", "%": "百分号", "@": "“@”"}.get(first, f"“{first}”")
        scan.tell("form-bad-start", f"文字不能以{what}开头", start + 1, "给整段文字加上英文引号", value[:30])
        return single(value)
    return _plain(scan, value, start)


def said_of(scan: Scan, value: str, start: int) -> tuple[str, bool]:
    """A plain text without its comment, and whether a slip was told by which it must be quoted."""
    said, quote = _before_comment(scan, value, start)
    inner = said.find(": ") if ": " in said else (len(said) - 1 if said.endswith(":") else -1)
    if inner >= 0:
        scan.tell("form-colon-in-text", "这段文字里有英文冒号，读不出哪一个是键", start + inner + 1,
                  "把文字里的冒号改成全角“：”，或给整段文字加上英文引号", said[:30])  # fmt: skip
    return said, quote or inner >= 0


def still_open(line: str, closing: str) -> str:
    """What is still open behind a line: the quote, or one bracket for each that awaits its fellow."""
    if closing[0] in "\"'":
        end = _closing_quote(closing[0] + line)
        return closing if end is None else ""
    left = len(closing) + sum(line.count(c) for c in "[{") - sum(line.count(c) for c in "]}")
    return closing[0] * left if left > 0 else ""


def in_brackets(scan: Scan, text: str, start: int) -> str:
    """Check a line of a list or mapping in brackets; what is mended keeps its length."""
    masked = _QUOTATION.sub(lambda m: "”" * len(m[0]), text)
    for mark in _HASH_IN_LIST.finditer(masked):
        _tell_hash(scan, text, start, mark.start())
        text = text[: mark.start()] + "＃" * len(mark[0]) + text[mark.end() :]
    for number in _GROUPED.finditer(masked):
        if _is_cut(scan, masked, number, start):
            text = text[: number.start()] + number[0].replace(",", "").ljust(len(number[0])) + text[number.end() :]
    for inner in _INNER_LIST.finditer(masked):
        if "，" in inner[0]:
            column = start + inner.start() + inner[0].index("，") + 1
            scan.tell("form-wide-comma", "方括号里的全角逗号不分开两项，会读成一项", column,
                      "要分成两项就换成英文逗号；是一项就给它加上英文引号", inner[0][:30], doubtful=True)  # fmt: skip
    return text


def _is_cut(scan: Scan, masked: str, number: re.Match[str], start: int) -> bool:
    """Whether a comma between digits cuts a number in two; told as doubtful where two numbers may be meant."""
    opener = masked.rfind("{", 0, number.start())
    in_mapping = opener > max(masked.rfind("[", 0, number.start()), masked.rfind("}", 0, number.start()))
    alone = masked[number.start() - 1] in "[, " and masked[number.end() : number.end() + 1] in ("", *",] ")
    doubtful = alone and not in_mapping
    if doubtful and not _THOUSANDS.fullmatch(number[0]):
        return False
    whole = number[0].replace(",", "")
    scan.tell("form-number-cut", f"括号里的英文逗号会把“{number[0]}”分成几项", start + number.start() + 1,
              f"是一个数就写成“{whole}”；是几项就在逗号后面空一格", number[0], doubtful=doubtful)  # fmt: skip
    return not doubtful


def _is_comment(value: str) -> bool:
    """A hint or a remark in place of a value: “#” and a blank."""
    mark = _HASH.match(value)
    return mark is not None and value[mark.end() : mark.end() + 1] in ("", " ", "\t")


def _before_comment(scan: Scan, value: str, start: int) -> tuple[str, bool]:
    mark = _HASH.search(value)
    if mark is None:
        return value.rstrip(), False
    if value[mark.end() : mark.end() + 1] not in ("", " ", "\t"):
        _tell_hash(scan, value, start, mark.start())
        return value.rstrip(), True
    _tell_comment(scan, value, start, mark.start())
    return value[: mark.start()].rstrip(), False


def _tell_hash(scan: Scan, value: str, start: int, at: int) -> None:
    scan.tell("form-hash-in-text", "空格后面的“#”会使这一行余下的文字丢失", start + at + 1,
              "给整段文字加上英文引号；是注释就在“#”后面空一格", value[at : at + 30])  # fmt: skip


def _tell_comment(scan: Scan, value: str, start: int, at: int) -> None:
    remark = value[at:].lstrip("#").strip()
    if remark and remark not in _hints():
        scan.tell("form-comment-after-text", "“#”后面的文字不会进入文档", start + at + 1,
                  "要进入文档就给整段文字加上英文引号，不要就删去", value[at : at + 30], doubtful=True)  # fmt: skip


@cache
def _hints() -> frozenset[str]:
    """The sentences that blank forms show behind a key."""
    found: set[str] = set()
    classes: list[type[Element]] = [Element]
    for cls in classes:
        classes += cls.__subclasses__()
        for one in cls.model_fields.values():
            found |= {f"{one.description}", f"{one.description}例：{(one.examples or [''])[0]}"}
    return frozenset(found)


def _plain(scan: Scan, value: str, start: int) -> str:
    said, quote = said_of(scan, value, start)
    if said.startswith("- ") or said == "-":
        scan.tell("form-list-on-key-line", "“- ”不能写在键的同一行", start + 1, "另起一行，缩进后写“- 内容”")
        quote = True
    if said.startswith("［") and said.endswith("］"):
        scan.tell("form-wide-bracket", "“［”“］”是全角方括号，这里按一句话读，没有当作列表", start + 1,
                  "要写列表就换成英文方括号和英文逗号", said[:30], doubtful=True)  # fmt: skip
    if scan.text is not None:
        scan.text.text = said
    return single(said) if quote else value


def _quoted(scan: Scan, value: str, start: int, parent: int) -> str:
    end = _closing_quote(value)
    if end is None:
        if _ends_below(scan, value[0], parent):
            scan.closing, scan.text = value[0], None
            return value
        scan.tell("form-open-quote", "引号没有配对", start + 1, "补上后一个引号，或者都改成中文引号“”", value[:30])
        return single(value)
    after = value[end + 1 :].strip()
    if after.startswith(":"):
        scan.text = None
        return value
    if not after:
        return _closed(scan, value)
    if after.startswith("#"):
        return _remark_behind(scan, value, start, end + 1)
    scan.tell("form-after-quote", "后一个引号后面还有文字", start + end + 2,
              "引号要包住整段文字，或者都改成中文引号“”", after[:30])  # fmt: skip
    return single(value)


def _closed(scan: Scan, value: str) -> str:
    if scan.text is not None:
        scan.text.text = None
    return value


def _remark_behind(scan: Scan, value: str, start: int, end: int) -> str:
    """A “#” behind a closing quote or bracket."""
    at = value.index("#", end)
    if not _is_comment(value[at:]):
        _tell_hash(scan, value, start, at)
        return single(value)
    _tell_comment(scan, value, start, at)
    return _closed(scan, value)


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


def _ends_below(scan: Scan, closing: str, parent: int) -> bool:
    """Whether what is open here is closed before the next key or element of the form begins."""
    if closing[0] in scan.endless:
        return False
    for line in scan.below():
        rest = line.lstrip()
        if width(line) <= parent and (rest.startswith("- ") or is_key(scan, rest)):
            return False
        closing = still_open(line, closing) if closing else ""
        if not closing:
            return True
    scan.endless.add(closing[0])
    return False


def _bracketed(scan: Scan, value: str, start: int, parent: int) -> str:
    value = in_brackets(scan, value, start)
    end = _closing_bracket(value)
    if end is None:
        closing = value[0] * _open_count(value)
        if _ends_below(scan, closing, parent):
            scan.closing, scan.text = closing, None
            return value
        scan.tell("form-open-bracket", "括号没有配对", start + 1,
                  f"补上“{_CLOSERS[value[0]]}”；文字以“{value[0]}”开头时，给整段加上英文引号", value[:30])  # fmt: skip
        return single(value)
    after = value[end + 1 :].strip()
    if after.startswith(":"):
        scan.text = None
        return value
    if not after:
        return _closed(scan, value)
    if after.startswith("#"):
        return _remark_behind(scan, value, start, end + 1)
    scan.tell("form-after-bracket", "括号后面还有文字", start + end + 2,
              "列表要单独成行；文字以括号开头时，给整段加上英文引号", after[:30])  # fmt: skip
    return single(value)


def _closing_bracket(value: str) -> int | None:
    depth, quote = 0, ""
    for at, char in enumerate(value):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'" and value[at - 1] in "[{,: ":
            quote = char
        elif char == "#" and value[at - 1] in " \t":
            return None
        elif char in "[{":
            depth += 1
        elif char in "]}":
            depth -= 1
            if depth == 0:
                return at
    return None


def _open_count(value: str) -> int:
    return max(sum(value.count(c) for c in "[{") - sum(value.count(c) for c in "]}"), 1)
