"""The municipality's level against other places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jevn.challenges.observed import Observed, judge
from jevn.challenges.results import Comparison, Figure, Indicator, Sign
from jevn.challenges.selection import at, totals
from jevn.indices import Interval, difference_of
from jevn.terms import Message


def compare(
    level: Observed,
    figures: Sequence[Observed],
    indicator: Indicator,
    comparison: Sequence[str],
    names: Mapping[str, str],
) -> tuple[Comparison, ...]:
    """The level here minus the level of each comparison place in the same period.

    Where a place has no figure of that period, its newest of the same length is used and
    noted. Limits of the difference are those of two independent estimates (MOVER); that the
    municipality is a part of the country makes them a little too wide. A place whose figure has
    no interval (published country figures) is held as a fixed value, and that is noted.
    """
    return tuple(
        _compare(level, there, indicator, names.get(place, place))
        for place in comparison
        if (there := _there(level, totals(figures, place))) is not None
    )


def _there(level: Observed, series: Sequence[Observed]) -> Observed | None:
    same = at(series, level.span)
    if same is not None:
        return same
    alike = [f for f in series if f.value is not None and f.years == level.years]
    return alike[-1] if alike else None


def _compare(here: Observed, there: Observed, indicator: Indicator, name: str) -> Comparison:
    mine, other = here.interval(), there.interval()
    note = None
    if there.span != here.span:
        note = Message("challenges.note.other_period", {"period": there.period})
    limits = None
    value = (here.value or 0.0) - (there.value or 0.0)
    if mine is not None and other is not None:
        limits = difference_of(mine, other)
    elif mine is not None and there.value is not None:
        limits = Interval(value, mine.lower - there.value, mine.upper - there.value, "fixed")
        note = note or Message("challenges.note.fixed_reference")
    estimated = here.estimated or there.estimated
    if estimated:
        note = Message("challenges.note.estimated")
    return Comparison(
        place=there.place,
        place_name=name,
        here=here.figure(),
        there=there.figure(),
        difference=Figure(
            value,
            None if limits is None else limits.lower,
            None if limits is None else limits.upper,
            here.period,
            here.origin,
            note,
        ),
        sign=Sign.UNKNOWN if estimated else judge(value, limits, indicator.polarity),
    )
