"""Compare every name a template uses with the shape of the context, before anything is filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes

from planwriter.diagnostic import Diagnostic
from planwriter.nearest import nearest
from planwriter.template.shape import Anything, Listing, Record, Shape, Text, Trusted
from planwriter.template.source import Source

_LOOP = Record(
    {
        name: (Text(), "")
        for name in ("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0")
    }
    | {name: (Anything(), "") for name in ("previtem", "nextitem", "cycle", "changed")}
)
_COUNTING = frozenset({"length", "count", "wordcount"})
_SAME = frozenset({"sort", "reverse", "list", "unique", "select", "reject", "selectattr", "rejectattr"})
_ONE_ITEM = frozenset({"first", "last", "min", "max"})
_AS_TEXT = frozenset(
    {
        "join",
        "upper",
        "lower",
        "trim",
        "e",
        "escape",
        "string",
        "title",
        "capitalize",
        "replace",
        "truncate",
        "round",
        "abs",
        "int",
        "float",
        "sum",
        "format",
        "center",
        "indent",
    }
)
_FORGIVING = frozenset({"default", "d"})

Scope = Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class _Complaint:
    line: int
    code: str
    message: str
    found: str
    hint: str | None


def check_names(source: Source, tree: nodes.Template, shape: Record) -> list[Diagnostic]:
    """Every use of a name in the part that the shape does not bear, as diagnostics in order."""
    checker = _Checker()
    checker.block(tree.body, {n: s for n, (s, _) in shape.fields.items()})
    return list(dict.fromkeys(_diagnostic(c, source) for c in checker.complaints))


def _diagnostic(complaint: _Complaint, source: Source) -> Diagnostic:
    tag = source.tag_at(complaint.line)
    if complaint.found == "loop" and source.merges and (tag is None or "loop" not in tag.text):
        words = "{% hm %} 和 {% vm %} 只能写在循环的单元格里"
        return source.merges[0].diagnostic(
            "template-merge-outside-loop", words, "放进 {%tc for … %} 或 {%tr for … %}。"
        )
    if tag is None:
        return Diagnostic(
            complaint.code, complaint.message, place=source.place, found=complaint.found, hint=complaint.hint
        )
    return tag.diagnostic(complaint.code, complaint.message, complaint.hint)


class _Checker:
    """Walks the syntax tree with the shapes of the names in scope."""

    def __init__(self) -> None:
        self.complaints: list[_Complaint] = []

    def complain(self, node: nodes.Node, code: str, message: str, found: str, hint: str | None = None) -> None:
        self.complaints.append(_Complaint(node.lineno, code, message, found, hint))

    def block(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        """Statements in order; what ``{% set %}`` and macros bind is known to those that follow."""
        names = dict(scope)
        for node in body:
            self.statement(node, names)

    def statement(self, node: nodes.Node, names: dict[str, Shape]) -> None:
        if isinstance(node, nodes.Output):
            for printed in node.nodes:
                self.output(printed, names)
        elif isinstance(node, nodes.For):
            self.loop(node, names)
        elif isinstance(node, nodes.If):
            self.shape(node.test, names)
            for body in (node.body, node.elif_, node.else_):
                self.block(body, names)
        elif isinstance(node, nodes.Assign):
            bound = self.shape(node.node, names)
            names.update(_bind(node.target, bound))
        else:
            self.other(node, names)

    def other(self, node: nodes.Node, names: dict[str, Shape]) -> None:
        """Macros, with, call, filter blocks …: names they bind may be anything, the rest is checked."""
        if isinstance(node, (nodes.Macro, nodes.AssignBlock)):
            names[node.name if isinstance(node, nodes.Macro) else _target_name(node.target)] = Anything()
        inner = dict(names) | {n: Anything() for n in _stored(node)} | {"caller": Anything(), "varargs": Anything()}
        self.block([c for c in node.iter_child_nodes() if isinstance(c, nodes.Stmt)], inner)
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self.shape(child, inner)

    def loop(self, node: nodes.For, names: Scope) -> None:
        bound = _bind(node.target, self.items(node.iter, names))
        inner = dict(names) | bound | {"loop": _LOOP}
        if node.test is not None:
            self.shape(node.test, inner)
        self.block(node.body, inner)
        self.block(node.else_, names)

    def items(self, node: nodes.Node, names: Scope) -> Shape:
        """The shape a loop variable gets."""
        over = self.shape(node, names)
        if isinstance(over, Listing):
            return over.item
        if isinstance(over, Record):
            return Text()
        if isinstance(over, (Text, Trusted)):
            self.complain(
                node,
                "template-not-a-list",
                f"“{_words(node)}”不是列表，不能逐项循环",
                _words(node),
                "循环里要用列表的名字。",
            )
        return Anything()

    def output(self, node: nodes.Node, names: Scope) -> None:
        if isinstance(node, nodes.TemplateData):
            return
        shape = self.shape(node, names)
        if isinstance(shape, (Listing, Record)):
            what = "列表" if isinstance(shape, Listing) else "一组字段"
            self.complain(
                node,
                "template-prints-group",
                f"“{_words(node)}”是{what}，不能整个印出来",
                _words(node),
                "列表用 {%p for 项 in 列表 %} 逐项印；字段写成 {{ 名称.字段 }}。",
            )

    def shape(self, node: nodes.Node, names: Scope, *, lenient: bool = False) -> Shape:
        """The shape of an expression; complains on the way."""
        if isinstance(node, nodes.Name):
            return self.name(node, names, lenient)
        if isinstance(node, (nodes.Getattr, nodes.Getitem)):
            return self.member(node, names, lenient)
        if isinstance(node, nodes.Const):
            return Text()
        if isinstance(node, nodes.Filter):
            return self.filtered(node, names)
        if isinstance(node, nodes.Call):
            return self.call(node, names)
        if isinstance(node, nodes.CondExpr):
            return self.either(node, names)
        return self.compound(node, names)

    def name(self, node: nodes.Name, names: Scope, lenient: bool) -> Shape:
        if node.name in names:
            return names[node.name]
        if not lenient:
            self.unknown(node, node.name, names, "")
        return Anything()

    def unknown(self, node: nodes.Node, name: str, known: Iterable[str], owner: str) -> None:
        known = [k for k in known if k != "loop"]
        near = nearest(name, known, cutoff=0.4)
        hint = f"是不是“{near}”？" if near else (f"可用的名字：{'、'.join(known[:20])}。" if known else None)
        self.complain(node, "template-unknown-name", f"{owner}没有“{name}”这个名字", name, hint)

    def member(self, node: nodes.Getattr | nodes.Getitem, names: Scope, lenient: bool) -> Shape:
        owner = self.shape(node.node, names)
        key = node.attr if isinstance(node, nodes.Getattr) else _constant(node.arg)
        if isinstance(node, nodes.Getitem) and not isinstance(node.arg, (nodes.Const, nodes.Slice)):
            self.shape(node.arg, names)
        if isinstance(owner, Record) and isinstance(key, str):
            return self.field(node, owner, key, lenient)
        if isinstance(owner, Listing):
            return self.element(node, owner, key)
        if isinstance(owner, (Text, Trusted)) and isinstance(key, str):
            self.complain(
                node,
                "template-not-a-record",
                f"“{_words(node.node)}”是文字，没有“{key}”这一项",
                key,
                "去掉点和后面的字，或检查名字。",
            )
        return Anything()

    def field(self, node: nodes.Node, owner: Record, key: str, lenient: bool) -> Shape:
        if key in owner.fields:
            return owner[key]
        if not lenient:
            known = owner.fields
            self.unknown(node, key, known, f"“{_words(getattr(node, 'node', node))}”里")
        return Anything()

    def element(self, node: nodes.Getattr | nodes.Getitem, owner: Listing, key: object) -> Shape:
        if isinstance(key, str):
            self.complain(
                node,
                "template-not-a-record",
                f"“{_words(node.node)}”是列表，没有“{key}”这一项",
                key,
                "先用 for 循环取出每一项。",
            )
        return owner.item if isinstance(key, int) else owner

    def filtered(self, node: nodes.Filter, names: Scope) -> Shape:
        lenient = node.name in _FORGIVING
        inner = self.shape(node.node, names, lenient=lenient) if node.node is not None else Anything()
        for extra in (*node.args, *(k.value for k in node.kwargs)):
            self.shape(extra, names)
        if node.name in _COUNTING or node.name in _AS_TEXT:
            return Text()
        if node.name in _ONE_ITEM and isinstance(inner, Listing):
            return inner.item
        return inner if node.name in _SAME or node.name in ("_span", "_fill") or lenient else Anything()

    def call(self, node: nodes.Call, names: Scope) -> Shape:
        """A method of a value: its owner is checked, its result may be anything."""
        self.shape(node.node.node if isinstance(node.node, nodes.Getattr) else node.node, names)
        for extra in (*node.args, *(k.value for k in node.kwargs)):
            self.shape(extra, names)
        return Anything()

    def either(self, node: nodes.CondExpr, names: Scope) -> Shape:
        self.shape(node.test, names)
        one = self.shape(node.expr1, names)
        other = self.shape(node.expr2, names) if node.expr2 is not None else one
        return one if one == other else Anything()

    def compound(self, node: nodes.Node, names: Scope) -> Shape:
        if isinstance(node, nodes.Test) and node.name in ("defined", "undefined"):
            self.shape(node.node, names, lenient=True)
            return Text()
        before = len(self.complaints)
        for child in node.iter_child_nodes():
            self.shape(child, names)
        if isinstance(node, nodes.Sub) and len(self.complaints) > before:
            self.complain(
                node, "template-hyphen-name", "名字里的连字符“-”会被当成减号", "-", "名字改用下划线或去掉连字符。"
            )
        return Anything() if isinstance(node, (nodes.List, nodes.Dict, nodes.And, nodes.Or)) else Text()


def _bind(target: nodes.Node, shape: Shape) -> dict[str, Shape]:
    if isinstance(target, nodes.Name):
        return {target.name: shape}
    return {n: Anything() for n in _stored(target)}


def _stored(node: nodes.Node) -> Iterator[str]:
    own = [node] if isinstance(node, nodes.Name) else []
    for name in (*own, *node.find_all(nodes.Name)):
        if name.ctx in ("store", "param"):
            yield name.name


def _target_name(target: nodes.Node) -> str:
    return target.name if isinstance(target, nodes.Name) else ""


def _constant(node: nodes.Node) -> object:
    return node.value if isinstance(node, nodes.Const) else None


def _words(node: nodes.Node) -> str:
    """An expression as the author wrote it, as far as it is a path."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_words(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{_words(node.node)}[{_constant(node.arg)!r}]"
    return "这个值"
