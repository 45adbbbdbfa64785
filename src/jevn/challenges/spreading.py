"""Spread between zones, and which of them surely stand out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jevn.challenges.observed import LEVEL, Observed, judge
from jevn.challenges.results import Figure, Indicator, PlaceSpread, PlaceValue, Sign
from jevn.challenges.selection import at, newest, totals
from jevn.indices import GroupedData, Interval, index_of_disparity
from jevn.terms import Polarity


def spread(
    figures: Sequence[Observed],
    indicator: Indicator,
    municipality: str,
    zones: Mapping[str, tuple[str, float | None]],
) -> PlaceSpread | None:
    """The newest period with figures for at least two zones.

    A zone is surely worse or better when its limits exclude the municipality's value at the
    level ``1 - 0.05 / N`` for ``N`` zones with a figure (Bonferroni): the chance that chance
    alone marks any zone at all is then at most five per cent. Limits that are shown are 95 %
    limits of each zone by itself.

    Args:
        figures: figures of one indicator.
        indicator: the indicator.
        municipality: id of the municipality.
        zones: name and population of each zone.

    Returns:
        ``None`` if fewer than two zones have a figure in one period.
    """
    inner = [f for f in figures if f.place in zones and f.dimension is None]
    span = newest(inner, lambda visible: visible >= 2)
    if span is None:
        return None
    shown = {f.place: f for f in inner if f.span == span}
    visible = {z: f for z, f in shown.items() if f.value is not None}
    sizes = _sizes(visible, zones)
    data = GroupedData(
        tuple(f.value for f in visible.values()),
        tuple(sizes[z] for z in visible) if sizes else None,
        tuple(f.error for f in visible.values()),
        scale=indicator.scale,
        polarity=indicator.polarity,
    )
    whole = at(totals(figures, municipality), span)
    overall = _mean(data) if whole is None or whole.value is None else whole.value
    values = [
        _place(z, name, shown.get(z), size, overall, indicator, len(visible))
        for z, (name, size) in zones.items()
    ]
    signs = [v.sign for v in values if v.value is not None]
    numbers = [v.value for v in values if v.value is not None]
    one = next(iter(visible.values()))
    return PlaceSpread(
        period=one.period,
        zones=tuple(sorted(values, key=lambda v: _worst_first(v, indicator.polarity))),
        overall=overall,
        range=max(numbers) - min(numbers),
        worse=signs.count(Sign.WORSE),
        index_of_disparity=_disparity(data, overall, one),
        sign=_sign(signs),
        origin=one.origin,
    )


def _disparity(data: GroupedData, overall: float, one: Observed) -> Figure | None:
    found = index_of_disparity(data, about=overall)
    if found.estimate is None:
        return None
    return Figure(found.estimate, found.lower, found.upper, one.period, one.origin)


def _sizes(
    visible: Mapping[str, Observed], zones: Mapping[str, tuple[str, float | None]]
) -> dict[str, float]:
    """Persons of each zone: by the list of places, else by the figures; empty if not of all."""
    for found in (
        {z: zones[z][1] for z in visible},
        {z: f.persons for z, f in visible.items()},
        {z: f.respondents for z, f in visible.items()},
    ):
        if all(found.values()):
            return {z: float(size) for z, size in found.items() if size}
    return {}


def _mean(data: GroupedData) -> float:
    return float(data.weights @ data.values / data.weights.sum())


def _place(
    zone: str,
    name: str,
    figure: Observed | None,
    size: float | None,
    overall: float,
    indicator: Indicator,
    tests: int,
) -> PlaceValue:
    if figure is None or figure.value is None:
        hidden = figure is not None and figure.hidden
        return PlaceValue(zone, name, None, None, None, size, Sign.UNKNOWN, hidden)
    shown, strict = figure.interval(), figure.interval(1 - (1 - LEVEL) / tests)
    apart = None
    if strict is not None and not figure.estimated:
        apart = Interval(
            figure.value - overall, strict.lower - overall, strict.upper - overall, "bonferroni"
        )
    return PlaceValue(
        place=zone,
        name=name,
        value=figure.value,
        lower=None if shown is None else shown.lower,
        upper=None if shown is None else shown.upper,
        population=size if size is not None else figure.persons,
        sign=judge(figure.value - overall, apart, indicator.polarity),
    )


def _worst_first(value: PlaceValue, polarity: Polarity) -> tuple[bool, float, str]:
    if value.value is None:
        return True, 0.0, value.place
    turned = value.value if polarity is Polarity.FAVOURABLE else -value.value
    return False, turned, value.place


def _sign(signs: Sequence[Sign]) -> Sign:
    if Sign.WORSE in signs:
        return Sign.WORSE
    known = [s for s in signs if s is not Sign.UNKNOWN]
    return Sign.SAME if known else Sign.UNKNOWN
