"""Step 2: where does it burn most here? Indicators, gradients, zones and trends, area by area."""

from jevn.challenges.profile import challenge_profile
from jevn.challenges.reading import read_indicators
from jevn.challenges.results import ChallengeProfile, Indicator, IndicatorStatus, Sign
from jevn.challenges.schemas import INDICATORS, OBSERVATIONS, PLACES, POPULATION

__all__ = [
    "INDICATORS",
    "OBSERVATIONS",
    "PLACES",
    "POPULATION",
    "ChallengeProfile",
    "Indicator",
    "IndicatorStatus",
    "Sign",
    "challenge_profile",
    "read_indicators",
]
