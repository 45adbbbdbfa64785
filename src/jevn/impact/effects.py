"""Effect sizes turned into the change in a share, on each group's own start level."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scipy.special import ndtr, ndtri

from jevn.evidence.entries import EffectScale, EffectSize
from jevn.terms import Polarity

USABLE: tuple[EffectScale, ...] = ("RD", "RR", "HR", "IRR", "OR", "SMD", "relative_change")
"""Scales that can be turned into a change in a share. ``mean_change`` and ``none`` cannot."""

_RATIOS: tuple[EffectScale, ...] = ("RR", "HR", "IRR", "OR")


def neutral(scale: EffectScale) -> float:
    """The value that means no effect: 1 for ratios, 0 for the others."""
    return 1.0 if scale in _RATIOS else 0.0


def shifted(scale: EffectScale, value: float, p: float) -> float:
    """The share p after an effect of this size (impact model, section 1.4).

    * RD: p + value/100 (percentage points, as published)
    * RR, HR, IRR: p · value
    * OR: OR p / (1 - p + OR p)
    * SMD: Φ(Φ⁻¹(p) + value) (probit shift; Chinn 2000, Stat Med 19:3127-3131 for the idea
      of a latent normal scale)
    * relative_change: p · (1 + value/100) (percent, as published)

    The result is kept within 0-1.

    >>> round(shifted("OR", 10.39, 0.08), 4)
    0.4746
    >>> round(shifted("RD", 9.5, 0.271), 3)
    0.366

    Raises:
        ValueError: if the scale cannot be turned into a change in a share, or p is outside 0-1.
    """
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"share {p} outside 0-1")
    return min(1.0, max(0.0, _FORMULAS[_formula(scale)](value, p)))


def _formula(scale: EffectScale) -> str:
    if scale not in USABLE:
        raise ValueError(f"no conversion from {scale}")
    return "RR" if scale in ("HR", "IRR") else scale


def _odds(value: float, p: float) -> float:
    return value * p / (1.0 - p + value * p)


def _probit(value: float, p: float) -> float:
    return float(ndtr(ndtri(p) + value)) if 0.0 < p < 1.0 else p


_FORMULAS: dict[str, Callable[[float, float], float]] = {
    "RD": lambda value, p: p + value / 100.0,
    "RR": lambda value, p: p * value,
    "OR": _odds,
    "SMD": _probit,
    "relative_change": lambda value, p: p * (1.0 + value / 100.0),
}


@dataclass(frozen=True, slots=True)
class Improvement:
    """Share of those taking part who get better, with limits (negative = get worse)."""

    value: float
    lower: float | None
    upper: float | None

    def times(self, factor: float) -> Improvement:
        """The same weakened or strengthened by a factor of 0 or more."""
        return Improvement(
            self.value * factor,
            None if self.lower is None else self.lower * factor,
            None if self.upper is None else self.upper * factor,
        )


def measured_side(size: EffectSize, stated: Polarity | None) -> Polarity:
    """Whether the study counted a good or a bad state.

    If it is not stated, the effect is read as an improvement: an estimate above "no effect"
    then counted something good, below it something bad. This must be printed.
    """
    if stated is not None:
        return stated
    assert size.value is not None
    better = size.value >= neutral(size.scale)
    return Polarity.FAVOURABLE if better else Polarity.ADVERSE


def improvement(
    size: EffectSize, *, adverse: float | None, stated: Polarity | None = None
) -> Improvement:
    """Share of participants who get better, from their own start level.

    Args:
        size: effect size with a value.
        adverse: share of participants who would be in the adverse state anyway (0-1);
            ``None`` for a risk difference that is used as it is, without a start level.
        stated: side the study counted, if stated.

    Returns:
        The fall in the adverse share (equal to the rise in the favourable one), with limits
        from the effect size's own 95 % limits; no limits where it has none.

    Raises:
        ValueError: if there is no start level and the scale is not a risk difference.
    """
    side = measured_side(size, stated)
    sign = 1.0 if side is Polarity.FAVOURABLE else -1.0
    if adverse is None and size.scale != "RD":
        raise ValueError(f"{size.scale} needs a start level")

    def better(value: float) -> float:
        if value == neutral(size.scale):
            return 0.0
        if adverse is None:
            return sign * max(-1.0, min(1.0, value / 100.0))
        start = 1.0 - adverse if side is Polarity.FAVOURABLE else adverse
        return sign * (shifted(size.scale, value, start) - start)

    assert size.value is not None
    if size.lower is None or size.upper is None:
        return Improvement(better(size.value), None, None)
    low, high = sorted((better(size.lower), better(size.upper)))
    return Improvement(better(size.value), low, high)


def attenuation(*, fidelity: float, transfer: float, gradient: float, rank: float) -> float:
    """What is left of the trial's effect here: fidelity · transfer · exp(gradient · z).

    ``rank`` is the social rank z (-0.5 bottom … 0.5 top); a gradient above 0 weakens the
    effect towards the bottom.
    """
    return fidelity * transfer * math.exp(gradient * rank)
