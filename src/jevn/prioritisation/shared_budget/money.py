"""Amounts of money read from text, in whole øre."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_NUMBER: Final = re.compile(r"[+-]?\d+([.,]\d+)?")
_LONGEST: Final = 16


def ore_of(text: str) -> int | None:
    """Whole øre of an amount in kroner; ``None`` if it is no number, or has parts of an øre.

    Amounts of more than 15 digits are none either.

    >>> ore_of("1200.5"), ore_of("0,001"), ore_of("mye")
    (120050, None, None)
    """
    found = text.strip().replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    if not _NUMBER.fullmatch(found) or len(found) > _LONGEST:
        return None
    ore = Decimal(found.replace(",", ".")) * 100
    return int(ore) if ore == ore.to_integral_value() else None


def kroner_text(ore: int) -> str:
    """Kroner as written in a file: whole kroner without decimals, else two.

    >>> kroner_text(120000), kroner_text(120050)
    ('1200', '1200.50')
    """
    whole, part = divmod(ore, 100)
    return f"{whole}.{part:02d}" if part else str(whole)
