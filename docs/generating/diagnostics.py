"""Every diagnostic code in the source with its Chinese sentences, found by walking the syntax trees."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
_CODE = re.compile(r"[a-z]+(?:-[a-z]+)+")
_HAN = re.compile("[\u4e00-\u9fff]")
_GAP = "…"

_SAID_ELSEWHERE = {
    "package-kind": "planwriter/word/filekind.py",
    "template-unsound-result": "planwriter/template/output.py",
}
"""Codes whose sentences another module gives: what its functions return, or what its exceptions say."""
_SPOKEN = {"cli-usage": "命令写得不对：多写或漏写了参数、没有这个选项、没有这个命令等，说法随情况而定"}
"""Codes whose sentence comes from a library's own messages."""


@dataclass(frozen=True)
class Spoken:
    """A code with one of its sentences (… for what is filled in) and the module that says it."""

    code: str
    sentence: str
    module: str


class _File:
    """A source file whose names can be followed to the sentences they stand for."""

    def __init__(self, path: Path) -> None:
        self.module = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.functions = {n.name: n for n in ast.walk(self.tree) if isinstance(n, ast.FunctionDef)}
        self.around: dict[ast.AST, ast.AST] = {
            child: parent for parent in ast.walk(self.tree) for child in ast.iter_child_nodes(parent)
        }

    def function_of(self, node: ast.AST) -> ast.AST:
        while node in self.around and not isinstance(node, ast.FunctionDef):
            node = self.around[node]
        return node

    def sentences(self, node: ast.AST) -> list[str]:
        """What an expression says, as far as it can be read from the source."""
        found = list(self._said(node))
        return [text for text in dict.fromkeys(found) if _HAN.search(text)]

    def _said(self, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else _GAP for part in node.values)
        elif isinstance(node, ast.BinOp):
            left, right = (next(self._said(side), _GAP) for side in (node.left, node.right))
            yield left + right
        elif isinstance(node, ast.IfExp):
            yield from self._said(node.body)
            yield from self._said(node.orelse)
        elif isinstance(node, ast.Starred):
            yield from self._said(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield from self.returned(node.func.id)
        elif isinstance(node, ast.Name):
            yield from self._named(node)

    def returned(self, name: str) -> Iterator[str]:
        """The first text of whatever a function of this file returns."""
        for node in ast.walk(self.functions[name]) if name in self.functions else ():
            if isinstance(node, ast.Return) and node.value is not None:
                first = node.value.elts[0] if isinstance(node.value, ast.Tuple) else node.value
                yield from self._choices(first)

    def _choices(self, node: ast.AST) -> Iterator[str]:
        """A text, or the values of a mapping that is asked with a default."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
            for inner in self._bound(node.func.value):
                if isinstance(inner, ast.Dict):
                    for value in inner.values:
                        yield from self._said(value)
            for argument in node.args[1:]:
                yield from self._said(argument)
        else:
            yield from self._said(node)

    def _bound(self, node: ast.AST) -> Iterator[ast.AST]:
        """What a name was set to inside its function."""
        if not isinstance(node, ast.Name):
            return
        for other in ast.walk(self.function_of(node)):
            if isinstance(other, ast.Assign | ast.NamedExpr):
                for target in other.targets if isinstance(other, ast.Assign) else [other.target]:
                    first = target.elts[0] if isinstance(target, ast.Tuple) else target
                    if isinstance(first, ast.Name) and first.id == node.id:
                        yield other.value
            elif isinstance(other, ast.comprehension) and _is(other.target, node.id):
                yield from self._appended(other.iter)

    def _appended(self, collected: ast.AST) -> Iterator[ast.AST]:
        for node in ast.walk(self.function_of(collected)):
            adds = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append"
            if adds and isinstance(collected, ast.Name) and _is(node.func.value, collected.id):
                yield node.args[0]

    def _named(self, node: ast.Name) -> Iterator[str]:
        for value in self._bound(node):
            yield from self._said(value)

    def spoken(self) -> Iterator[Spoken]:
        """Every code of this file with each of its sentences."""
        for node in ast.walk(self.tree):
            for code, said in _pairs(node):
                for sentence in self.sentences(said):
                    yield Spoken(code, _plain(sentence), self.module)

    def codes(self) -> Iterator[str]:
        """Every first argument of a Diagnostic that is a code."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and _is(node.func, "Diagnostic") and node.args:
                yield from filter(None, [_code_in(node.args[0])])

    def raised(self, name: str) -> Iterator[str]:
        """What exceptions of this name say in this file."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and _is(node.func, name) and node.args:
                yield from self.sentences(node.args[0])


def _is(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _code_in(node: ast.AST) -> str | None:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text and _CODE.fullmatch(node.value) else None


def _pairs(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """(code, what is said with it) where a code is followed by a sentence in a call or a tuple."""
    listed = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple) else []
    for first, second in pairwise(listed):
        if (code := _code_in(first)) is not None:
            yield code, second
    if isinstance(node, ast.Call):
        named = {word.arg: word.value for word in node.keywords}
        if "custom_error_type" in named and (code := _code_in(named["custom_error_type"])) is not None:
            yield code, named["custom_error_message"]


def _plain(sentence: str) -> str:
    """Fields to be filled in become …; a doubled gap is one."""
    shown = re.sub(r"\{[a-z_]+\}", _GAP, sentence).replace("{{", "{").replace("}}", "}")
    return re.sub(f"{_GAP}{{2,}}", _GAP, shown)


def all_spoken() -> list[Spoken]:
    """Every code with its sentences, by code; AssertionError for a code that says nothing in Chinese."""
    files = [_File(path) for path in sorted((SOURCE / "planwriter").rglob("*.py"))]
    found = {one: None for file in files for one in [*file.spoken(), *_elsewhere(file)]}
    silent = {code for file in files for code in file.codes()} - {one.code for one in found}
    assert not silent, f"codes without a Chinese sentence: {sorted(silent)}"
    return sorted(found, key=lambda one: one.code)


def _elsewhere(file: _File) -> Iterator[Spoken]:
    for code, path in _SAID_ELSEWHERE.items():
        if path == file.module.replace(".", "/") + ".py":
            returned = (said for name in file.functions for said in file.returned(name))
            for sentence in dict.fromkeys([*file.raised("Unsound"), *returned]):
                if _HAN.search(sentence):
                    yield Spoken(code, _plain(sentence), file.module)
    for code in {*file.codes()} & set(_SPOKEN):
        yield Spoken(code, _SPOKEN[code], file.module)
