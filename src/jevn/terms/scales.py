"""Scales and polarity of indicators, so that units are never guessed."""

from dataclasses import dataclass
from enum import StrEnum


class Polarity(StrEnum):
    """Whether a high value is good (favourable) or bad (adverse) for people."""

    FAVOURABLE = "favourable"
    ADVERSE = "adverse"


@dataclass(frozen=True, slots=True)
class ScaleInfo:
    """What a scale means in numbers.

    Attributes:
        factor: cases per unit of population times this is the value (percent: 100);
            ``None`` for means.
        lower: least possible value, if any.
        upper: greatest possible value, if any.
        decimals: decimals to show.
    """

    factor: float | None
    lower: float | None
    upper: float | None
    decimals: int


class Scale(StrEnum):
    """How the value of an indicator is expressed (unit text: ``scale.<id>``)."""

    PROPORTION = "proportion"
    PERCENT = "percent"
    PER_1000 = "per_1000"
    PER_100_000 = "per_100000"
    YEARS = "years"
    POINTS = "points"
    NOK = "nok"
    COUNT = "count"
    SCORE_0_10 = "score_0_10"

    @property
    def info(self) -> ScaleInfo:
        """Factor, bounds and decimals of this scale."""
        return _INFO[self]


_INFO: dict[Scale, ScaleInfo] = {
    Scale.PROPORTION: ScaleInfo(1.0, 0.0, 1.0, 3),
    Scale.PERCENT: ScaleInfo(100.0, 0.0, 100.0, 1),
    Scale.PER_1000: ScaleInfo(1000.0, 0.0, None, 1),
    Scale.PER_100_000: ScaleInfo(100_000.0, 0.0, None, 1),
    Scale.YEARS: ScaleInfo(None, 0.0, None, 1),
    Scale.POINTS: ScaleInfo(None, 0.0, None, 1),
    Scale.NOK: ScaleInfo(None, None, None, 0),
    Scale.COUNT: ScaleInfo(None, 0.0, None, 0),
    Scale.SCORE_0_10: ScaleInfo(None, 0.0, 10.0, 1),
}
