"""Money in whole øre, so that every sum holds exactly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def to_ore(kroner: float | None) -> int:
    """Kroner as whole øre, half to even; 0 for none.

    >>> to_ore(12.345), to_ore(None)
    (1234, 0)
    """
    return round(Decimal(str(kroner)) * 100) if kroner is not None else 0


def to_kroner(ore: int) -> float:
    """Whole øre as kroner."""
    return ore / 100


def exact(share: float) -> Fraction:
    """A share as the decimal number it was written as: 0.1 is one tenth.

    >>> exact(0.1) * 3 == exact(0.3)
    True
    """
    return Fraction(str(share))


def split(total: int, shares: Sequence[Fraction]) -> list[int]:
    """A sum divided by shares so that the parts together are the rounded whole.

    Each part is the difference of two rounded running sums, so no part is more than one
    øre from its exact value, and when the shares sum to 1 nothing is left over.

    >>> split(100, [Fraction(1, 3)] * 3)
    [33, 34, 33]
    """
    parts: list[int] = []
    running, given = Fraction(0), 0
    for share in shares:
        running += share
        upto = round(total * running)
        parts.append(upto - given)
        given = upto
    return parts
