"""Numerals: the ordinals of the standard, and numbers as people type them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache

from planwriter.expression import expression

_DIGITS = "零一二三四五六七八九"
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，－＋−", "0123456789.,-+-")
_NUMBER = expression(r"[¥￥]?\s*([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)")
_HAN_NUMBER = expression(r"[〇○零一二三四五六七八九十百千万亿两]{1,30}")
_MOST_DIGITS = 30


@cache
def han_ordinal(n: int) -> str:
    """``n`` from 1 to 99 in Han numerals: 一, 十, 十一, 二十, 九十九. Raises ``ValueError`` outside."""
    if not 1 <= n <= 99:
        raise ValueError(f"han_ordinal: {n} is not between 1 and 99")
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


@lru_cache(maxsize=1024)
def ordinal_mark(level: int, n: int) -> str:
    """The ordinal before the ``n``-th part of a level (both from 1), GB/T 9704-2012 7.3.3.

    Level 1 ``一、``, level 2 ``（一）``, level 3 ``1.``, level 4 ``（1）``. Raises ``ValueError`` for
    another level, or for ``n`` that the level cannot write (Han ordinals end at 99).
    """
    if n < 1:
        raise ValueError(f"ordinal_mark: {n} is not a position")
    match level:
        case 1:
            return f"{han_ordinal(n)}、"
        case 2:
            return f"（{han_ordinal(n)}）"
        case 3:
            return f"{n}."
        case 4:
            return f"（{n}）"
    raise ValueError(f"ordinal_mark: there is no level {level}")


def read_number(text: str) -> Decimal | None:
    """A typed number: full-width digits, thousands commas and a leading ¥ are allowed.

    ``None`` for anything else: ``1_000``, ``(12)``, ``1e9``, ``nan``, ``.5``, commas in the wrong place,
    more than 30 digits.
    """
    found = _NUMBER.fullmatch(text.strip().translate(_HALF_WIDTH))
    if found is None or not found[1].isascii():
        return None
    digits = found[1].replace(",", "")
    return None if sum(map(str.isdigit, digits)) > _MOST_DIGITS else Decimal(digits)


def read_han_number(text: str) -> int | None:
    """A whole number in Han numerals: 十二, 三十一, 二〇二七, 一百二十; ``None`` for anything else."""
    text = text.strip()
    small = _small_numbers().get(text)
    return _read_large(text) if small is None and _HAN_NUMBER.fullmatch(text) else small


@cache
def _small_numbers() -> dict[str, int]:
    return {han_ordinal(n): n for n in range(1, 100)}


@lru_cache(maxsize=1024)
def _read_large(text: str) -> int | None:
    from cn2an import cn2an  # 0.2 s to import: only for numerals that the table does not know

    try:
        number = cn2an(text.replace("○", "〇"), "normal")
    except (ValueError, LookupError):  # it stumbles over 〇十〇
        return None
    return int(number)
