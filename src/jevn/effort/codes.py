"""Function and type codes of economy systems turned into three-digit KOSTRA codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jevn.effort.chart_of_accounts import kostra_functions, type_weights

_DIGITS = re.compile(r"^\s*[A-Za-z]?\s*(\d+)(?:\.0)?(?=\D|$)")


def leading_digits(cell: str | float) -> str | None:
    """The digits a code begins with: ``202`` of ``202 Grunnskole``; ``None`` without digits."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and cell >= 0 else None
    found = _DIGITS.match(cell)
    return found[1] if found else None


def kostra_function(cell: str | float) -> str | None:
    """The KOSTRA function of a code; ``None`` if it is none.

    Economy systems add digits of their own after the three: ``2020``, ``20210``.

    >>> kostra_function("2020 Grunnskole"), kostra_function(232.0), kostra_function("999")
    ('202', '232', None)
    """
    digits = leading_digits(cell)
    if digits is None or not 3 <= len(digits) <= 6:
        return None
    return digits[:3] if digits[:3] in kostra_functions() else None


@dataclass(frozen=True, slots=True)
class TypeForm:
    """How the type codes of a file are built.

    Attributes:
        width: digits of a whole code; shorter ones have lost leading zeros.
        with_class: the first digit is the account class (1 running, 0 investment), as in
            ``10100``: class 1, type 010, own digit 0.
    """

    width: int
    with_class: bool


def type_form(codes: Sequence[str]) -> TypeForm | None:
    """The form that all type codes of a file share; ``None`` if they cannot share one.

    Three digits or fewer are types. Of longer codes, all with 0 or 1 in front have an
    account class in front (a whole set of accounts has types from 200 up); else the type
    stands first. Codes of five digits or fewer that differ in length have lost leading
    zeros; longer ones that differ are not understood.
    """
    lengths = {len(c) for c in codes}
    if not lengths:
        return TypeForm(3, with_class=False)
    width = max(lengths)
    if width <= 3:
        return TypeForm(3, with_class=False)
    if len(lengths) > 1 and width > 5:
        return None
    return TypeForm(width, with_class=all(c.zfill(width)[0] in "01" for c in codes))


def kostra_type(code: str, form: TypeForm) -> tuple[str | None, bool]:
    """The type of a code, and whether it belongs to the investment accounts.

    >>> kostra_type("10100", TypeForm(5, with_class=True))
    ('010', False)
    >>> kostra_type("2300", TypeForm(5, with_class=True))
    ('230', True)
    >>> kostra_type("10", TypeForm(3, with_class=False))
    ('010', False)
    """
    whole = code.zfill(form.width)
    investment = form.with_class and whole[0] == "0"
    type = whole[1:4] if form.with_class else whole[:3]
    return (type if type_weights(type) else None), investment
