"""What Jinja says about a tag, said again for the person who typed it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from jinja2 import TemplateSyntaxError, nodes

from planwriter.diagnostic import Diagnostic
from planwriter.nearest import nearest
from planwriter.template.sandbox import FORBIDDEN_FILTERS, TagEnvironment, forbidden_nodes
from planwriter.template.source import Source
from planwriter.template.tags import Tag

KEYWORDS = (
    "for",
    "endfor",
    "if",
    "elif",
    "else",
    "endif",
    "set",
    "endset",
    "macro",
    "endmacro",
    "call",
    "endcall",
    "filter",
    "endfilter",
    "with",
    "endwith",
    "block",
    "endblock",
    "raw",
    "endraw",
    "include",
    "import",
    "from",
    "extends",
    "autoescape",
    "endautoescape",
    "do",
    "print",
)
_ALONE = re.compile(r"\{%[-+]?\s*(?:(?:p|tr|tc|r)\s+)?(\w*)(.*?)[-+]?%\}$", re.S)
_FULL_WIDTH = str.maketrans("（）．，：；［］｜＝＋－＜＞＂＇。、", "().,:;[]|=+-<>\"'.,")
_SMART = re.compile("[“”‘’]")
_UNEXPECTED = re.compile(r"unexpected char '(.)'|unexpected '(.+)'")
_EXPECTED = re.compile(r"expected token '(.+)', got '(.+)'")
_FORBIDDEN_HINT = "删去这个标签，或改用允许的写法。"
_MISPLACED = {
    "tr": "{%tr … %} 要写在表格的一行里",
    "tc": "{%tc … %} 要写在表格的一格里",
    "p": "{%p … %} 要写在段落的文字里",
    "r": "{%r … %} 要写在段落的文字里",
    "colspan": "{% colspan … %} 要写在表格的一格里",
    "cellbg": "{% cellbg … %} 要写在表格的一格里",
}
MAX_LOOPS = 16
"""How deep loops may stand in loops."""
MAX_BLOCKS = 40
"""How deep blocks of all kinds may stand in each other."""
MAX_EXPRESSION = 64
"""How deep an expression may be: brackets, filters, signs."""
_NEVER_DEEP = "把长的式子拆开，先在数据里算好；循环和条件少套几层。"
_CLOSES = {
    "for": "endfor",
    "if": "endif",
    "macro": "endmacro",
    "call": "endcall",
    "filter": "endfilter",
    "with": "endwith",
    "block": "endblock",
    "autoescape": "endautoescape",
}


def syntax_mistakes(source: Source, environment: TagEnvironment) -> list[Diagnostic]:
    """Mistakes of the tags of a part, each tag judged alone so that all are found, then as a whole."""
    alone = [d for tag in dict.fromkeys(source.tags) if (d := _alone(tag, environment)) is not None]
    crossed = [tag.diagnostic(code, words, hint) for tag, code, words, hint in source.faults]
    return alone + crossed or list(_whole(source, environment))


def _alone(tag: Tag, environment: TagEnvironment) -> Diagnostic | None:
    probe = _probe(tag.text)
    if probe is None:
        return None
    try:
        environment.parse(probe)
    except TemplateSyntaxError as fault:
        return _explained(tag, fault.message or "")
    except ValueError:
        return tag.diagnostic("template-syntax", "标签里的数字太长", "长的数字写成文字，放进数据里。")
    except RecursionError:
        return tag.diagnostic("template-too-deep", "这个标签一层套一层，太深了", _NEVER_DEEP)
    return None


def _probe(text: str) -> str | None:
    """A tiny template in which this tag alone can be wrong; None when it cannot be."""
    text = _SMART.sub(lambda q: '"' if q[0] in "“”" else "'", text)
    if text.startswith("{{"):
        return re.sub(r"^\{\{(?:p|r|tr|tc)\s", "{{ ", text)
    found = _ALONE.match(text)
    if found is None:
        return None
    word, rest = found.groups()
    if word in ("colspan", "cellbg"):
        return "{{" + rest + "}}"
    if word == "elif":
        return "{% if 1 %}{% elif" + rest + "%}{% endif %}"
    if word == "set" and re.match(r"[^|]*=", rest) is None:
        return "{% set " + rest + "%}{% endset %}"
    if word in _CLOSES:
        return "{% " + word + rest + "%}{% " + _CLOSES[word] + " %}"
    return None if word in ("vm", "hm", "else", "raw") or word.startswith("end") else "{% " + word + rest + "%}"


def _whole(source: Source, environment: TagEnvironment) -> Iterator[Diagnostic]:
    try:
        environment.parse(source.text)
    except TemplateSyntaxError as fault:
        yield uncompilable(source, fault)


def uncompilable(source: Source, fault: Exception) -> Diagnostic:
    """What the compiler says of a part whose tags are each sound."""
    message = str(getattr(fault, "message", None) or fault.args[0] if fault.args else fault)
    tag = source.tag_at(fault.lineno) if isinstance(fault, TemplateSyntaxError) else None
    if tag is not None:
        return _explained(tag, message)
    sentence, hint = _sentence(message)
    return Diagnostic("template-syntax", f"这个部件里的标签{sentence}", place=source.place, hint=hint)


def _explained(tag: Tag, message: str) -> Diagnostic:
    sentence, hint = _sentence(message)
    plain = tag.text.translate(_FULL_WIDTH)
    if plain != tag.text:
        hint = f"标签里要用半角符号：{plain}"
    elif _SMART.search(tag.text):
        hint = "标签里的引号要成对，用半角的 \" 或 '。"
    elif re.search(r"\w\s+\w", tag.text) and "end of print statement" in message:
        hint = "名字中间不能有空格。"
    return tag.diagnostic("template-syntax", sentence, hint)


def _sentence(message: str) -> tuple[str, str]:
    if found := re.search(r"unknown tag '(\w+)'", message):
        return _unknown_keyword(found[1])
    if found := re.search(r"block '(\w+)' defined twice", message):
        return f"有两个都叫“{found[1]}”的 block", "改掉其中一个的名字。"
    if found := re.search(r"duplicate argument 'l_\d+_(\w+)'", message):
        return f"有两个参数都叫“{found[1]}”", "改掉其中一个的名字。"
    if found := _EXPECTED.search(message):
        return f"写到“{found[2]}”这里看不懂了", "检查这里前后是不是少了符号或多了字。"
    if found := _UNEXPECTED.search(message):
        return f"有不该出现的“{found[1] or found[2]}”", "删去它，或补上它前面缺的内容。"
    return f"写法有误（{message}）", "对照写法检查这个标签。"


def _unknown_keyword(word: str) -> tuple[str, str]:
    if word in _MISPLACED:
        return f"放错了地方：{_MISPLACED[word]}", "把标签移到该写的地方，或去掉开头的 p、tr、tc、r。"
    near = nearest(word, KEYWORDS)
    return (
        f"没有“{word}”这种标签" if word not in KEYWORDS else f"“{word}”前面没有与它成对的开头",
        f"是不是“{near}”？" if near and near != word else "检查标签是否成对。",
    )


def tree_mistakes(
    source: Source, tree: nodes.Template, environment: TagEnvironment, *, untrusted: bool
) -> list[Diagnostic]:
    """What may not stand in the tree: foreign files, unknown filters and tests, constants printed."""
    found = [(line, code, words, _FORBIDDEN_HINT) for line, code, words in forbidden_nodes(tree, untrusted=untrusted)]
    verdicts: list[tuple[int, str, str, str | None]] = [
        *found,
        *_unknown_words(tree, environment),
        *_printed_constants(tree),
        *_too_deep(tree),
        *_lookalikes(tree),
    ]
    return list(dict.fromkeys(_placed(source, *verdict) for verdict in verdicts))


def _placed(source: Source, line: int, code: str, words: str, hint: str | None) -> Diagnostic:
    tag = source.tag_at(line)
    return tag.diagnostic(code, words, hint) if tag else Diagnostic(code, words, hint=hint)


def _unknown_words(tree: nodes.Template, environment: TagEnvironment) -> Iterator[tuple[int, str, str, str | None]]:
    for node in tree.find_all(nodes.Filter):
        if node.name in FORBIDDEN_FILTERS:
            yield (
                node.lineno,
                "template-forbidden-filter",
                f"不能用过滤器 {node.name}：{FORBIDDEN_FILTERS[node.name]}",
                "去掉“|”和后面的字。",
            )
        elif node.name not in environment.filters:
            near = _near(node.name, environment.filters)
            yield node.lineno, "template-unknown-filter", f"没有过滤器“{node.name}”", near
    for test in tree.find_all(nodes.Test):
        if test.name not in environment.tests:
            yield test.lineno, "template-unknown-test", f"没有判断“{test.name}”", _near(test.name, environment.tests)


def _near(word: str, known: Iterable[str]) -> str | None:
    near = nearest(word, [k for k in known if not k.startswith("_")])
    return f"是不是“{near}”？" if near else None


def _printed_constants(tree: nodes.Template) -> Iterator[tuple[int, str, str, str | None]]:
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            if isinstance(node, nodes.Const) and (node.value is None or isinstance(node.value, bool)):
                yield node.lineno, "template-prints-constant", f"会印出“{node.value}”", "换成要印的名字。"


def _too_deep(tree: nodes.Template) -> Iterator[tuple[int, str, str, str | None]]:
    """What the compiler cannot take: loops, blocks or expressions in each other beyond every use."""
    waiting: list[tuple[nodes.Node, int, int, int]] = [(tree, 0, 0, 0)]
    while waiting:
        node, loops, blocks, inner = waiting.pop()
        loops += isinstance(node, nodes.For)
        blocks += isinstance(node, nodes.Stmt) and not isinstance(node, nodes.Output)
        inner = inner + 1 if isinstance(node, nodes.Expr) else 0
        if loops > MAX_LOOPS or blocks > MAX_BLOCKS or inner > MAX_EXPRESSION:
            yield node.lineno, "template-too-deep", "一层套一层，太深了", _NEVER_DEEP
        else:
            waiting += [(child, loops, blocks, inner) for child in node.iter_child_nodes()]


def _lookalikes(tree: nodes.Template) -> Iterator[tuple[int, str, str, str | None]]:
    """Names that Python takes for one name: the value of one would be printed for the other."""
    first: dict[str, str] = {}
    for name in tree.find_all(nodes.Name):
        twin = first.setdefault(normalize("NFKC", name.name), name.name)
        if twin != name.name:
            words = f"“{name.name}”和“{twin}”只有全角半角或字形不同，填写时会混在一起"
            yield name.lineno, "template-lookalike-name", words, "两处写成同一个名字，或把其中一个改名。"
