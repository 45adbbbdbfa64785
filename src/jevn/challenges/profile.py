"""Step 2 as a whole: the challenge profile of a municipality."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jevn.challenges.headlines import headline
from jevn.challenges.matrix import BURNING, sign_cells
from jevn.challenges.results import (
    AreaStatus,
    ChallengeProfile,
    Indicator,
    IndicatorStatus,
    Sign,
)
from jevn.challenges.selection import by_indicator
from jevn.challenges.status import Setting, indicator_status
from jevn.terms import AREAS, EffortArea, Message


def challenge_profile(
    *,
    indicators: Sequence[Indicator],
    observations: pl.DataFrame,
    places: pl.DataFrame,
    population: pl.DataFrame,
    municipality: str,
    comparison: Sequence[str],
    area_judgements: Sequence[tuple[str, str]] = (),
    hidden_cells: int = 0,
) -> ChallengeProfile:
    """Where it burns here, area by area.

    Args:
        indicators: the indicators in use.
        observations: figures, already protected (:func:`jevn.tables.protect`).
        places: the municipality, its zones and the places to compare with.
        population: persons by place, year and social group.
        municipality: id of the municipality.
        comparison: ids of the places to compare with; the first gives the level's sign.
        area_judgements: professional judgement as (area id, text).
        hidden_cells: number of cells that protection has hidden.

    Returns:
        All eleven areas, also those without figures. They stand in the order of the number of
        kinds of sign (level, trend, gradient, spread) that point to worse, then by the share of
        all known signs of their indicators that do, then as in the mandate. Nothing is added
        up to a score.
    """
    setting = _setting(places, population, municipality, tuple(comparison))
    rows = by_indicator(observations, setting.places)
    statuses = tuple(indicator_status(i, rows.get(i.id, []), setting) for i in indicators)
    judgements = dict(area_judgements)
    areas = [_area(a, statuses, judgements.get(a.value)) for a in AREAS]
    burning = sum(any(a.sign(k).sign is Sign.WORSE for k in BURNING) for a in areas)
    return ChallengeProfile(
        municipality=municipality,
        areas=tuple(sorted(areas, key=_order)),
        indicators=statuses,
        order_reason=Message("challenges.order", {"n": burning, "areas": len(areas)}),
        hidden_cells=hidden_cells,
    )


def _setting(
    places: pl.DataFrame, population: pl.DataFrame, municipality: str, comparison: tuple[str, ...]
) -> Setting:
    rows = list(places.iter_rows(named=True))
    zones = {
        r["place"]: (r["name"], r.get("population"))
        for r in rows
        if r["kind"] == "zone" and r.get("parent") in (None, municipality)
    }
    return Setting(
        municipality=municipality,
        comparison=tuple(p for p in dict.fromkeys(comparison) if p != municipality),
        zones=zones,
        names={r["place"]: r["name"] for r in rows},
        population=population,
    )


def _area(
    area: EffortArea, statuses: Sequence[IndicatorStatus], judgement: str | None
) -> AreaStatus:
    own = [s for s in statuses if s.indicator.area is area]
    return AreaStatus(
        area=area,
        headline=headline(area, own),
        signs=sign_cells(own),
        indicators=tuple(s.indicator.id for s in own),
        judgement=judgement,
    )


def _order(area: AreaStatus) -> tuple[int, float]:
    """More kinds of sign first, then the greater share of signs; ties keep the mandate's order."""
    cells = [area.sign(k) for k in BURNING]
    kinds = sum(c.sign is Sign.WORSE for c in cells)
    worse = sum(c.worse for c in cells)
    known = worse + sum(c.same + c.better for c in cells)
    return -kinds, -worse / known if known else 0.0
