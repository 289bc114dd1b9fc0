"""The clause matrix: every clause has a line, every line a test that exists or a reason, every number a line."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

import pytest

from planwriter.standard import ROLES, Mm, Pt, Rule, Strength, formats, numbers
from planwriter.standard.matrix import PRACTICE, STANDARD, Line, measure
from tests.architecture import modules

TESTS = Path(__file__).parent
LINES = (*STANDARD, *PRACTICE)
CLAUSES = (
    "1", "2", "3.1", "3.2", "4", "5.1", "5.2.1", "5.2.2", "5.2.3", "5.2.4", "6.1", "6.2", "6.3", "7.1",
    "7.2.1", "7.2.2", "7.2.3", "7.2.4", "7.2.5", "7.2.6", "7.2.7", "7.3.1", "7.3.2", "7.3.3", "7.3.4",
    "7.3.5.1", "7.3.5.2", "7.3.5.3", "7.3.5.4", "7.3.5.5", "7.3.6", "7.3.7", "7.4.1", "7.4.2", "7.4.3", "7.5",
    "8", "9", "10.1", "10.2", "10.3", "11",
)  # fmt: skip
"""Every clause of GB/T 9704-2012 that asks for something."""
ON_PAPER_ALONE = {"1", "2", "4", "6.1", "6.3"}
"""Clauses that say nothing about what stands in a file."""

each_line = pytest.mark.parametrize("line", LINES, ids=lambda one: f"{one.clause}-{one.element}")


@functools.cache
def collected_in(module: str) -> frozenset[str]:
    """The functions of a test module that are collected, as they stand in its source."""
    tree = ast.parse((TESTS / module).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[:5] == "test_")


@functools.cache
def names_in(module: str) -> frozenset[str]:
    """Classes, functions, methods and constants of a module of ours, dotted."""
    found: set[str] = set()
    for node in modules()[module].tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{inner.name}" for inner in node.body if isinstance(inner, ast.FunctionDef)}
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return frozenset(found)


def exists(writer: str) -> bool:
    """Whether a dotted name below the package is a module, or something in one."""
    whole = f"planwriter.{writer}"
    module = max((name for name in modules() if whole == name or whole.startswith(f"{name}.")), key=len)
    return module != "planwriter" and (whole == module or whole.removeprefix(f"{module}.") in names_in(module))


def test_every_clause_has_a_line_and_no_line_another_clause() -> None:
    assert {line.clause for line in STANDARD} - set(CLAUSES) == {"GB/T 33476.2"}
    assert [clause for clause in CLAUSES if clause not in {line.clause for line in STANDARD}] == []
    order = [CLAUSES.index(line.clause) for line in STANDARD if line.clause in CLAUSES]
    assert order == sorted(order)


def test_a_clause_says_one_thing_once() -> None:
    assert (
        len({(line.clause, line.element) for line in LINES}) == len({line.says for line in LINES}) == len(LINES) >= 75
    )


@each_line
def test_a_line_is_proven_by_a_test_that_exists_or_says_why_not(line: Line) -> None:
    assert line.verified_by or line.unchecked
    assert bool(line.verified_by) == (line.clause not in ON_PAPER_ALONE)
    for node in line.verified_by:
        module, _, name = node.partition("::")
        assert (TESTS / module).is_file(), node
        assert name in collected_in(module), node


@each_line
def test_what_is_proven_is_written_by_something_that_exists(line: Line) -> None:
    assert bool(line.written_by) == bool(line.verified_by)
    assert [writer for writer in line.written_by if not exists(writer)] == []
    assert {role.id for role in line.styles} == set(line.roles)


@each_line
def test_numbers_of_a_line_are_those_of_its_clause(line: Line) -> None:
    """A number stands once, in its rule; the rule belongs where it is told."""
    elsewhere = {
        "INK_FOOT", "INK_INSET", "EM_ASCENT", "LEADING", "RED", "CONDENSING", "BASELINE_SHARE",
        "JOINT_MARK_HEIGHT", "FIRST_PAGE_TEXT_ROWS",
    }  # fmt: skip
    free = {id(getattr(place, name)) for place in (numbers, formats) for name in elsewhere if hasattr(place, name)}
    sources = {line.clause, "GB/T 33476.2"}
    assert [rule.what for rule in line.rules if rule.clause not in sources and id(rule) not in free] == []


def test_every_rule_and_every_style_stands_in_a_line() -> None:
    told = {id(rule) for line in LINES for rule in line.rules}
    rules = [
        (name, rule) for place in (numbers, formats) for name, rule in vars(place).items() if isinstance(rule, Rule)
    ]
    assert [name for name, rule in rules if id(rule) not in told] == []
    assert {role.id for role in ROLES} == {role for line in LINES for role in line.roles}


def test_what_must_be_has_a_test_that_measures_pages_unless_it_is_only_words() -> None:
    in_words = {"发文字号的写法", "成文日期的数字", "结构层次序数", "幅面尺寸", "字"}
    for line in STANDARD:
        if line.strength is Strength.MUST and line.verified_by and line.element not in in_words:
            assert any("rendered" in node for node in line.verified_by), line.element


def test_a_number_is_told_with_its_unit_and_tolerance() -> None:
    assert measure(Rule("5.2.1", "天头", Mm(37), Strength.MUST, tolerance=1)) == "37 mm ± 1"
    assert measure(Rule("7.2.7", "粗细", Pt(1.5), Strength.PRACTICE)) == "1.5 磅"
    assert measure(Rule("7.2.1", "位数", 6, Strength.NORMALLY)) == "6"
    assert measure(Rule("7.4.2", "引语", "抄送：", Strength.MUST)) == "“抄送：”"


def test_the_page_tells_every_line() -> None:
    page = (TESTS.parent / "docs/standard.md").read_text(encoding="utf-8")
    for line in LINES:
        assert f"| {line.clause} | {line.element} | {line.says} |" in page
        assert all(f"`{node}`" in page for node in line.verified_by)
    assert page.count("**不能检查**") == len(ON_PAPER_ALONE)
