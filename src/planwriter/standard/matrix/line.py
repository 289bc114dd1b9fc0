"""A line of the clause matrix: what a clause asks for, who writes it, and which test proves it on the page."""

from __future__ import annotations

from dataclasses import dataclass

from planwriter.standard.roles import Role, role
from planwriter.standard.rules import Rule, Strength
from planwriter.standard.units import Chars, Mm, Pt


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement. ``clause`` is of GB/T 9704-2012 unless it names another source; numbers stand in ``rules``.

    ``written_by`` are modules and functions below ``planwriter``, ``verified_by`` nodes below ``tests/``.
    ``unchecked`` says why no program can check it, or what of it.
    """

    clause: str
    element: str
    says: str
    strength: Strength
    rules: tuple[Rule[object], ...] = ()
    roles: tuple[str, ...] = ()
    written_by: tuple[str, ...] = ()
    verified_by: tuple[str, ...] = ()
    unchecked: str = ""

    @property
    def styles(self) -> tuple[Role, ...]:
        """The roles whose named styles carry it."""
        return tuple(role(id_) for id_ in self.roles)

    @property
    def figures(self) -> tuple[str, ...]:
        """Its numbers in words, each with unit and tolerance, and with its own strength where that is another."""
        return tuple(f"{rule.what} {measure(rule)}{self._own_strength(rule)}" for rule in self.rules)

    def _own_strength(self, rule: Rule[object]) -> str:
        return "" if rule.strength is self.strength else f"（{rule.strength.value}）"


def measure(rule: Rule[object]) -> str:
    """The value of a rule with its unit, such as ``37 mm ± 1``."""
    value = rule.value
    units = {Mm: "mm", Pt: "磅", Chars: "字"}
    unit = next((word for kind, word in units.items() if isinstance(value, kind)), "")
    number = f"{value:g}" if isinstance(value, int | float) else f"“{value}”"
    allowed = f" ± {rule.tolerance:g}" if rule.tolerance is not None else ""
    return f"{number} {unit}".strip() + allowed


def nodes(module: str, *names: str) -> tuple[str, ...]:
    """The tests of a module below ``tests/`` by their names."""
    return tuple(f"{module}.py::test_{name}" for name in names)
