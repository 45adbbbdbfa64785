"""How sure the figures of an indicator are, and what is missing for an area as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jevn.challenges.matrix import social_gradient
from jevn.challenges.results import IndicatorStatus, Sign
from jevn.terms import Message

_GAPS: Final = "challenges.gap."
OLD: Final = _GAPS + "old"
ONLY_NATIONAL: Final = _GAPS + "only_national"
_HIDDEN: Final = (_GAPS + "hidden", _GAPS + "hidden_cells", _GAPS + "newer_hidden")


def certainty_of(status: IndicatorStatus) -> tuple[Sign, Message]:
    """How sure the figures are, and why.

    Worse (uncertain) where the level is missing or estimated; better (sure) where level and
    gradient are observed here with intervals and the figure is not old; else same (partly), with
    what is lacking first: the figure is old, it has no interval, the gradient is missing, or it
    is not from here.
    """
    level, gradient = status.level, social_gradient(status)
    gaps = {m.key for m in status.gaps}
    if level is None:
        why = "only_national" if ONLY_NATIONAL in gaps else "no_level"
        return Sign.WORSE, _why(why)
    if level.note is not None:
        return Sign.WORSE, _why("estimated")
    lacks = [
        why
        for why, holds in (
            ("old", OLD in gaps),
            ("no_interval", level.lower is None),
            ("no_gradient", gradient is None),
            ("gradient_elsewhere", gradient is not None and gradient.estimated),
            ("gradient_unsure", gradient is not None and gradient.sign is Sign.UNKNOWN),
        )
        if holds
    ]
    return (Sign.SAME, _why(lacks[0])) if lacks else (Sign.BETTER, _why("sure"))


def area_gaps(statuses: Sequence[IndicatorStatus], *, has_zones: bool) -> tuple[Message, ...]:
    """What is missing for an area: how many of its indicators lack what.

    Args:
        statuses: the indicators of the area, their gaps filled in.
        has_zones: whether the municipality has zones.
    """
    number = len(statuses)
    if not number:
        return (Message("challenges.lacks.indicators"),)
    lacking = (
        ("level", sum(s.level is None for s in statuses)),
        ("estimated", sum(s.level is not None and s.level.note is not None for s in statuses)),
        ("gradient", sum(social_gradient(s) is None for s in statuses)),
        ("gradient_elsewhere", sum(_elsewhere(s) for s in statuses)),
        ("old", sum(_has(s, OLD) for s in statuses)),
        ("trend", sum(s.trend is None or s.trend.slope_per_year is None for s in statuses)),
        ("zones", sum(s.spread is None for s in statuses) if has_zones else 0),
        ("hidden", sum(_has(s, *_HIDDEN) for s in statuses)),
    )
    return tuple(
        Message(f"challenges.lacks.{what}", {"n": n, "of": number}) for what, n in lacking if n
    )


def _why(reason: str) -> Message:
    return Message(f"challenges.certainty.why.{reason}")


def _has(status: IndicatorStatus, *keys: str) -> bool:
    return any(gap.key in keys for gap in status.gaps)


def _elsewhere(status: IndicatorStatus) -> bool:
    gradient = social_gradient(status)
    return gradient is not None and gradient.estimated
