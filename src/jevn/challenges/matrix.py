"""The matrix of areas and signs: how many indicators point which way. There is no score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from jevn.challenges.results import Gradient, IndicatorStatus, Sign, SignCell, SignKind
from jevn.terms import Message, Polarity, Scale, SocialDimension

KINDS: Final[tuple[SignKind, ...]] = (
    "level",
    "trend",
    "gradient",
    "people",
    "spread",
    "certainty",
)
"""The signs, in the order they are shown."""

BURNING: Final[tuple[SignKind, ...]] = ("level", "trend", "gradient", "spread")
"""Signs that tell whether it burns; people and certainty tell how wide and how sure."""

MANY_SHARE: Final = 0.1
"""People sign: worse where at least one in ten of those it concerns are affected."""

_SOCIAL: Final = (SocialDimension.EDUCATION, SocialDimension.INCOME, SocialDimension.BACKGROUND)


def social_gradient(status: IndicatorStatus) -> Gradient | None:
    """The gradient that speaks for an indicator: by education, else income, else background."""
    return next((g for d in _SOCIAL if (g := status.gradient(d)) is not None), None)


def sign_cells(statuses: Sequence[IndicatorStatus]) -> tuple[SignCell, ...]:
    """One cell per kind of sign over the indicators of an area."""
    return tuple(_cell(kind, statuses) for kind in KINDS)


def _cell(kind: SignKind, statuses: Sequence[IndicatorStatus]) -> SignCell:
    signs = [(_READ[kind](s), s) for s in statuses]
    worse, same, better, unknown = (
        sum(sign is each for sign, _ in signs)
        for each in (Sign.WORSE, Sign.SAME, Sign.BETTER, Sign.UNKNOWN)
    )
    known = worse + same + better
    if not known:
        sign = Sign.UNKNOWN
    elif worse > better:
        sign = Sign.WORSE
    elif better > worse:
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
    """Better where level and gradient are observed here with intervals; worse without level."""
    level, gradient = status.level, social_gradient(status)
    if level is None or level.note is not None:
        return Sign.WORSE
    sure = gradient is not None and not gradient.estimated and gradient.sign is not Sign.UNKNOWN
    return Sign.BETTER if sure and level.lower is not None else Sign.SAME


_READ: Final[dict[SignKind, Callable[[IndicatorStatus], Sign]]] = {
    "level": _level,
    "trend": _trend,
    "gradient": _gradient,
    "people": _people,
    "spread": _spread,
    "certainty": _certainty,
}
