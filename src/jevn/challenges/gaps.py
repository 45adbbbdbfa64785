"""What is not known of an indicator here: the gaps in the data, said in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jevn.challenges.observed import Observed
from jevn.challenges.results import IndicatorStatus
from jevn.challenges.selection import totals
from jevn.terms import Message, SocialDimension


def gaps_of(
    status: IndicatorStatus,
    figures: Sequence[Observed],
    municipality: str,
    has_zones: bool,
    names: Mapping[str, str],
) -> tuple[Message, ...]:
    """What is missing, hidden or only estimated; the level first.

    Args:
        status: the indicator's status, its gaps not yet filled in.
        figures: the figures it rests on.
        municipality: id of the municipality.
        has_zones: whether the municipality has zones.
        names: names of places.
    """
    found = [
        *_level(status, totals(figures, municipality)),
        *_others(status),
        *(m for d in _ASKED for m in _gradient(status, d, municipality, names)),
    ]
    if has_zones and status.spread is None:
        found.append(Message("challenges.gap.no_zones"))
    used = {g.period for g in status.gradients}
    if status.level is not None:
        used.add(status.level.period)
    hidden = sum(f.hidden and f.period in used for f in figures)
    if hidden:
        found.append(Message("challenges.gap.hidden_cells", {"n": hidden}))
    return tuple(found)


_FEW = 3
"""More points than this without a slope are moving means: too few of them lie apart."""
_ASKED = (SocialDimension.EDUCATION, SocialDimension.INCOME)


def _level(status: IndicatorStatus, series: Sequence[Observed]) -> Iterator[Message]:
    last = series[-1] if series else None
    level = status.level
    if level is None:
        hidden = last is not None and last.hidden
        yield Message("challenges.gap.hidden" if hidden else "challenges.gap.no_level")
        return
    if last is not None and last.hidden and last.period != level.period:
        yield Message("challenges.gap.newer_hidden", {"period": last.period})
    if level.note is not None:
        yield Message("challenges.gap.estimated_level")
    elif level.lower is None:
        yield Message("challenges.gap.no_interval")


def _others(status: IndicatorStatus) -> Iterator[Message]:
    if status.level is None:
        return
    if not status.comparisons:
        yield Message("challenges.gap.no_comparison")
    if status.trend is None:
        yield Message("challenges.gap.no_trend")
    elif status.trend.slope_per_year is None:
        moving = len(status.trend.points) > _FEW
        key = "overlapping_trend" if moving else "short_trend"
        yield Message(f"challenges.gap.{key}", {"n": len(status.trend.points)})


def _gradient(
    status: IndicatorStatus,
    dimension: SocialDimension,
    municipality: str,
    names: Mapping[str, str],
) -> Iterator[Message]:
    gradient = status.gradient(dimension)
    if gradient is None:
        yield Message(f"challenges.gap.no_{dimension.value}")
    elif gradient.place != municipality:
        place = names.get(gradient.place, gradient.place)
        yield Message(f"challenges.gap.borrowed_{dimension.value}", {"place": place})
    elif gradient.estimated:
        yield Message(f"challenges.gap.estimated_{dimension.value}")
