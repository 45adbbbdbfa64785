"""The level standardised for age, so that an old municipality is not held against a young one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from jevn.challenges.ages import AgeBand, AgedPersons, age_band, apart
from jevn.challenges.choices import Standard
from jevn.challenges.observed import LEVEL, Observed, judge
from jevn.challenges.results import (
    Comparison,
    Figure,
    Indicator,
    StandardisedLevel,
)
from jevn.indices import (
    EUROPEAN_2013,
    Interval,
    critical,
    difference_of,
    directly_standardised_rate,
)
from jevn.terms import Message

_COVER: Final = 0.02
"""Figures by age must hold all of the level's persons but for this share."""

Ages = Mapping[AgeBand, Observed]


@dataclass(frozen=True, slots=True)
class Standardising:
    """What came of it: the level, the comparisons, or why it could not be done."""

    level: StandardisedLevel | None = None
    comparisons: tuple[Comparison, ...] = ()
    gap: Message | None = None


@dataclass(frozen=True)
class Standards:
    """Where ages are taken from: persons of the country, or the European standard of 2013."""

    country: str | None
    choice: Standard
    aged: AgedPersons

    def weights(
        self, bands: Sequence[AgeBand], figures: Sequence[Observed], level: Observed
    ) -> tuple[Standard, list[float]] | None:
        """Persons of the standard in each band, and which standard it is."""
        if self.choice == "country" and self.country is not None:
            own = by_age(figures, self.country, level.span)
            if all(b in own and own[b].persons and not own[b].respondents for b in bands):
                return "country", [own[b].persons or 0.0 for b in bands]
            sums = [self.aged.persons(self.country, level.end, b) for b in bands]
            if all(s.get(None) for s in sums):
                return "country", [s[None] for s in sums]
        european = _european(bands)
        return None if european is None else ("esp2013", european)


def standardised(
    level: Observed,
    figures: Sequence[Observed],
    indicator: Indicator,
    standards: Standards,
    crude: Sequence[Comparison],
) -> Standardising:
    r"""Level and comparisons with the ages of one standard population.

    Direct standardisation over the age bands of the level's period, for the municipality and
    each place that has the same bands: rates and shares by
    :func:`jevn.indices.directly_standardised_rate` (limits of Dobson; shares with binomial
    variances), means as the weighted mean of the bands. The difference has limits of two
    independent estimates. Nothing is standardised where a band is hidden or where the bands do
    not hold all of the level's persons.

    Args:
        level: the municipality's crude level.
        figures: all figures of the indicator, of one basis.
        indicator: the indicator.
        standards: where the standard's ages are taken from.
        crude: the crude comparisons.
    """
    bands_given = by_age(figures, level.place, level.span)
    if len(bands_given) < 2:
        return Standardising()
    bands = sorted(bands_given, key=lambda b: b.start)
    reason = _fault(bands_given, bands, level)
    if reason is not None:
        return Standardising(gap=Message(f"challenges.gap.{reason}"))
    chosen = standards.weights(bands, figures, level)
    if chosen is None:
        return Standardising(gap=Message("challenges.gap.ages_no_standard"))
    standard, weights = chosen
    here = _standardise(bands_given, bands, weights, indicator)
    if here is None:
        return Standardising(gap=Message("challenges.gap.ages_no_interval"))
    own = _figure(here, level)
    comparisons = []
    for one in crude:
        others = by_age(figures, one.place, level.span)
        there = None
        if all(b in others and others[b].value is not None for b in bands):
            there = _standardise(others, bands, weights, indicator)
        if there is None or one.there.period != level.period:
            continue
        limits = difference_of(here, there)
        comparisons.append(
            Comparison(
                place=one.place,
                place_name=one.place_name,
                here=own,
                there=_figure(there, others[bands[0]]),
                difference=replace(_figure(limits, level), value=here.estimate - there.estimate),
                sign=judge(here.estimate - there.estimate, limits, indicator.polarity),
                basis="standardised",
                crude=one.difference,
            )
        )
    found = StandardisedLevel(
        figure=own,
        crude=level.figure(),
        basis="standardised",
        standard=standard,
        ages=tuple(map(str, bands)),
    )
    return Standardising(found, tuple(comparisons))


def by_age(
    figures: Sequence[Observed], place: str, span: tuple[int, int]
) -> dict[AgeBand, Observed]:
    """Figures of a place and a period by age band; empty where a group is no band."""
    rows = [f for f in figures if f.place == place and f.dimension == "age" and f.span == span]
    found = {age_band(f.group or ""): f for f in rows}
    return {} if None in found else {b: f for b, f in found.items() if b is not None}


def _fault(given: Ages, bands: Sequence[AgeBand], level: Observed) -> str | None:
    """Why figures by age cannot stand for the level."""
    if not apart(bands):
        return "ages_overlap"
    if any(f.value is None or f.estimated for f in given.values()):
        return "ages_hidden"
    sizes = [f.size for f in given.values()]
    whole = level.size
    if whole and all(sizes):
        total = sum(s for s in sizes if s)
        if abs(total - whole) > _COVER * whole:
            return "ages_cover"
    return None


def _standardise(
    given: Ages, bands: Sequence[AgeBand], weights: Sequence[float], indicator: Indicator
) -> Interval | None:
    rows = [given[b] for b in bands]
    factor = indicator.scale.info.factor
    if factor and all(r.chance in ("share", "rate") and r.size for r in rows):
        shares = np.array([(r.value or 0.0) / factor for r in rows])
        persons = np.array([r.size or 0.0 for r in rows])
        events = shares * persons
        binomial = rows[0].chance == "share"
        found = directly_standardised_rate(
            events,
            persons,
            weights,
            variances=events * (1 - shares) if binomial else None,
            multiplier=factor,
        )
        estimate, low, high = (float(x) for x in (found.estimate, found.lower, found.upper))
        most = factor if binomial else math.inf
        if math.isnan(low):
            return None
        return Interval(estimate, max(low, 0.0), min(high, most), str(found.method))
    errors = [r.error for r in rows]
    if any(e is None for e in errors):
        return None
    part = np.array(weights) / sum(weights)
    mean = float(part @ np.array([r.value for r in rows], dtype=float))
    se = math.sqrt(sum((p * e) ** 2 for p, e in zip(part, errors, strict=True) if e))
    half = critical(LEVEL) * se
    return Interval(mean, mean - half, mean + half, "weighted_mean")


def _figure(found: Interval, like: Observed) -> Figure:
    return Figure(found.estimate, found.lower, found.upper, like.period, like.origin)


def _european(bands: Sequence[AgeBand]) -> list[float] | None:
    """Persons of the European standard in bands that follow each other."""
    last = bands[-1].end
    starts = [b.start for b in bands] + ([] if last is None else [last + 1])
    joined = all(a.end is not None and a.end + 1 == b.start for a, b in pairwise(bands))
    if not joined:
        return None
    try:
        return [float(w) for w in EUROPEAN_2013.weights(starts)[: len(bands)]]
    except ValueError:
        return None
