"""The matrix of areas and signs: how many indicators point which way. There is no score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from jevn.challenges.importance import indicator_weight
from jevn.challenges.overview_results import ImportanceLine
from jevn.challenges.results import Gradient, IndicatorStatus, Sign, SignCell
from jevn.challenges.signs import BURNING, KINDS, SignKind
from jevn.terms import Message, Polarity, Scale, SocialDimension

__all__ = ["BURNING", "KINDS", "MANY_SHARE", "sign_cells", "sign_of", "social_gradient"]

MANY_SHARE: Final = 0.1
"""People sign: worse where at least one in ten of those it concerns are affected."""

_SOCIAL: Final = (SocialDimension.EDUCATION, SocialDimension.INCOME, SocialDimension.BACKGROUND)


def social_gradient(status: IndicatorStatus) -> Gradient | None:
    """The gradient that speaks for an indicator: by education, else income, else background."""
    return next((g for d in _SOCIAL if (g := status.gradient(d)) is not None), None)


def sign_of(status: IndicatorStatus, kind: SignKind) -> Sign:
    """The sign of one kind of an indicator."""
    return _READ[kind](status)


def sign_cells(
    statuses: Sequence[IndicatorStatus], lines: Sequence[ImportanceLine] = ()
) -> tuple[SignCell, ...]:
    """One cell per kind of sign over the indicators of an area.

    A cell is worse where the indicators that are surely worse have more importance together than
    those that are surely better; where none is chosen, each counts the same.
    """
    return tuple(_cell(kind, statuses, lines) for kind in KINDS)


def _cell(
    kind: SignKind, statuses: Sequence[IndicatorStatus], lines: Sequence[ImportanceLine]
) -> SignCell:
    signs = [(_READ[kind](s), s) for s in statuses]
    worse, same, better, unknown = (
        sum(sign is each for sign, _ in signs)
        for each in (Sign.WORSE, Sign.SAME, Sign.BETTER, Sign.UNKNOWN)
    )
    known = worse + same + better
    for_worse, for_better = (
        sum(
            indicator_weight(lines, s.indicator.area, kind, s.indicator.id)
            for sign, s in signs
            if sign is each
        )
        for each in (Sign.WORSE, Sign.BETTER)
    )
    if not known:
        sign = Sign.UNKNOWN
    elif for_worse > for_better:
        sign = Sign.WORSE
    elif for_better > for_worse:
        sign = Sign.BETTER
    else:
        sign = Sign.SAME
    estimated = sum(
        g.estimated for s in statuses if (g := social_gradient(s)) is not None and g.sii is not None
    )
    if not known:
        message = Message(f"challenges.cell.{kind}.unknown")
    elif kind == "gradient" and estimated:
        params = {"n": known, "worse": worse, "better": better, "estimated": estimated}
        message = Message("challenges.cell.gradient.estimated", params)
    else:
        params = {"n": known, "worse": worse, "same": same, "better": better}
        message = Message(f"challenges.cell.{kind}", params)
    return SignCell(
        kind=kind,
        sign=sign,
        worse=worse,
        same=same,
        better=better,
        unknown=unknown,
        message=message,
        indicators=tuple(s.indicator.id for each, s in signs if each is sign),
    )


def _level(status: IndicatorStatus) -> Sign:
    return status.comparisons[0].sign if status.comparisons else Sign.UNKNOWN


def _trend(status: IndicatorStatus) -> Sign:
    return status.trend.sign if status.trend else Sign.UNKNOWN


def _gradient(status: IndicatorStatus) -> Sign:
    gradient = social_gradient(status)
    return gradient.sign if gradient else Sign.UNKNOWN


def _spread(status: IndicatorStatus) -> Sign:
    return status.spread.sign if status.spread else Sign.UNKNOWN


def _people(status: IndicatorStatus) -> Sign:
    """Worse where many are affected; there is no better."""
    indicator, factor = status.indicator, status.indicator.scale.info.factor
    if status.level is None or factor is None:
        return Sign.UNKNOWN
    share = status.level.value / factor
    if indicator.polarity is Polarity.FAVOURABLE:
        if indicator.scale not in (Scale.PERCENT, Scale.PROPORTION):
            return Sign.UNKNOWN
        share = 1 - share
    return Sign.WORSE if share >= MANY_SHARE else Sign.SAME


def _certainty(status: IndicatorStatus) -> Sign:
    """How sure the figures are, as found by :func:`jevn.challenges.certainty.certainty_of`."""
    return status.certainty


_READ: Final[dict[SignKind, Callable[[IndicatorStatus], Sign]]] = {
    "level": _level,
    "trend": _trend,
    "gradient": _gradient,
    "people": _people,
    "spread": _spread,
    "certainty": _certainty,
}
