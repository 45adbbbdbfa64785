"""The headline of an area: its most telling finding, in one plain sentence with the figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jevn.challenges.matrix import social_gradient
from jevn.challenges.results import Gradient, IndicatorStatus, Sign
from jevn.terms import EffortArea, Message, Polarity, Scale
from jevn.terms.language import Param

Params = dict[str, Param]


def headline(area: EffortArea, statuses: Sequence[IndicatorStatus]) -> Message:
    """The finding to say first of an area.

    A sure gradient goes first (the one with the widest gap relative to the level; observed
    here before estimated), then zones that surely stand out, a level surely worse than in the
    comparison place, a change surely for the worse; then that nothing can be told apart, that
    there are too few figures to tell, and last that there are none.
    """
    shown = {"area_key": f"area.{area.value}.short"}
    known = [s for s in statuses if s.level is not None or s.gradients or s.spread]
    if not known:
        return Message("challenges.headline.no_figures", shown)
    for find in (_steepest, _uneven, _behind, _worsening):
        message = find(known)
        if message is not None:
            return message
    message = _national(known)
    if message is not None:
        return message
    told = [s for s in known if any(sign is not Sign.UNKNOWN for sign in _signs(s))]
    if not told:
        return Message("challenges.headline.too_few", shown | {"n": len(known)})
    return Message("challenges.headline.not_apart", shown | {"n": len(told)})


def _signs(status: IndicatorStatus) -> Iterator[Sign]:
    """The signs that an indicator has figures for."""
    gradient = social_gradient(status)
    yield from (c.sign for c in status.comparisons[:1])
    yield from (part.sign for part in (gradient, status.spread, status.trend) if part is not None)


def _steepest(statuses: Sequence[IndicatorStatus]) -> Message | None:
    found = [
        (s, g)
        for s in statuses
        if (g := social_gradient(s)) is not None and g.sign is Sign.WORSE and g.gap is not None
    ]
    if not found:
        return None
    status, gradient = max(found, key=lambda pair: (not pair[1].estimated, _relative(pair[1])))
    return _gradient(status, gradient)


def _national(statuses: Sequence[IndicatorStatus]) -> Message | None:
    """A national gradient published without limits: told as an indication, never as sure."""
    found = [
        (s, g)
        for s in statuses
        if (g := social_gradient(s)) is not None
        and g.estimated
        and g.gap is not None
        and g.sign is Sign.UNKNOWN
        and (g.gap.value > 0) is (s.indicator.polarity is Polarity.FAVOURABLE)
    ]
    return _gradient(*max(found, key=lambda pair: _relative(pair[1]))) if found else None


def _gradient(status: IndicatorStatus, gradient: Gradient) -> Message:
    shown = [g for g in gradient.groups if g.value is not None]
    kind = "estimated" if gradient.estimated else gradient.dimension.value
    if gradient.elsewhere is not None:
        kind = "borrowed"
    gap = gradient.gap.value if gradient.gap is not None else 0.0
    params = _names(status) | {
        "low": _number(shown[0].value, status),
        "high": _number(shown[-1].value, status),
        "gap": _number(abs(gap), status),
        "unit_key": unit_key(status.indicator.scale),
        "level_unit_key": level_unit_key(status.indicator.scale),
        "period": gradient.period,
    }
    if gradient.elsewhere is not None:
        params["place"] = gradient.elsewhere
    return Message(f"challenges.headline.gradient.{kind}", params)


def _relative(gradient: Gradient) -> float:
    values = [g.value for g in gradient.groups if g.value is not None]
    mean = sum(values) / len(values)
    return abs(values[-1] - values[0]) / abs(mean) if mean else 0.0


def _uneven(statuses: Sequence[IndicatorStatus]) -> Message | None:
    found = [s for s in statuses if s.spread is not None and s.spread.worse]
    if not found:
        return None
    status = max(found, key=lambda s: s.spread.worse if s.spread is not None else 0)
    spread = status.spread
    assert spread is not None
    worst = next(z for z in spread.zones if z.value is not None)
    params = _names(status) | {
        "n": spread.worse,
        "zones": sum(z.value is not None for z in spread.zones),
        "worst": worst.name,
        "value": _number(worst.value, status),
        "overall": _number(spread.overall, status),
        "unit_key": level_unit_key(status.indicator.scale),
    }
    return Message("challenges.headline.spread", params)


def _behind(statuses: Sequence[IndicatorStatus]) -> Message | None:
    found = [s for s in statuses if s.comparisons and s.comparisons[0].sign is Sign.WORSE]
    if not found:
        return None

    def distance(status: IndicatorStatus) -> float:
        comparison = status.comparisons[0]
        there = abs(comparison.there.value)
        return abs(comparison.difference.value) / there if there else 0.0

    status = max(found, key=distance)
    comparison = status.comparisons[0]
    params = _names(status) | {
        "value": _number(comparison.here.value, status),
        "there": _number(comparison.there.value, status),
        "place": comparison.place_name,
        "unit_key": level_unit_key(status.indicator.scale),
    }
    basis = "" if comparison.basis == "crude" else ".standardised"
    return Message(f"challenges.headline.level{basis}", params)


def _worsening(statuses: Sequence[IndicatorStatus]) -> Message | None:
    found = [s for s in statuses if s.trend is not None and s.trend.sign is Sign.WORSE]
    if not found:
        return None
    status = found[0]
    assert status.trend is not None
    first, last = status.trend.points[0], status.trend.points[-1]
    params = _names(status) | {
        "first": _number(first.value, status),
        "first_period": first.period,
        "last": _number(last.value, status),
        "last_period": last.period,
        "unit_key": level_unit_key(status.indicator.scale),
    }
    return Message("challenges.headline.trend", params)


def unit_key(scale: Scale) -> str:
    """Text key of the unit of a difference, e.g. percentage points."""
    return f"challenges.unit.{scale.value}"


def level_unit_key(scale: Scale) -> str:
    """Text key of the unit of a level, e.g. per cent."""
    if scale in (Scale.PERCENT, Scale.PROPORTION):
        return "challenges.unit.level.percent"
    return unit_key(scale)


def _names(status: IndicatorStatus) -> Params:
    name = status.indicator.name
    return {"name": name("nb"), "name_nn": name("nn"), "name_en": name("en")}


def _number(value: float | None, status: IndicatorStatus) -> Param:
    """A number as it is said: proportions in per cent, kroner and counts whole."""
    if value is None:
        return None
    scale = status.indicator.scale
    if scale is Scale.PROPORTION:
        return 100 * value
    return round(value) if scale.info.decimals == 0 else float(value)
