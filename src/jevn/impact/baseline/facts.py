"""Published figures that the baseline is set to, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FHI: Final = "Folkehelseinstituttet, Folkehelsestatistikk, tabell 507, 2018-2024"
KINGE: Final = "Kinge m.fl. 2019, JAMA 321(19): 1916-1925"
WHO: Final = "WHO, Global Health Observatory, Norway 2019 (rounded)"
SSB_BIRTHS: Final = "SSB, Fødte, 2024"
SSB_SCHOOL: Final = "SSB, gjennomstrømning i videregående, kull 1996, etter foreldrenes utdanning"


@dataclass(frozen=True, slots=True)
class Expectancy:
    """Age at death expected at an age, by sex, in all and by education (lowest first)."""

    age: int
    everyone: float
    by_education: tuple[float, float, float] | None


EXPECTANCY: Final[dict[str, tuple[Expectancy, ...]]] = {
    "men": (
        Expectancy(0, 81.399, None),
        Expectancy(30, 82.111, (78.440, 82.322, 85.371)),
        Expectancy(65, 84.663, (82.617, 84.712, 86.923)),
    ),
    "women": (
        Expectancy(0, 84.610, None),
        Expectancy(30, 85.034, (81.934, 85.475, 88.399)),
        Expectancy(65, 86.809, (84.887, 87.254, 89.640)),
    ),
}
"""Life expectancy in Norway 2018-2024 (:data:`FHI`)."""

INCOME_GAP: Final = {"men": 13.8, "women": 8.4}
"""Years between the highest and the lowest 1 % of household income, at age 40 (:data:`KINGE`)."""

HEALTHY: Final = {"birth": 71.4, "at_60": 19.2}
"""Healthy life expectancy in Norway, both sexes, at birth and at 60 (:data:`WHO`)."""

FERTILITY: Final = 1.44
"""Children per woman (:data:`SSB_BIRTHS`)."""
MOTHERS_AGE: Final = (31.4, 5.2)
"""Mean and standard deviation of mothers' age at birth: an assumption close to recent years."""
BOYS: Final = 0.514
"""Share of boys among those born."""

COMPLETION: Final = (0.334, 0.512, 0.680)
"""Completed upper secondary on time, by parents' education, lowest first (:data:`SSB_SCHOOL`)."""
