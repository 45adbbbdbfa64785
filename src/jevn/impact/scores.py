"""From computed effects to scores -3 … 3: value functions of benefit and distribution."""

from __future__ import annotations

import numpy as np

from jevn.evidence.entries import EffectSize
from jevn.impact.explain import exact
from jevn.impact.results import ComputedEffect, Trust
from jevn.impact.workings import Workings
from jevn.terms import Message

FULL = 3.0
"""The end of the scale: -3 clearly worse than today, 0 no difference, 3 clearly better."""


BENEFIT_STEPS: tuple[tuple[float, float], ...] = (
    (0.0, 0.0),
    (0.1, 1.0),
    (1.0, 2.0),
    (10.0, 3.0),
)
"""Benefit: persons helped a year per 10 000 inhabitants, and the score; linear between."""


def benefit_score(helped: float, inhabitants: float) -> float:
    """Benefit from the persons helped in a full year per 10 000 inhabitants.

    Piecewise linear: none = 0, one in 100 000 = 1, one in 10 000 = 2, one in 1 000 or more = 3;
    the same with a minus for persons who lose. The steps are fixed, so that a change's score
    does not depend on which other changes stand beside it, and each is ten times the one
    before, as people do when they judge on a scale of three. What it costs is a criterion of
    its own and the frame of step 6, and is therefore not weighed here.

    >>> benefit_score(5.0, 100_000), benefit_score(-55.0, 100_000)
    (1.4444444444444444, -2.5)
    """
    if inhabitants <= 0:
        return 0.0
    rate = 10_000.0 * abs(helped) / inhabitants
    rates, scores = zip(*BENEFIT_STEPS, strict=True)
    score = float(np.interp(rate, rates, scores))
    return -score if helped < 0 else score


def concentration(result: ComputedEffect) -> float | None:
    """The lowest group's share of those helped over its share of the population.

    1 = as its share of the people; ``None`` where no one is helped or the group is empty.
    """
    people = sum(g.population for g in result.groups)
    lowest = result.groups[0]
    if not result.helped.value or not lowest.population:
        return None
    return (lowest.helped.value / result.helped.value) / (lowest.population / people)


def distribution_score(result: ComputedEffect) -> float:
    """Distribution: 3 · (r - 1), kept within -3 … 3, r = :func:`concentration`.

    So r = 0 gives -3, as the population 0, twice the population's share or more 3. When
    the gap surely widens the score is at most 0, when it surely narrows at least 0. When
    effort is taken away the sign is turned: it is a loss that falls on the lowest group.
    """
    ratio = concentration(result)
    if ratio is None:
        return 0.0
    sign = 1.0 if result.helped.value > 0 else -1.0
    score = sign * max(-FULL, min(FULL, FULL * (ratio - 1.0)))
    if result.verdict == "widens":
        return min(0.0, score)
    if result.verdict == "narrows":
        return max(0.0, score)
    return score + 0.0


def benefit_reason(result: ComputedEffect, inhabitants: float) -> Message:
    """Why the benefit has its score."""
    helped = abs(result.helped.value)
    key = "impact.reason.benefit_loss" if result.helped.value < 0 else "impact.reason.benefit"
    rate = 10_000.0 * helped / inhabitants if inhabitants > 0 else 0.0
    return Message(key, {**exact("helped", round(helped, 1)), **exact("rate", round(rate, 2))})


def distribution_reason(result: ComputedEffect) -> Message:
    """Why the distribution has its score."""
    people = sum(g.population for g in result.groups)
    lowest = result.groups[0]
    if concentration(result) is None:
        return Message("impact.reason.distribution_none")
    key = "distribution_loss" if result.helped.value < 0 else "distribution"
    return Message(
        f"impact.reason.{key}",
        {
            **exact("helped", round(100 * lowest.helped.value / result.helped.value, 1)),
            **exact("population", round(100 * lowest.population / people, 1)),
            "verdict_key": f"impact.verdict.{result.verdict}",
        },
    )


def trust_label(w: Workings) -> Trust:
    """How surely the effect is known to hold here, from design, transfer and start levels.

    * ``high``: randomised trial with limits, at least 0.8 expected to carry over here, and
      start levels observed here;
    * ``medium``: randomised trial, natural experiment or sibling comparison, at least 0.5
      carried over, start levels observed here;
    * ``low``: all else, and always where the start levels are national or estimated.
    """
    return trust_of(w.size, w.use.transfer, w.levels.estimated)


def trust_of(size: EffectSize, transfer: float, estimated: bool) -> Trust:
    """Trust from the design, what is expected to carry over, and where start levels are from."""
    if estimated:
        return "low"
    limits = size.lower is not None and size.upper is not None
    if size.design == "rct" and limits and transfer >= 0.8:
        return "high"
    if size.design in ("rct", "natural_experiment", "sibling") and transfer >= 0.5:
        return "medium"
    return "low"
