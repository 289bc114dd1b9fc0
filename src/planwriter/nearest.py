"""The known word that a misspelt one most probably was meant to be."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.5) -> str | None:
    """The nearest of ``known``, or ``None`` where none is near.

    Chinese words are short: of two that share as many characters the one that has them in the same
    places is nearer (标体 is 标题, not 目标).
    """
    letters = set(word)
    near = (other for other in known if not letters.isdisjoint(other) and _at_most(word, other) >= cutoff)
    scored = [(_nearness(word, other), other) for other in near]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return best[1] if best[0] >= cutoff else None


def _at_most(word: str, other: str) -> float:
    """What the nearness cannot exceed, for a small part of its price: forms may have a thousand unknown keys."""
    shared = min(sum(character in word for character in other), len(word))
    return 2 * shared / max(len(word) + len(other), 1) + 0.1


def _nearness(word: str, other: str) -> float:
    from difflib import SequenceMatcher  # most forms hold no word that has to be guessed

    alike = SequenceMatcher(None, word, other).ratio()
    placed = sum(a == b for a, b in zip(word, other, strict=False)) / max(len(word), len(other), 1)
    return alike + 0.1 * placed
