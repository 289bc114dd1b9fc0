"""The rules under which a template's tags run: what they may see, call and print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial, wraps
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.sandbox import ImmutableSandboxedEnvironment

from planwriter.expression import expression
from planwriter.template import values

FORBIDDEN_FILTERS: Mapping[str, str] = {
    "safe": "会把数据当成排版代码",
    "random": "同样的输入必须得到同样的文件",
    "urlize": "会生成网页代码",
    "xmlattr": "会生成网页代码",
    "tojson": "会生成网页代码",
    "pprint": "会印出程序内部的写法",
}
"""Filters no template may use, with the reason."""

FORBIDDEN = (
    "以下划线开头的属性，以及程序对象的内部（__class__、__globals__、mro、func_code 等）",
    "Jinja 的全局函数：range、dict、lipsum、cycler、joiner、namespace",
    "过滤器：" + "、".join(FORBIDDEN_FILTERS),
    "{% include %}、{% import %}、{% from %}、{% extends %}（模板不能读取别的文件）",
    "{% autoescape %}（数据永远不会成为排版代码）",
    "改动数据的方法，例如列表的 append、字典的 update",
    f"算出超过 {values.FIELD_LIMIT} 字的结果，例如 {{{{ '字' * 999999 }}}}；循环超过 16 层",
    "印出 None、真/假、列表、整组字段、日期对象、程序方法",
)
"""What the sandbox forbids in every template, one's own included; the documentation is made from it."""

UNTRUSTED_FILTERS = frozenset(
    {
        "length",
        "count",
        "first",
        "last",
        "join",
        "default",
        "d",
        "upper",
        "lower",
        "trim",
        "reverse",
        "e",
        "escape",
        "_placed",
        "_span",
        "_fill",
    }
)
UNTRUSTED_TESTS = frozenset({"defined", "undefined", "none", "string", "number", "eq", "ne", "in", "odd", "even"})
UNTRUSTED_FORBIDDEN = (
    "调用任何方法或函数",
    "一切运算（+ - * / // % ** ~）",
    "{% set %}、{% macro %}、{% call %}、{% filter %}、{% block %}、{% with %}",
    "允许的过滤器以外的过滤器：只能用 " + "、".join(sorted(f for f in UNTRUSTED_FILTERS if not f.startswith("_"))),
    "允许的判断以外的判断：只能用 " + "、".join(sorted(UNTRUSTED_TESTS)),
    "图片、子文档、RichText：只能用文字、整数、列表和字段组",
)
"""What an untrusted template may not do besides."""

_LENGTHENING = ("batch", "center", "format", "indent", "slice")
_LENGTHENING_METHODS = frozenset({"center", "ljust", "rjust", "zfill", "expandtabs"})
_WIDTH = expression(r"[%{][^a-zA-Z}]*(?:\d{6}|\*)")
_LONGEST_NUMBER = 10_000
"""Bits a number may have; Python does not write longer ones out."""


def check_lengths(given: Iterable[object]) -> None:
    """Refuse numbers that ask for more characters than a field may have."""
    if any(isinstance(one, int) and abs(one) > values.FIELD_LIMIT for one in given):
        raise _too_large()


def check_format(text: object) -> None:
    """Refuse a format text with a width beyond measure, or with one that is handed in."""
    if isinstance(text, str) and _WIDTH.search(text):
        raise _too_large()


def check_result(operator: str, left: object, right: object) -> None:
    """Refuse a product, power or format that would fill the memory before it is made."""
    if operator == "%" and isinstance(left, str):
        check_format(left)
    elif isinstance(left, int) and isinstance(right, int):
        bits = left.bit_length() * right if operator == "**" else left.bit_length() + right.bit_length()
        if operator != "%" and bits > _LONGEST_NUMBER:
            raise _too_large()
    elif operator == "*":
        for many, times in ((left, right), (right, left)):
            if isinstance(times, int) and hasattr(many, "__len__") and len(many) * times > values.FIELD_LIMIT:
                raise _too_large()


def _too_large() -> values.Refused:
    words = f"要算的结果太大，超过 {values.FIELD_LIMIT} 字"
    return values.Refused("template-result-too-large", words, "检查算式和过滤器里的数字，先在数据里算好。")


def bounded(rule: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that refuses to lengthen a text beyond measure."""

    @wraps(rule)
    def within_bounds(*given: Any, **named: Any) -> Any:
        if rule.__name__ == "do_format":
            check_format(given[0])
        check_lengths((*given[1:], *named.values()))
        return rule(*given, **named)

    return within_bounds


_UNTRUSTED_NODES = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.For,
    nodes.If,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
    nodes.CondExpr,
    nodes.Filter,
    nodes.Test,
    nodes.Tuple,
    nodes.List,
    nodes.Keyword,
)
_NEVER_NODES = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.ScopedEvalContextModifier)
_LOOP_FIELDS = frozenset(
    {"index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0", "previtem", "nextitem"}
)


class _PrintingCode(CodeGenerator):
    """Writes ``environment.printed(…)`` around everything a template prints, with its commonest case in place."""

    def visit_If(self, node: nodes.If, frame: Frame) -> None:
        """A field that one test after another is compared with is taken once."""
        subject = _compared(node.test)
        tests = [one.test for one in (node, *node.elif_) if subject is not None and _compared(one.test) == subject]
        if subject is not None and len(tests) > 1:
            taken = self.temporary_identifier()
            self.writeline(f"{taken} = ", node)
            self.visit(subject, frame)
            for test in tests:
                test.expr = _internal_name(taken)  # type: ignore[attr-defined]
        super().visit_If(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """A field of a plain mapping is taken where it stands; all else asks the sandbox, as ``getattr`` would."""
        if not isinstance(node.node, nodes.Name):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f"[{node.attr!r}] if type(")
        self.visit(node.node, frame)
        self.write(f") is dict and {node.attr!r} in ")
        self.visit(node.node, frame)
        self.write(" else ")
        super().visit_Getattr(node, frame)
        self.write(")")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return str(node.data)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _is_placed(node):  # what that filter gives is ready
            self.write("(environment.escaped(_v) if type(_v := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _is_placed(node):
            self.write(f") is str and len(_v) <= {values.FIELD_LIMIT} else environment.printed(_v))")


def _is_placed(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Filter) and node.name == "_placed"


def _compared(test: nodes.Node) -> nodes.Getattr | None:
    """The field of a name that a test compares first of all, if it is such a test."""
    field = test.expr if isinstance(test, nodes.Compare) else None
    return field if isinstance(field, nodes.Getattr) and isinstance(field.node, nodes.Name) else None


def _internal_name(name: str) -> nodes.InternalName:
    made = object.__new__(nodes.InternalName)  # jinja2 lets only its parser make them
    nodes.Node.__init__(made, name)
    return made


class TagEnvironment(ImmutableSandboxedEnvironment):
    """Jinja as planwriter uses it: sandboxed, escaping, strict about names, without globals."""

    code_generator_class = _PrintingCode
    intercepted_binops = frozenset({"**", "*", "%"})

    def __init__(
        self, printed: Callable[[object], object] = values.printed, prefixes: frozenset[str] = values.USUAL_PREFIXES
    ) -> None:
        super().__init__(
            autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True, cache_size=0, auto_reload=False
        )
        self.printed = printed
        self.escaped = values.escape_text
        self.globals.clear()
        for name in FORBIDDEN_FILTERS:
            self.filters.pop(name, None)
        self.filters |= {
            "_placed": partial(values.placed, prefixes=prefixes),
            "_span": values.span,
            "_fill": values.fill_colour,
        }
        self.filters |= {name: bounded(self.filters[name]) for name in _LENGTHENING}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A product, power or format, when its result is of a size that people read."""
        check_result(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """A method, when no number it is given asks for a text beyond measure."""
        method = getattr(__obj, "__wrapped__", __obj)
        if getattr(method, "__name__", "") in ("format", "format_map"):
            check_format(getattr(method, "__self__", ""))
        if getattr(method, "__name__", "") in _LENGTHENING_METHODS:
            check_lengths((*args, *kwargs.values()))
        return super().call(__context, __obj, *args, **kwargs)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A mapping's key comes before its methods, so that a field may be called ``items``."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A key or an index; never a method of a mapping by subscript."""
        if isinstance(obj, Mapping):
            return obj[argument] if argument in obj else self.undefined(obj=obj, name=argument)
        return super().getitem(obj, argument)


def forbidden_nodes(tree: nodes.Template, *, untrusted: bool) -> list[tuple[int, str, str]]:
    """(line, code, sentence) of everything in the tree that is not allowed."""
    verdicts = [
        (n.lineno, "template-forbidden-tag", "模板不能读取别的文件，也不能改变转义")
        for n in tree.find_all(_NEVER_NODES)
    ]
    if untrusted:
        verdicts += [
            (n.lineno or 0, "template-forbidden-syntax", sentence)
            for n in _descendants(tree)
            if (sentence := _untrusted_verdict(n)) is not None
        ]
    return verdicts


def _descendants(tree: nodes.Node) -> list[nodes.Node]:
    found: list[nodes.Node] = [tree]
    for child in tree.iter_child_nodes():
        found += _descendants(child)
    return found


def _untrusted_verdict(node: nodes.Node) -> str | None:
    """Why an untrusted template may not use this node, or None."""
    if _is_span_product(node):
        return None
    if isinstance(node, nodes.Filter) and node.name not in UNTRUSTED_FILTERS:
        return f"不可信的模板不能用过滤器 {node.name}"
    if isinstance(node, nodes.Test) and node.name not in UNTRUSTED_TESTS:
        return f"不可信的模板不能用判断 {node.name}"
    if isinstance(node, nodes.Getattr):
        return _untrusted_attribute(node)
    if isinstance(node, nodes.For) and node.recursive:
        return "不可信的模板不能用递归循环"
    if isinstance(node, _UNTRUSTED_NODES) or type(node) is nodes.Template:
        return None
    if isinstance(node, nodes.Sub):
        return "不可信的模板不能做减法（名字里的连字符“-”会被当成减号）"
    return f"不可信的模板不能用这种写法（{type(node).__name__}）"


def _untrusted_attribute(node: nodes.Getattr) -> str | None:
    if node.attr.startswith("_"):
        return f"不可信的模板不能看 {node.attr}"
    if isinstance(node.node, nodes.Name) and node.node.name == "loop" and node.attr not in _LOOP_FIELDS:
        return f"不可信的模板不能用 loop.{node.attr}"
    return None


def _is_span_product(node: nodes.Node) -> bool:
    """``3 * loop.length`` is what the ``{% hm %}`` tag itself becomes in a cell that spans columns."""
    return (
        isinstance(node, nodes.Mul)
        and isinstance(node.left, nodes.Const)
        and type(node.left.value) is int
        and 0 < node.left.value < 64
        and isinstance(node.right, nodes.Getattr)
        and node.right.attr == "length"
        and isinstance(node.right.node, nodes.Name)
        and node.right.node.name == "loop"
    )
