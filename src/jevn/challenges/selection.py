"""Choosing which figures stand together: one edition, one basis, one length of period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import polars as pl

from jevn.challenges.observed import Observed, observe
from jevn.challenges.results import Indicator

Span = tuple[int, int]

_FIGURE = ("place", "period_start", "period_end", "dimension", "group", "basis")


def by_indicator(
    observations: pl.DataFrame, places: Iterable[str]
) -> dict[str, list[dict[str, Any]]]:
    """Rows of the places per indicator, each figure in its newest edition.

    Editions are told apart by ``vintage`` as text (so write it as a date); without it the
    last row counts.
    """
    rows = observations.filter(pl.col("place").is_in(list(places)))
    rows = rows.sort("vintage", nulls_last=False, maintain_order=True).unique(
        ["indicator", *_FIGURE], keep="last", maintain_order=True
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows.iter_rows(named=True):
        found.setdefault(row["indicator"], []).append(row)
    return found


def of_one_basis(
    rows: Sequence[dict[str, Any]], indicator: Indicator, municipality: str
) -> tuple[tuple[Observed, ...], int]:
    """The figures of one basis, and how many rows of another are left out.

    Crude and standardised figures are never mixed: the basis with most figures for the
    municipality is used; where equal, the standardised one, since places are compared.
    """
    own = Counter(r["basis"] for r in rows if r["place"] == municipality)
    every = Counter(r["basis"] for r in rows)
    if not every:
        return (), 0
    basis = max(every, key=lambda b: (own[b], b == "standardised", every[b], b or ""))
    used = tuple(observe(r, indicator.scale) for r in rows if r["basis"] == basis)
    return used, len(rows) - len(used)


def newest(
    figures: Iterable[Observed], enough: Callable[[int], bool] = lambda visible: visible > 0
) -> Span | None:
    """The newest period with enough visible figures.

    Where periods of different length end in the same year, the length that most figures have
    is used, so that the series is whole; then the shorter one.
    """
    spans = [f.span for f in figures if f.value is not None]
    count = Counter(spans)
    lengths = Counter(end - start for start, end in set(spans))
    fit = [s for s, visible in count.items() if enough(visible)]
    return max(fit, key=lambda s: (s[1], lengths[s[1] - s[0]], count[s], s[0] - s[1]), default=None)


def totals(figures: Iterable[Observed], place: str) -> list[Observed]:
    """Figures of all persons of a place, oldest first."""
    return sorted(
        (f for f in figures if f.place == place and f.dimension is None), key=lambda f: f.span
    )


def at(figures: Iterable[Observed], span: Span | None) -> Observed | None:
    """The figure of a period, if it is visible."""
    return next((f for f in figures if f.span == span and f.value is not None), None)


def of_basis(
    rows: Sequence[dict[str, Any]], indicator: Indicator, bases: Sequence[str]
) -> tuple[Observed, ...]:
    """The figures of the first of some bases that there are any of."""
    for basis in bases:
        found = tuple(observe(r, indicator.scale) for r in rows if r["basis"] == basis)
        if any(f.value is not None for f in found):
            return found
    return ()
