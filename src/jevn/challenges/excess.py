"""People too many: how many fewer there would be if all groups had the figure of one."""

from __future__ import annotations

import math
from dataclasses import dataclass

from jevn.challenges.observed import LEVEL, Observed
from jevn.challenges.results import Against, Figure
from jevn.indices import GroupedData, critical, excess_cases, stacked
from jevn.terms import Message, Polarity, Scale


@dataclass(frozen=True, slots=True)
class Reference:
    """What groups are held against; ``country`` is its level in the same period, if known."""

    against: Against = "best"
    country: Observed | None = None


def group_excess(
    data: GroupedData, one: Observed, reference: Reference, note: Message | None = None
) -> Figure | None:
    r"""Persons that would be spared, or helped, if all groups had the figure of the reference.

    Against the best or the median group: :func:`jevn.indices.excess_cases`. Against the country:
    $N (\mu - c) / u$ with the country's level $c$, and limits from the errors of the groups and
    of the country.

    Args:
        data: the groups with persons.
        one: any of the figures, for period and origin.
        reference: what groups are held against.
        note: what to beware of.

    Returns:
        ``None`` where it is not defined: no persons, no unit, or no country's level.
    """
    if reference.against == "country":
        return _against_country(data, one, reference.country, note)
    found = excess_cases(stacked([data]), against=reference.against)
    cases, lower, upper = (float(part[0]) for part in (found.cases, found.lower, found.upper))
    if math.isnan(cases):
        return None
    if math.isnan(lower):
        return Figure(cases, period=one.period, origin=one.origin, note=note)
    return Figure(cases, lower, upper, one.period, one.origin, note)


def _against_country(
    data: GroupedData, one: Observed, country: Observed | None, note: Message | None
) -> Figure | None:
    factor = None if data.scale is None else data.scale.info.factor
    if country is None or country.value is None or factor is None or data.populations is None:
        return None
    good = data.polarity is Polarity.FAVOURABLE
    if good and data.scale not in (Scale.PERCENT, Scale.PROPORTION):
        return None
    errors = data.standard_errors or (None,) * len(data.estimates)
    groups = [
        (value, persons or 0.0, error)
        for value, persons, error in zip(data.estimates, data.populations, errors, strict=True)
        if value is not None
    ]
    persons = sum(p for _, p, _ in groups)
    mean = sum(v * p for v, p, _ in groups) / persons
    turn = (-1 if good else 1) * persons / factor
    cases = turn * (mean - country.value)
    if any(e is None for _, _, e in groups):
        return Figure(cases, period=one.period, origin=one.origin, note=note)
    own = math.fsum((p / persons * e) ** 2 for _, p, e in groups if e)
    half = critical(LEVEL) * math.sqrt(own + (country.error or 0.0) ** 2) * abs(turn)
    return Figure(cases, cases - half, cases + half, one.period, one.origin, note)
