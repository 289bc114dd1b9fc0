"""Every rule in one list, for the page that documents the standard."""

from __future__ import annotations

from planwriter.standard import formats, numbers
from planwriter.standard.roles import ROLES, Align, Role
from planwriter.standard.rules import Rule
from planwriter.standard.sizes import TYPE_SIZES

_ALIGNMENTS = {Align.LEFT: "居左", Align.RIGHT: "居右", Align.CENTRE: "居中", Align.BOTH: "两端对齐"}
_SIZE_NAMES = {points: name for name, points in TYPE_SIZES.items()}


def all_rules() -> tuple[Rule[object], ...]:
    """The numbers and the looks of all roles, in the order of their clauses."""
    found: list[Rule[object]] = [
        rule for told in (numbers, formats) for rule in vars(told).values() if isinstance(rule, Rule)
    ]
    looks: list[Rule[object]] = [Rule(r.clause, f"样式“{r.name}”", describe(r), r.strength) for r in ROLES]
    return tuple(sorted([*found, *looks], key=lambda rule: _order(rule.clause)))


def describe(role: Role) -> str:
    """The look of a role in a Chinese phrase, such as ``三号仿宋，两端对齐，首行空 2 字``."""
    words = [f"{_SIZE_NAMES[role.size]}{role.face.value}", _ALIGNMENTS[role.align]]
    indents = {"首行空": role.first_line, "左空": role.left, "右空": role.right, "悬挂": role.hanging}
    words += [f"{word} {chars:g} 字" for word, chars in indents.items() if chars]
    words += [f"固定行距 {role.line:g} 磅"] if role.line else []
    words += [f"大纲 {role.outline + 1} 级"] if role.outline is not None else []
    words += ["另面编排"] if role.new_page else []
    return "，".join(words)


def _order(clause: str) -> tuple[int, ...]:
    numbers_of_clause = clause.split(".")
    if not all(piece.isdigit() for piece in numbers_of_clause):
        return (99,)
    return tuple(int(piece) for piece in numbers_of_clause)
