"""The gradient of an indicator: how its value changes along a social dimension."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from jevn.challenges.excess import Reference, group_excess
from jevn.challenges.observed import Observed, judge
from jevn.challenges.results import Figure, Gradient, GroupValue, Indicator, Sign
from jevn.challenges.selection import newest
from jevn.indices import (
    INDICES,
    GroupedData,
    IndexResult,
    Interval,
    difference_of,
    rank_line,
    rii_linear,
    sii_linear,
)
from jevn.terms import Message, SocialDimension, group_order
from jevn.terms.dimensions import known_groups

_DIMENSIONS: Final = (
    SocialDimension.EDUCATION,
    SocialDimension.INCOME,
    SocialDimension.BACKGROUND,
    SocialDimension.SEX,
)
_INDICES: Final = ("d", "sii_linear", "rii_linear", "rci", "paf")
"""What is said of each gradient: absolute and relative, of the outermost groups and of all."""
Persons = Callable[[str, str, int], tuple[dict[str, float], bool]]
"""Persons by group of a place, a dimension and a year; whether they are of the right ages."""


def gradients(
    figures: Sequence[Observed],
    indicator: Indicator,
    municipality: str,
    comparison: Sequence[str],
    persons: Persons,
    reference: Reference | None = None,
) -> Iterator[Gradient]:
    """The newest gradient along each dimension: education, income, background, sex.

    Ordered dimensions have the slope and relative index (linear) with limits from the groups'
    own standard errors. Background and sex have two groups without order: their gap only.
    Where the municipality has no figures by a dimension, those of the first comparison place
    that has are given with that place's id, and marked as estimated; people too many are then
    reckoned with the municipality's own persons in each group.
    """
    for dimension in _DIMENSIONS:
        for place in dict.fromkeys((municipality, *comparison)):
            rows = [f for f in figures if f.place == place and f.dimension == dimension.value]
            span = newest(rows, lambda visible: visible >= 2)
            if span is not None:
                chosen = {f.group: f for f in rows if f.span == span and f.group}
                home = municipality if place != municipality else None
                held = reference or Reference()
                yield _gradient(chosen, dimension, indicator, persons, held, home)
                break


def _gradient(
    figures: dict[str, Observed],
    dimension: SocialDimension,
    indicator: Indicator,
    persons: Persons,
    reference: Reference,
    home: str | None,
) -> Gradient:
    """The gradient of some groups; ``home`` is the municipality if they are of another place."""
    borrowed = home is not None
    one = next(f for f in figures.values() if f.value is not None)
    known = known_groups(dimension) or ()
    sizes, counted, note = _sizes(figures, known, persons(one.place, dimension.value, one.end))
    groups = [g for g in known if g in figures or g in sizes]
    data = GroupedData(
        estimates=tuple(figures[g].value if g in figures else None for g in groups),
        populations=tuple(sizes[g] for g in groups) if sizes else None,
        standard_errors=tuple(figures[g].error if g in figures else None for g in groups),
        orders=tuple(float(known.index(g)) for g in groups),
        scale=indicator.scale,
        polarity=indicator.polarity,
    )
    line = rank_line(data) if group_order(dimension) else None
    sii = rii = None
    indices: tuple[IndexResult, ...] = ()
    if line is not None:
        found = (INDICES[name](data) for name in _INDICES)
        indices = tuple(replace(r, estimate=None) if _meaningless(r) else r for r in found)
        sii = _figure(sii_linear(data), one)
        rii = _figure(rii_linear(data), one)
    ends = [figures[g] for g in groups if g in figures and figures[g].value is not None]
    gap, limits = _gap(ends[0], ends[-1])
    excess = None
    if line is not None and home is not None:
        own, right = persons(home, dimension.value, one.end)
        if right and all(g in own for g in groups):
            here = replace(data, populations=tuple(own[g] for g in groups))
            excess = group_excess(here, one, reference, Message("challenges.note.estimated"))
    elif line is not None and counted:
        excess = group_excess(data, one, reference)
    if borrowed:
        note = Message("challenges.note.borrowed")
    elif one.estimated:
        note = Message("challenges.note.estimated")
    return Gradient(
        dimension=dimension,
        place=one.place,
        period=one.period,
        groups=tuple(_group(g, figures.get(g), sizes.get(g)) for g in groups),
        ranks=line.ranks if line is not None else _even_ranks(len(groups)),
        sii=sii,
        rii=rii,
        gap=gap,
        intercept=None if line is None else line.intercept,
        sign=_sign(dimension, indicator, sii, gap, limits),
        estimated=borrowed or any(f.estimated for f in figures.values()),
        origin=one.origin,
        note=note,
        indices=indices,
        excess=excess,
        against=reference.against,
    )


def _sizes(
    figures: dict[str, Observed], known: Sequence[str], population: tuple[dict[str, float], bool]
) -> tuple[dict[str, float], bool, Message | None]:
    """Weights of the groups, and whether they are persons living there.

    Persons of the figures, of the population, respondents, or none.
    """
    given = [g for g in known if g in figures]
    for found, counted in (
        ({g: f.persons for g, f in figures.items() if f.persons}, True),
        ({g: p for g, p in population[0].items() if g in known and p > 0}, population[1]),
        ({g: f.respondents for g, f in figures.items() if f.respondents}, False),
    ):
        if given and all(g in found for g in given):
            return {g: float(found[g] or 0.0) for g in known if g in found}, counted, None
    return {}, False, Message("challenges.note.equal_weights")


def _group(group: str, figure: Observed | None, size: float | None) -> GroupValue:
    if figure is None:
        return GroupValue(group, None, None, None, size)
    interval = figure.interval()
    return GroupValue(
        group=group,
        value=figure.value,
        lower=None if interval is None else interval.lower,
        upper=None if interval is None else interval.upper,
        population=size,
        hidden=figure.hidden,
    )


def _even_ranks(groups: int) -> tuple[float, ...]:
    return tuple((i + 0.5) / groups for i in range(groups))


def _meaningless(result: IndexResult) -> bool:
    """A ratio of a line that falls below zero: defined, but never shown."""
    return result.note == "indices.note.fit_not_positive"


def _figure(result: IndexResult, one: Observed) -> Figure | None:
    if result.estimate is None or _meaningless(result):
        return None
    note = None
    if result.note is not None:
        note = Message(result.note)
    return Figure(result.estimate, result.lower, result.upper, one.period, one.origin, note)


def _gap(low: Observed, high: Observed) -> tuple[Figure | None, Interval | None]:
    """Highest shown group minus lowest, with limits where both have them."""
    if low is high or low.value is None or high.value is None:
        return None, None
    one, other = high.interval(), low.interval()
    limits = difference_of(one, other) if one is not None and other is not None else None
    value = high.value - low.value
    return (
        Figure(
            value,
            None if limits is None else limits.lower,
            None if limits is None else limits.upper,
            high.period,
            high.origin,
        ),
        limits,
    )


def _sign(
    dimension: SocialDimension,
    indicator: Indicator,
    sii: Figure | None,
    gap: Figure | None,
    limits: Interval | None,
) -> Sign:
    """Worse when the low end is surely worse off; between the sexes, at any sure difference."""
    if group_order(dimension):
        if sii is None or sii.lower is None or sii.upper is None:
            return Sign.UNKNOWN
        slope = Interval(sii.value, sii.lower, sii.upper, "delta")
        return _turned(judge(sii.value, slope, indicator.polarity))
    sign = _turned(judge(None if gap is None else gap.value, limits, indicator.polarity))
    if dimension is SocialDimension.SEX and sign is Sign.BETTER:
        return Sign.WORSE
    return sign


def _turned(sign: Sign) -> Sign:
    """A top that is better off is a low end that is worse off."""
    return {Sign.BETTER: Sign.WORSE, Sign.WORSE: Sign.BETTER}.get(sign, sign)
