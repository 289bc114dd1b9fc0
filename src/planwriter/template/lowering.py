"""Tags once more as straight-line code: most templates only place texts, repeat paragraphs and leave some out.

``lowered`` writes such a part as Python that joins bytes, and proves while writing that whatever texts are put in, the
part comes out well-formed: every branch and every round of a loop is parsed strictly, once, with its texts left open.
A part with anything else in it (filters, calls, ``loop``, tags inside markup) has no such code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from types import CodeType

from jinja2 import nodes

from planwriter.word.markup import fault_of

_TEXT = "x&amp;"
"""Stands for a text while markup is parsed: good between tags and in a quoted attribute, nowhere else."""
_WHOLE = "<b/>"
"""Stands for whole elements: good between tags only."""
_HIDES_TAGS = ("<!", "<?")
_IN_TEXT = re.compile(r"<w:t(?: [^<>]*)?>[^<>]*\Z")
_FEWEST_ALIKE = 3
"""So many comparisons of one field in a row make it worth being taken once."""


class _NotStraight(Exception):
    """The part has something in it that is left to Jinja."""


def lowered(tree: nodes.Template) -> CodeType | None:
    """The code of a module with ``fill`` and ``breaks`` for :mod:`planwriter.template.straight`, or ``None``."""
    writer = _CodeWriter()
    try:
        markup = writer.block(tree.body, {}, None)
    except _NotStraight:
        return None
    if fault_of(markup.encode("utf-8", "surrogatepass")) is not None:
        return None
    lines = [*writer.lines, f"breaks = {writer.in_texts}"]
    return compile("\n".join(lines), "<straight>", "exec")


class _CodeWriter:
    """Walks through the tree once; every method gives the markup that it has written code for."""

    def __init__(self) -> None:
        self.lines = ["def fill(given, put, text, drawn, plain, rows, record):"]
        self.indent = 1
        self.records: set[str] = set()
        """Loop variables whose fields are taken."""
        self.in_texts = True
        """Whether every text stands in a ``w:t``, where a line feed becomes a line break."""
        self.numbers = count()

    def _line(self, words: str) -> None:
        self.lines.append(" " * self.indent + words)

    def block(self, body: Sequence[nodes.Node], names: dict[str, str], around: str | None) -> str:
        """Code for these nodes; ``names`` are loop variables, ``around`` the one of the innermost loop."""
        markup = ""
        for node in body:
            if isinstance(node, nodes.Output):
                markup += self._output(node, names)
            elif isinstance(node, nodes.For):
                markup += self._loop(node, names, around)
            elif isinstance(node, nodes.If):
                markup += self._choice(node, names, around)
            else:
                raise _NotStraight
        if not body:
            self._line("pass")
        return markup

    def _output(self, node: nodes.Output, names: dict[str, str]) -> str:
        markup, waiting = "", ""
        pairs: list[tuple[str, str]] = []
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                markup += child.data
                waiting += child.data
                continue
            if isinstance(child, nodes.Filter):
                pairs += [(_bytes(waiting), "''"), (self._drawn(child, names), "''")]
                markup += _WHOLE
            else:
                pairs.append((_bytes(waiting), _text(self._value(child, names))))
                self.in_texts = self.in_texts and _IN_TEXT.search(markup) is not None
                markup += _TEXT
            waiting = ""
        if any(sign in markup for sign in _HIDES_TAGS):
            raise _NotStraight
        pairs.append((_bytes(waiting), "''"))
        told = [f"{before}, {text}" for before, text in pairs if (before, text) != ("b''", "''")]
        self._line(f"put(({', '.join(told)},))" if told else "pass")
        return markup

    def _drawn(self, node: nodes.Filter, names: dict[str, str]) -> str:
        if node.name != "_placed" or node.node is None or not isinstance(node.args[0], nodes.Const):
            raise _NotStraight
        return f"drawn({self._value(node.node, names)}, {bool(node.args[0].value)})"

    def _value(self, node: nodes.Node, names: dict[str, str]) -> str:
        if isinstance(node, nodes.Name):
            if node.name == "loop":
                raise _NotStraight
            return names.get(node.name) or f"given[{node.name!r}]"
        if isinstance(node, nodes.Getattr):
            return f"{self._record(node.node, names)}[{node.attr!r}]"
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            return repr(node.value)
        raise _NotStraight

    def _record(self, node: nodes.Node, names: dict[str, str]) -> str:
        value = self._value(node, names)
        if value not in names.values():
            return f"record({value})"
        self.records.add(value)
        return value

    def _loop(self, node: nodes.For, names: dict[str, str], around: str | None) -> str:
        """A loop over a list; an inner one only over what the outer one's record holds."""
        inner = isinstance(node.iter, nodes.Getattr) and isinstance(node.iter.node, nodes.Name) and node.iter.node.name
        usual = isinstance(node.target, nodes.Name) and not (node.else_ or node.test or node.recursive)
        if not usual or (around is not None and inner != around):
            raise _NotStraight
        target, opening = f"v{next(self.numbers)}", len(self.lines)
        items = self._value(node.iter, names)
        self._line("")
        name: str = node.target.name  # type: ignore[attr-defined]
        self._within(node.body, names | {name: target}, name)
        kind = "rows" if target in self.records else "plain"
        self.lines[opening] += f"for {target} in {kind}({items}):"
        return _WHOLE

    def _choice(self, node: nodes.If, names: dict[str, str], around: str | None) -> str:
        branches = [node, *node.elif_]
        subject = _compared(node.test)
        alike = [b for b in branches if subject is not None and _compared(b.test) == subject]
        taken = None
        if subject is not None and len(alike) == len(branches) >= _FEWEST_ALIKE:
            taken = f"v{next(self.numbers)}"
            self._line(f"{taken} = {self._value(subject, names)}")
        for at, branch in enumerate(branches):
            test = self._test(branch.test, names) if taken is None else f"{taken} == {_constant(branch.test)!r}"
            self._line(f"{'elif' if at else 'if'} {test}:")
            self._within(branch.body, names, around)
        if node.else_:
            self._line("else:")
            self._within(node.else_, names, around)
        return _WHOLE

    def _within(self, body: Sequence[nodes.Node], names: dict[str, str], around: str | None) -> None:
        """The code of a branch or a loop, which must be whole elements, whatever texts stand in it."""
        self.indent += 1
        markup = self.block(body, names, around)
        self.indent -= 1
        if fault_of(f"<a>{markup}</a>".encode("utf-8", "surrogatepass")) is not None:
            raise _NotStraight

    def _test(self, node: nodes.Node, names: dict[str, str]) -> str:
        if isinstance(node, nodes.Not):
            return f"(not {self._test(node.node, names)})"
        if isinstance(node, nodes.And | nodes.Or):
            word = "and" if isinstance(node, nodes.And) else "or"
            return f"({self._test(node.left, names)} {word} {self._test(node.right, names)})"
        if isinstance(node, nodes.Compare):
            sign = {"eq": "==", "ne": "!="}.get(node.ops[0].op)
            if sign is None or len(node.ops) > 1:
                raise _NotStraight
            return f"({self._value(node.expr, names)} {sign} {self._value(node.ops[0].expr, names)})"
        return self._value(node, names)


def _bytes(markup: str) -> str:
    try:
        return repr(markup.encode())
    except UnicodeEncodeError:
        raise _NotStraight from None


def _text(value: str) -> str:
    return f"_ if type(_ := {value}) is str else text(_)"


def _compared(test: nodes.Node) -> nodes.Getattr | None:
    """The field of a name that a test compares with a text, if that is all it does."""
    if not isinstance(test, nodes.Compare) or [one.op for one in test.ops] != ["eq"]:
        return None
    known = isinstance(test.expr, nodes.Getattr) and isinstance(test.ops[0].expr, nodes.Const)
    return test.expr if known else None  # type: ignore[return-value]


def _constant(test: nodes.Node) -> object:
    return test.ops[0].expr.value  # type: ignore[attr-defined]


__all__ = ["lowered"]
