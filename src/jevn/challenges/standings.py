"""Standings of the zones: shrunken value, rank, and people too many where it is worse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jevn.challenges.results import Figure, Indicator, PlaceSpread
from jevn.challenges.shrinking import Shrunken
from jevn.challenges.zone_results import ZoneExcess, ZoneReference, ZoneStanding
from jevn.terms import Polarity, Scale

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ZonePersons:
    """Persons the indicator concerns in each zone; ``estimated`` if reckoned, not counted."""

    persons: Mapping[str, float]
    estimated: bool = False


def with_standings(
    spread: PlaceSpread,
    found: Shrunken,
    indicator: Indicator,
    people: ZonePersons,
    references: Sequence[tuple[ZoneReference, float | None]],
) -> PlaceSpread:
    """The spread with the standing of each zone and people too many.

    Args:
        spread: the spread between the zones.
        found: shrunken values.
        indicator: the indicator.
        people: persons of each zone; zones without are not counted.
        references: what zones are held against when people too many are counted: the name, and
            the value where it is one fixed value.
    """
    ranks, fifth = found.ranks, found.ranks.among_worst()[found.at]
    counts = _per_person(indicator)
    standings = []
    for n, zone in enumerate(found.zones):
        persons = people.persons.get(zone)
        excess = None
        if counts is not None and persons:
            lost = counts * persons * (found.draws[:, n] - spread.overall)
            excess = _figure(lost, spread)
        standings.append(
            ZoneStanding(
                place=zone,
                value=float(found.value[n]),
                lower=float(found.lower[n]),
                upper=float(found.upper[n]),
                own_weight=float(found.own_weight[n]),
                rank=int(ranks.rank[found.at][n]),
                rank_lower=int(ranks.lower[found.at][n]),
                rank_upper=int(ranks.upper[found.at][n]),
                worse=float(found.worse[n]),
                worst_fifth=float(fifth[n]),
                persons=persons,
                excess=excess,
            )
        )
    sums: tuple[ZoneExcess, ...] = ()
    if counts is not None and all(people.persons.get(z) for z in found.zones):
        sizes = np.array([people.persons[z] for z in found.zones])
        sums = tuple(
            ZoneExcess(
                name,
                _figure(_too_many(counts, sizes, found, name, value), spread),
                people.estimated,
            )
            for name, value in references
            if value is not None or name in ("best", "median")
        )
    order = sorted(standings, key=lambda s: (s.rank, -s.worst_fifth, s.place))
    return replace(spread, standings=tuple(order), method=found.method, excess=sums)


def _per_person(indicator: Indicator) -> float | None:
    """Cases per person and unit of the value; below zero where high values are good."""
    factor = indicator.scale.info.factor
    if factor is None:
        return None
    if indicator.polarity is Polarity.ADVERSE:
        return 1 / factor
    # Those who lack something can be counted for shares only.
    return -1 / factor if indicator.scale in (Scale.PERCENT, Scale.PROPORTION) else None


def _too_many(
    counts: float, persons: Floats, found: Shrunken, name: ZoneReference, value: float | None
) -> Floats:
    """Sum over the zones worse off than the reference, in each draw."""
    draws = found.draws
    if name == "median":
        against = np.median(draws, axis=1, keepdims=True)
    elif name == "best":
        best = int(np.argmin(counts * found.value))
        against = draws[:, best : best + 1]
    else:
        against = np.full((len(draws), 1), value)
    lost: Floats = (np.maximum(counts * (draws - against), 0.0) * persons).sum(axis=1)
    return lost


def _figure(draws: Floats, spread: PlaceSpread) -> Figure:
    lower, upper = np.quantile(draws, [0.025, 0.975])
    return Figure(float(draws.mean()), float(lower), float(upper), spread.period, spread.origin)
