"""Amounts as spreadsheets hold them: units in headings, lines with sums, numbers in any form."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from jevn.effort.grid import Cell
from jevn.tables.numerals import evidence, parse, tidy

SUM_LINE = re.compile(
    r"^\W*(sum|total|totalt|totalsum|delsum|resultat|netto|i alt)\b", re.IGNORECASE
)
"""A line that sums the lines above it."""

UNITS: tuple[tuple[str, int], ...] = (
    (r"1[ .\u00a0]?000\s*(kr|nok|kroner)|(hele )?tusen( kroner)?\b|\bt\.?kr\b|i 1[ .]?000\b", 1000),
    (r"\bmill(\.|ion|ioner)?\b", 1_000_000),
    (r"\bhele kroner\b|\bi kroner\b", 1),
)
"""Words for the unit of amounts, and what an amount is multiplied by."""


def read_numbers(values: Sequence[Cell], *, comma: bool) -> list[float | None]:
    """Amounts as numbers, read by what all of them together show of the decimal sign.

    Args:
        values: cells; numbers typed as such stay.
        comma: decimals are by comma where nothing shows otherwise.

    Returns:
        A number per cell; ``None`` where it is empty or no unambiguous number.
    """
    texts = [plain(v) if isinstance(v, str) else None for v in values]
    cells = tidy(pl.Series(texts, dtype=pl.String))
    parsed = parse(cells, evidence(cells.drop_nulls()), "comma" if comma else "point")
    return [
        v if isinstance(v, float) else (float(n) if n is not None else None)
        for v, n in zip(values, parsed.to_list(), strict=True)
    ]


def plain(text: str) -> str:
    """An amount without ``kr``; brackets or a minus behind become a minus in front.

    >>> plain("(1 200) kr"), plain("12,00-")
    ('-1 200', '-12,00')
    """
    bare = re.sub(r"(?i)\b(kr|nok)\b\.?|,-$", "", text).strip().replace("−", "-")
    bracketed = re.fullmatch(r"\((.+)\)", bare)
    if bracketed:
        return f"-{bracketed[1].strip()}"
    if bare.endswith("-") and len(bare) > 1:
        return f"-{bare[:-1].strip()}"
    return re.sub(r"^-\s+", "-", bare)
